"""Drawing by chance, the same on every machine: all of it rests on `Random.random`, whose numbers Python keeps.

The other methods of `random.Random` may change from one Python to the next (docs.python.org, "Notes on
Reproducibility"), and its seeding by text does not depend on the hash seed.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Choices(Generic[T]):
    """Options with weights, ready to be drawn from. Raises ValueError where there is none."""

    __slots__ = ("_bounds", "_last", "_total", "options")

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(option, weight) for option, weight in weighted if weight > 0]
        if not pairs:
            raise ValueError("there is nothing to draw from: no option has a weight above 0")
        self.options: Sequence[T] = tuple(option for option, _ in pairs)
        self._bounds = tuple(accumulate(weight for _, weight in pairs))
        self._total = self._bounds[-1]
        self._last = len(pairs) - 1

    def at(self, point: float) -> T:
        """The option at a point between 0 and 1."""
        return self.options[bisect(self._bounds, point * self._total, 0, self._last)]


class Dice:
    """One run of chance, by its seed."""

    __slots__ = ("draw",)

    def __init__(self, *seed: int | str) -> None:
        # Nothing here is to be kept from anybody: chance that can be repeated is what is wanted.
        self.draw = Random("/".join(map(str, seed))).random  # noqa: S311

    def chance(self, rate: float) -> bool:
        """Yes, in this share of all draws."""
        return self.draw() < rate

    def whole(self, first: int, last: int) -> int:
        """A whole number from `first` to `last`, both included, each as likely."""
        return first + int(self.draw() * (last - first + 1))

    def one(self, choices: Choices[T]) -> T:
        return choices.at(self.draw())

    def pick(self, options: Sequence[T]) -> T:
        """One of them, each as likely."""
        return options[int(self.draw() * len(options))]
