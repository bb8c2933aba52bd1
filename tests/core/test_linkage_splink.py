"""Splink and DuckDB, as they are pinned, run our model over every field, in memory alone.

Kept because of two troubles that others had with this pair: errors inside DuckDB that came and went from run to run
(Splink's issue 3151), and memory for the whole list however few its pairs (its pull request 3229).
"""

from __future__ import annotations

import duckdb
import numpy as np
import pytest

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Sex
from safeconduct.core.linkage.blocking import Candidates, Columns
from safeconduct.core.linkage.duck import Duck
from safeconduct.core.linkage.levels import FIELDS
from safeconduct.core.linkage.model import Compared, columns_of, fields_in, lists_of
from safeconduct.core.linkage.people import people_of
from safeconduct.core.linkage.ragged import Numbers, Ragged
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.linkage.splink_tables import told_of

WIDE = 150_000


@pytest.fixture(scope="module")
def told() -> tuple[Columns, dict[str, Ragged]]:
    """Many people of whom everything is told: a hundred, again and again."""
    people = people_of([_everything(at) for at in range(100)])
    bits = np.arange(100) % 19
    again = np.arange(WIDE, dtype=np.int64) % 100
    columns = {name: each[again] for name, each in columns_of(people, bits, bits).items()}
    columns["unique_id"] = np.arange(WIDE, dtype=np.int64)
    return columns, {name: each.take(again) for name, each in lists_of(people).items()}


def _everything(at: int) -> LinkRecord:
    return LinkRecord(
        person_id=str(at),
        given_name="Naeem",
        father_name="Karim",
        sex=(Sex.MALE, Sex.FEMALE)[at % 2],
        birth=UncertainDate.of_year(1950 + at % 40) if at % 3 else UncertainDate.of_month(1980, 3),
        phones=(f"+9370000{at % 20:04}", "+93700009999"),
        passport=f"P{7_000_000 + at % 30}",
        tazkira=f"1400-0000-{60_000 + at % 30}",
        other_id=f"ID{5_000_000 + at % 30}",
        province=f"AF{at % 34:02}",
        birth_place=f"place {at % 7}",
        address=f"house {at % 9} street {at % 5}",
        postcode=f"10{at % 50:03}",
        occupation=f"trade {at % 6}",
    )


def _some_pairs(count: int, among: int) -> Candidates:
    a, b = np.sort(np.random.default_rng(2).integers(0, among, (2, count)), axis=0)
    a, b = a[a != b], b[a != b]
    return Candidates(a, b, np.arange(len(a), dtype=np.int64))


def _compared(engine: Duck, told: tuple[Columns, dict[str, Ragged]], pairs: Candidates) -> Compared:
    columns, lists = told
    fields = fields_in(columns, lists, FIELDS)
    assert len(fields) == len(FIELDS)
    return engine.compared(columns, lists, pairs, fields=fields, prior=1e-6, least_bits=-1_000.0)


def test_many_pairs_are_weighed_the_same_every_time(
    told: tuple[Columns, dict[str, Ragged]],
) -> None:
    pairs = _some_pairs(40_000, WIDE)
    with Duck() as one, Duck(threads=1) as two:
        runs = [_compared(engine, told, pairs) for engine in (one, one, two)]
    first = runs[0]
    assert len(first) == len(pairs)
    assert set(first.found_by.tolist()) == set(pairs.found_by.tolist())
    for again in runs[1:]:
        for name, bits in first.bits.items():
            np.testing.assert_array_equal(again.bits[name], bits)


def test_what_a_field_says_does_not_hang_on_who_else_is_told(
    told: tuple[Columns, dict[str, Ragged]],
) -> None:
    """The pairs at the far end of a long list, and the same people as a list of their own."""
    columns, lists = told
    last = np.arange(WIDE - 100, WIDE, dtype=np.int64)
    alone = {name: each[last] for name, each in columns.items()} | {"unique_id": last - last[0]}
    pairs = _some_pairs(1_000, 100)
    far = Candidates(pairs.a + last[0], pairs.b + last[0], pairs.found_by)
    with Duck() as engine:
        among_many = _compared(engine, told, far)
        by_themselves = _compared(
            engine, (alone, {name: each.take(last) for name, each in lists.items()}), pairs
        )
    _same_numbers(among_many.a - last[0], by_themselves.a)
    for name, bits in by_themselves.bits.items():
        np.testing.assert_array_equal(among_many.bits[name], bits)


def test_few_pairs_of_a_long_list_need_little_memory(
    told: tuple[Columns, dict[str, Ragged]],
) -> None:
    pairs = _some_pairs(200, WIDE)
    assert told_of(*told, pairs).num_rows <= 400
    with Duck() as engine:
        engine._database.execute("set memory_limit = '48MB'")
        assert len(_compared(engine, told, pairs)) == len(pairs)


def test_where_memory_ends_nothing_goes_to_the_disk(
    told: tuple[Columns, dict[str, Ragged]],
) -> None:
    with Duck() as engine:
        engine._database.execute("set memory_limit = '48MB'")
        with pytest.raises(duckdb.OutOfMemoryException):
            _compared(engine, told, _some_pairs(200_000, WIDE))


def _same_numbers(one: Numbers, two: Numbers) -> None:
    np.testing.assert_array_equal(one, two)
