"""The hand in which one plea is written: script, order of names, spelling, titles, slips of the pen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.dice import Choices, Dice
from safeconduct.rehearsal.caseload.family import Family, Member
from safeconduct.rehearsal.caseload.kin import ADULT
from safeconduct.rehearsal.caseload.naming import Names, Spelling
from safeconduct.rehearsal.caseload.slips import slip_in_word

FullName = tuple[str | None, str | None, str | None]
"""Given name, family name and native name, as they stand in their columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who writes, for one plea. `names_after_fathers`: the father's name stands for a family name there is not."""

    script: str
    order: str
    names_after_fathers: bool
    spelling: Spelling
    rates: Mapping[str, float]
    dice: Dice

    @property
    def native_only(self) -> bool:
        return self.script == "native"

    def full_name(self, member: Member) -> FullName:
        """The names of one person as this hand puts them in their columns; a name left out is None."""
        names = member.names
        family = names.family
        if not family and self.names_after_fathers:
            family = names.father
        elif not self.dice.chance(self.rates["told_family_name"]):
            family = ()
        given = names.given
        if member.kin.age >= ADULT and self.dice.chance(self.rates["title_written"]):
            given = names.title + given
        native = None
        if self.script != "latin":
            native = " ".join(filter(None, self._ordered(given, family, native=True))) or None
        if self.native_only:
            return None, None, native
        first, last = self._ordered(given, family, native=False)
        if self.order == "one_field":
            return " ".join(filter(None, (first, last))) or None, None, native
        return first, last, native

    def father(self, member: Member) -> str | None:
        """The father's name as this hand writes it; None where it is left out."""
        if not self.dice.chance(self.rates["told_father_name"]):
            return None
        return self._written(member.names.father, native=self.native_only)

    def _ordered(
        self, given: Names, family: Names, *, native: bool
    ) -> tuple[str | None, str | None]:
        first, last = self._written(given, native=native), self._written(family, native=native)
        return (last, first) if self.order == "family_given" and last else (first, last)

    def _written(self, names: Names, *, native: bool) -> str | None:
        text = self.spelling.of(names, native=native)
        if text and self.dice.chance(self.rates["slip_of_pen"]):
            return slip_in_word(text, self.dice)
        return text


class Hands:
    """Draws a hand for each plea, by the model's habits of writing."""

    def __init__(self, model: CaseloadModel) -> None:
        self._rates = {name: rate.value for name, rate in model.rates.items()}
        self._scripts = Choices(model.distributions["name_script"].choices.items())
        self._orders = Choices(model.distributions["order_of_names"].choices.items())

    def hand(self, family: Family, dice: Dice) -> Hand:
        rates = self._rates
        return Hand(
            script=dice.one(self._scripts),
            order=dice.one(self._orders),
            names_after_fathers=dice.chance(rates["patronymic_as_family_name"]),
            spelling=Spelling(dice, own=family.spelling, variant=rates["variant_spelling"]),
            rates=rates,
            dice=dice,
        )
