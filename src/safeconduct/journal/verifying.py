"""The chain read from its first line to its last, as a stream, and held against heads that are held elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from safeconduct.core.errors import (
    HeadNotAsWritten,
    HeldHeadBeyond,
    HeldHeadDiffers,
    JournalCutShort,
    LineMissing,
    LineNotAsWritten,
)
from safeconduct.journal.chain import BEGINNING, hash_of
from safeconduct.journal.heads import HeldHead, head_now
from safeconduct.journal.models import Line

_COVERED: Final = (
    "number",
    "at",
    "member",
    "office",
    "deed",
    "about",
    "revision",
    "purpose",
    "facts",
)
_AT_A_TIME: Final = 5_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Verified:
    """A journal that holds: its head, when its last line was written, and how many held heads it agrees with."""

    head: HeldHead
    last_at: datetime | None
    agreed: int


def verify(heads: Iterable[HeldHead] = (), *, progress: Progress | None = None) -> Verified:
    """Check every line; others may write meanwhile. `progress` is told the number of a line now and then.

    Raises, for the first line that is not as written: LineNotAsWritten or LineMissing; for the end of the journal:
    JournalCutShort or HeadNotAsWritten; for a held head: HeldHeadDiffers or HeldHeadBeyond.
    """
    held = sorted(heads, key=lambda each: each.number)
    walk = _Walk(held, progress)
    while True:
        walk.go_on()
        # Read after the lines: it may be of a later line, written meanwhile, but never of an earlier one.
        head = head_now()
        if head.number <= walk.number:
            break
        if not Line.objects.filter(number__gt=walk.number).exists():
            raise JournalCutShort(number=head.number, last=walk.number)
    if (head.number, head.hash) != (walk.number, walk.hash):
        raise HeadNotAsWritten(last=walk.number)
    for each in held[walk.compared :]:
        raise HeldHeadBeyond(number=each.number, where=each.where, last=walk.number)
    return Verified(head, walk.at, len(held))


class _Walk:
    """How far the chain was followed: the last number, its hash and time, and how many held heads agreed."""

    def __init__(self, held: Sequence[HeldHead], progress: Progress | None) -> None:
        self.number, self.hash = 0, BEGINNING
        self.at: datetime | None = None
        self.compared = 0
        self._fits = 0
        self._held = held
        self._progress = progress
        self._compare()

    def go_on(self) -> None:
        """Every line after the last one seen, as they stand in one look at the table."""
        for row in _rows_after(self.number):
            self._follow(row)
            if self._progress and self.number % _AT_A_TIME == 0:
                self._progress(self.number)

    def _follow(self, row: tuple[Any, ...]) -> None:
        line = dict(zip(_COVERED, row, strict=False))
        if line["number"] != self.number + 1:
            raise LineMissing(number=self.number + 1, found=line["number"])
        told = hash_of(self.hash, line)
        if told != bytes(row[-1]):
            raise LineNotAsWritten(number=line["number"])
        self.number, self.hash, self.at = line["number"], told, line["at"]
        if self.compared < len(self._held) and self._held[self.compared].number <= self.number:
            self._compare()

    def _compare(self) -> None:
        """Every held head of this line."""
        while self.compared < len(self._held) and self._held[self.compared].number <= self.number:
            held = self._held[self.compared]
            if held.hash != self.hash:
                raise HeldHeadDiffers(number=held.number, where=held.where, fits=self._fits)
            self.compared, self._fits = self.compared + 1, held.number


def _rows_after(number: int) -> Iterator[tuple[Any, ...]]:
    lines = Line.objects.filter(number__gt=number).order_by("number")
    return lines.values_list(*_COVERED, "hash").iterator(chunk_size=_AT_A_TIME)
