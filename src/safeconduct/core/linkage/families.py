"""Families of blocking keys: independent ways in which two records of one person may find each other.

A key is composed of several parts, so that few people share it, and becomes one number: a name that is told in one
office with a father and in the other with a year of birth is found by another family than one told with a telephone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from safeconduct.core.linkage.marks import marks_of
from safeconduct.core.linkage.people import UNKNOWN, People
from safeconduct.core.linkage.ragged import Numbers, Ragged, crossed, pairs_within
from safeconduct.core.linkage.slips import area_of


class Family(IntEnum):
    """One bit each in what found a pair. The first three are numbers of documents."""

    PASSPORT = 0
    TAZKIRA = 1
    OTHER_ID = 2
    PHONE = 3
    NAME_YEAR = 4
    GIVEN_FATHER = 5
    GIVEN_DAY = 6
    NAME_PROVINCE = 7
    NAME = 8
    GIVEN_FATHER_YEAR = 9
    # One key with one fact: a changed family name or a short form of the given name breaks only the other key.
    KEY_YEAR = 10
    KEY_BIRTH_PLACE = 11
    KEY_AREA = 12
    INITIAL_FAMILY = 13
    # Facts alone, without any name. Of these two people of different sex are compared too, and of any age: where so
    # much agrees, a slip in one of those is likelier than chance.
    DAY = 14
    POSTCODE_INITIAL = 15
    POSTCODE_YEAR = 16
    POSTCODE = 17
    YEAR_BIRTH_PLACE = 18
    YEAR_AREA = 19


# Found in a second round: people of two households of which two others agree.
HOUSEMATES = 20
# From here on neither sex nor birth keeps two people from being compared.
OF_ALL_AGES = Family.KEY_BIRTH_PLACE
DOCUMENTS = (1 << Family.PASSPORT) | (1 << Family.TAZKIRA) | (1 << Family.OTHER_ID)
NAME_FAMILIES = (1 << Family.NAME_YEAR) | (1 << Family.NAME_PROVINCE) | (1 << Family.NAME)
# How many people may share a key before it is passed over: the other families must find them.
CAPS = {
    Family.PASSPORT: 60,
    Family.TAZKIRA: 60,
    Family.OTHER_ID: 60,
    Family.PHONE: 60,
    Family.NAME_YEAR: 60,
    Family.GIVEN_FATHER: 40,
    Family.GIVEN_DAY: 80,
    Family.NAME_PROVINCE: 50,
    Family.NAME: 40,
    Family.GIVEN_FATHER_YEAR: 60,
    Family.KEY_YEAR: 60,
    Family.KEY_BIRTH_PLACE: 60,
    Family.KEY_AREA: 60,
    Family.INITIAL_FAMILY: 60,
    Family.DAY: 60,
    Family.POSTCODE_INITIAL: 60,
    Family.POSTCODE_YEAR: 60,
    Family.POSTCODE: 40,
    Family.YEAR_BIRTH_PLACE: 40,
    Family.YEAR_AREA: 40,
}
# In a long list of families one name and a year bring together many who are not one, and few who are.
_KEY_YEAR_OF_FAMILIES = 15


def cap_of(family: Family, people: People) -> int:
    """How many people of this list may share a key of a family."""
    if family is Family.KEY_YEAR and people.of_families:
        return _KEY_YEAR_OF_FAMILIES
    return CAPS[family]


# Names with more keys than this are long lists of words; their first keys are enough to be found by.
_KEYS_OF_A_NAME = 6
# Births known to this many years at most are looked under, year by year.
_YEARS_LOOKED_UNDER = 3


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys of everybody: one row for each key of each person."""

    key: Numbers
    family: Numbers
    person: Numbers


def keys_of(people: People) -> Keys:
    """Every key of every person, in no order."""
    keys, families, persons = [], [], []
    for family, person, key in _all(people):
        persons.append(person)
        keys.append(_spread(key + (int(family) << 58)))
        families.append(np.full(len(key), int(family), dtype=np.int64))
    return Keys(np.concatenate(keys), np.concatenate(families), np.concatenate(persons))


_Made = tuple[Family, Numbers, Numbers]


def _all(people: People) -> Iterator[_Made]:
    keys = people.name_keys
    given, father = keys.take(people.given), keys.take(people.father)
    exact = np.where(people.earliest == people.latest, people.earliest, UNKNOWN)
    days, years = Ragged.of_column(exact), _years(people)
    written = keys.take(people.whole)
    if (people.native != UNKNOWN).any():
        written = written.beside(keys.take(people.native))
    yield from _numbers(people)
    yield from _crossed(Family.PHONE, people.phones, given)
    yield from _crossed(Family.GIVEN_DAY, given, days)
    yield from _of_names(people, given, father, written, years)
    yield from _of_facts(people, written, days, years)


def _numbers(people: People) -> Iterator[_Made]:
    for family, column, texts in (
        (Family.PASSPORT, people.passport, people.passports),
        (Family.TAZKIRA, people.tazkira, people.tazkiras),
        (Family.OTHER_ID, people.other_id, people.other_ids),
    ):
        known = np.flatnonzero(column != UNKNOWN)
        yield family, known, marks_of(texts)[column[known]]


def _of_names(
    people: People, given: Ragged, father: Ragged, written: Ragged, years: Ragged
) -> Iterator[_Made]:
    fathered, one, two = crossed(given, father)
    both = _joined(one, two)
    yield Family.GIVEN_FATHER, fathered, both
    yield from _with(Family.GIVEN_FATHER_YEAR, fathered, both, years)
    person, one, two = pairs_within(written, _KEYS_OF_A_NAME)
    pair = _joined(one, two)
    yield Family.NAME, person, pair
    yield from _with(Family.NAME_YEAR, person, pair, years)
    yield from _with(Family.NAME_PROVINCE, person, pair, Ragged.of_column(people.province))
    yield from _crossed(Family.KEY_YEAR, written, years)


def _of_facts(people: People, written: Ragged, days: Ragged, years: Ragged) -> Iterator[_Made]:
    """Keys of facts that lists of an evacuation seldom tell: where somebody was born, and lives."""
    postcode = Ragged.of_column(_marked(people.postcodes, people.postcode))
    areas = [area_of(code) for code in people.postcodes]
    area = Ragged.of_column(_marked(areas, people.postcode))
    place = Ragged.of_column(people.birth_place)
    if not (len(postcode.values) or len(place.values)):
        return
    initial = Ragged.of_column(_initials(people, people.given, 1))
    beginning = Ragged.of_column(_initials(people, people.family, 3))
    for family, one, two in (
        (Family.KEY_BIRTH_PLACE, written, place),
        (Family.KEY_AREA, written, area),
        (Family.INITIAL_FAMILY, initial, beginning),
        (Family.POSTCODE_INITIAL, postcode, initial),
        (Family.POSTCODE_YEAR, postcode, years),
        (Family.YEAR_BIRTH_PLACE, years, place),
        (Family.YEAR_AREA, years, area),
    ):
        yield from _crossed(family, one, two)
    yield Family.POSTCODE, postcode.rows, postcode.values
    yield Family.DAY, days.rows, days.values


def _marked(texts: Sequence[str], column: Numbers) -> Numbers:
    marks: Numbers = np.append(marks_of(texts), UNKNOWN)[column]
    return marks


def _initials(people: People, names: Numbers, letters: int) -> Numbers:
    """The mark of the first sounds of each one's name."""
    parts = Ragged(people.table.parts, people.table.starts)
    marks = marks_of(part.skeleton[:letters] or part.sound[:1] for part in people.table.tokens)
    first = np.full(len(parts) + 1, UNKNOWN)
    some = np.flatnonzero(parts.lengths > 0)
    first[some] = marks[parts.values[parts.starts[some]]]
    found: Numbers = first[names]
    return found


def _crossed(family: Family, one: Ragged, two: Ragged) -> Iterator[_Made]:
    person, left, right = crossed(one, two)
    yield family, person, _joined(left, right)


def _with(family: Family, person: Numbers, key: Numbers, more: Ragged) -> Iterator[_Made]:
    """Keys of persons, each composed with each of what more that person has."""
    each = more.take(person)
    at = each.rows
    yield family, person[at], _joined(key[at], each.values)


def _years(people: People) -> Ragged:
    """The years a birth may lie in, where they are few enough to look under."""
    days = np.stack((people.earliest, people.latest))
    known = people.earliest != UNKNOWN
    first, last = _year_of(np.where(known, days, 1))
    length = np.where(known & (last - first < _YEARS_LOOKED_UNDER), last - first + 1, 0)
    starts = np.concatenate(([0], np.cumsum(length)))
    inside = np.arange(starts[-1]) - np.repeat(starts[:-1], length)
    return Ragged(np.repeat(first, length) + inside, starts)


def _year_of(ordinals: Numbers) -> Numbers:
    days = (ordinals - 719_163).astype("datetime64[D]")
    years: Numbers = days.astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def _joined(one: Numbers, two: Numbers) -> Numbers:
    """One number for two, the same on every machine."""
    return _spread(_spread(one) + two)


def _spread(numbers: Numbers) -> Numbers:
    """Numbers spread over all 64 bits, as SplitMix64 does (Steele, Lea and Flood 2014), so that no two keys meet by
    chance in a list of any size we can hold."""
    x = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    spread: Numbers = (x ^ (x >> np.uint64(31))).view(np.int64)
    return spread
