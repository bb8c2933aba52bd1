"""Spark finds and weighs what DuckDB does: the same pairs, the same bits."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="pip install 'safeconduct[spark]', and Java 17")

from safeconduct.core.linkage.blocking import Candidates
from safeconduct.core.linkage.duck import Duck
from safeconduct.core.linkage.finding import find_pairs
from safeconduct.core.linkage.levels import FIELDS, Field
from safeconduct.core.linkage.model import Compared, columns_of, fields_in, lists_of
from safeconduct.core.linkage.people import People, people_of
from safeconduct.core.linkage.ragged import Ragged
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.linkage.spark import Spark
from safeconduct.core.linkage.weighing import Engine
from safeconduct.core.operation import Operation
from safeconduct.rehearsal.bench.told_people import told_people

pytestmark = [
    pytest.mark.spark,
    # PySpark leaves the closing of its sockets to Python's collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# Java's quick compiler alone: the lists here are short, and half of the time would go into compiling well.
QUICK = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1", "spark.driver.memory": "1g"}
PRIOR = 1e-4
PEOPLE = 2_000


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    with Spark(QUICK) as engine:
        yield engine


@pytest.fixture(scope="module")
def duck() -> Iterator[Duck]:
    with Duck() as engine:
        yield engine


@pytest.fixture(scope="module")
def records(operation: Operation) -> list[LinkRecord]:
    """A fictional list, whose people have been given what offices elsewhere ask for too."""
    rng = random.Random(11)
    return [_told_more(each, rng) for each in told_people(operation, PEOPLE, seed=3).records]


def _told_more(record: LinkRecord, rng: random.Random) -> LinkRecord:
    def some(text: str) -> str | None:
        return text if rng.random() < 0.6 else None

    words = "house street 12 7 gate old bazaar mosque river کوچه سرک".split()
    tazkira = rng.choice(
        (f"1400-0000-60{rng.randrange(200):03}", str(rng.randrange(10_000, 10_200)))
    )
    return replace(
        record,
        birth_place=some(rng.choice(("Kabul", "هرات", "Herat", "Mazar-e Sharif"))),
        address=some(" ".join(rng.sample(words, 4))),
        postcode=some(rng.choice((f"10{rng.randrange(30):02}", f"AB{rng.randrange(9)} 2CD"))),
        occupation=some(rng.choice(("teacher", "driver", "داکتر"))),
        other_id=some(f"ID{rng.randrange(1_000_000, 1_000_300)}"),
        passport=record.passport or some(f"P00{rng.randrange(300):06}"),
        tazkira=record.tazkira or some(tazkira),
        phones=(*record.phones, f"+9370000{rng.randrange(400):04}"),
    )


def test_the_engines_find_the_same_pairs(
    records: list[LinkRecord], duck: Duck, spark: Spark
) -> None:
    people = people_of(records)
    ours, theirs = duck.candidates(people), spark.candidates(people)
    assert len(ours) > 1_000
    assert len(set(ours.found_by.tolist())) > 10
    for column in ("a", "b", "found_by"):
        np.testing.assert_array_equal(getattr(ours, column), getattr(theirs, column))


def test_the_engines_weigh_every_field_alike(
    records: list[LinkRecord], duck: Duck, spark: Spark
) -> None:
    people = people_of(records)
    pairs = _with_strangers(duck.candidates(people), len(people))
    ours, theirs = (_compared(engine, people, pairs) for engine in (duck, spark))
    assert set(ours.bits) == {field.name for field in FIELDS}
    _assert_alike(ours, theirs)


def test_the_engines_keep_the_same_pairs(
    records: list[LinkRecord], duck: Duck, spark: Spark
) -> None:
    people = people_of(records)
    pairs = duck.candidates(people)
    ours, theirs = (_compared(engine, people, pairs, least_bits=0.0) for engine in (duck, spark))
    assert 0 < len(ours) < len(pairs)
    _assert_alike(ours, theirs)


# Slips of every kind: another digit, one more, two exchanged, other scripts.
NUMBERS = (
    "P1234567", "P1234568", "P1234576", "P12345678", "P123", "p1234567", "Ü1234567", "ش1234567", "۱۲۳۴۵۶۷",
    "1234567", "1400-0000-60123", "1400-0000-60132", "1400-0000-60123", "10001", "10002", "AB1 2CD", "AB1 2CE",
)  # fmt: skip


@pytest.mark.parametrize("name", ["passport", "tazkira", "other_id", "postcode"])
def test_numbers_and_their_slips_are_compared_alike(name: str, duck: Duck, spark: Spark) -> None:
    told = (LinkRecord(person_id=str(at), **{name: each}) for at, each in enumerate(NUMBERS))
    people = people_of([*told, LinkRecord(person_id="nothing told")])
    nothing = np.full(len(people), -1)
    columns, lists = columns_of(people, nothing, nothing), lists_of(people)
    ours, theirs = (_every_pair(engine, columns, lists, name) for engine in (duck, spark))
    assert len(set(ours.bits[name].tolist())) > 3
    _assert_alike(ours, theirs)


def test_spark_is_given_numbers_alone(
    records: list[LinkRecord], spark: Spark, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[pa.Table] = []
    made = Spark._table

    def watched(self: Spark, name: str, table: pa.Table) -> Any:
        given.append(table)
        return made(self, name, table)

    monkeypatch.setattr(Spark, "_table", watched)
    find_pairs(records[:200], engine="spark")
    kinds = {
        kind.value_type if pa.types.is_list(kind) else kind
        for table in given
        for kind in table.schema.types
    }
    assert len(given) > 4
    assert all(pa.types.is_integer(kind) for kind in kinds)


def test_births_are_compared_alike(duck: Duck, spark: Spark) -> None:
    day = 725_000
    told = [
        (-1, -1, -1), (day, day, 5), (day + 1, day + 1, 6), (day, day + 30, -1), (day - 200, day + 164, -1),
        (day - 1000, day + 1000, -1), (day + 365, day + 365, 5), (day + 1500, day + 1500, 5),
        (day + 3000, day + 3365, -1), (day + 9000, day + 9000, 5),
    ]  # fmt: skip
    earliest, latest, days = np.asarray(told, dtype=np.int64).T
    columns = {
        "unique_id": np.arange(len(told), dtype=np.int64),
        "earliest": earliest,
        "latest": latest,
        "birth_day": days,
        "birth_month": np.where(days == 5, 6, np.where(days == 6, 5, -1)),
        "birth_year": np.where(days < 0, -1, 1986 + (earliest - day) // 365),
    }
    ours, theirs = (_every_pair(engine, columns, {}, "birth") for engine in (duck, spark))
    assert len(set(ours.bits["birth"].tolist())) > 7
    _assert_alike(ours, theirs)


def test_a_whole_list_is_linked_alike(records: list[LinkRecord], spark: Spark) -> None:
    """Through the front door, in the session that is open."""
    ours, theirs = (find_pairs(records[:600], engine=name) for name in ("duckdb", "spark"))
    assert len(ours.pairs) > 100
    assert [_named(pair) for pair in theirs.pairs] == [_named(pair) for pair in ours.pairs]
    for one, two in zip(ours.pairs, theirs.pairs, strict=True):
        assert one.match_weight == pytest.approx(two.match_weight, abs=1e-9)
        assert one.reasons == two.reasons
    assert ours.groups == theirs.groups


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_shortest_lists_are_linked_too(
    count: int, records: list[LinkRecord], spark: Spark
) -> None:
    ours, theirs = (find_pairs(records[:count], engine=name) for name in ("duckdb", "spark"))
    assert theirs == ours


def test_a_session_that_was_open_stays_open_and_keeps_nothing(
    records: list[LinkRecord], spark: Spark
) -> None:
    spark._session.createDataFrame(pa.table({"one": [1]})).createOrReplaceTempView("theirs")
    find_pairs(records[:50], engine="spark")
    assert [view.name for view in spark._session.catalog.listTables()] == ["theirs"]
    assert spark._session.sql("select one from theirs").toArrow().num_rows == 1
    spark._forget()
    assert spark._session.catalog.listTables() == []


def _named(pair: Any) -> tuple[str, str, str]:
    return pair.person_a, pair.person_b, pair.decision


def _with_strangers(pairs: Candidates, people: int) -> Candidates:
    """These pairs, and some that no key found."""
    rng = np.random.default_rng(5)
    one, two = rng.integers(0, people, (2, 3_000))
    more = np.stack((np.minimum(one, two), np.maximum(one, two)))[:, one != two]
    both = np.unique(np.concatenate((np.stack((pairs.a, pairs.b)), more), axis=1), axis=1)
    return Candidates(both[0], both[1], np.arange(both.shape[1], dtype=np.int64))


def _compared(
    engine: Engine, people: People, pairs: Candidates, least_bits: float = -1_000.0
) -> Compared:
    rng = np.random.default_rng(7)
    name_bits, father_bits = rng.integers(-1, 20, (2, len(people)))
    columns, lists = columns_of(people, name_bits, father_bits), lists_of(people)
    fields = fields_in(columns, lists, FIELDS)
    return engine.compared(columns, lists, pairs, fields=fields, prior=PRIOR, least_bits=least_bits)


def _every_pair(
    engine: Engine, columns: dict[str, Any], lists: dict[str, Ragged], name: str
) -> Compared:
    """What a field says of everybody with everybody."""
    a, b = np.triu_indices(len(columns["unique_id"]), k=1)
    pairs = Candidates(a.astype(np.int64), b.astype(np.int64), np.ones(len(a), dtype=np.int64))
    fields: list[Field] = [field for field in FIELDS if field.name == name]
    return engine.compared(columns, lists, pairs, fields=fields, prior=PRIOR, least_bits=-1_000.0)


def _assert_alike(ours: Compared, theirs: Compared) -> None:
    for column in ("a", "b", "found_by"):
        np.testing.assert_array_equal(getattr(ours, column), getattr(theirs, column))
    assert ours.bits.keys() == theirs.bits.keys()
    for name, bits in ours.bits.items():
        np.testing.assert_allclose(theirs.bits[name], bits, rtol=0, atol=1e-9, err_msg=name)
