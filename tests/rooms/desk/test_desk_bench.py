"""The bench of the desk measures what it says."""

from __future__ import annotations

import pytest

from safeconduct.rehearsal.bench.catalogue import bench_named
from safeconduct.rehearsal.bench.running import contest_in_child


@pytest.mark.slow
def test_a_small_contest():
    bench = bench_named("desk")
    contest = contest_in_child("desk", bench.small[0], 1)
    assert contest.ours.seconds > 0
    assert contest.baselines
    assert bench.columns.keys() <= contest.ours.measures.keys()
    assert {"a case opened", "a search"} <= contest.parts.keys()
