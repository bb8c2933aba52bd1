"""What came out of a bench, at all its sizes: with ratios to the baselines and the growth with size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from safeconduct.rehearsal.bench.growth import Growth, growth_of
from safeconduct.rehearsal.bench.machine import Machine
from safeconduct.rehearsal.bench.records import Bench, Contest, Run

SECONDS, CPU_SECONDS = "seconds", "cpu_seconds"
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One figure of ours over the same of a baseline. `ours` names what of ours; `better` is HIGHER or LOWER.

    `ratio` is None where the baseline's figure is 0.
    """

    size: int
    ours: str
    baseline: str
    measure: str
    ratio: float | None
    better: str

    @property
    def ahead(self) -> bool | None:
        """Whether ours is the better of the two; None where they are even or cannot be compared."""
        if self.ratio is None or self.ratio == 1.0:
            return None
        return (self.ratio > 1.0) == (self.better == HIGHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A bench's contests, by size. The fields before `contests` are those of the `Bench`.

    `stopped`: sizes at which it ended without figures, and why; `absent`: sizes that were not measured at all for
    want of data or of a library, and how to get it.
    """

    name: str
    what: str
    unit: str
    higher_is_better: frozenset[str]
    notes: tuple[str, ...]
    contests: tuple[Contest, ...]
    stopped: Mapping[int, str] = field(default_factory=dict)
    absent: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def ratios(self) -> tuple[Ratio, ...]:
        return tuple(
            ratio for contest in self.contests for ratio in _ratios(contest, self.higher_is_better)
        )

    @property
    def growth(self) -> Mapping[str, Growth]:
        """How the seconds grow, by name of what was run, where it was run at three sizes or more."""
        points: dict[str, list[tuple[int, float]]] = {}
        for contest in self.contests:
            for name, run in {**contest.of_ours, **contest.baselines}.items():
                points.setdefault(name, []).append((contest.size, run.seconds))
        fitted = {
            name: growth_of([size for size, _ in each], [seconds for _, seconds in each])
            for name, each in points.items()
        }
        return {name: growth for name, growth in fitted.items() if growth is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that one call of the bench found. `made_on`: the day, ISO 8601."""

    made_on: str
    seed: int
    machine: Machine
    results: tuple[Result, ...]


def result_of(
    bench: Bench,
    contests: tuple[Contest, ...],
    stopped: Mapping[int, str] | None = None,
    absent: Mapping[int, str] | None = None,
) -> Result:
    return Result(
        name=bench.name,
        what=bench.what,
        unit=bench.unit,
        higher_is_better=bench.higher_is_better,
        notes=bench.notes,
        contests=contests,
        stopped=stopped or {},
        absent=absent or {},
        columns=bench.columns,
    )


def _ratios(contest: Contest, higher_is_better: frozenset[str]) -> Iterator[Ratio]:
    for name, ours in contest.of_ours.items():
        for baseline, theirs in contest.baselines.items():
            mine, other = _figures(ours), _figures(theirs)
            for measure in (each for each in mine if each in other):
                yield Ratio(
                    size=contest.size,
                    ours=name,
                    baseline=baseline,
                    measure=measure,
                    ratio=mine[measure] / other[measure] if other[measure] else None,
                    better=HIGHER if measure in higher_is_better else LOWER,
                )


def _figures(run: Run) -> Mapping[str, float]:
    return {SECONDS: run.seconds, CPU_SECONDS: run.cpu_seconds, **run.measures}
