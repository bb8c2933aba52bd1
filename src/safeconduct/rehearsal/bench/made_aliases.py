"""One fictional person's name in two writings, many times over: in two scripts, or twice in Latin letters.

Nothing here knows how names are compared: spellings are drawn from the lists that people gathered
(`packs/caseload/records`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safeconduct.packs.caseload.records import SpelledName
from safeconduct.rehearsal.bench.made_names import TWO_GIVEN_NAMES

# A name that is written in one way only cannot stand for two writings: so often another is drawn.
_DRAWS = 20

Name = tuple[SpelledName, ...]
Writing = Callable[[SpelledName], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Alias:
    """Two writings of one person's name."""

    a: str
    b: str


def latin(name: SpelledName) -> Sequence[str]:
    return name.latin


def native(name: SpelledName) -> Sequence[str]:
    return name.native


def aliases(
    names: Sequence[SpelledName], count: int, chance: random.Random, *, b_in: Writing
) -> list[Alias]:
    """`count` people, the first writing in Latin letters, the second by `b_in`, never both alike.

    No two of them can be confused by anybody: in some place their names have no spelling in common. Names are drawn
    by how common they are, so that many share a given name or a family name.
    """
    people: list[Name] = []
    made: list[Alias] = []
    while len(made) < count:
        name = _name(names, chance)
        if any(_like(name, other) for other in people):
            continue
        alias = _twice(name, chance, b_in)
        if alias is not None:
            people.append(name)
            made.append(alias)
    return made


def _name(names: Sequence[SpelledName], chance: random.Random) -> Name:
    sex = chance.choice(("given_f", "given_m"))
    given = [name for name in names if name.kind == sex]
    family = [name for name in names if name.kind == "family"]
    first = _drawn(given, chance)
    last = _drawn(family, chance)
    second = _drawn(given, chance)
    is_double = chance.random() < TWO_GIVEN_NAMES and second is not first
    return (first, second, last) if is_double else (first, last)


def _drawn(names: Sequence[SpelledName], chance: random.Random) -> SpelledName:
    return chance.choices(names, [name.weight for name in names])[0]


def _like(one: Name, two: Name) -> bool:
    """Whether every part of one may be written as the part in its place of the other."""
    return len(one) == len(two) and all(
        {*x.latin, *x.native} & {*y.latin, *y.native} for x, y in zip(one, two, strict=True)
    )


def _twice(name: Name, chance: random.Random, b_in: Writing) -> Alias | None:
    if not all(b_in(part) for part in name):
        return None
    for _ in range(_DRAWS):
        a, b = _written(name, chance, latin), _written(name, chance, b_in)
        if a != b:
            return Alias(a, b)
    return None


def _written(name: Name, chance: random.Random, writing: Writing) -> str:
    """The first spelling of a list is the commonest: the n-th weighs 1 / n."""
    return " ".join(
        chance.choices(writing(part), [1 / place for place in range(1, len(writing(part)) + 1)])[0]
        for part in name
    )
