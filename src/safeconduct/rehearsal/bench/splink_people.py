"""Splink on a list as offices tell of people: names in Latin letters, its own training on the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from safeconduct.core.linkage import LinkRecord
from safeconduct.rehearsal.bench.splink_rival import Row, SplinkModel
from safeconduct.rehearsal.bench.transliterating import ToLatin

# The columns whose comparisons weigh how common a value is.
TERM_FREQUENCIES = ("given", "family", "father")


def splink_people_rows(records: Sequence[LinkRecord], to_latin: ToLatin) -> list[Row]:
    """What a careful office would give: names in Latin letters, days as texts, numbers without what parts them."""
    return [_row(at, record, to_latin) for at, record in enumerate(records)]


def _row(at: int, record: LinkRecord, to_latin: ToLatin) -> Row:
    given, family = record.given_name, record.family_name
    if not given and not family and record.native_name:
        given, _, family = record.native_name.rpartition(" ")
    birth = record.birth
    is_day = birth is not None and birth.earliest == birth.latest
    return {
        "unique_id": at,
        # One whose household is not known has one of their own: two unknown are not one.
        "household": record.household_id or f"alone {at}",
        "given": _latin(given, to_latin),
        "family": _latin(family, to_latin),
        "father": _latin(record.father_name, to_latin),
        "born": birth.earliest.isoformat() if birth is not None and is_day else None,
        "year": str((birth.earliest + (birth.latest - birth.earliest) / 2).year) if birth else None,
        "sex": record.sex.value if record.sex else None,
        "phone": _number(record.phones[0]) if record.phones else None,
        "passport": _number(record.passport),
        "tazkira": _number(record.tazkira),
        "province": record.province,
    }


def _latin(text: str | None, to_latin: ToLatin) -> str | None:
    return to_latin(text).strip() or None if text else None


def _number(text: str | None) -> str | None:
    return "".join(filter(str.isalnum, text)).upper() or None if text else None


def _comparisons(comparing: Any) -> list[Any]:
    names = [
        comparing.JaroWinklerAtThresholds(column, [0.92, 0.85]).configure(
            term_frequency_adjustments=True
        )
        for column in TERM_FREQUENCIES
    ]
    near = [
        comparing.DamerauLevenshteinAtThresholds(column, [1]) for column in ("passport", "tazkira")
    ]
    return [
        *names,
        comparing.DamerauLevenshteinAtThresholds("born", [1]),
        comparing.ExactMatch("year"),
        comparing.ExactMatch("sex"),
        comparing.ExactMatch("phone"),
        *near,
        comparing.ExactMatch("province"),
    ]


# The first letters of a column, on either side.
_START = "substr({{}}{},1,{})"

SPLINK_PEOPLE = SplinkModel(
    comparisons=_comparisons,
    blocks=(
        ("passport",),
        ("tazkira",),
        ("phone",),
        ("born", "sex"),
        ("given", "father"),
        (_START.format("given", 3), _START.format("family", 3)),
        (_START.format("given", 3), _START.format("father", 3)),
        (_START.format("given", 3), "year"),
        (_START.format("family", 3), "year"),
    ),
    surely=(("given", "family", "born"), ("passport",), ("tazkira",)),
    surely_recall=0.3,
    train_on=(("given", "family"), ("born",), ("passport",)),
    and_not="household",
)
