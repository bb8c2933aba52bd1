"""People in a pasted text, where it tells of them plainly: behind labels ("Name: ..."), and in lines of a family.

A line is a person only where a relation is told, or a name that people carry beside an age. Anything else stays words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from safeconduct.core.dates import DateProblem, UncertainDate, parse_age, parse_date
from safeconduct.core.facts import Relation
from safeconduct.core.identifiers import normal_passport, normal_tazkira, phones_in
from safeconduct.core.plain_text import plain, says_unknown
from safeconduct.sheets.cells import (
    Provinces,
    has_arabic,
    nationality_of,
    relation_of,
    scripts_of,
    sex_by_relation,
    sex_of,
)
from safeconduct.sheets.counted import size_in
from safeconduct.sheets.fields import PERSON_WORDS, ROW_WORDS, Field
from safeconduct.sheets.headings import UNREAD, YOU, heading_words, recognise
from safeconduct.sheets.member import Member, known_names, may_be_name
from safeconduct.sheets.members import members_in
from safeconduct.sheets.name_words import looks_like_name
from safeconduct.sheets.names import draft_of
from safeconduct.sheets.pasted_finds import Find
from safeconduct.sheets.pasted_text import squeezed
from safeconduct.sheets.told import Draft

LONGEST_LINE = 160  # letters of a line that can be of one family; longer is a story
_LABEL = re.compile(
    r"(?:^|(?<=[,;،؛|]))\s*(?:[-–*•·]\s*|\(?\d{1,2}[.)]\s*)?(?P<label>[^\W\d][^:=,;،؛|]{0,38}?)\s*[:=：](?!//)\s*"
)
_LISTED = re.compile(r"^\s*(?:[-–*•·▪●]\s*|\(?\d{1,2}\s*[.)\-–:]\s*)+(?=\D)")
_CHILD_OF = re.compile(
    r"^(?P<name>[^,،(]{2,50}?)[\s,،]+(?:s/o|d/o|son of|daughter of|ولد|بنت|فرزند)"
    r"\s+(?P<father>[^,،(\d]{2,40}?)\s*(?P<rest>$|[,،(\d].*)$",
    re.IGNORECASE,
)
_FATHER_ALONE = {
    ("father",),
    ("پدر",),
    ("پلار",),
    ("parent",),
}  # a member or the father of the one above: not told
# Headings that a label may not be: what goes by these names in a letter is something else.
_NOT_LABELS = frozenset(
    {"reference", "row_number", "received_on", "subject", "status", "members", UNREAD}
)


@dataclass(slots=True)
class Somebody:
    """A person being read. `of_list`: told in a line of a family, and not to be added to by labels below it."""

    draft: Draft = field(default_factory=Draft)
    of_list: bool = False


@dataclass(slots=True)
class Told:
    """What the lines of a text told so far."""

    people: list[Somebody] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    provinces: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    caller: dict[str, str] = field(default_factory=dict)
    caller_phones: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Read:
    """A part of a line that was read. `person` counts from 0 in `Told.people`."""

    start: int
    end: int
    what: str
    value: str
    person: int | None = None


def read_line(
    text: str, told: Told, finds: Sequence[Find], provinces: Provinces, on: date
) -> list[Read]:
    """What one line tells of people; nothing where it is not plain. `finds` are what was found in it already."""
    read = list(_labelled(text, told, provinces, on))
    return read or list(_members(text, told, finds, on))


# --- behind labels -------------------------------------------------------------------


def _labelled(text: str, told: Told, provinces: Provinces, on: date) -> Iterator[Read]:
    labels = [
        (match, found)
        for match in _LABEL.finditer(text)
        if (found := _field_of(match["label"])) is not None
    ]
    if not labels:
        return
    ends = [match.start() for match, _ in labels[1:]] + [len(text)]
    for (match, found), end in zip(labels, ends, strict=True):
        value = text[match.end() : end].strip(" \t,;،؛|")
        start = text.find(value, match.end()) if value else -1
        if not value or says_unknown(value):
            continue
        taken = _take(found, squeezed(value), told, provinces, on)
        if taken is not None:
            yield Read(start, start + len(value), str(found), squeezed(value), taken.person)


def _field_of(label: str) -> Field | None:
    heading = recognise(squeezed(label))
    if heading is None or not heading.is_exact or heading.field.name in _NOT_LABELS:
        return None
    if heading.field.who == YOU or heading_words(label) in _FATHER_ALONE:
        return None
    return heading.field


@dataclass(frozen=True, slots=True)
class _Taken:
    person: int | None = None


def _take(found: Field, value: str, told: Told, provinces: Provinces, on: date) -> _Taken | None:
    """Put a labelled value where it belongs; None where it does not read as what its label says."""
    name = found.name
    if name in ROW_WORDS and not found.who:
        told.words.append(f"{ROW_WORDS[name]}: {value}")
        return _Taken()
    if name == "told_size":
        size = size_in(value)
        return _added(told.sizes, size) if size else None
    if name in {"province", "place"}:
        told.places.append(value)
        pcode = provinces.find(value)
        if pcode:
            told.provinces.append(pcode)
        return _Taken() if pcode or name == "place" else None
    if name.startswith("caller_"):
        return _take_caller(name, value, told)
    draft = Draft()
    if not _set(draft, name, value, on):
        return None
    return _Taken(_give(draft, found, told))


def _added(values: list[int], value: int) -> _Taken:
    values.append(value)
    return _Taken()


def _take_caller(name: str, value: str, told: Told) -> _Taken | None:
    if name == "caller_phone":
        numbers = phones_in(value)
        told.caller_phones.extend(numbers)
        return _Taken() if numbers else None
    if name == "caller_name" and not (looks_like_name(value) and may_be_name(value)):
        return None
    if name == "caller_email" and "@" not in value:
        return None
    told.caller.setdefault(name, value)
    return _Taken()


def _set(draft: Draft, name: str, value: str, on: date) -> bool:  # noqa: PLR0911 (one line for each kind of field)
    """Set one field of a person from a value; False where it is not one."""
    if name in {"full_name", "given_name", "family_name", "native_name", "father_name"}:
        return _set_name(draft, name, value)
    if name in {"birth", "age"}:
        born = _born(value, name == "age", on)
        draft.birth = born
        return born is not None
    if name == "sex":
        draft.sex = sex_of(value)
        return draft.sex is not None
    if name == "relation":
        draft.relation, draft.sex = relation_of(value), sex_by_relation(value)
        return draft.relation is not None
    if name == "phone":
        draft.phones = phones_in(value)
        return bool(draft.phones)
    if name in {"passport", "tazkira", "document"}:
        return _set_paper(draft, name, value)
    if name == "nationality":
        draft.nationality = nationality_of(value)
        return True
    if name in PERSON_WORDS:
        draft.words = (f"{PERSON_WORDS[name]}: {value}",)
        return True
    return False


def _set_name(draft: Draft, name: str, value: str) -> bool:
    if not (looks_like_name(value) and may_be_name(value)):
        return False
    latin, native = scripts_of(value)
    if name == "father_name":
        draft.father_name = value
    elif latin and name != "native_name":
        setattr(draft, "given_name" if name == "full_name" else name, latin)
        draft.native_name = native
    else:
        draft.native_name = native or value
    draft.has_name = name != "father_name"
    return True


def _born(value: str, is_age: bool, on: date) -> UncertainDate | None:
    told: UncertainDate | DateProblem | None = (
        parse_age(value, on=on) if is_age else parse_date(value, on=on)
    )
    if not isinstance(told, UncertainDate):
        told = parse_date(value, on=on) if is_age else parse_age(value, on=on)
    return told if isinstance(told, UncertainDate) else None


def _set_paper(draft: Draft, name: str, value: str) -> bool:
    letters = any("a" <= sign.lower() <= "z" for sign in value)
    kind = ("passport" if letters else "tazkira") if name == "document" else name
    normal = normal_passport(value) if kind == "passport" else normal_tazkira(value)
    if normal:
        setattr(draft, kind, value)
    return normal is not None


def _give(draft: Draft, found: Field, told: Told) -> int:
    """Add a field to the person it is of: the last told by labels, or a new one where that one has it already."""
    relation = found.relation
    last = told.people[-1] if told.people and not told.people[-1].of_list else None
    if found.name == "native_name" and last and last.draft.native_name is None:
        draft.has_name = False  # the same name in its own letters
    if (
        last is None
        or (last.draft.relation if relation else None) != relation
        or _has(last.draft, draft)
    ):
        last = Somebody(Draft(relation=relation))
        told.people.append(last)
    _add(last.draft, draft)
    return len(told.people) - 1


_SINGLE = (
    "given_name", "family_name", "father_name", "native_name", "sex", "birth", "relation", "passport", "tazkira",
    "nationality",
)  # fmt: skip


def _has(draft: Draft, more: Draft) -> bool:
    """Whether a person has already what is told: a name or a relation said again, or anything else, begins another.

    A name in another script begins another too: who are two must never become one, and a double is seen.
    """
    if more.has_name and draft.has_name and not _goes_on(draft, more):
        return True
    if more.relation and draft.relation:
        return True
    if more.birth and draft.birth and not _meet(more.birth, draft.birth):
        return True
    return any(
        None not in {getattr(more, name), getattr(draft, name)}
        and getattr(more, name) != getattr(draft, name)
        for name in ("father_name", "sex", "passport", "tazkira", "nationality")
    )


def _goes_on(draft: Draft, more: Draft) -> bool:
    """Whether a name is the other half of the one told: a surname beside a given name, or behind "native name"."""
    if more.native_name:
        return False
    return not (more.given_name and draft.given_name) and not (
        more.family_name and draft.family_name
    )


def _meet(one: UncertainDate, other: UncertainDate) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _add(draft: Draft, more: Draft) -> None:
    for name in _SINGLE:
        if getattr(draft, name) is None:
            setattr(draft, name, getattr(more, name))
    draft.phones = tuple(dict.fromkeys((*draft.phones, *more.phones)))
    draft.words += more.words
    draft.has_name = draft.has_name or more.has_name


# --- in lines of a family ------------------------------------------------------------


def _members(text: str, told: Told, finds: Sequence[Find], on: date) -> Iterator[Read]:
    if len(text) > LONGEST_LINE or not text.strip():
        return
    bare = _without(text, finds)
    listed = _LISTED.match(bare)
    begin = listed.end() if listed else 0
    line = bare[begin:].strip(" \t.،,;-")
    people = _people_of(squeezed(line), listed=listed is not None, on=on)
    label, colon, _ = line.partition(":")
    if colon and heading_words(label) in _FATHER_ALONE and all(one.birth is None for one in people):
        return  # "Father: Karim" may be a member, and may be the father's name of whoever stands above
    if not people:
        return
    start = text.find(line[:1], begin) if line else begin
    first = len(told.people)
    for draft in people:
        told.people.append(Somebody(draft, of_list=True))
    if len(people) == 1:
        _give_finds(people[0], finds)
        yield Read(start, len(text.rstrip()), "member of the family", squeezed(text[start:]), first)
    else:
        yield Read(start, len(text.rstrip()), "member of the family", squeezed(text[start:]))


def _without(text: str, finds: Sequence[Find]) -> str:
    """A line with spaces for the numbers and addresses in it, and for the words that say what they are."""
    for find in finds:
        if find.what in {"phone", "email", "passport", "tazkira"}:
            text = text[: find.start] + " " * (find.end - find.start) + text[find.end :]
    blank = re.compile(
        r"(?:[,،;-]\s*)?\b(?:phone|tel|mobile|mob|whatsapp|passport|tazkira|tazkera|no|number)\b[.:#]?(?=\s*(?:[,،;:]|$|\s{3}))",
        re.IGNORECASE,
    )
    return blank.sub(lambda match: " " * len(match[0]), text) if finds else text


def _give_finds(draft: Draft, finds: Sequence[Find]) -> None:
    for find in finds:
        if find.what == "phone":
            draft.phones = (*draft.phones, find.value)
        elif find.what in {"passport", "tazkira"} and getattr(draft, find.what) is None:
            setattr(draft, find.what, find.value)


def _people_of(line: str, *, listed: bool, on: date) -> list[Draft]:
    """The people of one line, where each of them is sure; else nobody."""
    father = _CHILD_OF.match(line)
    if father:
        line = (
            f"{father['name']}{', ' if father['rest'][:1].isdigit() else ''}{father['rest']}".strip(
                " ,،"
            )
        )
    found = members_in(line, on)
    if found is None or found.more or not found.people:
        return []
    if not all(_is_sure(member, listed=listed or father is not None) for member in found.people):
        return []
    drafts = [draft_of(member) for member in found.people]
    if father:
        name = squeezed(father["father"])
        if len(drafts) != 1 or not drafts[0].has_name or not _is_name(name):
            return []
        drafts[0].father_name = name
    return drafts


def _is_sure(member: Member, *, listed: bool) -> bool:
    """Somebody related, by a name or an age; or of a list or of a known name, with an age. No words left over."""
    if member.words or (member.birth is not None and _is_unborn_year(member)):
        return False
    if member.name is None:
        return member.relation is not None and member.birth is not None
    if not _is_name(member.name):
        return False
    known = plain(member.name.split()[0]) in known_names()
    if member.relation is not None:
        return member.relation is not Relation.NOT_RELATED and (
            known or member.birth is not None or _is_latin(member)
        )
    return member.birth is not None and (known or listed)


def _is_latin(member: Member) -> bool:
    """Dari letters have no capitals: a name that is not known could be any word."""
    return member.name is not None and not has_arabic(member.name)


def _is_unborn_year(member: Member) -> bool:
    """A year after every relative's birth is the year of something else: "London 2021"."""
    return (
        member.relation is None and member.birth is not None and member.birth.earliest.year >= 2015
    )


def _is_name(text: str) -> bool:
    """A name as it is written: every Latin word of it begins with a capital."""
    latin = [word for word in text.split() if not has_arabic(word)]
    return (
        looks_like_name(text)
        and may_be_name(text)
        and all(word[0].isupper() or word in {"ul", "al"} for word in latin)
    )
