"""Each office's list as that office would send it: a file for each, in its own manner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.core.facts import Plea
from safeconduct.core.operation import Operation
from safeconduct.rehearsal.caseload.assumed import LAYOUTS
from safeconduct.rehearsal.caseload.cells import Places
from safeconduct.rehearsal.caseload.layouts import (
    DARI,
    FAMILIES,
    PERSONS,
    RELATIVES,
    Layout,
)
from safeconduct.rehearsal.caseload.records import Caseload

_BY_NAME = {"relatives": RELATIVES, "families": FAMILIES, "dari": DARI, "persons": PERSONS}
_IN_TURN = tuple(_BY_NAME[name] for name in LAYOUTS)
_NOT_OF_A_NAME = re.compile(r"[^a-z0-9]+")
_NO_OFFICE = "no office told"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSheet:
    """One office's list: the name of its file, and its pleas in the order in which they arrived."""

    file: str
    layout: Layout
    pleas: tuple[Plea, ...]
    places: Places

    def rows(self) -> Iterator[tuple[str | None, ...]]:
        for plea in self.pleas:
            yield from self.layout.rows(plea, self.places)


def office_sheets(caseload: Caseload, operation: Operation) -> tuple[OfficeSheet, ...]:
    """A sheet for each office, by name. Layouts go round in turn; one in Dari only where names are told in Dari."""
    places = {province.pcode: province for province in operation.provinces}
    pleas: dict[str, list[Plea]] = {}
    for each in caseload.pleas:
        pleas.setdefault(each.plea.household.office or _NO_OFFICE, []).append(each.plea)
    files = _file_names(sorted(pleas))
    return tuple(
        OfficeSheet(
            file=files[office],
            layout=_layout(number, pleas[office]),
            pleas=tuple(pleas[office]),
            places=places,
        )
        for number, office in enumerate(sorted(pleas))
    )


def _layout(number: int, pleas: list[Plea]) -> Layout:
    layout = _IN_TURN[number % len(_IN_TURN)]
    native = any(person.native_name for plea in pleas for person in plea.household.people)
    return PERSONS if layout.in_dari and not native else layout


def _file_names(offices: list[str]) -> dict[str, str]:
    """A name of a file for each office, in plain letters, each once."""
    names: dict[str, str] = {}
    for office in offices:
        plain = _NOT_OF_A_NAME.sub("-", office.lower()).strip("-") or "office"
        name, number = plain, 2
        while f"{name}.csv" in names.values():
            name, number = f"{plain}-{number}", number + 1
        names[office] = f"{name}.csv"
    return names
