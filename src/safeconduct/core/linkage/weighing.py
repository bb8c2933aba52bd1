"""Candidates weighed in columns: what each field says about each pair, in bits, and their sum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from safeconduct.core.linkage.births import births_of
from safeconduct.core.linkage.blocking import NAME_FAMILIES, Candidates
from safeconduct.core.linkage.name_scores import (
    FATHER_AGREES,
    NOT_COMPARED,
    Floats,
    Rarity,
    scores,
    scores_and_bits,
)
from safeconduct.core.linkage.people import UNKNOWN, Index, Numbers, People
from safeconduct.core.linkage.weights import Weights

Flags = npt.NDArray[np.bool_]
# Under this score of their given names two people are not compared, unless a document or a whole name brings them
# together. It only saves work: what holds two people apart is in `apart`.
_WORTH_COMPARING = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Pairs with what each field says. Scores are NOT_COMPARED (-1) and `years` NaN where a side is unknown.

    `document`: 2 where passport or full tazkira agree, 1 where a plain tazkira number does, else 0.
    """

    a: Numbers
    b: Numbers
    found_by: Numbers
    given_score: Floats
    name_score: Floats
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
    phone_bits: Floats
    province_bits: Floats

    def __len__(self) -> int:
        return len(self.a)

    @property
    def bits(self) -> Floats:
        """All evidence of the pair itself; neither the prior nor the household is in it."""
        total: Floats = (
            self.name_bits
            + self.father_bits
            + self.birth_bits
            + self.sex_bits
            + self.passport_bits
            + self.tazkira_bits
            + self.phone_bits
            + self.province_bits
        )
        return total

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


def weigh(
    people: People,
    found: Candidates,
    rarity: Rarity,
    weights: Weights,
    tell: Callable[[float], None] = lambda _share: None,
) -> Weighed:
    """Weigh every candidate whose given names do not contradict, or whose documents agree."""
    a, b, by = found.a, found.b, found.found_by
    document = _documents(people, a, b)
    given = scores(people, people.given[a], people.given[b])
    tell(0.2)
    keep = _worth_comparing(people, found, given, document)
    a, b, by, document, given = a[keep], b[keep], by[keep], document[keep], given[keep]
    name, name_bits = _names(people, a, b, rarity, weights)
    tell(0.8)
    father, father_bits = scores_and_bits(
        people, people.father[a], people.father[b], rarity, weights
    )
    tell(0.95)
    birth = births_of(people, a, b, weights)
    phone = np.fromiter(
        (not people.phones[i].isdisjoint(people.phones[j]) for i, j in zip(a, b, strict=True)),
        dtype=bool,
        count=len(a),
    )
    return Weighed(
        a=a,
        b=b,
        found_by=by,
        given_score=given,
        name_score=name,
        father_score=father,
        years=birth.years,
        exact_day=birth.exact_day,
        to_the_year=birth.to_the_year,
        document=document,
        phone=phone,
        name_bits=name_bits,
        father_bits=_of_father(father, father_bits, weights),
        birth_bits=birth.bits,
        sex_bits=_of_equality(
            people.sex[a], people.sex[b], weights.sex_agrees, weights.sex_differs
        ),
        passport_bits=_of_numbers(
            people.passport[a],
            people.passport[b],
            people.passports,
            (weights.passport_agrees, weights.passport_slip, weights.passport_differs),
        ),
        tazkira_bits=_of_tazkira(people, a, b, weights),
        phone_bits=np.where(phone, weights.phone_agrees, 0.0),
        province_bits=_of_equality(
            people.province[a],
            people.province[b],
            weights.province_agrees,
            weights.province_differs,
        ),
    )


def _worth_comparing(people: People, found: Candidates, given: Floats, document: Numbers) -> Flags:
    keep: Flags = (given == NOT_COMPARED) | (given >= _WORTH_COMPARING) | (document > 0)
    # Keys of whole names pair parts in any order: they find a given name in the family's column too.
    for at in np.flatnonzero(~keep & ((found.found_by & NAME_FAMILIES) != 0)):
        keep[at] = _may_be_exchanged(people, int(found.a[at]), int(found.b[at]))
    return keep


def _may_be_exchanged(people: People, a: int, b: int) -> bool:
    """Whether each one's given name may stand somewhere in the other's whole name."""
    return not (
        people.name_keys[b].isdisjoint(people.given_skeletons[a])
        or people.name_keys[a].isdisjoint(people.given_skeletons[b])
    )


def _documents(people: People, a: Numbers, b: Numbers) -> Numbers:
    passport = (people.passport[a] == people.passport[b]) & (people.passport[a] != UNKNOWN)
    tazkira = (people.tazkira[a] == people.tazkira[b]) & (people.tazkira[a] != UNKNOWN)
    plain = people.plain_tazkira[a]
    strength: Numbers = np.where(passport | (tazkira & ~plain), 2, np.where(tazkira, 1, 0))
    return strength


def _names(
    people: People, a: Numbers, b: Numbers, rarity: Rarity, weights: Weights
) -> tuple[Floats, Floats]:
    """The best of the whole names and the native names, where both are told."""
    score, bits = scores_and_bits(people, people.whole[a], people.whole[b], rarity, weights)
    sides = (
        (people.native, people.native),
        (people.whole, people.native),
        (people.native, people.whole),
    )
    for left, right in sides:
        other_score, other_bits = scores_and_bits(people, left[a], right[b], rarity, weights)
        better = other_score > score + 0.05
        score, bits = np.where(better, other_score, score), np.where(better, other_bits, bits)
    return score, bits


def _of_father(score: Floats, bits: Floats, weights: Weights) -> Floats:
    agrees = np.clip(bits, 0.0, weights.father_most)
    said = np.where(score >= FATHER_AGREES, agrees, weights.father_nearly_differs)
    said = np.where(score < 0.5, weights.father_differs, said)
    known: Floats = np.where(score == NOT_COMPARED, 0.0, said)
    return known


def _of_equality(left: Numbers, right: Numbers, agrees: float, differs: float) -> Floats:
    known = (left != UNKNOWN) & (right != UNKNOWN)
    said: Floats = np.where(known, np.where(left == right, agrees, differs), 0.0)
    return said


def _of_numbers(
    left: Numbers, right: Numbers, index: Index, says: tuple[float, float, float]
) -> Floats:
    """Numbers of documents: the same, one slip apart, or different."""
    agrees, slip, differs = says
    said = _of_equality(left, right, agrees, differs)
    for at in np.flatnonzero((left != UNKNOWN) & (right != UNKNOWN) & (left != right)):
        one, two = index.texts[left[at]], index.texts[right[at]]
        if one_slip_apart(one, two):
            said[at] = slip
    return said


def one_slip_apart(one: str, two: str) -> bool:
    """Whether two numbers of documents, long enough to tell, are one slip of the hand apart."""
    return min(len(one), len(two)) >= 7 and OSA.distance(one, two, score_cutoff=1) <= 1


def _of_tazkira(people: People, a: Numbers, b: Numbers, weights: Weights) -> Floats:
    says = (weights.tazkira_agrees, weights.tazkira_slip, weights.tazkira_differs)
    said = _of_numbers(people.tazkira[a], people.tazkira[b], people.tazkiras, says)
    plain = people.plain_tazkira[a]
    known: Floats = np.where(plain & (said > 0), said / 2, said)
    return known
