"""An operation from its folder: read every file, check that they fit together, refuse with file, line and mend.

A pack needs operation.yaml, schemes.yaml, provinces.csv and the folder rulebook/. It may leave out
the others: falls.csv, routes.csv, muster_points.csv, reach.csv, daily_counts.csv, departures.csv,
localities.csv, authorities.yaml, estimates.csv, failures.csv, aircraft.csv, sources.csv and
rulebook/phrases.csv. What is left out is empty. The folder caseload/ is read apart (packs/caseload/loading.py): only
a rehearsal asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from safeconduct.core.errors import RuleWithoutScheme, StrayFile
from safeconduct.core.operation import (
    Assumption,
    Authority,
    DailyCount,
    Departure,
    Estimate,
    Fall,
    MusterPoint,
    Operation,
    Province,
    Reach,
)
from safeconduct.core.rulebook.rules import Rulebook
from safeconduct.packs.assumptions import assumptions_of
from safeconduct.packs.country import falls_of, muster_points_of, provinces_of, routes_of
from safeconduct.packs.counts import daily_counts_of
from safeconduct.packs.days import check_order
from safeconduct.packs.departures import departures_of, load_factor_of, made_departures
from safeconduct.packs.figures import aircraft_of, column_sources_of, estimates_of, failures_of
from safeconduct.packs.folders import Folder, folder_of
from safeconduct.packs.homes import localities_of
from safeconduct.packs.located import Fields, did_you_mean
from safeconduct.packs.reach import derived_reach, reach_of, roads_of
from safeconduct.packs.reading import read_yaml, shown_as
from safeconduct.packs.rulebook import load_phrases, load_rulebook
from safeconduct.packs.schemes import AUTHORITIES, SCHEMES, authorities_of, schemes_of
from safeconduct.packs.sources import known, known_all

T = TypeVar("T")

_OPERATION = (
    "code", "name", "starts", "ends", "summary", "need", "day", "departures", "assumptions"
)  # fmt: skip
_FILES = (
    "operation.yaml", "schemes.yaml", "authorities.yaml", "provinces.csv", "falls.csv", "routes.csv",
    "muster_points.csv", "reach.csv", "daily_counts.csv", "departures.csv", "localities.csv",
    "estimates.csv", "failures.csv", "aircraft.csv", "sources.csv",
)  # fmt: skip


def load(code_or_path: str | Path) -> Operation:
    """The operation of a shipped pack (its id, such as "afghanistan-2021"), or of a folder of your own.

    Raises BadPack's subclasses: each names the file, the line, what is wrong and how to mend it.
    """
    return load_folder(folder_of(code_or_path))


def load_folder(folder: Folder) -> Operation:
    """The operation in a folder, every file read and every reference followed."""
    _check_names(folder)
    head = read_yaml(folder / "operation.yaml").fields(
        _OPERATION, required=("code", "name", "starts", "ends"), of="an operation"
    )
    check_order(head, "starts", "ends")
    assumptions = assumptions_of(head.get("assumptions"))
    schemes = schemes_of(read_yaml(folder / SCHEMES))
    scheme_codes = [scheme.code for scheme in schemes]
    provinces = provinces_of(folder / "provinces.csv")
    pcodes = [province.pcode for province in provinces]
    falls = _optional(folder / "falls.csv", lambda file: falls_of(file, pcodes))
    points = _optional(folder / "muster_points.csv", lambda file: muster_points_of(file, pcodes))
    counts = _optional(folder / "daily_counts.csv", daily_counts_of)
    estimates = _optional(folder / "estimates.csv", estimates_of)
    rulebook = load_rulebook(folder / "rulebook")
    _check_rules(rulebook, scheme_codes, folder)
    return Operation(
        code=head["code"].text(),
        name=head["name"].text(),
        starts=head["starts"].date(),
        ends=head["ends"].date(),
        summary=head.text("summary"),
        need=_need(head, estimates),
        day=head.date("day"),
        assumptions=assumptions,
        schemes=schemes,
        provinces=provinces,
        falls=falls,
        routes=_optional(folder / "routes.csv", routes_of),
        muster_points=points,
        reach=_reach(
            folder / "reach.csv", head, assumptions, provinces=provinces, falls=falls, points=points
        ),
        daily_counts=counts,
        departures=_departures(
            folder / "departures.csv",
            head,
            assumptions,
            schemes=scheme_codes,
            points=points,
            counts=counts,
        ),
        localities=_optional(
            folder / "localities.csv",
            lambda file: localities_of(file, assumptions, operation=head.entry.file),
        ),
        authorities=_authorities(folder / AUTHORITIES, scheme_codes),
        estimates=estimates,
        failures=_optional(folder / "failures.csv", failures_of),
        phrases=_optional(
            folder / "rulebook" / "phrases.csv", lambda file: load_phrases(file, rulebook.facts)
        ),
        rulebook=rulebook,
        aircraft=_optional(folder / "aircraft.csv", aircraft_of),
        column_sources=_optional(folder / "sources.csv", column_sources_of),
    )


def _optional(file: Folder, read: Callable[[Folder], tuple[T, ...]]) -> tuple[T, ...]:
    """What a file holds; empty where the pack leaves it out."""
    return read(file) if file.is_file() else ()


def _check_names(folder: Folder) -> None:
    """A table with a slip in its name would be left out in silence."""
    found: Iterable[Folder] = folder.iterdir()
    for file in found:
        if file.name.endswith((".csv", ".yaml", ".yml")) and file.name not in _FILES:
            advice = did_you_mean(file.name, _FILES, what="A pack's files are")
            raise StrayFile(
                file=shown_as(file), advice=f"{advice} Rename it, or move it elsewhere."
            )


def _check_rules(rulebook: Rulebook, schemes: Collection[str], folder: Folder) -> None:
    for rule in rulebook.rules:
        if rule.scheme is not None and rule.scheme not in schemes:
            raise RuleWithoutScheme(
                folder=shown_as(folder / "rulebook"),
                rule=rule.rule_id,
                found=rule.scheme,
                advice=did_you_mean(rule.scheme, schemes, what="The codes in schemes.yaml are"),
            )


def _need(head: Fields, estimates: Sequence[Estimate]) -> str:
    need = head.get("need")
    return known(need, [each.code for each in estimates], "estimates.csv") if need else ""


def _authorities(file: Folder, schemes: Sequence[str]) -> tuple[Authority, ...]:
    return _optional(file, lambda file: authorities_of(read_yaml(file), schemes))


def _reach(
    file: Folder,
    head: Fields,
    assumptions: Mapping[str, Assumption],
    *,
    provinces: Sequence[Province],
    falls: Sequence[Fall],
    points: Sequence[MusterPoint],
) -> tuple[Reach, ...]:
    """What the file says; derived for every pair of province and muster point that it leaves out."""
    pcodes = [province.pcode for province in provinces]
    codes = [point.code for point in points]
    said = _optional(file, lambda file: reach_of(file, pcodes, codes))
    roads = roads_of(assumptions, head.entry.file)
    if roads is None:
        return said
    pairs = {(reach.province, reach.muster_point) for reach in said}
    derived = derived_reach(provinces, falls, points, roads, ends=head["ends"].date())
    return *said, *(each for each in derived if (each.province, each.muster_point) not in pairs)


def _departures(
    file: Folder,
    head: Fields,
    assumptions: Mapping[str, Assumption],
    *,
    schemes: Sequence[str],
    points: Sequence[MusterPoint],
    counts: Sequence[DailyCount],
) -> tuple[Departure, ...]:
    """The pack's own departures; where it lists none, those that operation.yaml asks to make from the daily counts."""
    by_code = {point.code: point for point in points}
    if file.is_file():
        return departures_of(file, by_code, schemes)
    made = head.get("departures")
    if made is None:
        return ()
    fields = made.fields(("muster_point", "schemes"), required=("muster_point",))
    load_factor, most_seats = load_factor_of(assumptions, head)
    return made_departures(
        counts,
        load_factor=load_factor,
        most_seats=most_seats,
        muster_point=by_code[known(fields["muster_point"], by_code, "muster_points.csv")],
        schemes=known_all(fields.get("schemes"), schemes, SCHEMES),
    )
