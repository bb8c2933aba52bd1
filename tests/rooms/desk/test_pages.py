"""Home, jobs and journal: who sees them, what they show, and that a look at the journal is a line of it."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings as how, strategies as st
from tests.cast import AT

from safeconduct.desk.forms import JournalChoice
from safeconduct.desk.views import LINES_ON_A_PAGE
from safeconduct.desk.ways import ROOMS
from safeconduct.jobs.actions import ask_for
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def lines(by, count: int, *, about: str = "") -> None:
    with transaction.atomic():
        for _ in range(count):
            write_line(Deed.CASE_SEEN, by=by.actor, at=AT, about=about)


def test_everybody_arrives_somewhere(cast, desk_of):
    for handle in cast.everybody():
        assert desk_of(handle).get("/").status_code == 200


def test_every_way_leads_somewhere_for_those_who_are_shown_it(cast, desk_of):
    for handle, present in cast.everybody().items():
        desk = desk_of(handle)
        page = desk.get("/").content.decode()
        for room in ROOMS:
            allowed = not room.rights or any(present.may(right) for right in room.rights)
            assert allowed == (str(room.label) in page), (handle, room)


def test_a_way_out_stands_on_every_page(desk_of):
    assert 'action="/door/out/"' in desk_of("alice").get("/").content.decode()


def test_the_journal_is_the_auditors(cast, desk_of):
    for handle in cast.everybody():
        expected = 200 if handle == "audrey" else 404
        assert desk_of(handle).get("/journal/").status_code == expected, handle


def test_the_journal_shows_its_office_alone_and_that_it_was_read(cast, desk_of):
    lines(cast.alice, 1, about="K7Q4MX2PD")
    lines(cast.charlie, 1, about="C0000000C")
    page = desk_of("audrey").get("/journal/").content.decode()
    assert "K7Q4MX2PD" in page
    assert "C0000000C" not in page
    newest = Line.objects.order_by("-number")[0]
    assert (newest.deed, newest.member) == (Deed.JOURNAL_SEEN, cast.audrey.member.code)


def test_lines_are_chosen_by_deed_and_code_as_it_is_spelt(cast, desk_of):
    lines(cast.alice, 1, about="K7Q4MX2PD")
    lines(cast.bob, 1, about="ZZZZZZZZ0")
    desk = desk_of("audrey")
    page = desk.get("/journal/", {"deed": "case seen", "about": "k7q4-mx2p-d"}).content.decode()
    assert "alice" in page
    assert "ZZZZZZZZ0" not in page
    assert (
        "There is no such line" in desk.get("/journal/", {"deed": "locked down"}).content.decode()
    )


def test_older_lines_are_on_older_pages_each_once(cast, desk_of):
    lines(cast.alice, LINES_ON_A_PAGE + 5)
    desk = desk_of("audrey")
    first = desk.get("/journal/", {"deed": "case seen"})
    older = first.context["older"]
    second = desk.get("/journal/", {"deed": "case seen", "before": older})
    seen = [line.number for page in (first, second) for line, _ in page.context["lines"]]
    offices = 2  # a line each, when they were opened
    assert sorted(seen) == list(range(1 + offices, LINES_ON_A_PAGE + 6 + offices))
    assert f"before={older}" in first.content.decode()
    assert second.context["older"] is None


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.fixed_dictionaries({}, optional={name: st.text() for name in ("deed", "about", "before")})
)
def test_whatever_is_asked_of_the_journal_is_answered(desk_of, words):
    assert desk_of("audrey").get("/journal/", words).status_code in {200, 400}


@given(st.dictionaries(st.sampled_from(["deed", "about", "before"]), st.text()))
def test_a_choice_is_understood_or_mended(words):
    choice = JournalChoice(words)
    if choice.is_valid():
        told = choice.chosen()
        assert ("deeds" in told) == bool(words.get("deed"))
        assert told["before"] is None or told["before"] >= 1
    else:
        assert set(choice.errors) <= set(words)


def test_jobs_are_shown_to_their_office_and_to_the_operator(cast, desk_of):
    ours = ask_for("test-kind", by=cast.alice.actor, at=AT).code
    theirs = ask_for("test-kind", by=cast.charlie.actor, at=AT).code
    assert ours in desk_of("bob").get("/jobs/").content.decode()
    assert theirs not in desk_of("bob").get("/jobs/").content.decode()
    everything = desk_of("otto").get("/jobs/").content.decode()
    assert ours in everything
    assert theirs in everything
    assert desk_of("audrey").get("/jobs/").status_code == 404


def test_a_job_that_waits_for_keys_says_so(cast, desk_of):
    ask_for("test-kind", by=cast.alice.actor, at=AT, needs_keys=True)
    page = desk_of("bob").get("/jobs/").content.decode()
    assert "waits for somebody to open their keys" in page
