"""The bench of newcomers: a new plea's people are looked for in a list that is known already, beside Splink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

import numpy as np

from safeconduct.core.linkage import KnownPeople
from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.measuring import cpu_seconds_so_far, seconds_now, timed
from safeconduct.rehearsal.bench.optional import how_to_get, library
from safeconduct.rehearsal.bench.people_rivals import MOST_FOR_SPLINK, SPLINK
from safeconduct.rehearsal.bench.plain_linkage import Scored
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.splink_people import (
    SPLINK_PEOPLE,
    TERM_FREQUENCIES,
    splink_people_rows,
)
from safeconduct.rehearsal.bench.splink_rival import SplinkAsked, SplinkStopped
from safeconduct.rehearsal.bench.told_people import told_people
from safeconduct.rehearsal.bench.transliterating import either
from safeconduct.rehearsal.bench.true_lists import TrueList, line_judged, true_list

# The last pleas of the list are the newcomers, one after the other.
PLEAS = 15

Found = Callable[[Sequence[int]], Scored]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A list whose first `known` records are known already; `pleas`: positions of the people of each that is new."""

    told: TrueList
    known: int
    pleas: Sequence[Sequence[int]]

    @property
    def true_pairs(self) -> int:
        """Pairs of one known already and a newcomer that are one person."""
        known = np.bincount(self.told.person[: self.known], minlength=self.told.person.max() + 1)
        return int(known[self.told.person[self.known :]].sum())


def contest(size: int, seed: int) -> Contest:
    """Some more than `size` people told of: about `size` are known, the last fifteen pleas come one by one."""
    made = told_people(load(PACK), size, seed)
    given = arrived(true_list(made.records, made.truth))
    known, learning = timed(lambda: KnownPeople(given.told.records[: given.known]), rounds=1)
    ours = _asked(_by_us(known, given.told), given, learning)
    del known
    baselines, not_run = _splink(given)
    return Contest(size=size, ours=ours, baselines=baselines, not_run=not_run)


def arrived(told: TrueList) -> Arrived:
    """Records of one household that stand together are one plea; the last PLEAS of them are new."""
    pleas = [
        [at for at, _ in each]
        for _, each in groupby(enumerate(told.records), key=lambda one: one[1].household_id)
    ]
    newcomers = pleas[-PLEAS:]
    return Arrived(told, newcomers[0][0], newcomers)


def _by_us(known: KnownPeople, told: TrueList) -> Found:
    position = {record.person_id: at for at, record in enumerate(told.records)}

    def found(plea: Sequence[int]) -> Scored:
        pairs = known.against([told.records[at] for at in plea]).pairs
        each = [sorted((position[pair.person_a], position[pair.person_b])) for pair in pairs]
        both = np.asarray(each, dtype=np.int64).reshape(-1, 2)
        return Scored(both[:, 0], both[:, 1], np.asarray([pair.match_weight for pair in pairs]))

    return found


def _splink(given: Arrived) -> tuple[dict[str, Run], dict[str, str]]:
    latin = either()
    if library("splink") is None or latin is None:
        return {}, {SPLINK: how_to_get("splink" if latin else "anyascii")}
    if given.known > MOST_FOR_SPLINK:
        return {}, {SPLINK: f"Its blocks are made for at most {MOST_FOR_SPLINK:,} people."}
    rows = splink_people_rows(given.told.records, latin[1])
    try:
        its, learning = timed(
            lambda: SplinkAsked(rows[: given.known], SPLINK_PEOPLE, TERM_FREQUENCIES), rounds=1
        )
        with its:
            run = _asked(lambda plea: its.found([rows[at] for at in plea]), given, learning)
            return {SPLINK: run}, {}
    except SplinkStopped as stopped:
        return {}, {SPLINK: str(stopped)}


def _asked(found: Found, given: Arrived, learning: Run) -> Run:
    """The median plea; the first is asked once before, so that nobody pays for what is loaded but once."""
    found(given.pleas[0])
    took, spent, parts = [], [], []
    for plea in given.pleas:
        had_spent, began = cpu_seconds_so_far(), seconds_now()
        parts.append(found(plea))
        took.append(seconds_now() - began)
        spent.append(cpu_seconds_so_far() - had_spent)
    a, b, score = (
        np.concatenate([getattr(each, name) for each in parts]) for name in ("a", "b", "score")
    )
    pairs = Scored(a, b, score)
    judged = line_judged(pairs, pairs.score >= 0, given.told, "likely")
    run = replace(learning, seconds=median(took), cpu_seconds=median(spent), rounds=len(took))
    return run.with_measures(
        longest_seconds=max(took),
        learning_seconds=learning.seconds,
        likely_precision=judged["likely_precision"],
        likely_recall=judged["likely_recall"] * given.told.true_pairs / max(given.true_pairs, 1),
        true_pairs=given.true_pairs,
    )


BENCH = Bench(
    name="linkage-newcomers",
    what="one new plea looked for in a list that is known already",
    unit="people",
    sizes=(10_000, 30_000, 100_000),
    small=(600,),
    contest=contest,
    higher_is_better=frozenset({"likely_precision", "likely_recall"}),
    columns={
        "longest_seconds": "longest",
        "learning_seconds": "learning",
        "likely_precision": "P likely",
        "likely_recall": "R likely",
    },
    notes=(
        "Development figures on a simulated list: its last fifteen pleas come one after the other.",
        "seconds: of the median plea, all its people together. learning: what is done once with the list before.",
        "P and R: of the pairs of a newcomer and one known already, at more likely than not.",
    ),
)
