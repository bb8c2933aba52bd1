"""Cases that stand together, read as one household: every statement with the case that makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Person
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.cases.templatetags.told import called, told as told_apart
from safeconduct.core.linkage.clusters import Clusters
from safeconduct.core.linkage.merged_view import ToldValue
from safeconduct.core.linkage.records import Pair
from safeconduct.matching.comparing import all_pairs, in_reading_order, strongest_first
from safeconduct.matching.rows import FIELDS, alike_otherwise, shown_value

_NAME = _("Name")
Where = Mapping[str, str]  # of each person's entry, the case that holds it


@dataclass(frozen=True, slots=True)
class Statement:
    """A value as told, and the cases that tell it."""

    value: Any
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """All that is told of one field of one person. `contradicts`: more than one value is told."""

    label: Promise
    statements: tuple[Statement, ...]
    contradicts: bool


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the family by all its cases: the entries that may tell of them, and what they tell."""

    called: str
    entries: tuple[tuple[str, str], ...]  # (case, entry)
    fields: tuple[Field, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        return tuple(case for case, _code in self.entries)


def members_of(opened: Sequence[OpenCase], *, among: int, on: date) -> list[Member]:
    """Everybody once, those whom most cases tell of first. Who is who is the software's reading, shown to be judged."""
    persons = {kept.code: kept for case in opened for kept in in_reading_order(case)}
    where = {kept.code: case.code for case in opened for kept in case.persons}
    pairs = [pair for pair in all_pairs(opened, among=among) if not pair.apart]
    groups = _groups(list(persons), pairs, where)
    members = [_member(group, persons, where, on) for group in groups]
    order = {code: number for number, code in enumerate(persons)}
    return sorted(members, key=lambda each: (-len(each.entries), order[each.entries[0][1]]))


def _groups(
    persons: Sequence[str], pairs: Sequence[Pair], where: Where
) -> Iterator[tuple[str, ...]]:
    """The strongest first; two of one case are two people."""
    clusters: Clusters[str] = Clusters()
    for pair in strongest_first(pairs, persons):
        clusters.join(pair.person_a, pair.person_b, lambda one, two: where[one] == where[two])
    yield from (tuple(group) for group in clusters.groups(persons))


def _member(
    group: Sequence[str], persons: Mapping[str, Kept[Person]], where: Where, on: date
) -> Member:
    told = [persons[code] for code in group]
    return Member(
        called=called(max((kept.says for kept in told), key=_fullest)),
        entries=tuple((where[code], code) for code in group),
        fields=tuple(_fields(told, where, on)),
    )


def _fullest(person: Person) -> int:
    return sum(map(bool, (person.given_name, person.family_name, person.native_name)))


def _fields(told: Sequence[Kept[Person]], where: Where, on: date) -> Iterator[Field]:
    names = [(kept.code, called(kept.says)) for kept in told]
    yield _field("name", _NAME, [(code, name, told_apart(name)) for code, name in names], where)
    for name, label in FIELDS:
        values = [
            (kept.code, one, shown_value(name, (one,) if name == "phones" else one, on))
            for kept in told
            for one in _each(getattr(kept.says, name))
        ]
        if values:
            yield _field(name, label, values, where)


def _each(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        yield from dict.fromkeys(value)
    elif value:
        yield value


def _field(name: str, label: Any, values: Sequence[tuple[str, Any, Any]], where: Where) -> Field:
    several = name == "phones"
    by: dict[Any, list[str]] = {}
    shown = {}
    for code, value, seen in values:
        by.setdefault(value, []).append(where[code])
        shown[value] = seen
    told = [ToldValue(value=value, by=tuple(sorted(set(cases)))) for value, cases in by.items()]
    told.sort(key=lambda each: (-len(each.by), each.by))
    statements = tuple(Statement(shown[each.value], each.by) for each in told)
    contradicts = not several and any(
        not alike_otherwise(name, one.value, two.value) for one, two in combinations(told, 2)
    )
    return Field(label, statements, contradicts)
