"""From a list of records to the pairs that may be one person, with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from safeconduct.core.errors import RepeatedPerson
from safeconduct.core.linkage.apart import held_apart
from safeconduct.core.linkage.blocking import Candidates, estimated_recall
from safeconduct.core.linkage.clusters import Clusters, clusters_of
from safeconduct.core.linkage.engines import DUCKDB, engine_of
from safeconduct.core.linkage.evidence import Explainer
from safeconduct.core.linkage.households import housemates
from safeconduct.core.linkage.judging import Judged, Model, judged
from safeconduct.core.linkage.levels import FIELDS
from safeconduct.core.linkage.name_scores import NameScores
from safeconduct.core.linkage.people import People, people_of
from safeconduct.core.linkage.ragged import Numbers
from safeconduct.core.linkage.records import REVIEW, SAME, LinkRecord, Pair
from safeconduct.core.linkage.training import SURE_FROM, learn
from safeconduct.core.linkage.weighing import Engine, Scales, Weighed, weigh
from safeconduct.core.linkage.weights import (
    SHIPPED,
    Weights,
    model_hash,
    probability_of,
)

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What was found in a list. `pairs` come most probable first.

    `estimated_block_recall`: of the pairs that agreeing documents found, the share that the other keys found
    too; None where there are too few to tell. It speaks for people without documents. `model`: hash of the weights.
    `of_families`: whether the list was read as one in which relatives stand beside each other.
    """

    pairs: tuple[Pair, ...]
    people: int
    candidates_seen: int
    estimated_block_recall: float | None
    prior_bits: float
    model: str
    groups: tuple[tuple[str, ...], ...]
    of_families: bool = True

    def clusters(self) -> tuple[tuple[str, ...], ...]:
        """Everybody once, taken together where "same" is proposed and no rule holds any two in the group apart."""
        return self.groups


def find_pairs(
    records: Sequence[LinkRecord],
    *,
    engine: str = DUCKDB,
    progress: Progress | None = None,
    weights: Weights = SHIPPED,
) -> Linkage:
    """The pairs of a list that may be the same person: block, compare, weigh, explain.

    The prior is set from the list's size. Proposals only: nothing is merged. Raises `SparkMissing` where the engine
    "spark" is asked for and not installed, `RepeatedPerson` where a person_id stands twice.
    """
    check_ids(records)
    tell = progress or (lambda _what, _share: None)
    tell("Reading names", 0.0)
    people = people_of(records)
    tell("Reading names", 1.0)
    model = Model.of(people, weights)
    with engine_of(engine) as opened:
        tell("Looking for candidates", 0.0)
        found = opened.candidates(people)
        tell("Looking for candidates", 1.0)
        return linkage_of(people, found, opened, model, tell)


def linkage_of(
    people: People, found: Candidates, engine: Engine, model: Model, tell: Progress
) -> Linkage:
    """Weigh these candidates, with the households they bring along, and explain those that are worth a look."""
    names = NameScores(people, model.rarity, model.weights)
    weighed, seen = _weighed(people, found, names, engine=engine, model=model, tell=tell)
    weighed, model = _taught(people, weighed, model)
    tell("Explaining pairs", 0.0)
    found_out = judged(people, names, weighed, model)
    pairs, order = _explained(people, found_out)
    tell("Explaining pairs", 1.0)
    return Linkage(
        pairs=pairs,
        people=len(people),
        candidates_seen=seen,
        estimated_block_recall=estimated_recall(found_out.pairs.found_by),
        prior_bits=model.prior,
        model=model_hash(model.weights) + model.taught,
        of_families=people.of_families,
        groups=_groups(people, names, found_out.pairs, order[found_out.same[order]], model.weights),
    )


# Lists between these sizes are looked at for what they teach; of more pairs, all could not be weighed.
_TEACHES_FROM, _TEACHES_PAIRS = 300, 5_000_000
_EVERY_PAIR = -1000.0
_BIRTH_AT_LEAST, _SEX_AT_LEAST = -8.0, -3.5
_LEARNING = ("name", *(field.name for field in FIELDS if field.learns))


def _may_teach(people: People, pairs: Sized) -> bool:
    """A list of families would drift to "one family" where it teaches."""
    enough = len(people) >= _TEACHES_FROM and 0 < len(pairs) <= _TEACHES_PAIRS
    return enough and not people.of_families


def _taught(people: People, weighed: Weighed, model: Model) -> tuple[Weighed, Model]:
    """The pairs with what the list itself teaches about the weights, where it is sure of what it teaches."""
    if people.of_families:
        return weighed, model
    # No son stands beside his father here: a birth or sex that is far off is a slip oftener than in a family.
    least = {"birth": _BIRTH_AT_LEAST, "sex": _SEX_AT_LEAST}
    weighed = weighed.saying(
        {name: np.maximum(getattr(weighed, f"{name}_bits"), bits) for name, bits in least.items()}
    )
    if not _may_teach(people, weighed):
        return weighed, model
    said = {name: getattr(weighed, f"{name}_bits") for name in _LEARNING}
    learnt = learn(said, weighed.bits - np.sum(list(said.values()), axis=0), model.prior)
    if learnt.sure < SURE_FROM:
        return weighed, model
    return weighed.saying(learnt.bits), replace(model, prior=learnt.prior, taught=learnt.mark)


def check_ids(records: Sequence[LinkRecord]) -> None:
    """Refuse a list in which two records have one id."""
    seen: set[str] = set()
    for record in records:
        if record.person_id in seen:
            raise RepeatedPerson(person=record.person_id)
        seen.add(record.person_id)


def _weighed(
    people: People,
    found: Candidates,
    names: NameScores,
    *,
    engine: Engine,
    model: Model,
    tell: Progress,
) -> tuple[Weighed, int]:
    """The candidates weighed, and then those whom their housemates bring along; and how many were looked at."""
    tell("Weighing candidates", 0.0)
    # A household may still add its bits to a pair. Of single people all are weighed: to learn, those that do not match
    # must be seen too, and the others told as the same person may still speak for any.
    least = model.line - model.weights.household_most
    if not people.of_families and len(found) <= _TEACHES_PAIRS:
        least = _EVERY_PAIR
    scales = Scales.of(people, names, engine, model.weights, prior=model.prior, least_bits=least)
    weighed = weigh(scales, found, lambda share: tell("Weighing candidates", 0.9 * share))
    more = housemates(people, weighed, weighed.bits + model.prior)
    if len(more):
        weighed = weighed.with_more(weigh(scales, more))
    tell("Weighing candidates", 1.0)
    return weighed, len(found) + len(more)


def _explained(people: People, found: Judged) -> tuple[tuple[Pair, ...], Numbers]:
    """The pairs with their reasons, most probable first, and the place of each among those that were judged."""
    order = np.lexsort((found.pairs.b, found.pairs.a, -found.total))
    explainer = Explainer(people, found.pairs, found.others)
    pairs = tuple(
        Pair(
            person_a=people.records[found.pairs.a[at]].person_id,
            person_b=people.records[found.pairs.b[at]].person_id,
            probability=probability_of(float(found.total[at])),
            match_weight=float(found.total[at]),
            decision=SAME if found.same[at] else REVIEW,
            evidence=explainer.evidence(at),
            apart=found.apart[at],
        )
        for at in order.tolist()
    )
    return pairs, order


def _groups(
    people: People, names: NameScores, pairs: Weighed, same: np.ndarray, weights: Weights
) -> tuple[tuple[str, ...], ...]:
    """Everybody once. `same`: the places of the pairs that are proposed as the same, strongest first."""
    edges = list(zip(pairs.a[same].tolist(), pairs.b[same].tolist(), strict=True))
    asked = _could_meet(edges)
    a, b = np.asarray(asked, dtype=np.int64).reshape(-1, 2).T
    rules = held_apart(people, names, a, b, weights)
    apart = {pair for pair, found in zip(asked, rules, strict=True) if found}
    groups = clusters_of(
        len(people), edges, lambda one, two: (min(one, two), max(one, two)) in apart
    )
    ids = [record.person_id for record in people.records]
    return tuple([tuple([ids[at] for at in group]) for group in groups])


def _could_meet(same: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every two that a chain of "same" leads to: only these can come to stand in one group."""
    chained: Clusters[int] = Clusters()
    for one, two in same:
        chained.join(one, two, lambda _x, _y: False)
    everybody = sorted({person for pair in same for person in pair})
    return [pair for group in chained.groups(everybody) for pair in combinations(group, 2)]
