"""Conditions as a caseworker writes them, to the records that the engine tests.

    when:
      anyone:                             one person of whom all of this is told
        occupation: [driver, guard]       any of these values
        employment: contractor
        unless: {dismissed: serious}      not, if this was told
      threat: known                       whatever the answer, as long as there is one

Lines beside each other must all hold. `all of`, `any of` and `none of` take a list of such blocks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from safeconduct.core.errors import (
    AnyoneWithinAnyone,
    EmptyCondition,
    FactOutOfPlace,
    UnknownFact,
    UnknownFactValue,
    UnlessInBandRule,
)
from safeconduct.core.rulebook.rules import Condition, FactKind
from safeconduct.packs.located import Located, did_you_mean

KNOWN = "known"  # as a value: whatever the answer, as long as there is one

_SHAPES = ("all of", "any of", "none of", "anyone", "unless")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads conditions with a vocabulary. `of` is of whom facts may be asked at this place; None
    where either may. `exclusions` tells whether `unless` may stand here.
    """

    kinds: Mapping[str, FactKind]
    exclusions: bool
    of: str | None = "household"
    within: bool = False

    def read(self, written: Located) -> Condition:
        """One block. Raises the errors of a rulebook's conditions, each with file and line."""
        parts = [self._part(name, value) for name, value in written.pairs()]
        if not parts:
            written.refuse(EmptyCondition, found=written.label)
        return parts[0] if len(parts) == 1 else Condition(all_of=tuple(parts))

    def _part(self, name: str, value: Located) -> Condition:
        if name == "anyone":
            return self._anyone(value)
        if name == "unless":
            return self._unless(value)
        if name not in _SHAPES:
            return self._fact(name, value)
        parts = tuple(self.read(item) for item in value.items())
        if not parts:
            value.refuse(EmptyCondition, found=name)
        if name == "all of":
            return Condition(all_of=parts)
        return Condition(any_of=parts) if name == "any of" else Condition(none_of=parts)

    def _anyone(self, value: Located) -> Condition:
        if self.within:
            value.refuse(AnyoneWithinAnyone, line=value.key_line)
        return Condition(anyone=replace(self, of="person", within=True).read(value))

    def _unless(self, value: Located) -> Condition:
        if not self.exclusions:
            value.refuse(UnlessInBandRule, line=value.key_line, found="unless")
        return Condition(unless=self.read(value))

    def _fact(self, name: str, value: Located) -> Condition:
        kind = self.kinds.get(name)
        if kind is None:
            advice = did_you_mean(name, [*self.kinds, *_SHAPES], what="It may be")
            value.refuse(UnknownFact, line=value.key_line, found=name, advice=advice)
        if self.of not in {None, kind.of}:
            advice = (
                "Write it beside 'anyone', not under it."
                if kind.of == "household"
                else "Write it under 'anyone:'."
            )
            value.refuse(
                FactOutOfPlace,
                line=value.key_line,
                fact=name,
                of=kind.of,
                spoken_of=self.of,
                advice=advice,
            )
        return Condition(fact=name, values=self._values(kind, value))

    def _values(self, kind: FactKind, value: Located) -> tuple[str, ...]:
        if value.is_text and value.text() == KNOWN:
            return kind.values
        written = value.items() if value.is_list else (value,)
        if not written or value.is_empty:
            value.refuse(EmptyCondition, found=kind.name)
        for each in written:
            if each.text() not in kind.values:
                advice = did_you_mean(each.text(), kind.values, what="It may be")
                each.refuse(UnknownFactValue, found=each.text(), fact=kind.name, advice=advice)
        return tuple(each.text() for each in written)
