"""From a list of records to the pairs that may be one person, with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2

import numpy as np

from safeconduct.core.errors import RepeatedPerson
from safeconduct.core.linkage.apart import held_apart
from safeconduct.core.linkage.blocking import Candidates, estimated_recall
from safeconduct.core.linkage.clusters import Clusters, clusters_of
from safeconduct.core.linkage.deciding import proposed
from safeconduct.core.linkage.engines import DUCKDB, engine_of
from safeconduct.core.linkage.evidence import Explainer
from safeconduct.core.linkage.households import household_bits, housemates
from safeconduct.core.linkage.name_scores import NameScores, Rarity, rarity_of
from safeconduct.core.linkage.people import People, people_of
from safeconduct.core.linkage.records import REVIEW, SAME, LinkRecord, Pair
from safeconduct.core.linkage.weighing import Engine, Weighed, weigh
from safeconduct.core.linkage.weights import (
    SHIPPED,
    Weights,
    model_hash,
    prior_bits,
    probability_of,
)

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """What was found in a list. `pairs` come most probable first.

    `estimated_block_recall`: of the pairs that agreeing documents found, the share that the other keys found
    too; None where there are too few to tell. It speaks for people without documents. `model`: hash of the weights.
    """

    pairs: tuple[Pair, ...]
    people: int
    candidates_seen: int
    estimated_block_recall: float | None
    prior_bits: float
    model: str
    groups: tuple[tuple[str, ...], ...]

    def clusters(self) -> tuple[tuple[str, ...], ...]:
        """Everybody once, taken together where "same" is proposed and no rule holds any two in the group apart."""
        return self.groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What pairs are weighed with: the figures, the odds before any evidence (bits), how rare each part of a name is."""

    weights: Weights
    prior: float
    rarity: Rarity

    @property
    def line(self) -> float:
        """The bits from which a pair is shown."""
        return log2(self.weights.review_from / (1 - self.weights.review_from))


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
    model = Model(weights=weights, prior=prior_bits(len(people), weights), rarity=rarity_of(people))
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
    weighed, seen = _weighed(people, found, names, engine, model, tell)
    homes = household_bits(people, weighed, weighed.bits + model.prior, model.weights)
    total = weighed.bits + homes + model.prior
    # Two people of one household are two people, unless a document's number says otherwise.
    together = people.household[weighed.a] == people.household[weighed.b]
    keep = (total >= model.line) & (~together | (weighed.document == 2))
    weighed, homes, total = weighed.only(keep), homes[keep], total[keep]
    tell("Explaining pairs", 0.0)
    apart = held_apart(people, names, weighed.a, weighed.b, model.weights)
    same = proposed(people, weighed, homes=homes, total=total, apart=apart, weights=model.weights)
    order = np.lexsort((weighed.b, weighed.a, -total))
    explainer = Explainer(people, weighed, homes)
    pairs = tuple(
        Pair(
            person_a=people.records[weighed.a[at]].person_id,
            person_b=people.records[weighed.b[at]].person_id,
            probability=probability_of(float(total[at])),
            match_weight=float(total[at]),
            decision=SAME if same[at] else REVIEW,
            evidence=explainer.evidence(at),
            apart=apart[at],
        )
        for at in order.tolist()
    )
    tell("Explaining pairs", 1.0)
    strongest = order[same[order]]
    return Linkage(
        pairs=pairs,
        people=len(people),
        candidates_seen=seen,
        estimated_block_recall=estimated_recall(weighed.found_by),
        prior_bits=model.prior,
        model=model_hash(model.weights),
        groups=_groups(people, names, weighed, strongest, model.weights),
    )


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
    engine: Engine,
    model: Model,
    tell: Progress,
) -> tuple[Weighed, int]:
    """The candidates weighed, and then those whom their housemates bring along; and how many were looked at."""
    tell("Weighing candidates", 0.0)
    # A household may still add its bits to a pair.
    least = model.line - model.weights.household_most
    weighed = weigh(
        people, found, names, engine, weights=model.weights, prior=model.prior, least_bits=least,
        tell=lambda share: tell("Weighing candidates", 0.9 * share),
    )  # fmt: skip
    more = housemates(people, weighed, weighed.bits + model.prior)
    if len(more):
        brought = weigh(
            people, more, names, engine, weights=model.weights, prior=model.prior, least_bits=least
        )
        weighed = weighed.with_more(brought)
    tell("Weighing candidates", 1.0)
    return weighed, len(found) + len(more)


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
    return tuple(tuple(ids[at] for at in group) for group in groups)


def _could_meet(same: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every two that a chain of "same" leads to: only these can come to stand in one group."""
    chained: Clusters[int] = Clusters()
    for one, two in same:
        chained.join(one, two, lambda _x, _y: False)
    everybody = sorted({person for pair in same for person in pair})
    return [pair for group in chained.groups(everybody) for pair in combinations(group, 2)]
