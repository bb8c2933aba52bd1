"""Families that board the same departure or none: a block is placed whole, or waits whole."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core.allocation.families import SeatFamily
from safeconduct.core.errors import KeptWithStranger


def blocks_of(families: Sequence[SeatFamily]) -> list[tuple[int, ...]]:
    """The families' numbers in blocks, each in the families' order, blocks in the order of their first.

    `keep_with` binds both ways and onwards: where A is kept with B and B with C, the three are one block. Raises
    KeptWithStranger.
    """
    number = {family.family_id: at for at, family in enumerate(families)}
    head = list(range(len(families)))

    def head_of(at: int) -> int:
        while head[at] != at:
            head[at] = head[head[at]]
            at = head[at]
        return at

    for at, family in enumerate(families):
        for other in family.keep_with:
            if other not in number:
                raise KeptWithStranger(family=family.family_id, other=other)
            low, high = sorted((head_of(at), head_of(number[other])))
            head[high] = low
    together: dict[int, list[int]] = {}
    for at in range(len(families)):
        together.setdefault(head_of(at), []).append(at)
    return [tuple(members) for members in together.values()]
