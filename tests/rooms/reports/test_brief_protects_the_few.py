"""What the brief tells of the few: nothing that counts them, and nothing from which they can be had."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from brief_page import Element, read_page
from hypothesis import given, settings, strategies as st
from made_up_job import made_up_job

from safeconduct.core.disclosure import NOT_TOLD, protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.rows import Noticed
from safeconduct.core.rulebook.rules import Band
from safeconduct.reports.brief import brief_html, homes, seats
from safeconduct.reports.brief.counting import by_count, by_two, nearly, parts_of, told_columns
from safeconduct.reports.brief.waiting import waiting_in

MADE_ON = date(2021, 8, 21)
FEW = {1, 2, 3, 4}
pytestmark = pytest.mark.usefixtures("plain_figures")


def _read(job: MainJob, *, listed: int = 25) -> Element:
    return read_page(brief_html(job, made_on=MADE_ON, listed=listed))


def _with_seats(job: MainJob, count: int) -> MainJob:
    """The same caseload with so many households seated, and nobody placed."""
    seats_for = {each.household_id for each in job.covers[:count]}
    covers = tuple(
        replace(
            c,
            departure="D21" if c.household_id in seats_for else None,
            seat_why="placed" if c.household_id in seats_for else "full",
            locality=None,
            home_why="no capacity",
        )
        for c in job.covers
    )
    seated = sum(cover.size for cover in covers if cover.departure)
    return replace(job, covers=covers, seats=replace(job.seats, seated_people=seated))


@given(people=st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_days_are_told_together_until_none_tells_of_the_few(people: list[int]) -> None:
    first = date(2021, 8, 13)
    days = [
        seats.Stretch(first=on, last=on, departures=1, seats=12, people=count)
        for at, count in enumerate(people)
        for on in (first + timedelta(days=at),)
    ]
    told = seats.told_together(days)
    assert sum(each.people for each in told) == sum(people), "nobody is lost"
    assert sum(each.seats for each in told) == 12 * len(people)
    assert [each.first for each in told[1:]] == [
        each.last + timedelta(days=1) for each in told[:-1]
    ]
    if sum(people) not in FEW:
        assert not any(each.people in FEW for each in told)


@given(people=st.lists(st.integers(0, 14), min_size=1, max_size=12))
def test_places_are_told_together_until_none_tells_of_the_few(people: list[int]) -> None:
    offers = [
        homes.Offer(name=f"Place {at}", can_take=14, placed=count, homes=2, large=None)
        for at, count in enumerate(people)
    ]
    told = homes.told_together(offers)
    assert sum(each.placed for each in told) == sum(people)
    assert sum(each.can_take for each in told) == 14 * len(people)
    assert sum(each.homes or 0 for each in told) == 2 * len(people)
    if sum(people) not in FEW:
        assert not any(each.placed in FEW for each in told)


@pytest.mark.parametrize("seated", [1, 2, 3, 4])
def test_a_few_households_with_a_seat_cannot_be_had_from_the_many_who_wait(seated: int) -> None:
    job = _with_seats(made_up_job(80, seed=7), seated)
    page = _read(job)
    assert "<5 with a seat proposed" in " ".join(
        f"{each.all('dd')[0].text} {each.all('dt')[0].text}"
        for each in page.all("div")
        if each.all("dt")
    )
    assert not re.search(rf"\b{80 - seated}\b", page.text), "the complement of the few"
    assert "Nearly all of the 80 households wait for a seat." in page.text


@pytest.mark.parametrize("waiting", [1, 2, 3, 4])
def test_a_few_who_wait_cannot_be_had_from_the_many_with_a_seat(waiting: int) -> None:
    job = _with_seats(made_up_job(80, seed=7), 80 - waiting)
    page = _read(job)
    assert not re.search(rf"\b{80 - waiting}\b", page.text)
    assert "Nearly all households have a seat proposed" in page.text
    assert "Fewer than 5 households wait for a seat." in page.text


@settings(max_examples=30, deadline=None)
@given(households=st.integers(1, 40), seated=st.integers(0, 40), seed=st.integers(0, 999))
def test_the_emergencies_that_wait_are_never_counted_out_when_few(
    households: int, seated: int, seed: int
) -> None:
    job = _with_seats(made_up_job(households, seed=seed), seated)
    told = waiting_in(job, Band.EMERGENCY)
    count = sum(c.departure is None and c.assessment.band is Band.EMERGENCY for c in job.covers)
    assert told in {"fewer than 5", "5 or more", "some", str(count)}
    assert told not in {"1", "2", "3", "4"}


def test_the_offices_copy_says_that_it_is_one(page: Element) -> None:
    assert "For the office that holds the cases" in page.all("header")[0].text
    assert "for the office that holds the cases" in page.all("style")[0].text, (
        "on each printed page"
    )


def test_a_copy_that_goes_further_names_no_file_sheet_owner_or_household() -> None:
    job = made_up_job(120)
    noticed = (Noticed(file="Family of A.xlsx", sheet="Their story", sentence="A note."),)
    held = tuple(
        replace(each, owner="A named member", file="Family of A.xlsx") for each in job.held
    )
    job = replace(job, held=held, intake=replace(job.intake, noticed=noticed))
    ours, further = _read(job).text, _read(job, listed=0).text
    for private in ("Family of A.xlsx", "A named member"):
        assert private in ours
        assert private not in further
    assert "Their story" not in further
    assert "A copy that may go further" in further


def test_a_small_caseload_is_said_to_be_one() -> None:
    assert "This caseload is small" in _read(made_up_job(24)).text
    assert "This caseload is small" not in _read(made_up_job(25)).text


def test_a_copy_of_a_small_caseload_that_goes_further_tells_nothing_of_it() -> None:
    job = made_up_job(7)
    page = _read(job, listed=0)
    ids = {section.attributes["id"] for section in page.all("section")}
    assert ids == {"quota", "provinces", "carried", "grounds"}
    assert "tells nothing of the caseload" in page.text
    assert "household." not in page.text
    (where,) = [t for t in page.all("table") if "households of this caseload" in t.text]
    assert {row.all("td")[3].text for row in where.all("tbody")[0].all("tr")} == {"0"}


def test_a_part_is_not_had_from_a_count_that_is_told_beside_it() -> None:
    told = parts_of({"tie": 3, "full": 20}, others=((11, 34),))
    assert [told["tie"].text, told["full"].text] == ["<5", "5 or more"], "34 and 11 are told"
    kept = parts_of({"full": 31}, others=((3, 34),))
    assert kept["full"].value is None, "3 of 34 are not"


def test_of_a_handful_neither_part_is_told() -> None:
    """Of six, "fewer than 5" with a home and "nearly all" without one would be one and five."""
    assert {nearly(count, 6) for count in (1, 2, 3, 4, 5)} == {"some"}
    assert (nearly(0, 6), nearly(6, 6)) == ("0", "6")
    assert (nearly(3, 80), nearly(77, 80), nearly(40, 80)) == ("fewer than 5", "nearly all", "40")


def test_names_beside_hidden_counts_stand_in_no_order_of_those() -> None:
    one = by_count(protect({"b": 1, "a": 5, "c": 60, "d": 70}))
    other = by_count(protect({"b": 5, "a": 1, "c": 60, "d": 70}))
    assert one == other == ["d", "c", "a", "b"]


def test_a_table_that_tells_its_rows_alone_has_no_columns() -> None:
    pairs = [("x", "u"), ("x", "v"), *[("y", "v")] * 5, *[("y", "w")] * 9, *[("z", "w")] * 30]
    table = by_two(pairs, columns=["u", "v", "w"])
    assert told_columns(table) == ()
    assert {str(table.rows[name]) for name in "xy"} == {"<5", "5 or more"}


def _held_as(job: MainJob, *kinds: str) -> MainJob:
    held = tuple(
        replace(each, kind=kind) for each, kind in zip(job.held[: len(kinds)], kinds, strict=True)
    )
    return replace(job, held=held)


def test_of_rows_held_for_as_many_reasons_as_there_are_rows_no_reason_is_listed() -> None:
    """Five held rows and five reasons would be one row for each."""
    job = made_up_job(120)
    few = _held_as(job, "no name", "bad date", "hidden row", "members unclear", "hidden sheet")
    for listed in (0, 25):
        assert "Held rows by what is wrong" not in _read(few, listed=listed).text
    many = _held_as(job, *["no name"] * 6, "bad date", *["hidden row"] * 7)
    assert "Held rows by what is wrong" in _read(many).text


def test_no_count_by_place_is_had_from_the_households_that_are_told() -> None:
    job = made_up_job(6)
    kabul = tuple(replace(c, province="AF23" if at else "AF13") for at, c in enumerate(job.covers))
    page = _read(replace(job, covers=kabul))
    (where,) = [t for t in page.all("table") if "households of this caseload" in t.text]
    told = {row.all("td")[3].text for row in where.all("tbody")[0].all("tr")}
    assert told == {NOT_TOLD}, "five and one would be told by their words beside six"
