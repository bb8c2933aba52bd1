"""Choices of cases that a member keeps. Theirs alone; forgotten when they leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from safeconduct.cases.forms.signs import without_hidden
from safeconduct.core.errors import NotOpened, TooManyViews, ViewNameUnfit
from safeconduct.desk.models import KeptView
from safeconduct.desk.worklist.narrowing import Narrow
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.actions.offices import new_code
from safeconduct.people.models import Member, Office
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place
from safeconduct.vault.to_office import open_from_office, seal_to_office, sealed_anew

MOST_VIEWS: Final = 12
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True, repr=False)
class View:
    """A kept choice as its member sees it. `name` is None where it does not open any more."""

    code: str
    name: str | None
    narrow: Narrow


def keep_view(by: Present, name: str, narrow: Narrow, *, at: datetime) -> KeptView:
    """Raises NoRight, ViewNameUnfit, TooManyViews; KeySwapped where the office's stored key is not its own."""
    by.must(Right.SEE_COVERS)
    told = without_hidden(name).strip()
    if not 1 <= len(told) <= LONGEST_NAME:
        raise ViewNameUnfit(limit=LONGEST_NAME)
    with transaction.atomic():
        # Held, so that two pages at once keep no more than there may be; and the key as it is by now.
        Member.objects.select_for_update(no_key=True).get(code=by.member.code)
        office = Office.objects.get(code=by.office.code)
        if KeptView.objects.filter(member=by.member).count() >= MOST_VIEWS:
            raise TooManyViews(limit=MOST_VIEWS)
        public = by.ring.office_public(office.generation, stored=bytes(office.public))
        code = new_code()
        kept = KeptView.objects.create(
            code=code,
            member=by.member,
            sealed_name=seal_to_office(public, told, _place(code), generation=office.generation),
            chosen=narrow.chosen(),
            kept_at=at,
        )
        write_line(Deed.VIEW_KEPT, by=by.actor, at=at, about=code)
    return kept


def drop_view(by: Present, code: str, *, at: datetime) -> bool:
    """Whether it was there, and theirs."""
    with transaction.atomic():
        gone, _ = KeptView.objects.filter(code=code, member=by.member).delete()
        if gone:
            write_line(Deed.VIEW_DROPPED, by=by.actor, at=at, about=code)
    return bool(gone)


def views_of(by: Present) -> list[View]:
    """In the order in which they were kept."""
    rows = KeptView.objects.filter(member=by.member).order_by("kept_at", "code")
    return [View(row.code, _name(by.ring, row), _narrow(row.chosen)) for row in rows]


def reseal(ring: Keyring, office: Office) -> int:
    """To the office's newest key; how many. Those of members who left go."""
    rows = KeptView.objects.filter(member__office=office)
    rows.filter(member__left_at__isnull=False).delete()
    for row in rows.filter(member__left_at=None):
        row.sealed_name = sealed_anew(
            ring,
            bytes(row.sealed_name),
            _place(row.code),
            public=bytes(office.public),
            generation=office.generation,
        )
        row.save(update_fields=["sealed_name"])
    return rows.count()


def _name(ring: Keyring, row: KeptView) -> str | None:
    try:
        return open_from_office(ring, bytes(row.sealed_name), _place(row.code))
    except NotOpened:
        return None


def _narrow(chosen: object) -> Narrow:
    """What somebody changed in the database by hand is a choice like another, or none."""
    told: Mapping[str, Any] = chosen if isinstance(chosen, dict) else {}
    return Narrow.of({name: value for name, value in told.items() if isinstance(value, str | list)})


def _place(code: str) -> Place:
    return Place("desk_keptview", code, "name", 1)
