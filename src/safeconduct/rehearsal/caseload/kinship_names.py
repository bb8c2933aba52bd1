"""Which names the people of a family bear: children the father's, a father's name true to the father.

`woman_keeps_own_name`: married women who keep the name of the family they were born into. A family without a family
name has none for any of its people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from safeconduct.core.facts import Relation, Sex
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.assumed import RELATIVE_OF_ANOTHER_NAME
from safeconduct.rehearsal.caseload.dice import Dice
from safeconduct.rehearsal.caseload.kin import Kin
from safeconduct.rehearsal.caseload.naming import Name, NameBook, Names

_MARRIED = frozenset({Relation.SPOUSE, Relation.CHILD})
_WIVES = frozenset({Relation.SPOUSE, Relation.PARENT})
_OF_HOUSE = frozenset({Relation.PRINCIPAL, Relation.SPOUSE, Relation.CHILD})


class KinNames(NamedTuple):
    """A person's own names, the family's, the given names of the father, and the title that may be written before."""

    given: Names
    family: Names
    father: Names
    title: Names


class Line(NamedTuple):
    """What brothers and sisters share: the family name they were born to, and the given names of their father.

    `borne` are the given names that some of them bear already.
    """

    family: Names
    father: Names
    borne: frozenset[Name]


class NamesOfFamilies:
    """Names families, by one model's names and rates."""

    def __init__(self, model: CaseloadModel) -> None:
        self._book = NameBook(model)
        self._has = model.rates["has_family_name"].value
        self._keeps = model.rates["woman_keeps_own_name"].value

    def of(
        self, family: Sequence[Kin], dice: Dice, line: Line | None
    ) -> tuple[list[KinNames], Line]:
        """The names of a family's people in their order, the principal's first, and the principal's line.

        `line`: that of a brother or sister of the principal, who has a household elsewhere.
        """
        book = self._book
        taken = set(line.borne) if line else set()
        given = [book.given(each.sex, dice, taken) for each in family]
        lines = _Lines(family, given, line, book, has=self._has, taken=taken, dice=dice)
        people = [
            KinNames(
                given=own,
                family=lines.family_name(each, self._keeps),
                father=lines.father(each),
                title=book.title(each.sex, dice),
            )
            for own, each in zip(given, family, strict=True)
        ]
        borne = (line.borne if line else frozenset()) | frozenset(given[0])
        return people, Line(lines.born_into, people[0].father, borne)


class _Lines:
    """The two lines that meet in a family: the house (of the husband, and of the children), and the wife's."""

    def __init__(
        self,
        family: Sequence[Kin],
        given: Sequence[Names],
        line: Line | None,
        book: NameBook,
        *,
        has: float,
        taken: set[Name],
        dice: Dice,
    ) -> None:
        self._book, self._taken, self._dice = book, taken, dice
        relations = {each.relation for each in family}
        # A woman with a husband or children here has married into the house: she was born into another.
        self._is_wife = family[0].sex is Sex.FEMALE and bool(relations & _MARRIED)
        self._house = book.family(dice) if dice.chance(has) else ()
        self.born_into = self._another() if self._is_wife else self._house
        if line is not None:
            self.born_into = line.family
            self._house = self._house if self._is_wife else line.family
        men = {
            each.relation: own
            for own, each in zip(given, family, strict=True)
            if each.sex is Sex.MALE
        }
        of_principal = line.father if line else men.get(Relation.PARENT) or self._somebody()
        of_children = men.get(Relation.PRINCIPAL) or men.get(Relation.SPOUSE)
        self._fathers = {
            Relation.PRINCIPAL: of_principal,
            Relation.SIBLING: of_principal,
            Relation.CHILD: of_children or self._somebody(),
        }

    def father(self, kin: Kin) -> Names:
        """The given names of a person's father: of the one in the house where there is one, else of somebody."""
        return self._fathers.get(kin.relation) or self._somebody()

    def family_name(self, kin: Kin, keeps: float) -> Names:
        """The name of the house, or that of the family somebody was born into."""
        is_principal = kin.relation is Relation.PRINCIPAL
        is_wife = self._is_wife if is_principal else kin.relation in _WIVES
        if is_wife and kin.sex is Sex.FEMALE and self._dice.chance(keeps):
            return self.born_into if is_principal else self._another()
        is_other = kin.relation is Relation.OTHER_RELATIVE
        if is_other and self._dice.chance(RELATIVE_OF_ANOTHER_NAME):
            return self._another()
        return self._house if kin.relation in _OF_HOUSE else self.born_into

    def _another(self) -> Names:
        """Another family's name; none where the house has none."""
        return self._book.family(self._dice) if self._house else ()

    def _somebody(self) -> Names:
        return self._book.given(Sex.MALE, self._dice, self._taken)
