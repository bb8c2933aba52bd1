"""What stands in a cell of an office's list: one function for each kind of cell, over one row of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.core.facts import Person, Plea, Relation, Sex
from safeconduct.core.operation import Province
from safeconduct.rehearsal.caseload.dates import Manner, sheet_birth

Places = Mapping[str, Province]
UNNAMED = "unnamed"
"""What stands for a name where none is told: the word that the reader of sheets takes for just that."""
_CONTEXTS = ("work", "employer", "subject", "threat", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One row: a person of a plea. Of the family it is told on the `first` row only. `words` are by their context."""

    plea: Plea
    person: Person
    first: bool
    words: Mapping[str, str]
    places: Places

    def received(self, manner: Manner) -> str:
        day = self.plea.received_on
        return manner(day, Precision.DAY) if day and self.first else ""

    def birth(self, manner: Manner) -> str:
        day = self.plea.received_on
        return sheet_birth(self.person.birth, received_on=day, manner=manner) if day else ""

    @property
    def size(self) -> str:
        told = self.plea.household.told_size
        return str(told) if told is not None and self.first else ""

    @property
    def province(self) -> Province | None:
        return self.places.get(self.plea.household.province or "") if self.first else None


Cell = Callable[[Told], str | None]


def by_context(texts: Sequence[str]) -> dict[str, str]:
    """Words by the column they are for: "work: driver" under work; what names no column is a note."""
    found: dict[str, list[str]] = {}
    for text in texts:
        context, colon, words = text.partition(": ")
        known = colon and context in _CONTEXTS
        found.setdefault(context if known else "notes", []).append(words if known else text)
    return {context: "; ".join(words) for context, words in found.items()}


def full_name(person: Person) -> str:
    return " ".join(filter(None, (person.given_name, person.family_name)))


def given_name(told: Told) -> str | None:
    """The given name, in a list that has other columns for the family's name and the native one."""
    person = told.person
    has_another = person.family_name or person.native_name
    return person.given_name or (None if has_another else UNNAMED)


def any_name(told: Told) -> str:
    return full_name(told.person) or told.person.native_name or UNNAMED


def name_in_dari(told: Told) -> str:
    return told.person.native_name or full_name(told.person) or UNNAMED


def phones(told: Told) -> str:
    return " / ".join(told.person.phones)


def document(told: Told) -> str | None:
    return told.person.passport or told.person.tazkira


def words(context: str) -> Cell:
    return lambda told: told.words.get(context)


def said(*contexts: str) -> Cell:
    """Several kinds of words in one cell."""
    return lambda told: ". ".join(told.words[each] for each in contexts if each in told.words)


def place(told: Told) -> str | None:
    if told.province is None:
        return told.plea.household.place if told.first else None
    return told.plea.household.place or told.province.name


def province_in_dari(told: Told) -> str | None:
    province = told.province
    return (province.name_dari or province.name) if province else None


def caller(told: Told) -> str | None:
    return told.plea.caller.name if told.first else None


def caller_phones(told: Told) -> str:
    return " / ".join(told.plea.caller.phones) if told.first else ""


# What a person is to the principal: of a woman, of a man, and where the sex is not told.
RELATION_IN_ENGLISH = {
    Relation.PRINCIPAL: ("Principal", "Principal", "Principal"),
    Relation.SPOUSE: ("Wife", "Husband", "Spouse"),
    Relation.CHILD: ("Daughter", "Son", "Child"),
    Relation.PARENT: ("Mother", "Father", "Parent"),
    Relation.SIBLING: ("Sister", "Brother", "Sibling"),
    Relation.OTHER_RELATIVE: ("Relative", "Relative", "Relative"),
    Relation.NOT_RELATED: ("Not related", "Not related", "Not related"),
}
RELATION_IN_DARI = {
    Relation.PRINCIPAL: ("سرپرست فامیل", "سرپرست فامیل", "سرپرست فامیل"),
    Relation.SPOUSE: ("خانم", "شوهر", "همسر"),
    Relation.CHILD: ("دختر", "پسر", "فرزند"),
    Relation.PARENT: ("مادر", "پدر", "والد"),
    Relation.SIBLING: ("خواهر", "برادر", ""),
    Relation.OTHER_RELATIVE: ("خویشاوند", "خویشاوند", "خویشاوند"),
    Relation.NOT_RELATED: ("همسایه", "همسایه", "همسایه"),
}
SEX_LETTERS = {each: each.value for each in Sex}
SEX_IN_DARI = {Sex.FEMALE: "زن", Sex.MALE: "مرد"}
SEX_IN_ENGLISH = {Sex.FEMALE: "Female", Sex.MALE: "Male", Sex.OTHER: "Other"}


def sex(words: Mapping[Sex, str]) -> Cell:
    return lambda told: words.get(told.person.sex) if told.person.sex else None


def relation(person: Person, words: Mapping[Relation, tuple[str, str, str]]) -> str:
    if person.relation is None:
        return ""
    of_woman, of_man, unknown = words[person.relation]
    return {Sex.FEMALE: of_woman, Sex.MALE: of_man}.get(person.sex or Sex.OTHER, unknown)


def members(told: Told) -> str:
    """The others of the family in one cell, a line for each: "1. Laila (wife, 30)"."""
    others = [each for each in told.plea.household.people if each is not told.person]
    return "\n".join(f"{at}. {_member(each, told)}" for at, each in enumerate(others, start=1))


def _member(person: Person, told: Told) -> str:
    name = full_name(person) or person.native_name
    details = [relation(person, RELATION_IN_ENGLISH).lower(), _age(person.birth, told)]
    behind = ", ".join(filter(None, details))
    return (f"{name} ({behind})" if behind else name) if name else behind


def _age(birth: UncertainDate | None, told: Told) -> str:
    """Years where they are known, else the year of birth."""
    day = told.plea.received_on
    if birth is None or day is None:
        return ""
    lowest, highest = birth.ages_on(day)
    return str(lowest) if lowest == highest else f"born {birth.latest.year}"


def of_others(told: Told) -> str:
    """Notes, with the work of the others of the family, which has no column of its own."""
    notes = [told.words.get("notes", "")]
    for person in told.plea.household.people:
        if person is not told.person and person.words:
            whose = relation(person, RELATION_IN_ENGLISH).lower() or "relative"
            notes += [f"{whose}: {words}" for words in by_context(person.words).values()]
    return ". ".join(filter(None, notes))
