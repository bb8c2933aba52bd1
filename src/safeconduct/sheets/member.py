"""One person from the pieces of text that tell of them: "Laila", "wife", "30". Two people are never taken for one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from safeconduct.core.dates import UncertainDate, parse_age, parse_date
from safeconduct.core.facts import Relation, Sex
from safeconduct.core.names.common import COMMON, EVERYWHERE, KNOWN
from safeconduct.core.plain_text import plain, says_unknown
from safeconduct.sheets.cells import has_arabic, relation_of, sex_by_relation, sex_of
from safeconduct.sheets.counted import count_in, number_word
from safeconduct.sheets.name_words import begins_a_name, looks_like_name
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


_CHUNKS = re.compile(r"[,،;()\[\]:]|\s[-–—/]\s|\s?[–—]\s?|/(?=\D)|(?<=\D)/")
_UNIT = r"(?:y/?o|yrs?|years?(?: old)?|months?|mths?|mos?|weeks?|days?|ساله|سال|ماهه|ماه|کلن)"
_AGE_AT_END = re.compile(
    rf"^(?P<before>.*?)[\s,]+(?P<age>(?:aged?\s+)?\d{{1,3}}(?:\s*{_UNIT})?)$", re.IGNORECASE
)
_DATE_AT_END = re.compile(r"^(?P<before>.*?\D)\s+(?P<born>\S*\d{4}\S*)$")
_BORN_AT_END = re.compile(r"\b(b|born|dob)\.?:?\s*$", re.IGNORECASE)
_BORN_AT_START = re.compile(r"^(dob|born|aged?|b\.)\s*[.:]?\s*", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[A-Za-z])(?=\d{1,2}\b)|(?<=\d)(?=F\b)")
_LABEL_AT_END = re.compile(r"\s+(?:dob|d\.o\.b\.?|born|aged?|y\.?o\.?b\.?)$", re.IGNORECASE)


def chunks_of(piece: str) -> list[str]:
    """A piece by its brackets, commas, strokes and dashes."""
    return [chunk for raw in _CHUNKS.split(piece) if (chunk := raw.strip(" .-–\"'"))]


def read_member(chunks: list[str], on: date) -> Member | None:
    """One person from the chunks of one piece; None where nothing in it is sure to be one, or it may be several."""
    member = Member()
    names: list[str] = []
    words: list[str] = []
    told_at: dict[str, int] = {}
    for at, chunk in enumerate(chunks):
        detail, told_before = Member(), member.is_told
        rest = "" if count_in(chunk) else _take_details(detail, chunk, on)
        if count_in(chunk) or not _add_detail(member, detail, at, told_at):
            return None
        if not rest:
            continue
        if _goes_on(names, rest, at):
            told = told_before or detail.is_told
            if names and told and has_arabic(names[0]) == has_arabic(rest):
                return None  # "Nasrin 30 - Omar"
            names.append(rest)
        elif at == 0:
            return None
        else:
            words.append(rest)
    if member.baby and member.birth is None:
        member.birth = baby_birth(on)
    member.name = " ".join(names) or None
    member.words = tuple(words)
    if _is_unclear(member) or _may_be_two(member, names, on):
        return None
    return member if member.name or member.is_told else None


def _goes_on(names: list[str], text: str, at: int) -> bool:
    """Whether a chunk is the name, its surname right behind it, or the same name in the other script."""
    if not (looks_like_name(text) and is_capital(text) and may_be_name(text)):
        return False
    if len(names) == 1 and has_arabic(names[0]) == has_arabic(text):
        return at == 1
    return len(names) < 2 and at - len(names) <= 1


def _add_detail(member: Member, detail: Member, at: int, told_at: dict[str, int]) -> bool:
    """Add what a chunk tells. False where it tells again what was told: of another person, then.

    An age beside a year ("38, born 1983") tells the same twice.
    """
    for name in ("birth", "relation", "sex"):
        told, known = getattr(detail, name), getattr(member, name)
        if told is None:
            continue
        beside = at - told_at.get(name, at) <= 1
        if known is not None and not (beside and _agree(known, told)):
            return False
        if known is None:
            setattr(member, name, told)
        if name == "sex" and detail.relation:
            continue  # by the word for the relation: "wife ... F" tells it once
        told_at[name] = at
    member.relation_words = member.relation_words or detail.relation_words
    member.baby = member.baby or detail.baby
    return True


def _agree(one: object, other: object) -> bool:
    if isinstance(one, UncertainDate) and isinstance(other, UncertainDate):
        return one.earliest <= other.latest and other.earliest <= one.latest
    return one == other


def _is_unclear(member: Member) -> bool:
    """Somebody said not to live, a title alone, or "family", which is nobody and everybody."""
    told = [plain(word) for word in (*member.words, member.relation_words)]
    if not said("not living").isdisjoint(told):
        return True
    if member.name is None and told[-1] in said("several"):
        return True  # "wife and children": nobody knows how many
    if member.name is None:
        return not said("not in a name").isdisjoint(told[-1].split())
    return said("title").issuperset(plain(word).strip(".") for word in member.name.split())


def _may_be_two(member: Member, names: list[str], on: date) -> bool:
    """Another name or relation left over, a sex amid a name, or two names of one script and nothing else told."""
    if any(_speaks_of_another(word, on) for word in member.words):
        return True
    if any(word.strip(".") in {"F", "M"} for name in names for word in name.split()[1:]):
        return True  # "Laila F. Omar 12"
    if len(names) == 2 and has_arabic(names[0]) == has_arabic(names[1]):
        alone = not member.is_told or plain(member.relation_words) in said("several")
        return alone or begins_a_name(names[1])  # "Laila, Dr. Omar, son"
    return False


def _speaks_of_another(text: str, on: date) -> bool:
    """Left over: a relation, an age behind words, or a name that many people carry: "Omar", and not "Teacher"."""
    text = plain_spaces(text)
    if relation_of(text) or _without_birth(Member(), text, on) != text:
        return True
    words = text.split()
    ties = said("female relation") | said("male relation")
    if any(c.isdigit() for c in text) and not ties.isdisjoint(plain(text).split()):
        return True
    joined = not said("joins people").isdisjoint(words)
    return (joined or len(words) <= 4) and any(
        is_capital(word) and plain(word) in known_names() for word in words
    )


def _take_details(member: Member, chunk: str, on: date) -> str:
    """Take relation, sex and age out of a chunk; what is left is a name, or words."""
    if says_unknown(chunk):
        return ""
    rest = _LABEL_AT_END.sub("", plain_spaces(_GLUED.sub(" ", chunk)))
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
    told = plain(chunk).strip(" ()")
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


def may_be_name(text: str) -> bool:
    """No word in it speaks of many people, of a list or of a state, none counts, and none inside is a relation."""
    words = [plain(word) for word in text.split()]
    counts = len(words[0]) > 1 and number_word(words[0]) is not None
    ties = not (said("female relation") | said("male relation")).isdisjoint(words)
    if counts or ties or is_nobody(text):
        return False
    others = said("not in a name") | said("beside a name") | said("several")
    return others.isdisjoint(words)


def is_nobody(text: str) -> bool:
    """Words that stand where a name would, for somebody who is not there: "deceased", "not married", "no"."""
    return plain(text).strip(" .()") in said("nobody") | said("not living")


def is_capital(name: str) -> bool:
    """Latin names begin with a capital; a lower-case start is a note. Dari letters have no case."""
    return has_arabic(name) or name[:1].isupper()


def is_bare_name(text: str) -> bool:
    """A name and nothing else: no relation, no age, no word that is none."""
    return (
        looks_like_name(text)
        and is_capital(text)
        and may_be_name(text)
        and _without_relation(Member(), text) == text
        and not _take_one(Member(), text, date.min)
    )


@cache
def known_names() -> frozenset[str]:
    """Names that many people carry, in plain form."""
    return frozenset(plain(word) for table in (EVERYWHERE, COMMON, KNOWN) for word in table.split())
