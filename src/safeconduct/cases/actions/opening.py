"""A new case: its keys first, then the cover with all that is known already."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from safeconduct.cases.actions.changing import Change
from safeconduct.cases.actions.covers import checked_cover, in_order
from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.entries import Told
from safeconduct.cases.models import Band, Case
from safeconduct.cases.reading import LETTERS, OpenCase, opened_within
from safeconduct.core.codes import draw_code, read_code
from safeconduct.core.errors import CodeTaken
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.access import Way
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.actions.case_keys import new_case_keys
from safeconduct.vault.models import CaseKey


def open_case(
    by: Present,
    told: Sequence[Told | tuple[str, Told]] = (),
    *,
    at: datetime,
    told_size: int | None = None,
    province: str = "",
    schemes: Collection[str] = (),
    band: str = Band.NOT_ASSESSED,
    next_due: date | None = None,
    owned: bool = True,
    code: str | None = None,
) -> OpenCase:
    """Open a case of the member's own office with what was told, owned by the member or by nobody; it is open then.

    `code` may be one that the form reserved (`new_case_code`): the same sent twice opens one case, which is given.
    An entry may come with the code it gets (`new_entry_code`), so that another may name it. Raises NoRight,
    CoverNotCodes, CodeTaken, KeySwapped, and what `to_bytes` raises.
    """
    by.must(Right.OPEN_NEW_CASES)
    with transaction.atomic():
        # Held until the end: the office's key is not renewed meanwhile, and no other case takes this code.
        office = own_office(by)
        known = code and read_code(code, LETTERS)
        if known and Case.objects.filter(code=known).exists():
            return _opened_before(by, known, at=at)
        if known and not _is_unused(known):
            raise CodeTaken
        cover = Case(
            code=known or new_case_code(),
            office=office.row,
            owner=by.member if owned else None,
            told_size=told_size,
            province=province,
            schemes=in_order(schemes),
            band=band,
            next_due=next_due,
            opened_at=at,
            changed_at=at,
            keep_until=(at + settings.KEEP_CASES).date(),
            revision=0,
            card_seal=b"",
            contents_seal=b"",
        )
        checked_cover(cover)
        coded = [each if isinstance(each, tuple) else (None, each) for each in told]
        for _, each in coded:
            each.to_bytes()  # refused before a key is made
        keys = new_case_keys(
            by.ring,
            case=cover.code,
            office=office.row.code,
            generation=office.row.generation,
            public=office.public,
        )
        cover.save(force_insert=True)
        now = OpenCase(cover, keys, Way.OWN, by, ())
        change = Change(now, cover, keys, [], by.actor, at)
        for reserved, each in coded:
            change.add(each, code=reserved)
        change.facts["entries"] = len(coded)
        change.finish(Deed.CASE_OPENED)
        return opened_within(by, cover.code, at=at)


def new_case_code() -> str:
    """One that no case has, and none had: the journal and the key store remember those that were shredded."""
    while True:
        code = draw_code(LETTERS, secrets.randbelow)
        if _is_unused(code) and not Case.objects.filter(code=code).exists():
            return code


def _is_unused(code: str) -> bool:
    return not (
        CaseKey.objects.filter(case=code).exists() or Line.objects.filter(about=code).exists()
    )


def _opened_before(by: Present, code: str, *, at: datetime) -> OpenCase:
    """The form was sent twice. Raises CodeTaken where somebody else's case has the code."""
    cover = Case.objects.get(code=code)
    if cover.owner_id not in {None, by.member.code} or cover.office_id != by.member.office_id:
        raise CodeTaken
    return opened_within(by, code, at=at)
