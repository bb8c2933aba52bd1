"""Two open cases side by side: who may be who, what speaks for it in bits, and which part of a name met which.

Worked out anew from the cards as they stand now, whenever they are looked at. Linkage and its engines are imported
here, so pages that need no comparison import something else.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Caller, Person
from safeconduct.cases.models import Case
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.cases.wording import province_named
from safeconduct.core.facts import Relation
from safeconduct.core.linkage.between import pairs_between
from safeconduct.core.linkage.finding import Linkage
from safeconduct.core.linkage.judgements import PlainEvidence
from safeconduct.core.linkage.records import SAME, Pair
from safeconduct.core.names import compare, forget
from safeconduct.core.names.comparing import Aligned
from safeconduct.matching.marks import mark_of, records_of
from safeconduct.matching.sealed_words import Shown

# One at a time: an engine in memory takes what it needs, and the desk has several threads.
_ONE_AT_A_TIME: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the waterfall: what it says, its bits, where its bar begins and how wide it is, in hundredths."""

    label: str
    bits: float
    start: float
    width: float

    @property
    def is_for(self) -> bool:
        return self.bits >= 0

    @property
    def size(self) -> float:
        return abs(self.bits)

    @property
    def x(self) -> str:
        """As an attribute of a drawing: a point, whatever the reader's language writes."""
        return f"{self.start:.2f}"

    @property
    def wide(self) -> str:
        return f"{max(self.width, 0.5):.2f}"


@dataclass(frozen=True, slots=True)
class Part:
    """Two parts of names that met, or stand against each other, or one that only one of them tells."""

    one: str
    two: str
    sign: str
    mark: str
    says: str

    @property
    def lone(self) -> str:
        return self.one or self.two


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two written names of one kind, part by part."""

    what: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PersonPair:
    """Two people who may be one."""

    left: Kept[Person]
    right: Kept[Person]
    pair: Pair
    bars: tuple[Bar, ...]
    alignments: tuple[Alignment, ...]

    @property
    def is_same(self) -> bool:
        return self.pair.decision == SAME


@dataclass(frozen=True, slots=True)
class File:
    """What the head of one case tells."""

    code: str
    cover: Case
    callers: list[Kept[Caller]]
    province: str


def _file(opened: OpenCase) -> File:
    cover = opened.cover
    province = province_named(cover.province) if cover.province else ""
    return File(opened.code, cover, opened.entries(Caller), province)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Everything that the page of a pair tells of two cases, the one with the smaller code on the left."""

    left: OpenCase
    right: OpenCase
    matched: tuple[PersonPair, ...]  # the strongest first, nobody twice
    only_left: tuple[Kept[Person], ...]  # as a reader goes through a file (`in_reading_order`)
    only_right: tuple[Kept[Person], ...]
    shown: Shown

    @property
    def both(self) -> tuple[File, File]:
        return _file(self.left), _file(self.right)

    @property
    def best(self) -> PersonPair | None:
        return self.matched[0] if self.matched else None

    def as_read(self) -> tuple[PersonPair, ...]:
        """The matched as the file on the left tells of them, its principal first."""
        place = {kept.code: at for at, kept in enumerate(in_reading_order(self.left))}
        return tuple(sorted(self.matched, key=lambda each: place[each.left.code]))

    @property
    def apart(self) -> tuple[str, ...]:
        """What holds the two families apart: the rules, where each two people who might be one are held apart."""
        return held_apart([each.pair for each in self.matched])


def side_by_side(left: OpenCase, right: OpenCase, *, among: int) -> SideBySide:
    """`among`: how many people stand in the list from which the two come."""
    ours = {kept.code: kept for kept in in_reading_order(left)}
    theirs = {kept.code: kept for kept in in_reading_order(right)}
    found = _between(left, right, among=among)
    chosen = _nobody_twice(strongest_first(found.pairs, (*ours, *theirs)))
    matched = tuple(_person_pair(pair, ours, theirs, prior=found.prior_bits) for pair in chosen)
    met = {code for each in matched for code in (each.left.code, each.right.code)}
    return SideBySide(
        left=left,
        right=right,
        matched=matched,
        only_left=tuple(kept for code, kept in ours.items() if code not in met),
        only_right=tuple(kept for code, kept in theirs.items() if code not in met),
        shown=_shown(left, right, matched, found.model),
    )


def in_reading_order(opened: OpenCase) -> list[Kept[Person]]:
    """The principal, then everybody as they were told: the same each time, whatever codes were drawn for them."""
    return sorted(opened.persons, key=lambda kept: kept.says.relation is not Relation.PRINCIPAL)


def all_pairs(opened: Sequence[OpenCase], *, among: int) -> tuple[Pair, ...]:
    """Every two people of two of these cases who may be one, the most probable first."""
    return _between(*opened, among=among).pairs


def _between(*opened: OpenCase, among: int) -> Linkage:
    with _ONE_AT_A_TIME:
        try:
            return pairs_between([records_of(each) for each in opened], among=among)
        finally:
            forget()


def held_apart(pairs: Sequence[Pair]) -> tuple[str, ...]:
    """The rules that hold two households apart: those of the strongest pair, where no pair is free of any."""
    if not pairs or not all(pair.apart for pair in pairs):
        return ()
    return pairs[0].apart


def _shown(left: OpenCase, right: OpenCase, matched: Sequence[PersonPair], model: str) -> Shown:
    marks = mark_of(left), mark_of(right)
    if not matched:
        return Shown(marks=marks)
    best = matched[0].pair
    return Shown(
        marks=marks,
        model=model,
        weight=best.match_weight,
        probability=best.probability,
        reasons=plain_reasons(best),
    )


def plain_reasons(pair: Pair) -> tuple[PlainEvidence, ...]:
    """What spoke for and against, in sentences that quote neither name nor number; and the rules."""
    said = [
        PlainEvidence(field=each.field, level=each.level, weight=each.weight, sentence=each.plain)
        for each in pair.evidence
    ]
    rules = [
        PlainEvidence(field="rule", level="held apart", weight=0.0, sentence=rule)
        for rule in pair.apart
    ]
    return (*said, *rules)


def _nobody_twice(strongest: Iterable[Pair]) -> list[Pair]:
    """The strongest pair of each person, strongest first: who is proposed twice is shown once."""
    met: set[str] = set()
    chosen = []
    for pair in strongest:
        if met.isdisjoint({pair.person_a, pair.person_b}):
            met |= {pair.person_a, pair.person_b}
            chosen.append(pair)
    return chosen


def strongest_first(pairs: Iterable[Pair], persons: Iterable[str]) -> list[Pair]:
    """Of equal weight whoever stands first in `persons`: codes are drawn, so they order nothing."""
    place = {code: at for at, code in enumerate(persons)}
    return sorted(
        pairs,
        key=lambda pair: (
            bool(pair.apart),
            pair.decision != SAME,
            -pair.match_weight,
            sorted((place[pair.person_a], place[pair.person_b])),
        ),
    )


def _person_pair(
    pair: Pair,
    ours: Mapping[str, Kept[Person]],
    theirs: Mapping[str, Kept[Person]],
    *,
    prior: float,
) -> PersonPair:
    one, two = pair.person_a, pair.person_b
    left, right = (ours[one], theirs[two]) if one in ours else (ours[two], theirs[one])
    bars = waterfall([("", prior), *((each.plain, each.weight) for each in pair.evidence)])
    return PersonPair(left, right, pair, bars, tuple(_alignments(left.says, right.says)))


def waterfall(told: Sequence[tuple[str, float]]) -> tuple[Bar, ...]:
    """Bars that begin where the one before ended, the first at nought, and last the sum; "" is the odds beforehand."""
    sums, total = [0.0], 0.0
    for _label, bits in told:
        total += bits
        sums.append(total)
    low, high = min(sums), max(sums)
    scale = 100 / ((high - low) or 1.0)

    def bar(label: str, bits: float, begins: float, ends: float) -> Bar:
        first, last = sorted((begins, ends))
        return Bar(label, bits, round((first - low) * scale, 2), round((last - first) * scale, 2))

    steps = [
        bar(label, bits, begins, begins + bits)
        for (label, bits), begins in zip(told, sums, strict=False)
    ]
    return (*steps, bar("sum", total, 0.0, total))


def _alignments(left: Person, right: Person) -> Iterable[Alignment]:
    """The names in each kind of letters in which both are told, or across; and the fathers' names."""
    told = [(_whole(left), _whole(right)), (left.native_name, right.native_name)]
    if not any(one and two for one, two in told):
        told = [(_whole(left), right.native_name), (left.native_name, _whole(right))]
    for one, two in told:
        if one and two:
            yield Alignment("name", tuple(map(_part, compare(one, two).alignment)))
    if left.father_name and right.father_name:
        match = compare(left.father_name, right.father_name)
        yield Alignment("father", tuple(map(_part, match.alignment)))


def _part(aligned: Aligned) -> Part:
    differs = aligned.how == "contradicts"
    return Part(
        one=aligned.a_token or "",
        two=aligned.b_token or "",
        sign="≠" if differs else "=",
        mark="against" if differs else "with",
        says=str(_HOW.get(aligned.how, "")),
    )


# How two parts of a name stand to each other (core/names/comparing), for a reader.
_HOW: Final[Mapping[str, Promise]] = {
    "same": _("the same"),
    "sounds alike": _("sounds alike"),
    "initial": _("an initial that fits"),
    "written together": _("written together"),
    "contradicts": _("they contradict"),
}


def _whole(person: Person) -> str:
    return " ".join(part for part in (person.given_name, person.family_name) if part)
