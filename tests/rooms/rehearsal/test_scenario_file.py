"""A drill's scenario as a file: what it tells is read, what it leaves out stays open, the rest is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from safeconduct.core import errors
from safeconduct.core.errors import Refused
from safeconduct.core.operation import Operation
from safeconduct.packs import load
from safeconduct.rehearsal.days.scenario_file import FIELDS, Drill, read_scenario, starts_of

HARBOUR = Path(__file__).parents[3] / "docs" / "examples" / "harbour-2031"
MAY = [date(2031, 5, day) for day in range(1, 32)]


@pytest.fixture(scope="module")
def harbour() -> Operation:
    return load(HARBOUR)


@pytest.fixture
def read(tmp_path: Path, harbour: Operation):
    """Read a text as a scenario of the harbour, over ten days from 3 May unless it says otherwise."""

    def reading(text: str, *, days: int | None = 10, operation: Operation = harbour) -> Drill:
        (tmp_path / "month.yaml").write_text(text, encoding="utf-8")
        return read_scenario(tmp_path / "month.yaml", operation, days=days)

    return reading


def test_day_one_is_the_day_on_which_the_drill_begins(read, harbour: Operation):
    """The harbour's one scheme opens on 3 May, and a drill that is told no first day begins then."""
    assert starts_of(Drill(), harbour) == MAY[2]
    assert read("seats: [7]").seats_on == {MAY[2]: 7}
    assert read("starts: 2031-05-20\narrivals: {2: 1}").arrivals == {MAY[20]: 1.0}


def test_what_is_left_out_stays_open(read):
    assert read("days: 10", days=None) == Drill(days=10)
    assert read("seats:\ncaseworkers:\nclosings:\n") == Drill(days=10)


def test_every_field_is_read(read):
    drill = read("""
starts: 2031-05-03
days: 5
seats: [10, 0, 20]
seats_per_departure: 12
muster_point: the quay
schemes: [FERRY]
closings:
  - {on: 2, province: H2, why: a flood}
  - {on: 2031-04-30, province: all, muster_point: the quay}
arrivals: {1: 3, 2031-05-04: 1.5}
caseworkers: 2
decisions_each_day: 7.5
no_show: 0.25
standby_shows: 0.5
standby_per_seat: 0.1
known_ahead_days: 0
list_closes_hours: 6
""")
    assert (drill.starts, drill.days, drill.muster_point) == (MAY[2], 10, "the quay")
    assert drill.seats_each_day == 0
    assert drill.seats_on == {MAY[2]: 10, MAY[3]: 0, MAY[4]: 20}
    assert drill.schemes == ("FERRY",)
    first, second = drill.closings
    assert (first.on, first.province, first.muster_point, first.why) == (
        MAY[3],
        "H2",
        None,
        "a flood",
    )
    assert (second.on, second.province) == (date(2031, 4, 30), None)
    assert drill.arrivals == {MAY[2]: 3.0, MAY[3]: 1.5}
    assert (drill.caseworkers, drill.decisions_each_day, drill.seats_per_departure) == (2, 7.5, 12)
    assert (drill.no_show, drill.standby_shows, drill.standby_per_seat) == (0.25, 0.5, 0.1)
    assert (drill.known_ahead_days, drill.list_closes_hours) == (0, 6)


def test_days_of_the_command_line_count_before_those_of_the_file(read):
    assert read("days: 3", days=8).days == 8
    assert read("days: 3", days=None).days == 3


@pytest.mark.parametrize(
    ("seats", "each_day", "on"),
    [
        ("40", 40, {}),
        ("[40]", 0, {MAY[2]: 40}),
        ("{each_day: 40, 3: 0}", 40, {MAY[4]: 0}),
        ("{2031-05-04: 7}", 0, {MAY[3]: 7}),
    ],
)
def test_seats_are_told_for_every_day_for_the_first_days_or_by_day(read, seats, each_day, on):
    drill = read(f"seats: {seats}")
    assert (drill.seats_each_day, drill.seats_on) == (each_day, on)


def test_seats_may_be_open_to_all(read):
    assert read("schemes: all").schemes == ()


REFUSED = [
    ("seat: 40", errors.UnknownField, "line 1: 'seat' is not a field of a scenario. Did you mean 'seats'?"),
    ("seats: {eachday: 4}", errors.UnknownField, "Did you mean 'each_day'?"),
    ("arrivals: {each_day: 4}", errors.UnknownField, "Write a day as 2031-05-07"),
    ("seats: many", errors.NotANumber, "seats: 'many' is not a whole number"),
    ("seats: 0", errors.NumberOutOfRange, "seats is 0"),
    ("seats: [0, 0]", errors.NumberOutOfRange, "1 or more on some day"),
    ("seats: {3: -1}", errors.NumberOutOfRange, "line 1"),
    ("seats: [1,1,1,1,1,1,1,1,1,1,1]", errors.MoreDaysThanDrill, "lists 11 days, and the drill has 10"),
    ("arrivals:\n  11: 4", errors.DayOutsideDrill, "line 2: arrivals: '11' is not a day of this drill"),
    ("arrivals: {0: 4}", errors.DayOutsideDrill, "from 2031-05-03 to 2031-05-12"),
    ("arrivals: {2031-05-13: 4}", errors.DayOutsideDrill, "from 1 to 10"),
    ("arrivals: {2031-05-32: 4}", errors.NotADate, "arrivals: '2031-05-32' is not a date"),
    ("arrivals: {2: 4, 2031-05-04: 4}", errors.RepeatedCode, "day '2031-05-04' is used already on line 1"),
    ("arrivals: {2: 0}", errors.NumberOutOfRange, "above 0 on some day"),
    ("arrivals: {2: -1}", errors.NumberOutOfRange, "0 to 1e+09"),
    ("no_show: 15", errors.NumberOutOfRange, "no_show is 15, which is outside 0 to 1"),
    ("no_show: 15%", errors.NotANumber, "Write it as 15"),
    ("caseworkers: 1.5", errors.NotANumber, "not a whole number"),
    ("schemes: [FERY]", errors.UnknownReference, "Did you mean 'FERRY'?"),
    ("closings: [{on: 2}]", errors.MissingField, "a closing needs 'province'"),
    ("closings: [{on: 2, province: H3}]", errors.UnknownReference, "'H3' is not in provinces.csv"),
    ("closings: [{on: 12, province: H1}]", errors.DayOutsideDrill, "on: '12'"),
    ("closings: [{on: 2, province: H1, until: 3}]", errors.UnknownField, "not a field of a closing"),
    ("closings: {on: 2}", errors.WrongShape, "closings should be a list"),
    ("starts: 31-05-01", errors.NotADate, "starts: '31-05-01' is not a date"),
    ("starts: 9999-12-31", errors.NumberOutOfRange, "outside the years 1950 to 2950"),
    ("- seats", errors.WrongShape, "the file should be a set of"),
    ("seats: *all", errors.AliasInPack, "in full"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "error", "says"), REFUSED, ids=[each[0] for each in REFUSED])
def test_what_cannot_be_meant_is_refused_with_its_line(read, text, error, says):
    with pytest.raises(error) as refused:
        read(text)
    assert "month.yaml, line " in str(refused.value)
    assert says in str(refused.value)


def test_a_scenario_without_days_is_asked_for_them(read):
    with pytest.raises(errors.MissingField, match="a scenario needs 'days'"):
        read("seats: 4", days=None)


def test_a_muster_point_is_one_of_the_pack_where_it_has_some(read, operation: Operation):
    assert read("muster_point: BARON", operation=operation).muster_point == "BARON"
    with pytest.raises(errors.UnknownReference, match="Did you mean 'BARON'"):
        read("muster_point: BARRON", operation=operation)


@given(
    st.dictionaries(
        st.sampled_from([*FIELDS, "each_day"]),
        st.one_of(
            st.integers(-5, 400).map(str),
            st.sampled_from(["", "all", "x", "[1, 2]", "{1: 2}", "[{on: 1, province: all}]", "2031-05-02", "1e9"]),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_scenario_is_read_or_refused_in_words(tmp_path_factory, harbour, fields):
    file = tmp_path_factory.mktemp("any") / "month.yaml"
    file.write_text("\n".join(f"{name}: {value}" for name, value in fields.items()) + "\n# end\n")
    with suppress(Refused):
        drill = read_scenario(file, harbour, days=None)
        assert drill.days is not None
        last = (drill.starts or harbour.starts).toordinal() + drill.days - 1
        assert all(day.toordinal() <= last for day in (*drill.seats_on, *drill.arrivals))
