"""What members have judged of pairs of records: added, never altered, undone by adding a withdrawal.

Software proposes pairs, a named person judges them (law 12). The records judged are never touched: who is one
person is computed from the judgements that are live (core/linkage/persons), so whatever was said can be taken back.
The rules stand in docs/judgements.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from enum import StrEnum
from math import isfinite

from safeconduct.core.errors import JudgementIncomplete, RepeatedJudgement
from safeconduct.core.linkage.records import Pair

TwoRecords = tuple[str, str]


class Verdict(StrEnum):
    """What a member says of two records."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainEvidence:
    """What one field said when the pair was judged, in bits, and a sentence that quotes neither name nor number."""

    field: str
    level: str
    weight: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One member's word on two records, with what the software showed them at the time.

    `record_a` comes before `record_b` (`in_order`). `by` and `office` are ids of a member and of the office they
    spoke for. `model`, `match_weight` (bits) and `probability` are None where nothing had been proposed.
    Raises JudgementIncomplete.
    """

    judgement_id: str
    record_a: str
    record_b: str
    verdict: Verdict
    by: str
    office: str
    at: datetime
    model: str | None = None
    match_weight: float | None = None
    probability: float | None = None
    reasons: tuple[PlainEvidence, ...] = ()

    def __post_init__(self) -> None:
        _refuse("judgement", self.judgement_id, _missing(self) or _unweighable(self))

    @property
    def records(self) -> TwoRecords:
        return self.record_a, self.record_b


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """From now on the judgement does not count: who took it back, when and why. Raises JudgementIncomplete."""

    judgement_id: str
    by: str
    at: datetime
    why: str

    def __post_init__(self) -> None:
        texts = {"judgement_id": self.judgement_id, "by": self.by, "why": self.why}
        _refuse("withdrawal of", self.judgement_id, _empty(texts) or _untimely(self.at))


def in_order(one: str, two: str) -> TwoRecords:
    """Two records as a judgement names them, whichever was told first."""
    return (one, two) if one < two else (two, one)


def judgement_on(
    pair: Pair,
    verdict: Verdict,
    *,
    judgement_id: str,
    by: str,
    office: str,
    at: datetime,
    model: str,
) -> Judgement:
    """A member's verdict on a proposed pair, with what was proposed: the model's hash, its figures and plain reasons.

    The pair's own decision says nothing here: the verdict is the member's. Raises JudgementIncomplete.
    """
    record_a, record_b = in_order(pair.person_a, pair.person_b)
    return Judgement(
        judgement_id=judgement_id,
        record_a=record_a,
        record_b=record_b,
        verdict=verdict,
        by=by,
        office=office,
        at=at,
        model=model,
        match_weight=pair.match_weight,
        probability=pair.probability,
        reasons=_plain_evidence(pair),
    )


def live(
    judgements: Iterable[Judgement], withdrawals: Iterable[Withdrawal] = ()
) -> tuple[Judgement, ...]:
    """Those that count: not withdrawn, and the latest word of that member on that pair; oldest first.

    Whatever is withdrawn counts as never said: a member's earlier word on the pair is live again. The same judgement
    told twice is one; a withdrawal of what was not told does nothing. Raises RepeatedJudgement.
    """
    withdrawn = {withdrawal.judgement_id for withdrawal in withdrawals}
    standing = (each for each in _once_each(judgements) if each.judgement_id not in withdrawn)
    latest: dict[tuple[str, str, str], Judgement] = {}
    for judgement in sorted(standing, key=_moment):
        latest[judgement.record_a, judgement.record_b, judgement.by] = judgement
    return tuple(sorted(latest.values(), key=_moment))


def unjudged(
    proposals: Iterable[Pair],
    judgements: Iterable[Judgement],
    withdrawals: Iterable[Withdrawal] = (),
) -> tuple[Pair, ...]:
    """The proposed pairs on which no judgement is live, in their order: what is still to be looked at."""
    judged = {judgement.records for judgement in live(judgements, withdrawals)}
    return tuple(pair for pair in proposals if in_order(pair.person_a, pair.person_b) not in judged)


def _moment(judgement: Judgement) -> tuple[datetime, str]:
    """By the time; of two words in one moment the one with the greater id counts as later."""
    return judgement.at, judgement.judgement_id


def _once_each(judgements: Iterable[Judgement]) -> Iterable[Judgement]:
    told: dict[str, Judgement] = {}
    for judgement in judgements:
        if told.setdefault(judgement.judgement_id, judgement) != judgement:
            raise RepeatedJudgement(judgement=judgement.judgement_id)
    return told.values()


def _plain_evidence(pair: Pair) -> tuple[PlainEvidence, ...]:
    """Of each field its plain sentence; of each rule that holds the two apart its own, which quotes nothing."""
    fields = (
        PlainEvidence(field=item.field, level=item.level, weight=item.weight, sentence=item.plain)
        for item in pair.evidence
    )
    rules = (
        PlainEvidence(field="rule", level="held apart", weight=0.0, sentence=rule)
        for rule in pair.apart
    )
    return (*fields, *rules)


# --- what makes a judgement count ---------------------------------------------------


def _refuse(kind: str, told_id: str, what: str | None) -> None:
    if what:
        raise JudgementIncomplete(kind=kind, id=told_id, what=what)


def _missing(told: Judgement) -> str | None:
    if told.record_a == told.record_b:
        return "it speaks of one record, not of two"
    if told.record_a > told.record_b:
        return "its two records do not stand in order"
    names = ("judgement_id", "record_a", "record_b", "by", "office")
    texts = {name: getattr(told, name) for name in names}
    return _empty(texts) or _untimely(told.at)


def _empty(texts: dict[str, str]) -> str | None:
    """Words that are missing, or of letters that UTF-8 cannot write."""
    for name, text in texts.items():
        if not text.strip():
            return f"{name} is empty"
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            return f"{name} holds a letter that cannot be written"
    return None


def _untimely(at: datetime) -> str | None:
    if at.utcoffset() is None:
        return "its time has no zone"
    # The first and the last year have hours that UTC cannot tell.
    return None if MINYEAR < at.year < MAXYEAR else "its time is not one"


def _unweighable(told: Judgement) -> str | None:
    weights = [reason.weight for reason in told.reasons]
    figures = [*weights, *(f for f in (told.match_weight, told.probability) if f is not None)]
    if not all(map(isfinite, figures)):
        return "a weight is not a finite number"
    if not 0 <= (told.probability or 0) <= 1:
        return "its probability is not between 0 and 1"
    return None
