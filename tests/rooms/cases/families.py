"""Fictional families to test with."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

from tests.cast import AT

from safeconduct.cases.actions import change_entry, confirm_office, open_case
from safeconduct.cases.entries import (
    Assessed,
    Caller,
    Consent,
    Decision,
    Direction,
    Extent,
    Facts,
    Handover,
    Hold,
    Note,
    Outcome,
    Person,
    Place,
    PleaTold,
    SafeContact,
    Said,
    Talk,
    Threat,
    Tie,
    Told,
    Way,
)
from safeconduct.cases.papers.paper import Kind, Paper
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Relation, Sex
from safeconduct.people.models import Office
from safeconduct.people.present import Present
from safeconduct.vault.wrapping import fingerprint

TODAY = AT.date()
LATER = AT + timedelta(days=1)

PRINCIPAL = Person(
    given_name="Zarmina",
    family_name="Popalfictional",
    native_name="زرمینه",
    sex=Sex.FEMALE,
    birth=UncertainDate.of_year(1988),
    relation=Relation.PRINCIPAL,
    phones=("+447700900123",),
    passport="P0000001",
)
CHILD = Person(
    given_name="Little",
    birth=UncertainDate.of_day(date(2021, 5, 2)),
    relation=Relation.CHILD,
)
CALLER = Caller(name="Wali Popalfictional", phones=("020 7946 0123",), relation="her brother")
STORY = Note(words="They hide with a neighbour who keeps hens.")
FAMILY: tuple[Told, ...] = (
    PRINCIPAL,
    CHILD,
    CALLER,
    STORY,
    Place(words="behind the third mill", since=UncertainDate.of_month(2021, 7)),
    Threat(words="A letter was pushed under the door.", by="somebody in the street"),
    SafeContact(hours="after eight in the evening", voicemail=False, languages=("prs",)),
)
# One of every kind that needs no other entry, with every type of field told.
ONE_OF_EACH: tuple[Told, ...] = (
    *FAMILY,
    Tie(to="an uncle in Leeds", country="GB"),
    Facts(facts={"occupation": "interpreter"}),
    Consent(recipient="R1", extent=Extent.ALL, given_on=TODAY, told_by="her brother, by telephone"),
    Decision(scheme="ARAP", outcome=Outcome.GRANTED, reference="REF-1", decided_on=TODAY),
    Said(words=("work: she taught mathematics", "they are hiding")),
    Assessed(
        rules="5f2c",
        on=TODAY,
        band="urgent",
        priority="40",
        outcomes={"ARAP": "unknown"},
        reasons=("Somebody came looking for them.",),
        asks=("employment", "age_group"),
    ),
    Talk(
        direction=Direction.WE_CALLED,
        told="That we have their papers.",
        heard="The boy is better.",
        next_words="we call about the passports",
        next_on=TODAY + timedelta(days=2),
    ),
    PleaTold(plea="P1", way=Way.TEXT, words="Please help my sister.", received_on=TODAY),
    Handover(to="M1", note="They expect a call on Friday."),
    Hold(words="An inquiry asked for it."),
)


def compared(by: Present, other: Office) -> None:
    """Somebody of the other office read its fingerprint out over the telephone, as it stands in the row."""
    told = fingerprint(bytes(Office.objects.get(code=other.code).public))
    confirm_office(by, other, told_fingerprint=told, at=AT)


def family_of(by: Present, *told: Told, **cover: object) -> OpenCase:
    return open_case(by, told or FAMILY, at=AT, **cover)  # type: ignore[arg-type]


def again(opened: OpenCase) -> OpenCase:
    """The same case as it stands now."""
    return case_for(opened.by, opened.code, Purpose.CASEWORK, at=AT)


def seen(by: Present, opened: OpenCase) -> OpenCase:
    return case_for(by, opened.code, Purpose.CASEWORK, at=AT)


def story_of(opened: OpenCase) -> tuple[str, int]:
    """The code and the revision of the first note."""
    kept = opened.entries(Note)[0]
    return kept.code, kept.revision


def tell_again(opened: OpenCase, words: str) -> OpenCase:
    """The story, told anew."""
    code, revision = story_of(opened)
    change_entry(opened, code, Note(words=words), expected_revision=revision, at=LATER)
    return again(opened)


def paper(contents: bytes = b"a cleaned picture", kind: Kind = Kind.JPEG) -> Paper:
    return Paper(
        kind=kind,
        contents=contents,
        pages=1,
        width=600,
        height=800,
        sha256=sha256(contents).hexdigest(),
        noticed=("The place where the photograph was taken stood in the file. It was removed.",),
    )
