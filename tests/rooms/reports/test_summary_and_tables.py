"""The summary and the plain files beside a brief: the columns of the formats, covers only, and harmless cells."""

from __future__ import annotations

import json

from made_up_job import SECRETS, made_up_job

from safeconduct.core.main_job import MainJob
from safeconduct.reports import tables
from safeconduct.reports.summary import summary_of

PROMISED = {
    "rows_read", "rows_accepted", "rows_quarantined", "rows_repeated", "pleas", "pleas_without_an_end",
    "households", "people", "doubles_proposed", "households_seated", "people_seated", "seat_gap",
    "households_placed", "seconds", "people_placed", "seat_bound", "home_gap", "pack", "on",
    "rulebook_version",
}  # fmt: skip
READERS = {
    "accepted": (tables.ACCEPTED_COLUMNS, tables.accepted_rows),
    "quarantined": (tables.QUARANTINED_COLUMNS, tables.quarantined_rows),
    "repeated": (tables.REPEATED_COLUMNS, tables.repeated_rows),
    "doubles": (tables.DOUBLES_COLUMNS, tables.doubles_rows),
}


def test_the_summary_holds_what_was_promised_and_is_plain_json(job: MainJob) -> None:
    summary = summary_of(job)
    assert summary.keys() >= PROMISED
    assert json.loads(json.dumps(summary)) == summary


def test_the_three_counts_of_rows_add_up(job: MainJob) -> None:
    told = summary_of(job)
    parts = (told["rows_accepted"], told["rows_quarantined"], told["rows_repeated"])
    assert sum(part for part in parts if isinstance(part, int)) == told["rows_read"]


def test_seated_and_waiting_households_add_up_to_all(job: MainJob) -> None:
    told = summary_of(job)
    waiting = told["households_waiting_because"]
    assert isinstance(waiting, dict)
    assert told["households_seated"] == len(job.covers) - sum(waiting.values())


def test_an_empty_job_has_a_whole_summary() -> None:
    assert summary_of(made_up_job(0)).keys() >= PROMISED


def test_the_columns_are_those_of_the_formats() -> None:
    assert ",".join(tables.ACCEPTED_COLUMNS) == (
        "file,sheet,row,plea,household,people,province,band,priority,schemes,ask,departure,locality,reason"
    )
    assert ",".join(tables.QUARANTINED_COLUMNS) == "file,sheet,row,cell,reason"
    assert ",".join(tables.REPEATED_COLUMNS) == "file,sheet,row,same_as"
    assert (
        ",".join(tables.DOUBLES_COLUMNS[:5])
        == "household_a,household_b,probability,decision,reasons"
    )


def test_every_row_has_a_cell_for_each_column_and_nothing_of_a_person(job: MainJob) -> None:
    for columns, rows in READERS.values():
        lines = list(rows(job))
        assert lines
        assert {len(line) for line in lines} == {len(columns)}
        text = repr(lines)
        assert not any(secret in text for secret in SECRETS), "law 3"


def test_each_row_of_the_sheets_stands_in_exactly_one_file(job: MainJob) -> None:
    kinds = ("accepted", "quarantined", "repeated")
    places = [line[:3] for kind in kinds for line in READERS[kind][1](job)]
    assert len(places) == len(set(places)) == len(job.intake.rows)


def test_text_that_a_spreadsheet_would_run_is_made_harmless(job: MainJob) -> None:
    for line in tables.quarantined_rows(job):
        assert str(line[4]).startswith("'=")


def test_a_plea_without_a_household_says_that_it_has_no_end(job: MainJob) -> None:
    lost = made_up_job(10)
    object.__setattr__(lost, "covers", lost.covers[1:])
    lines = list(tables.accepted_rows(lost))
    alone = [line for line in lines if line[-1] == tables.NO_END]
    assert alone
    assert all(line[4] == "" for line in alone)
