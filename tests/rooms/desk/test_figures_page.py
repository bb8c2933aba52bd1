"""The page of figures: whole for the office, and nothing of anybody else's."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.desk.covers import cover, put

from safeconduct.cases.actions import NewCase, open_cases
from safeconduct.cases.entries import Person
from safeconduct.desk.figures.gathering import caseload_of
from safeconduct.intake.models import Plea
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.matching.models import Together

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def families(cast: Cast, many: int = 3) -> list[str]:
    new = NewCase(told=[("", Person(given_name="Zahra"))], band="urgent", province="AF01")
    return open_cases(cast.alice, [new] * many, at=AT)


def test_the_office_sees_its_families_and_where_the_work_is_stuck(cast: Cast):
    families(cast)
    page = at_the_desk(cast.alice).get("/figures/").content.decode()
    assert "3 families with an open case" in page
    assert "nobody looks after them" in page
    assert "not yet compared with the others" in page
    assert "Zahra" not in page
    line = Line.objects.get(deed=Deed.FIGURES_SEEN)
    assert (line.member, line.facts) == (cast.alice.member.code, {"covers": 3})


def test_every_stop_and_province_leads_to_a_list_that_has_as_many(cast: Cast):
    """Figures are of the office's own families, whatever others share with it."""
    families(cast)
    put(cover(cast.charlie, province="AF01", shared_with={cast.home.code: "card"}))
    client = at_the_desk(cast.alice)
    page = client.get("/figures/").content.decode()
    for way in ("whose=nobodys", "due=none", "marks=not-compared", "province=AF01"):
        link = f"/cases/?office=ours&amp;{way}"
        assert f'href="{link}"' in page
        there = client.get(link.replace("&amp;", "&")).content.decode()
        assert "3 cases, most urgent first" in there, way


def test_a_family_whose_lead_is_another_offices_case_is_counted_once(cast: Cast):
    """Everybody counts: not left out because another office opened its case first, nor twice where we have two."""
    theirs, ours, also_ours, alone = put(
        cover(cast.charlie), *(cover(cast.alice, household_size=4) for _ in range(3))
    )
    Together.objects.bulk_create(
        Together(case=code, lead=theirs) for code in (theirs, ours, also_ours)
    )
    told = caseload_of(cast.alice, at=AT)
    assert {each.code for each in told.covers} == {min(ours, also_ours), alone}
    page = at_the_desk(cast.alice).get("/figures/").content.decode()
    assert "2 families with an open case, 8 people" in page


def test_a_plea_without_an_end_is_said_to_all_and_leads_those_there_who_may_go(cast: Cast):
    Plea.objects.create(
        code="PLEA00001", office=cast.home, number=1, way="text", received_at=AT, sealed=b""
    )
    for who, way in ((cast.alice, True), (cast.dana, False)):
        client = at_the_desk(who)
        for path in ("/figures/", "/cases/"):
            page = client.get(path).content.decode()
            assert ('href="/intake/pleas/"' in page) == way, path
            assert 'href=""' not in page, path
        assert (
            "1 plea has no end that a person can see." in client.get("/figures/").content.decode()
        )


def test_another_office_counts_none_of_them(cast: Cast):
    families(cast)
    page = at_the_desk(cast.charlie).get("/figures/").content.decode()
    assert "0 families with an open case" in page
    assert "There is no open case yet." in page


def test_who_has_no_business_there_finds_nothing(cast: Cast):
    for who in (cast.audrey, cast.otto):
        assert at_the_desk(who).get("/figures/").status_code == 404


def test_a_day_that_is_none_is_the_operations_own(cast: Cast):
    client = at_the_desk(cast.alice)
    for told in ("2021-08-01", "yesterday", "", "9999-99-99"):
        assert client.get("/figures/", {"on": told}).status_code == 200
