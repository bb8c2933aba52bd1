"""Telephones and documents of true people: who has which."""

from __future__ import annotations

from typing import NamedTuple

from safeconduct.core.facts import Relation
from safeconduct.packs.caseload.keys import PHONE_BEGINS
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload import numbers
from safeconduct.rehearsal.caseload.assumed import OWN_PHONE
from safeconduct.rehearsal.caseload.dice import Choices, Dice
from safeconduct.rehearsal.caseload.kin import ADULT, Kin


class Papers(NamedTuple):
    """What one person has. `phones`: the number now, and perhaps the one before."""

    phones: tuple[str, ...]
    passport: str | None
    tazkira: str | None


class PaperBook:
    """Gives numbers to people, by one model's rates."""

    def __init__(self, model: CaseloadModel) -> None:
        self._rates = {name: rate.value for name, rate in model.rates.items()}
        begins = model.distributions.get(PHONE_BEGINS)
        weights = begins.choices if begins else {numbers.NOWHERE: 1.0}
        self._begins = Choices(weights.items())

    def papers(self, kin: Kin, number: int, dice: Dice) -> Papers:
        """The papers of the person of this number, which nobody else has."""
        has_passport = dice.chance(self._rates["has_passport"])
        has_tazkira = dice.chance(self._rates["has_tazkira"])
        return Papers(
            phones=self._phones(kin, number, dice),
            passport=numbers.passport(number) if has_passport else None,
            tazkira=numbers.tazkira(number, dice) if has_tazkira else None,
        )

    def _phones(self, kin: Kin, number: int, dice: Dice) -> tuple[str, ...]:
        """The principal's, which may have changed, or those of other adults who have one of their own."""
        begins = dice.one(self._begins)
        if kin.relation is not Relation.PRINCIPAL:
            has_one = kin.age >= ADULT and dice.chance(OWN_PHONE)
            return (numbers.telephone(begins, 2 * number),) if has_one else ()
        changed = dice.chance(self._rates["phone_changed"])
        which = range(2 * number, 2 * number + 1 + changed)
        return tuple(numbers.telephone(begins, each) for each in which)
