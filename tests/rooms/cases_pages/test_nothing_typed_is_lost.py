"""What was typed stays: when it wants mending, when two members write, when a form is sent twice."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import QueryDict
from django.utils.html import escape
from hypothesis import given, strategies as st
from tests.rooms.cases_pages.conftest import WITHOUT_A_FORM
from tests.rooms.everyform import forms_at

from safeconduct.cases import actions
from safeconduct.cases.entries import Caller, Note, Person, SafeContact, Threat
from safeconduct.cases.forms import FORMS
from safeconduct.cases.models import Case
from safeconduct.cases.views.meeting import meet, with_picks
from safeconduct.core.dates import UncertainDate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def standing(pages, who: str, path: str, *fields: str) -> dict[str, object]:
    """What a form of the page would send if nothing were typed."""
    url = pages.url(path)
    form = next(each for each in forms_at(pages.clients[who], url) if set(fields) <= each.names)
    return {name: value for name, value in form.values.items() if value != [""]}


def test_a_date_that_is_none_is_said_and_everything_typed_stands_there(pages):
    told = {
        "given_name": "Zarghuna",
        "birth": "the year of the flood",
        "phones": "0799 000 222\nask",
    }
    answer = pages.post("alice", "add/person/", told)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "could not be read as a date" in page
    for text in told.values():
        assert escape(text) in page


def test_saving_a_form_as_it_stands_changes_nothing(pages):
    """Dates told uncertainly, numbers, choices: shown and sent back, each means what it meant."""
    before = {kept.code: kept.says for kept in pages.opened().everything()}
    for kind, code in pages.entries.items():
        if kind not in WITHOUT_A_FORM:
            told = standing(pages, "alice", f"entry/{code}/", "expected")
            answer = pages.post("alice", f"entry/{code}/", told)
            assert answer.status_code == 302, (kind, answer.context["form"].errors)
    after = {kept.code: kept.says for kept in pages.opened().everything()}
    assessed = pages.entries["assessed"]  # the rules speak again, whatever is saved
    assert after | {assessed: None} == before | {assessed: None}


def test_a_date_known_as_an_interval_survives_a_change_of_another_field(pages):
    between = UncertainDate.of_age(34, on=pages.at.date())
    code = actions.add_entry(pages.opened(), Person(birth=between), at=pages.at)
    told = standing(pages, "alice", f"entry/{code}/", "birth") | {"given_name": "Zarghuna"}
    pages.post("alice", f"entry/{code}/", told)
    now = pages.opened().entry(code, Person).says
    assert (now.given_name, now.birth) == ("Zarghuna", between)


def test_a_form_sent_twice_saves_once(pages):
    told = standing(pages, "alice", "add/note/", "words") | {"words": "Called; no answer."}
    for _ in range(2):
        assert pages.post("alice", "add/note/", told).status_code == 302
    notes = [kept.says.words for kept in pages.opened().entries(Note)]
    assert notes.count("Called; no answer.") == 1


def test_a_form_sent_again_with_another_text_asks_and_then_saves_both(pages):
    told = standing(pages, "alice", "add/note/", "words")
    pages.post("alice", "add/note/", told | {"words": "one"})
    answer = pages.post("alice", "add/note/", told | {"words": "two"})
    page = answer.content.decode()
    assert "SC798" in page
    assert ">two</textarea>" in page.replace("\n", "")
    fresh = re.search(r'name="reserved" value="(\w+)"', page)
    assert fresh
    pages.post("alice", "add/note/", {"words": "two", "reserved": fresh[1]})
    assert {"one", "two"} <= {kept.says.words for kept in pages.opened().entries(Note)}


def test_a_call_sent_twice_opens_one_case(pages):
    told = standing(pages, "alice", "/cases/new/", "caller_name") | {"caller_name": "Ahmad"}
    first = pages.post("alice", "/cases/new/", told)
    assert pages.post("alice", "/cases/new/", told).url == first.url
    assert Case.objects.count() == 2


def test_a_call_becomes_a_case_with_everybody_counted(pages):
    told = standing(pages, "alice", "/cases/new/", "caller_name") | {
        "caller_name": "Ahmad",
        "caller_phones": "07700 900123",
        "told_size": "8",
        "threat": "Men asked for her.",
        "voicemail": "no",
        "person-0-given_name": "Maryam",
        "person-0-relation": "principal",
        "person-2-birth": "8 months",
    }
    answer = pages.post("alice", "/cases/new/", told)
    pages.code = answer.url.split("/")[2]
    opened = pages.opened()
    assert opened.cover.household_size == 8
    assert len(opened.persons) == 2
    assert opened.entries(SafeContact)[0].says.voicemail is False
    assert opened.entries(Threat)[0].says.words == "Men asked for her."
    assert opened.entries(Caller)[0].says.phones == ("07700 900123",)


def test_more_lines_for_people_keep_what_was_typed_and_open_nothing(pages):
    told = standing(pages, "alice", "/cases/new/", "caller_name") | {
        "caller_name": "Ahmad",
        "person-3-given_name": "Omid",
        "more": "yes",
    }
    page = pages.post("alice", "/cases/new/", told).content.decode()
    assert 'name="person-7-given_name"' in page
    assert 'value="Omid"' in page
    assert 'value="Ahmad"' in page
    assert Case.objects.count() == 1


# --- two members ------------------------------------------------------------------------------------


def test_two_members_change_one_note_and_both_texts_stand_there(pages):
    path = f"entry/{pages.entries['note']}/"
    mine = standing(pages, "alice", path, "words")
    pages.post(
        "carol", path, standing(pages, "carol", path, "words") | {"words": "what Carol heard"}
    )
    answer = pages.post("alice", path, mine | {"words": "what Alice heard"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "what Carol heard" in page
    assert page.count("what Alice heard") == 2  # beside Carol's, and in the field
    assert pages.opened().entry(pages.entries["note"], Note).says.words == "what Carol heard"
    fresh = re.search(r'name="expected" value="(\d+)"', page)
    assert fresh
    both = {"words": "what both heard", "expected": fresh[1]}
    assert pages.post("alice", path, both).status_code == 302
    assert pages.opened().entry(pages.entries["note"], Note).says.words == "what both heard"


def test_the_colleagues_text_can_be_picked(pages):
    path = f"entry/{pages.entries['note']}/"
    pages.post("carol", path, standing(pages, "carol", path, "words") | {"words": "Carol's"})
    picked = {"words": "Alice's", "expected": "2", "pick-words": "theirs"}
    assert pages.post("alice", path, picked).status_code == 302
    assert pages.opened().entry(pages.entries["note"], Note).says.words == "Carol's"


def test_changes_to_different_fields_fit_together(pages):
    path = f"entry/{pages.entries['person']}/"
    mine = standing(pages, "alice", path, "given_name") | {"passport": "P01234567"}
    pages.post(
        "carol", path, standing(pages, "carol", path, "given_name") | {"nationality": "Afghan"}
    )
    page = pages.post("alice", path, mine).content.decode()
    assert 'value="P01234567"' in page
    assert 'value="Afghan"' in page
    assert "pick-" not in page


def test_what_was_typed_over_a_removed_entry_can_be_saved_as_its_own(pages):
    path = f"entry/{pages.entries['note']}/"
    mine = standing(pages, "alice", path, "words") | {"words": "what Alice heard"}
    pages.post("carol", f"{path}remove/", {"expected": "1", "why": "a slip"})
    answer = pages.post("alice", path, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "what Alice heard" in page
    assert f'action="/cases/{pages.code}/add/note/"' in page


def test_two_members_change_the_cover_and_nobody_is_overwritten(pages):
    mine = standing(pages, "alice", "cover/", "state")
    theirs = standing(pages, "carol", "cover/", "state")
    assert pages.post("carol", "cover/", theirs | {"state": "settled"}).status_code == 302
    answer = pages.post("alice", "cover/", mine | {"state": "closed"})
    assert answer.status_code == 409
    assert Case.objects.get(code=pages.code).state == "settled"
    assert "settled" in answer.content.decode()


def test_a_band_is_not_set_by_hand(pages):
    """Another band than the rulebook's needs a reason, a second person and a day: triage:override."""
    mine = standing(pages, "alice", "cover/", "state")
    assert pages.post("alice", "cover/", mine | {"band": "routine"}).status_code == 302
    assert Case.objects.get(code=pages.code).band != "routine"


_TEXTS = st.none() | st.sampled_from(["one", "two", "three"])


@given(
    base=st.tuples(_TEXTS, _TEXTS), theirs=st.tuples(_TEXTS, _TEXTS), mine=st.tuples(_TEXTS, _TEXTS)
)
def test_in_a_meeting_every_text_that_anybody_wrote_is_kept_or_shown(base, theirs, mine):
    def caller(told):
        return Caller(name=told[0], town=told[1])

    form = FORMS["caller"](on=date(2021, 8, 15))
    met = meet(form, base=caller(base), theirs=caller(theirs), mine=caller(mine), names={})
    clashing = {clash.name for clash in met.clashes}
    for name, was, their, my in zip(("name", "town"), base, theirs, mine, strict=True):
        if their not in {was, my} and my != was:
            assert name in clashing
        else:
            assert name not in clashing
            assert met.values[name] == (their if my == was else my)
        if name in clashing:
            assert met.values[name] == my  # mine in the field, theirs beside it


def test_a_pick_puts_every_kind_of_value_back():
    theirs = Person(given_name="M", birth=UncertainDate.of_year(1990), phones=("1", "2"))
    data = QueryDict("pick-birth=theirs&pick-phones=theirs&birth=x&phones=y&given_name=mine")
    picked = with_picks(data, FORMS["person"], theirs)
    assert (picked["birth"], picked["phones"], picked["given_name"]) == ("1990", "1\n2", "mine")
