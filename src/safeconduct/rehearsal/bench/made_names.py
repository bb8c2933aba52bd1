"""Pairs of names with known truth: one name written twice, or two names, by the spellings of a pack's caseload.

Nothing here knows how names are compared: spellings are drawn from the lists that people gathered
(`packs/caseload/records`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from safeconduct.packs.caseload.records import SpelledName

# Assumptions of ours, not of any count: how many bear two given names, and how often a list is in Arabic letters.
TWO_GIVEN_NAMES = 0.3
IN_NATIVE_LETTERS = 0.2
# One writing twice tells nothing of either method: so often another is drawn before it is let stand.
_DRAWS = 20

Name = tuple[SpelledName, ...]


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two writings, and whether they are of one name."""

    a: str
    b: str
    same: bool


class _Drawn:
    """Names of one kind, drawn by how common they are."""

    def __init__(self, names: Sequence[SpelledName], kind: str) -> None:
        self._names = [name for name in names if name.kind == kind]
        self._up_to = list(accumulate(name.weight for name in self._names))

    def one(self, chance: random.Random) -> SpelledName:
        return chance.choices(self._names, cum_weights=self._up_to)[0]

    def unlike(self, other: SpelledName, chance: random.Random) -> SpelledName:
        """Another name, of which no spelling is one of the other's: else nobody could tell them apart."""
        spelled = {*other.latin, *other.native}
        while True:
            name = self.one(chance)
            if not spelled & {*name.latin, *name.native}:
                return name


def labelled_pairs(
    names: Sequence[SpelledName], count: int, chance: random.Random
) -> Iterator[LabelledPair]:
    """Half of the pairs are one name in two writings. Of the other half a third share their given names, a third
    their family name, a third nothing: lists are full of namesakes and relatives.
    """
    givens = [_Drawn(names, "given_f"), _Drawn(names, "given_m")]
    families = _Drawn(names, "family")
    for number in range(count):
        given = givens[chance.randrange(2)]
        name = (*_given_names(given, chance), families.one(chance))
        if number % 2 == 0:
            yield _written_twice(name, chance)
            continue
        shared = number // 2 % 3
        first = name[:-1] if shared == 0 else _other_given_names(name, given, chance)
        last = name[-1] if shared == 1 else families.unlike(name[-1], chance)
        yield LabelledPair(_written(name, chance), _written((*first, last), chance), same=False)


def _given_names(given: _Drawn, chance: random.Random) -> Name:
    one = given.one(chance)
    return (one, given.unlike(one, chance)) if chance.random() < TWO_GIVEN_NAMES else (one,)


def _other_given_names(name: Name, given: _Drawn, chance: random.Random) -> Name:
    """As many given names, each unlike the one in its place."""
    return tuple(given.unlike(each, chance) for each in name[:-1])


def _written_twice(name: Name, chance: random.Random) -> LabelledPair:
    one = two = _written(name, chance)
    for _ in range(_DRAWS):
        two = _written(name, chance)
        if two != one:
            break
    return LabelledPair(one, two, same=True)


def _written(name: Name, chance: random.Random) -> str:
    """In one script throughout. The first spelling of a list is the commonest: the n-th weighs 1 / n."""
    native = chance.random() < IN_NATIVE_LETTERS and all(part.native for part in name)
    return " ".join(_spelled(part.native if native else part.latin, chance) for part in name)


def _spelled(spellings: Sequence[str], chance: random.Random) -> str:
    return chance.choices(spellings, [1 / place for place in range(1, len(spellings) + 1)])[0]
