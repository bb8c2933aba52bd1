"""How a pair of records stands, all live judgements of it taken together, and which pairs are followed first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import inf

from safeconduct.core.linkage.judgements import Judgement, TwoRecords, Verdict

# Which office holds a record. None: there is only one office. A record that is not in it is of an unknown office.
OfficeOf = Mapping[str, str] | None
UNKNOWN_OFFICE = "an office that is not known"
_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


class Standing(StrEnum):
    """Only SAME joins two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    CONTESTED = "contested"  # one member says same, another different
    DOUBTED = "doubted"  # somebody was unsure after it was called the same
    AWAITED = "awaited"  # an office whose record it is has not said same


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """Two records, how they stand and the live judgements of them, oldest first. `awaited`: offices yet to say same."""

    records: TwoRecords
    standing: Standing
    judgements: tuple[Judgement, ...]
    awaited: tuple[str, ...] = ()


def judged_pairs(
    live_judgements: Iterable[Judgement], office_of: OfficeOf = None
) -> dict[TwoRecords, JudgedPair]:
    """Every pair that somebody judged. `live_judgements` come oldest first, as `live` gives them."""
    said: dict[TwoRecords, list[Judgement]] = {}
    for judgement in live_judgements:
        said.setdefault(judgement.records, []).append(judgement)
    return {records: _judged(records, words, office_of) for records, words in said.items()}


def offices_of(records: TwoRecords, office_of: OfficeOf) -> frozenset[str | None]:
    """The offices that hold two records; None among them is an office that is not known."""
    return (
        frozenset(office_of.get(record) for record in records)
        if office_of is not None
        else frozenset()
    )


def named_offices(offices: Iterable[str | None]) -> tuple[str, ...]:
    """Offices as a member reads them, sorted."""
    return tuple(sorted(office or UNKNOWN_OFFICE for office in offices))


def strength(
    pair: JudgedPair, office_of: OfficeOf = None
) -> tuple[bool, int, float, timedelta, TwoRecords]:
    """Sorts pairs that are the same into the order in which they are followed, first to last.

    Within one office before between two, so that nobody from outside takes apart what an office has put together;
    then by how many members said so, by the greatest match weight that they were shown, the latest first, and last by
    the records' ids.
    """
    same = [judgement for judgement in pair.judgements if judgement.verdict is Verdict.SAME]
    weight = max((-inf if each.match_weight is None else each.match_weight) for each in same)
    return (
        len(offices_of(pair.records, office_of)) > 1,
        -len(same),
        -weight,
        _BEFORE_ALL - same[-1].at,
        pair.records,
    )


def _judged(records: TwoRecords, words: Sequence[Judgement], office_of: OfficeOf) -> JudgedPair:
    standing = _standing(words)
    awaited = _awaited(records, words, office_of) if standing is Standing.SAME else ()
    return JudgedPair(
        records=records,
        standing=Standing.AWAITED if awaited else standing,
        judgements=tuple(words),
        awaited=awaited,
    )


def _standing(words: Sequence[Judgement]) -> Standing:
    """One "different" is enough to keep two apart. "Unsure" is a question: a later word answers it, no earlier one."""
    verdicts = {judgement.verdict for judgement in words}
    if Verdict.DIFFERENT in verdicts:
        return Standing.CONTESTED if Verdict.SAME in verdicts else Standing.DIFFERENT
    if Verdict.SAME not in verdicts:
        return Standing.UNSURE
    return Standing.DOUBTED if words[-1].verdict is Verdict.UNSURE else Standing.SAME


def _awaited(
    records: TwoRecords, words: Sequence[Judgement], office_of: OfficeOf
) -> tuple[str, ...]:
    """The offices that hold one of the two and have not said same; one that is not known has not."""
    said = {judgement.office for judgement in words if judgement.verdict is Verdict.SAME}
    return named_offices(offices_of(records, office_of) - said)
