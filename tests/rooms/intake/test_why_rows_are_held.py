"""Why rows are held is told in words: how many, what is wrong and what to do; and no list is cut short in silence."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.intake.arrivals import (
    NAMELESS,
    ROWS,
    SHEET,
    csv,
    imported,
    read,
    run_import,
)

from safeconduct.cases.models import Case
from safeconduct.config.clock import now
from safeconduct.core.errors import EntryTooLarge
from safeconduct.intake import importing, preview
from safeconduct.intake.actions import ends
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.actions.looking import preview_of_delivery
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.models import End, Plea
from safeconduct.intake.new_cases import new_case
from safeconduct.sheets.reasons import DATE_MENDS, SENTENCES

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TOTAL = "Total,,,,,,,"
NO_SUCH_DAY = "E1,Parwin Inventedyar,self,1990-02-31,,Kabul,,"
HELD = csv(*ROWS, NAMELESS, NAMELESS.replace("1990", "1991"), NO_SUCH_DAY, TOTAL)


@pytest.fixture
def alice(cast: Cast) -> Client:
    return at_the_desk(cast.alice)


def page_of(client: Client, path: str) -> str:
    return client.get(f"/intake/{path}").content.decode()


def test_each_reason_is_told_with_its_rows_and_what_to_do(cast: Cast, alice: Client):
    delivery = read(cast.alice, HELD, at=now())
    found = preview_of_delivery(cast.alice, delivery)
    assert found is not None
    bad_date = f"The calendar has no such day; {DATE_MENDS}."
    assert found.reasons == {SENTENCES["no name"]: 2, bad_date: 1, SENTENCES["total"]: 1}
    assert sum(found.reasons.values()) == len(found.held) == delivery.quarantined
    for page in (page_of(alice, f"{delivery.code}/"), after_the_import(cast, alice, delivery.code)):
        assert f"<strong>2 rows</strong>: <bdi>{SENTENCES['no name']}</bdi>" in page
        assert f"<strong>1 row</strong>: <bdi>{bad_date}</bdi>" in page


def after_the_import(cast: Cast, alice: Client, code: str) -> str:
    begin_import(cast.alice, code, at=now())
    run_import(cast.alice, at=now())
    return page_of(alice, f"{code}/")


def test_a_list_that_is_cut_says_so(cast: Cast, alice: Client, monkeypatch: pytest.MonkeyPatch):
    delivery = read(cast.alice, HELD, at=now())
    assert (
        "The first" not in page_of(alice, f"{delivery.code}/").split("Rows that would be held")[1]
    )
    monkeypatch.setattr(preview, "FIRST_HELD", 1)
    monkeypatch.setattr(preview, "FIRST_REPEATED", 1)
    cut = read(cast.alice, csv(*ROWS, *ROWS[4:] * 3, NAMELESS, NO_SUCH_DAY), at=now())
    held, repeated = (
        page_of(alice, f"{cut.code}/").split("Rows that would be held")[1].split("<details>", 1)
    )
    assert "The first 1 of 2." in held
    assert "The first 1 of 3." in repeated


def test_a_family_that_fits_into_no_case_is_held_and_counted_as_held(
    cast: Cast, alice: Client, monkeypatch: pytest.MonkeyPatch
):
    def too_large(plea, *told, **more):
        if plea.household.people[0].given_name.startswith("Zarmina"):
            raise EntryTooLarge(size=2000, limit=1024)
        return new_case(plea, *told, **more)

    monkeypatch.setattr(importing, "new_case", too_large)
    delivery = imported(cast.alice, SHEET, at=now())
    held = Plea.objects.get(end=End.QUARANTINED, why="cannot be opened")
    assert Case.objects.count() == delivery.households == 2
    assert (delivery.accepted, delivery.quarantined, delivery.repeated) == (3, 3, 1)
    assert delivery.rows == 7 == sum(each.rows for each in Plea.objects.all()) + delivery.repeated
    assert "<strong>2 rows</strong>: <bdi>What was read here" in page_of(alice, f"{delivery.code}/")
    page = page_of(alice, f"pleas/{held.code}/")
    assert "does not fit into a case by itself; open the case by hand" in page
    assert "a letter under the door" in page


def test_lists_tell_why_in_words(cast: Cast, alice: Client):
    imported(cast.alice, SHEET, at=now())
    held = Plea.objects.get(end=End.QUARANTINED)
    ends.set_aside(
        cast.alice, held.code, why="stands-in-another-row", at=AT, revision=held.revision
    )
    receive_text(cast.alice, "somebody waits at the gate", at=now())
    listed = page_of(alice, "pleas/?end=any")
    assert "it stands in another row, which has its end" in listed
    assert "stands-in-another-row" not in listed
    assert "held: not looked at" in page_of(alice, "quarantine/")
