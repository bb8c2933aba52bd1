"""The office's look for doubles is asked for, and what it found is written."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from safeconduct.cases.queries import hold_covers
from safeconduct.cases.rows import card_written_at
from safeconduct.core.batches import batched
from safeconduct.core.codes import draw_code
from safeconduct.core.errors import JobAlreadyAsked
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.jobs.actions import ask_for
from safeconduct.journal.actions import Actor
from safeconduct.matching.apart import note_apart
from safeconduct.matching.finding import Card, Double
from safeconduct.matching.models import Compared, Judgement, Look, Possible, Together
from safeconduct.matching.standing import hold_the_book, note_standing, region_of, settle
from safeconduct.people.lent import take_over_from_who_left

LOOK: Final = "matching.look"
_LETTERS: Final = 10
_AT_ONCE: Final = 300
_FOUND_ANEW: Final = (
    "decision",
    "probability",
    "weight",
    "pairs",
    "among",
    "found_at",
    "model",
)


def ask_to_look(by: Actor, *, at: datetime) -> None:
    """The office's cases that were not compared yet are compared, once somebody's keys are open.

    Where such a job is live already, it looks once more before it ends, so that nobody who came meanwhile is passed
    over. An actor without an office has nothing to compare.
    """
    if not by.office:
        return
    with transaction.atomic():
        Look.objects.bulk_create([Look(office_id=by.office)], ignore_conflicts=True)
        # Held: a job that is about to end sees this wish, or has ended when the next one is asked for.
        look = Look.objects.select_for_update().get(office=by.office)
        Look.objects.filter(office=by.office).update(wanted=look.wanted + 1)
        try:
            ask_for(LOOK, by=by, at=at, needs_keys=True, subject=by.office, alone=True)
        except JobAlreadyAsked as live:
            take_over_from_who_left(str(live.where["job"]), by=by, at=at)


def told_anew(by: Actor, code: str, *, at: datetime) -> bool:
    """After something was told of a case: where its card was written since, it counts as not yet compared.

    Whether that is so; then the look is asked for. No content is read. To be called once the telling is committed.
    """
    _lead_anew(code)
    row = Compared.objects.filter(case=code, office=by.office).first()
    if row is not None:
        written = card_written_at(code)
        if written is None or written < row.at:
            return False
        Compared.objects.filter(pk=row.pk).delete()
    ask_to_look(by, at=at)
    return True


def _lead_anew(code: str) -> None:
    """Who leads a family depends on which of its cases are open, and that may be what was told."""
    with transaction.atomic():
        if Together.objects.filter(case=code).exists():
            hold_the_book()
            settle([code])


def wanted_now(office: str) -> int:
    """How many wishes there were up to now. A look that begins now answers all of them."""
    Look.objects.bulk_create([Look(office_id=office)], ignore_conflicts=True)
    return Look.objects.get(office=office).wanted


def note_found(
    office: str, cards: Mapping[str, Card], doubles: Sequence[Double], *, among: int, at: datetime
) -> Iterator[int]:
    """The doubles as the newest look has them; how many were written so far. May be cut off and done again.

    Those that are found no more, and of which nobody said anything, go.
    """
    done = 0
    for some in batched(doubles, _AT_ONCE):
        with transaction.atomic():
            here = hold_covers({code for each in some for code in each.cases})
            standing = [each for each in some if here.issuperset(each.cases)]
            Possible.objects.bulk_create(
                [_possible(office, each, among=among, at=at) for each in standing],
                update_conflicts=True,
                unique_fields=["office", "case_a", "case_b"],
                update_fields=_FOUND_ANEW,
            )
            _tell_standing(each.cases for each in standing)
        done += len(some)
        yield done
    _drop_found_no_more(office, cards, {each.cases for each in doubles})


def note_compared(office: str, cards: Collection[Card], *, at: datetime) -> Iterator[int]:
    """From here on these cases are compared; how many were written so far."""
    done = 0
    for some in batched(cards, _AT_ONCE):
        with transaction.atomic():
            here = hold_covers({card.code for card in some})
            Compared.objects.bulk_create(
                [
                    Compared(
                        case=card.code,
                        office=office,
                        at=at,
                        revision=card.revision,
                        mark=card.mark,
                    )
                    for card in some
                    if card.code in here
                ],
                update_conflicts=True,
                unique_fields=["case", "office"],
                update_fields=["at", "revision", "mark"],
            )
        done += len(some)
        yield done


def resettle(office: str, cards: Mapping[str, Card], *, among: int) -> None:
    """Families that were told anew: what the software's rules say of them now, and who stands together by that."""
    left = {code for code, card in cards.items() if card.is_new}
    joined = set(
        Judgement.objects.filter(office=office, verdict=Verdict.SAME)
        .values_list("case_a", "case_b")
        .distinct()
    )
    left &= {code for pair in joined for code in pair}
    while left:
        with transaction.atomic():
            hold_the_book()
            region = region_of([left.pop()])
            left -= region.codes
            told = {code: cards[code].records for code in region.codes if code in cards}
            if len(told) > 2:
                note_apart(told, among=among)
                settle(region.codes)


def _drop_found_no_more(
    office: str, cards: Mapping[str, Card], found: set[tuple[str, str]]
) -> None:
    """Of pairs with a card that was compared anew; a pair of which somebody spoke stays."""
    anew = {code for code, card in cards.items() if card.is_new}
    said_nothing = Possible.objects.filter(office=office, standing="")
    gone = [
        row.code
        for row in said_nothing.only("code", "case_a", "case_b").iterator()
        if (row.case_a_id, row.case_b_id) not in found
        and (
            bool(anew & {row.case_a_id, row.case_b_id})
            or not {row.case_a_id, row.case_b_id} <= cards.keys()
        )
    ]
    for some in batched(gone, _AT_ONCE):
        Possible.objects.filter(code__in=some, standing="").delete()


def _possible(office: str, double: Double, *, among: int, at: datetime) -> Possible:
    case_a, case_b = double.cases
    return Possible(
        code=draw_code(_LETTERS, secrets.randbelow),
        office_id=office,
        case_a_id=case_a,
        case_b_id=case_b,
        decision=double.decision,
        probability=double.probability,
        weight=double.weight,
        pairs=double.pairs,
        among=among,
        found_at=at,
        model=double.model,
    )


def _tell_standing(pairs: Iterable[tuple[str, str]]) -> None:
    """A pair that was judged before it was found (by hand, or by another office) knows at once how it stands."""
    hold_the_book()
    note_standing(list(pairs))


def drop_lost_sight_of(office: str, opened: Collection[str]) -> None:
    """Pairs of cards that another office shares no more; and the marks of all that did not open this time. A case that
    did not open whole is compared once more when it does: its pairs went with this look.
    """
    compared = Compared.objects.filter(office=office).values_list("case", flat=True)
    for some in batched(set(compared) - set(opened), _AT_ONCE):
        Compared.objects.filter(office=office, case__in=some).delete()
    seen = Q(case_a__office=office) | Q(case_a__shared_with__has_key=office)
    seen_b = Q(case_b__office=office) | Q(case_b__shared_with__has_key=office)
    Possible.objects.filter(office=office).exclude(seen & seen_b).delete()


def end_look(
    office: str, *, wanted: int, at: datetime, cards: int, people: int, not_whole: Sequence[str]
) -> bool:
    """Within the transaction that finishes the job: note how it went. False where somebody asked once more."""
    look = Look.objects.select_for_update().get(office=office)
    if look.wanted != wanted:
        return False
    look.at, look.cards, look.people = at, cards, people
    look.not_whole = sorted(not_whole)
    look.found = Possible.objects.filter(office=office).count()
    look.save()
    return True
