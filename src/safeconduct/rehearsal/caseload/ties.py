"""What ties a family to another of the caseload: brothers and sisters with households of their own, a caller in common.

Such families are nobody's doubles and look like them: one father's name, one family name, one province, one telephone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from safeconduct.core.facts import Relation, Sex
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.assumed import KIN_IN_ONE_PLACE
from safeconduct.rehearsal.caseload.dice import Dice
from safeconduct.rehearsal.caseload.family import Family
from safeconduct.rehearsal.caseload.kin import Kin


class Tie(NamedTuple):
    """A tie to a family drawn earlier, whose callers speak for this one too.

    `is_kin`: the principals are brothers or sisters. `one_place`: both live in one town; `one_phone`: both have
    one telephone between them.
    """

    other: Family
    is_kin: bool
    one_place: bool
    one_phone: bool


class Ties:
    """Draws ties by the model's rates."""

    def __init__(self, model: CaseloadModel) -> None:
        self._kin = model.rates["kin_of_another_family"].value
        self._caller = model.rates["caller_of_several"].value
        self._phone = model.rates["phone_shared"].value

    def tie(self, family: Sequence[Kin], earlier: Sequence[Family], dice: Dice) -> Tie | None:
        """The tie of a family to one of those drawn earlier; None for most.

        A principal whose father lives in the family has him with nobody else, and so no tie of kin.
        """
        if not earlier:
            return None
        has_father = any(
            each.relation is Relation.PARENT and each.sex is Sex.MALE for each in family
        )
        is_kin = dice.chance(self._kin) and not has_father
        if not is_kin and not dice.chance(self._caller):
            return None
        return Tie(
            other=dice.pick(earlier),
            is_kin=is_kin,
            one_place=is_kin and dice.chance(KIN_IN_ONE_PLACE),
            one_phone=dice.chance(self._phone),
        )
