"""Reading the published figures: estimates.csv, failures.csv, aircraft.csv, and sources.csv for whole columns."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from safeconduct.core.errors import NumberOutOfRange
from safeconduct.core.operation import Aircraft, ColumnSource, Estimate, Failure
from safeconduct.packs.reading import read_csv
from safeconduct.packs.sources import SOURCE_COLUMNS, Codes, source_of

_ESTIMATE = ("code", "group", "as_of", "low", "high", "stated_by", *SOURCE_COLUMNS)
_FAILURE = ("code", "when", "failure", "measured", "status", *SOURCE_COLUMNS)
_AIRCRAFT = ("aircraft", "measure", "people", *SOURCE_COLUMNS)
_COLUMN = ("file", "column", *SOURCE_COLUMNS)


def estimates_of(file: Path | Traversable) -> tuple[Estimate, ...]:
    """Published estimates of the need, or of those left behind; one end may be unknown."""
    codes, estimates = Codes(), []
    required = ("code", "group", "as_of", "stated_by")
    for row in read_csv(file, _ESTIMATE, required=required, of="an estimate"):
        low, high = row.whole("low", least=0), row.whole("high", least=0)
        if low is not None and high is not None and high < low:
            row["high"].refuse(NumberOutOfRange, field="high", found=high, range=f"{low} or more")
        estimates.append(
            Estimate(
                code=codes.take(row["code"]),
                group=row["group"].text(),
                as_of=row["as_of"].text(),
                low=low,
                high=high,
                stated_by=row["stated_by"].text(),
                source=source_of(row),
            )
        )
    return tuple(estimates)


def failures_of(file: Path | Traversable) -> tuple[Failure, ...]:
    """What went wrong, and what kind of statement says so: a witness's estimate is not a finding."""
    codes = Codes()
    return tuple(
        Failure(
            code=codes.take(row["code"]),
            when=row["when"].text(),
            failure=row["failure"].text(),
            measured=row.text("measured"),
            status=row["status"].text(),
            source=source_of(row),
        )
        for row in read_csv(
            file, _FAILURE, required=("code", "when", "failure", "status"), of="a failure"
        )
    )


def aircraft_of(file: Path | Traversable) -> tuple[Aircraft, ...]:
    """How many people aircraft take, measure by measure."""
    return tuple(
        Aircraft(
            aircraft=row["aircraft"].text(),
            measure=row["measure"].text(),
            people=row["people"].whole(least=1),
            source=source_of(row),
        )
        for row in read_csv(
            file, _AIRCRAFT, required=("aircraft", "measure", "people"), of="an aircraft"
        )
    )


def column_sources_of(file: Path | Traversable) -> tuple[ColumnSource, ...]:
    """Sources of whole columns, where they differ from the source of the row."""
    return tuple(
        ColumnSource(file=row["file"].text(), column=row["column"].text(), source=source_of(row))
        for row in read_csv(file, _COLUMN, required=("file", "column"), of="a column's source")
    )
