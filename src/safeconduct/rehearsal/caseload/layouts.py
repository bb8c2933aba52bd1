"""The manners in which offices keep their lists: a row for a person or for a family, in English or in Dari.

A layout is its headings with, under each, what stands in a cell. None is one of ours: they are the kinds of list that
the shipped sheets show (packs/afghanistan_2021/sheets). What a list has no column for is lost in it, as it is in life.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.core.facts import Person, Plea, Relation
from safeconduct.rehearsal.caseload import cells
from safeconduct.rehearsal.caseload.cells import Cell, Places, Told
from safeconduct.rehearsal.caseload.dates import day_first, iso, solar_hijri, with_month_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`columns` are headings with their cells, in order. `by_family`: one row for a family, not for a person."""

    columns: tuple[tuple[str, Cell], ...]
    by_family: bool = False
    in_dari: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(heading for heading, _ in self.columns)

    def rows(self, plea: Plea, places: Places) -> Iterator[tuple[str | None, ...]]:
        """The rows of one plea. A plea that names nobody has a row all the same."""
        people = plea.household.people or (Person(person_id=plea.plea_id),)
        if self.by_family:
            people = (_head(people),)
        for number, person in enumerate(people):
            first = number == 0
            texts = (*plea.household.words, *person.words) if first else person.words
            told = Told(
                plea=plea, person=person, first=first, words=cells.by_context(texts), places=places
            )
            yield tuple(cell(told) for _, cell in self.columns)


def _head(people: Sequence[Person]) -> Person:
    """The person whose row it is: the principal, or the first who is named."""
    principals = (person for person in people if person.relation is Relation.PRINCIPAL)
    return next(principals, people[0])


# --- the layouts -----------------------------------------------------------------------------

RELATIVES = Layout(
    columns=(
        ("Case ref", lambda told: told.plea.plea_id),
        ("Date received", lambda told: told.received(day_first)),
        ("Caller name", cells.caller),
        ("Caller phone", cells.caller_phones),
        ("Caller email", lambda told: told.plea.caller.email if told.first else None),
        ("Caller town", lambda told: told.plea.caller.town if told.first else None),
        ("Relationship to caller", lambda told: told.plea.caller.relation if told.first else None),
        ("First name", cells.given_name),
        ("Surname", lambda told: told.person.family_name),
        ("Name in Dari / Pashto", lambda told: told.person.native_name),
        ("Father's name", lambda told: told.person.father_name),
        ("Sex", cells.sex(cells.SEX_LETTERS)),
        ("Date of birth or age", lambda told: told.birth(day_first)),
        (
            "Relationship to principal",
            lambda told: cells.relation(told.person, cells.RELATION_IN_ENGLISH),
        ),
        ("Nationality", lambda told: told.person.nationality),
        ("Mobile", cells.phones),
        ("Passport no", lambda told: told.person.passport),
        ("Tazkira no", lambda told: told.person.tazkira),
        ("Province", lambda told: told.province.name if told.province else None),
        ("Family size", lambda told: told.size),
        ("Job", cells.words("work")),
        ("Employer", cells.words("employer")),
        ("Subject taught", cells.words("subject")),
        ("Threats", cells.words("threat")),
        ("Notes", cells.words("notes")),
    )
)
FAMILIES = Layout(
    by_family=True,
    columns=(
        ("Ref", lambda told: told.plea.plea_id),
        ("Rang on", lambda told: told.received(with_month_name)),
        ("Head of family", cells.any_name),
        ("Father", lambda told: told.person.father_name),
        ("DOB", lambda told: told.birth(with_month_name)),
        ("Gender", cells.sex(cells.SEX_IN_ENGLISH)),
        ("WhatsApp", cells.phones),
        ("Passport or tazkira", cells.document),
        ("Where are they now", cells.place),
        ("How many people", lambda told: told.size),
        ("Family members", cells.members),
        ("Work", cells.said("work", "employer")),
        ("Subject taught", cells.words("subject")),
        ("Why at risk", cells.words("threat")),
        ("Comments", cells.of_others),
        ("Who told us", cells.caller),
        ("UK phone", cells.caller_phones),
    ),
)
PERSONS = Layout(
    columns=(
        ("Household ID", lambda told: told.plea.plea_id),
        ("Date of contact", lambda told: told.received(iso)),
        ("Full name", cells.any_name),
        ("Name of father", lambda told: told.person.father_name),
        ("Gender", cells.sex(cells.SEX_IN_ENGLISH)),
        ("Date of birth", lambda told: told.birth(iso)),
        ("Relation", lambda told: cells.relation(told.person, cells.RELATION_IN_ENGLISH)),
        ("Phone number", cells.phones),
        ("Passport number", lambda told: told.person.passport),
        ("National ID", lambda told: told.person.tazkira),
        ("Location", cells.place),
        ("Household size", lambda told: told.size),
        ("Occupation", cells.words("work")),
        ("Worked for", cells.words("employer")),
        ("Teaching subject", cells.words("subject")),
        ("Threats received", cells.words("threat")),
        ("Remarks", cells.words("notes")),
    )
)
DARI = Layout(
    in_dari=True,
    columns=(
        ("شماره قضیه", lambda told: told.plea.plea_id),
        ("تاریخ تماس", lambda told: told.received(solar_hijri)),
        ("نام مکمل", cells.name_in_dari),
        ("نام پدر", lambda told: told.person.father_name),
        ("جنسیت", cells.sex(cells.SEX_IN_DARI)),
        ("تاریخ تولد", lambda told: told.birth(solar_hijri)),
        ("نسبت", lambda told: cells.relation(told.person, cells.RELATION_IN_DARI)),
        ("شماره تلفون", cells.phones),
        ("نمبر تذکره", lambda told: told.person.tazkira),
        ("شماره پاسپورت", lambda told: told.person.passport),
        ("ولایت", cells.province_in_dari),
        ("تعداد اعضای فامیل", lambda told: told.size),
        ("وظیفه", cells.words("work")),
        ("اداره", cells.words("employer")),
        ("مضمون", cells.words("subject")),
        ("تهدید", cells.words("threat")),
        ("ملاحظات", cells.words("notes")),
    ),
)
