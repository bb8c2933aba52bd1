"""Families of blocking keys: independent ways in which two records of one person may find each other.

A key is composed of several parts, so that few people share it, and becomes one number: a name that is told in one
office with a father and in the other with a year of birth is found by another family than one told with a telephone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from safeconduct.core.linkage.marks import marks_of
from safeconduct.core.linkage.people import UNKNOWN, People
from safeconduct.core.linkage.ragged import Numbers, Ragged, crossed, pairs_within


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
    NAME_BIRTH_PLACE = 10
    GIVEN_POSTCODE = 11
    DAY_PLACE = 12
    DAY_POSTCODE = 13
    GIVEN_ADDRESS = 14


# Found in a second round: people of two households of which two others agree.
HOUSEMATES = 20
DOCUMENTS = (1 << Family.PASSPORT) | (1 << Family.TAZKIRA) | (1 << Family.OTHER_ID)
NAME_FAMILIES = (1 << Family.NAME_YEAR) | (1 << Family.NAME_PROVINCE) | (1 << Family.NAME)
NAME_FAMILIES |= 1 << Family.NAME_BIRTH_PLACE
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
    Family.NAME_BIRTH_PLACE: 50,
    Family.GIVEN_POSTCODE: 60,
    Family.DAY_PLACE: 40,
    Family.DAY_POSTCODE: 40,
    Family.GIVEN_ADDRESS: 40,
}
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
    days = Ragged.of_column(exact)
    yield from _numbers(people)
    yield from _crossed(Family.PHONE, people.phones, given)
    yield from _crossed(Family.GIVEN_DAY, given, days)
    yield from _of_places(people, given, days)
    yield from _of_names(people, given, father)


def _numbers(people: People) -> Iterator[_Made]:
    for family, column, texts in (
        (Family.PASSPORT, people.passport, people.passports),
        (Family.TAZKIRA, people.tazkira, people.tazkiras),
        (Family.OTHER_ID, people.other_id, people.other_ids),
    ):
        known = np.flatnonzero(column != UNKNOWN)
        yield family, known, marks_of(texts)[column[known]]


def _of_places(people: People, given: Ragged, days: Ragged) -> Iterator[_Made]:
    marks = np.append(marks_of(people.postcodes), UNKNOWN)
    postcodes = Ragged.of_column(marks[people.postcode])
    yield from _crossed(Family.GIVEN_POSTCODE, given, postcodes)
    yield from _crossed(Family.DAY_POSTCODE, days, postcodes)
    yield from _crossed(Family.DAY_PLACE, days, Ragged.of_column(people.birth_place))
    yield from _crossed(Family.GIVEN_ADDRESS, given, people.address)


def _of_names(people: People, given: Ragged, father: Ragged) -> Iterator[_Made]:
    years = _years(people)
    fathered, one, two = crossed(given, father)
    both = _joined(one, two)
    yield Family.GIVEN_FATHER, fathered, both
    yield from _with(Family.GIVEN_FATHER_YEAR, fathered, both, years)
    keys = people.name_keys
    written = keys.take(people.whole)
    if (people.native != UNKNOWN).any():
        written = written.beside(keys.take(people.native))
    person, one, two = pairs_within(written, _KEYS_OF_A_NAME)
    pair = _joined(one, two)
    yield Family.NAME, person, pair
    yield from _with(Family.NAME_YEAR, person, pair, years)
    for family, column in (
        (Family.NAME_PROVINCE, people.province),
        (Family.NAME_BIRTH_PLACE, people.birth_place),
    ):
        yield from _with(family, person, pair, Ragged.of_column(column))


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
