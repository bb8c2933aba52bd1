"""What the shipped operation says, checked against itself: whole, sourced, and honest about its gaps."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest

from safeconduct.core.facts import Source
from safeconduct.core.operation import Operation
from safeconduct.packs import available, load


@pytest.fixture(scope="module")
def operation() -> Operation:
    return load("afghanistan-2021")


def sources(operation: Operation) -> Iterator[tuple[object, Source]]:
    for table in (
        operation.schemes,
        operation.provinces,
        operation.falls,
        operation.routes,
        operation.muster_points,
        operation.reach,
        operation.daily_counts,
        operation.localities,
        operation.authorities,
        operation.estimates,
        operation.failures,
        operation.aircraft,
        operation.column_sources,
    ):
        for record in table:
            yield record, record.source


def test_it_is_found_by_its_id_in_either_spelling(operation: Operation) -> None:
    assert available() == ("afghanistan-2021",)
    assert load("afghanistan_2021").code == operation.code == "afghanistan-2021"


def test_it_has_34_provinces_with_distinct_codes_names_and_squares(operation: Operation) -> None:
    provinces = operation.provinces
    assert [each.pcode for each in provinces] == [f"AF{number:02}" for number in range(1, 35)]
    assert len({each.iso for each in provinces}) == 34
    assert all(re.fullmatch(r"AF-[A-Z]{3}", each.iso) for each in provinces)
    assert len({each.name_dari for each in provinces}) == 34
    assert len({(each.tile_row, each.tile_column) for each in provinces}) == 34


def test_the_tile_map_reads_like_the_country(operation: Operation) -> None:
    squares = {(each.tile_row, each.tile_column): each.iso[3:] for each in operation.provinces}
    drawn = [" ".join(squares.get((row, column), "...") for column in range(8)) for row in range(6)]
    assert drawn == [
        "... ... FYB JOW BAL KDZ TAK BDS",
        "... BDG SAR SAM BGL PAN NUR ...",
        "HER GHO BAM PAR KAP LAG KNR ...",
        "... FRA DAY WAR KAB NAN ... ...",
        "NIM HEL URU GHA LOG PIA KHO ...",
        "... ... KAN ZAB PKA ... ... ...",
    ]


def test_the_capital_of_kapisa_stays_unknown_rather_than_guessed(operation: Operation) -> None:
    unknown = [each.name for each in operation.provinces if each.capital_latitude is None]
    assert unknown == ["Kapisa"]
    assert [each.name for each in operation.provinces if each.population_thousands is None] == [
        "Kapisa",
        "Baghlan",
    ]


def test_every_province_fell_on_a_day_within_its_reports(operation: Operation) -> None:
    assert {fall.pcode for fall in operation.falls} == {each.pcode for each in operation.provinces}
    for fall in operation.falls:
        assert fall.earliest_reported <= fall.fell_on <= fall.latest_reported
    low = {fall.pcode for fall in operation.falls if fall.confidence == "low"}
    assert low == {fall.pcode for fall in operation.falls if not fall.source.verified}


def test_every_fact_names_its_source_or_says_that_it_is_an_assumption(operation: Operation) -> None:
    for record, source in sources(operation):
        if source.url is None:
            assert not source.verified, record
            assert source.note, record
        else:
            assert source.as_of, record


def test_its_addresses_can_never_deliver(operation: Operation) -> None:
    assert all(each.address.endswith(".invalid") for each in operation.authorities)
    assert all(not each.source.verified for each in operation.authorities)
    assert all(any(field.required for field in each.fields) for each in operation.authorities)


def test_the_schemes_hold_the_days_and_numbers_that_were_published(operation: Operation) -> None:
    acrs = operation.scheme("ACRS")
    assert (acrs.quota_people, acrs.quota_first_year) == (20_000, 5_000)
    assert (acrs.opened, acrs.closed) == (date(2022, 1, 6), date(2025, 7, 1))
    assert {each.code for each in operation.schemes if each.parent == "ARAP"} == {
        f"ARAP-{category}" for category in range(1, 5)
    }
    assert {each.code for each in operation.schemes if each.precedent} == {"VPRS", "VCRS"}
    assert "14 December 2021" in operation.scheme("ARAP-4").note
    assert not operation.scheme("BN").source.verified


def test_a_scheme_known_to_the_month_is_open_closed_or_unknown(operation: Operation) -> None:
    second = operation.scheme("ACRS-P2")
    assert (second.opened, second.opened_text) == (None, "2022-06")
    assert second.is_open(date(2022, 5, 31)) is False
    assert second.is_open(date(2022, 6, 15)) is None
    assert second.is_open(date(2022, 6, 30)) is True
    assert second.is_open(date(2025, 7, 2)) is False
    assert operation.scheme("VPRS").is_open(date(2021, 8, 15)) is None
    assert operation.scheme("LOTR").is_open(operation.starts) is True


def test_the_24_failures_are_there_with_what_kind_of_statement_each_is(
    operation: Operation,
) -> None:
    codes = [failure.code for failure in operation.failures]
    assert codes == [f"F{number:02}" for number in range(1, 25)]
    assert all(failure.status and failure.source.url for failure in operation.failures)


def test_homes_of_the_first_year_are_shared_out_to_the_last_place(operation: Operation) -> None:
    assert len(operation.localities) == 12
    assert sum(each.people for each in operation.localities) == 5_000
    assert all(not each.source.verified for each in operation.localities)
    assert all(len(each.towns) >= 10 for each in operation.localities)


def test_the_need_is_the_lower_end_of_what_was_published(operation: Operation) -> None:
    need = next(each for each in operation.estimates if each.code == operation.need)
    assert need.low == operation.assumption("need_people").value == 75_000


def test_every_province_has_hours_to_the_baron_hotel_on_every_day_until_it_closed(
    operation: Operation,
) -> None:
    for province in operation.provinces:
        for day in range(13, 28):
            on = date(2021, 8, day)
            ways = [
                each.hours
                for each in operation.reach
                if (each.province, each.muster_point) == (province.pcode, "BARON")
                and (each.from_date is None or each.from_date <= on)
                and (each.to_date is None or on <= each.to_date)
            ]
            assert len(ways) == 1, (province.name, on)
    assert not any(each.source.verified for each in operation.reach)


def test_crossing_kabul_takes_36_hours_from_the_day_after_it_fell(operation: Operation) -> None:
    kabul = [
        (each.hours, each.from_date, each.to_date)
        for each in operation.reach
        if (each.province, each.muster_point) == ("AF01", "BARON")
    ]
    assert kabul == [
        (2.0, None, date(2021, 8, 15)),
        (36.0, date(2021, 8, 16), date(2021, 8, 27)),
    ]


def test_loading_it_loads_no_heavy_engine() -> None:
    program = (
        "from safeconduct.packs import load; load('afghanistan-2021')\n"
        "import sys; print(*sorted({'highspy', 'duckdb', 'altair', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == ""
