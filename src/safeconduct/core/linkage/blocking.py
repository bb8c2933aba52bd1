"""Which pairs are worth comparing: several independent families of keys, joined in DuckDB.

Only numbers go into the database: keys are hashes, people are positions. It lives in memory alone and may
not write to disk, nor reach anything outside of itself. A key that too many people share is passed over: the
other families must find them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.people import People

# Family numbers; each is one bit in what found a pair.
(
    PASSPORT,
    TAZKIRA,
    PHONE,
    NAME_YEAR,
    GIVEN_FATHER,
    GIVEN_DAY,
    NAME_PROVINCE,
    NAME,
    GIVEN_FATHER_YEAR,
) = range(9)
FAMILIES = 9
# Found in a second round: people of two households of which two others agree.
HOUSEMATES = 9
DOCUMENT_FAMILIES = (1 << PASSPORT) | (1 << TAZKIRA)
NAME_FAMILIES = (1 << NAME_YEAR) | (1 << NAME_PROVINCE) | (1 << NAME)
# How many people may share a key before it is passed over.
_CAPS = {
    PASSPORT: 60,
    TAZKIRA: 60,
    PHONE: 60,
    NAME_YEAR: 60,
    GIVEN_FATHER: 40,
    GIVEN_DAY: 80,
    NAME_PROVINCE: 50,
    NAME: 40,
    GIVEN_FATHER_YEAR: 60,
}

Ints = npt.NDArray[np.int64]

# Two people of known different sex, or born more than five years apart, are only compared where a document
# brings them together: nothing else could make them one (core/linkage/apart, weights).
_JOIN = """
with sizes as (
    select key, count(*) as size, min(family) as family from keys group by key having size > 1
),
kept as (
    select keys.key, keys.family, keys.person, p.household, p.sex, p.earliest, p.latest
    from keys join sizes using (key) join people as p using (person)
    where sizes.size <= list_extract($caps, sizes.family + 1)
)
select a.person as a, b.person as b, bit_or(1 << a.family::integer) as found_by
from kept as a join kept as b on a.key = b.key and a.person < b.person
where a.family <= 1 or (
    a.household <> b.household
    and (a.sex < 0 or b.sex < 0 or a.sex = b.sex)
    and (
        a.earliest < 0 or b.earliest < 0
        or greatest(a.earliest, b.earliest) - least(a.latest, b.latest) <= 5 * 366
    )
)
group by a.person, b.person
order by a.person, b.person
"""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to compare, as positions in the list (a < b), and the bits of the families that found each."""

    a: Ints
    b: Ints
    found_by: Ints

    def __len__(self) -> int:
        return len(self.a)


def candidates(people: People, *, threads: int = 2) -> Candidates:
    """All pairs that share a key which not too many others share."""
    import duckdb  # noqa: PLC0415  (this is its one door: it is heavy, and only linkage needs it)

    database = duckdb.connect(":memory:", config={"threads": threads})
    try:
        # No name, number or even key of a person at risk may reach the disk (SECURITY.md).
        database.execute("set temp_directory = ''")
        database.execute("set max_temp_directory_size = '0B'")
        database.execute("set enable_external_access = false")
        for table, columns in (("keys", _key_columns(people)), ("people", _people_columns(people))):
            database.register("columns", columns)
            database.execute(f"create table {table} as select distinct * from columns")  # noqa: S608 (our own two words)
            database.unregister("columns")
        caps = [_CAPS[family] for family in range(FAMILIES)]
        found = database.execute(_JOIN, {"caps": caps}).fetchnumpy()
    finally:
        database.close()
    a, b, by = (np.asarray(found[column], dtype=np.int64) for column in ("a", "b", "found_by"))
    return Candidates(a, b, by)


def _people_columns(people: People) -> dict[str, Ints]:
    return {
        "person": np.arange(len(people), dtype=np.int64),
        "household": people.household,
        "sex": people.sex,
        "earliest": people.earliest,
        "latest": people.latest,
    }


def _key_columns(people: People) -> dict[str, npt.NDArray[np.generic]]:
    """The keys of everybody as columns of numbers."""
    hashes: list[int] = []
    families: list[int] = []
    persons: list[int] = []
    for position in range(len(people)):
        for family, key in _keys_of(people, position):
            hashes.append(hash((family, *key)))
            families.append(family)
            persons.append(position)
    return {
        "key": np.asarray(hashes, dtype=np.int64),
        "family": np.asarray(families, dtype=np.int8),
        "person": np.asarray(persons, dtype=np.int64),
    }


def _keys_of(people: People, at: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    if people.passport[at] >= 0:
        yield PASSPORT, (int(people.passport[at]),)
    if people.tazkira[at] >= 0:
        yield TAZKIRA, (int(people.tazkira[at]),)
    given = people.given_skeletons[at]
    father = people.father_skeletons[at]
    years = people.years[at]
    for phone in people.phones[at]:
        for one in given:
            yield PHONE, (phone, one)
    for one in given:
        if people.born_on_known_day(at):
            yield GIVEN_DAY, (one, int(people.earliest[at]))
        for two in father:
            yield GIVEN_FATHER, (one, two)
            for year in years:
                yield GIVEN_FATHER_YEAR, (one, two, year)
    for pair in people.name_pairs[at]:
        yield NAME, pair
        if people.province[at] >= 0:
            yield NAME_PROVINCE, (*pair, int(people.province[at]))
        for year in years:
            yield NAME_YEAR, (*pair, year)
