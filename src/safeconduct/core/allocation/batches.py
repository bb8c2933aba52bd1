"""Homes while families still arrive: each batch is placed before the next is seen, with room kept for those to come.

What room will be worth is learnt from samples of who may still come, drawn from an earlier year or
from those who came so far: the prices of the relaxation over batch and sample, averaged over
samples (Ahani, Goelz, Procaccia, Teytelboym and Trapp, 2021, "Dynamic placement in refugee
resettlement"; here with one price for each resource of each locality). A decision is final: what a
later batch brings changes nothing about an earlier one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from safeconduct.core.allocation.assignment import Assignment, Progress, assigned
from safeconduct.core.allocation.checking import check_homes
from safeconduct.core.allocation.families import HomeFamily, HomeLocality, Scores
from safeconduct.core.allocation.home_reasons import Housed, home_rows
from safeconduct.core.allocation.homes import told
from safeconduct.core.allocation.places import problem_of, set_out_places
from safeconduct.core.allocation.plan import Plan, PlanRow
from safeconduct.core.allocation.prices import exact_prices, rough_prices
from safeconduct.core.allocation.problem import WAITS, Floats, Ints, Problem, make_problem

# Samples of the future for each batch, and families in a sample: more are stood for by smaller rooms.
SAMPLES = 5
SAMPLE_FAMILIES = 1_200
# Places are offered for a tenth more people than are expected (the rule of the authors' own planning).
EXPECTED_SHARE = 10 / 11
# The share of the time that goes to the bound in hindsight.
HINDSIGHT = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An earlier year to learn from: its families and their scores at the same localities."""

    families: Sequence[HomeFamily]
    scores: Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pool:
    """Families to draw from, as a problem over the same localities, and how many people are expected in all."""

    problem: Problem
    people: Floats
    expected: float


def plan_homes_in_batches(
    families: Sequence[HomeFamily],
    localities: Sequence[HomeLocality],
    scores: Scores,
    *,
    batch: Sequence[float],
    clock: Callable[[], float],
    past: Past | None = None,
    seconds: float = 60.0,
    progress: Progress | None = None,
    seed: int = 0,
) -> Plan:
    """Place batch after batch (`batch`: each family's, in numerical order; the families' order
    within). One row for each family.

    `bound` is that of the best plan in hindsight, when everybody is known: no policy could exceed
    it. The same families give the same plan so long as the time does not run short; then fewer
    samples are drawn. Raises RepeatedId.
    """
    began = clock()
    chance = random.Random(seed)  # noqa: S311 (a sample, not a secret)
    places = set_out_places(families, localities, scores)
    problem = problem_of(places)
    chosen = np.full(problem.units, WAITS, dtype=np.int64)
    rows: dict[int, PlanRow] = {}
    capacity = problem.capacity.copy()
    turns = _turns(batch)
    pool = None if past is None else _pool_of(past, localities, places.parts, capacity)
    prices = np.zeros_like(capacity)
    for turn, units in enumerate(turns):
        if progress is not None:
            progress("Placing batch after batch", turn / len(turns))
        seconds_each = _share_of_time(seconds - (clock() - began), len(turns) - turn)
        seen = np.concatenate(turns[: turn + 1])
        drawn = pool or _seen_so_far(problem, seen)
        prices = _learnt_prices(
            _part(problem, units, capacity),
            drawn,
            arrived=float(problem.need[seen, 0].sum()),
            start=prices,
            chance=chance,
            seconds_left=_countdown(clock, 0.7 * seconds_each),
        )
        chosen[units] = _placed(
            problem, units, capacity, prices, _countdown(clock, 0.3 * seconds_each)
        )
        capacity = problem.left(chosen)
        housed = Housed(
            places=places,
            problem=problem,
            where=problem.where(chosen),
            prices=prices,
            left=capacity,
            more_to_come=True,
        )
        rows.update(zip(units.tolist(), home_rows(housed, units), strict=True))
    bound = _hindsight(problem, chosen, lambda: seconds - (clock() - began))
    answer = Assignment(chosen=chosen, prices=prices, objective=problem.total(chosen), bound=bound)
    plan = replace(
        told(places, problem, answer, tuple(rows[unit] for unit in range(problem.units))),
        seconds=clock() - began,
    )
    wrong = check_homes(plan, families, localities, scores)
    assert not wrong, wrong
    return plan


def _countdown(clock: Callable[[], float], seconds: float) -> Callable[[], float]:
    until = clock() + seconds
    return lambda: until - clock()


def _share_of_time(left: float, turns: int) -> float:
    return max(0.0, left * (1 - HINDSIGHT)) / max(turns, 1)


def _turns(batch: Sequence[float]) -> list[Ints]:
    """The families' numbers batch by batch."""
    order = np.asarray(batch, dtype=np.float64)
    return [np.flatnonzero(order == each) for each in np.unique(order)]


def _pool_of(
    past: Past, localities: Sequence[HomeLocality], parts: float, capacity: Floats
) -> _Pool | None:
    """The earlier year over this year's localities, in this year's units of counting.

    How many are expected: ten elevenths of the places, since places are planned with a tenth to spare; but the earlier
    year's own number where that is above the places or below half of them.
    """
    then = problem_of(set_out_places(past.families, localities, past.scores, parts=parts))
    if not then.pairs:
        return None
    people = then.need[:, 0]
    places, came = float(capacity[:, 0].sum()), float(people.sum())
    usual = places / 2 <= came <= places
    return _Pool(problem=then, people=people, expected=EXPECTED_SHARE * places if usual else came)


def _seen_so_far(problem: Problem, seen: Ints) -> _Pool:
    """Without an earlier year: more of those who came so far, until the places are nearly gone."""
    part = _part(problem, seen, problem.capacity)
    expected = EXPECTED_SHARE * float(problem.capacity[:, 0].sum())
    return _Pool(problem=part, people=part.need[:, 0], expected=expected)


def _part(problem: Problem, units: Ints, capacity: Floats) -> Problem:
    """Some of the units, numbered anew, with their pairs that fit this capacity."""
    number = np.full(problem.units, -1, dtype=np.int64)
    number[units] = np.arange(len(units))
    pairs = np.flatnonzero(number[problem.unit] >= 0)
    return make_problem(
        need=problem.need[units],
        capacity=capacity,
        unit=number[problem.unit[pairs]],
        target=problem.target[pairs],
        worth=problem.worth[pairs],
    )


def _learnt_prices(
    now: Problem,
    pool: _Pool,
    *,
    arrived: float,
    start: Floats,
    chance: random.Random,
    seconds_left: Callable[[], float],
) -> Floats:
    """The mean price of each resource of each locality over samples of this batch and those who may still come."""
    average = float(pool.people.mean()) if len(pool.people) else 0.0
    to_come = max(0, round((pool.expected - arrived) / average)) if average > 0 else 0
    whole = max(seconds_left(), 1e-9)
    found: list[Floats] = []
    for sample in range(SAMPLES):
        if sample and seconds_left() < whole / (sample + 1) / 2:
            break
        drawn = [chance.randrange(len(pool.people)) for _ in range(min(to_come, SAMPLE_FAMILIES))]
        both = _with_sample(now, pool.problem, np.array(drawn, dtype=np.int64), to_come)
        if not both.pairs:
            return np.zeros_like(start)
        rough, _ = rough_prices(
            both, worth_having=0.0, enough=lambda: seconds_left() <= 0, rounds=60, start=start
        )
        found.append(exact_prices(both, rough, seconds_left=seconds_left).prices)
    return np.asarray(np.mean(found, axis=0))


def _with_sample(now: Problem, pool: Problem, drawn: Ints, to_come: int) -> Problem:
    """This batch and a sample together. Where the sample is smaller than those to come, the room
    left to it is as much smaller."""
    counts = np.diff(pool.first)[drawn]
    pairs = np.repeat(pool.first[drawn] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
    pairs = (pairs + np.arange(len(pairs))).astype(np.int64)
    both = make_problem(
        need=np.concatenate((now.need, pool.need[drawn])),
        capacity=now.capacity,
        unit=np.concatenate((now.unit, now.units + np.repeat(np.arange(len(drawn)), counts))),
        target=np.concatenate((now.target, pool.target[pairs])),
        worth=np.concatenate((now.worth, pool.worth[pairs])),
    )
    share = (now.units + len(drawn)) / max(now.units + to_come, 1)
    return replace(both, capacity=now.capacity * min(1.0, share))


def _placed(
    problem: Problem,
    units: Ints,
    capacity: Floats,
    prices: Floats,
    seconds_left: Callable[[], float],
) -> Ints:
    """This batch's pairs: the most score less the price of the room taken."""
    number = np.full(problem.units, -1, dtype=np.int64)
    number[units] = np.arange(len(units))
    pairs = np.flatnonzero(number[problem.unit] >= 0)
    gain = problem.worth[pairs] - problem.cost(prices, pairs)
    fits = (problem.need[problem.unit[pairs]] <= capacity[problem.target[pairs]]).all(axis=1)
    # As much as rounding may cost is forgiven: whoever is worth just the price is placed.
    forgiven = 1e-7 * np.maximum(problem.worth[pairs], 1.0)
    usable = fits & (gain >= -forgiven)
    pairs, gain = pairs[usable], np.maximum(gain[usable], 0.0) + forgiven[usable]
    part = make_problem(
        need=problem.need[units],
        capacity=capacity,
        unit=number[problem.unit[pairs]],
        target=problem.target[pairs],
        worth=gain,
    )
    answer = assigned(part, seconds_left=seconds_left)
    chosen = np.full(len(units), WAITS, dtype=np.int64)
    placed = answer.chosen != WAITS
    chosen[placed] = pairs[answer.chosen[placed]]
    return chosen


def _hindsight(problem: Problem, chosen: Ints, seconds_left: Callable[[], float]) -> float:
    """What no plan could exceed, even one made when everybody is known."""
    worth = problem.total(chosen)
    whole = seconds_left()
    rough, _ = rough_prices(
        problem, worth_having=worth, enough=lambda: seconds_left() <= 0.5 * whole
    )
    bound = problem.bound(rough)
    if seconds_left() > 0.1:
        priced = exact_prices(
            problem, rough, plan=chosen, seconds_left=lambda: 0.8 * seconds_left()
        )
        bound = min(bound, priced.bound)
    return max(bound, worth)
