"""A result in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from safeconduct.rehearsal.bench.keeping import Change, Since
from safeconduct.rehearsal.bench.machine import Machine
from safeconduct.rehearsal.bench.records import Contest, Run
from safeconduct.rehearsal.bench.results import HIGHER, Ratio, Result
from safeconduct.rehearsal.bench.tables import figure, table_lines

# A change smaller than this is the machine's own unrest.
_QUIET = 0.05
_WIDTH = 120
# Seconds of the wall, and those of processors. MB: at the peak, and how much of it came on top of what was held before.
_HEADINGS = f"{'seconds':>11}{'of CPU':>9}{'a second':>13}{'peak MB':>9}{'MB more':>9}"


def machine_lines(machine: Machine) -> Iterator[str]:
    memory = machine.memory_mb / 1024
    yield (
        f"{machine.cpu}, {machine.cores} cores, {memory:.0f} GB; {machine.system}, Python {machine.python}, "
        f"safeconduct {machine.product}."
    )
    yield ", ".join(f"{name} {version}" for name, version in machine.packages.items()) + "."
    if machine.busy is not None:
        yield f"Load of the machine when this began: {machine.busy}."


def result_lines(result: Result) -> Iterator[str]:
    """The table of a bench: a block for each size, then the growth and the notes."""
    yield f"{result.name}: {result.what}"
    for contest in result.contests:
        yield from table_lines(contest, result) if result.columns else _block(contest, result)
        for name, why in contest.not_run.items():
            yield from _wrapped(f"{name}: NO FIGURES. {why}", indent=4)
        yield from (line for each in contest.remarks for line in _wrapped(each, indent=4))
        if not contest.baselines and not contest.not_run and not contest.remarks:
            yield "    No baseline exists for this."
    for size, why in {**result.stopped, **result.absent}.items():
        yield from _wrapped(f"{size:,} {result.unit}: NO FIGURES. {why}", indent=2)
    yield from _growth_lines(result)
    yield from (line for note in result.notes for line in _wrapped(note, indent=2))


def since_lines(since: Since | None) -> Iterator[str]:
    """What changed since the last kept run; figures within five per cent are only counted."""
    if since is None:
        yield "  No kept run to compare with."
        return
    yield f"  Since the kept run of {since.made_on}:"
    yield from (f"    {why}" for why in since.why_less)
    moved = [change for change in since.changes if _moved(change)]
    yield from (f"    {change.size:,}: {_change(change)}" for change in moved)
    still = len(since.changes) - len(moved)
    if still:
        yield f"    {still} figures are within {_QUIET:.0%} of what they were."


def _block(contest: Contest, result: Result) -> Iterator[str]:
    """A line for each contestant, under it what it measured and the ratios to it."""
    names = (name for each in result.contests for name in (*each.of_ours, *each.baselines))
    width = max((len(name) for name in names), default=0) + 4
    yield f"  {f'{contest.size:,} {result.unit}':<{width}}{_HEADINGS}"
    for name, run in {**contest.of_ours, **contest.baselines}.items():
        yield f"    {name:<{width - 2}}{_run(run, contest.size)}"
        yield from _wrapped(", ".join(_measures(run)))
        for mine in contest.of_ours if name in contest.baselines else ():
            yield from _wrapped(_ratios(mine, name, contest, result))


def _wrapped(text: str, indent: int = 6) -> list[str]:
    return wrap(text, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)


def _run(run: Run, size: int) -> str:
    rate = f"{size / run.seconds:,.0f}" if run.seconds else ""
    cpu = f"{figure(round(run.cpu_seconds, 2)):>9}"
    return f"{figure(run.seconds):>9}{cpu}{rate:>13}{run.peak_mb:>9,.0f}{run.rise_mb:>9,.0f}"


def _measures(run: Run) -> Iterator[str]:
    if run.rounds > 1:
        yield f"median of {run.rounds}"
    yield from (f"{name} {figure(value)}" for name, value in run.measures.items())


def _ratios(ours: str, baseline: str, contest: Contest, result: Result) -> str:
    """Each figure of one of ours over the baseline's own."""
    told = [
        _ratio(ratio)
        for ratio in result.ratios
        if (ratio.size, ratio.ours, ratio.baseline) == (contest.size, ours, baseline)
    ]
    return f"{ours} / {baseline}: {'; '.join(told)}"


def _ratio(ratio: Ratio) -> str:
    if ratio.ratio is None:
        return f"{ratio.measure} not told (the baseline's is 0)"
    way = "more" if ratio.better == HIGHER else "less"
    standing = {True: "ours is ahead", False: "ours is behind", None: "even"}[ratio.ahead]
    return f"{ratio.measure} {ratio.ratio:.4g} ({way} is better: {standing})"


def _growth_lines(result: Result) -> Iterator[str]:
    """Of a table our own alone: of many contestants it would be longer than the table."""
    if result.columns:
        mine = result.growth.get("ours")
        growths = {"ours": mine} if mine else {}
    else:
        growths = dict(result.growth)
    for name, growth in growths.items():
        yield (
            f"  Seconds of {name} grow as size to the power {growth.exponent:.2f}; the farthest size lies "
            f"{growth.worst - 1:.0%} off that line."
        )
    if not growths and not result.columns:
        yield "  Fewer than three sizes: how the seconds grow is not told."


def _moved(change: Change) -> bool:
    return abs(change.now - change.before) > _QUIET * abs(change.before)


def _change(change: Change) -> str:
    return f"{change.figure} {figure(change.now)}, was {figure(change.before)}"
