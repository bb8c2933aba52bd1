"""In which language, calendar and digits a member reads. Nothing that is stored changes with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.present import Present


def choose_reading(by: Present, *, language: str, calendar: str, digits: str, at: datetime) -> None:
    """As a form checked them. "" for the calendar or the digits: what goes with the language."""
    member = by.member
    with transaction.atomic():
        member.language, member.calendar, member.digits = language, calendar, digits
        member.save(update_fields=["language", "calendar", "digits"])
        write_line(Deed.READING_CHOSEN, by=by.actor, at=at, about=member.code)
