"""The benches of the file measure what they say."""

from __future__ import annotations

import pytest

from safeconduct.rehearsal.bench.catalogue import bench_named
from safeconduct.rehearsal.bench.running import contest_in_child


@pytest.mark.slow
@pytest.mark.parametrize("name", ["cases-open", "cases-write"])
def test_a_small_contest(name: str):
    bench = bench_named(name)
    contest = contest_in_child(name, bench.small[0], 1)
    assert contest.ours.seconds > 0
    assert contest.baselines
    assert bench.higher_is_better <= contest.ours.measures.keys()
