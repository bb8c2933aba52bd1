"""Days, times and numbers as the reader of the page reads them. Templates use these, and no format of their own.

{{ day|a_day }} {{ day|a_day:"short" }} {{ moment|a_moment }} {{ moment|a_moment:"seconds" }} {{ moment|a_time }}
{{ number|a_number }}; in a plural, {% blocktranslate count here=number|a_number %}.
Empty where there is nothing. What stands in `datetime="..."` is for machines and stays `|date:"c"`.
"""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.translation import get_language

from safeconduct.core.errors import Refused
from safeconduct.core.readers import Reader
from safeconduct.people.reader import (
    ReadersNumber,
    day_told,
    moment_told,
    reader,
    time_told,
)
from safeconduct.people.reviewed import Standing, standing_of
from safeconduct.people.sentences import in_readers_words, refusal_told

register = template.Library()


@register.filter
def a_day(value: date | datetime | None, how: str = "") -> str:
    return day_told(value, short=how == "short") if value else ""


@register.filter
def a_moment(value: datetime | None, how: str = "") -> str:
    """With "short" a shorter month; with "seconds" that too, and the second, as the journal does."""
    if not value:
        return ""
    return moment_told(value, short=how in {"short", "seconds"}, seconds=how == "seconds")


@register.filter
def a_time(value: datetime | None) -> str:
    return time_told(value) if value else ""


@register.filter
def a_number(value: object) -> object:
    """A whole number stays one, so that it can be counted with; any other text has its digits changed."""
    if value is None or value == "":
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return ReadersNumber(value)
    return reader().number(value)


@register.filter
def in_words(value: object) -> str:
    """A fixed word of ours (a state, a deed, a role, a purpose) in the reader's language; it is stored in English.

    scripts/write_translations.py knows where the fixed words are. Any other text stands as it is. A refusal is told
    in the same way.
    """
    if isinstance(value, Refused):
        return refusal_told(value)
    return in_readers_words(str(value)) if value else ""


@register.simple_tag
def who_reads() -> Reader:
    """Of this page: language, calendar, digits."""
    return reader()


@register.simple_tag
def translation_standing() -> Standing:
    """How far the words of this page were read by a speaker of its language."""
    return standing_of(get_language() or "")
