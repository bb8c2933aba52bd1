"""Which pairs are worth comparing: the families of keys, joined in an engine's SQL.

Only numbers go in: keys are hashes, people are positions. A key that too many people share is passed over: the other
families must find them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.families import DOCUMENTS, OF_ALL_AGES, Family, cap_of, keys_of
from safeconduct.core.linkage.people import Numbers, People

# Fewer pairs than this found by their documents say nothing about blocking.
_ENOUGH_TO_ESTIMATE = 20

# Two people of known different sex, or born more than five years apart, are only compared where a document
# brings them together, or facts in which one of those two may be a slip. The same in every engine.
JOIN = """
with sizes as (
    select key, family, count(*) as size from keys group by key, family having count(*) > 1
),
kept as (
    select keys.key, keys.family, keys.person, caps.fitting,
        p.household, p.sex, p.earliest, p.latest
    from keys
    join sizes on keys.key = sizes.key and keys.family = sizes.family
    join caps on keys.family = caps.family and sizes.size <= caps.cap
    join people as p on keys.person = p.person
)
select a.person as a, b.person as b, bit_or(1 << cast(a.family as integer)) as found_by
from kept as a join kept as b on a.key = b.key and a.family = b.family and a.person < b.person
where a.family <= 2 or (
    a.household <> b.household and (
        case when a.sex < 0 or b.sex < 0 or a.sex = b.sex then 1 else 0 end
        + case
            when a.earliest < 0 or b.earliest < 0 then 1
            when greatest(a.earliest, b.earliest) - least(a.latest, b.latest) <= 5 * 366 then 1
            else 0
        end
        >= a.fitting
    )
)
group by a.person, b.person
"""

Columns = dict[str, npt.NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs to compare, as positions in the list (a < b), and the bits of the families that found each."""

    a: Numbers
    b: Numbers
    found_by: Numbers

    def __len__(self) -> int:
        return len(self.a)

    def only(self, keep: npt.NDArray[np.bool_] | Numbers) -> Candidates:
        """The pairs that are kept."""
        return Candidates(self.a[keep], self.b[keep], self.found_by[keep])


def tables_of(people: People) -> dict[str, Columns]:
    """The tables that JOIN reads, as columns of numbers."""
    keys = keys_of(people)
    return {
        "keys": {
            "key": keys.key,
            "family": keys.family.astype(np.int8),
            "person": keys.person.astype(np.int32),
        },
        "people": {
            "person": np.arange(len(people), dtype=np.int32),
            "household": people.household.astype(np.int32),
            "sex": people.sex.astype(np.int8),
            "earliest": people.earliest.astype(np.int32),
            "latest": people.latest.astype(np.int32),
        },
        "caps": {
            "family": np.asarray([int(family) for family in Family], dtype=np.int8),
            "cap": np.asarray([cap_of(family, people) for family in Family], dtype=np.int64),
            # How many of sex and birth must not contradict.
            "fitting": np.asarray([fitting(people, family) for family in Family], dtype=np.int8),
        },
    }


def fitting(people: People, family: Family) -> int:
    """Of sex and birth, how many must not contradict where keys of this family meet: in families both, lest sisters and
    fathers be looked at; where much else agrees, or no families are told, one of them may be a slip."""
    return 2 if people.of_families and family < OF_ALL_AGES else 1


def in_order(found: Columns) -> Candidates:
    """What JOIN found, in the order of the list."""
    a, b, by = (np.asarray(found[column], dtype=np.int64) for column in ("a", "b", "found_by"))
    order = np.lexsort((b, a))
    return Candidates(a[order], b[order], by[order])


def estimated_recall(found_by: Numbers) -> float | None:
    """Of pairs that agreeing documents found, the share that other keys found too; None where there are too few.

    It speaks for the people without documents. `found_by`: of the pairs that turned out probable.
    """
    documents = (found_by & DOCUMENTS) != 0
    if int(documents.sum()) < _ENOUGH_TO_ESTIMATE:
        return None
    return float(((found_by & ~DOCUMENTS) != 0)[documents].mean())
