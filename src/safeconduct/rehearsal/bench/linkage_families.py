"""The bench of families: how many brothers, sisters, parents and children are taken for one person?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage import Linkage, find_pairs
from safeconduct.core.linkage.records import SAME, Pair as LinkedPair
from safeconduct.core.names import forget
from safeconduct.packs import load
from safeconduct.rehearsal.bench.accuracy import best_f1, ladder_of
from safeconduct.rehearsal.bench.caseloads import PACK, whole_caseload
from safeconduct.rehearsal.bench.kin import (
    PARENT,
    SIBLINGS,
    TWINS,
    KinList,
    Pair,
    kin_list,
    taken_for_one,
)
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.people_rivals import PLAIN, SPLINK, plain_on, splink_on_people
from safeconduct.rehearsal.bench.plain_linkage import Scored
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.true_lists import TrueList, line_judged, scored_by_us

# Evidence that says nothing beyond names. Sex agrees for half of all people.
NAMES_ALONE = frozenset({"name", "given", "family", "father", "native", "sex"})


def contest(size: int, seed: int) -> Contest:
    """All that offices were told of `size` people in truth."""
    given = kin_list(whole_caseload(load(PACK), size, seed))
    linkage, ours = timed(lambda: find_pairs(given.told.records), before=forget, rounds=1)
    ours = ours.with_measures(**ours_judged(linkage, given))
    del linkage
    forget()
    baselines: dict[str, Run] = {}
    not_run: dict[str, str] = {}
    its = splink_on_people(given.told)
    if isinstance(its, str):
        not_run[SPLINK] = its
    else:
        found, run = its
        baselines[SPLINK] = _judged(run, found.pairs, found.chosen, given)
    plain = plain_on(given.told)
    if isinstance(plain, str):
        not_run[PLAIN] = plain
    else:
        pairs, run = plain
        line = best_f1(ladder_of(pairs.score, given.told.same(pairs)), given.told.true_pairs).score
        baselines[PLAIN] = _judged(run, pairs, pairs.score >= line, given)
    return Contest(size=size, ours=ours, baselines=baselines, not_run=not_run)


def ours_judged(linkage: Linkage, given: KinList) -> dict[str, float]:
    pairs, same = scored_by_us(linkage, given.told)
    position = {record.person_id: at for at, record in enumerate(given.told.records)}
    proposed = [pair for pair in linkage.pairs if pair.decision == SAME]
    told = {(position[pair.person_a], position[pair.person_b]): pair for pair in proposed}
    alone = [at for at, pair in told.items() if on_name_alone(pair)]
    grouped = [
        (position[one], position[two])
        for group in linkage.clusters()
        for one, two in combinations(group, 2)
    ]
    return {
        **kin_judged(list(told), given.kin),
        "in_one_group_share": len(taken_for_one(given.kin, grouped)) / max(len(given.kin), 1),
        "kin_on_a_name_alone": len(taken_for_one(given.kin, alone)),
        "proposed_on_a_name_alone": len(alone),
        "housemates_taken": len(wrong_housemates(list(told), given.told)),
        **line_judged(pairs, same, given.told),
    }


def wrong_housemates(pairs: Sequence[Pair], told: TrueList) -> list[Pair]:
    """Of these pairs those of two people whom one plea names: only a document's number can bring them together."""
    home = [record.household_id for record in told.records]
    return [
        (a, b)
        for a, b in pairs
        if home[a] is not None and home[a] == home[b] and told.person[a] != told.person[b]
    ]


def on_name_alone(pair: LinkedPair) -> bool:
    """Whether nothing speaks for it but names."""
    return all(each.field in NAMES_ALONE for each in pair.evidence if each.weight > 0)


def kin_judged(proposed: Sequence[Pair], kin: Mapping[Pair, str]) -> dict[str, float]:
    """Of the pairs that are kin, the share proposed as one person; and how many of each kind."""
    taken = taken_for_one(kin, proposed)
    return {
        "kin_taken_share": len(taken) / max(len(kin), 1),
        "kin_of_proposed_share": len(taken) / max(len(proposed), 1),
        "kin_pairs": len(kin),
        "siblings_taken": taken.count(SIBLINGS),
        "twins_taken": taken.count(TWINS),
        "parents_taken": taken.count(PARENT),
        "proposed": len(proposed),
    }


def _judged(run: Run, pairs: Scored, chosen: npt.NDArray[np.bool_], given: KinList) -> Run:
    proposed = list(zip(pairs.a[chosen].tolist(), pairs.b[chosen].tolist(), strict=True))
    return run.with_measures(
        **kin_judged(proposed, given.kin), **line_judged(pairs, chosen, given.told)
    )


BENCH = Bench(
    name="linkage-families",
    what="brothers, sisters, parents and children taken for one person",
    unit="people in truth",
    sizes=(5_000, 10_000, 20_000),
    small=(400,),
    contest=contest,
    higher_is_better=frozenset({"own_precision", "own_recall", "own_f1"}),
    columns={
        "kin_taken_share": "kin taken",
        "kin_of_proposed_share": "of proposed",
        "in_one_group_share": "in one group",
        "siblings_taken": "siblings",
        "twins_taken": "twins",
        "parents_taken": "parent, child",
        "kin_on_a_name_alone": "by name alone",
        "own_precision": "P own",
        "own_recall": "R own",
    },
    notes=(
        "Kin: two records of siblings or of parent and child, told by two pleas. housemates_taken: two of one plea.",
        "kin taken: the share of these that is proposed as one person. of proposed: the share of kin in all proposals.",
        "by name alone: of ours, kin for whom nothing spoke but names.",
        "Ours and Splink at their own lines; Jaro-Winkler at that of its best F1, chosen with the truth in hand.",
    ),
)
