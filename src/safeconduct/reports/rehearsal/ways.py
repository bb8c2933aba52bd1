"""Where people could come from: the day each capital fell, and the ways that close in the scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from markupsafe import Markup

from safeconduct.core.operation import Fall, Operation, Province
from safeconduct.rehearsal.days.records import Closing, Rehearsal, Scenario
from safeconduct.reports.marks import unverified
from safeconduct.reports.parts import Block, Figure, Section, Table, Words, numbers
from safeconduct.reports.province_tiles import DOUBTS, map_of_falls, spread
from safeconduct.reports.sources import linked
from safeconduct.reports.wording import count_of, day


def section(rehearsals: Sequence[Rehearsal], operation: Operation, *, history: bool) -> Section:
    """The ways to the muster points. `history`: with the days on which provinces fell, as reported."""
    scenario = rehearsals[0].scenario
    falls = {each.pcode: each for each in operation.falls} if history else {}
    found: list[Block] = [Words(text=_lead(scenario, falls))]
    if falls:
        found.append(_map(operation, falls))
    if scenario.closings:
        found.append(_closings(scenario.closings, operation))
    return Section(key="ways", title="Provinces and ways", blocks=tuple(found))


def _lead(scenario: Scenario, falls: Mapping[str, Fall]) -> str:
    last = scenario.starts + timedelta(days=max(scenario.days - 1, 0))
    said = [
        "Every muster point is taken to be at hand: no hours on the way are known."
        if scenario.reach is None
        else f"How long a family takes to a muster point is told for {count_of(len(scenario.reach), 'way')}, each with "
        "its days; from a place without an open way nobody comes."
    ]
    if falls:
        fallen = sum(fall.fell_on <= last for fall in falls.values())
        said.append(
            f"By {day(last)}, {count_of(fallen, 'provincial capital')} had fallen, as reported."
        )
    if not scenario.closings:
        said.append("No other way is closed in this scenario.")
    return " ".join(said)


def _map(operation: Operation, falls: Mapping[str, Fall]) -> Figure:
    table = Table(
        key="provinces-table",
        caption="Provinces: the day the capital fell, as reported",
        columns=("Province", "Dari", "Day", "Confidence", "Source"),
        rows=tuple(
            _line(each, falls.get(each.pcode))
            for each in sorted(operation.provinces, key=lambda each: each.name)
        ),
    )
    return map_of_falls(operation.provinces, falls, table)


def _line(province: Province, fall: Fall | None) -> tuple[str | Markup, ...]:
    dari = Markup('<bdi lang="fa-AF" dir="rtl">{}</bdi>').format(province.name_dari)
    if fall is None:
        return (province.name, dari, "not known", "", "")
    return (
        province.name,
        dari,
        day(fall.fell_on),
        f"{fall.confidence}{DOUBTS.get(fall.confidence, ' ?')}{spread(fall)}",
        Markup("{}{}").format(linked(fall.source), unverified(fall.source)),
    )


def _closings(closings: Sequence[Closing], operation: Operation) -> Table:
    names = {each.pcode: each.name for each in operation.provinces}
    points = {each.code: each.name for each in operation.muster_points}
    return Table(
        key="closings-table",
        caption="Ways that close in this scenario, for good",
        columns=("From", "Nobody comes from", "To", "Why"),
        rows=tuple(
            (
                day(each.on),
                "anywhere" if each.province is None else names.get(each.province, each.province),
                "any muster point"
                if each.muster_point is None
                else points.get(each.muster_point, each.muster_point),
                each.why,
            )
            for each in sorted(closings, key=lambda each: each.on)
        ),
        numbers=numbers(),
    )
