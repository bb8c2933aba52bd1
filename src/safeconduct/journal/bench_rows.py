"""What the bench of the journal writes, once Django is ready."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import head_now
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify

AT: Final = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
BY: Final = Actor(member="K7Q4MX2PD", office="ABCD1234E")
CASES: Final = 30_000


def write_lines(many: int) -> int:
    """The number of the last."""
    for turn in range(many):
        with transaction.atomic():
            write_line(Deed.ENTRY_CHANGED, by=BY, at=AT, **_told(turn))
    return head_now().number


def verify_all() -> int:
    """How many lines were verified."""
    return verify().head.number


def write_plain_rows(many: int) -> None:
    """The same rows with numbers counted here, after all that are there."""
    last = Line.objects.aggregate(last=Max("number"))["last"]
    for turn in range(many):
        with transaction.atomic():
            Line(
                number=last + 1 + turn,
                at=AT,
                member=BY.member,
                office=BY.office,
                deed=Deed.ENTRY_CHANGED.value,
                hash=bytes(32),
                **_told(turn),
            ).save()


def _told(turn: int) -> dict[str, Any]:
    return {
        "about": f"CASE{turn % CASES}",
        "revision": turn,
        "purpose": "casework",
        "facts": {"part": "card", "entries": 1},
    }
