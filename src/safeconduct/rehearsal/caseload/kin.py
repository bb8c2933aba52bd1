"""Who lives in a family, and how old they are: people whose ages fit each other.

Years are completed years on the first day of the rehearsal. Parents are of an age to have their children,
husband and wife near each other in age, children of one couple born at least nine months apart (or twins).
The lines for that, and the even shares of girls and boys, are assumptions of ours (`assumed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from safeconduct.core.dates.uncertain import completed_years, years_before
from safeconduct.core.facts import Relation, Sex
from safeconduct.packs.caseload.keys import ALONE
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.assumed import (
    BETWEEN_BIRTHS,
    HUSBAND_OLDER,
    HUSBAND_YOUNGER,
    LARGE_FAMILY,
    LATER_BIRTH,
    MOST_CHILDREN,
    OLDEST,
    OLDEST_PARENT,
    OLDEST_RELATIVE,
    PARENT_OLDER_FROM,
    PARENT_OLDER_TO,
    SIBLINGS_APART,
    SINGLE_UNTIL,
    TRIES,
    WOMEN_AND_GIRLS,
    YOUNGEST_PARENT,
)
from safeconduct.rehearsal.caseload.dice import Choices, Dice

ADULT = 18

_RAISE = frozenset({Relation.SPOUSE, Relation.PARENT})
_COUPLE = frozenset({Relation.PRINCIPAL, Relation.SPOUSE})
_RELATIONS = {relation.value.replace(" ", "_"): relation for relation in Relation}


@dataclass(slots=True, kw_only=True)
class Kin:
    """One person of a family, before anything but kinship is known of them.

    `is_married`: to somebody of the family.
    """

    relation: Relation
    sex: Sex
    age: int
    born: date
    is_married: bool = False


class Head(NamedTuple):
    """What is settled of a principal. `ages` None: those of the model. `bereaved`: who has lost husband or wife, and
    whose minors are children all the same.
    """

    sex: Sex
    ages: Choices[str] | None
    bereaved: bool


class Households:
    """Draws who lives together, by the model's sizes and ages."""

    def __init__(self, model: CaseloadModel) -> None:
        drawn = {name: each.choices for name, each in model.distributions.items()}
        self._sizes = Choices((int(size), w) for size, w in drawn["household_size"].items())
        self._child_ages = Choices((int(age), w) for age, w in drawn["child_age"].items())
        self._ages = Choices(drawn["principal_age"].items())
        beside = drawn["adults_beside_principal"].items()
        self._beside = Choices((_relatives(text), w) for text, w in beside)

    def size(self, dice: Dice) -> int:
        return dice.one(self._sizes)

    def people(self, size: int, head: Head, on: date, dice: Dice) -> list[Kin]:
        """A family of `size` people: the principal first, then adults, then minors, oldest first."""
        relatives = self._relatives(size, head, dice)
        minors = size - 1 - len(relatives)
        is_parent = head.bereaved or Relation.SPOUSE in relatives
        age = _principal_age(head.ages or self._ages, minors if is_parent else 0, dice)
        family = [_kin(Relation.PRINCIPAL, head.sex, age, on, dice)]
        for relation in relatives:
            family.append(_adult(relation, family[0], family, on, dice))
        for each in family:
            each.is_married = _has_partner(each.relation, relatives)
        raises_children = is_parent or age >= SINGLE_UNTIL
        young = self._children(minors if raises_children else 0, family, on, dice)
        while len(young) < minors:
            young.append(self._other_minor(family, on, dice))
        return family + sorted(young, key=lambda each: each.born)

    def _relatives(self, size: int, head: Head, dice: Dice) -> tuple[Relation, ...]:
        """The adults beside the principal; those for whom there is no room are left out from the end.

        In a large family there is a wife, a husband or a parent, as far as a few tries find one.
        """
        relatives = dice.one(self._beside)
        for _ in range(TRIES):
            if size < LARGE_FAMILY or not _RAISE.isdisjoint(relatives):
                break
            relatives = dice.one(self._beside)
        if head.bereaved:
            relatives = tuple(each for each in relatives if each is not Relation.SPOUSE)
        return relatives[: size - 1]

    def _children(self, most: int, family: Sequence[Kin], on: date, dice: Dice) -> list[Kin]:
        """The principal's children, the oldest first: as many of `most` as the parents' ages leave room for."""
        parents = [each.age for each in family if each.relation in _COUPLE]
        least = max(max(parents) - OLDEST_PARENT, 0)
        last = min(min(parents) - YOUNGEST_PARENT, ADULT - 1)
        children = min(most, MOST_CHILDREN, max(last - least + 1, 0))
        ages = sorted(self._distinct_ages(children, least, last, dice), reverse=True)
        births = _spaced([_born(age, on, dice) for age in ages], on, dice)
        return [
            Kin(relation=Relation.CHILD, sex=_sex(dice), age=completed_years(born, on), born=born)
            for born in births
        ]

    def _distinct_ages(self, children: int, least: int, most: int, dice: Dice) -> list[int]:
        """As many different ages between two as there are children, by the model as far as a few tries find them."""
        ages: list[int] = []
        for _ in range(children * TRIES):
            age = dice.one(self._child_ages)
            if least <= age <= most and age not in ages:
                ages.append(age)
            if len(ages) == children:
                return ages
        free = [age for age in range(least, most + 1) if age not in ages]
        while len(ages) < children:
            age = dice.pick(free)
            free.remove(age)
            ages.append(age)
        return ages

    def _other_minor(self, family: Sequence[Kin], on: date, dice: Dice) -> Kin:
        """A minor who is not a child of the principal: a young one's brother or sister, or a nephew, a grandchild."""
        age = dice.one(self._child_ages)
        parents = [each.age for each in family if each.relation is Relation.PARENT]
        principal = family[0].age
        fits = all(YOUNGEST_PARENT <= parent - age <= OLDEST_PARENT for parent in parents)
        is_sibling = principal < SINGLE_UNTIL and fits
        relation = Relation.SIBLING if is_sibling else Relation.OTHER_RELATIVE
        return _kin(relation, _sex(dice), age, on, dice)


def _has_partner(relation: Relation, relatives: Sequence[Relation]) -> bool:
    """Whether somebody's husband or wife is in the family, beside whom these relatives stand."""
    if relation is Relation.PARENT:
        return relatives.count(relation) > 1
    return relation in _COUPLE and Relation.SPOUSE in relatives


def _principal_age(ages: Choices[str], children: int, dice: Dice) -> int:
    """An age by the model; for many children one that they fit, as far as a few tries find it."""
    age = 0
    for _ in range(TRIES):
        first, last = dice.one(ages).split("-")
        age = dice.whole(int(first), int(last))
        if age >= ADULT + min(children, MOST_CHILDREN):
            break
    return age


def _adult(relation: Relation, principal: Kin, family: Sequence[Kin], on: date, dice: Dice) -> Kin:
    if relation is Relation.SPOUSE:
        older = dice.whole(-HUSBAND_YOUNGER, HUSBAND_OLDER)
        age = principal.age - older if principal.sex is Sex.MALE else principal.age + older
        other = Sex.FEMALE if principal.sex is Sex.MALE else Sex.MALE
        return _kin(relation, other, max(age, ADULT), on, dice)
    if relation is Relation.PARENT:
        first = next((each for each in family if each.relation is Relation.PARENT), None)
        sex = _sex(dice) if first is None else _other_sex(first.sex)
        age = principal.age + dice.whole(PARENT_OLDER_FROM, PARENT_OLDER_TO)
        age = min(age, max(OLDEST, principal.age + PARENT_OLDER_FROM))
        return _kin(relation, sex, age, on, dice)
    if relation is Relation.SIBLING:
        parents = [each.age for each in family if each.relation is Relation.PARENT]
        least = max(
            [ADULT, principal.age - SIBLINGS_APART, *(age - OLDEST_PARENT for age in parents)]
        )
        most = min([principal.age + SIBLINGS_APART, *(age - YOUNGEST_PARENT for age in parents)])
        return _kin(relation, _sex(dice), dice.whole(least, max(least, most)), on, dice)
    return _kin(relation, _sex(dice), dice.whole(ADULT, OLDEST_RELATIVE), on, dice)


def _kin(relation: Relation, sex: Sex, age: int, on: date, dice: Dice) -> Kin:
    return Kin(relation=relation, sex=sex, age=age, born=_born(age, on, dice))


def _sex(dice: Dice) -> Sex:
    return Sex.FEMALE if dice.chance(WOMEN_AND_GIRLS) else Sex.MALE


def _other_sex(sex: Sex) -> Sex:
    return Sex.MALE if sex is Sex.FEMALE else Sex.FEMALE


def _born(age: int, on: date, dice: Dice) -> date:
    """A day of birth of someone who has completed so many years on a day, each as likely."""
    return years_before(on, age) - timedelta(days=dice.whole(0, 364))


def _spaced(births: Sequence[date], on: date, dice: Dice) -> list[date]:
    """Births of one couple's children, the first first: nine months apart, or twins where no time is left."""
    spaced: list[date] = []
    for born in births:
        day = born
        if spaced and (day - spaced[-1]).days < BETWEEN_BIRTHS:
            day = spaced[-1] + timedelta(days=BETWEEN_BIRTHS + dice.whole(0, LATER_BIRTH))
        spaced.append(day if day <= on else spaced[-1])
    return spaced


def _relatives(text: str) -> tuple[Relation, ...]:
    return () if text in ALONE else tuple(_RELATIONS[each] for each in text.split("+"))
