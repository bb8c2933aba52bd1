"""Whatever was told is shown as text: never as markup, and it cannot turn or hide what stands around it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template import Context, Template
from hypothesis import given, strategies as st

from safeconduct.cases import actions
from safeconduct.cases.entries import KINDS, Caller, Note, Person, Talk
from safeconduct.cases.forms import FORMS
from safeconduct.cases.forms.signs import is_hidden, shown, without_hidden
from safeconduct.cases.templatetags.told import in_groups
from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.people.models import Office

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

EVIL = "\u202e<script>alert('x')</script>\u2066\"'&\u200b"
# Fields of text that hold a choice, a code or a day.
NO_TEXT = frozenset(
    "sex relation extent outcome person given_on direction caller way on next_on".split()
)
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
ON = date(2021, 8, 15)


def evil_entries(pages) -> list[tuple[str, str]]:
    """An entry of every kind with the evil text in every field that holds any text; their kinds and codes."""
    codes = []
    for kept in pages.opened().everything():
        if kept.says.kind in {"document", "handover", "hold"}:
            continue
        told = kept.says.to_json()
        evil: dict[str, object] = {
            name: EVIL
            for name, value in told.items()
            if (isinstance(value, str) and name not in NO_TEXT)
            or (
                value is None
                and name
                in {"words", "father_name", "district", "by", "never_say", "phone_shared_with"}
            )
        }
        evil |= {
            name: [EVIL]
            for name in ("phones", "words", "reasons", "asks", "origins")
            if isinstance(told.get(name), list)
        }
        evil |= {
            name: {EVIL: EVIL} for name in ("facts", "outcomes") if isinstance(told.get(name), dict)
        }
        says = KINDS[kept.says.kind].from_json(told | evil)
        add = actions.record_talk if isinstance(says, Talk) else actions.add_entry
        codes.append((says.kind, add(pages.opened(), says, at=pages.at)))
    return codes


def is_harmless(page: str) -> None:
    assert "<script" not in page.lower()
    assert "alert('x')" not in page  # the apostrophes are escaped wherever it stands
    assert not TURNING.search(page)


def test_stored_markup_and_turning_signs_are_text_on_every_page(pages):
    codes = evil_entries(pages)
    assert len(codes) > 10
    is_harmless(pages.get("alice").content.decode())
    caller = next(code for kind, code in codes if kind == "caller")
    for path in ("caller/", f"caller/{pages.entries['caller']}/", f"caller/{caller}/", "add/talk/"):
        is_harmless(pages.get("alice", path).content.decode())
    for kind, code in codes:
        history = pages.get("alice", f"entry/{code}/history/")
        assert history.status_code == 200
        is_harmless(history.content.decode())
        if kind in FORMS:
            remove = pages.get("alice", f"entry/{code}/remove/")
            assert remove.status_code == 200
            is_harmless(remove.content.decode())


def test_markup_stays_text_in_the_fields_of_every_form(pages):
    codes = [code for kind, code in evil_entries(pages) if kind in FORMS]
    assert len(codes) > 9
    for code in codes:
        answer = pages.get("alice", f"entry/{code}/")
        assert answer.status_code == 200
        assert "<script" not in answer.content.decode()


def test_markup_in_what_wants_mending_and_in_a_meeting_stays_text(pages):
    answer = pages.post("alice", "add/person/", {"given_name": EVIL, "birth": EVIL, "sex": EVIL})
    assert "<script" not in answer.content.decode()
    path = f"entry/{pages.entries['note']}/"
    pages.post("carol", path, {"words": EVIL, "expected": "1"})
    answer = pages.post("alice", path, {"words": EVIL + "2", "expected": "1"})
    assert answer.status_code == 409
    is_harmless(answer.content.decode())


def test_the_names_of_offices_and_titles_of_documents_are_text(pages):
    Office.objects.filter(code=pages.cast.other.code).update(name=EVIL[:60])
    actions.title_document(
        pages.opened(),
        pages.entries["document"],
        title=EVIL,
        person=None,
        expected_revision=1,
        at=pages.at,
    )
    for path in ("", "share/", f"document/{pages.entries['document']}/"):
        is_harmless(pages.get("carol", path).content.decode())


def test_hidden_signs_in_what_is_typed_are_taken_out_and_said(pages):
    told = {"given_name": "Mar\u202eyam", "native_name": "می\u200cخواهم"}
    answer = pages.clients["alice"].post(pages.url("add/person/"), told, follow=True)
    assert "signs that nobody sees were taken out" in answer.content.decode()
    added = pages.opened().persons[-1].says
    assert added.given_name == "Maryam"
    assert added.native_name == "می\u200cخواهم"  # the non-joiner belongs to the word


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_text_without_hidden_signs_has_none_and_stays_so(text):
    bare = without_hidden(text)
    assert not any(is_hidden(sign) for sign in bare)
    assert without_hidden(bare) == bare
    assert shown(bare) == bare


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_shown_escaped_and_kept_apart(text):
    page = Template("{% load told %}{{ text|told }}{{ text|words }}{{ text|telephone }}").render(
        Context({"text": text})
    )
    assert not TURNING.search(page)
    bare = re.sub(r"</?(bdi|p|span|a)( [a-z]+=\"[^\"<>]*\")*>", "", page)
    assert "<" not in bare
    assert ">" not in bare


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_every_text_field_says_what_it_keeps(text):
    """A form is wrong, or what it tells can be written down."""
    for kind, told in (
        ("note", {"words": text}),
        ("person", {"given_name": text, "phones": text, "birth": text}),
        ("caller", {"name": text, "email": text}),
    ):
        form = FORMS[kind](told, on=ON)
        if form.is_valid():
            assert form.told().to_bytes()
        else:
            assert form.errors


def test_unknown_is_a_value_of_every_optional_field():
    form = FORMS["person"]({"given_name": "unknown", "birth": "نامعلوم", "passport": "-"}, on=ON)
    assert form.is_valid()
    assert form.told() == Person()
    form = FORMS["caller"]({"name": "Ahmad", "email": "n/a"}, on=ON)
    assert form.is_valid()
    assert form.told() == Caller(name="Ahmad")


@pytest.mark.parametrize(
    ("typed", "shows"),
    [
        ("1366", "1366, Solar Hijri"),
        ("24 Asad 1370", "15 August 1991 (24 Asad 1370)"),
        ("March 1990", "March 1990"),
        ("1990", "1990"),
        ("Asad 1370", "Asad 1370"),
        ("34", "between 16 August 1986 and 15 August 1987"),
    ],
)
def test_a_date_is_typed_as_it_was_heard_and_shown_as_it_is_known(typed: str, shows: str):
    form = FORMS["person"]({"birth": typed}, on=ON)
    assert form.is_valid(), form.errors
    page = Template("{% load told %}{{ born|heard }}").render(Context({"born": form.told().birth}))
    assert page == shows


def test_a_note_keeps_its_lines():
    form = FORMS["note"]({"words": "one\r\ntwo\r\n\r\nthree"}, on=ON)
    assert form.is_valid()
    assert form.told() == Note(words="one\ntwo\n\nthree")


@given(st.dates(), st.dates(), st.sampled_from(list(Precision)))
def test_every_date_can_be_shown(one, other, precision):
    told = UncertainDate(min(one, other), max(one, other), precision)
    page = "{% load told %}{{ told|heard }}, {{ told|age:on }}, {{ told.earliest|day }}"
    assert Template(page).render(Context({"told": told, "on": ON}))


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        ("+93799000111", "+93 799 000 111"),
        ("+447700900123", "+44 7700 900 123"),
        ("+49301234567", "+49 301 234 567"),
        ("+1", "+1"),
    ],
)
def test_a_telephone_number_is_shown_as_it_is_read_out(number, spoken):
    assert in_groups(number) == spoken
    assert spoken.replace(" ", "") == number


def test_what_is_about_nobody_in_particular_is_about_the_whole_household(pages):
    page = pages.get("alice", f"entry/{pages.entries['consent']}/withdraw/").content.decode()
    assert "the whole household" in page
    assert "Withdrawn on</dt>" not in page  # nobody withdrew it yet
