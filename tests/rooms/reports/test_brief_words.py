"""What the brief says: the most urgent first, a reason beside every outcome, and the few protected."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from brief_page import Element, read_page
from hypothesis import given, settings, strategies as st
from made_up_job import made_up_job

from safeconduct.core.allocation.plan import Plan
from safeconduct.core.facts import Source
from safeconduct.core.main_job import MainJob
from safeconduct.core.rows import Noticed
from safeconduct.core.rulebook.rules import Band
from safeconduct.reports.brief import brief_html
from safeconduct.reports.brief.actions import actions, asks_that_matter
from safeconduct.reports.brief.departures import departures_in_words
from safeconduct.reports.brief.doubles import by_ground
from safeconduct.reports.brief.provinces import days_to_show
from safeconduct.reports.brief.quota import number_range
from safeconduct.reports.brief.seats import distance_in_words
from safeconduct.reports.brief.whys import nearest_change
from safeconduct.reports.pages import css_text
from safeconduct.reports.wording import short_day

MADE_ON = date(2021, 8, 21)
pytestmark = pytest.mark.usefixtures("plain_figures")
# Columns that count households, people or rows of the caseload by small group.
BANDS = ("◆ emergency", "▲ urgent", "● priority", "○ routine", "? not assessed")
SMALL_GROUPS = {*BANDS, "All", "Households", "Rows", "Filled", "Placed"} | {
    *("Yes", "Unknown", "No", "Very likely the same", "May be the same")
}


def _read(job: MainJob) -> Element:
    return read_page(brief_html(job, made_on=MADE_ON))


def test_a_plea_without_an_end_stands_first_and_strong() -> None:
    page = _read(made_up_job(unended=2))
    first = page.all("ol")[0].all("li")[0]
    assert first.names == ["alarm"]
    assert first.all("h3")[0].text == "2 pleas have no end"
    assert "No plea is without an end." not in page.text


def test_without_one_the_emergencies_that_wait_stand_first(page: Element) -> None:
    first = page.all("ol")[0].all("li")[0]
    assert "emergency households wait for a seat" in first.text
    assert "No plea is without an end." in page.text


def test_an_emergency_comes_before_everything_that_can_wait(job: MainJob) -> None:
    links = [action.link for action in actions(job)]
    assert links == ["waiting", "quarantine", "", "doubles", "seats"]


def test_the_questions_come_with_their_words_and_most_households_first(job: MainJob) -> None:
    asks = asks_that_matter(job)
    counts = [count for _, count in asks]
    assert counts == sorted(counts, reverse=True)
    assert all(ask.settles for ask, _ in asks)
    text = _read(job).all("ol")[0].text
    assert asks[0][0].question in text


def test_a_question_is_not_asked_for_those_who_have_a_seat(job: MainJob) -> None:
    seated = replace(job, covers=tuple(replace(c, departure="D21") for c in job.covers))
    assert asks_that_matter(seated) == []


def test_every_household_listed_has_a_reason_and_what_would_change_it(page: Element) -> None:
    (entries,) = [ol for ol in page.all("ol") if "entries" in ol.names]
    listed = entries.all("li")
    codes = [code for entry in listed for code in re.findall(r"H-\d{5}", entry.all("p")[0].text)]
    assert len(codes) == len(set(codes)) == 25
    assert len(listed) < 25, "those who wait for one reason are told it once"
    for entry in listed:
        assert re.match(r"[◆▲] (emergency|urgent) H-\d{5} · \d+ (person|people)", entry.text)
        assert len(entry.text) > 60
    bands = ["emergency" in entry.all("p")[0].text for entry in listed]
    assert bands == sorted(bands, reverse=True), "emergencies stand before the urgent"


def test_the_list_of_households_can_be_left_out_of_a_copy_that_goes_further(job: MainJob) -> None:
    html = brief_html(job, made_on=MADE_ON, listed=0)
    assert "entries" not in [name for ol in read_page(html).all("ol") for name in ol.names]
    assert not any(cover.household_id in html for cover in job.covers)


def test_a_wait_for_want_of_an_answer_is_changed_by_the_answer(job: MainJob) -> None:
    waiting = next(
        c
        for c in job.covers
        if c.seat_why == "no scheme" and any(ask.settles for ask in c.assessment.missing)
    )
    ask = next(ask for ask in waiting.assessment.missing if ask.settles)
    assert nearest_change(waiting) == f"Ask: {ask.question}"
    knowing = replace(waiting, assessment=replace(waiting.assessment, missing=()))
    assert nearest_change(replace(knowing, seat_why="full")).startswith("A seat more")


def test_what_a_reason_asks_already_is_not_asked_twice(job: MainJob) -> None:
    waiting = next(c for c in job.covers if any(ask.settles for ask in c.assessment.missing))
    ask = next(ask for ask in waiting.assessment.missing if ask.settles)
    asked = replace(waiting, seat_reason=f"No scheme is certain. Ask first: {ask.question}")
    assert nearest_change(asked) == ""


@settings(max_examples=25, deadline=None)
@given(households=st.integers(1, 60), seed=st.integers(0, 10_000))
def test_a_count_of_one_to_four_is_never_told(households: int, seed: int) -> None:
    page = _read(made_up_job(households, seed=seed))
    checked = 0
    for table in page.all("table"):
        headings = [heading.text for heading in table.all("thead")[0].all("th")]
        for row in table.all("tbody", "tfoot"):
            for line in row.all("tr"):
                for heading, cell in zip(headings, line.all("th", "td"), strict=True):
                    if heading in SMALL_GROUPS:
                        checked += 1
                        assert cell.text not in {"1", "2", "3", "4"}, heading
    assert checked > 40
    told = " ".join(p.text for p in page.all("p", "li", "h3"))
    assert not re.search(r"\((fewer than )?[1-4]\)", told)
    assert not re.search(r"(?<![\d.,–-])[1-4] (pairs?|more in|of them|household in)", told)


def test_bars_do_not_tell_what_the_table_keeps_back() -> None:
    job = made_up_job(40, seed=3)
    page = _read(job)
    for drawing in page.all("svg"):
        words = {text.text for text in drawing.all("text")}
        assert not any(re.match(r"[1-4] of \d", word) for word in words)


@pytest.mark.parametrize(
    ("objective", "bound", "words"),
    [
        (10.0, 10.0, "By points of priority, no plan could be better than this one."),
        (
            1000.0,
            1003.0,
            "By points of priority, no plan could be more than 0.3\u00a0% better than this one.",
        ),
        (0.0, 5.0, "How far this plan is from the best possible is not known."),
        (0.0, 0.0, "There was nothing to give out."),
    ],
)
def test_the_distance_from_the_best_is_told_in_words(
    objective: float, bound: float, words: str
) -> None:
    plan = Plan(
        rows=(),
        objective=objective,
        bound=bound,
        seated_people=0,
        empty=0,
        status="best found in the time",
        seconds=0.1,
    )
    assert distance_in_words(plan) == words


def test_a_day_without_a_count_is_a_gap_and_not_a_zero(page: Element) -> None:
    (table,) = [t for t in page.all("table") if "By then" in t.text]
    gaps = [row for row in table.all("tr") if "not published" in row.text]
    assert len(gaps) == 8
    assert all("0" not in row.all("td")[0].text for row in gaps)


def test_the_quota_stands_beside_the_need_with_years_to_clear(page: Element) -> None:
    (section,) = [s for s in page.all("section") if s.attributes.get("id") == "quota"]
    assert "75,000 to 150,000 people" in section.text
    assert "15 to 30 years" in section.text
    assert "about 2,800 people a year" in section.text


def test_the_quota_and_the_years_are_told_on_the_first_screen(page: Element) -> None:
    header = page.all("header")[0].text
    assert "75,000 to 150,000 people asked for help" in header
    assert "15 to 30 years at that pace" in header


def test_a_reason_names_a_departure_by_its_day() -> None:
    made = made_up_job(30).departures[0]
    on = made.departs_at
    one, other = replace(made, departure_id="2021-08-26-07"), replace(made, departure_id="D-1")
    alone = departures_in_words("Nearest was 2021-08-26-07: places", [one])
    assert alone == f"Nearest was the {short_day(on.date())} departure: places"
    both = departures_in_words("2021-08-26-07, or 1 more seat on D-1.", [one, other])
    assert both == (
        f"departure\u00a07 of {short_day(on.date())}, or 1 more seat on D-1 ({short_day(on.date())})."
    )
    plain = replace(made, departure_id="8")
    assert departures_in_words("8 more seats on 8", [plain]) == "8 more seats on 8"


def test_what_is_not_alike_is_no_ground_for_a_double(job: MainJob) -> None:
    reasons = ("1 person in each may be the same", "names differ", "father's names agree")
    doubles = tuple(replace(pair, reasons=reasons) for pair in job.doubles)
    assert list(by_ground(replace(job, doubles=doubles)).cells) == ["father's names agree"]


def test_people_whom_the_rules_forgot_are_counted(page: Element) -> None:
    (section,) = [s for s in page.all("section") if s.attributes.get("id") == "forgotten"]
    assert "Teachers of English" in section.text
    assert "Drivers and guards through contractors † not verified" in section.text


def test_the_maps_show_the_first_the_last_and_the_fullest_days(job: MainJob) -> None:
    days = days_to_show(job.operation.falls)
    assert [day.isoformat() for day in days] == [
        "2021-08-06", "2021-08-08", "2021-08-13", "2021-08-14", "2021-08-15", "2021-09-06",
    ]  # fmt: skip


def test_unknown_ends_of_an_estimate_are_told_as_unknown() -> None:
    assert number_range(None, 620) == "up to 620"
    assert number_range(800, None) == "800 or more"
    assert number_range(311, 311) == "311"


def test_every_assumption_is_told(job: MainJob, page: Element) -> None:
    for assumption in job.operation.assumptions.values():
        assert assumption.sentence in page.text


def test_nobody_waiting_is_said_in_words(job: MainJob) -> None:
    covers = tuple(replace(c, departure="D21", seat_why="placed") for c in job.covers)
    assert (
        "Nobody waits: every household has a seat proposed."
        in _read(replace(job, covers=covers)).text
    )


def test_a_band_without_anybody_waiting_is_no_action(job: MainJob) -> None:
    calm = tuple(
        replace(c, assessment=replace(c.assessment, band=Band.ROUTINE)) for c in job.covers
    )
    assert all(a.link != "waiting" for a in actions(replace(job, covers=calm)))


def test_words_from_a_sheet_or_a_pack_cannot_become_markup() -> None:
    job = made_up_job(40)
    nasty = "<script>alert(1)</script>\"'}</style>"
    bad_link = Source(url="javascript:alert(1)")
    schemes = tuple(replace(scheme, source=bad_link) for scheme in job.operation.schemes)
    noticed = (Noticed(file=nasty, sheet=nasty, sentence=nasty),)
    job = replace(
        job,
        operation=replace(job.operation, name=nasty, schemes=schemes),
        intake=replace(job.intake, noticed=noticed),
        covers=tuple(replace(c, seat_why=nasty, seat_reason=nasty) for c in job.covers),
    )
    html = brief_html(job, made_on=MADE_ON)
    page = read_page(html)
    assert page.all("script") == []
    assert "javascript:" not in "".join(a.attributes.get("href", "") for a in page.all("a"))
    assert page.all("h1")[0].text == nasty
    assert "<" not in css_text(nasty)
