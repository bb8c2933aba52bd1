"""A fictional list of people as offices tell of them, and who they are in truth: input for sheets and linkage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from safeconduct.core.linkage import LinkRecord, record_of
from safeconduct.core.operation import Operation
from safeconduct.rehearsal.bench.caseloads import whole_caseload
from safeconduct.rehearsal.caseload import SimulatedPlea

# So many people tell how many are told of for each in truth; so much more is then made, lest it fall short.
_PILOT = 2_000
_SPARE = 1.05


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPeople:
    """Records in the order in which their pleas arrived; `truth` is the true person of each record, by its id.

    `true_pairs`: how many pairs of records are of one person.
    """

    records: tuple[LinkRecord, ...]
    truth: Mapping[str, str]
    true_pairs: int

    def same(self, one: str, two: str) -> bool:
        return self.truth[one] == self.truth[two]


def told_people(operation: Operation, size: int, seed: int) -> ToldPeople:
    """A list of `size` records: the first that arrive of a caseload large enough."""
    told = (
        (record_of(person, each.plea.household), each.people[person.person_id])
        for each in pleas_of(operation, size, seed)
        for person in each.plea.household.people
    )
    kept = list(islice(told, size))
    times_told = Counter(true for _, true in kept)
    return ToldPeople(
        records=tuple(record for record, _ in kept),
        truth={record.person_id: true for record, true in kept},
        true_pairs=sum(times * (times - 1) // 2 for times in times_told.values()),
    )


def pleas_of(operation: Operation, named: int, seed: int) -> Sequence[SimulatedPlea]:
    """Pleas, in the order of their arrival, that name at least `named` people."""
    people = min(named, _PILOT)
    while True:
        pleas = whole_caseload(operation, people, seed).pleas
        told = sum(len(each.plea.household.people) for each in pleas)
        if told >= named:
            return pleas
        people = int(people * _SPARE * named / told) + 10
