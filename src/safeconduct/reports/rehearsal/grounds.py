"""What the rehearsal stands on: every assumption in full, what the scenario says, seeds, versions, seconds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from safeconduct import __version__
from safeconduct.core.operation import Assumption, DailyCount, Operation
from safeconduct.rehearsal.days.records import Rehearsal
from safeconduct.reports.parts import Block, Pair, Section, Subtitle, Table, Words, numbers
from safeconduct.reports.rehearsal.policies import apart
from safeconduct.reports.rehearsal.published import published_table
from safeconduct.reports.wording import count_of, day, number, percent, sentence


def section(
    rehearsals: Sequence[Rehearsal], operation: Operation, published: Sequence[DailyCount]
) -> Section:
    """Assumptions first: with others, other numbers would stand on this page."""
    found: list[Block] = [
        Words(
            text=Markup(
                "The numbers of the first table were chosen and not found in a source. Under others, other numbers "
                "would stand on this page. What the simulated people are drawn from, with its sources, is told by "
                "<code>safeconduct simulate</code> in distributions.csv."
            )
        )
    ]
    shared = _in_all(rehearsals)
    if shared:
        found.append(_assumed(shared, "", "Assumptions: numbers that no source gives"))
    for key, rehearsal, title in apart(rehearsals):
        own = [each for each in _assumptions(rehearsal) if each not in shared]
        found += [title] if title else []
        found += [_assumed(own, key, "Assumptions of this caseload alone")] if own else []
        found.append(Pair(tables=(_scenario(rehearsal, operation, key), _seconds(rehearsal, key))))
    if published:
        found += [Subtitle(text="What was published"), published_table(published)]
    found += [
        Subtitle(text="Versions"),
        Words(
            text=f"Safeconduct {__version__}; pack {operation.code}; rulebook version {operation.rulebook.version}, "
            f"{count_of(len(operation.rulebook.rules), 'rule')}. The same seeds, versions and assumptions give the "
            "same numbers again, but for the seconds."
        ),
    ]
    return Section(key="grounds", title="What this stands on", blocks=tuple(found))


def _assumptions(rehearsal: Rehearsal) -> list[Assumption]:
    return list(dict.fromkeys((*rehearsal.assumptions, *rehearsal.scenario.assumptions)))


def _in_all(rehearsals: Sequence[Rehearsal]) -> list[Assumption]:
    first, *others = map(_assumptions, rehearsals)
    return [each for each in first if all(each in other for other in others)]


def _assumed(assumptions: Sequence[Assumption], key: str, caption: str) -> Table:
    return Table(
        key=f"assumptions{key}-table",
        caption=caption,
        columns=("What is assumed", "Value", "Its name in files"),
        rows=tuple(
            (sentence(each.sentence), f"{each.value:,.10g}", each.name) for each in assumptions
        ),
        numbers=numbers(1),
    )


def _scenario(rehearsal: Rehearsal, operation: Operation, key: str) -> Table:
    return Table(
        key=f"scenario{key}-table",
        caption="What was rehearsed",
        columns=("What", "How much"),
        rows=tuple(_said(rehearsal, operation)),
        numbers=numbers(1),
    )


def _said(rehearsal: Rehearsal, operation: Operation) -> Iterator[tuple[str, str]]:
    scenario = rehearsal.scenario
    seats = sum(departure.seats for departure in scenario.departures)
    yield "First day", day(scenario.starts)
    yield "Days", number(scenario.days)
    yield "People in the caseload, infants too", number(rehearsal.people)
    yield "Families", number(rehearsal.families)
    yield "Pleas", number(rehearsal.pleas)
    yield "Families that may fly by what was told", number(rehearsal.eligible_families)
    yield "People in them", number(rehearsal.eligible_people)
    yield "Departures", number(len(scenario.departures))
    yield "Seats", number(seats)
    yield f"Share of the seats of {operation.name}", percent(rehearsal.share)
    yield "Caseworkers", number(scenario.caseworkers)
    yield "Pleas that each decides in a day", f"{scenario.decisions_each_day:g}"
    yield "Families called forward that do not come", percent(scenario.no_show)
    yield "Families on standby that come", percent(scenario.standby_shows)
    yield "People on standby for each seat", f"{scenario.standby_per_seat:g}"
    yield "Days ahead on which a departure is known", number(scenario.known_ahead_days)
    yield "Hours before departure at which its list closes", f"{scenario.list_closes_hours:g}"
    yield "Seed of the caseload", str(rehearsal.caseload_seed)
    yield "Seed of who comes", str(scenario.seed)


def _seconds(rehearsal: Rehearsal, key: str) -> Table:
    return Table(
        key=f"seconds{key}-table",
        caption="Seconds it took",
        columns=("Part", "Seconds"),
        rows=tuple(
            (sentence(part).rstrip("."), f"{seconds:,.1f}")
            for part, seconds in rehearsal.seconds.items()
        ),
        total=("All parts", f"{sum(rehearsal.seconds.values()):,.1f}"),
        numbers=numbers(1),
    )
