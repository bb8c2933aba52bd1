"""Which records are one person: computed anew from the live judgements, so that nothing is ever merged for good.

Nothing is kept but judgements and withdrawals, and equal judgements give equal persons, byte for byte
(core/linkage/judging_text). So taking a judgement back leaves everything as if it had never been made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

from safeconduct.core.errors import RepeatedPerson
from safeconduct.core.linkage.clusters import Clusters
from safeconduct.core.linkage.held_back import HeldApart, HeldBack, Walls, held_by_itself
from safeconduct.core.linkage.judgements import (
    Judgement,
    TwoRecords,
    Verdict,
    Withdrawal,
    in_order,
    live,
)
from safeconduct.core.linkage.standing import (
    JudgedPair,
    OfficeOf,
    Standing,
    judged_pairs,
    strength,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two records of one person of whom members said so, and the live judgements that say it, oldest first."""

    records: TwoRecords
    judgements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Everybody once. `people`: the ids of each person's records, sorted; one record is a person too.

    `held_back`: each live "same" that joins nobody, with what stands in its way; its two are never one person.
    """

    people: tuple[tuple[str, ...], ...]
    joined: tuple[Joined, ...]
    held_back: tuple[HeldBack, ...]

    def by_record(self) -> Mapping[str, tuple[str, ...]]:
        """Of each record all records of its person, itself among them."""
        return {record: person for person in self.people for record in person}

    @property
    def resting_on_others(self) -> tuple[TwoRecords, ...]:
        """Pairs that are one person only through others (A = B, B = C: nobody compared A and C): to be looked at."""
        direct = {joined.records for joined in self.joined}
        pairs = (pair for person in self.people for pair in combinations(person, 2))
        return tuple(pair for pair in pairs if pair not in direct)


def persons_of(
    record_ids: Iterable[str],
    judgements: Iterable[Judgement],
    withdrawals: Iterable[Withdrawal] = (),
    *,
    office_of: OfficeOf = None,
    held_apart: HeldApart | None = None,
) -> Persons:
    """Who is one person. The order in which records, judgements and withdrawals come does not matter.

    The pairs that stand as "same" are followed one by one, strongest first (`standing.strength`), and two groups are
    joined only where no record of one is kept apart from any of the other (`held_back.Walls`); a pair that would join
    such two is held back. A judgement of a record that is not in `record_ids` (forgotten since, or not ours to see)
    counts for nothing. `office_of`: which office holds each record; None where there is only one. `held_apart`: the
    rules of the software. Raises RepeatedPerson, RepeatedJudgement.
    """
    records = _once_each(record_ids)
    judged = {
        pair: standing
        for pair, standing in judged_pairs(live(judgements, withdrawals), office_of).items()
        if records.issuperset(pair)
    }
    clusters, held = _followed(
        judged, Walls(judged=judged, office_of=office_of, held_apart=held_apart)
    )
    return Persons(
        people=tuple(map(tuple, clusters.groups(sorted(records)))),
        joined=tuple(_joined(judged, held)),
        held_back=tuple(held[pair] for pair in sorted(held)),
    )


def persons_touched(
    before: Persons,
    touched: Iterable[str],
    record_ids: AbstractSet[str],
    judgements: Sequence[Judgement],
    withdrawals: Iterable[Withdrawal] = (),
    *,
    office_of: OfficeOf = None,
    held_apart: HeldApart | None = None,
) -> Persons:
    """What `persons_of` gives for everything, where `before` was computed and only the `touched` records changed since.

    Touched are both records of each judgement that was added or withdrawn, and each record that was added, edited,
    given to another office or forgotten. Only what hangs together with them is computed.
    """
    region = region_of(touched, judgements)
    anew = persons_of(
        region & record_ids,
        [judgement for judgement in judgements if region.issuperset(judgement.records)],
        withdrawals,
        office_of=office_of,
        held_apart=held_apart,
    )
    return _with_region(before, region, anew)


def region_of(touched: Iterable[str], judgements: Iterable[Judgement]) -> set[str]:
    """The records whose persons may change when these do: all that a chain of "same", withdrawn or not, leads to.

    What a room must load to compute the persons of a few records: these records and the judgements among them.
    """
    beside: dict[str, list[str]] = {}
    for judgement in judgements:
        if judgement.verdict is Verdict.SAME:
            beside.setdefault(judgement.record_a, []).append(judgement.record_b)
            beside.setdefault(judgement.record_b, []).append(judgement.record_a)
    region = set(touched)
    ahead = list(region)
    while ahead:
        found = set(beside.get(ahead.pop(), ())) - region
        region |= found
        ahead.extend(found)
    return region


def _once_each(record_ids: Iterable[str]) -> set[str]:
    records: set[str] = set()
    for record in record_ids:
        if record in records:
            raise RepeatedPerson(person=record)
        records.add(record)
    return records


def _followed(
    judged: Mapping[TwoRecords, JudgedPair], walls: Walls
) -> tuple[Clusters[str], dict[TwoRecords, HeldBack]]:
    """Every pair that stands as "same", strongest first: joined, or held back by what it would bring together."""
    clusters: Clusters[str] = Clusters()
    held = {pair.records: back for pair in judged.values() if (back := held_by_itself(pair))}
    same = [pair for pair in judged.values() if pair.standing is Standing.SAME]
    for pair in sorted(same, key=lambda pair: strength(pair, walls.office_of)):
        if apart := clusters.join(*pair.records, walls.part):
            held[pair.records] = _held_by(pair.records, apart, walls)
    return clusters, held


def _held_by(records: TwoRecords, apart: TwoRecords, walls: Walls) -> HeldBack:
    wall = walls.between(*apart)
    assert wall is not None
    why, details = wall
    return HeldBack(records=records, why=why, between=in_order(*apart), details=details)


def _joined(
    judged: Mapping[TwoRecords, JudgedPair], held: Mapping[TwoRecords, HeldBack]
) -> Iterator[Joined]:
    for records in sorted(judged):
        pair = judged[records]
        if pair.standing is Standing.SAME and records not in held:
            said = [each for each in pair.judgements if each.verdict is Verdict.SAME]
            yield Joined(records=records, judgements=tuple(each.judgement_id for each in said))


def _with_region(before: Persons, region: AbstractSet[str], anew: Persons) -> Persons:
    """Outside the region as before, inside anew: no chain of "same" crosses its border."""
    people = (person for person in before.people if region.isdisjoint(person))
    joined = (each for each in before.joined if region.isdisjoint(each.records))
    held = (each for each in before.held_back if region.isdisjoint(each.records))
    return Persons(
        people=tuple(sorted((*people, *anew.people))),
        joined=tuple(sorted((*joined, *anew.joined), key=lambda each: each.records)),
        held_back=tuple(sorted((*held, *anew.held_back), key=lambda each: each.records)),
    )
