"""Groups of records by average linkage: two groups become one while what all their pairs say together is for it.

A single pair that stands by chance above a line never chains two people together, as it does where groups are the
connected parts of a graph (Sokal and Michener 1958 gave the method; how it fares here is in docs/benchmarks.md).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable

# What a pair that was never compared counts, in bits: that no key brought the two together speaks a little against it.
NEVER_COMPARED = -0.5
# No pair counts for more than this, for or against, so that one cannot outvote a whole group.
_MOST_BITS = 10.0


class Averaging:
    """Groups of positions, each alone at first, joined strongest first."""

    def __init__(self, pairs: Iterable[tuple[int, int, float]]) -> None:
        self._beside: dict[int, dict[int, tuple[float, int]]] = {}
        self._members: dict[int, list[int]] = {}
        self._version: dict[int, int] = {}
        for one, two, bits in pairs:
            kept = (max(-_MOST_BITS, min(_MOST_BITS, bits)), 1)
            self._beside.setdefault(one, {})[two] = kept
            self._beside.setdefault(two, {})[one] = kept
        for position in self._beside:
            self._members[position] = [position]
            self._version[position] = 0

    def groups(self) -> list[list[int]]:
        """All groups of two and more, each in rising order."""
        waiting = [
            (-self._mean(one, two), one, two, 0, 0)
            for one, beside in self._beside.items()
            for two in beside
            if one < two and self._mean(one, two) > 0
        ]
        heapq.heapify(waiting)
        while waiting:
            _, one, two, version_one, version_two = heapq.heappop(waiting)
            if self._version.get(one) == version_one and self._version.get(two) == version_two:
                for mean, other in self._join(one, two):
                    low, high = sorted((one, other))
                    entry = (-mean, low, high, self._version[low], self._version[high])
                    heapq.heappush(waiting, entry)
        found = [sorted(members) for members in self._members.values() if len(members) > 1]
        return sorted(found)

    def _mean(self, one: int, two: int) -> float:
        """What the pairs between two groups say on average, those never compared included."""
        bits, compared = self._beside[one][two]
        pairs = len(self._members[one]) * len(self._members[two])
        return (bits + NEVER_COMPARED * (pairs - compared)) / pairs

    def _join(self, one: int, two: int) -> list[tuple[float, int]]:
        """Bring `two` into `one`; gives the groups beside it that might join next, with their means."""
        beside = self._beside.pop(two)
        del beside[one], self._beside[one][two], self._version[two]
        for other, (bits, compared) in beside.items():
            del self._beside[other][two]
            before, seen = self._beside[one].get(other, (0.0, 0))
            joined = before + bits, seen + compared
            self._beside[one][other] = self._beside[other][one] = joined
        self._members[one].extend(self._members.pop(two))
        self._version[one] += 1
        means = ((self._mean(one, other), other) for other in self._beside[one])
        return [(mean, other) for mean, other in means if mean > 0]
