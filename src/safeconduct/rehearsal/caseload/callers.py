"""Who calls for a family: relatives and friends abroad, the same person whenever it is they."""

from __future__ import annotations

from safeconduct.core.facts import Caller, Sex
from safeconduct.core.operation import Operation
from safeconduct.rehearsal.caseload import numbers
from safeconduct.rehearsal.caseload.assumed import (
    BROTHERLY,
    CALLER_OF_THE_NAME,
    CALLERS_OF_A_FAMILY,
    SISTERLY,
    WOMEN_WHO_CALL,
)
from safeconduct.rehearsal.caseload.dice import Dice
from safeconduct.rehearsal.caseload.family import Family
from safeconduct.rehearsal.caseload.naming import NameBook, Spelling

_RELATIONS = {Sex.FEMALE: SISTERLY, Sex.MALE: BROTHERLY}


class Callers:
    """The callers of every family; kin and neighbours may have theirs in common."""

    def __init__(self, book: NameBook, operation: Operation, seed: int) -> None:
        self._book = book
        self._seed = seed
        self._towns = tuple(town for each in operation.localities for town in each.towns)

    def caller(self, family: Family, which: int) -> Caller:
        """The caller of this place among those of the family, each with a telephone of the ranges kept for fiction."""
        number = family.voices.number * CALLERS_OF_A_FAMILY + which
        dice = Dice(self._seed, "caller", number)
        in_britain = numbers.is_british(number)
        sex = Sex.FEMALE if dice.chance(WOMEN_WHO_CALL) else Sex.MALE
        given = self._book.given(sex, dice, set())
        is_of_the_name = dice.chance(CALLER_OF_THE_NAME)
        name = given + (family.voices.family_name if is_of_the_name else self._book.family(dice))
        return Caller(
            name=Spelling(dice).of(name),
            phones=(numbers.telephone_abroad(number),),
            email=f"caller{number}@post.invalid",
            relation=dice.pick(_RELATIONS[sex]),
            town=dice.pick(self._towns) if self._towns and in_britain else None,
        )
