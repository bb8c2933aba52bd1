"""A list that is known already, against which one plea after another is held as it comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from safeconduct.core.linkage.blocking import Candidates
from safeconduct.core.linkage.engines import DUCKDB, engine_of
from safeconduct.core.linkage.families import Family, Keys, cap_of, keys_of
from safeconduct.core.linkage.finding import Linkage, check_ids, linkage_of
from safeconduct.core.linkage.judging import Model
from safeconduct.core.linkage.people import people_of
from safeconduct.core.linkage.ragged import Numbers, packed, unpacked
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.linkage.weights import SHIPPED, Weights


class KnownPeople:
    """Everybody who has been told so far, laid out so that a newcomer is compared with the few who may be them.

    It holds what it was given, and nothing else of it, for as long as it lives (law 14): let it go with the list.
    """

    def __init__(self, records: Sequence[LinkRecord], *, weights: Weights = SHIPPED) -> None:
        check_ids(records)
        self._records = records
        people = people_of(records)
        self._model = Model.of(people, weights)
        self._keys = _sorted(keys_of(people))
        self._of_families = people.of_families
        self._caps = np.asarray([cap_of(family, people) for family in Family], dtype=np.int64)
        order = np.argsort(people.household, kind="stable")
        self._households = people.household
        self._by_household, self._in_household = people.household[order], order

    def __len__(self) -> int:
        return len(self._records)

    def against(self, newcomers: Sequence[LinkRecord]) -> Linkage:
        """The pairs of newcomers with those who are known. Pairs among the newcomers are not looked for.

        Weighed as if the newcomers stood in the list: same prior, same rarity of names. Raises `RepeatedPerson` where
        a newcomer's id is known or stands twice.
        """
        new = people_of(newcomers, of_families=self._of_families)
        person, known, family = self._meeting(keys_of(new))
        members = self._with_households(np.unique(known))
        records = [*(self._records[at] for at in members.tolist()), *newcomers]
        check_ids(records)
        candidates = _once(np.searchsorted(members, known), len(members) + person, family)
        with engine_of(DUCKDB) as engine:
            found = linkage_of(
                people_of(records, of_families=self._of_families),
                candidates,
                engine,
                self._model,
                lambda _what, _share: None,
            )
        new_ids = {record.person_id for record in newcomers}
        # Families bring along pairs of those who were known before; one of each is a newcomer here.
        pairs = tuple(
            pair for pair in found.pairs if len(new_ids & {pair.person_a, pair.person_b}) == 1
        )
        return replace(found, pairs=pairs)

    def among(self, newcomers: Sequence[LinkRecord]) -> Linkage:
        """The pairs of newcomers with each other, weighed as if they stood in the list. Raises as `against`."""
        check_ids(newcomers)
        new = people_of(newcomers, of_families=self._of_families)
        with engine_of(DUCKDB) as engine:
            return linkage_of(
                new, engine.candidates(new), engine, self._model, lambda _what, _share: None
            )

    def _meeting(self, keys: Keys) -> tuple[Numbers, Numbers, Numbers]:
        """Newcomers, those known who share a key with them that not too many share, and the key's family."""
        first = np.searchsorted(self._keys.key, keys.key, side="left")
        count = np.searchsorted(self._keys.key, keys.key, side="right") - first
        count = np.where(count < self._caps[keys.family], count, 0)
        rows = np.repeat(np.arange(len(count)), count)
        inside = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
        return keys.person[rows], self._keys.person[first[rows] + inside], keys.family[rows]

    def _with_households(self, known: Numbers) -> Numbers:
        """These and everybody of their households: a family is evidence for each of its members."""
        homes = np.unique(self._households[known])
        first = np.searchsorted(self._by_household, homes, side="left")
        last = np.searchsorted(self._by_household, homes, side="right")
        found = [self._in_household[i:j] for i, j in zip(first, last, strict=True)]
        return np.unique(np.concatenate(found)) if found else known


def _once(a: Numbers, b: Numbers, family: Numbers) -> Candidates:
    """Each pair once, with all the families that brought it together."""
    pairs, which = np.unique(packed(a, b), return_inverse=True)
    found_by = np.zeros(len(pairs), dtype=np.int64)
    np.bitwise_or.at(found_by, which, 1 << family)
    return Candidates(*unpacked(pairs), found_by)


def _sorted(keys: Keys) -> Keys:
    order = np.argsort(keys.key, kind="stable")
    return Keys(keys.key[order], keys.family[order], keys.person[order])
