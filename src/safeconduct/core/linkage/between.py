"""A few households side by side: who of one may be who of another, weighed as in the list they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from safeconduct.core.linkage.blocking import Candidates
from safeconduct.core.linkage.engines import DUCKDB, engine_of
from safeconduct.core.linkage.families import HOUSEMATES
from safeconduct.core.linkage.finding import Linkage, check_ids, linkage_of
from safeconduct.core.linkage.judgements import TwoRecords, in_order
from safeconduct.core.linkage.judging import Model
from safeconduct.core.linkage.name_scores import rarity_of
from safeconduct.core.linkage.people import people_of
from safeconduct.core.linkage.records import LinkRecord, Pair
from safeconduct.core.linkage.weights import SHIPPED, Weights, prior_bits

# More people than this in one household are a list, not a family.
LARGEST: Final = 60


def pairs_between(
    households: Sequence[Sequence[LinkRecord]], *, among: int, weights: Weights = SHIPPED
) -> Linkage:
    """Everybody of each household against everybody of the others; those who may be one, with their reasons.

    `among`: how many people stand in the list, by which the odds fall: in a list of two households alone every
    namesake would look like oneself. How rare a name is comes from the shipped groups, so that a pair may weigh a bit
    or two other than in a list of a thousand people or more, where rarity is counted. Of each household 60 people at
    most are looked at. Raises RepeatedPerson.
    """
    some = [household[:LARGEST] for household in households]
    records = [record for household in some for record in household]
    check_ids(records)
    people = people_of(records, of_families=True)
    model = Model(weights=weights, prior=prior_bits(among, weights), rarity=rarity_of(people))
    home = np.repeat(np.arange(len(some)), [len(household) for household in some])
    a, b = np.triu_indices(len(records), k=1)
    across = home[a] != home[b]
    found_by = np.full(int(across.sum()), 1 << HOUSEMATES, dtype=np.int64)
    with engine_of(DUCKDB) as engine:
        return linkage_of(
            people,
            Candidates(a[across], b[across], found_by),
            engine,
            model,
            lambda _what, _share: None,
        )


def households_apart(pairs: Sequence[Pair], household_of: Mapping[str, str]) -> set[TwoRecords]:
    """Every two households in which some people might be one, and a rule holds each two of them apart.

    Brothers' families share nearly everything; where nobody of one can be anybody of the other, no chain joins them.
    """
    free: dict[TwoRecords, bool] = {}
    for pair in pairs:
        homes = in_order(household_of[pair.person_a], household_of[pair.person_b])
        free[homes] = free.get(homes, False) or not pair.apart
    return {homes for homes, is_free in free.items() if not is_free}
