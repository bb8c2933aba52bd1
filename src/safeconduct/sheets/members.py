"""A whole family in one cell: "1. Laila (wife, 30) 2. Omar, son, 12", one per line, or between semicolons or commas.

Nobody is guessed into being or out of it (law 6): where the people cannot be told apart with certainty the
answer is None, and a person reads the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from safeconduct.core.plain_text import plain
from safeconduct.sheets.cells import clean, has_arabic, relation_of
from safeconduct.sheets.counted import count_in, counted_in
from safeconduct.sheets.in_brackets import is_unsure, read_in_brackets
from safeconduct.sheets.member import Member, chunks_of, is_bare_name, read_member
from safeconduct.sheets.vocabulary import said


@dataclass(frozen=True, slots=True)
class Members:
    """The people of a cell, and how many more it counts without telling them apart ("three children")."""

    people: tuple[Member, ...]
    more: int = 0


_NUMBERED = re.compile(
    r"(?:^|(?<=[\s,،;.)]))\(?([0-9۰-۹٠-٩]{1,2})\s*([.):](?!\d)|-(?=\s*[^\W\d]))\s*"
)
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●]+|\(?[0-9۰-۹٠-٩]{1,2}\s*[.):\-–]\s*)\s*(?=\D)")
_STRONG = re.compile(r"[;؛|•●▪](?![^()]*\))|\s/\s|،\s*و\s|\s\+\s")
_COMMAS = re.compile(r"[,،](?![^()]*\))")
_AND = re.compile(r"\s+(?:and|&|plus|و)\s+|\s*&\s*", re.IGNORECASE)
_ENDS = re.compile(r"^(?:and|&|\+|plus|و)\s+|\s+(?:and|&|\+|plus|و)$", re.IGNORECASE)
_LABEL = re.compile(r"(?:^|(?<=[\s,;)]))([^\W\d]+)\s*[:=]\s*")
_MIXED = re.compile(
    r"\D/\D.*\s[-–—]\s|\s[-–—]\s.*\D/\D"
)  # strokes and dashes part different things
_DASHES = re.compile(r"\s+[-–—]\s+")
_DETAILS = re.compile(r"[(,،;:]")
_SIDE_BY_SIDE = re.compile(r"\s*/\s*|\s+[-–—]\s+")
_LISTED = re.compile(r'^\s*\[\s*(["\'].*["\'])\s*\]\s*$', re.DOTALL)


def members_in(text: str, on: date, *, agreed: int | None = None) -> Members | None:
    """The people a cell tells of, or None where they cannot be told apart.

    `agreed` is the size of the family told elsewhere in the row: a bare list of names of that number is certain.
    """
    text = _unlisted(clean(text))
    if counted := counted_in(text):
        return Members((), counted.people - counted.whole)
    pieces, strong = _pieces(text)
    pieces = [name for piece in pieces for name in _row_of_names(piece) or [piece]]
    if strong or len(pieces) > 1:
        return _settled(pieces, on, agreed)
    return _by_commas(text, on, agreed)


def _unlisted(text: str) -> str:
    """A list as programs write it, ["Laila", "Omar"], as lines."""
    match = _LISTED.match(text)
    return "\n".join(re.split(r"""["']\s*,\s*["']""", match[1][1:-1])) if match else text


def _row_of_names(piece: str) -> list[str] | None:
    """Three names or more and nothing else, between strokes: "Laila/Omar/Ali"."""
    parts = _SIDE_BY_SIDE.split(piece)
    return parts if len(parts) >= 3 and all(is_bare_name(part) for part in parts) else None


def _are_two_names(piece: str) -> bool:
    """Two names of one script around a stroke or a dash, which may be two people, or one and an alias."""
    one, *others = _SIDE_BY_SIDE.split(piece)
    one = _DETAILS.split(one)[0].strip()
    other = _DETAILS.split(others[0])[0].strip() if others else ""
    bare = is_bare_name(one) and is_bare_name(other)
    return bare and has_arabic(one) == has_arabic(other)


def _pieces(text: str) -> tuple[list[str], bool]:
    """The cell by its strongest separator: lines, then running numbers, then semicolons and bullets."""
    pieces: list[str] = []
    lines = [line for line in text.split("\n") if line]
    strong = len(lines) > 1
    for line in lines:
        numbered = _by_numbers(line) or _by_labels(line)
        parts = numbered or [line]
        strong = strong or numbered is not None
        for part in parts:
            smaller = [piece.strip(" ,،.") for piece in _STRONG.split(part)]
            smaller = [piece for piece in smaller if piece]
            strong = strong or len(smaller) > 1
            pieces.extend(smaller)
    if not strong and len(pieces) == 1:
        # One person, with nothing but details behind the name.
        strong = len(_COMMAS.split(pieces[0])) == 1 and not _AND.search(pieces[0])
    return [_bare(piece) for piece in pieces], strong


def _bare(piece: str) -> str:
    """A piece without bullets and numbers before it, and without an "and" at either end."""
    return _ENDS.sub("", _BULLET.sub("", _BULLET.sub("", piece))).strip()


def _by_numbers(line: str) -> list[str] | None:
    """A line that numbers its people 1, 2, 3; None where it does not."""
    found: list[re.Match[str]] = []
    for match in _NUMBERED.finditer(line):
        number = int(plain(match[1]))
        if not found and number in {1, 2} and not line[: match.start()].strip(" :.-"):
            found.append(match)
        elif found and number == int(plain(found[-1][1])) + 1 and match[2] == found[0][2]:
            found.append(match)  # the same mark behind it: "(son, 12)" is not number 12
    if len(found) < 2:
        return None
    ends = [match.start() for match in found[1:]] + [len(line)]
    return [line[match.end() : end].strip(" ,;.،") for match, end in zip(found, ends, strict=True)]


def _by_labels(line: str) -> list[str] | None:
    """A line that calls each person by a relation: "Wife: Laila (38) Son: Omar"; None where it does not."""
    found = [match for match in _LABEL.finditer(line) if relation_of(match[1])]
    if len(found) < 2 or found[0].start() > 0:
        return None
    ends = [match.start() for match in found[1:]] + [len(line)]
    return [
        f"{match[1]}: {line[match.end() : end].strip(' ,;.،')}"
        for match, end in zip(found, ends, strict=True)
    ]


def _settled(pieces: list[str], on: date, agreed: int | None) -> Members | None:
    """Pieces that are one person each, or several between commas, or a count of people.

    A name that may be a note is a person only where the row tells of as many people as we read.
    """
    people: list[Member] = []
    more = 0
    for piece in pieces:
        chunks = chunks_of(piece)
        if chunks and (count := count_in(chunks[0])):
            if any(letter.isalpha() for chunk in chunks[1:] for letter in chunk):
                return None
            more += count  # "3 children (12, 9, 4)"
            continue
        one = not _are_two_names(piece) and not _MIXED.search(piece)
        member = (read_member(chunks, on) or read_in_brackets(piece, on)) if one else None
        found = Members((member,)) if member else _several_in(piece, on)
        if found is None or not all(_is_somebody(person) for person in found.people):
            return None
        people.extend(found.people)
        more += found.more
    if any(person.name and is_unsure(person.name) for person in people) and (
        agreed not in {len(people) + more, len(people) + more + 1}  # with the principal, or besides
    ):
        return None
    return Members(tuple(people), more) if people or more else None


def _is_somebody(member: Member) -> bool:
    """A name, a relation, or a girl of three: a number alone is nobody's age, and a letter nobody's sex."""
    aged = member.sex is not None and member.birth is not None
    return member.name is not None or member.relation is not None or aged


def _several_in(piece: str, on: date) -> Members | None:
    """Several people in one line of a list: "Children: Omar, Ali and Mina". None unless each is told."""
    parts = [read_member(chunks_of(part), on) for part in _DASHES.split(piece)]
    told = [part for part in parts if part and part.name and part.is_told]
    if len(parts) > 1 and len(told) == len(parts):
        return Members(tuple(told))  # "Laila (wife, 30) - Omar (son, 12)"
    if len(_COMMAS.split(_AND.sub(", ", piece))) == 1:
        return None
    found = _by_commas(piece, on, None)
    return found if found and all(person.is_told for person in found.people) else None


def _by_commas(text: str, on: date, agreed: int | None) -> Members | None:
    """Names and details between commas: a name begins a person, unless relations come first."""
    joined = _AND.search(text) is not None and _COMMAS.search(text) is None
    text = _AND.sub(", ", text)
    lower = re.fullmatch(r"[^A-Z]*[a-z][^A-Z]*", text) is not None and not has_arabic(text)
    if lower:
        text = text.title()  # typed in lower case throughout: case says nothing
    people: list[Member] = []
    relation_first = False
    more = 0
    for piece in _COMMAS.split(text):
        if count := count_in(piece.strip()):
            more += count
            continue
        member = None if _are_two_names(piece) else read_member(chunks_of(piece), on)
        if member is None or member.words:
            return None
        relation_first = relation_first or (not people and not member.name)
        if people and _belongs(people[-1], member, relation_first):
            _add(people[-1], member)
            continue
        if people and not member.relation and plain(people[-1].relation_words) in said("several"):
            _take_relation(member, people[-1])  # "sons Omar 12 and Ali 9"
        people.append(member)
    if not people and not more:
        return None
    if (relation_first and more) or not all(_is_somebody(person) for person in people):
        return None
    agrees = len(people) in {1, agreed, (agreed or 0) - 1}
    certain = joined or agrees or all(person.is_told for person in people)
    return Members(tuple(people), more) if certain or (len(people) >= 3 and not lower) else None


def _belongs(person: Member, detail: Member, relation_first: bool) -> bool:
    """Whether a piece goes on about the person before it: "Omar", "son", "12"; or, relations first, "wife", "Laila"."""
    if (detail.relation and person.relation) or (detail.birth and person.birth):
        return False
    if detail.baby and person.name:
        return False  # "Ali, 9, baby girl": nobody is lost into another
    if detail.name:
        return relation_first and person.name is None
    return not (relation_first and detail.relation)


def _take_relation(member: Member, before: Member) -> None:
    member.relation, member.relation_words = before.relation, before.relation_words
    member.sex = member.sex or before.sex


def _add(person: Member, detail: Member) -> None:
    """Add what a piece tells to the person it goes on about."""
    person.name = person.name or detail.name
    person.relation = person.relation or detail.relation
    person.relation_words = person.relation_words or detail.relation_words
    person.birth = person.birth or detail.birth
    person.sex = person.sex or detail.sex
