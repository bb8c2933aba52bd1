"""What a bench measures, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One thing done. `measures` are what came out (gap, recall, rows a second): by name, in the unit named.

    `seconds` are wall time: of one round, or the median of `rounds`. `cpu_seconds` are those that processors spent on
    it, in this process and in its children: they hardly grow where the machine has other things to do. `peak_mb` is
    the most memory this process held meanwhile, `rise_mb` how much of that came on top of what it held before.
    """

    seconds: float
    peak_mb: float
    rise_mb: float = 0.0
    cpu_seconds: float = 0.0
    rounds: int = 1
    measures: Mapping[str, float] = field(default_factory=dict)

    def with_measures(self, **measures: float) -> Run:
        return replace(self, measures={**self.measures, **measures})


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Ours and the baselines on the same input, in the same process. `not_run` says why a baseline is missing.

    `parts` are pieces of our own way measured alone, where a baseline does only that much: they are set beside
    the baselines as `ours` is. `remarks` are sentences on this input alone: what of it a slow baseline was given.
    """

    size: int
    ours: Run
    baselines: Mapping[str, Run] = field(default_factory=dict)
    not_run: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Run] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def of_ours(self) -> Mapping[str, Run]:
        """Everything of ours that is set beside the baselines, by name; the whole is called "ours"."""
        return {"ours": self.ours, **self.parts}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A thing to measure. `contest(size, seed)` makes or reads the input, untimed, then times each. What is made is
    measured at three sizes or more; of gathered data (`is_gathered`) there is so much and no more, and a smaller size
    takes a part of it. Its `contest` raises `BenchInputMissing` where the data or a library to read it is not there.

    `unit` is what a size counts (rows, pairs, people, families); `higher_is_better` names those measures for which a
    larger number is better. `small` are the sizes of a quick look, for tests. `notes` are sentences that stand with
    the figures wherever they are shown: what the input is, what the baseline does, what is not claimed. With
    `columns` (measure: its heading) the contestants are shown as one table, a row for each, and no ratios.
    """

    name: str
    what: str
    unit: str
    sizes: tuple[int, ...]
    small: tuple[int, ...]
    contest: Callable[[int, int], Contest]
    higher_is_better: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    is_gathered: bool = False
