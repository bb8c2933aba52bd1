"""What is told of a family's story: facts as a caseworker entered them, and words as the office wrote them.

A fact is told by its rate or left out. What is not so ("no", "none") is told only where the profile speaks of it:
nobody writes down all that did not happen. Words come from the model's lists: those of the profile where anything
of its facts is told, the same for a family whoever tells, and those of each other fact that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from safeconduct.core.facts import NO_FACTS
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.packs.caseload.records import CaseloadModel, Told
from safeconduct.rehearsal.caseload.dice import Dice
from safeconduct.rehearsal.caseload.family import Family, Member
from safeconduct.rehearsal.caseload.true_facts import Facts

THREAT = "threat"
_OF_HOUSEHOLD = frozenset({"threat", "notes"})
"""The contexts of words that stand beside a family, not beside one of its people."""

Words = tuple[str, ...]


class ToldStory(NamedTuple):
    """Facts told of one person, the words beside them, and those of their story that stand beside the family."""

    facts: Facts
    words: Words
    beside_family: Words


class Stories:
    """What a plea tells of the facts that are true, by one model's rates and words."""

    def __init__(self, model: CaseloadModel, kinds: Mapping[str, FactKind]) -> None:
        self._rates = {name: rate.value for name, rate in model.rates.items()}
        self._words = model.fact_words
        self._nobody = {kind.name: kind.nobody for kind in kinds.values()}
        self._implied = {kind.name: kind.of_province for kind in kinds.values()}

    def of_person(self, family: Family, member: Member, dice: Dice) -> ToldStory:
        """What is told of one person; with anything of the profile's facts, the profile's words too."""
        facts: dict[str, str] = {}
        words: Words = ()
        tells_profile = False
        for name, value in member.facts.items():
            if name in member.story:
                if dice.chance(self._rates["told_fact"]):
                    facts[name] = value
                    tells_profile = True
            elif value != self._nobody[name] and dice.chance(self._rates["told_other_fact"]):
                facts[name] = value
                words += tuple(self._of_fact(name, value, dice))
        beside: Words = ()
        if tells_profile:
            said = family.phrases.items()
            words = (*(f"{at}: {text}" for at, text in said if at not in _OF_HOUSEHOLD), *words)
            beside = tuple(f"{at}: {text}" for at, text in said if at in _OF_HOUSEHOLD)
        return ToldStory(facts or NO_FACTS, words, beside)

    def of_household(self, family: Family, dice: Dice) -> tuple[Facts, Words]:
        """The facts told of a family, and the words beside them."""
        facts: dict[str, str] = {}
        words: list[str] = []
        for name, value in family.facts.items():
            if value in {self._nobody[name], self._implied[name]}:
                continue
            rate = "told_threat" if name == THREAT else "told_other_fact"
            if name != THREAT and name in family.story.of_family:
                rate = "told_fact"
            if dice.chance(self._rates[rate]):
                facts[name] = value
                words += self._of_fact(name, value, dice)
        return facts or NO_FACTS, tuple(words)

    def _of_fact(self, name: str, value: str, dice: Dice) -> Iterable[str]:
        """Words for each of the values that hold at once."""
        for each in value.split("|"):
            words = self._words.get((name, each))
            if words:
                yield _said(dice.pick(words))


def _said(told: Told) -> str:
    return f"{told.context}: {told.words}"
