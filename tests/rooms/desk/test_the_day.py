"""Where a member arrives: what waits for them, counted, and nothing of what does not concern them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, at_the_desk

from safeconduct.cases.actions.opening import open_case
from safeconduct.core.codes import spelt
from safeconduct.desk.day import waiting_for
from safeconduct.desk.ways import ways_from
from safeconduct.intake.models import Plea
from safeconduct.jobs.actions import ask_for
from safeconduct.jobs.models import Job
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.matching.models import Possible
from safeconduct.people.access import CaseOutline
from safeconduct.people.actions import ask_for_access, leave
from safeconduct.triage.models import Override

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def told(present) -> list[str]:
    return [each.words for each in waiting_for(present, at=AT)]


def test_what_is_due_stands_first_and_nobodys_cases_are_seen(cast):
    open_case(cast.alice, at=AT, next_due=AT.date())
    open_case(cast.alice, at=AT)
    open_case(cast.alice, at=AT, owned=False)
    assert told(cast.alice) == [
        "1 case of yours is due",
        "Nobody looks after 1 case",
        "You look after 2 cases",
    ]
    assert told(cast.bob) == ["Nobody looks after 1 case"]
    assert told(cast.charlie) == []


def test_the_cases_of_who_left_are_nobodys(cast):
    code = open_case(cast.alice, at=AT).code
    leave(cast.carol, member=cast.alice.member.code, at=AT)
    assert told(cast.bob) == ["Nobody looks after 1 case"]
    page = at_the_desk(cast.bob).get("/cases/?whose=nobodys").content.decode()
    assert f"/cases/{code}/" in page


def test_an_approver_is_told_what_waits_for_a_second_pair_of_eyes(cast):
    case = open_case(cast.alice, at=AT).code
    outline = CaseOutline(case, cast.home.code, cast.alice.member.code)
    ask_for_access(cast.bob, outline, reason="the family asked for me", at=AT)
    assert told(cast.dana) == ["1 colleague asks for access to a case"]


@pytest.mark.parametrize("who", ["audrey", "otto"])
def test_who_opens_no_case_is_told_of_none(cast, who):
    open_case(cast.alice, at=AT, owned=False)
    assert told(getattr(cast, who)) == []


def test_the_page_shows_it_with_the_way_there(cast):
    open_case(cast.alice, at=AT)
    page = at_the_desk(cast.alice).get("/").content.decode()
    assert '<a href="/cases/?whose=mine">You look after 1 case</a>' in page


# --- the whole day ------------------------------------------------------------------------------------


def test_a_plea_without_an_end_stands_on_every_desk_of_its_office_and_first(cast):
    Plea.objects.create(
        code="PLEA00001", office=cast.home, number=1, way="text", received_at=AT, sealed=b""
    )
    open_case(cast.alice, at=AT, next_due=AT.date())
    for handle in ("alice", "bob", "carol", "dana"):
        assert told(getattr(cast, handle))[0] == "1 plea has no end yet", handle
    for handle in ("charlie", "audrey", "otto"):
        assert told(getattr(cast, handle)) == [], handle
    page = at_the_desk(cast.dana).get("/").content.decode()
    assert "1 plea has no end yet" in page
    assert "/intake/" not in page


def test_every_plea_with_its_end_is_said(cast):
    assert "Every plea has its end." in at_the_desk(cast.alice).get("/").content.decode()
    assert "Every plea has its end." not in at_the_desk(cast.audrey).get("/").content.decode()


def test_the_most_urgent_of_ones_own_cases_are_named_by_code(cast):
    mine = [open_case(cast.alice, at=AT, next_due=AT.date() + timedelta(days=n)) for n in range(4)]
    bobs = open_case(cast.bob, at=AT, next_due=AT.date())
    page = at_the_desk(cast.alice).get("/").content.decode()
    assert [spelt(each.code) in page for each in mine] == [True, True, True, False]
    assert spelt(bobs.code) not in page
    shown = Line.objects.latest("number")
    assert (shown.deed, shown.facts) == (Deed.COVERS_SEEN, {"covers": 3})


def test_a_new_office_is_shown_three_ways_to_begin_and_then_no_more(cast):
    for handle in ("alice", "carol"):
        page = at_the_desk(getattr(cast, handle)).get("/").content.decode()
        for link in ("/intake/upload/", "/cases/new/", "/intake/text/"):
            assert f'<a href="{link}">' in page, (handle, link)
    assert "Three ways to begin" not in at_the_desk(cast.dana).get("/").content.decode()
    open_case(cast.bob, at=AT)
    assert "Three ways to begin" not in at_the_desk(cast.alice).get("/").content.decode()


def test_a_possible_double_an_agreed_band_and_a_job_given_up_are_lines(cast):
    one, two = sorted(open_case(cast.alice, at=AT).code for _ in range(2))
    Possible.objects.create(
        code="P1", office=cast.home, case_a_id=one, case_b_id=two, decision="review",
        probability=0.5, weight=1.0, among=5, found_at=AT, model="m",
    )  # fmt: skip
    Override.objects.create(
        code="V1", case=one, office=cast.home, band="urgent", until=AT.date(), sealed_reason=b"",
        asked_by=cast.alice.member, asked_at=AT, voucher=b"", voucher_generation=1,
    )  # fmt: skip
    job = ask_for("test-kind", by=cast.alice.actor, at=AT)
    Job.objects.filter(code=job.code).update(given_up_at=AT)
    lines = ["1 possible double waits to be judged", "1 job was given up"]
    assert [line for line in told(cast.alice) if line in lines] == lines
    assert "1 other band waits for a second person" in told(cast.bob)
    assert "1 other band waits for a second person" not in told(cast.alice)
    assert told(cast.charlie) == []


# --- the ways -----------------------------------------------------------------------------------------


def test_what_is_rare_stands_under_more_for_those_alone_who_have_many_ways(cast):
    ways = ways_from("/", cast.carol)
    assert {"/exports/", "/office/", "/jobs/"} <= {way.url for way in ways if way.rare}
    assert {"/", "/cases/", "/search/", "/lock-down/"} <= {way.url for way in ways if not way.rare}
    for few in (cast.audrey, cast.otto):
        assert not any(way.rare for way in ways_from("/", few))
    page = at_the_desk(cast.carol).get("/jobs/").content.decode()
    assert '<details class="more" open>' in page


def test_what_nobody_looks_after_is_there_to_be_begun_with(cast):
    one = open_case(cast.carol, band="urgent", owned=False, at=AT).code
    open_case(cast.carol, band="routine", at=AT)
    page = at_the_desk(cast.alice).get("/").content.decode()
    assert "The most urgent that nobody looks after" in page
    assert f"/cases/{one}/" in page
    assert f"/cases/{one}/" not in at_the_desk(cast.charlie).get("/").content.decode()
