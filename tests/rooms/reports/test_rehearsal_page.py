"""The pages of a rehearsal: their numbers are those of the records, nil stands as nil, and nobody is in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from brief_page import Element, read_page
from hypothesis import given, strategies as st
from made_up_operation import made_up_operation
from made_up_rehearsal import (
    FAMILY,
    PLEA,
    made_up_needs,
    made_up_rehearsal,
    with_luck,
    without_anything,
)
from sound_page import faults_of

from safeconduct.core.operation import Assumption, Operation
from safeconduct.rehearsal.days.ends import ENDS, NO_WAY, NOT_YET_KNOWN, WAITS
from safeconduct.rehearsal.days.needs import MAY_NOT_FLY, OUT_OF_REACH
from safeconduct.rehearsal.days.records import Closing, Rehearsal
from safeconduct.reports.rehearsal import drill_html, replay_html
from safeconduct.reports.rehearsal.luck import by_luck_alone
from safeconduct.reports.rehearsal.policies import of_bound

MADE_ON = date(2026, 11, 21)
OPERATION = made_up_operation()
pytestmark = pytest.mark.usefixtures("plain_figures")


def replayed(
    *rehearsals: Rehearsal, operation: Operation = OPERATION, made_on: date = MADE_ON
) -> Element:
    return read_page(replay_html(rehearsals, operation, made_on=made_on))


def with_outcome(code: str, **changes: object) -> Rehearsal:
    """The made-up rehearsal with one policy's outcome changed."""
    whole = made_up_rehearsal()
    outcomes = tuple(
        replace(each, **changes) if each.policy.code == code else each  # type: ignore[arg-type]
        for each in whole.outcomes
    )
    return replace(whole, outcomes=outcomes)


def rows_of(page: Element, key: str) -> list[list[str]]:
    """The rows of the table whose caption has this id."""
    for table in page.all("table"):
        if table.all("caption")[0].attributes["id"] == key:
            lines = table.all("tbody")[0].all("tr")
            return [[cell.text for cell in line.all("th", "td")] for line in lines]
    raise AssertionError(f"no table {key}")


def section_of(page: Element, key: str) -> str:
    (section,) = [each for each in page.all("section") if each.attributes["id"] == key]
    return section.text


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.fixture(scope="module")
def page(plain_figures: None) -> Element:
    return replayed(made_up_rehearsal())


def test_the_first_thing_said_is_that_everybody_is_fictional(page: Element) -> None:
    said = page.all("header")[0].text
    assert "Everybody on this page is fictional." in said
    assert "nothing is claimed of the real operation beyond those counts" in said


def test_side_by_side_are_the_records_own_numbers(page: Element) -> None:
    whole = made_up_rehearsal()
    shown = [
        each
        for code in ("fcfs", "priority", "planner-standby")
        for each in whole.outcomes
        if each.policy.code == code
    ]
    rows = {row[0]: row[1:] for row in rows_of(page, "policies-0-table")}
    assert rows["People moved"] == [*(f"{o.people_moved:,}" for o in shown), "3,845"]
    assert rows["Families moved"] == [*(f"{o.families_moved:,}" for o in shown), ""]
    assert rows["Priority moved"] == [*(f"{o.priority_moved:,.0f}" for o in shown), "21,500"]
    assert [plain(cell) for cell in rows["Share of the bound"]] == [
        *(f"{100 * o.share_of_bound:.1f} %" for o in shown),
        "100 %",
    ]
    assert rows["◆ emergency families left, of 161"] == ["118", "12", "3", ""]
    assert rows["Empty seats"] == [*(f"{o.empty_seats:,}" for o in shown), ""]


def test_what_must_be_nought_stands_as_nought_under_every_policy(page: Element) -> None:
    rows = {row[0]: row[1:] for row in rows_of(page, "policies-0-table")}
    assert rows["Families split"] == rows["Pleas without an end"] == ["0", "0", "0", ""]
    assert [row[-2:] for row in rows_of(page, "six-0-table")] == [["0", "0"]] * 6
    empty = {row[0]: row[1:] for row in rows_of(replayed(without_anything()), "policies-0-table")}
    assert empty["People moved"] == ["0", "0"]
    assert empty["Families split"] == empty["Pleas without an end"] == ["0", ""]


def test_a_broken_law_is_the_strongest_thing_on_the_page() -> None:
    page = replayed(with_outcome("priority", families_split=2, pleas_without_an_end=1))
    (alarm,) = [strong.text for strong in page.all("strong") if "fault" in strong.text]
    assert "Under priority order, 2 families were split and 1 plea had no end" in alarm
    rows = {row[0]: row[1:] for row in rows_of(page, "policies-0-table")}
    assert rows["Families split"] == ["0", "2", "0", ""]
    assert rows["Pleas without an end"] == ["0", "1", "0", ""]
    assert [row[-2:] for row in rows_of(page, "six-0-table")][2] == ["2", "1"]
    assert "fault of the program" not in replayed(made_up_rehearsal()).text


def test_all_six_policies_stand_with_and_without_standby(page: Element) -> None:
    rows = rows_of(page, "six-0-table")
    for row, outcome in zip(rows, made_up_rehearsal().outcomes, strict=True):
        assert row[0].lower() == outcome.policy.name
        assert row[1:5:2] == [f"{outcome.people_moved:,}", f"{outcome.empty_seats:,}"]
    said = plain(section_of(page, "parts"))
    assert "Standby, beside priority order: 10.9 % of the bound more , and 652 more people." in said
    assert "93 % of that lead is standby's" in said


@pytest.mark.parametrize(
    ("share", "said", "unsaid"),
    [
        (0.9561, "Priority order with the same standby does about as well: 94.8", "did better"),
        (0.94, "Priority order with the same standby did better: 94.8", "about as well"),
        (0.99, "Priority order with the same standby reaches 94.8", "about as well"),
    ],
)
def test_where_priority_order_does_as_well_the_page_says_so(
    share: float, said: str, unsaid: str
) -> None:
    answer = section_of(replayed(with_outcome("planner-standby", share_of_bound=share)), "answer")
    first = answer.partition("What moving a family counts for")[0]
    assert said in first
    assert unsaid not in first


def test_where_priority_order_left_fewer_of_the_most_urgent_the_page_says_so() -> None:
    worse = with_outcome("planner-standby", highest_band_left=6)
    said = "and it left 2 fewer emergency families behind than the planner with standby"
    assert said in section_of(replayed(worse), "answer")
    assert "fewer emergency" not in section_of(replayed(made_up_rehearsal()), "answer")


def test_where_fewer_points_were_more_people_the_page_says_so(page: Element) -> None:
    more = with_outcome("fcfs", people_moved=3_860)
    said = (
        "The most people were moved by first come, first served: by priority they count for less."
    )
    assert said in section_of(replayed(more), "answer")
    assert "The most people were moved" not in section_of(page, "answer")


def test_the_range_over_several_draws_stands_beside_the_share() -> None:
    page = replayed(with_luck(0.01, 0.02, 0.03))
    said = plain(section_of(page, "answer"))
    assert "95.6 % (95.8 to 97.6 % over 3 draws of luck), 83.9 % (83.7 to 83.9 %)" in said
    assert "does about as well" not in said, "by its one draw it would"
    assert "reaches 94.7 % on average over 3 draws of luck" in said
    assert (
        "draw by draw the planner is ahead in every draw (+2.0 % of the bound on average)" in said
    )
    rows = {row[0]: [plain(cell) for cell in row[1:]] for row in rows_of(page, "policies-0-table")}
    assert rows["The same over 3 draws of luck"] == [
        "54.9 to 55.1 %", "83.7 to 83.9 %", "95.8 to 97.6 %", "",
    ]  # fmt: skip


def test_the_draws_are_told_policy_by_policy_with_mean_least_and_most() -> None:
    whole = with_luck(0.01, -0.002, 0.016)
    rows = [[plain(cell) for cell in row] for row in rows_of(replayed(whole), "luck-0-table")]
    for row, outcome in zip(rows, whole.outcomes, strict=True):
        shares = [each.shares[outcome.policy.code] for each in whole.luck]
        people = [each.people[outcome.policy.code] for each in whole.luck]
        told = (sum(shares) / 3, min(shares), max(shares))
        assert row[1:4] == [plain(of_bound(share)) for share in told]
        assert row[4] == f"{round(sum(people) / 3):,}"
    said = plain(section_of(replayed(whole), "luck"))
    assert "3 draws of luck, of seeds 11, 12 and 13" in said
    assert "+0.8 % of the bound on average, from −0.2 % to +1.6 %" in said
    assert "both with standby +0.8 % −0.2 % +1.6 % +20" in said


def test_what_each_part_adds_is_a_mean_over_the_draws() -> None:
    said = plain(section_of(replayed(with_luck(0.03, -0.002, 0.016)), "parts"))
    assert (
        "The planner instead of priority order, both with standby: 1.5 % of the bound more , and 20 more people."
        in said
    )
    assert "seed 11. The steps above are means over 3 draws of luck." in said


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        ((0.01,) * 5, "ahead in every draw: +1.0 % "),
        ((-0.01,) * 5, "behind in every draw: −1.0 % "),
        ((0.0,) * 5, "level with it in every draw: "),
        ((0.02, 0.02, 0.02, 0.02, -0.01), "ahead in 4 of 5 draws, so that the two cannot be told"),
        ((0.02, -0.02, 0.02, -0.02, -0.01), "ahead in 2 of 5 draws, so that the two cannot be"),
        ((0.02,) * 9 + (-0.01,), "ahead in 9 of 10 draws: +1.7 % "),
    ],
)
def test_who_is_ahead_is_told_with_what_luck_alone_would_do(
    leads: tuple[float, ...], said: str
) -> None:
    assert said in plain(section_of(replayed(with_luck(*leads)), "luck"))


@pytest.mark.parametrize(
    ("won", "lost", "share"),
    [(5, 0, 2 / 32), (0, 5, 2 / 32), (4, 1, 12 / 32), (3, 0, 0.25), (2, 2, 1.0), (0, 0, 1.0)],
)
def test_a_count_is_weighed_against_a_coin(won: int, lost: int, share: float) -> None:
    assert by_luck_alone(won, lost) == pytest.approx(share)


def test_one_draw_says_that_it_cannot_tell_luck(page: Element) -> None:
    assert "One draw alone was run" in section_of(page, "luck")
    assert "draws of luck" not in section_of(page, "answer")
    one = replayed(with_luck(0.01))
    assert "One draw alone was run" in section_of(one, "luck")
    assert "draws of luck" not in section_of(one, "answer")


def test_people_moved_add_up_day_by_day(page: Element) -> None:
    rows = rows_of(page, "moved-0-table")
    for column, code in ((1, "fcfs"), (2, "priority"), (3, "planner-standby")):
        (outcome,) = [o for o in made_up_rehearsal().outcomes if o.policy.code == code]
        moved = accumulate(day.boarded_people + day.standby_people for day in outcome.days)
        assert [row[column] for row in rows] == [f"{people:,}" for people in moved]
        assert rows[-1][column] == f"{outcome.people_moved:,}"


def test_a_day_without_a_published_total_is_a_gap_and_not_a_nil(page: Element) -> None:
    counts = {each.on: each.cumulative for each in OPERATION.daily_counts}
    rows = rows_of(page, "moved-0-table")
    for row, on in zip(rows, (date(2021, 8, 13 + at) for at in range(16)), strict=True):
        total = counts.get(on)
        assert row[4] == ("not published" if total is None else f"{round(0.2 * total):,}")
    assert "not published" in {row[4] for row in rows}
    days = {row[0]: row for row in rows_of(page, "published-table")}
    assert {row[1] for row in days.values()} >= {"not published"}
    assert "0" not in {row[1] for row in days.values()}


def test_a_page_of_a_drill_is_sound() -> None:
    html = drill_html(made_up_rehearsal(), made_up_needs(), OPERATION, made_on=MADE_ON)
    assert faults_of(read_page(html)) == []


def test_a_drill_shows_no_published_counts() -> None:
    page = read_page(drill_html(made_up_rehearsal(), made_up_needs(), OPERATION, made_on=MADE_ON))
    assert "published" not in section_of(page, "moved")
    assert "nobody has lived" in page.all("header")[0].text


def test_seats_of_a_day_are_those_that_left_filled_or_empty(page: Element) -> None:
    (outcome,) = [o for o in made_up_rehearsal().outcomes if o.policy.code == "planner-standby"]
    days = [day for day in outcome.days if day.seats]
    assert [row[1:] for row in rows_of(page, "seats-0-table")] == [
        [str(day.seats), str(day.boarded_people), str(day.standby_people), str(day.empty)]
        for day in days
    ]


def test_who_was_left_stands_by_band_for_every_policy_also_where_it_is_nobody(
    page: Element,
) -> None:
    for row, outcome in zip(
        rows_of(page, "left-0-table"), made_up_rehearsal().outcomes, strict=True
    ):
        left = list(outcome.left_by_band.values())
        assert row[1:] == [*map(str, left), str(sum(left))]
        assert row[5] == "0"
    nobody = with_outcome("fcfs", left_by_band={"urgent": 1})
    assert rows_of(replayed(nobody), "left-0-table")[0][1:] == ["0", "1", "0", "0", "0", "1"]


def test_every_plea_is_in_one_end_with_its_reason(page: Element) -> None:
    whole = made_up_rehearsal()
    for row, outcome in zip(rows_of(page, "all-ends-0-table"), whole.outcomes, strict=True):
        assert row[1:] == [*(f"{n:,}" for n in outcome.ends.values()), f"{whole.pleas:,}"]
    assert [row[2] for row in rows_of(page, "ends-0-table")] == list(ENDS.values())
    assert {row[0] for row in rows_of(page, "waits-0-table")} < set(WAITS.values())


def test_the_queue_is_told_by_day(page: Element) -> None:
    days = made_up_rehearsal().outcomes[-1].days
    assert [row[3] for row in rows_of(page, "queue-0-table")] == [
        f"{day.waiting_decision:,}" for day in days
    ]
    assert "the same under every policy" in section_of(page, "queue")


def test_other_rates_of_no_shows_stand_beside_the_bound_at_that_rate(page: Element) -> None:
    rows = rows_of(page, "no-shows-0-table")
    whole = made_up_rehearsal()
    wanted = [
        [
            of_bound(run.shares[c]),
            f"{run.people[c]:,}",
            f"{run.empty_seats[c]:,}",
            f"{run.bound:,.0f}",
        ]
        for run in whole.sensitivity
        for c in ("fcfs", "priority", "planner-standby")
    ]
    assert [[plain(cell) for cell in row[2:]] for row in rows] == [
        [plain(cell) for cell in row] for row in wanted
    ]
    assert "at one rate alone" in section_of(replayed(without_anything()), "no-shows")


def test_every_assumption_stands_in_full_with_its_value_and_name(page: Element) -> None:
    whole = made_up_rehearsal()
    assert rows_of(page, "assumptions-table") == [
        [each.sentence, value, each.name]
        for each, value in zip(whole.assumptions, ("0.15", "12", "75,000"), strict=True)
    ]


def test_an_assumption_of_one_caseload_alone_is_told_with_it() -> None:
    own = Assumption(name="caseworkers", value=41, sentence="We assume 41 caseworkers.")
    one, two = made_up_rehearsal(), made_up_rehearsal(150_000)
    page = replayed(one, replace(two, assumptions=(*two.assumptions, own)))
    assert rows_of(page, "assumptions-1-table") == [[own.sentence, "41", own.name]]
    assert own not in one.assumptions
    assert len(rows_of(page, "assumptions-table")) == len(one.assumptions)


def test_seeds_versions_and_seconds_are_told(page: Element) -> None:
    said = {row[0]: row[1] for row in rows_of(page, "scenario-0-table")}
    assert (said["Seed of the caseload"], said["Seed of who comes"]) == ("7", "11")
    assert said["People in the caseload, infants too"] == "15,000"
    assert f"rulebook version {OPERATION.rulebook.version}" in section_of(page, "grounds")
    assert [row[1] for row in rows_of(page, "seconds-0-table")] == ["1.5", "4.2", "9.0"]


def test_what_is_not_known_is_said_to_be_unknown() -> None:
    falls = {each.pcode for each in OPERATION.falls[1:]}
    unknown = replace(OPERATION, falls=OPERATION.falls[1:])
    page = replayed(made_up_rehearsal(), operation=unknown)
    (row,) = [row for row in rows_of(page, "provinces-table") if row[2] == "not known"]
    (missing,) = [each.name for each in OPERATION.provinces if each.pcode not in falls]
    assert row[0] == missing
    assert "no hours on the way are known" in section_of(page, "ways")


def test_closed_ways_are_named(page: Element) -> None:
    rows = rows_of(page, "closings-table")
    assert [row[1:] for row in rows] == [
        [OPERATION.province("AF13").name, "any muster point", "the pass"],
        ["anywhere", "Kabul airport", "the gate"],
    ]


def test_a_drill_tells_first_what_it_would_need() -> None:
    needs = made_up_needs()
    page = read_page(drill_html(made_up_rehearsal(), needs, OPERATION, made_on=MADE_ON))
    sections = [each.attributes["id"] for each in page.all("section")]
    assert sections[:2] == ["needs", "answer"]
    big = [each.text for each in page.all("dd")]
    assert big == ["312", "14", "9"]
    rows = rows_of(page, "needs-table")
    assert [row[1] for row in rows] == ["312", "405", "14", "more than 640", "9"]
    assert [row[3] for row in rows] == [need.found for need in needs.all]
    assert [row[:2] for row in rows_of(page, "beyond-table")] == [
        [OUT_OF_REACH[NO_WAY], "204"],
        [MAY_NOT_FLY[NOT_YET_KNOWN], "702"],
    ]


def test_no_family_and_no_plea_is_on_a_page() -> None:
    whole = (made_up_rehearsal(),)
    html = replay_html(whole, OPERATION, made_on=MADE_ON)
    html += drill_html(whole[0], made_up_needs(), OPERATION, made_on=MADE_ON)
    assert FAMILY not in html
    assert PLEA not in html


def test_text_of_a_pack_or_scenario_is_shown_and_never_run() -> None:
    nasty = "<script>alert(1)</script> &amp; \"'"
    whole = made_up_rehearsal()
    scenario = replace(
        whole.scenario,
        closings=(Closing(on=date(2021, 8, 15), province=nasty, muster_point=nasty, why=nasty),),
    )
    assumed = (Assumption(name=nasty, value=1, sentence=nasty),)
    outcomes = tuple(
        replace(each, ends={nasty: 5}, left_by_band={nasty: 3}, waits={nasty: 1})
        for each in whole.outcomes
    )
    hostile = replace(whole, scenario=scenario, assumptions=assumed, outcomes=outcomes)
    page = replayed(hostile, operation=replace(OPERATION, name=nasty))
    assert faults_of(page) == []
    assert nasty in page.all("h1")[0].text
    assert rows_of(page, "closings-table")[0][1:] == [nasty, nasty, nasty]


def test_a_caseload_is_told_by_its_size_where_there_are_several() -> None:
    page = replayed(made_up_rehearsal(), made_up_rehearsal(150_000))
    for key in ("answer", "parts", "luck", "moved", "seats", "left", "ends", "queue", "no-shows"):
        said = section_of(page, key)
        assert "15,000 people" in said
        assert "150,000 people" in said


@given(share=st.floats(min_value=0, max_value=1, allow_nan=False))
def test_a_share_is_never_rounded_to_a_flat_nought_or_whole(share: float) -> None:
    said = plain(of_bound(share))
    assert (said == "0 %") == (share == 0)
    assert (said == "100 %") == (share == 1)
    assert said not in {"0.0 %", "100.0 %"}
