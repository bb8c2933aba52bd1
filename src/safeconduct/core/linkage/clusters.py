"""Who is taken together, if every proposal "same" were followed: never by a chain over people who must stay apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def clusters_of(
    count: int, same: Iterable[tuple[int, int]], apart: Callable[[int, int], bool]
) -> list[list[int]]:
    """Groups of positions 0 .. count - 1, everyone in exactly one, in order of their first member.

    `same` comes strongest first. Two groups are joined only where no member of one is held apart from a member of
    the other: a chain A = B = C never joins A and C against a rule (no blind transitive closure).
    """
    group_of = list(range(count))
    members: dict[int, list[int]] = {}
    for one, two in same:
        a, b = group_of[one], group_of[two]
        if a == b:
            continue
        left, right = members.get(a, [a]), members.get(b, [b])
        if any(apart(x, y) for x in left for y in right):
            continue
        if b < a:
            a, left, right = b, right, left
        members[a] = left + right
        for member in right:
            group_of[member] = a
    groups: dict[int, list[int]] = {}
    for position, group in enumerate(group_of):
        groups.setdefault(group, []).append(position)
    return list(groups.values())
