"""The rulebook applied to a household: schemes, band, priority, reasons, and what to ask.

What the outcome means:

- A scheme is *yes* when one of its rules surely holds, *unknown* when none surely does and one
  might, else *no*. It says who may be eligible, by what is told; an authority decides. Before its
  opening day the outcome is what the facts say, with a sentence that tells the day; after its
  closing day it is *no*, with a sentence that tells that.
- The band is that of the most urgent rule that surely holds. *Routine* too must be earned: its rule
  says what has to be known first. Where no rule surely holds, the household is *not assessed*.
- Priority is the sum over the members: points of the band for each, infants and people who were
  counted but not named too, and the extra points that surely hold.

The laws, each with a property test: telling a fact that was unknown never lowers the band nor the
priority (so nobody gains by keeping silent, and silence never reads as "no"); the order of people
is without effect; an assessment depends on nothing but the facts, the rules and the day, so that
like cases are decided alike; every outcome has its reason, every unknown its question, every no the
nearest thing that would change it, unless the scheme has closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household, Reason, Source
from safeconduct.core.rulebook.asking import Asking, Questions
from safeconduct.core.rulebook.assessment import Assessment, Eligibility
from safeconduct.core.rulebook.family import Families, Family
from safeconduct.core.rulebook.known import known_of
from safeconduct.core.rulebook.logic import Near, Test, every_part, without_unless
from safeconduct.core.rulebook.rules import BANDS, Band, Condition, Rule, Rulebook
from safeconduct.core.rulebook.sentences import (
    closed,
    not_assessed,
    not_yet_known,
    opens_later,
    reason_sentence,
)

if TYPE_CHECKING:  # an operation holds a rulebook: at run time this would be a circle
    from safeconduct.core.operation import Scheme


_FIRST_QUESTIONS = 3  # of an unassessed household: what is asked first, in one breath


def assess(
    household: Household, rulebook: Rulebook, *, on: date, schemes: Iterable[Scheme] = ()
) -> Assessment:
    """The rulebook's word on one household on a day. For many households use `assess_all`."""
    return Assessor(rulebook, on=on, schemes=schemes).assess(household)


def assess_all(
    households: Iterable[Household],
    rulebook: Rulebook,
    *,
    on: date,
    schemes: Iterable[Scheme] = (),
) -> Iterator[Assessment]:
    """The assessments in the order of the households. `schemes` give opening and closing days; a
    scheme that is not among them is taken as open.
    """
    assessor = Assessor(rulebook, on=on, schemes=schemes)
    return (assessor.assess(household) for household in households)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule with its condition compiled. `bare` is the condition without its exclusions."""

    rule: Rule
    test: Test
    bare: Test | None


class Assessor:
    """A rulebook made ready for one day. It remembers each family it has seen by its facts alone,
    which makes it quick, and like cases alike.
    """

    def __init__(self, rulebook: Rulebook, *, on: date, schemes: Iterable[Scheme] = ()) -> None:
        self.rulebook = rulebook
        self.on = on
        self.schemes = {scheme.code: scheme for scheme in schemes}
        known_rules = [rule for rule in rulebook.rules if rule.since is None or rule.since <= on]
        in_force = [rule for rule in known_rules if rule.in_force(on)]
        bare = [_without_exclusions(rule) for rule in in_force]
        conditions = [rule.when for rule in in_force] + [each for each in bare if each]
        self.families = Families(rulebook, conditions)
        ready = [self._made_ready(*pair) for pair in zip(in_force, bare, strict=True)]
        # A scheme whose rules have all ended is still told: it has closed.
        codes = dict.fromkeys(rule.scheme for rule in known_rules if rule.scheme)
        self._of_scheme = {
            code: tuple(each for each in ready if each.rule.scheme == code) for code in codes
        }
        self._ended: dict[str, date] = {}
        for rule in known_rules:
            if rule.scheme and rule.until:
                earlier = self._ended.get(rule.scheme, rule.until)
                self._ended[rule.scheme] = max(earlier, rule.until)
        bands = [each for each in ready if each.rule.band is not None]
        self._of_bands = sorted(bands, key=lambda each: BANDS.index(each.rule.band or Band.ROUTINE))
        self._questions = Questions(rulebook.facts)
        self._seen: dict[object, Assessment] = {}
        self._reasons: dict[tuple[str, str], Reason] = {}
        self._outcomes: dict[object, Eligibility] = {}

    def assess(self, household: Household) -> Assessment:
        family = self.families.of(known_of(household, self.rulebook.facts, self.on))
        found = self._seen.get(family.key)
        if found is None:
            found = self._seen[family.key] = self._assessed(family)
        return replace(found, household_id=household.household_id)

    def _made_ready(self, rule: Rule, bare: Condition | None) -> _Ready:
        made = self.families.compiled
        return _Ready(rule, made(rule.when), made(bare) if bare else None)

    def _assessed(self, family: Family) -> Assessment:
        asking = Asking(self._questions)
        band, reasons = self._band(family, asking)
        schemes = tuple(self._eligibility(code, family, asking) for code in self._of_scheme)
        missing = asking.asks()
        if not reasons:
            questions = [ask.question for ask in missing[:_FIRST_QUESTIONS]]
            reasons = (Reason(sentence=not_assessed(questions)),)
        return Assessment(
            household_id="",
            band=band,
            priority=self._priority(family, band),
            schemes=schemes,
            reasons=reasons,
            missing=missing,
            rulebook_version=self.rulebook.version,
        )

    def _band(self, family: Family, asking: Asking) -> tuple[Band, tuple[Reason, ...]]:
        answers = [(each, each.test(family)) for each in self._of_bands]
        hold = [each for each, answer in answers if answer is Answer.YES]
        band = hold[0].rule.band if hold else None
        band = band or Band.NOT_ASSESSED
        for each, answer in answers:
            assert each.rule.band is not None
            if answer is Answer.UNKNOWN and BANDS.index(each.rule.band) < BANDS.index(band):
                asking.would_raise(each.rule.band, family.nearest(each.rule.when).facts)
        if band is not Band.ROUTINE:  # beside a reason for haste, "nothing raises it" is not said
            hold = [each for each in hold if each.rule.band is not Band.ROUTINE]
        return band, tuple(self._reason(each, family) for each in hold)

    def _eligibility(self, code: str, family: Family, asking: Asking) -> Eligibility:
        if (over := self._closed_since(code)) is not None:
            scheme = self.schemes.get(code)
            sentence = closed(scheme.name if scheme else code, over)
            reason = self._one_reason(sentence, "", scheme.source if scheme else None)
            return self._outcome(code, Answer.NO, (reason,), ())
        rules = self._of_scheme[code]
        answers = [(each, each.test(family)) for each in rules]
        hold = [each for each, answer in answers if answer is Answer.YES]
        might = [each for each, answer in answers if answer is Answer.UNKNOWN]
        if hold:
            return self._may_be(code, hold, family, asking)
        if might:
            return self._might_be(code, might, family, asking)
        return self._is_not(code, rules, family)

    def _closed_since(self, code: str) -> date | None:
        scheme = self.schemes.get(code)
        closing = _last_day_of(scheme) if scheme else None
        if closing and closing < self.on:
            return closing
        return None if self._of_scheme[code] else self._ended.get(code)

    def _may_be(
        self, code: str, hold: Sequence[_Ready], family: Family, asking: Asking
    ) -> Eligibility:
        unheard = [family.unheard_exclusions(each.rule.when) for each in hold]
        facts = tuple(dict.fromkeys(fact for facts in unheard for fact in facts))
        asking.would_settle(code, facts)
        reasons = tuple(self._reason(each, family) for each in hold)
        return self._outcome(code, Answer.YES, reasons, facts)

    def _might_be(
        self, code: str, might: Sequence[_Ready], family: Family, asking: Asking
    ) -> Eligibility:
        near = sorted(((family.nearest(each.rule.when), each) for each in might), key=_by_cost)
        for found, _ in near:
            asking.would_settle(code, found.facts)
        nearest, first = near[0]
        kinds = self.rulebook.facts
        sentence = not_yet_known(first.rule, [kinds[fact].question for fact in nearest.facts])
        reason = self._one_reason(sentence, first.rule.rule_id, first.rule.source)
        facts = tuple(dict.fromkeys(fact for found, _ in near for fact in found.facts))
        return self._outcome(code, Answer.UNKNOWN, (reason,), facts)

    def _is_not(self, code: str, rules: Sequence[_Ready], family: Family) -> Eligibility:
        near, nearest = min(
            ((family.nearest(each.rule.when), each) for each in rules), key=_by_cost
        )
        excluded = nearest.bare is not None and nearest.bare(family) is Answer.YES
        template = nearest.rule.reason_unless if excluded else nearest.rule.reason_not
        reason = self._worded(template, nearest, family)
        return self._outcome(code, Answer.NO, (reason,), near.facts)

    def _outcome(
        self, code: str, outcome: Answer, reasons: tuple[Reason, ...], facts: tuple[str, ...]
    ) -> Eligibility:
        """One record for all families of one outcome, so that a large caseload stays small."""
        key = (code, outcome, tuple(reason.sentence for reason in reasons), facts)
        found = self._outcomes.get(key)
        if found is None:
            asks = tuple(self._questions.ask(fact, (code,)) for fact in facts)
            told = (*reasons, *self._opens_later(code))
            found = Eligibility(scheme=code, outcome=outcome, reasons=told, settles=asks)
            self._outcomes[key] = found
        return found

    def _opens_later(self, code: str) -> tuple[Reason, ...]:
        scheme = self.schemes.get(code)
        sentence = opens_later(scheme, self.on) if scheme else ""
        return (Reason(sentence=sentence, source=scheme.source),) if scheme and sentence else ()

    def _reason(self, each: _Ready, family: Family) -> Reason:
        return self._worded(each.rule.reason, each, family)

    def _worded(self, template: str, each: _Ready, family: Family) -> Reason:
        sentence = template
        if "{" in template:
            person, held = family.witness(each.rule.when)
            known = {**family.held, **held}
            sentence = reason_sentence(template, who=person, held=known, kinds=self.rulebook.facts)
        return self._one_reason(sentence, each.rule.rule_id, each.rule.source)

    def _one_reason(self, sentence: str, rule_id: str, source: Source | None) -> Reason:
        found = self._reasons.get((rule_id, sentence))
        if found is None:
            found = Reason(sentence=sentence, rule_id=rule_id, source=source)
            self._reasons[rule_id, sentence] = found
        return found

    def _priority(self, family: Family, band: Band) -> float:
        return self.rulebook.points.by_band[band] * family.size + family.extra_points()


def _without_exclusions(rule: Rule) -> Condition | None:
    """What the rule asks for beside its exclusions; None where it has no exclusion."""
    has_any = any(part.unless is not None for part in every_part(rule.when))
    return without_unless(rule.when) if has_any else None


def _by_cost(pair: tuple[Near, _Ready]) -> int:
    """The fewest changes first; among equals the order of the rules, for `min` and `sorted` keep it."""
    return pair[0].cost


def _last_day_of(scheme: Scheme) -> date | None:
    """The last day on which a scheme may have been open; known to the month only, the month's last."""
    return scheme.closed or (scheme.closed_span[1] if scheme.closed_span else None)
