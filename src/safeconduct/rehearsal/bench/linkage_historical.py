"""The bench of 50,578 records of historical people, with errors, beside Splink on the data that its manual uses."""

from __future__ import annotations

from safeconduct.rehearsal.bench.historical import (
    RECORDS,
    SPLINK,
    historical_list,
    historical_rows,
    splink_rows,
)
from safeconduct.rehearsal.bench.records import Bench, Contest
from safeconduct.rehearsal.bench.true_contests import COLUMNS, HIGHER, NOTES, ours_on, splink_on


def contest(size: int, _seed: int) -> Contest:
    """The first `size` records, no person cut in two; or all."""
    rows = historical_rows(size)
    told = historical_list(rows)
    ours = ours_on(told)
    baselines, not_run = splink_on(lambda: [splink_rows(rows)], SPLINK, told)
    return Contest(size=len(rows), ours=ours, baselines=baselines, not_run=not_run)


BENCH = Bench(
    name="linkage-historical",
    what="historical people with errors, ten records to each",
    unit="records",
    sizes=(RECORDS,),
    small=(400,),
    contest=contest,
    higher_is_better=HIGHER,
    columns=COLUMNS,
    notes=(
        "Real names of historical people; errors, postcodes and some days of birth were made by the data's makers.",
        "Ours is `find_pairs` as it ships. Splink has a model written after its manual's own for this data.",
        *NOTES,
    ),
    is_gathered=True,
)
