"""The bench of the journal, small and in its own process."""

from __future__ import annotations

import pytest

from safeconduct.journal.bench import BENCH
from safeconduct.rehearsal.bench.running import contest_in_child


@pytest.mark.slow
def test_it_measures_lines_beside_the_same_rows_without_a_chain():
    contest = contest_in_child("journal", BENCH.small[0], 1)
    assert contest.size == 20
    assert contest.ours.measures["verified_a_second"] > 0
    assert set(contest.baselines) | set(contest.not_run) == {
        "no chain, SQLite",
        "no chain, PostgreSQL",
    }


@pytest.mark.slow
def test_without_postgresql_it_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAFECONDUCT_BENCH_DATABASE", "postgres://nobody@127.0.0.1:1/none")
    contest = contest_in_child("journal", BENCH.small[0], 1)
    assert contest.not_run == {"no chain, PostgreSQL": "no PostgreSQL answers at 127.0.0.1"}
    assert not contest.parts
