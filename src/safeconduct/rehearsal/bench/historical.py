"""The gathered list of historical people with errors, whose true persons are known, for us and for Splink."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Sex
from safeconduct.core.linkage import LinkRecord
from safeconduct.rehearsal.bench.gathered import HISTORICAL, gathered
from safeconduct.rehearsal.bench.splink_rival import Row, SplinkModel
from safeconduct.rehearsal.bench.true_lists import TrueList, true_list

# All of the file.
RECORDS = 50_578
_COLUMNS = (
    "unique_id", "cluster", "first_name", "surname", "first_and_surname", "full_name", "dob", "birth_place",
    "postcode_fake", "gender", "occupation",
)  # fmt: skip
_SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}


def historical_rows(size: int) -> list[dict[str, Any]]:
    """The first `size` rows or a few more: the file stands in the order of its persons, and none is cut in two.

    Raises BenchInputMissing where the file is not there.
    """
    import duckdb  # noqa: PLC0415  (only this bench reads such a file)

    query = f"select {', '.join(_COLUMNS)} from read_parquet(?)"  # noqa: S608 (our own words)
    with duckdb.connect() as database:
        told = database.execute(query, [str(gathered(HISTORICAL))]).fetchall()
    rows = [dict(zip(_COLUMNS, each, strict=True)) for each in told]
    if size >= len(rows):
        return rows
    kept = {row["cluster"] for row in rows[:size]}
    return [row for row in rows if row["cluster"] in kept]


def historical_list(rows: Sequence[dict[str, Any]]) -> TrueList:
    records = [
        LinkRecord(
            person_id=row["unique_id"],
            given_name=row["first_name"],
            family_name=row["surname"],
            sex=_SEXES.get(row["gender"]),
            birth=_birth(row["dob"]),
            birth_place=row["birth_place"],
            postcode=row["postcode_fake"],
            occupation=row["occupation"],
        )
        for row in rows
    ]
    return true_list(records, {row["unique_id"]: row["cluster"] for row in rows})


def _birth(text: str | None) -> UncertainDate | None:
    if text:
        with suppress(ValueError):
            return UncertainDate.of_day(date.fromisoformat(text))
    return None


# --- for Splink ------------------------------------------------------------------------


def splink_rows(rows: Sequence[dict[str, Any]]) -> list[Row]:
    """The same for Splink."""
    left_out = {"unique_id", "cluster", "full_name", "gender"}
    told = ({key: value for key, value in row.items() if key not in left_out} for row in rows)
    return [{"unique_id": at, **row} for at, row in enumerate(told)]


def _comparisons(comparing: Any) -> list[Any]:
    exact = comparing.ExactMatch
    return [
        comparing.ForenameSurnameComparison(
            "first_name", "surname", forename_surname_concat_col_name="first_and_surname"
        ),
        comparing.DateOfBirthComparison("dob", input_is_string=True),
        comparing.PostcodeComparison("postcode_fake"),
        exact("birth_place").configure(term_frequency_adjustments=True),
        exact("occupation").configure(term_frequency_adjustments=True),
    ]


SPLINK = SplinkModel(
    comparisons=_comparisons,
    blocks=(
        ("substr(first_name,1,3)", "substr(surname,1,4)"),
        ("surname", "dob"),
        ("first_name", "dob"),
        ("postcode_fake", "first_name"),
        ("postcode_fake", "surname"),
        ("dob", "birth_place"),
        ("substr(postcode_fake,1,3)", "dob"),
        ("substr(postcode_fake,1,3)", "first_name"),
        ("substr(postcode_fake,1,3)", "surname"),
        ("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
    ),
    surely=(("first_name", "surname", "dob"), ("first_and_surname", "postcode_fake")),
    surely_recall=0.6,
    train_on=(("first_name", "surname"), ("dob",)),
)
