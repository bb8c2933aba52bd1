"""Who sent what in a pasted text: messages as WhatsApp exports them, and the head of an e-mail.

"[15/08/2021, 06:12] name: text" (iPhone), "15/08/2021, 06:12 - name: text" (Android), and "From: name <address>".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_tz

from safeconduct.core.dates import UncertainDate, day_first_in, parse_date
from safeconduct.core.facts import Caller
from safeconduct.core.identifiers import phones_in
from safeconduct.sheets.member import may_be_name
from safeconduct.sheets.name_words import looks_like_name
from safeconduct.sheets.pasted_text import Line, Readable, Span, What, squeezed

_DAY = r"(?P<day>\d{1,4}[./-]\d{1,2}[./-]\d{2,4})"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?\s?[Mm]\.?)?"
_HEAD = re.compile(
    rf"(?:\[{_DAY},?\s+{_TIME}\]\s?|{_DAY.replace('day', 'day2')},?\s+{_TIME}\s+[-–]\s)"
)
_SENDER = re.compile(r"(?P<name>[^:\n]{1,60}):(?=\s|$)")
_FROM = re.compile(r"^[\s>]{0,20}(?:from|sender|از|فرستنده)\s*:\s*(?P<who>.+)$", re.IGNORECASE)
_OTHERS = re.compile(r"^[\s>]{0,20}(?:to|cc|bcc|reply-to|subject|به|موضوع)\s*:", re.IGNORECASE)
_SENT = re.compile(r"^[\s>]{0,20}(?:date|sent|تاریخ)\s*:\s*(?P<when>.+)$", re.IGNORECASE)
ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?![\w@-])")


@dataclass(frozen=True, slots=True)
class Sent:
    """What the heads of messages tell. `heads` are parts of what is read that are not of the story."""

    caller: Caller
    received_on: date | None
    spans: tuple[Span, ...]
    heads: tuple[tuple[int, int], ...]
    messages: int = 0
    senders: int = 0


@dataclass(slots=True)
class _Heads:
    days: list[str]
    senders: dict[str, list[tuple[int, int]]]
    dates: list[date | None]
    addresses: dict[str, str]
    spans: list[Span]
    heads: list[tuple[int, int]]


def sent(read: Readable, on: date) -> Sent:
    """The sender and the day, where the text tells of one sender only; of several it is not said who asks."""
    found = _Heads([], {}, [], {}, [], [])
    messages = 0
    for line in read.lines():
        if match := _HEAD.match(line.text):
            messages += 1
            _message(found, read, line, match)
        else:
            _mail(found, read, line, on)
    first = day_first_in(found.days)
    days = [_day(text, on, first) for text in found.days]
    known = [day for day in (*days, *found.dates) if day is not None]
    clear = len(known) == len(days) + len(found.dates)
    return Sent(
        caller=_caller(found),
        received_on=min(known) if known and clear else None,
        spans=tuple(found.spans),
        heads=tuple(found.heads),
        messages=messages,
        senders=len(found.senders) + len(found.addresses),
    )


def _message(found: _Heads, read: Readable, line: Line, match: re.Match[str]) -> None:
    group = "day" if match["day"] else "day2"
    found.days.append(match[group])
    found.spans += _span(read, line, match.span(group), What.SENT_ON, match[group])
    end = match.end()
    if sender := _SENDER.match(line.text, end):
        name = squeezed(sender["name"].lstrip("~ "))
        place = sender.span("name")
        found.senders.setdefault(name, []).append(place)
        found.spans += _span(read, line, place, What.SENDER, name)
        end = sender.end()
    found.heads.append((line.start, line.start + end))


def _mail(found: _Heads, read: Readable, line: Line, on: date) -> None:
    if match := _FROM.match(line.text):
        addresses = ADDRESS.findall(match["who"])
        if len(addresses) != 1:
            return  # "From: Kabul"
        name = squeezed(
            ADDRESS.sub(" ", match["who"]).translate(str.maketrans("<>[]()\"'", " " * 8))
        )
        known = found.addresses.get(addresses[0].lower())
        found.addresses[addresses[0].lower()] = known or name.removesuffix("mailto:").strip()
        found.spans += _span(read, line, match.span("who"), What.SENDER, squeezed(match["who"]))
    elif match := _SENT.match(line.text):
        when = _mail_day(match["when"], on)
        if when is None:
            return
        found.dates.append(when)
        found.spans += _span(read, line, match.span("when"), What.SENT_ON, when.isoformat())
    elif not _OTHERS.match(line.text):
        return
    found.heads.append((line.start, line.start + len(line.text)))


def _span(read: Readable, line: Line, place: tuple[int, int], what: str, value: str) -> list[Span]:
    span = read.span(line.start + place[0], line.start + place[1], what, value)
    return [span] if span else []


def _day(text: str, on: date, day_first: bool | None) -> date | None:
    told = parse_date(text, on=on, birth=False, day_first=day_first)
    if isinstance(told, UncertainDate) and told.earliest == told.latest:
        return told.earliest
    return None


def _mail_day(text: str, on: date) -> date | None:
    try:
        told = parsedate_tz(text[:80])
        if told and told[0] > 1000:
            return date(*told[:3])
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    return _day(squeezed(text[:40]), on, None)


def _caller(found: _Heads) -> Caller:
    """The one sender; of several nobody, for it is not told who of them asks."""
    if len(found.addresses) == 1 and not found.senders:
        ((address, name),) = found.addresses.items()
        return Caller(name=_name(name), email=address)
    if len(found.senders) == 1 and not found.addresses:
        (name,) = found.senders
        phones = phones_in(name)
        return Caller(name=None if phones else _name(name), phones=phones)
    return Caller()


def _name(text: str) -> str | None:
    return text if text and looks_like_name(text) and may_be_name(text) else None


def story(read: Readable, heads: Sequence[tuple[int, int]]) -> Iterator[Line]:
    """The lines of what is read, without the heads of messages."""
    ends = dict(heads)
    for line in read.lines():
        end = ends.get(line.start)
        if end is None and line.text.strip():
            yield line
        elif end is not None and line.text[end - line.start :].strip():
            yield Line(end, line.text[end - line.start :])
