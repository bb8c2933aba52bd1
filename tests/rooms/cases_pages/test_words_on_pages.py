"""Headings, schemes, answers and days on the pages of a case: in words, whole phrases by kind."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.rooms.cases_pages.conftest import Pages

from safeconduct.cases import actions
from safeconduct.cases.entries import KINDS
from safeconduct.cases.forms import FORMS
from safeconduct.cases.subject import subject_record
from safeconduct.cases.views import headings
from safeconduct.cases.wording import answer_in_words, province_named, scheme_named

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ISO = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def heading(page) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page.content.decode())
    assert found
    return found[1]


def test_every_kind_has_its_phrases():
    changed = set(FORMS) - {"hold"}
    assert set(headings.HISTORY) == set(KINDS)
    assert set(headings.CHANGE) == set(headings.REMOVE) == set(headings.MEETING) == changed
    assert set(headings.ADD) == changed - {"document"}


def test_the_pages_of_an_entry_say_what_they_are_for(pages: Pages):
    threat = pages.entries["threat"]
    assert heading(pages.get("alice", "add/person/")) == "Add a person"
    assert heading(pages.get("alice", f"entry/{threat}/")) == "Change a threat"
    assert heading(pages.get("alice", f"entry/{threat}/remove/")) == "Remove this threat?"
    assert heading(pages.get("alice", f"entry/{threat}/history/")) == "History of a threat"


def test_schemes_and_answers_are_told_in_words(pages: Pages):
    for path in ("", f"entry/{pages.entries['facts']}/history/"):
        page = pages.get("alice", path).content.decode()
        assert "Work in Afghanistan since 2001" in page
        assert "a teacher" in page
        assert "occupation" not in re.sub("<[^>]*>", "", page)
    for path in ("", f"entry/{pages.entries['decision']}/history/"):
        page = pages.get("alice", path).content.decode()
        assert "Afghan Relocations and Assistance Policy (ARAP)" in page


def test_codes_that_the_operation_does_not_know_stand_as_they_are():
    assert scheme_named("OF-TOMORROW") == "OF-TOMORROW"
    assert province_named("ZZ99") == "ZZ99"
    assert answer_in_words("of_tomorrow", "yes") == ("of_tomorrow", "yes")
    assert answer_in_words("occupation", "teacher|unheard")[1] == "a teacher, unheard"


def test_the_familys_record_tells_days_and_codes_in_words(pages: Pages):
    opened = pages.opened()
    consent = pages.entries["consent"]
    actions.withdraw_consent(
        opened,
        consent,
        withdrawn_on=date(2021, 8, 15),
        told_by="Maryam",
        expected_revision=1,
        at=pages.at,
    )
    told = [value or "" for _, rows in subject_record(pages.opened()) for _, value in rows]
    assert not [value for value in told if ISO.search(value)]
    assert "14 August 2021 (23 Asad 1400)" in told
    assert "1366, Solar Hijri" in told
    assert "Afghan Relocations and Assistance Policy (ARAP)" in told
    assert any(value.startswith("Kabul") for value in told)
