"""What follows from what: a plea is assessed as it arrives, a case when more is told, and doubles are looked for."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, at_the_desk

from safeconduct.cases.actions import add_entry, open_case
from safeconduct.cases.entries import Facts, Note, Person
from safeconduct.cases.models import Case
from safeconduct.core.errors import NoSuchCase
from safeconduct.core.facts import Household, Person as PersonFact
from safeconduct.flow import after, assessing
from safeconduct.intake.models import End, Plea
from safeconduct.jobs.models import Job
from safeconduct.matching.actions.looking import LOOK
from safeconduct.triage.models import Standing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_telling_a_fact_moves_the_band_and_wishes_for_a_look(cast: Cast):
    opened = open_case(cast.alice, [Person(given_name="Zahra")], at=AT)
    add_entry(opened, Facts(facts={"threat": "explicit"}), at=AT)
    after.something_was_told(cast.alice, opened.code, at=AT)
    cover = Case.objects.get(code=opened.code)
    assert cover.band == Standing.objects.get(case=opened.code).band != "not assessed"
    assert Job.objects.get(kind=LOOK).subject == cast.home.code


def test_the_look_is_wished_for_although_the_assessment_is_refused(cast: Cast, monkeypatch):
    opened = open_case(cast.alice, [Person(given_name="Zahra")], at=AT)

    def refuse(*_told, **_named):
        raise NoSuchCase

    monkeypatch.setattr(after, "assess_case", refuse)
    with pytest.raises(NoSuchCase):
        after.something_was_told(cast.alice, opened.code, at=AT)
    assert Job.objects.filter(kind=LOOK).exists()


def test_our_own_note_assesses_nobody_otherwise(cast: Cast):
    opened = open_case(cast.alice, [Person(given_name="Zahra")], at=AT)
    after.something_was_told(cast.alice, opened.code, at=AT)
    before = Standing.objects.get(case=opened.code).band
    add_entry(opened, Note(words="Armed men came to the house, says a colleague."), at=AT)
    after.something_was_told(cast.alice, opened.code, at=AT)
    assert Standing.objects.get(case=opened.code).band == before


def test_a_case_opened_from_a_call_is_a_plea_with_its_end(cast: Cast):
    opened = open_case(cast.alice, [Person(given_name="Zahra")], at=AT)
    for _ in range(2):  # the form sent twice
        after.a_call_was_taken(opened, at=AT)
    plea = Plea.objects.get()
    assert (plea.end, plea.case, plea.office_id) == (End.ATTACHED, opened.code, cast.home.code)


def test_newcomers_are_assessed_as_the_rulebook_says(cast: Cast):
    home = Household(
        household_id="H1",
        people=(PersonFact(person_id="P1", words=("threat: armed men came to the house",)),),
    )
    said = assessing.assessor(cast.home.code, at=AT)(home)
    assert said is not None
    assert said.entry.band == said.band == said.assessment.band.value
    assert said.entry.reasons


def test_the_call_page_counts_its_call(cast: Cast):
    client = at_the_desk(cast.alice)
    page = client.get("/cases/new/")
    form = page.context["form"]
    told = {
        "reserved": form["reserved"].value(),
        "person-TOTAL_FORMS": "1",
        "person-INITIAL_FORMS": "0",
        "person-0-given_name": "Zahra",
        "caller_name": "Farid",
    }
    answer = client.post("/cases/new/", told)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert Plea.objects.get().case == Case.objects.get().code
