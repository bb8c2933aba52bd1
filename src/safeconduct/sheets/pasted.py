"""A plea in the words of an e-mail, a WhatsApp chat or a text message, pasted by a member: what it surely tells.

Nothing is guessed (law 8): what is not plain stays in the words, all of which are kept, and a named person decides what
is taken (law 12). Signs that nobody sees are told and shown, and never obeyed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from safeconduct.core.errors import PastedTooLong
from safeconduct.core.facts import Caller, Household, Person, Plea
from safeconduct.sheets.cells import ProvinceNames, Provinces, forget
from safeconduct.sheets.headings import recognise
from safeconduct.sheets.pasted_finds import Find, finds_in
from safeconduct.sheets.pasted_messages import Sent, sent, story
from safeconduct.sheets.pasted_people import Read, Told, read_line
from safeconduct.sheets.pasted_text import Line, Readable, Span, What, hidden_in, made_visible

__all__ = ["LONGEST", "Pasted", "Piece", "Span", "What", "read_text"]

LONGEST = 50_000  # letters: a chat of weeks, read in a few seconds at worst
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text for the screen, with its hidden signs made visible. `spans` are what was read from it."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Pasted:
    """A draft of a plea: `plea.household.words` begins with the whole text as it was pasted.

    `spans` tell where each value was read, in order; `loose` are those of them that are of nobody in the draft (a
    telephone that may be the caller's or the family's): a person places them. `noticed` are sentences for the reader.
    """

    words: str
    plea: Plea
    spans: tuple[Span, ...] = ()
    loose: tuple[Span, ...] = ()
    noticed: tuple[str, ...] = ()

    def pieces(self) -> Iterator[Piece]:
        """The whole text in order, cut where what was read begins and ends."""
        edges = {0, len(self.words)} | {edge for span in self.spans for edge in span[:2]}
        cuts = sorted(edges)
        waiting = deque(self.spans)
        here: list[Span] = []
        for start, end in pairwise(cuts):
            while waiting and waiting[0].start <= start:
                here.append(waiting.popleft())
            here = [span for span in here if span.end >= end]
            yield Piece(made_visible(self.words[start:end]), tuple(here))


def read_text(text: str, *, on: date, provinces: Sequence[ProvinceNames]) -> Pasted:
    """What a pasted text surely tells. `on` is the day of reading, for ages. Raises PastedTooLong."""
    if len(text) > LONGEST:
        raise PastedTooLong(letters=len(text), limit=LONGEST)
    try:
        return _read(text, on, Provinces(provinces))
    finally:
        forget()
        recognise.cache_clear()


@dataclass(slots=True)
class _Found:
    told: Told
    spans: list[Span]
    loose: list[Span]


def _read(text: str, on: date, provinces: Provinces) -> Pasted:
    read = Readable.of(text)
    heads = sent(read, on)
    found = _Found(Told(), [*hidden_in(text), *heads.spans], [])
    for line in story(read, heads.heads):
        _line(found, read, line, provinces, on)
    return Pasted(
        words=text,
        plea=_plea(text, found.told, heads),
        spans=tuple(sorted(found.spans)),
        loose=tuple(sorted(found.loose)),
        noticed=tuple(_noticed(found, heads)),
    )


def _line(found: _Found, read: Readable, line: Line, provinces: Provinces, on: date) -> None:
    finds = finds_in(line.text, provinces)
    people = read_line(line.text, found.told, finds, provinces, on)
    for part in people:
        person = None if part.person is None else _id(part.person)
        _add(found.spans, read, line, part, person)
    for find in finds:
        if any(part.start <= find.start and find.end <= part.end for part in people):
            continue  # told with its person already
        if find.what == "told_size":
            found.told.sizes.append(int(find.value))
        elif find.what == "province" and find.sure:
            found.told.provinces.append(find.value)
        else:
            _add(found.loose, read, line, find, None)
        _add(found.spans, read, line, find, None)


def _add(
    spans: list[Span], read: Readable, line: Line, part: Read | Find, person: str | None
) -> None:
    start, end = line.start + part.start, line.start + part.end
    span = read.span(start, end, part.what, part.value, person)
    if span:
        spans.append(span)


def _id(number: int) -> str:
    return f"{DRAFT}-{number + 1}"


def _plea(text: str, told: Told, heads: Sent) -> Plea:
    people: tuple[Person, ...] = tuple(
        somebody.draft.person(_id(number), somebody.draft.relation)
        for number, somebody in enumerate(told.people)
    )
    provinces, sizes = set(told.provinces), set(told.sizes)
    caller = heads.caller
    return Plea(
        plea_id=DRAFT,
        household=Household(
            household_id=DRAFT,
            people=people,
            told_size=sizes.pop() if len(sizes) == 1 else None,
            province=provinces.pop() if len(provinces) == 1 else None,
            place=", ".join(dict.fromkeys(told.places)) or None,
            words=(text, *told.words) if text else (),
        ),
        origins=(),
        caller=Caller(
            name=told.caller.get("caller_name") or caller.name,
            phones=tuple(dict.fromkeys((*told.caller_phones, *caller.phones))),
            email=told.caller.get("caller_email") or caller.email,
            relation=told.caller.get("caller_relation"),
            town=told.caller.get("caller_town"),
        ),
        received_on=heads.received_on,
    )


def _noticed(found: _Found, heads: Sent) -> Iterator[str]:
    """What its reader should hear. Counts only, no word of the text."""
    hidden = sum(span.what == What.HIDDEN for span in found.spans)
    if hidden:
        signs = (
            "1 sign that is not seen stands"
            if hidden == 1
            else f"{hidden} signs that are not seen stand"
        )
        yield f"{signs} in this text; each is shown by its number, and none was followed."
    if heads.senders > 1:
        yield "Several people sent these messages, so that nobody was taken for the caller; say who asks."
    if len(set(found.told.sizes)) > 1:
        yield "The size of the family is told in different numbers, so that none was taken; ask."
    if len(set(found.told.provinces)) > 1:
        yield "Several provinces are told as where they are, so that none was taken; ask."
    if found.loose:
        parts = (
            "1 part was read of which"
            if len(found.loose) == 1
            else f"{len(found.loose)} parts were read of which"
        )
        yield f"{parts} it is not told whose they are, or whether it is where they are now; place them by hand."
