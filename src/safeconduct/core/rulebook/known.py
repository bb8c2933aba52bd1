"""What is known of a family, in the form the rules read: for each fact the values it may have.

A fact that is absent is unknown. A fact held as one value is that value. A derived fact may be held
as several: of someone born in 2019, on a day in 2021, it is known that they are an infant or a
child, and no more. A fact held as nothing was not asked of this person (a child's occupation), and
is none of its values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from safeconduct.core.answers import Answer, all_of, any_of
from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.rulebook.rules import FactKind

Held = Mapping[str, frozenset[str]]

NOT_ASKED: frozenset[str] = frozenset()
_NOTHING: Held = MappingProxyType({})

# Under 2 an airline calls a child an infant; 18 is the age of majority in the rules of 2021; from 60
# on UNHCR speaks of older people. The two outer lines are assumptions, the middle one is the rule's.
_INFANT, _ADULT, _OLDER = 2, 18, 60

_DERIVED = (
    FactKind(
        name="age_group",
        of="person",
        values=("infant", "child", "adult", "older"),
        label="age: infant (under 2), child (under 18), adult, older (60 and over)",
        question="How old is each of you, as far as you know?",
        derived=True,
        words={"infant": "under two", "older": "sixty or older"},
    ),
    FactKind(
        name="sex",
        of="person",
        values=tuple(Sex),
        label="sex: F, M or X",
        question="Who in the family is a woman or a girl, and who is a man or a boy?",
        derived=True,
        words={"F": "female", "M": "male", "X": "neither female nor male"},
    ),
    FactKind(
        name="relation",
        of="person",
        values=tuple(Relation),
        label="what a person is to the head of the case",
        question="How is each of you related to the person at the head of the case?",
        derived=True,
    ),
    FactKind(
        name="adult_man",
        of="household",
        values=("yes", "no"),
        label="a man of 18 or over lives in the household",
        question="Is there a man of eighteen or over in the family?",
        derived=True,
    ),
    FactKind(
        name="woman_alone",
        of="household",
        values=("yes", "no"),
        label="a household with a woman of 18 or over and no man of that age",
        question="Is a woman at the head of the family, with no man of eighteen or over?",
        derived=True,
    ),
    FactKind(
        name="unaccompanied_child",
        of="household",
        values=("yes", "no"),
        label="everyone in the household is under 18",
        question="Is anyone of eighteen or over with the children?",
        derived=True,
    ),
)
_AGE_GROUPS = _DERIVED[0].values
_AS_HELD: Mapping[str, frozenset[str]] = {
    each: frozenset((each.value,)) for each in (*Sex, *Relation)
}
DERIVED_FACTS: Mapping[str, FactKind] = MappingProxyType({kind.name: kind for kind in _DERIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A family as the rules read it. `members` has one more, of whom nothing is known, where the
    number told is larger than the people named. `somebody` holds facts told of the family without
    saying of whom ("one of us is ill").
    """

    members: tuple[Held, ...]
    somebody: Held
    household: Held
    size: int


def known_of(household: Household, kinds: Mapping[str, FactKind], on: date) -> Known:
    """Everything the rules may read of a household on a day. Ages are those completed on `on`."""
    shared, somebody, of_household = _told_of_household(household, kinds)
    members = [person_facts(person, kinds, on) for person in household.people]
    if not members or household.size > len(members):
        members.append(_NOTHING)
    if shared:
        members = [{**shared, **member} for member in members]
    return Known(
        members=tuple(members),
        somebody=somebody,
        household={**_composition(_who_lives_together(household, members)), **of_household},
        size=max(household.size, 1),
    )


def person_facts(person: Person, kinds: Mapping[str, FactKind], on: date) -> Held:
    """What is known of one person: what was told, what the records say, and what is not asked."""
    ages = person.birth.ages_on(on) if person.birth else None
    held: dict[str, frozenset[str]] = {}
    for kind in kinds.values():
        if kind.of == "person" and not kind.derived and _is_not_asked(kind, person.sex, ages):
            held[kind.name] = NOT_ASKED
    for name, told in person.facts.items():
        kind_told = kinds.get(name)
        if kind_told and not kind_told.derived and (values := _values(told, kind_told)):
            held[name] = values
    if person.sex is not None:
        held["sex"] = _AS_HELD[person.sex]
    if person.relation is not None:
        held["relation"] = _AS_HELD[person.relation]
    if ages is not None:
        first, last = _age_group(ages[0]), _age_group(ages[1])
        held["age_group"] = frozenset(_AGE_GROUPS[first : last + 1])
    return held


def _values(told: str, kind: FactKind) -> frozenset[str]:
    """The values told. A value outside the vocabulary is passed over: it stays unknown."""
    if told in kind.values:
        return frozenset((told,))
    return frozenset(told.split("|")) & frozenset(kind.values) if kind.many else NOT_ASKED


def _is_not_asked(kind: FactKind, sex: Sex | None, ages: tuple[int, int] | None) -> bool:
    if kind.of_sex is not None and sex is not None and sex is not kind.of_sex:
        return True
    if ages is None:
        return False
    too_young = kind.from_age is not None and ages[1] < kind.from_age
    return too_young or (kind.to_age is not None and ages[0] > kind.to_age)


def _age_group(years: int) -> int:
    return (years >= _INFANT) + (years >= _ADULT) + (years >= _OLDER)


def _told_of_household(
    household: Household, kinds: Mapping[str, FactKind]
) -> tuple[Held, Held, Held]:
    """Facts told of the household, in three: true of each member, of somebody, of the family.

    Who lives together is read from the records; where words say it ("alone with her grandchildren"),
    the words stand, so that nobody becomes less urgent by being listed.
    """
    shared: dict[str, frozenset[str]] = {}
    somebody: dict[str, frozenset[str]] = {}
    family: dict[str, frozenset[str]] = {}
    for name, told in household.facts.items():
        kind = kinds.get(name)
        values = _values(told, kind) if kind else NOT_ASKED
        if kind is None or not values or (kind.derived and kind.of != "household"):
            continue
        if kind.of == "household":
            family[name] = values
        elif values == {kind.nobody}:
            shared[name] = values
        else:
            somebody[name] = values
    if household.province is not None:
        for kind in kinds.values():
            if kind.of_province is not None and kind.name not in family:
                family[kind.name] = frozenset((kind.of_province,))
    return shared, somebody, family


def _who_lives_together(household: Household, members: list[Held]) -> list[Held]:
    """The people named, and one of whom nothing is known where a lone name stands without any number: a woman of
    whom only her own name was told may well have a husband (law 8). A list of several is read as the whole family.
    """
    alone_for_all_we_know = len(household.people) == 1 and household.told_size is None
    return [*members, _NOTHING] if alone_for_all_we_know else members


def _composition(members: list[Held]) -> dict[str, frozenset[str]]:
    """Who lives together: known only as far as ages and sexes are."""
    adults = [held_among(member, ("adult", "older"), "age_group") for member in members]
    men = _adults_of(Sex.MALE, members, adults)
    women = _adults_of(Sex.FEMALE, members, adults)
    answers = {
        "adult_man": any_of(men),
        "woman_alone": all_of((any_of(women), ~any_of(men))),
        "unaccompanied_child": ~any_of(adults),
    }
    return {
        name: frozenset((answer.value,))
        for name, answer in answers.items()
        if answer is not Answer.UNKNOWN
    }


def _adults_of(sex: Sex, members: list[Held], adults: list[Answer]) -> list[Answer]:
    pairs = zip(members, adults, strict=True)
    return [all_of((adult, held_among(member, (sex.value,), "sex"))) for member, adult in pairs]


def held_among(held: Held, values: tuple[str, ...], fact: str, *, many: bool = False) -> Answer:
    """Whether a fact is among some values: yes, no, or unknown."""
    known = held.get(fact)
    if known is None:
        return Answer.UNKNOWN
    if known.isdisjoint(values):
        return Answer.NO
    return Answer.YES if many or known.issubset(values) else Answer.UNKNOWN
