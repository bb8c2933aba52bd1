"""The page of figures: whole for the office, and nothing of anybody else's."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, at_the_desk

from safeconduct.cases.actions import NewCase, open_cases
from safeconduct.cases.entries import Person
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

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


def test_every_stop_leads_to_a_list_that_has_as_many(cast: Cast):
    families(cast)
    client = at_the_desk(cast.alice)
    for way in ("whose=nobodys", "due=none", "marks=not-compared"):
        assert f"/cases/?{way}" in client.get("/figures/").content.decode()
        assert "3 cases, most urgent first" in client.get(f"/cases/?{way}").content.decode()


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
