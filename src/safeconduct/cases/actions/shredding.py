"""A case is forgotten: a coordinator asks and an approver agrees, or the clock comes to its end.

The keys go first: from then on neither the rows nor any backup of them can be read. Then the rows go, with the one
journal line that stays. Its beginning is marked on the cover before, so that `finish_interrupted` ends what stopped.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.cases.actions.changing import change_within
from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.models import Case, Ground, Shredding, State
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.shred import forget_keys, forget_rows
from safeconduct.core.errors import (
    CaseStillOpen,
    KeptByHold,
    NoSuchCase,
    NotByOneself,
    ShreddingNotAsked,
)
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Office
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place
from safeconduct.vault.to_office import open_from_office, seal_to_office, sealed_anew


def ask_to_shred(
    opened: OpenCase, ground: Ground, *, reason: str | None = None, at: datetime
) -> None:
    """Ask an approver to agree. `reason` is sealed to the office's key: the approver reads it, the database does not.

    Raises NoRight, KeptByHold; CaseStillOpen where people still wait and neither the family asked for it nor is it
    a slip or a double.
    """
    opened.by.must(Right.SHRED_CASES)
    with transaction.atomic():
        cover = change_within(opened.by, opened.code, at=at).cover
        _may_be_shredded(cover, ground)
        office = own_office(opened.by)
        sealed = reason and seal_to_office(
            office.public, reason, _place(cover.code), generation=office.row.generation
        )
        Shredding.objects.update_or_create(
            case=cover,
            defaults={
                "ground": ground,
                "sealed_reason": sealed or None,
                "asked_by": opened.by.member,
                "asked_at": at,
            },
        )
        write_line(
            Deed.SHREDDING_ASKED,
            by=opened.by.actor,
            at=at,
            about=cover.code,
            facts={"ground": ground.value},
        )


def refuse_to_shred(by: Present, code: str, *, at: datetime) -> None:
    """The case stays. An approver's no, or a coordinator who takes it back. Raises NoRight, ShreddingNotAsked."""
    if not by.may(Right.SHRED_CASES):
        by.must(Right.AGREE_SHREDDING)
    with transaction.atomic():
        asked = _asked(by, code)
        asked.delete()
        write_line(Deed.SHREDDING_REFUSED, by=by.actor, at=at, about=code)


def agree_to_shred(by: Present, code: str, *, at: datetime) -> None:
    """The second person agrees, and the case is gone.

    Raises NoRight, NotByOneself, ShreddingNotAsked, KeptByHold, CaseStillOpen, NoSuchCase.
    """
    by.must(Right.AGREE_SHREDDING)
    with transaction.atomic():
        asked = _asked(by, code)
        if asked.asked_by_id == by.member.code:
            raise NotByOneself
        _may_be_shredded(asked.case, Ground(asked.ground))
        asked.agreed_by, asked.agreed_at = by.member, at
        asked.save()
        _begin(asked.case, at=at)
    finish_shredding([code], at=at)


def shred_what_is_due(*, on: date, at: datetime) -> list[str]:
    """The clock: every case that is done with, was kept as long as it may be and is not held; their codes."""
    due = list(due_for_shredding(on).values_list("code", flat=True))
    return finish_shredding([code for code in due if _begin_by_clock(code, on=on, at=at)], at=at)


def due_for_shredding(on: date) -> QuerySet[Case]:
    """Covers whose clock has run out and that may go. Open cases do not: they are counted by `overdue_and_open`."""
    return (
        Case.objects.filter(keep_until__lt=on, held=False, shredding_since=None)
        .exclude(state=State.OPEN)
        .order_by("keep_until", "code")
    )


def overdue_and_open(on: date) -> QuerySet[Case]:
    """Open cases in which nobody wrote for so long that they would be shredded were they done with: look at them."""
    return Case.objects.filter(keep_until__lt=on, state=State.OPEN).order_by("keep_until", "code")


def reason_of(by: Present, asked: Shredding) -> str | None:
    """What the asker said, for whoever decides. Raises SealBroken, KeysLocked."""
    if asked.sealed_reason is None:
        return None
    return open_from_office(by.ring, bytes(asked.sealed_reason), _place(asked.case_id))


def finish_shredding(codes: Collection[str], *, at: datetime) -> list[str]:
    """Keys, then rows and line, of cases whose shredding has begun; the codes of those that were still there."""
    begun = Case.objects.filter(code__in=codes, shredding_since__isnull=False)
    marked = list(begun.order_by("code").values_list("code", flat=True))
    forget_keys(marked)
    return [code for code in marked if forget_rows(code, at=at)]


def reseal_reasons(ring: Keyring, office: Office) -> int:
    """To the office's newest key, before older ones are dropped; how many there were. May be run again."""
    asked = Shredding.objects.filter(case__office=office, sealed_reason__isnull=False)
    public, generation = bytes(office.public), office.generation
    for each in asked:
        sealed, place = bytes(each.sealed_reason or b""), _place(each.case_id)
        each.sealed_reason = sealed_anew(ring, sealed, place, public=public, generation=generation)
        each.save(update_fields=["sealed_reason"])
    return len(asked)


def _begin_by_clock(code: str, *, on: date, at: datetime) -> bool:
    with transaction.atomic():
        cover = Case.objects.select_for_update().filter(code=code).first()
        if cover is None or not due_for_shredding(on).filter(code=code).exists():
            return False
        Shredding.objects.update_or_create(
            case=cover,
            defaults={
                "ground": Ground.KEPT_LONG_ENOUGH,
                "asked_by": None,
                "asked_at": at,
                "agreed_at": at,
            },
        )
        _begin(cover, at=at)
    return True


def _begin(cover: Case, *, at: datetime) -> None:
    Case.objects.filter(code=cover.code).update(shredding_since=at)


def _asked(by: Present, code: str) -> Shredding:
    """The request, with its case locked. Raises NoSuchCase for another office's, ShreddingNotAsked."""
    cover = Case.objects.select_for_update().filter(code=code, office=by.member.office_id).first()
    if cover is None or cover.shredding_since is not None:
        raise NoSuchCase
    asked = Shredding.objects.filter(case=cover).first()
    if asked is None:
        raise ShreddingNotAsked(case=code)
    asked.case = cover
    return asked


def _may_be_shredded(cover: Case, ground: Ground) -> None:
    if cover.held:
        raise KeptByHold(case=cover.code)
    if ground is Ground.KEPT_LONG_ENOUGH and cover.state == State.OPEN:
        raise CaseStillOpen(case=cover.code)


def _place(case: str) -> Place:
    return Place("cases_shredding", case, "reason", 1)
