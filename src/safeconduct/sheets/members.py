"""A whole family in one cell: "1. Laila (wife, 30) 2. Omar, son, 12", one per line, or between semicolons or commas.

Nobody is guessed into being or out of it (law 6): where the people cannot be told apart with certainty the
answer is None, and a person reads the cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from safeconduct.core.dates import UncertainDate, parse_age, parse_date
from safeconduct.core.facts import Relation, Sex
from safeconduct.core.plain_text import plain, says_unknown
from safeconduct.sheets.cells import (
    clean,
    has_arabic,
    number_word,
    relation_of,
    sex_by_relation,
    sex_of,
)
from safeconduct.sheets.content import looks_like_name
from safeconduct.sheets.vocabulary import said


@dataclass(slots=True)
class Member:
    """One person as far as the cell tells. `name` is None for "baby, 3 months"."""

    name: str | None = None
    relation: Relation | None = None
    relation_words: str = ""
    sex: Sex | None = None
    birth: UncertainDate | None = None
    words: tuple[str, ...] = ()
    baby: bool = False

    @property
    def is_told(self) -> bool:
        return self.relation is not None or self.birth is not None or self.sex is not None


@dataclass(frozen=True, slots=True)
class Members:
    """The people of a cell, and how many more it counts without telling them apart ("three children")."""

    people: tuple[Member, ...]
    more: int = 0


_NUMBERED = re.compile(r"(?:^|(?<=[\s,;.)]))\(?([0-9۰-۹٠-٩]{1,2})\s*([.):](?!\d)|-(?=\s))\s*")
_BULLET = re.compile(r"^\s*(?:[-–—•*·▪●]+|\(?[0-9۰-۹٠-٩]{1,2}\s*[.):\-–]\s*)\s*(?=\D)")
_STRONG = re.compile(r"[;؛|•●▪]|\s/\s|،\s*و\s|\s\+\s")
_COMMAS = re.compile(r"[,،](?![^()]*\))")
_CHUNKS = re.compile(r"[,،()\[\]:]|\s[-–—/]\s|\s?[–—]\s?|/(?=\D)|(?<=\D)/")
_UNIT = r"(?:y/?o|yrs?|years?(?: old)?|months?|mths?|mos?|weeks?|days?|ساله|سال|ماهه|ماه|کلن)"
_AGE_AT_END = re.compile(
    rf"^(?P<before>.*?)[\s,]+(?P<age>(?:aged?\s+)?\d{{1,3}}(?:\s*{_UNIT})?)$", re.IGNORECASE
)
_DATE_AT_END = re.compile(r"^(?P<before>.*?\D)\s+(?P<born>\S*\d{4}\S*)$")
_BORN_AT_END = re.compile(r"\b(b|born|dob)\.?:?\s*$", re.IGNORECASE)
_BORN_AT_START = re.compile(r"^(dob|born|aged?|b\.)\s*[.:]?\s*", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[A-Za-z])(?=\d{1,2}\b)")
_COUNTED = re.compile(
    r"^(?P<count>\d{1,2}|[^\W\d]+)\s+(?:(?:young|small|little|minor|other|more|unmarried)\s+)*(?P<who>[^\d]+)$"
)


def members_in(text: str, on: date, *, agreed: int | None = None) -> Members | None:
    """The people a cell tells of, or None where they cannot be told apart.

    `agreed` is the size of the family told elsewhere in the row: a bare list of names of that number is certain.
    """
    text = clean(text)
    if counted := _only_counted(text):
        return counted
    pieces, strong = _pieces(text)
    if strong:
        found = [_member(piece) for piece in pieces]
        return _settled(found, on)
    return _by_commas(text, on, agreed)


def _pieces(text: str) -> tuple[list[str], bool]:
    """The cell by its strongest separator: lines, then running numbers, then semicolons and bullets."""
    pieces: list[str] = []
    lines = [line for line in text.split("\n") if line]
    strong = len(lines) > 1
    for line in lines:
        numbered = _by_numbers(line)
        parts = numbered or [line]
        strong = strong or numbered is not None
        for part in parts:
            smaller = [piece.strip(" ,،.") for piece in _STRONG.split(part)]
            smaller = [piece for piece in smaller if piece]
            strong = strong or len(smaller) > 1
            pieces.extend(smaller)
    if not strong and len(pieces) == 1:
        # One person, with nothing but details behind the name.
        strong = len(_COMMAS.split(pieces[0])) == 1
    return [_BULLET.sub("", piece).strip() for piece in pieces], strong


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


def _settled(found: list[list[str]], on: date) -> Members | None:
    """Pieces that are one person each, or a count of people."""
    people, more = [], 0
    for chunks in found:
        if len(chunks) == 1 and (count := _count_in(chunks[0])):
            more += count
            continue
        member = _read(chunks, on)
        if member is None:
            return None
        people.append(member)
    return Members(tuple(people), more) if people or more else None


def _member(piece: str) -> list[str]:
    return [chunk for raw in _CHUNKS.split(piece) if (chunk := raw.strip(" .-–\"'"))]


def _read(chunks: list[str], on: date) -> Member | None:
    """One person from the chunks of one piece; None where nothing in it is sure to be a person."""
    member = Member()
    names: list[str] = []
    words: list[str] = []
    for at, chunk in enumerate(chunks):
        rest = _take_details(member, chunk, on)
        if not rest:
            continue
        if (
            looks_like_name(rest)
            and _is_capital(rest)
            and _may_be_name(rest)
            and at - len(names) <= 1
            and len(names) < 2
        ):
            names.append(rest)
        elif at == 0:
            return None
        else:
            words.append(rest)
    if member.baby and member.birth is None:
        member.birth = baby_birth(on)
    member.name = " ".join(names) or None
    member.words = tuple(words)
    return member if member.name or member.is_told else None


def _take_details(member: Member, chunk: str, on: date) -> str:
    """Take relation, sex and age out of a chunk; what is left is a name, or words."""
    if says_unknown(chunk):
        return ""
    rest = plain_spaces(_GLUED.sub(" ", chunk))
    for _ in range(3):  # at most one of each
        if not rest or _take_one(member, rest, on):
            return ""
        shorter = _without_relation(member, _without_birth(member, rest, on))
        if shorter == rest:
            return rest
        rest = shorter
    return rest


def _without_birth(member: Member, text: str, on: date) -> str:
    """Take an age or a date at the end of a text."""
    if member.birth is not None:
        return text
    if match := _AGE_AT_END.match(text):
        told, before = parse_age(match["age"], on=on), match["before"]
    elif match := _DATE_AT_END.match(text):
        told, before = parse_date(match["born"], on=on), _BORN_AT_END.sub("", match["before"])
    else:
        return text
    if not isinstance(told, UncertainDate):
        return text
    member.birth = told
    return before.strip(" ,-–")


def _without_relation(member: Member, text: str) -> str:
    """Take a relation at either end, or a letter for the sex at the end of a text."""
    words = text.split()
    if len(words) > 1 and words[-1] in {"M", "F", "m", "f"}:
        member.sex = member.sex or sex_of(words[-1])
        return " ".join(words[:-1])
    for size in (3, 2, 1):
        if len(words) <= size:
            continue
        for part, left in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            told = " ".join(part)
            if not any(letter.isdigit() for letter in told) and _is_relation(member, told):
                return " ".join(left)
    return text


def _take_one(member: Member, chunk: str, on: date) -> bool:
    """A chunk that is a relation, a sex or an age and nothing else."""
    told = plain(chunk)
    if told in said("baby"):
        member.relation, member.baby = member.relation or Relation.CHILD, True
        return True
    if not any(letter.isdigit() for letter in told) and _is_relation(member, chunk):
        return True
    sex = sex_of(chunk)
    if sex is not None:
        member.sex = member.sex or sex
        return True
    if any(letter.isdigit() for letter in chunk) and len(chunk) <= 40:
        birth = parse_age(_BORN_AT_START.sub("", chunk), on=on)
        if isinstance(birth, UncertainDate):
            member.birth = member.birth or birth
            return True
    return False


def _is_relation(member: Member, words: str) -> bool:
    relation = relation_of(words)
    if relation is None or member.relation is not None:
        return relation is not None and relation is member.relation
    member.relation, member.relation_words = relation, words
    member.sex = member.sex or sex_by_relation(words)
    return True


def baby_birth(on: date) -> UncertainDate:
    """The days of birth of a child told only to be a baby: under two."""
    from_day = UncertainDate.of_age(1, on=on).earliest
    return UncertainDate(
        from_day, max(on, from_day + timedelta(days=1)), UncertainDate.of_year(2000).precision
    )


def plain_spaces(text: str) -> str:
    """Digits of any script as 0-9, one space at a time, case kept."""
    return " ".join("".join(plain(c) if c.isdecimal() else c for c in text).split())


def _may_be_name(text: str) -> bool:
    """No word in it speaks of many people or of a list."""
    return said("not in a name").isdisjoint(plain(word) for word in text.split())


def _is_capital(name: str) -> bool:
    """Latin names begin with a capital; a lower-case start is a note. Dari letters have no case."""
    return has_arabic(name) or name[:1].isupper()


def _by_commas(text: str, on: date, agreed: int | None) -> Members | None:
    """Names and details between commas: a name begins a person, unless relations come first."""
    text = _AND.sub(", ", text)
    lower = re.fullmatch(r"[^A-Z]*[a-z][^A-Z]*", text) is not None and not has_arabic(text)
    if lower:
        text = text.title()  # typed in lower case throughout: case says nothing
    people: list[Member] = []
    relation_first = False
    more = 0
    for piece in _COMMAS.split(text):
        if count := _count_in(piece.strip()):
            more += count
            continue
        member = _read(_member(piece), on)
        if member is None or member.words:
            return None
        relation_first = relation_first or (not people and not member.name)
        if people and _belongs(people[-1], member, relation_first):
            _add(people[-1], member)
        else:
            people.append(member)
    if not people and not more:
        return None
    if relation_first and more:
        return None
    certain = all(person.is_told for person in people) or len(people) in {
        1,
        agreed,
        (agreed or 0) - 1,
    }
    return Members(tuple(people), more) if certain or (len(people) >= 3 and not lower) else None


def _belongs(person: Member, detail: Member, relation_first: bool) -> bool:
    """Whether a piece goes on about the person before it: "Omar", "son", "12"; or, relations first, "wife", "Laila"."""
    if (detail.relation and person.relation) or (detail.birth and person.birth):
        return False
    if detail.name:
        return relation_first and person.name is None
    return not (relation_first and detail.relation)


_AND = re.compile(r"\s+(?:and|&|plus)\s+", re.IGNORECASE)


def _add(person: Member, detail: Member) -> None:
    """Add what a piece tells to the person it goes on about."""
    person.name = person.name or detail.name
    person.relation = person.relation or detail.relation
    person.relation_words = person.relation_words or detail.relation_words
    person.birth = person.birth or detail.birth
    person.sex = person.sex or detail.sex


_HIS = re.compile(r"^(?:his|her|my|their)\s+", re.IGNORECASE)


def _only_counted(text: str) -> Members | None:
    """A cell that counts and names nobody: "wife and 4 children", "3 sons, 2 daughters"."""
    total = 0
    for piece in re.split(r"[,،;+&\n]|\band\b|\bplus\b|\bwith\b|\sو\s", text, flags=re.IGNORECASE):
        told = _HIS.sub("", piece.strip(" ."))
        if not told:
            continue
        count = _count_in(told) or (1 if plain(told) in said("one relative") else 0)
        if not count:
            return None
        total += count if plain(told) not in {"himself", "herself", "self"} else 0
    return Members((), total) if total else None


def _count_in(piece: str) -> int:
    """How many unnamed people a piece counts: "3 children" is 3; 0 where it does not count."""
    match = _COUNTED.match(plain(piece))
    if not match or match["who"].split("(")[0].strip(" .") not in said("counted relative"):
        return 0
    count = match["count"]
    number = int(count) if count.isdigit() else (number_word(count) or 0)
    return number if number <= 30 else 0
