"""A case to the rows of a list: one for each person where a column tells of persons, else one for the household."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from safeconduct.cases.entries import Decision, Facts, Person, Place
from safeconduct.cases.household import family_rules
from safeconduct.cases.reading import OpenCase
from safeconduct.core.dates import UncertainDate
from safeconduct.exports.files.columns import Column, Part
from safeconduct.exports.files.table import Given

_BETWEEN: Final = "; "


def rows_of_case(opened: OpenCase, columns: Sequence[Column]) -> list[tuple[Given, ...]]:
    """In the order in which persons were told. A household of whom nobody was named still has its row (law 6)."""
    persons: list[Person | None] = [None]
    if any(column.part is Part.CARD for column in columns):
        persons = [kept.says for kept in opened.persons] or [None]
    return [tuple(_cell(column, opened, person) for column in columns) for person in persons]


def _cell(column: Column, opened: OpenCase, person: Person | None) -> Given:
    if column.part is Part.CARD:
        return _OF_PERSONS[column.name](person) if person else None
    return _OF_HOUSEHOLDS[column.name](opened)


def _joined(parts: Sequence[str | None]) -> str | None:
    return _BETWEEN.join(part for part in parts if part) or None


def _born(birth: UncertainDate | None) -> str | None:
    """As far as it is known: a year stays a year. What lies in two of ours (an age, a Solar Hijri year) stays open."""
    told = str(birth or "")
    return told if "/" not in told else None


def _decided(opened: OpenCase) -> str | None:
    told = [kept.says for kept in opened.entries(Decision)]
    return _joined([" ".join(filter(None, (d.scheme, d.outcome.value, d.reference))) for d in told])


def _needs(opened: OpenCase) -> str | None:
    told = [kept.says.facts for kept in opened.entries(Facts)]
    return _joined([f"{name}: {value}" for facts in told for name, value in sorted(facts.items())])


_OF_PERSONS: Final[dict[str, Callable[[Person], Given]]] = {
    "full_name": lambda p: " ".join(filter(None, (p.given_name, p.family_name))) or None,
    "native_name": lambda p: p.native_name,
    "father_name": lambda p: p.father_name,
    "relation": lambda p: p.relation.value if p.relation else None,
    "sex": lambda p: p.sex.value if p.sex else None,
    "birth_date": lambda p: _born(p.birth),
    "passport": lambda p: p.passport,
    "tazkira": lambda p: p.tazkira,
    "phones": lambda p: "|".join(p.phones) or None,
}
_OF_HOUSEHOLDS: Final[dict[str, Callable[[OpenCase], Given]]] = {
    "case_code": lambda case: case.code,
    "band": lambda case: case.cover.band,
    "household_size": lambda case: case.cover.household_size,
    "province": lambda case: case.cover.province or None,
    "schemes": lambda case: "|".join(case.cover.schemes) or None,
    "next_due": lambda case: case.cover.next_due,
    "place": lambda case: _joined([kept.says.words for kept in case.entries(Place)]),
    "needs": _needs,
    "decision": _decided,
    "safe_contact_hours": lambda case: _joined([kept.says.hours for kept in family_rules(case)]),
    "safe_contact_words": lambda case: _joined(
        [kept.says.safe_words for kept in family_rules(case)]
    ),
}
