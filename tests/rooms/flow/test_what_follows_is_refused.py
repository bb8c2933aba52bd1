"""What follows of a deed is refused: the deed is done, and its page says both. Nobody is told that it was not done."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.http import HttpResponse
from tests.cast import Cast, at_the_desk
from tests.rooms.matching.doubles import TOLD_TWICE, case_of
from tests.rooms.triage.callers import opened_case
from tests.visitor import _forms

from safeconduct.cases.entries import Facts, Person
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.clock import now
from safeconduct.core.errors import RulesAltered
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.models import End, Plea
from safeconduct.people.present import Present

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def refuses(_by: Present, _code: str, *, at: datetime) -> None:
    raise RulesAltered(version="5f2c")


@pytest.fixture(autouse=True)
def _altered(settings) -> None:
    settings.AFTER_TOLD, settings.CASE_PANELS = f"{__name__}.refuses", []


def done(answer: HttpResponse, case: str) -> bool:
    return answer.status_code == 302 and answer["Location"] == f"/cases/{case}/"


def test_a_plea_that_is_attached(cast: Cast):
    alice, case = at_the_desk(cast.alice), case_of(cast.alice, *TOLD_TWICE)
    plea = receive_text(cast.alice, "My aunt Gulmakai asks.", at=now())
    sent = {"case": case.code, "revision": plea.revision}
    answer = alice.post(f"/intake/pleas/{plea.code}/attach/", sent)
    assert Plea.objects.get().end == End.ATTACHED
    assert done(answer, case.code)
    assert "could not be assessed" in alice.get(answer["Location"]).content.decode()


def test_a_plea_that_is_taken_in(cast: Cast):
    alice = at_the_desk(cast.alice)
    plea = receive_text(cast.alice, "My aunt Gulmakai asks.", at=now())
    path = f"/intake/pleas/{plea.code}/take-in/"
    (form,) = [
        each for each in _forms(alice.get(path).content.decode(), path) if "reserved" in each.names
    ]
    answer = alice.post(path, form.values)
    assert Plea.objects.get().end == End.ATTACHED
    assert done(answer, Case.objects.get().code)


def test_answers_that_are_kept(cast: Cast):
    alice = at_the_desk(cast.alice)
    code = opened_case(cast.alice, Person(given_name="Omid"), at=now()).code
    path = f"/triage/{code}/ask/?of=family"
    page = alice.get(path)
    form = next(each for each in _forms(page.content.decode(), path) if each.choices)
    name, offered = next((name, each) for name, each in form.choices.items() if any(each))
    answer = alice.post(path, form.values | {name: next(filter(None, offered))})
    opened = case_for(cast.alice, code, Purpose.CASEWORK, at=now())
    assert opened.entries(Facts)
    assert done(answer, code)
