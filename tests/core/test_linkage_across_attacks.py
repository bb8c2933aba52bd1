"""Hardening reduces what a curious linkage unit gets of a made-up list, and the figures say so."""

from __future__ import annotations

import pytest

from safeconduct.packs import load
from safeconduct.rehearsal.bench.across import across_measured, known_by_graph
from safeconduct.rehearsal.bench.across_lists import two_lists
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.told_people import told_people


def test_who_resembles_whom_gives_an_unhardened_list_away_and_a_hardened_one_hardly() -> None:
    lists = two_lists(told_people(load(PACK), 500, 3))
    assert known_by_graph(lists, hardened=False, overlap=1.0) > 0.9
    assert known_by_graph(lists, hardened=True, overlap=1.0) < 0.2


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    return across_measured(900, 3)


@pytest.mark.slow
def test_hardening_hides_the_patterns_of_common_names(measured: dict[str, float]) -> None:
    assert measured["patterns_unhardened"] > 0.6
    beyond_chance = measured["patterns_hardened"] - measured["patterns_in_chance"]
    assert beyond_chance < 0.15 * measured["patterns_unhardened"]


@pytest.mark.slow
def test_hardening_reduces_graph_matching(measured: dict[str, float]) -> None:
    assert measured["graph_unhardened_same_list"] > 0.9
    assert measured["graph_hardened_same_list"] < 0.15


@pytest.mark.slow
def test_who_has_the_key_looks_everybody_up(measured: dict[str, float]) -> None:
    # Told in docs/across.md: hardening is no protection against a party to the key.
    assert measured["dictionary_with_key"] > 0.95


@pytest.mark.slow
def test_the_same_people_are_still_found(measured: dict[str, float]) -> None:
    assert measured["hardened_best_f1"] > 0.85
    assert measured["hardened_best_f1"] > measured["unhardened_best_f1"] - 0.08
    assert measured["sure_precision"] > 0.95
