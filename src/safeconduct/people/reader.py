"""Who reads this request's page. Set by people.reading; any code that writes words for a page may ask `reader()`.

The language is Django's own, active for the request; calendar and digits stand beside it. Outside a request, and
where nothing was chosen, they go with the language.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from django.utils.html import format_html
from django.utils.translation import get_language, override

from safeconduct.core.readers import ENGLISH, Calendar, Reader

_CHOSEN: ContextVar[tuple[str, str]] = ContextVar("calendar and digits", default=("", ""))


def reader() -> Reader:
    """The reader of the page that is being made."""
    calendar, digits = _CHOSEN.get()
    return Reader.of(get_language() or "", calendar=calendar, digits=digits)


def read_with(*, calendar: str = "", digits: str = "") -> None:
    """From here on in this request. "": what goes with the language."""
    _CHOSEN.set((calendar, digits))


@contextmanager
def in_english() -> Iterator[None]:
    """For a paper that is written in English whoever makes it: its days and digits are too."""
    chosen = _CHOSEN.set(("", ""))
    try:
        with override(ENGLISH):
            yield
    finally:
        _CHOSEN.reset(chosen)


class ReadersNumber(int):
    """A number that is written in the reader's digits, and still counts: for plurals, and for comparing."""

    def __str__(self) -> str:
        return reader().number(int(self))

    def __format__(self, spec: str) -> str:
        return reader().number(int.__format__(self, spec))


def day_told(value: date | datetime, *, short: bool = False) -> str:
    """A day for a page: to a reader of Solar Hijri with the Gregorian day as its title, so that they can tell it."""
    day = _day_of(value)
    return _beside(day, reader().day(day, short=short))


def moment_told(value: datetime, *, short: bool = False, seconds: bool = False) -> str:
    """A day and a time of day for a page, in UTC and 24 hours."""
    return _beside(_day_of(value), moment_in_words(value, short=short, seconds=seconds))


def moment_in_words(value: datetime, *, short: bool = False, seconds: bool = False) -> str:
    """The same as plain text, for a sentence."""
    return f"{reader().day(_day_of(value), short=short)} {time_told(value, seconds=seconds)}"


def time_told(value: datetime, *, seconds: bool = False) -> str:
    """14:30, in UTC."""
    return reader().number(value.astimezone(UTC).strftime("%H:%M:%S" if seconds else "%H:%M"))


def _beside(day: date, written: str) -> str:
    now = reader()
    if now.calendar is Calendar.GREGORIAN:
        return written
    return format_html('<span title="{}">{}</span>', now.other_day(day) or day, written)


def _day_of(value: date | datetime) -> date:
    return value.astimezone(UTC).date() if isinstance(value, datetime) else value
