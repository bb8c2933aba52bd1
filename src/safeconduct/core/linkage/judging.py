"""From weighed pairs to those worth a look, and to what is proposed of them, in lists of families and of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import numpy as np

from safeconduct.core.linkage.apart import Rules, held_apart
from safeconduct.core.linkage.company import company_of
from safeconduct.core.linkage.deciding import proposed
from safeconduct.core.linkage.households import household_bits
from safeconduct.core.linkage.name_scores import Floats, NameScores, Rarity, rarity_of
from safeconduct.core.linkage.people import People
from safeconduct.core.linkage.weighing import Flags, Weighed
from safeconduct.core.linkage.weights import Weights, prior_bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What pairs are weighed with: the figures, the odds before any evidence (bits), and how rare a part of a name is.

    `taught`: names what a list itself taught, where it did. `families`: whether the list tells of them.
    """

    weights: Weights
    prior: float
    rarity: Rarity
    taught: str = ""
    families: bool = True

    @classmethod
    def of(cls, people: People, weights: Weights) -> Model:
        """The model for a list: the prior by its size, the rarity of names as counted in it."""
        return cls(
            weights=weights,
            prior=prior_bits(len(people), weights),
            rarity=rarity_of(people),
            families=people.of_families,
        )

    @property
    def line(self) -> float:
        """The bits from which a pair is shown."""
        weights = self.weights
        share = weights.review_from if self.families else weights.review_from_of_single
        return log2(share / (1 - share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Pairs worth a look. `others`: the bits of what other pairs say; `total`: all bits, the prior included; `apart`:
    the rules that hold each apart; `same`: whether the same person is proposed.
    """

    pairs: Weighed
    others: Floats
    total: Floats
    apart: Sequence[Rules]
    same: Flags


def judged(people: People, names: NameScores, pairs: Weighed, model: Model) -> Judged:
    """The pairs of a list worth a look."""
    judge = _of_families if people.of_families else _of_single_people
    return judge(people, names, pairs, model)


def _of_families(people: People, names: NameScores, pairs: Weighed, model: Model) -> Judged:
    homes = household_bits(people, pairs, pairs.bits + model.prior, model.weights)
    total = pairs.bits + homes + model.prior
    # Two people of one household are two people, unless a document's number says otherwise.
    together = people.household[pairs.a] == people.household[pairs.b]
    keep = (total >= model.line) & (~together | (pairs.document == 2))
    pairs, homes, total = pairs.only(keep), homes[keep], total[keep]
    apart = held_apart(people, names, pairs.a, pairs.b, model.weights)
    same = proposed(people, pairs, homes=homes, total=total, apart=apart, weights=model.weights)
    return Judged(pairs=pairs, others=homes, total=total, apart=apart, same=same)


def _of_single_people(people: People, names: NameScores, pairs: Weighed, model: Model) -> Judged:
    total = pairs.bits + model.prior
    apart = held_apart(people, names, pairs.a, pairs.b, model.weights)
    held = np.fromiter(map(bool, apart), dtype=bool, count=len(pairs))
    company = company_of(len(people), pairs, total, held)
    # What is likely by itself is shown, whatever the others say.
    keep = np.maximum(total, total + company.bits) >= model.line
    total = total + company.bits
    kept = pairs.only(keep)
    # Never on a name alone: something that no namesake need share must agree.
    facts = sum(
        (said > 0).astype(int)
        for said in (
            kept.birth_bits, kept.birth_place_bits, kept.postcode_bits, kept.address_bits, kept.occupation_bits,
            kept.other_id_bits, kept.passport_bits, kept.tazkira_bits,
        )
    )  # fmt: skip
    same = (company.together & ~held)[keep] & (np.asarray(facts) > 0)
    return Judged(
        pairs=kept,
        others=company.bits[keep],
        total=total[keep],
        apart=[rules for rules, wanted in zip(apart, keep.tolist(), strict=True) if wanted],
        same=same,
    )
