"""The levels as a model of Splink, the same for every engine, and the columns it reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from safeconduct.core.linkage.blocking import Columns
from safeconduct.core.linkage.levels import ELSE, Field, Level, condition_in
from safeconduct.core.linkage.marks import marks_of
from safeconduct.core.linkage.people import UNKNOWN, Numbers, People
from safeconduct.core.linkage.ragged import Ragged
from safeconduct.core.linkage.slips import area_of, near

_EPOCH = 719_163


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs as positions (a < b), what found them, and what each field says of each, in bits (0 where unknown)."""

    a: Numbers
    b: Numbers
    found_by: Numbers
    bits: Mapping[str, np.ndarray[Any, np.dtype[np.float64]]]

    def __len__(self) -> int:
        return len(self.a)

    def only(self, keep: np.ndarray[Any, np.dtype[np.bool_]]) -> Compared:
        """The pairs that are kept."""
        bits = {name: said[keep] for name, said in self.bits.items()}
        return Compared(a=self.a[keep], b=self.b[keep], found_by=self.found_by[keep], bits=bits)


def settings_of(fields: Sequence[Field], prior: float, dialect: str) -> dict[str, Any]:
    """The settings of Splink for these fields; `prior`: the probability that two records of the list are one."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior,
        # Pairs come from our own families (core/linkage/families): Splink asks for one rule and never runs it.
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": "l.unique_id = r.unique_id", "sql_dialect": dialect}
        ],
        "comparisons": [_comparison(field, dialect) for field in fields],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "sql_dialect": dialect,
    }


def _comparison(field: Field, dialect: str) -> dict[str, Any]:
    unknown = {
        "sql_condition": field.unknown,
        "label_for_charts": "unknown",
        "is_null_level": True,
    }
    return {
        "output_column_name": field.name,
        "comparison_levels": [unknown, *(_level(level, dialect) for level in field.levels)],
    }


def _level(level: Level, dialect: str) -> dict[str, Any]:
    return {
        "sql_condition": level.when if level.when == ELSE else condition_in(dialect, level.when),
        "label_for_charts": level.name,
        "m_probability": level.share,
        "u_probability": level.by_chance,
    }


def columns_of(people: People, name_bits: Numbers, father_bits: Numbers) -> Columns:
    """Everybody as the columns of numbers that the model reads, UNKNOWN where nothing is told."""
    exact = (people.earliest != UNKNOWN) & (people.earliest == people.latest)
    days = (np.where(exact, people.earliest, _EPOCH) - _EPOCH).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    parts = {
        "birth_day": (days - months).astype(np.int64) + 1,
        "birth_month": months.astype(np.int64) % 12 + 1,
        "birth_year": months.astype(np.int64) // 12 + 1970,
    }
    return {
        "unique_id": np.arange(len(people), dtype=np.int64),
        "name_bits": name_bits,
        "father_bits": father_bits,
        "sex": people.sex,
        "earliest": people.earliest,
        "latest": people.latest,
        **{name: np.where(exact, part, UNKNOWN) for name, part in parts.items()},
        "passport": _marks(people.passports, people.passport),
        "tazkira": _marks(people.tazkiras, people.tazkira),
        "plain_tazkira": people.plain_tazkira.astype(np.int64),
        "other_id": _marks(people.other_ids, people.other_id),
        "province": people.province,
        "birth_place": people.birth_place,
        "birth_place_rarity": _rarity(people.birth_place),
        "postcode": _marks(people.postcodes, people.postcode),
        "postcode_area": _marks([area_of(code) for code in people.postcodes], people.postcode),
        "occupation": people.occupation,
        "occupation_rarity": _rarity(people.occupation),
    }


def lists_of(people: People) -> dict[str, Ragged]:
    """The columns that hold lists of numbers, empty where unknown."""
    return {
        "phones": people.phones,
        "address": people.address,
        "passport_near": near(people.passports).take(people.passport),
        "tazkira_near": near(people.tazkiras).take(people.tazkira),
        "other_id_near": near(people.other_ids).take(people.other_id),
        "postcode_near": near(people.postcodes, shortest=5).take(people.postcode),
    }


def fields_in(
    columns: Columns, lists: Mapping[str, Ragged], fields: Sequence[Field]
) -> list[Field]:
    """The fields of which at least two people tell something: the others could say nothing. The names always stay."""
    return [
        field
        for field in fields
        if field is fields[0] or _told(field.unknown.split("_l is null")[0], columns, lists)
    ]


def _told(column: str, columns: Columns, lists: Mapping[str, Ragged]) -> bool:
    if column in lists:
        return int((lists[column].lengths > 0).sum()) > 1
    return int((columns[column] != UNKNOWN).sum()) > 1


def _rarity(column: Numbers) -> Numbers:
    """How rare what each one tells is in the list: log2 of people to one that tells it, in whole bits."""
    _, which, times = np.unique(column, return_inverse=True, return_counts=True)
    rarity = np.floor(np.log2(max(len(column), 1) / times[which])).astype(np.int64)
    return np.where(column == UNKNOWN, UNKNOWN, rarity)


def _marks(texts: Sequence[str], column: Numbers) -> Numbers:
    marks: Numbers = np.append(marks_of(texts), UNKNOWN)[column]
    return marks
