"""Why each family has its home, or waits, in a sentence a caller could be read; and the nearest
thing that would change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from safeconduct.core.allocation.places import Places
from safeconduct.core.allocation.plan import PlanRow
from safeconduct.core.allocation.problem import WAITS, Floats, Ints, Problem
from safeconduct.core.allocation.wording import and_list, many, number


@dataclass(frozen=True, slots=True, kw_only=True)
class Housed:
    """A plan before its reasons. `where` is each family's locality (WAITS: none); `left`,
    `prices`: (localities, resources)."""

    places: Places
    problem: Problem
    where: Ints
    prices: Floats
    left: Floats
    more_to_come: bool = False


def home_rows(housed: Housed, units: Iterable[int]) -> tuple[PlanRow, ...]:
    """One row for each of these families."""
    order = np.argsort(housed.places.unit, kind="stable")
    first = np.searchsorted(housed.places.unit[order], np.arange(housed.problem.units + 1))
    return tuple(
        _lives(housed, unit)
        if housed.where[unit] != WAITS
        else _waits(housed, unit, order[first[unit] : first[unit + 1]])
        for unit in map(int, units)
    )


def _row(housed: Housed, unit: int, why: str, reason: str) -> PlanRow:
    family = housed.places.families[unit].family_id
    return PlanRow(family_id=family, target=None, reason=f"Waits: {reason}", why=why)


def _lives(housed: Housed, unit: int) -> PlanRow:
    """Placed: how its score there stands among its others."""
    problem, target = housed.problem, int(housed.where[unit])
    pairs = slice(problem.first[unit], problem.first[unit + 1])
    worth, targets = problem.worth[pairs], problem.target[pairs]
    score = float(worth[targets == target][0])
    better = int((worth > score).sum())
    name = housed.places.localities[target].locality_id
    if len(worth) == 1:
        standing = "the only locality it fits"
    elif better == 0:
        standing = f"its best score ({number(score)}) of the {len(worth)} localities it fits"
    else:
        have = "has" if better == 1 else "have"
        but = (
            "but its room is full or kept for those who gain more"
            if housed.more_to_come
            else "but no room left for it"
        )
        standing = (
            f"score {number(score)}; of the {len(worth)} localities it fits, {better} {have} "
            f"a better one {but}"
        )
    reason = f"Goes to {name}: {standing}."
    if score == 0 and _score_unknown(housed, unit, target):
        reason = f"Goes to {name}: its score there is not known: ask. It has room that nobody else could use."
    family = housed.places.families[unit].family_id
    return PlanRow(family_id=family, target=name, reason=reason, why="placed")


def _score_unknown(housed: Housed, unit: int, target: int) -> bool:
    places = housed.places
    here = (places.unit == unit) & (places.target == target)
    return bool(np.isnan(places.score[here]).any())


def _waits(housed: Housed, unit: int, given: Ints) -> PlanRow:
    """The first hard rule that leaves the family nothing; else what outweighs it. `given`: its
    pairs, as they were given."""
    places = housed.places
    if places.families[unit].size is None:
        return _row(
            housed, unit, "size unknown", "how many people are in this household is not known: ask."
        )
    if not places.known_need[unit].all():
        missing = [
            name
            for name, known in zip(places.resources, places.known_need[unit][1:], strict=True)
            if not known
        ]
        return _row(
            housed,
            unit,
            "need unknown",
            f"how much {and_list(missing)} it needs is not known: ask.",
        )
    if not len(given):
        return _row(
            housed,
            unit,
            "incompatible",
            "no locality is compatible with it. A locality that can take it would change this.",
        )
    targets = places.target[given]
    asked = (places.need[unit] > 0) & ~places.known_room[targets]
    fits = (places.need[unit] <= places.room[targets]) | asked
    if not (fits.all(axis=1)).any():
        return _too_large(housed, unit, targets, fits)
    if not (fits & ~asked).all(axis=1).any():
        return _capacity_unknown(housed, unit, targets, fits, asked)
    return _outdone(housed, unit, places.score[given][(fits & ~asked).all(axis=1)])


def _amount(housed: Housed, resource: int, amount: float) -> str:
    """An amount of a resource as it stood in the file, with its name."""
    count = amount / housed.places.parts
    if resource == 0:
        return many(int(count), "place")
    return f"{count:g} of {housed.places.resources[resource - 1]}"


def _too_large(
    housed: Housed, unit: int, targets: Ints, fits: np.typing.NDArray[np.bool_]
) -> PlanRow:
    """No locality would hold it even if it stood empty: say what is missing where least is missing."""
    places = housed.places
    short = np.where(fits, 0.0, places.need[unit] - places.room[targets])
    wanting = short > 0
    nearest = int(np.lexsort((short.sum(axis=1), wanting.sum(axis=1)))[0])
    lacking = np.flatnonzero(wanting[nearest])
    name = places.localities[targets[nearest]].locality_id
    needs = and_list([_amount(housed, int(at), float(places.need[unit, at])) for at in lacking])
    has = and_list(
        [_amount(housed, int(at), float(places.room[targets[nearest], at])) for at in lacking]
    )
    why = "larger than any" if (wanting[:, 0]).all() else "no capacity"
    reason = (
        f"none of the {many(len(targets), 'locality', 'localities')} compatible with it could hold it, even "
        f"standing empty. Nearest is {name}: it needs {needs}, and there is {has}. As much more there "
        "would change it."
    )
    return _row(housed, unit, why, reason)


def _capacity_unknown(
    housed: Housed,
    unit: int,
    targets: Ints,
    fits: np.typing.NDArray[np.bool_],
    asked: np.typing.NDArray[np.bool_],
) -> PlanRow:
    places = housed.places
    at = int(np.flatnonzero(fits.all(axis=1))[0])
    names = ("people", *places.resources)
    what = and_list([names[resource] for resource in np.flatnonzero(asked[at])])
    name = places.localities[targets[at]].locality_id
    reason = f"how much room {name} has ({what}) is not known: ask. What is not known is promised to nobody."
    return _row(housed, unit, "capacity unknown", reason)


def _outdone(housed: Housed, unit: int, scores: Floats) -> PlanRow:
    """It fits somewhere, but others weigh more there; or it is a tie; or it would cost more than it gives."""
    problem = housed.problem
    pairs = np.arange(problem.first[unit], problem.first[unit + 1])
    if not len(pairs):
        reason = (
            f"its scores at the {many(len(scores), 'locality', 'localities')} it fits are below nought, so placing "
            "it there would make the plan worth less. A better score would change it."
        )
        return _row(housed, unit, "costs more", reason)
    gain = problem.worth[pairs] - problem.cost(housed.prices, pairs)
    nearest = int(np.argmax(gain))
    target = int(problem.target[pairs[nearest]])
    name = housed.places.localities[target].locality_id
    score = float(problem.worth[pairs[nearest]])
    short = np.maximum(problem.need[unit] - housed.left[target], 0.0)
    missing = and_list(
        [f"{_amount(housed, int(at), float(short[at]))} more" for at in np.flatnonzero(short)]
    )
    if not missing:
        return _kept_for_others(housed, unit, name, score, score - float(gain[nearest]))
    full = _all_taken(housed, len(pairs))
    if np.isnan(scores).all():
        reason = (
            f"{full}, and its score there is not known: ask. {missing} at {name} would change it."
        )
        return _row(housed, unit, "score unknown", reason)
    if gain[nearest] >= -1e-6 * max(score, 1.0):
        reason = (
            f"{full}. Its score at {name} ({number(score)}) is what room there is worth, but households "
            f"are not split and what is left there does not hold it. {missing} at {name} would change it."
        )
        return _row(housed, unit, "tie", reason)
    price = score - float(gain[nearest])
    reason = (
        f"{full}; others gain more. Nearest was {name}, where room for this household went for a score of "
        f"about {number(price)}; it has {number(score)}. Such a score, or {missing} at {name}, would change it."
    )
    return _row(housed, unit, "full", reason)


def _kept_for_others(housed: Housed, unit: int, name: str, score: float, price: float) -> PlanRow:
    """There is room, but it is kept for families still expected."""
    reason = (
        f"there is room at {name}, kept for families still expected, who are likely to gain more: room for this "
        f"household is reckoned at a score of about {number(price)}, and it has {number(score)}. Such a score, or "
        "fewer arrivals than expected, would change it."
    )
    return _row(housed, unit, "kept for others", reason)


def _all_taken(housed: Housed, count: int) -> str:
    if housed.more_to_come:
        where = "the one locality" if count == 1 else f"the {count} localities"
        return f"what {where} it fits had is taken, or kept for families still expected"
    return (
        "the one locality it fits is taken"
        if count == 1
        else f"all {count} localities it fits are taken"
    )
