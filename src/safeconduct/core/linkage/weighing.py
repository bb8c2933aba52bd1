"""Candidates weighed in columns: what each field says about each pair, in bits, and their sum.

Splink weighs every field but the names, of which it is told only what they can say at the most; so the pairs that could
be one person are few enough for the names to be set side by side, part by part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage.births import births_of
from safeconduct.core.linkage.blocking import Candidates, Columns
from safeconduct.core.linkage.families import NAME_FAMILIES
from safeconduct.core.linkage.levels import Field
from safeconduct.core.linkage.model import Compared, columns_of, fields_in, lists_of
from safeconduct.core.linkage.name_scores import FATHER_AGREES, NOT_COMPARED, Floats, NameScores
from safeconduct.core.linkage.people import UNKNOWN, Numbers, People
from safeconduct.core.linkage.ragged import Ragged
from safeconduct.core.linkage.weights import Weights, probability_of

Flags = npt.NDArray[np.bool_]
# Under this score of their given names two people are not compared, unless a document or a whole name brings them
# together. It only saves work: what holds two people apart is in `apart`.
_WORTH_COMPARING = 0.4
_AGREES_WELL = 0.95
# Among single people: Tom is Thomas, and a woman may take her husband's name.
GIVEN_DIFFERS, FAMILY_DIFFERS = -4.0, -6.0


class Engine(Protocol):
    """Where pairs are found and their fields weighed: DuckDB (`duck`) or Spark (`spark`)."""

    def candidates(self, people: People) -> Candidates:
        """All pairs that share a key which not too many others share, in the order of the list."""

    def compared(
        self,
        columns: Columns,
        lists: dict[str, Ragged],
        pairs: Candidates,
        *,
        fields: Sequence[Field],
        prior: float,
        least_bits: float,
    ) -> Compared:
        """The pairs whose evidence, prior included, is at least this, with what each field says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Pairs with what each field says. Scores are NOT_COMPARED (-1) and `years` NaN where a side is unknown.

    `document`: 2 where passport, full tazkira or another number agree, 1 where a plain tazkira number does, else 0.
    `name_view`: which of VIEWS the score of the names is of.
    """

    a: Numbers
    b: Numbers
    found_by: Numbers
    given_score: Floats
    name_score: Floats
    name_view: Numbers
    father_score: Floats
    years: Floats
    exact_day: Flags
    to_the_year: Flags
    document: Numbers
    phone: Flags
    name_bits: Floats
    father_bits: Floats
    birth_bits: Floats
    sex_bits: Floats
    passport_bits: Floats
    tazkira_bits: Floats
    other_id_bits: Floats
    phone_bits: Floats
    province_bits: Floats
    birth_place_bits: Floats
    postcode_bits: Floats
    address_bits: Floats
    occupation_bits: Floats

    def __len__(self) -> int:
        return len(self.a)

    @property
    def bits(self) -> Floats:
        """All evidence of the pair itself; neither the prior nor the household is in it."""
        parts = [getattr(self, item.name) for item in fields(self) if item.name.endswith("_bits")]
        total: Floats = np.sum(parts, axis=0) if parts else np.zeros(len(self))
        return total

    def saying(self, bits: Mapping[str, Floats]) -> Weighed:
        """The same pairs with other weights for some fields."""
        told: dict[str, Any] = {f"{name}_bits": said for name, said in bits.items()}
        return replace(self, **told)

    def only(self, keep: Flags) -> Weighed:
        """The pairs that are kept."""
        return Weighed(**{item.name: getattr(self, item.name)[keep] for item in fields(self)})

    def with_more(self, more: Weighed) -> Weighed:
        """These pairs and then those."""
        return Weighed(
            **{
                item.name: np.concatenate((getattr(self, item.name), getattr(more, item.name)))
                for item in fields(self)
            }
        )


_OF_SPLINK = (
    "birth", "sex", "passport", "tazkira", "other_id", "phone", "province", "birth_place", "postcode", "address",
    "occupation",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """What a list is weighed with, laid out once: its names, its columns, the engine and the figures.

    `prior` and `least_bits` are bits; what cannot reach the second, the first included, is let go.
    """

    people: People
    names: NameScores
    engine: Engine
    weights: Weights
    prior: float
    least_bits: float
    columns: Columns
    lists: dict[str, Ragged]

    @classmethod
    def of(
        cls,
        people: People,
        names: NameScores,
        engine: Engine,
        weights: Weights,
        *,
        prior: float,
        least_bits: float,
    ) -> Scales:
        """Lay out the columns of a list."""
        most = names.most(people.whole, people.native), names.most(people.father)
        return cls(
            people=people, names=names, engine=engine, weights=weights, prior=prior, least_bits=least_bits,
            columns=columns_of(people, *most), lists=lists_of(people),
        )  # fmt: skip


def weigh(
    scales: Scales, found: Candidates, tell: Callable[[float], None] = lambda _share: None
) -> Weighed:
    """Weigh the candidates that could be worth a look and whose given names do not contradict."""
    people, names, weights = scales.people, scales.names, scales.weights
    compared = scales.engine.compared(
        scales.columns,
        scales.lists,
        found,
        fields=fields_in(scales.columns, scales.lists, weights.fields),
        prior=probability_of(scales.prior),
        least_bits=scales.least_bits,
    )
    tell(0.5)
    named = _names(people, compared.a, compared.b, names)
    # What the names say is known now, and of the father's name still what it says at the most.
    known = [said for field, said in compared.bits.items() if field != "name_bits"]
    possible = np.sum([*known, named.bits], axis=0) + scales.prior >= scales.least_bits
    tell(0.8)
    kept = compared.only(possible)
    document = documents_agreeing(people, kept.a, kept.b)
    given = names.scores(people.given[kept.a], people.given[kept.b])
    keep = _worth_comparing(people, kept, given, document)
    kept, document, given = kept.only(keep), document[keep], given[keep]
    a, b = kept.a, kept.b
    named = named.only(possible).only(keep)
    father, said_of_father = names.scores_and_bits(people.father[a], people.father[b])
    tell(0.95)
    birth = births_of(people, a, b)
    bits = {name: kept.bits[name] if name in kept.bits else np.zeros(len(a)) for name in _OF_SPLINK}
    return Weighed(
        a=a,
        b=b,
        found_by=kept.found_by,
        given_score=given,
        name_score=named.score,
        name_view=named.view,
        father_score=father,
        years=birth.years,
        exact_day=birth.exact_day,
        to_the_year=birth.to_the_year,
        document=document,
        phone=bits["phone"] > 0,
        name_bits=named.bits,
        father_bits=_of_father(father, said_of_father, weights),
        **{f"{name}_bits": said for name, said in bits.items()},
    )


def _worth_comparing(people: People, found: Compared, given: Floats, document: Numbers) -> Flags:
    if not people.of_families:
        # Tom is Thomas, and no brother is there to be taken for him.
        return np.ones(len(found), dtype=bool)
    keep: Flags = (given == NOT_COMPARED) | (given >= _WORTH_COMPARING) | (document > 0)
    # Keys of whole names pair parts in any order: they find a given name in the family's column too.
    unsure = np.flatnonzero(~keep & ((found.found_by & NAME_FAMILIES) != 0))
    keep[unsure] = _may_be_exchanged(people, found.a[unsure], found.b[unsure])
    return keep


def _may_be_exchanged(people: People, a: Numbers, b: Numbers) -> Flags:
    """Whether each one's given name may stand somewhere in the other's whole name."""
    keys = people.name_keys

    def stands(given: Numbers, one: Numbers, other: Numbers) -> Flags:
        in_one, in_other = keys.take(given[one]), keys.take(people.whole[other])
        return in_one.meets(in_other)

    exchanged: Flags = stands(people.given, a, b) & stands(people.given, b, a)
    return exchanged


def documents_agreeing(people: People, a: Numbers, b: Numbers) -> Numbers:
    """2 where a passport, a full tazkira or another number is the same, 1 where a plain tazkira number is, else 0."""
    passport = (people.passport[a] == people.passport[b]) & (people.passport[a] != UNKNOWN)
    other = (people.other_id[a] == people.other_id[b]) & (people.other_id[a] != UNKNOWN)
    tazkira = (people.tazkira[a] == people.tazkira[b]) & (people.tazkira[a] != UNKNOWN)
    plain = people.plain_tazkira[a]
    strength: Numbers = np.where(passport | other | (tazkira & ~plain), 2, np.where(tazkira, 1, 0))
    return strength


# The names of one beside those of the other: as told, and in their own script.
VIEWS = (("whole", "whole"), ("native", "native"), ("whole", "native"), ("native", "whole"))


@dataclass(frozen=True, slots=True)
class _Named:
    """Scores of names, what they say, and the view each is of (a place in VIEWS)."""

    score: Floats
    bits: Floats
    view: Numbers

    def only(self, keep: Flags) -> _Named:
        return _Named(self.score[keep], self.bits[keep], self.view[keep])


def _names(people: People, a: Numbers, b: Numbers, names: NameScores) -> _Named:
    """The best of the whole names and the native names, where both are told."""
    score, bits = names.scores_and_bits(people.whole[a], people.whole[b])
    best = np.zeros(len(a), dtype=np.int64)
    for view, (left, right) in list(enumerate(VIEWS))[1:]:
        one, two = getattr(people, left)[a], getattr(people, right)[b]
        # A name that agrees well can gain nothing that is worth another comparison.
        at = np.flatnonzero((one != UNKNOWN) & (two != UNKNOWN) & (score < _AGREES_WELL))
        if len(at):
            other, said = names.scores_and_bits(one[at], two[at])
            better = other > score[at] + 0.05
            at = at[better]
            score[at], bits[at], best[at] = other[better], said[better], view
    if not people.of_families:
        bits = np.maximum(bits, _part_by_part(people, a, b, names))
    return _Named(score, bits, best)


def _part_by_part(people: People, a: Numbers, b: Numbers, names: NameScores) -> Floats:
    """What given and family names say, each by itself: among single people one may be another's in part."""
    _, given = names.scores_and_bits(people.given[a], people.given[b])
    _, family = names.scores_and_bits(people.family[a], people.family[b])
    said: Floats = np.maximum(given, GIVEN_DIFFERS) + np.maximum(family, FAMILY_DIFFERS)
    return said


def _of_father(score: Floats, bits: Floats, weights: Weights) -> Floats:
    agrees = np.clip(bits, 0.0, weights.father_most)
    said = np.where(score >= FATHER_AGREES, agrees, weights.father_nearly_differs)
    said = np.where(score < 0.5, weights.father_differs, said)
    known: Floats = np.where(score == NOT_COMPARED, 0.0, said)
    return known
