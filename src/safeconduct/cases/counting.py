"""Covers as rows to be counted: no contents, and nothing that a list of covers does not show."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from safeconduct.cases.models import Case
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


class Counted(NamedTuple):
    """What is counted of a cover. `size` None: nobody was named and no number told."""

    code: str
    owner: str | None
    state: str
    band: str
    size: int | None
    province: str
    schemes: list[str]
    next_due: date | None
    opened_at: datetime
    changed_at: datetime


_COLUMNS = (
    "code",
    "owner_id",
    "state",
    "band",
    "household_size",
    "province",
    "schemes",
    "next_due",
    "opened_at",
    "changed_at",
)


def covers_to_count(by: Present, *, at: datetime) -> list[Counted]:
    """Every cover of the member's office, whatever became of it; one journal line. Raises NoRight."""
    by.must(Right.SEE_FIGURES)
    here = Case.objects.filter(office=by.office, shredding_since=None).order_by("code")
    with transaction.atomic():
        rows = [Counted(*row) for row in here.values_list(*_COLUMNS)]
        write_line(Deed.FIGURES_SEEN, by=by.actor, at=at, facts={"covers": len(rows)})
    return rows
