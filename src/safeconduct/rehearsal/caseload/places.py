"""Words for places: the provinces as people write them, in either script."""

from __future__ import annotations

from safeconduct.core.operation import Operation, Province
from safeconduct.rehearsal.caseload.assumed import (
    PROVINCE_BY_NAME,
    PROVINCE_BY_SPELLING,
    PROVINCE_BY_TOWN,
)
from safeconduct.rehearsal.caseload.dice import Choices, Dice

_Words = tuple[Choices[str], tuple[str, ...]]


class Places:
    """The words for each province: its name most often, else another spelling of it or the family's town in it."""

    def __init__(self, operation: Operation) -> None:
        self._latin = {each.pcode: _words(each, native=False) for each in operation.provinces}
        self._native = {each.pcode: _words(each, native=True) for each in operation.provinces}

    def words(self, province: str | None, town: float, dice: Dice, *, native: bool) -> str | None:
        """How somebody writes where the family is. `town`, from 0 to 1, tells which of a province's towns is theirs."""
        if province is None:
            return None
        written, towns = (self._native if native else self._latin)[province]
        return dice.one(written) or towns[int(town * len(towns))]


def _words(province: Province, *, native: bool) -> _Words:
    """The spellings of a province with their weights, the empty one standing for a town; and its towns."""
    main = province.name_dari if native and province.name_dari else province.name
    towns = tuple(word for word in province.towns if word.isascii() is not native)
    others = [word for word in province.spellings if word.isascii() is not native]
    spelled = [(main, PROVINCE_BY_NAME), *((word, PROVINCE_BY_SPELLING) for word in others)]
    return Choices([*spelled, ("", PROVINCE_BY_TOWN if towns else 0.0)]), towns
