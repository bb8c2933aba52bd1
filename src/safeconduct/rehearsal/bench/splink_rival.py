"""Splink (MIT) as its manual shows it: Fellegi and Sunter's model, trained on the list itself, on DuckDB.

The models are written by us after the examples of its documentation. Everything here goes through `library`: the
bench runs without it, and says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from safeconduct.rehearsal.bench.optional import library
from safeconduct.rehearsal.bench.plain_linkage import Scored

Row = Mapping[str, object]

# What its examples draw to learn how often people agree by chance.
_PAIRS_DRAWN = 1e6
_SEED = 1


class SplinkStopped(Exception):  # noqa: N818 (it reads as a sentence where it is raised)
    """Splink could not be trained on this list, or not link it: most often the list is too small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplinkModel:
    """`comparisons` are made of Splink's library when it is there.

    `blocks`: each the columns (or SQL of them) that must agree for two records to be compared. `surely`: rules by
    which two are one person for certain, which find `surely_recall` of them: from these the prior is reckoned.
    `train_on`: blocks within which the weights are learned, one after the other. `and_not`: a column that must not
    agree.
    """

    comparisons: Callable[[Any], list[Any]]
    blocks: Sequence[Sequence[str]]
    surely: Sequence[Sequence[str]]
    surely_recall: float
    train_on: Sequence[Sequence[str]]
    and_not: str | None = None


@dataclass(frozen=True, slots=True)
class SplinkFound:
    """Every pair it compared by position, scored in bits; and those at or above a probability of one half."""

    pairs: Scored

    @property
    def chosen(self) -> Any:
        """By its own line: more likely than not."""
        return self.pairs.score >= 0.0


def splink_found(tables: Sequence[Sequence[Row]], model: SplinkModel) -> SplinkFound:
    """One list against itself, or two against each other; positions in the second follow on those in the first.

    Every row has its position in its own list as `unique_id`. Splink must be installed. Raises SplinkStopped.
    """
    with _stops_told(), _database() as database:
        linker, _ = _trained(database, tables, model)
        told = _pairs(linker.inference.predict())
    return SplinkFound(_by_position(told, len(tables[0]) if len(tables) > 1 else 0))


class SplinkAsked:
    """A list that Splink has learned, with which newcomers are compared. Use it in `with`. Raises SplinkStopped."""

    def __init__(self, rows: Sequence[Row], model: SplinkModel, term_frequencies: Sequence[str]):
        """`term_frequencies`: the columns whose comparisons weigh how common a value is."""
        self._exits = ExitStack()
        with _stops_told():
            database = self._exits.enter_context(_database())
            self._linker, self._list = _trained(database, [rows], model)
            for column in term_frequencies:
                self._linker.table_management.compute_tf_table(column)
        self._size = len(rows)

    def __enter__(self) -> SplinkAsked:
        return self

    def __exit__(self, *_ended: object) -> None:
        self._exits.close()

    def found(self, newcomers: Sequence[Row]) -> Scored:
        """Every pair of one of the list (`a`) and a newcomer (`b`) that it compares. The newcomers' positions follow
        on those of the list; that is also what their `unique_id` must be.
        """
        with _stops_told():
            given = self._linker._db_api.register(list(newcomers))  # noqa: SLF001 (the one way to its database)
            told = _pairs(self._linker.inference.predict_between(self._list[0], given))
        return _by_position(told, 0)


@contextmanager
def _database() -> Iterator[Any]:
    database = _module("duckdb").connect()
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _stops_told() -> Iterator[None]:
    """Whatever ends a rival ends its part of the bench alone, and is told."""
    try:
        yield
    except Exception as error:
        why = str(error).strip().partition("\n")[0]
        raise SplinkStopped(f"It stopped on this list: {type(error).__name__}, {why}") from error


def _trained(
    database: Any, tables: Sequence[Sequence[Row]], model: SplinkModel
) -> tuple[Any, list[Any]]:
    """A linker that has learned these tables, and the tables as it knows them."""
    splink, comparing = _module("splink"), _module("splink.comparison_library")
    logging.getLogger("splink").setLevel(logging.ERROR)
    api = splink.DuckDBAPI(database)
    given = [api.register(list(rows)) for rows in tables]
    settings = splink.SettingsCreator(
        link_type="dedupe_only" if len(given) == 1 else "link_only",
        comparisons=model.comparisons(comparing),
        blocking_rules_to_generate_predictions=[
            _rule(splink, each, model.and_not) for each in model.blocks
        ],
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )
    linker = splink.Linker(given if len(given) > 1 else given[0], settings, log_level=None)
    _train(splink, linker, model)
    return linker, given


def _pairs(predicted: Any) -> Mapping[str, Any]:
    found = predicted.as_duckdbpyrelation()
    told: Mapping[str, Any] = found.select("unique_id_l, unique_id_r, match_weight").fetchnumpy()
    return told


def _train(splink: Any, linker: Any, model: SplinkModel) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [splink.block_on(*each) for each in model.surely], recall=model.surely_recall
    )
    training.estimate_u_using_random_sampling(max_pairs=_PAIRS_DRAWN, seed=_SEED)
    for each in model.train_on:
        training.estimate_parameters_using_expectation_maximisation(splink.block_on(*each))


def _rule(splink: Any, columns: Sequence[str], and_not: str | None) -> Any:
    if and_not is None:
        return splink.block_on(*columns)
    agree = " and ".join(f"{_of('l', each)} = {_of('r', each)}" for each in columns)
    return f"{agree} and l.{and_not} <> r.{and_not}"


def _of(side: str, column: str) -> str:
    """A column, or SQL with {} in the place of the side."""
    return column.format(f"{side}.") if "{}" in column else f"{side}.{column}"


def _by_position(told: Mapping[str, Any], second_from: int) -> Scored:
    a = np.asarray(told["unique_id_l"], dtype=np.int64)
    b = np.asarray(told["unique_id_r"], dtype=np.int64) + second_from
    return Scored(np.minimum(a, b), np.maximum(a, b), np.asarray(told["match_weight"], np.float64))


def _module(name: str) -> Any:
    found = library(name)
    assert found is not None, name
    return found
