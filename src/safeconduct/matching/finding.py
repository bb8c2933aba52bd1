"""Cases that may be one family, found among all cards of an office. In memory alone; nothing is written here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from safeconduct.cases.reading import OpenCase
from safeconduct.core.linkage import (
    KnownPeople,
    LinkRecord,
    Pair,
    find_pairs,
    household_doubles,
)
from safeconduct.core.linkage.judgements import in_order
from safeconduct.matching.marks import mark_of, records_of

# A list this short, or with this share of newcomers, is compared whole: one pass costs less than a pass and a half.
_WHOLE_UP_TO: Final = 3_000
_WHOLE_FROM_SHARE: Final = 0.3

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Card:
    """A case as it is compared. `is_new`: it was not compared yet, or is told otherwise since."""

    code: str
    office: str
    revision: int
    mark: bytes
    is_new: bool
    records: Sequence[LinkRecord] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Double:
    """Two cases that may be one family: `weight` in bits is that of the strongest pair of people.

    `pairs`: so many people of the one may stand in the other. Somebody who is like two of them counts once.
    """

    cases: tuple[str, str]
    decision: str
    probability: float
    weight: float
    pairs: int
    model: str


def card_from(opened: OpenCase, known: Mapping[str, bytes]) -> Card:
    """`known`: the marks of the cards that were compared, by case."""
    records = records_of(opened)
    mark = mark_of(opened, records)
    is_new = known.get(opened.code) != mark
    cover = opened.cover
    return Card(opened.code, cover.office_id, cover.revision, mark, is_new, records)


def doubles_among(
    cards: Collection[Card], *, office: str, progress: Progress = lambda _share: None
) -> list[Double]:
    """Every possible double with at least one case of this office and at least one that is new; the surest first."""
    if not any(card.is_new for card in cards):
        return []
    case_of = {record.person_id: card.code for card in cards for record in card.records}
    ours = {card.code for card in cards if card.office == office}
    new = {card.code for card in cards if card.is_new}
    pairs, model = _pairs(cards, progress)
    wanted = [
        pair
        for pair in pairs
        if _joins({case_of[pair.person_a], case_of[pair.person_b]}, ours=ours, new=new)
    ]
    return _doubles(wanted, case_of, model)


def _pairs(cards: Collection[Card], progress: Progress) -> tuple[Sequence[Pair], str]:
    everybody = [record for card in cards for record in card.records]
    newcomers = [record for card in cards if card.is_new for record in card.records]
    few = len(everybody) <= _WHOLE_UP_TO
    if few or len(newcomers) >= _WHOLE_FROM_SHARE * len(everybody):
        found = find_pairs(everybody, progress=_one_scale(progress))
        return found.pairs, found.model
    known = KnownPeople([record for card in cards if not card.is_new for record in card.records])
    progress(0.4)
    against = known.against(newcomers)
    progress(0.8)
    among = known.among(newcomers)
    progress(1.0)
    return (*against.pairs, *among.pairs), against.model


# What linkage is at, one after the other, and where that begins and ends of the whole. Measured roughly.
_STAGES: Final[Mapping[str, tuple[float, float]]] = {
    "Reading names": (0.0, 0.2),
    "Looking for candidates": (0.2, 0.4),
    "Weighing candidates": (0.4, 0.9),
    "Explaining pairs": (0.9, 1.0),
}


def _one_scale(progress: Progress) -> Callable[[str, float], None]:
    def tell(what: str, share: float) -> None:
        begins, ends = _STAGES.get(what, (1.0, 1.0))
        progress(begins + (ends - begins) * share)

    return tell


def _joins(two: set[str], *, ours: set[str], new: set[str]) -> bool:
    return len(two) == 2 and bool(two & ours) and bool(two & new)


def _doubles(pairs: Iterable[Pair], case_of: Mapping[str, str], model: str) -> list[Double]:
    told = list(pairs)
    weights: dict[tuple[str, str], float] = {}
    people: dict[tuple[str, str], dict[str, set[str]]] = {}
    for pair in told:
        cases = in_order(case_of[pair.person_a], case_of[pair.person_b])
        weights[cases] = max(pair.match_weight, weights.get(cases, pair.match_weight))
        for person in (pair.person_a, pair.person_b):
            people.setdefault(cases, {}).setdefault(case_of[person], set()).add(person)
    doubles = []
    for each in household_doubles(told, case_of):
        cases = in_order(each.household_a, each.household_b)
        both = min(map(len, people[cases].values()))
        weight = weights[cases]
        doubles.append(Double(cases, each.decision, each.probability, weight, both, model))
    return doubles
