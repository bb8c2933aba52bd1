"""What is true of a family: each fact of the rulebook from the profile, else by chance, else that it is not so.

In this order: the profile's own facts (those of the principal, and those of the whole family); a distribution named
like the fact, drawn once for a family and true of each of its people; a rate named like the fact, for each person
of whom it is asked; and where none of these speaks, the value that says "no". A fact without such a value,
and one that the profile leaves open, is not known to the family itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.core.facts import Sex
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.packs.caseload.records import OPEN, CaseloadModel, Profile, Rate, Told
from safeconduct.rehearsal.caseload.dice import Choices, Dice
from safeconduct.rehearsal.caseload.kin import Kin

Facts = Mapping[str, str]
_YES = "yes"


@dataclass(frozen=True, slots=True)
class _Fact:
    """A fact, and how it is drawn where the profile is silent."""

    kind: FactKind
    drawn: Choices[str] | None
    rate: Rate | None

    def is_asked(self, kin: Kin) -> bool:
        """Whether it is asked of this person (the rulebook's own lines of sex and age)."""
        kind = self.kind
        of_sex = kind.of_sex is None or kin.sex is kind.of_sex
        return of_sex and _between(kin.age, kind.from_age, kind.to_age)

    def by_rate(self, kin: Kin | None, dice: Dice) -> str | None:
        """Drawn by the rate, of a person or (None) of the family; without a rate what says that it is not so."""
        rate = self.rate
        if rate is None or not dice.chance(rate.value):
            return self.kind.nobody
        spoken_of = kin is None or (
            _between(kin.age, rate.from_age, rate.to_age)
            and not (rate.unmarried and kin.is_married)
        )
        return _YES if spoken_of else self.kind.nobody


def _between(age: int, first: int | None, last: int | None) -> bool:
    return (first is None or age >= first) and (last is None or age <= last)


@dataclass(frozen=True, slots=True)
class Story:
    """A profile, ready to be drawn from. `ages` None: those of the model. `phrases`: its words by their context."""

    profile: Profile
    sex: Choices[Sex]
    ages: Choices[str] | None
    phrases: Mapping[str, Sequence[str]]
    of_principal: Mapping[str, Choices[str]]
    of_family: Mapping[str, Choices[str]]


class FactBook:
    """Draws the facts of families for one model and one rulebook's vocabulary."""

    def __init__(self, model: CaseloadModel, kinds: Mapping[str, FactKind]) -> None:
        told = [_fact(kind, model) for kind in kinds.values() if not kind.derived]
        self._of_person = [each for each in told if each.kind.of == "person"]
        self._of_household = [each for each in told if each.kind.of == "household"]
        self._of_provinces = [kind for kind in kinds.values() if kind.of_province is not None]
        self.stories = Choices((_story(each), each.weight) for each in model.profiles)
        # Facts of those who have lost a husband or wife, as the rates mark them.
        self._of_unmarried = {name for name, rate in model.rates.items() if rate.unmarried}
        self._asked: dict[tuple[Sex, int], Sequence[_Fact]] = {}
        self._kept: dict[tuple[tuple[str, str], ...], Facts] = {}

    def of_household(self, story: Story, dice: Dice) -> dict[str, str]:
        """The family's facts. Where the fact tells the country of the province, that country unless told otherwise."""
        facts: dict[str, str] = {}
        for each in self._of_household:
            choices = story.of_family.get(each.kind.name) or each.drawn
            value = dice.one(choices) if choices else each.kind.of_province
            value = value or each.by_rate(None, dice)
            if value is not None and value != OPEN:
                facts[each.kind.name] = value
        return facts

    def of_everybody(self, story: Story, dice: Dice) -> dict[str, str]:
        """The facts of people that the whole family shares: drawn once."""
        shared: dict[str, str] = {}
        for each in self._of_person:
            choices = story.of_family.get(each.kind.name) or each.drawn
            if choices is not None:
                shared[each.kind.name] = dice.one(choices)
        return shared

    def are_there(self, facts: Facts) -> bool:
        """Whether by its facts a family lives where the operation's provinces are."""
        return all(facts.get(each.name) == each.of_province for each in self._of_provinces)

    def is_bereaved(self, of_principal: Facts) -> bool:
        """Whether the profile's facts of the principal say that husband or wife is no more."""
        return any(of_principal.get(name) == _YES for name in self._of_unmarried)

    def of_principal(self, story: Story, dice: Dice) -> dict[str, str]:
        """The facts that the profile tells of the principal alone."""
        return {name: dice.one(choices) for name, choices in story.of_principal.items()}

    def of_person(self, told: Sequence[Facts], kin: Kin, dice: Dice) -> Facts:
        """Every fact that is asked of a person. `told` are those settled, the nearest first."""
        facts: list[tuple[str, str]] = []
        for each in self._asked_of(kin):
            name = each.kind.name
            value = next((known[name] for known in told if name in known), None)
            value = value or each.by_rate(kin, dice)
            if value is not None and value != OPEN:
                facts.append((name, value))
        # People of whom the same is true share one record: most of a caseload is like somebody seen before.
        return self._kept.setdefault(tuple(facts), dict(facts))

    def _asked_of(self, kin: Kin) -> Sequence[_Fact]:
        found = self._asked.get((kin.sex, kin.age))
        if found is None:
            found = tuple(each for each in self._of_person if each.is_asked(kin))
            self._asked[kin.sex, kin.age] = found
        return found


def _fact(kind: FactKind, model: CaseloadModel) -> _Fact:
    drawn = model.distributions.get(kind.name)
    return _Fact(
        kind=kind,
        drawn=Choices(drawn.choices.items()) if drawn else None,
        rate=model.rates.get(kind.name),
    )


def _story(profile: Profile) -> Story:
    return Story(
        profile=profile,
        sex=Choices((Sex(sex), weight) for sex, weight in profile.sex.items()),
        ages=Choices(profile.ages.items()) if profile.ages else None,
        phrases=_by_context(profile.words),
        of_principal=_choices(profile.facts),
        of_family=_choices(profile.household_facts),
    )


def _by_context(words: Iterable[Told]) -> Mapping[str, Sequence[str]]:
    phrases: dict[str, list[str]] = defaultdict(list)
    for told in words:
        phrases[told.context].append(told.words)
    return phrases


def _choices(facts: Mapping[str, Mapping[str, float]]) -> Mapping[str, Choices[str]]:
    return {name: Choices(values.items()) for name, values in facts.items()}
