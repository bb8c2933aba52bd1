"""Who is taken together, pair by pair, strongest first: never by a chain over two who must stay apart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

Member = TypeVar("Member", bound=Hashable)


class Clusters(Generic[Member]):
    """Groups that grow by joining. Whoever was never joined is a group alone."""

    def __init__(self) -> None:
        self._group_of: dict[Member, list[Member]] = {}

    def of(self, one: Member) -> Sequence[Member]:
        """Everybody in the group of this one."""
        return self._group_of.get(one, (one,))

    def join(
        self, one: Member, two: Member, apart: Callable[[Member, Member], bool]
    ) -> tuple[Member, Member] | None:
        """Bring two groups together. Where a member of one is held apart from a member of the other, nothing is
        joined and the first such two are given back, that of `one` first.

        Every member is asked about every other: a group of n costs n * n / 2 questions.
        """
        left, right = self.of(one), self.of(two)
        if one == two or left is right:
            return None
        between = next(((x, y) for x in left for y in right if apart(x, y)), None)
        if between is None:
            self._bring_together(left, right)
        return between

    def groups(self, everybody: Iterable[Member]) -> Iterator[list[Member]]:
        """Each group once, when the first of it comes: its members in the order of `everybody`."""
        listed: set[Member] = set()
        rank = {member: at for at, member in enumerate(everybody)}
        for member in rank:
            if member not in self._group_of:
                yield [member]
            elif member not in listed:
                group = sorted(self.of(member), key=rank.__getitem__)
                listed.update(group)
                yield group

    def _bring_together(self, left: Sequence[Member], right: Sequence[Member]) -> None:
        small, large = sorted((left, right), key=len)
        group = self._group_of.setdefault(large[0], list(large))
        group.extend(small)
        self._group_of.update(dict.fromkeys(small, group))


def clusters_of(
    count: int, same: Iterable[tuple[int, int]], apart: Callable[[int, int], bool]
) -> list[list[int]]:
    """Groups of positions 0 .. count - 1, everyone in exactly one, in order of their first member.

    `same` comes strongest first. Two groups are joined only where no member of one is held apart from a member of
    the other: a chain A = B = C never joins A and C against a rule (no blind transitive closure).
    """
    clusters: Clusters[int] = Clusters()
    for one, two in same:
        clusters.join(one, two, apart)
    return list(clusters.groups(range(count)))
