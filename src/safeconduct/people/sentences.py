"""Sentences that the core and the sheets compose in English, in the language of whoever reads the page.

They are stored and journalled in English. One that was filled in ("3 cells held no telephone number ...") is known
again by its template, and each part that was filled in is translated too. What no template knows stays as it is.
Nothing here goes into an outcome: it is the last step before a page.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from django.utils.translation import get_language, gettext, gettext_noop as _noop

from safeconduct.core.errors import Refused
from safeconduct.core.readers import FROM_RIGHT_TO_LEFT
from safeconduct.people.reader import ReadersNumber, reader

# As they are written in sheets/remarks, columns, groups, parents, kobo and in core/rulebook, core/linkage;
# tests/rooms/people/test_sentences.py holds the two against each other.
BOTH: Final = _noop("{one} and {two}")  # of the answers to one question
TEMPLATES: Final = (
    _noop("{count} cells"),
    _noop("1 cell"),
    _noop("{count} rows"),
    _noop("1 row"),
    _noop(
        "{cells} held no telephone number that could be read; the people were taken without one."
    ),
    _noop("{cells} told an age in words too vague for a number; the age was taken as unknown."),
    _noop("{cells} in a column of dates of birth held a small number, which was read as an age."),
    _noop("{cells} told the sex in a way that is not known; it was taken as unknown."),
    _noop("{cells} told a relation in a way that is not clear; it was taken as unknown."),
    _noop(
        "{cells} told the size of the family in a way that is not one number; it was taken as unknown."
    ),
    _noop("{cells} told a place that is not one known province; its words were kept."),
    _noop(
        "{cells} held marks that are not seen (control characters, direction marks), which were left out."
    ),
    _noop("Merged cells were taken to each of their rows in {count} rows."),
    _noop("1 row above the headings was taken for a title and not counted."),
    _noop("{count} rows above the headings were taken for a title and not counted."),
    _noop("Rows {first} and {last} were read together as headings."),
    _noop("No row of headings was found; columns were recognised by their cells alone."),
    _noop("Column {columns} was not recognised or not needed, and left unread."),
    _noop("Columns {columns} were not recognised or not needed, and left unread."),
    _noop("Column {columns} is hidden and was not read."),
    _noop("Columns {columns} are hidden and were not read."),
    _noop("1 hidden row was not read and is held."),
    _noop("{count} hidden rows were not read and are held."),
    _noop("Its heading says so."),
    _noop("Its heading says so, and {share}% of its cells look like it."),
    _noop("{share}% of its cells look like it."),
    _noop("{share}% of its cells look like names of people."),
    _noop("{because}, and speaks of whoever filled in the form."),
    _noop("{because}; it stands right behind the caller."),
    _noop("{because}; it stands right behind the first name."),
    _noop("Another column was taken for the same."),
    _noop("Another column names the person, and this one whoever sent the form."),
    _noop("It is one of the answers that column {column} has together."),
    _noop("The {what} was taken to the rows below it in {rows} where it is blank."),
    _noop("caller"),
    _noop("number of the family"),
    _noop(
        "The people of one caller were taken as one family, because the sheet has no finer reference; "
        "give each family a reference to part them."
    ),
    _noop(
        "A caller who stands on more than {count} rows was taken to ask for many families, "
        "and each row for one of its own; give each family a reference to join them."
    ),
    _noop(
        "Rows between blank rows were taken as one family, because the sheet has no other sign of families."
    ),
    _noop("It was read as an export of {count} submissions of a form."),
    _noop(
        "It was read as an export of {count} submissions of a form, "
        "with {groups} repeated groups taken into their families."
    ),
    _noop(
        "{count} rows were taken into the families of the main sheet, by the index that both tell."
    ),
    _noop("{file}, sheet {sheet}, row {row}"),
    _noop("{file}, row {row}"),
    _noop("Its heading is not one we know."),
    _noop("It has no heading."),
    _noop("Its heading tells something that is not taken."),
    _noop(
        "Its letters were read as {letters}, which is a guess: "
        "if names look wrong, save the sheet as .xlsx or as CSV in UTF-8."
    ),
    _noop("Its name ends in {suffix}, but it is delimited text, and was read as such."),
    _noop("Its name ends in {suffix}, but it is a workbook, and was read as such."),
    _noop("It held empty bytes between its letters, which were left out."),
    _noop("This sheet is hidden; it was not read, and its rows are held."),
    _noop("No column of names could be recognised, so its rows are held. A mapping can tell it."),
    _noop("No row was found in this file."),
    _noop("What is hidden here was read too, as asked."),
    _noop("The server of the form adds it."),
    _noop("The form fills it in by itself."),
    _noop("It names a file that was sent with the form; the file is not in the export."),
    _noop("It is an exact place, which is not taken from a form."),
    _noop("The server of the form says when it came."),
    _noop("The server of the form keeps notes there."),
    _noop("{size} MB, over the {limit} MB that are read"),
    _noop("over {ratio} times its size"),
    _noop("bad date"),
    _noop("{problem}; write the date as year-month-day, the year alone, or leave the cell empty."),
    _noop("births lie {years} years apart"),
    _noop("Not yet known: {title}. To settle it we ask: {questions}"),
    _noop("Too little has been told to say how urgent this is. We ask first: {questions}"),
    _noop("Too little has been told to say how urgent this is."),
    _noop("read {day}"),
    _noop("{scheme} closed on {day} and takes nobody new."),
    _noop("{scheme} opens on {day}: nobody can be taken through it before that day."),
)
_DEEP: Final = 4  # parts within parts
# What fills a refusal's places in words of ours; everything else there is a number or somebody else's.
_OURS: Final = frozenset({"what", "how"})
# A stranger's names: never translated, and isolated (Unicode UAX 9) from what is around.
_AS_WRITTEN: Final = frozenset({"file", "form", "sheet", "letters", "suffix"})
_FROM_THE_RIGHT: Final = "\u200f"  # a mark of direction that is not seen
_DAY: Final = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}|\d{4}-\d{2}-\d{2}")
_NUMBER: Final = re.compile(r"[\d.,]+")


def in_readers_words(text: str, more: tuple[str, ...] = ()) -> str:
    """`more`: templates beside those above, as a rulebook brings them. The same text where nothing knows it."""
    if not text or get_language() not in FROM_RIGHT_TO_LEFT:
        return text
    told = _sentence(text, more, _DEEP) or ""
    # "ARAP ..." would read from the left where a page asks the first letter for the direction.
    first = told.lstrip("\u2068")[:1]
    begins_otherwise = first.isascii() and first.isalpha()
    return f"{_FROM_THE_RIGHT}{told}" if begins_otherwise else told or text


def refusal_told(refusal: Refused) -> str:
    """What is the matter and how to mend it, in the reader's language and digits."""
    where = refusal.where
    if get_language() in FROM_RIGHT_TO_LEFT:
        where = {name: _filled_in(name, each) for name, each in where.items()}
    parts = (gettext(part).format(**where) for part in (refusal.says, refusal.mend) if part)
    return " ".join(parts)


def _filled_in(name: str, value: object) -> object:
    if type(value) is int:
        return ReadersNumber(value)
    if not isinstance(value, str):
        return value
    if name in _AS_WRITTEN:
        return f"\u2068{value}\u2069"
    return _part(value, (), _DEEP) if name in _OURS else value


def _sentence(text: str, more: tuple[str, ...], deep: int) -> str | None:
    found = gettext(text)
    if found != text:
        return found
    if not deep:
        return None
    for pattern, template in _patterns((*TEMPLATES, *more)):
        match = pattern.fullmatch(text)
        here = gettext(template) if match else template
        if match and here != template:
            parts = match.groupdict()
            filled = {
                name: f"\u2068{part}\u2069" if name in _AS_WRITTEN else _part(part, more, deep - 1)
                for name, part in parts.items()
            }
            return here.format(**filled)
    return None


def _part(text: str, more: tuple[str, ...], deep: int) -> str:
    """A number, a day, a word, or several questions in a row; names and letters of columns stay as they are."""
    if _NUMBER.fullmatch(text) or _DAY.fullmatch(text):
        return _counted(text)
    for written, end in ((text, ""), (text[:1].lower() + text[1:], ""), (f"{text}.", ".")):
        found = _sentence(written, more, deep)
        if found:
            return found.removesuffix(end)
    pieces = re.split(r"(?<=[?.]) ", text)
    if len(pieces) > 1:
        return " ".join(_in_a_row(pieces))
    one, both, two = text.partition(" and ")
    if both and deep:
        return gettext(BOTH).format(one=_part(one, more, deep), two=_part(two, more, deep))
    return text


def _counted(text: str) -> str:
    """A number, 2021-08-18 or 18 August 2021."""
    if _NUMBER.fullmatch(text):
        return reader().number(text)
    how = "%Y-%m-%d" if "-" in text else "%d %B %Y"
    try:
        return reader().day(datetime.strptime(text, how).replace(tzinfo=UTC).date())
    except ValueError:  # it only looks like a day
        return text


def _in_a_row(pieces: list[str]) -> Iterator[str]:
    """Questions one behind the other; one question may be of several sentences."""
    at = 0
    while at < len(pieces):
        runs = ((end, " ".join(pieces[at:end])) for end in range(len(pieces), at, -1))
        known = ((end, gettext(run)) for end, run in runs if gettext(run) != run)
        at, told = next(known, (at + 1, pieces[at]))
        yield told


@lru_cache(maxsize=8)
def _patterns(templates: tuple[str, ...]) -> Sequence[tuple[re.Pattern[str], str]]:
    """Those with places, the ones that say most by themselves first."""
    placed = [each for each in templates if "{" in each]
    placed.sort(key=lambda each: -len(re.sub(r"\{\w+\}", "", each)))
    return [(re.compile("".join(_pattern(each)), re.DOTALL), each) for each in placed]


def _pattern(template: str) -> Iterator[str]:
    seen: set[str] = set()
    for written, name, _spec, _as in string.Formatter().parse(template):
        yield re.escape(written)
        if name:
            yield f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
