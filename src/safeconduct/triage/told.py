"""An assessment as a page tells it: the band and its reasons, each scheme, what to ask, what was read from words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext

from safeconduct.cases.entries import Assessed
from safeconduct.cases.household import household_of
from safeconduct.cases.models import Case
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.templatetags.told import called
from safeconduct.cases.wording import rule_sentence, scheme_named, told_answer
from safeconduct.core.answers import Answer
from safeconduct.core.facts import Ask, Reason, Source
from safeconduct.core.rulebook.assessment import Eligibility
from safeconduct.core.rulebook.readings import Reading, readings_of
from safeconduct.core.rulebook.rules import FactKind, Rule
from safeconduct.triage.actions.assessing import last_assessed, would_move
from safeconduct.triage.assessing import Assessing
from safeconduct.triage.models import Override
from safeconduct.triage.overriding import in_force, live

_ORDER: Final = (Answer.YES, Answer.UNKNOWN, Answer.NO)
_FIRST: Final = 5  # questions that are asked in one breath; the others stand folded below


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReason:
    """One sentence that can be read to the caller, with the rule behind it and that rule's source."""

    sentence: str
    rule: str = ""
    title: str = ""
    since: date | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldScheme:
    """`settles`: for yes what is still to be asked, for unknown what would settle it, for no what would change it."""

    code: str
    name: str
    outcome: str
    reasons: list[ToldReason]
    settles: list[FactKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAsk:
    """A question for the next call. `derived`: not answered by itself, but by telling ages, sexes and relations."""

    fact: str
    question: str
    settles: list[str]
    derived: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReading:
    whose: str  # empty: the family's
    label: str
    answer: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOverride:
    row: Override
    standing: str  # waiting, in force, run out, not vouched for


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAssessment:
    """What the rulebook says now of an open case; `differs` where the case still says what it said before."""

    opened: OpenCase
    band: str
    cover: Case
    reasons: list[ToldReason]
    schemes: list[ToldScheme]
    asks: list[ToldAsk]
    readings: list[ToldReading]
    rules: str
    version: str
    day: date
    stored: Assessed | None
    differs: bool
    override: ToldOverride | None

    @property
    def first_asks(self) -> list[ToldAsk]:
        return self.asks[:_FIRST]

    @property
    def more_asks(self) -> list[ToldAsk]:
        return self.asks[_FIRST:]


def told_of(opened: OpenCase, *, at: datetime) -> ToldAssessment:
    """By the rulebook in force, on today. Raises NoKey for a card alone, RulesAltered."""
    assessing = Assessing.of(opened.cover.office_id, opened.by.ring, at=at)
    household = household_of(opened)
    assessment = assessing.assess(household)
    stored = last_assessed(opened)
    agreed = in_force(opened, on=at.date()) if opened.is_ours else None
    rules = {rule.rule_id: rule for rule in assessing.rules.rulebook.rules}
    kinds = assessing.rules.rulebook.facts
    readings = readings_of(household, assessing.phrases)
    assessing.forget()
    return ToldAssessment(
        opened=opened,
        band=assessment.band.value,
        cover=opened.cover,
        reasons=_reasons(assessment.reasons, rules),
        schemes=_in_reading_order(_scheme(each, rules, kinds) for each in assessment.schemes),
        asks=[told_ask(ask, kinds) for ask in assessment.missing],
        readings=_readings(opened, readings, kinds),
        rules=assessing.rules.name,
        version=assessing.rules.version,
        day=assessing.day,
        stored=stored.says if stored else None,
        differs=would_move(opened, assessing, assessment, agreed=agreed.band if agreed else None),
        override=override_of(opened, on=at.date()),
    )


def override_of(opened: OpenCase, *, on: date) -> ToldOverride | None:
    """The live one, with how it stands. Of our own cases alone: another office's reasons are not ours to read."""
    row = live(opened.code) if opened.is_ours else None
    if row is None:
        return None
    if on > row.until:
        return ToldOverride(row=row, standing="run out")
    if row.agreed is None:
        return ToldOverride(row=row, standing="waiting")
    good = in_force(opened, on=on) is not None
    return ToldOverride(row=row, standing="in force" if good else "not vouched for")


def told_ask(ask: Ask, kinds: Mapping[str, FactKind]) -> ToldAsk:
    return ToldAsk(
        fact=ask.fact,
        question=gettext(ask.question),
        settles=[scheme_named(each) for each in ask.settles],
        derived=kinds[ask.fact].derived,
    )


def _reasons(reasons: Iterable[Reason], rules: Mapping[str, Rule]) -> list[ToldReason]:
    told = []
    for reason in reasons:
        rule = rules.get(reason.rule_id)
        told.append(
            ToldReason(
                sentence=rule_sentence(reason.sentence),
                rule=reason.rule_id,
                title=gettext(rule.title) if rule else "",
                since=rule.since if rule else None,
                source=reason.source,
            )
        )
    return told


def _scheme(
    each: Eligibility, rules: Mapping[str, Rule], kinds: Mapping[str, FactKind]
) -> ToldScheme:
    return ToldScheme(
        code=each.scheme,
        name=scheme_named(each.scheme),
        outcome=each.outcome.value,
        reasons=_reasons(each.reasons, rules),
        settles=[kinds[ask.fact] for ask in each.settles],
    )


def _readings(
    opened: OpenCase, readings: Iterable[Reading], kinds: Mapping[str, FactKind]
) -> list[ToldReading]:
    names = {kept.code: called(kept.says) for kept in opened.persons}
    told = []
    for each in readings:
        kind = kinds.get(each.fact)
        if kind is None:
            continue
        label, answer = told_answer(kind, each.value)
        whose = names.get(each.person, "") if each.person else ""
        told.append(ToldReading(whose=whose, label=label, answer=answer, words=each.words))
    return told


def _in_reading_order(schemes: Iterable[ToldScheme]) -> list[ToldScheme]:
    """What the family may count on first, then what has to be asked, then what is not for them."""
    return sorted(schemes, key=lambda each: _ORDER.index(each.outcome))
