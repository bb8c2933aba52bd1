"""Which cases stand together: computed anew from the words that are live, for as much as hangs together.

No case is read or changed here and no key is needed: codes, offices and verdicts are enough. So a judgement taken
back leaves everything as if it had never been made, whatever was told of the cases since (docs/judgements.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from safeconduct.cases.models import State
from safeconduct.core.linkage.judgements import (
    Judgement as Word,
    Verdict,
    Withdrawal as TakenBack,
    live,
)
from safeconduct.core.linkage.persons import Persons, persons_of
from safeconduct.core.linkage.standing import JudgedPair, Standing, judged_pairs
from safeconduct.matching.models import Apart, Book, Judgement, Possible, Together, Withdrawal

_PRESENT: Final = "the software's rules hold them apart"
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Cover:
    """What of a case decides who leads: nothing that names anybody."""

    code: str
    office: str
    opened_at: datetime
    is_open: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Region:
    """All cases that a chain of "same", withdrawn or not, leads to from some; and every word on two of them."""

    codes: frozenset[str]
    covers: dict[str, Cover]
    words: tuple[Word, ...]
    taken_back: tuple[TakenBack, ...]

    @property
    def offices(self) -> dict[str, str]:
        return {cover.code: cover.office for cover in self.covers.values()}

    def judged(self) -> dict[tuple[str, str], JudgedPair]:
        """How every pair of it stands of which somebody said something that counts."""
        return judged_pairs(live(self.words, self.taken_back), self.offices)


def hold_the_book() -> None:
    """Within a transaction: nobody else changes who stands together until it ends."""
    if Book.objects.select_for_update().filter(id=1).first() is None:
        Book.objects.bulk_create([Book(id=1)], ignore_conflicts=True)
        Book.objects.select_for_update().get(id=1)


def region_of(touched: Iterable[str]) -> Region:
    """Everything whose standing may change when these cases are judged, forgotten or otherwise touched."""
    codes = set(touched)
    ahead = set(codes)
    while ahead:
        beside = Judgement.objects.filter(_of(ahead), verdict=Verdict.SAME)
        found = {code for pair in beside.values_list("case_a", "case_b") for code in pair} - codes
        codes |= found
        ahead = found
    rows = _rows_among(codes)
    withdrawals = Withdrawal.objects.filter(judgement__in=[row.code for row in rows])
    return Region(
        codes=frozenset(codes),
        covers={cover.code: cover for row in rows for cover in _covers(row)},
        words=tuple(map(word_of, rows)),
        taken_back=tuple(map(_taken_back, withdrawals)),
    )


def settle(touched: Collection[str]) -> Region:
    """Write anew which cases stand together, as far as these may matter. The caller holds the book."""
    region = region_of(touched)
    persons = persons_in(region)
    leads = dict(_leads(persons, region))
    standing = Together.objects.filter(case__in=region.codes)
    if dict(standing.values_list("case", "lead")) != leads:
        standing.delete()
        Together.objects.bulk_create(Together(case=code, lead=lead) for code, lead in leads.items())
    return region


def persons_in(region: Region) -> Persons:
    """Which cases of a region are one family, and what is held back."""
    apart = {
        frozenset(pair)
        for pair in Apart.objects.filter(
            case_a__in=region.codes, case_b__in=region.codes
        ).values_list("case_a", "case_b")
    }
    return persons_of(
        [cover.code for cover in region.covers.values() if cover.is_here],
        region.words,
        region.taken_back,
        office_of=region.offices,
        held_apart=lambda one, two: (_PRESENT,) if frozenset((one, two)) in apart else (),
    )


def note_standing(pairs: Collection[tuple[str, str]], *, at_most: int = _AT_ONCE) -> None:
    """Tell the queue of each office how these pairs stand now, and whether they still wait for it."""
    assert len(pairs) <= at_most
    region = region_of({code for pair in pairs for code in pair})
    judged = region.judged()
    for case_a, case_b in pairs:
        told = judged.get((case_a, case_b))
        for possible in Possible.objects.filter(case_a=case_a, case_b=case_b):
            standing = told.standing.value if told else ""
            settled = told is not None and is_settled(told, office=possible.office_id)
            if (possible.standing, possible.settled) != (standing, settled):
                possible.standing, possible.settled = standing, settled
                possible.save(update_fields=["standing", "settled"])


def is_settled(told: JudgedPair, *, office: str) -> bool:
    """Whether this office need not look at the pair again: it has said what it makes of it, and nobody contradicts."""
    if told.standing is Standing.AWAITED:
        return office not in told.awaited
    return told.standing in {Standing.SAME, Standing.DIFFERENT}


def words_on(case_a: str, case_b: str) -> list[Judgement]:
    """Every judgement of two cases, live or not, the oldest first."""
    rows = Judgement.objects.filter(case_a=case_a, case_b=case_b)
    return list(
        rows.select_related("by", "office", "withdrawal", "withdrawal__by").order_by("at", "code")
    )


def word_of(row: Judgement) -> Word:
    """A row as the core knows it: without what is sealed."""
    return Word(
        judgement_id=row.code,
        record_a=row.case_a_id,
        record_b=row.case_b_id,
        verdict=Verdict(row.verdict),
        by=row.by_id,
        office=row.office_id,
        at=row.at,
        model=row.model or None,
        match_weight=row.weight,
        probability=row.probability,
    )


def _rows_among(codes: Collection[str]) -> Sequence[Judgement]:
    return list(
        Judgement.objects.filter(case_a__in=codes, case_b__in=codes)
        .select_related("case_a", "case_b")
        .order_by("code")
    )


def _covers(row: Judgement) -> Iterator[Cover]:
    for case in (row.case_a, row.case_b):
        yield Cover(
            case.code,
            case.office_id,
            case.opened_at,
            case.state == State.OPEN,
            case.shredding_since is None,
        )


def _leads(persons: Persons, region: Region) -> Iterator[tuple[str, str]]:
    """Of each family the case that was opened first, of those that are open still; then by code."""
    for family in persons.people:
        if len(family) < 2:
            continue
        covers = [region.covers[code] for code in family]
        first = min(covers, key=lambda each: (not each.is_open, each.opened_at, each.code))
        yield from ((code, first.code) for code in family)


def _taken_back(row: Withdrawal) -> TakenBack:
    return TakenBack(judgement_id=row.judgement_id, by=row.by_id, at=row.at, why="sealed")


def _of(codes: Collection[str]) -> Q:
    return Q(case_a__in=codes) | Q(case_b__in=codes)
