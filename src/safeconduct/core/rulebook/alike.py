"""Families of whom the rulebook knows the same: like cases, to be decided alike (F10, F21)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from safeconduct.core.facts import Household
from safeconduct.core.rulebook.assess import Assessor
from safeconduct.core.rulebook.known import DERIVED_FACTS, NOT_ASKED, Known, known_of
from safeconduct.core.rulebook.rules import FactKind

T = TypeVar("T")


class LikeFamilies(Generic[T]):
    """Puts each family beside those of whom the same is known. The keys live in memory alone.

    A family of whom nothing was told but who they are and in which province is like nobody: that we know nothing of
    two families is no likeness. How many such there were is `unheard`.
    """

    def __init__(self, assessor: Assessor) -> None:
        self._assessor = assessor
        self._groups: defaultdict[object, list[T]] = defaultdict(list)
        self.unheard = 0

    def put(self, household: Household, about: T) -> None:
        """`household` with the facts that its words state."""
        known = known_of(household, self._assessor.rulebook.facts, self._assessor.on)
        if not _tells(known, self._assessor.rulebook.facts):
            self.unheard += 1
            return
        self._groups[self._assessor.families.of(known).key].append(about)

    def groups(self) -> Iterable[Sequence[T]]:
        """Two and more of a kind."""
        return (group for group in self._groups.values() if len(group) > 1)


def _tells(known: Known, kinds: Mapping[str, FactKind]) -> bool:
    return any(
        fact not in DERIVED_FACTS and kinds[fact].of_province is None and values != NOT_ASKED
        for held in (*known.members, known.somebody, known.household)
        for fact, values in held.items()
    )
