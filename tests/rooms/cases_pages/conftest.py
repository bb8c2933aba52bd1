"""One case with an entry of every kind, and everybody at the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import now
from tests.cast import Cast, at_the_desk

from safeconduct.cases import actions
from safeconduct.cases.entries import (
    Assessed,
    Caller,
    Consent,
    Decision,
    Direction,
    Extent,
    Facts,
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
from safeconduct.cases.papers import Paper
from safeconduct.cases.papers.paper import Kind
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Relation, Sex
from safeconduct.people.present import Present

# Kinds that no form here writes: answers have a page elsewhere, pleas stay as they arrived, the rules say their own.
WITHOUT_A_FORM = frozenset({"facts", "assessed", "plea"})
STORY = "They came to the door on Tuesday and asked for him by name."


def told_of_a_family(on: date) -> list[Told | tuple[str, Told]]:
    """One entry of every kind that a form writes, and of those that the desk writes by itself."""
    caller = actions.new_entry_code()
    return [
        Person(
            given_name="Maryam",
            family_name="Noorzai",
            native_name="مریم نورزی",
            sex=Sex.FEMALE,
            birth=UncertainDate.of_hijri_year(1366),
            relation=Relation.PRINCIPAL,
            phones=("0799 000 111",),
            tazkira="1400010112345",
        ),
        Person(given_name="Omid", relation=Relation.CHILD, birth=UncertainDate.of_year(2019)),
        Person(),
        (
            caller,
            Caller(name="Ahmad", phones=("+44 7700 900123",), relation="brother", town="Leeds"),
        ),
        SafeContact(
            hours="after 21:00 in Kabul", safe_words="Ask for the tailor.", voicemail=False
        ),
        Place(words="Behind the third mosque", district="Karte Char"),
        Tie(to="a school in Leeds", relation="employer", country="United Kingdom"),
        Threat(words=STORY, by="men from the checkpoint", happened=UncertainDate.of_year(2021)),
        Facts(facts={"occupation": "teacher"}),
        Said(words=("work: she taught mathematics", "they are hiding")),
        Assessed(
            rules="5f2c",
            on=on,
            band="urgent",
            priority="40",
            outcomes={"ARAP": "unknown"},
            reasons=("Somebody came looking for them by name.",),
            asks=("employer", "age_group"),
        ),
        Talk(
            direction=Direction.THEY_CALLED,
            caller=caller,
            told="That their papers reached us.",
            heard="The boy has a fever.",
            next_words="we call about the passports",
            next_on=on + timedelta(days=2),
        ),
        PleaTold(plea="P1", way=Way.TEXT, words="Please help my sister and her boy."),
        Note(words="She speaks English.\nThe boy is ill."),
        Consent(
            recipient="FCDO12345",
            extent=Extent.CARD,
            given_on=date(2021, 8, 14),
            told_by="Maryam, on the telephone, in Dari",
        ),
        Decision(
            scheme="ARAP", outcome=Outcome.GRANTED, reference="REF/7", authority="the Ministry"
        ),
    ]


@dataclass
class Pages:
    """The case's pages as each member meets them."""

    cast: Cast
    code: str
    at: datetime
    entries: dict[str, str] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def get(self, who: str, path: str = "", **query: str) -> HttpResponse:
        return self.clients[who].get(self.url(path), query)

    def post(self, who: str, path: str = "", told: object = None) -> HttpResponse:
        return self.clients[who].post(self.url(path), told or {})

    def url(self, path: str) -> str:
        return path if path.startswith("/") else f"/cases/{self.code}/{path}"

    def opened(self, by: Present | None = None) -> OpenCase:
        return case_for(by or self.cast.alice, self.code, Purpose.CASEWORK, at=self.at)


def open_pages(cast: Cast) -> Pages:
    at = now()
    opened = actions.open_case(
        cast.alice, told_of_a_family(at.date()), at=at, told_size=5, province="AF01", band="urgent"
    )
    pages = Pages(cast, opened.code, at)
    text = Paper(
        kind=Kind.TEXT,
        contents=b"a letter of thanks",
        pages=1,
        width=None,
        height=None,
        sha256="ab" * 32,
        noticed=("Its last line was cut.",),
    )
    pages.entries["document"] = actions.attach_document(opened, text, title="the letter", at=at)
    pages.entries |= {kept.says.kind: kept.code for kept in reversed(pages.opened().everything())}
    for who, present in cast.everybody().items():
        pages.clients[who] = at_the_desk(present)
    pages.clients["nobody"] = Client()
    return pages


@pytest.fixture
def pages(cast: Cast) -> Pages:
    return open_pages(cast)
