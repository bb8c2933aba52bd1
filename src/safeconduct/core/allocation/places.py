"""Homes to be given, laid out as arrays: who needs how much, what each locality has, and which pairs are compatible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.core.allocation.families import HomeFamily, HomeLocality, Scores
from safeconduct.core.allocation.problem import Flags, Floats, Ints, Problem, make_problem
from safeconduct.core.errors import RepeatedId

# Needs and capacities with at most so many decimals are counted in whole parts, so that sums are
# exact.
DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Families and localities as arrays. Resource 0 is people. Needs and capacities are times
    `parts`, so that they are whole.

    `known_need` and `known_room` tell which are known; pairs are all those given, also the ones that hard rules forbid.
    """

    families: Sequence[HomeFamily]
    localities: Sequence[HomeLocality]
    resources: tuple[str, ...]
    need: Floats
    room: Floats
    known_need: Flags
    known_room: Flags
    unit: Ints
    target: Ints
    score: Floats
    parts: float


def set_out_places(
    families: Sequence[HomeFamily],
    localities: Sequence[HomeLocality],
    scores: Scores,
    *,
    parts: float | None = None,
) -> Places:
    """Lay families, localities and scores out as arrays. A need that a family does not name is unknown.

    `parts` counts in the parts of another year.
    """
    rows = _numbered("family", (family.family_id for family in families))
    columns = _numbered("locality", (locality.locality_id for locality in localities))
    resources = tuple(dict.fromkeys(name for each in localities for name in each.resources))
    need, known_need = _amounts(
        [(family.size, *(family.needs.get(name) for name in resources)) for family in families],
        len(resources) + 1,
    )
    room, known_room = _amounts(
        [(each.people, *(each.resources.get(name) for name in resources)) for each in localities],
        len(resources) + 1,
    )
    pairs = [
        (rows[family], columns[locality], np.nan if score is None else score)
        for (family, locality), score in scores.items()
        if family in rows and locality in columns
    ]
    table = np.array(pairs, dtype=np.float64).reshape(len(pairs), 3)
    parts = parts or _parts(need, room)
    return Places(
        families=families,
        localities=localities,
        resources=resources,
        need=_whole(need, parts),
        room=_whole(room, parts),
        known_need=known_need,
        known_room=known_room,
        unit=table[:, 0].astype(np.int64),
        target=table[:, 1].astype(np.int64),
        score=table[:, 2],
        parts=parts,
    )


def problem_of(places: Places) -> Problem:
    """The pairs that every hard rule allows: all of the family's needs known, and room known for
    each that is above nought."""
    known: Flags = np.asarray(places.known_need.all(axis=1))
    asked = ((places.need[places.unit] > 0) & ~places.known_room[places.target]).any(axis=1)
    allowed = known[places.unit] & ~asked
    score = np.where(np.isnan(places.score), 0.0, places.score)
    return make_problem(
        need=places.need,
        capacity=places.room,
        unit=places.unit[allowed],
        target=places.target[allowed],
        worth=score[allowed],
    )


def _numbered(kind: str, ids: Iterable[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for each in ids:
        if each in numbers:
            raise RepeatedId(kind=kind, name=each)
        numbers[each] = len(numbers)
    return numbers


def _amounts(told_rows: Sequence[Sequence[float | None]], width: int) -> tuple[Floats, Flags]:
    """Amounts with nought where unknown, and where they are known."""
    table = np.array(
        [[np.nan if amount is None else amount for amount in row] for row in told_rows],
        dtype=np.float64,
    ).reshape(len(told_rows), width)
    known = ~np.isnan(table)
    return np.where(known, table, 0.0), known


def _parts(need: Floats, room: Floats) -> float:
    """The smallest power of ten that makes every amount whole; 1 where even a million does not."""
    amounts = np.concatenate((need.ravel(), room.ravel()))
    for decimals in range(DECIMALS + 1):
        parts = 10.0**decimals
        if np.allclose(amounts * parts, np.rint(amounts * parts), rtol=0, atol=1e-7 * parts**0.5):
            return parts
    return 1.0


def _whole(amounts: Floats, parts: float) -> Floats:
    whole = np.rint(amounts * parts)
    return np.asarray(
        whole if np.allclose(whole, amounts * parts, rtol=1e-12, atol=1e-4) else amounts
    )
