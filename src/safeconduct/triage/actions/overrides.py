"""Another band than the rulebook's (law 12): one asks and says why, another agrees, and it ends on its day."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.changing import Change, change_within
from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.models import Band, Case
from safeconduct.cases.reading import OpenCase
from safeconduct.core.codes import draw_code, read_code
from safeconduct.core.errors import (
    NoRight,
    NoSuchCase,
    NotByOneself,
    OverrideDecided,
    OverrideNeedsReason,
    OverrideNotVouchedFor,
    OverrideUnclear,
    OverrideWaits,
)
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.reasons import LONGEST, SHORTEST
from safeconduct.triage.actions.assessing import (
    Stands,
    assess_case,
    assess_within,
    note_standing,
)
from safeconduct.triage.assessing import Assessing
from safeconduct.triage.models import Notice, Override
from safeconduct.triage.overriding import LONGEST_DAYS, live, place_of, run_out, tell_of
from safeconduct.triage.vouching import is_vouched_for, vouch_for
from safeconduct.vault.to_office import seal_to_office

LETTERS: Final = 8
BANDS: Final = tuple(band for band in Band if band is not Band.NOT_ASSESSED)


def ask_for_override(
    opened: OpenCase, *, band: str, until: date, reason: str, at: datetime
) -> Override:
    """Ask a colleague to agree to another band until a day; the reason is sealed to the office.

    Raises NoRight, OverrideNeedsReason, OverrideUnclear, OverrideWaits, NotOursToChange.
    """
    by = opened.by
    by.must(Right.ASK_FOR_OVERRIDE)
    told = reason.strip()[:LONGEST]
    if len(told) < SHORTEST:
        raise OverrideNeedsReason(letters=SHORTEST)
    _check(band, until, on=at.date())
    if run_out(opened, on=at.date()) is not None:
        assess_case(by, opened.code, at=at)  # the one before is over: that is a deed of its own
    with transaction.atomic():
        change = change_within(by, opened.code, at=at)  # held: of two who ask, one is first
        if live(opened.code) is not None:
            raise OverrideWaits
        office = own_office(by)
        code = draw_code(LETTERS, secrets.randbelow)
        sealed = seal_to_office(
            office.public, told, place_of(code), generation=office.row.generation
        )
        row = Override(
            code=code,
            case=opened.code,
            office=office.row,
            band=band,
            until=until,
            sealed_reason=sealed,
            asked_by=by.member,
            asked_at=at,
        )
        vouch_for(by.ring, row, office.row)
        row.save(force_insert=True)
        _tell(row, change.cover, "asked", by, at=at)
        _line(Deed.OVERRIDE_ASKED, row, by, at=at)
    return row


def decide_override(by: Present, code: str, *, agreed: bool, at: datetime) -> Override:
    """The second person's yes or no. After a yes the band counts at once, and until its day.

    Raises NoRight, NoSuchCase for a case that the member may not open, NotByOneself, OverrideDecided where somebody
    was first or its day has passed, OverrideNotVouchedFor.
    """
    by.must(Right.AGREE_OVERRIDE)
    with transaction.atomic():
        change, row = _held(by, code, at=at)
        if row.asked_by_id == by.member.code:
            raise NotByOneself
        if row.agreed is not None or row.ended_at is not None:
            raise OverrideDecided
        if agreed and at.date() > row.until:
            raise OverrideDecided
        if agreed and not is_vouched_for(by.ring, row):
            raise OverrideNotVouchedFor
        row.agreed, row.decided_by, row.decided_at = agreed, by.member, at
        if not agreed:
            row.ended_at, row.ended_by = at, by.member
        vouch_for(by.ring, row, own_office(by).row)
        row.save()
        _tell(row, change.cover, "agreed" if agreed else "refused", by, at=at)
        if agreed:
            _assessed(change, row, Deed.OVERRIDE_AGREED)
        else:
            _line(Deed.OVERRIDE_REFUSED, row, by, at=at)
    return row


def end_override(by: Present, code: str, *, at: datetime) -> Override:
    """Before its day: withdrawn while it waits, or ended so that the rulebook's band counts again.

    By whoever asked or agreed, whoever looks after the case, or a coordinator. Raises NoRight, NoSuchCase,
    OverrideDecided.
    """
    by.must(Right.ASK_FOR_OVERRIDE)
    with transaction.atomic():
        change, row = _held(by, code, at=at)
        if row.ended_at is not None:
            raise OverrideDecided
        if not may_end(by, row, change.cover):
            raise NoRight(right=Right.AGREE_OVERRIDE.value)
        row.ended_at, row.ended_by = at, by.member
        vouch_for(by.ring, row, own_office(by).row)
        row.save(update_fields=["ended_at", "ended_by", "voucher", "voucher_generation"])
        _tell(row, change.cover, "ended", by, at=at)
        if row.agreed:
            _assessed(change, row, Deed.OVERRIDE_ENDED)
        else:
            _line(Deed.OVERRIDE_ENDED, row, by, at=at)
    return row


def may_end(by: Present, row: Override, cover: Case) -> bool:
    own = {row.asked_by_id, row.decided_by_id, cover.owner_id}
    return by.member.code in own or by.may(Right.OPEN_ALL_CASES)


def acknowledge(by: Present, number: int, *, at: datetime) -> None:
    """Seen by this member. One that is not theirs changes nothing."""
    Notice.objects.filter(pk=number, member=by.member, seen_at=None).update(seen_at=at)


def _check(band: str, until: date, *, on: date) -> None:
    if band not in BANDS:
        raise OverrideUnclear(field="band", what="one of those in the list")
    if not on <= until <= on + timedelta(days=LONGEST_DAYS):
        what = f"today or later, and at most {LONGEST_DAYS} days from now"
        raise OverrideUnclear(field="last day", what=what)


def _held(by: Present, code: str, *, at: datetime) -> tuple[Change, Override]:
    """The case and then the override, both locked. Raises NoSuchCase where there is none for this member."""
    known = read_code(code, LETTERS)
    asked = Override.objects.filter(code=known, office=by.member.office_id).first()
    if known is None or asked is None:
        raise NoSuchCase
    change = change_within(by, asked.case, at=at)
    row = Override.objects.select_for_update().filter(code=known).first()
    if row is None:
        raise NoSuchCase
    return change, row


def _assessed(change: Change, row: Override, deed: Deed) -> Stands:
    """The case under the band that counts from here on; the deed's one line is the case's."""
    assessing = Assessing.of(change.cover.office_id, change.now.by.ring, at=change.at)
    stands = assess_within(change, assessing, on=change.at.date())
    note_standing(change, stands, assessing, written=True)
    change.facts |= {"override": row.code, "until": row.until.isoformat()}
    change.finish(deed)
    assessing.forget()
    return stands


def _tell(row: Override, cover: Case, what: str, by: Present, *, at: datetime) -> None:
    """Whoever looks after the case, and whoever asked; not whoever does it."""
    tell_of(row, {cover.owner_id, row.asked_by_id} - {by.member.code}, what, at=at)


def _line(deed: Deed, row: Override, by: Present, *, at: datetime) -> None:
    write_line(
        deed,
        by=by.actor,
        at=at,
        about=row.case,
        facts={"override": row.code, "band": row.band, "until": row.until.isoformat()},
    )
