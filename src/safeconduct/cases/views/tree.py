"""The household as a small family tree: couples beside each other, children below their parents, parents above.

Drawn from what each is to the principal, and from nothing else: whose relation is unknown stands apart, to be asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Person
from safeconduct.cases.reading import Kept
from safeconduct.core.answers import Answer
from safeconduct.core.facts import Relation

INFANT: Final = 2  # under two, as an airline counts
_ASIDE: Final = (Relation.OTHER_RELATIVE, Relation.NOT_RELATED)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One person of the tree. `infant` is unknown where the age may lie on either side of two."""

    kept: Kept[Person]
    infant: Answer

    @property
    def is_principal(self) -> bool:
        return self.kept.says.relation is Relation.PRINCIPAL


@dataclass(frozen=True, slots=True)
class Family:
    """One person or a couple, and those who stand below them. `asked`: the principal, whom nobody named yet."""

    pair: Sequence[Leaf]
    below: Sequence[Family] = ()
    label: Promise | str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Tree:
    """`unnamed` are those who were counted and not named; they count all the same (law 6)."""

    families: Sequence[Family]
    aside: Sequence[Leaf]
    unplaced: Sequence[Leaf]
    unnamed: int


def tree_of(people: Iterable[Kept[Person]], *, size: int | None, on: date) -> Tree:
    """`size` is the household's as it stands on the cover; infants are those under two on that day."""
    leaves = [Leaf(kept, _infant(kept.says, on)) for kept in people]
    return Tree(
        families=_families(leaves),
        aside=_among(leaves, *_ASIDE),
        unplaced=[leaf for leaf in leaves if leaf.kept.says.relation is None],
        unnamed=max((size or 0) - len(leaves), 0),
    )


def _families(leaves: Sequence[Leaf]) -> list[Family]:
    """Parents above the principal's own generation, where any parent is named; else that generation on top."""
    principals = _among(leaves, Relation.PRINCIPAL)
    pair = principals + _among(leaves, Relation.SPOUSE)
    children = _oldest_first(_among(leaves, Relation.CHILD))
    siblings = _oldest_first(_among(leaves, Relation.SIBLING))
    parents = _among(leaves, Relation.PARENT)
    if not (pair or children or siblings or parents):
        return []
    own = Family(
        pair,
        [Family([child]) for child in children],
        _("The principal, and wife or husband") if len(pair) > 1 else "",
        asked=not principals,
    )
    generation = [own, *(Family([sibling]) for sibling in siblings)]
    if not parents:
        return generation
    return [Family(parents, generation, _("Parents of the principal") if len(parents) > 1 else "")]


def _among(leaves: Iterable[Leaf], *relations: Relation) -> list[Leaf]:
    return [leaf for leaf in leaves if leaf.kept.says.relation in relations]


def _oldest_first(leaves: Iterable[Leaf]) -> list[Leaf]:
    """By the day of birth as far as it is known; those of whom none is known last, as they were told."""
    return sorted(
        leaves, key=lambda leaf: birth.earliest if (birth := leaf.kept.says.birth) else date.max
    )


def _infant(person: Person, on: date) -> Answer:
    return person.birth.is_under(INFANT, on) if person.birth else Answer.UNKNOWN
