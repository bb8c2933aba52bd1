"""Who of a simulated list is whose brother, sister, parent or child in truth: whom linkage must not take for one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from safeconduct.core.facts import Household, Person, Relation
from safeconduct.core.linkage import record_of
from safeconduct.rehearsal.bench.true_lists import TrueList, true_list
from safeconduct.rehearsal.caseload import Caseload

SIBLINGS, TWINS, PARENT = "siblings", "twins", "parent and child"

_SIBLINGS = (
    {Relation.CHILD},
    {Relation.PRINCIPAL, Relation.SIBLING},
    {Relation.SIBLING},
)
# The wife or husband of a principal is taken for a parent of the children.
_PARENTS = (
    {Relation.PRINCIPAL, Relation.CHILD},
    {Relation.SPOUSE, Relation.CHILD},
    {Relation.PARENT, Relation.PRINCIPAL},
    {Relation.PARENT, Relation.SIBLING},
)

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class KinList:
    """All that a caseload's pleas tell of people, and the pairs of records (positions, the lower first) that are of
    two people of one family, told by two pleas: by how the two are related.
    """

    told: TrueList
    kin: Mapping[Pair, str]


def kin_list(caseload: Caseload) -> KinList:
    people = [
        (record_of(person, each.plea.household), each.people[person.person_id])
        for each in caseload.pleas
        for person in each.plea.household.people
    ]
    records = [record for record, _ in people]
    told = true_list(records, {record.person_id: true for record, true in people})
    where: dict[str, list[int]] = defaultdict(list)
    for at, (_, true) in enumerate(people):
        where[true].append(at)
    homes = [record.household_id for record in records]
    kin = {
        (min(a, b), max(a, b)): how
        for family in caseload.families
        for one, two, how in relatives(family.household)
        for a in where[one]
        for b in where[two]
        if homes[a] != homes[b]
    }
    return KinList(told=told, kin=kin)


def relatives(family: Household) -> Iterator[tuple[str, str, str]]:
    """Pairs of a true family by their ids who are siblings, twins, or parent and child."""
    for one, two in combinations(family.people, 2):
        how = _related(one, two)
        if how is not None:
            yield one.person_id, two.person_id, how


def _related(one: Person, two: Person) -> str | None:
    between = {one.relation, two.relation}
    if between in _SIBLINGS:
        return TWINS if one.birth == two.birth else SIBLINGS
    return PARENT if between in _PARENTS else None


def taken_for_one(kin: Mapping[Pair, str], pairs: Sequence[Pair]) -> list[str]:
    """Of these pairs of positions those that are kin, by how they are related."""
    found = (kin.get((min(pair), max(pair))) for pair in pairs)
    return [how for how in found if how is not None]
