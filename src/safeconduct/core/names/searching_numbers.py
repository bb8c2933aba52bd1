"""Telephone numbers and documents' numbers, found whole, by their beginning and by their end."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from safeconduct.core.identifiers import normal_passport, normal_phone, normal_tazkira, phones_in
from safeconduct.core.names.searching_records import BEGINS, DOCUMENT, ENDS, PHONE, WHOLE

# Countries whose numbers are also written without them.
_COUNTRIES = ("93", "44", "92", "98", "1", "49")
# What finding a part of a number says at the least, and what each sign of it adds up to.
_PART_SAYS, _SIGNS_SAY = 0.5, 0.45

Number = tuple[str, str, int]
"""A number's form, PHONE or DOCUMENT, and the row of whose it is."""


def forms_of(told: str) -> Iterator[tuple[str, str]]:
    """The forms under which what was told is kept or may be kept, each with PHONE or DOCUMENT."""
    for phone in phones_in(told):
        yield phone[1:], PHONE
    yield from documents_of(told)


def phones_of(told: str) -> Iterator[tuple[str, str]]:
    phone = normal_phone(told)
    if phone:
        yield phone[1:], PHONE


def documents_of(told: str) -> Iterator[tuple[str, str]]:
    """A document's number, of whichever kind."""
    passport, tazkira = normal_passport(told), normal_tazkira(told)
    kind, _, number = (tazkira or "").partition(":")
    if kind in ("e", "paper"):
        yield number, DOCUMENT
    elif passport:
        yield passport, DOCUMENT
    elif number:
        yield number, DOCUMENT


class Numbers:
    """The numbers of the people of one shelf, in order of their beginnings and of their ends."""

    def __init__(self, numbers: Sequence[Number]) -> None:
        self.all = numbers
        begins = [
            (start, at)
            for at, (form, kind, _) in enumerate(numbers)
            for start in _starts(form, kind)
        ]
        begins.sort()
        ends = sorted((form[::-1], at) for at, (form, _, _) in enumerate(numbers))
        self._begins, self._begin_at = _apart(begins)
        self._ends, self._end_at = _apart(ends)

    def whole(self, form: str) -> Iterator[tuple[Number, str, float]]:
        for at in _within(self._begins, self._begin_at, form, whole=True):
            if self.all[at][0] == form:
                yield self.all[at], WHOLE, 1.0

    def part(self, piece: str) -> Iterator[tuple[Number, str, float]]:
        """Numbers that begin or end with this, zeros for "national" or "abroad" before it left out."""
        bare = piece.lstrip("0")
        begins = _within(self._begins, self._begin_at, bare) if len(bare) >= 3 else ()
        for how, found in (
            (BEGINS, begins),
            (ENDS, _within(self._ends, self._end_at, piece[::-1])),
        ):
            for at in found:
                number = self.all[at]
                share = min(1.0, len(piece) / len(number[0]))
                yield number, how, _PART_SAYS + _SIGNS_SAY * share


def _starts(form: str, kind: str) -> list[str]:
    if kind != PHONE:
        return [form]
    country = next((code for code in _COUNTRIES if form.startswith(code)), None)
    return [form] if country is None else [form, form[len(country) :]]


def _apart(pairs: Sequence[tuple[str, int]]) -> tuple[list[str], list[int]]:
    return [text for text, _ in pairs], [at for _, at in pairs]


def _within(texts: list[str], at: list[int], begin: str, *, whole: bool = False) -> list[int]:
    """What stands at all texts that begin with this, or are this."""
    low = bisect_left(texts, begin)
    high = bisect_left(texts, begin + ("\0" if whole else "\U0010ffff"))
    return at[low:high]
