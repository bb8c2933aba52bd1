"""Heads: the last number and hash. Held apart from the journal, one proves that nothing before it was changed.

A head is written NUMBER:HASH, the hash in groups. The desk notes heads in the key store by itself, after the commit:
a noted head may lag behind the journal and never leads it (docs/decisions/0011-journal-and-jobs.md).
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import router, transaction

from safeconduct.core.errors import HeadUnclear
from safeconduct.journal.chain import BEGINNING
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Head
from safeconduct.vault.models import NotedHead

EVERY_LINES: Final = 100
EVERY: Final = timedelta(minutes=1)
# After these the head is noted at once: rare, and the first that somebody would like to undo.
GRAVE: Final = frozenset(
    {
        Deed.WENT_OUT,
        Deed.MEMBER_LEFT,
        Deed.KEY_RENEWED,
        Deed.GLASS_BROKEN,
        Deed.LOCKED_DOWN,
        Deed.REOPENED,
        Deed.CASE_SHREDDED,
        Deed.EXPORT_WRITTEN,
        Deed.EXPORT_FETCHED,
        Deed.RECORD_GIVEN,
        Deed.BACKED_UP,
        Deed.RESTORED,
        Deed.UPGRADED,
    }
)
_TOLD: Final = re.compile(
    r"(?<![0-9:])(\d{1,18}):((?:[0-9a-fA-F][ -]?){63}[0-9a-fA-F])(?![0-9a-fA-F])"
)


@dataclass(frozen=True, slots=True)
class HeldHead:
    """A head that somebody holds; `where` is told when it does not fit."""

    number: int
    hash: bytes
    where: str

    def __str__(self) -> str:
        told = self.hash.hex()
        return f"{self.number}:" + "-".join(told[at : at + 8] for at in range(0, len(told), 8))


def head_now() -> HeldHead:
    """The journal's last head; number 0 before the first line."""
    head = Head.objects.filter(id=1).first()
    if head is None:
        return HeldHead(0, BEGINNING, "the journal")
    return HeldHead(head.number, bytes(head.hash), "the journal")


def heads_told(text: str, *, where: str) -> list[HeldHead]:
    """Every head that stands in a text, such as a file or a printed page typed again. Raises HeadUnclear for none."""
    found = [
        HeldHead(int(number), bytes.fromhex(re.sub(r"[ -]", "", told)), where)
        for number, told in _TOLD.findall(text)
    ]
    if not found:
        raise HeadUnclear(place=where)
    return found


def noted_heads() -> list[HeldHead]:
    """Those noted in the key store."""
    rows = NotedHead.objects.order_by("number").values_list("number", "hash")
    return [HeldHead(number, bytes(told), "the key store") for number, told in rows]


def note_head(at: datetime) -> None:
    """Note the head in the key store: now, or after the commit of the transaction that is open. At most a try."""
    transaction.on_commit(lambda: _note(at), robust=True)


def note_if_due(deed: Deed, *, number: int, at: datetime) -> None:
    """After a commit: note the head where the deed is grave, or enough lines or time have passed in this process."""
    if deed in GRAVE or _LAST.is_old(number, at):
        _note(at)


def let_go_of_noted_heads_after(number: int) -> int:
    """For a restore, which says so in its line: the heads noted for lines that the backup does not hold.

    Gives the highest number let go of, 0 for none.
    """
    later = NotedHead.objects.filter(number__gt=number)
    highest = later.order_by("-number").values_list("number", flat=True).first()
    later.delete()
    return highest or 0


class _LastNoted:
    """What this process noted last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._number = -EVERY_LINES
        self._at: datetime | None = None

    def is_old(self, number: int, at: datetime) -> bool:
        with self._lock:
            if self._at is None or abs(number - self._number) >= EVERY_LINES:
                return True
            return abs(at - self._at) >= EVERY

    def is_now(self, number: int, at: datetime) -> None:
        with self._lock:
            self._number, self._at = number, at


_LAST: Final = _LastNoted()


def _note(at: datetime) -> None:
    head = head_now()
    if head.number:
        _LAST.is_now(head.number, at)
        with transaction.atomic(using=router.db_for_write(NotedHead)):
            NotedHead.objects.bulk_create(
                [NotedHead(number=head.number, hash=head.hash, noted_at=at)], ignore_conflicts=True
            )
