"""Rows that say again what a row before them said. Careful: twins, siblings and namesakes are never repeats.

A row is a repeat where every value read is the same again and one of them tells one person from another in a list
of strangers, or two of them say something of the person within one family; or where, within one family, a person
comes again with the same name and the same passport or tazkira, or the same name, full date of birth and father's
name. Everything less certain is left for the comparison of households (core/linkage), which a named person decides.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence

from safeconduct.core.dates import Precision
from safeconduct.core.facts import Origin
from safeconduct.core.identifiers import normal_passport, normal_tazkira
from safeconduct.core.plain_text import plain
from safeconduct.sheets.told import Draft, Told
from safeconduct.sheets.vocabulary import said

# Fields that tell one person from another of the same name, whoever else stands in the list.
TELLING = frozenset("phone email passport tazkira document members".split())
# Fields that say something of a person; within one family two of them are enough.
PERSONAL = TELLING | frozenset(
    "father_name birth age sex relation occupation employer nationality threat notes".split()
)
_MARKS = re.compile(r"[\W_]+")


class Seen:
    """What was accepted so far, over all files of one call."""

    def __init__(self) -> None:
        self._first: dict[Hashable, Origin] = {}

    def same_as(self, told: Told) -> Origin | None:
        """The row that this one repeats, or None; then it is remembered."""
        keys = list(_keys(told))
        for key in keys:
            if key in self._first:
                return self._first[key]
        for key in keys:
            self._first[key] = told.origin
        return None


def find_repeats(rows: Sequence[Told]) -> None:
    """Set `same_as` on the rows that repeat one before them.

    A family is not torn: where some of its rows repeat rows of another family and others do not, all of them stay,
    and the likeness is left for the comparison of households.
    """
    seen = Seen()
    families: dict[Hashable, list[Told]] = {}
    group_of: dict[Origin, Hashable] = {}
    for told in rows:
        group_of[told.origin] = told.group
        if told.hold is None:
            told.same_as = told.same_as or seen.same_as(told)
            families.setdefault(told.group, []).append(told)
    for group, family in families.items():
        away = [each for each in family if each.same_as and group_of[each.same_as] != group]
        if away and not all(each.same_as for each in family):
            for each in away:
                each.same_as = None


def _keys(told: Told) -> Iterator[Hashable]:
    names = [name_key(person) for person in told.people]
    if not names or any(not name or name in said("placeholder") for name in names[:1]):
        return
    if _tells(told):
        yield ("row", told.filled, told.reference, told.caller_name)
    if sum(field.name in PERSONAL for field, _ in told.filled) >= 2:
        yield ("row", told.filled, told.group)
    if len(told.people) == 1 and not told.more:
        for key in _person_keys(told.people[0], names[0]):
            yield (told.group, key)


def _tells(told: Told) -> bool:
    """Whether a row holds anything that tells one person of a name from another in a list of strangers.

    A running number or a caller does not: two offices both have a 17, and a caller two cousins of one name.
    """
    if any(field.name in TELLING for field, _ in told.filled):
        return True
    return any(
        person.father_name is not None
        and person.birth is not None
        and person.birth.precision is Precision.DAY
        for person in told.people
    )


def _person_keys(person: Draft, name: str) -> Iterable[Hashable]:
    passport = normal_passport(person.passport)
    if passport:
        yield ("passport", name, passport)
    tazkira = normal_tazkira(person.tazkira)
    if tazkira and not tazkira.startswith("plain:"):  # old offices counted each for themselves
        yield ("tazkira", name, tazkira)
    birth = person.birth
    if person.father_name and birth and birth.earliest == birth.latest:
        yield ("person", name, birth.earliest, _plain_name(person.father_name))


def name_key(person: Draft) -> str:
    """A name in the form in which it is the same again; "" where there is none."""
    latin = _plain_name(" ".join(part for part in (person.given_name, person.family_name) if part))
    return latin or _plain_name(person.native_name or "")


def _plain_name(name: str) -> str:
    return " ".join(_MARKS.sub(" ", plain(name)).split())
