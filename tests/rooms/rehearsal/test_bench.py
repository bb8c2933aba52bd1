"""The bench itself: what it measures, what it compares, what it keeps, and what it says aloud."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from safeconduct.core.errors import BenchStopped, NotAKeptRun
from safeconduct.rehearsal.bench import running
from safeconduct.rehearsal.bench.accuracy import (
    best_f1,
    ladder_of,
    recall_at_false_share,
    recall_at_precision,
)
from safeconduct.rehearsal.bench.forms import contest_form, contest_from, whole_form, whole_from
from safeconduct.rehearsal.bench.growth import growth_of
from safeconduct.rehearsal.bench.keeping import kept_text, last_kept, place_for_earlier, since
from safeconduct.rehearsal.bench.machine import Machine, this_machine
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.results import HIGHER, LOWER, Ratio, Whole, result_of
from safeconduct.rehearsal.bench.telling import machine_lines, result_lines, since_lines

pytestmark = pytest.mark.slow

MACHINE = Machine(
    cpu="Made-up 9000",
    cores=2,
    memory_mb=24_000,
    system="Linux x86_64",
    python="3.11.7",
    product="0.1.0",
    packages={"numpy": "2.4.6"},
    busy=0.1,
)


def a_run(seconds: float, **measures: float) -> Run:
    return Run(seconds=seconds, cpu_seconds=seconds, peak_mb=100.0, rise_mb=10.0, measures=measures)


def never(_size: int, _seed: int) -> Contest:
    raise AssertionError("nothing is run here")


BENCH = Bench(
    name="names",
    what="a made-up thing",
    unit="pairs",
    sizes=(10, 100, 1000),
    small=(10,),
    contest=never,
    higher_is_better=frozenset({"recall"}),
    notes=("All of it is made up.",),
)
CONTESTS = tuple(
    Contest(
        size=size,
        ours=a_run(size / 100, recall=0.9, gap=0.01),
        parts={"ours, bare": a_run(size / 400)},
        baselines={"plain": a_run(size / 50, recall=0.6, gap=0.04)},
        not_run={"rare": "rarelib is not installed: pip install rarelib"},
    )
    for size in BENCH.sizes
)
RESULT = result_of(BENCH, CONTESTS)
WHOLE = Whole(made_on="2026-01-02", seed=1, machine=MACHINE, results=(RESULT,))


# --- growth -------------------------------------------------------------------


@given(
    st.floats(0.2, 3.0),
    st.floats(1e-6, 10.0),
    st.lists(st.integers(2, 10**7), min_size=3, max_size=6, unique=True),
)
def test_the_exponent_of_a_clean_power_is_found(exponent: float, factor: float, sizes: list[int]):
    growth = growth_of(sizes, [factor * size**exponent for size in sizes])
    assert growth is not None
    assert growth.exponent == pytest.approx(exponent, abs=1e-6)
    assert growth.worst == pytest.approx(1.0, abs=1e-6)


def test_a_size_that_lies_off_the_line_is_told_with_its_factor():
    growth = growth_of([10, 100, 1000], [1.0, 20.0, 100.0])
    assert growth is not None
    # By hand: logs to base ten are 0, 1.301, 2; the line through them is 0.1003 + x; the middle lies 0.2007 above it.
    assert growth.exponent == pytest.approx(1.0)
    assert growth.worst == pytest.approx(10**0.2007, rel=1e-3)


def test_two_sizes_tell_nothing_of_growth():
    assert growth_of([10, 100], [1.0, 10.0]) is None
    assert growth_of([10, 10, 100], [1.0, 1.1, 10.0]) is None


# --- measuring ----------------------------------------------------------------


def a_clock(*moments: float) -> Callable[[], float]:
    told = iter(moments)
    return lambda: next(told)


def test_a_short_run_is_repeated_and_its_median_counts():
    calls: list[str] = []
    clock = a_clock(0.0, 0.5, 1.0, 1.1, 2.0, 2.3)
    result, run = timed(
        lambda: calls.append("work") or len(calls),
        clock=clock,
        before=lambda: calls.append("before"),
        rounds=3,
    )
    assert calls == ["before", "work"] * 3
    assert result == 6
    assert (run.seconds, run.rounds) == (pytest.approx(0.3), 3)


def test_what_a_child_process_spends_is_counted():
    words = [sys.executable, "-c", "sum(range(3_000_000))"]
    _, run = timed(lambda: subprocess.run(words, check=True), clock=a_clock(0.0, 7.0))
    # Our own part is the waiting; a Python that starts and counts takes more than a hundredth of a second.
    assert run.cpu_seconds > 0.01


def test_a_long_run_is_done_once():
    _, run = timed(lambda: None, clock=a_clock(0.0, 7.0))
    assert (run.seconds, run.rounds) == (7.0, 1)


def test_memory_that_the_work_took_is_seen():
    held, run = timed(lambda: bytearray(64 * 2**20), clock=a_clock(0.0, 7.0))
    assert len(held) == 64 * 2**20
    assert run.rise_mb > 60
    assert run.peak_mb > run.rise_mb


def test_a_peak_of_earlier_work_is_not_counted_again():
    _, large = timed(lambda: len(bytearray(96 * 2**20)), clock=a_clock(0.0, 7.0))
    _, small = timed(lambda: None, clock=a_clock(0.0, 7.0))
    assert small.peak_mb < large.peak_mb - 60


# --- ratios -------------------------------------------------------------------


def test_ratios_are_ours_over_the_baseline_for_what_both_have():
    told = {(each.ours, each.measure): each for each in RESULT.ratios if each.size == 10}
    assert {key: ratio.ratio for key, ratio in told.items()} == {
        ("ours", "seconds"): pytest.approx(0.5),
        ("ours", "cpu_seconds"): pytest.approx(0.5),
        ("ours", "recall"): pytest.approx(1.5),
        ("ours", "gap"): pytest.approx(0.25),
        ("ours, bare", "seconds"): pytest.approx(0.125),
        ("ours, bare", "cpu_seconds"): pytest.approx(0.125),
    }
    assert told["ours", "recall"].better == HIGHER
    assert told["ours", "seconds"].better == told["ours", "gap"].better == LOWER


@pytest.mark.parametrize(
    ("ratio", "better", "ahead"),
    [
        (0.5, LOWER, True),
        (2.0, LOWER, False),
        (0.5, HIGHER, False),
        (2.0, HIGHER, True),
        (1.0, LOWER, None),
        (None, HIGHER, None),
    ],
)
def test_who_is_ahead_follows_the_direction(ratio: float | None, better: str, ahead: bool | None):
    one = Ratio(size=1, ours="ours", baseline="b", measure="m", ratio=ratio, better=better)
    assert one.ahead is ahead


def test_a_ratio_to_nothing_is_not_told():
    contest = Contest(size=1, ours=a_run(1.0, gap=0.1), baselines={"b": a_run(1.0, gap=0.0)})
    ratios = result_of(BENCH, (contest,)).ratios
    assert [each.ratio for each in ratios if each.measure == "gap"] == [None]


# --- forms and kept runs --------------------------------------------------------

figures = st.floats(0, 1e9, allow_nan=False)
runs = st.builds(
    Run,
    seconds=figures,
    peak_mb=figures,
    rise_mb=figures,
    cpu_seconds=figures,
    rounds=st.integers(1, 5),
    measures=st.dictionaries(st.text(max_size=5), figures, max_size=3),
)
by_name = st.dictionaries(st.text(max_size=5), runs, max_size=2)
contests = st.builds(
    Contest,
    size=st.integers(1, 10**6),
    ours=runs,
    baselines=by_name,
    parts=by_name,
    not_run=st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=2),
)


@given(contests)
def test_a_contest_comes_back_from_json_as_it_was(contest: Contest):
    assert contest_from(json.loads(json.dumps(contest_form(contest)))) == contest


def test_a_whole_run_comes_back_from_json_as_it_was():
    again = whole_from(json.loads(json.dumps(whole_form(WHOLE))))
    assert again == WHOLE
    assert again.results[0].ratios == RESULT.ratios


def keys_in(form: object) -> set[str]:
    """The keys of a form that are the form's own, not names of runs, baselines, measures or packages."""
    if isinstance(form, list):
        return set().union(*map(keys_in, form))
    if not isinstance(form, dict):
        return set()
    own_names = {"measures", "packages", "not_run", "stopped"}
    below = [
        keys_in(list(value.values()) if key in {"parts", "baselines", "growth"} else value)
        for key, value in form.items()
        if key not in own_names
    ]
    return set(form).union(*below)


def test_every_key_of_the_form_is_told_in_the_formats():
    page = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
    section = page.partition("\n## bench\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", section))
    assert "rise_mb" in keys_in(whole_form(WHOLE))
    assert sorted(keys_in(whole_form(WHOLE)) - told) == []


def test_a_run_is_kept_and_found_again(tmp_path: Path):
    assert last_kept(tmp_path, "names") is None
    (tmp_path / "names.json").write_text(kept_text(WHOLE, "names"), encoding="utf-8")
    assert last_kept(tmp_path, "names") == WHOLE
    assert last_kept(tmp_path, "sheets") is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 99}', '{"version": 1}'])
def test_a_file_that_is_no_kept_run_is_refused(text: str, tmp_path: Path):
    (tmp_path / "names.json").write_text(text, encoding="utf-8")
    with pytest.raises(NotAKeptRun, match=r"names\.json"):
        last_kept(tmp_path, "names")


def test_an_earlier_run_gets_a_place_of_its_own(tmp_path: Path):
    first = place_for_earlier(tmp_path, "names", "2026-01-02")
    assert first.name == "names-2026-01-02.json"
    first.touch()
    assert place_for_earlier(tmp_path, "names", "2026-01-02").name == "names-2026-01-02-2.json"


def slower(times: float) -> Whole:
    """The same run, ours having taken so many times as long."""
    slow = tuple(
        replace(each, ours=replace(each.ours, seconds=each.ours.seconds * times))
        for each in CONTESTS
    )
    return replace(WHOLE, results=(result_of(BENCH, slow),))


def changed(now: Whole, before: Whole) -> dict[str, tuple[float, float]]:
    told = since(now, now.results[0], before).changes
    return {each.figure: (each.now, each.before) for each in told if each.size == 100}


def test_on_the_same_machine_seconds_ratios_and_measures_are_compared():
    told = changed(slower(2.0), WHOLE)
    assert told["seconds"] == (2.0, 1.0)
    assert told["seconds, ours / plain"] == (1.0, 0.5)
    assert told["recall"] == (0.9, 0.9)
    assert since(WHOLE, RESULT, WHOLE).why_less == ()


def test_of_another_machine_only_what_does_not_hang_on_it_is_compared():
    elsewhere = replace(WHOLE, machine=replace(MACHINE, cpu="Another 1"))
    told = changed(slower(2.0), elsewhere)
    assert "seconds" not in told
    assert told["seconds, ours / plain"] == (1.0, 0.5)
    assert "recall" in told
    assert "another machine" in " ".join(since(WHOLE, RESULT, elsewhere).why_less)


def test_measures_of_another_seed_are_not_compared():
    other = replace(WHOLE, seed=2)
    assert "recall" not in changed(WHOLE, other)
    assert "seed" in " ".join(since(WHOLE, RESULT, other).why_less)


def test_a_kept_run_of_other_sizes_is_said_to_be_no_help():
    now = replace(WHOLE, results=(result_of(BENCH, (replace(CONTESTS[0], size=7),)),))
    told = since(now, now.results[0], WHOLE)
    assert told.changes == ()
    assert "none of these sizes" in " ".join(told.why_less)


# --- what is said ---------------------------------------------------------------


def test_the_table_tells_sizes_rates_ratios_growth_and_notes():
    lines = list(result_lines(RESULT))
    said = " ".join(" ".join(lines).split())
    assert "1,000 pairs seconds of CPU a second peak MB MB more" in said
    assert "ours 10 10 100 100 10 recall 0.9, gap 0.01" in said
    assert "ours / plain: seconds 0.5 (less is better: ours is ahead); cpu_seconds 0.5" in said
    assert "recall 1.5 (more is better: ours is ahead)" in said
    assert "ours, bare / plain: seconds 0.125 (less is better: ours is ahead)" in said
    assert max(map(len, lines)) <= 120
    assert "Seconds of ours grow as size to the power 1.00" in said
    assert "All of it is made up." in said


def test_a_baseline_that_is_not_installed_is_said_aloud():
    said = " ".join(" ".join(result_lines(RESULT)).split())
    assert "rare: NO FIGURES. rarelib is not installed: pip install rarelib" in said


def test_a_bench_without_any_baseline_says_so():
    alone = result_of(BENCH, (Contest(size=10, ours=a_run(1.0)),))
    said = "\n".join(result_lines(alone))
    assert "No baseline exists" in said
    assert "Fewer than three sizes" in said


def test_a_size_that_stopped_is_told_beside_those_that_did_not():
    stopped = result_of(BENCH, CONTESTS[:2], {1000: "SC620: it stopped."})
    said = "\n".join(result_lines(stopped))
    assert "1,000 pairs: NO FIGURES. SC620: it stopped." in said
    assert "  100 pairs" in said
    whole = replace(WHOLE, results=(stopped,))
    assert whole_from(json.loads(json.dumps(whole_form(whole)))) == whole


def test_changes_within_the_machine_s_unrest_are_counted_not_listed():
    said = list(since_lines(since(slower(1.01), slower(1.01).results[0], WHOLE)))
    assert "2026-01-02" in said[0]
    assert len(said) == 2
    assert "are within 5%" in said[1]
    moved = "\n".join(since_lines(since(slower(3.0), slower(3.0).results[0], WHOLE)))
    assert "100: seconds 3, was 1" in moved


def test_without_a_kept_run_that_is_said():
    assert list(since_lines(None)) == ["  No kept run to compare with."]


def test_the_machine_is_told_without_its_name():
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.memory_mb > 100
    assert "numpy" in machine.packages
    assert machine.like(replace(machine, busy=9.0, python="3.13.0"))
    assert not machine.like(replace(machine, cores=machine.cores + 1))
    assert len(list(machine_lines(machine))) >= 2


def test_a_child_that_ends_without_figures_is_told_with_its_size(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(running, "CHILD", "safeconduct.rehearsal.bench.no_such_module")
    with pytest.raises(BenchStopped, match="names stopped at size 10"):
        running.contest_in_child("names", 10, 1)
    assert "no_such_module" in capfd.readouterr().err


# --- accuracy, against the plainest reckoning -------------------------------------

judged = st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=1, max_size=25)


def rungs(told: list[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
    """(true, false) proposed from each score upwards, and for none."""
    for line in {score for score, _ in told} | {99}:
        proposed = [same for score, same in told if score >= line]
        yield sum(proposed), len(proposed) - sum(proposed)


@given(judged, st.floats(0, 1))
def test_recall_at_a_share_of_false_ones_is_the_best_over_all_lines(
    told: list[tuple[int, bool]], share: float
):
    true = sum(same for _, same in told)
    false = len(told) - true
    ladder = ladder_of([score for score, _ in told], [same for _, same in told])
    best = max((t for t, f in rungs(told) if f <= share * false), default=0)
    assert recall_at_false_share(ladder, share) == pytest.approx(best / true if true else 0.0)


@given(judged, st.integers(0, 10), st.sampled_from([0.25, 0.5, 0.75, 0.9, 1.0]))
def test_recall_at_a_precision_counts_pairs_never_compared(
    told: list[tuple[int, bool]], unseen: int, precision: float
):
    there = sum(same for _, same in told) + unseen
    ladder = ladder_of([score for score, _ in told], [same for _, same in told])
    best = max((t for t, f in rungs(told) if t and t >= precision * (t + f)), default=0)
    expected = best / there if there else 0.0
    assert recall_at_precision(ladder, precision, there) == pytest.approx(expected)


@given(judged, st.integers(0, 10))
def test_the_best_f1_is_the_best_over_all_lines(told: list[tuple[int, bool]], unseen: int):
    there = sum(same for _, same in told) + unseen
    ladder = ladder_of([score for score, _ in told], [same for _, same in told])
    best = max(2 * t / (t + f + there) if t else 0.0 for t, f in rungs(told))
    found = best_f1(ladder, there)
    assert found.f1 == pytest.approx(best)
    if found.f1:
        harmonic = 2 * found.precision * found.recall / (found.precision + found.recall)
        assert harmonic == pytest.approx(best)
