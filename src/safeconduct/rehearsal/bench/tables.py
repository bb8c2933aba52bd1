"""A contest as one table: a row for each contestant, a column for each measure that the bench shows so."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from safeconduct.rehearsal.bench.records import Contest, Run
from safeconduct.rehearsal.bench.results import Result

# Of what each contestant cost, these stand before the measures.
_COST = ("seconds", "of CPU", "peak MB")
_GAP = 2


def table_lines(contest: Contest, result: Result) -> Iterator[str]:
    """The measures named by `result.columns`; "-" where a contestant has none. What else was measured stands below."""
    rows = {**contest.of_ours, **contest.baselines}
    shown = {
        measure: heading
        for measure, heading in result.columns.items()
        if any(measure in run.measures for run in rows.values())
    }
    title = f"{contest.size:,} {result.unit}"
    counts = {measure for measure in shown if _is_count(measure, rows, result)}
    cells = {name: [*_costs(run), *_told(run, shown, counts)] for name, run in rows.items()}
    headings = [*_COST, *shown.values()]
    first = max(len(name) + 2 for name in (title, *rows))
    widths = [
        max(len(heading), *(len(each[at]) for each in cells.values())) + _GAP
        for at, heading in enumerate(headings)
    ]
    yield f"  {title:<{first}}{_line(headings, widths)}"
    for name, each in cells.items():
        yield f"    {name:<{first - 2}}{_line(each, widths)}"
    yield from _beside(rows, shown)


def figure(value: float) -> str:
    """Three figures that count; whole numbers whole."""
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _costs(run: Run) -> list[str]:
    return [figure(run.seconds), figure(round(run.cpu_seconds, 2)), f"{run.peak_mb:,.0f}"]


def _is_count(measure: str, rows: Mapping[str, Run], result: Result) -> bool:
    """Whether a column holds whole numbers, and not shares that happen to be 0 or 1."""
    values = [run.measures[measure] for run in rows.values() if measure in run.measures]
    is_share = measure.endswith("share") or measure in result.higher_is_better
    return not is_share and all(value == int(value) for value in values)


def _told(run: Run, shown: Mapping[str, str], counts: Container[str]) -> Iterator[str]:
    """Shares with four decimals: of two good methods the errors are what differs."""
    for measure in shown:
        value = run.measures.get(measure)
        if value is None:
            yield "-"
        else:
            yield f"{value:.4f}" if 0 <= value <= 1 and measure not in counts else figure(value)


def _line(cells: list[str], widths: list[int]) -> str:
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))


def _beside(rows: dict[str, Run], shown: dict[str, str]) -> Iterator[str]:
    for name, run in rows.items():
        more = [f"{key} {figure(value)}" for key, value in run.measures.items() if key not in shown]
        if more:
            yield f"      {name}: {', '.join(more)}"
