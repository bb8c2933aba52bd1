"""Scarce seats to families: who boards which departure, who waits and why, and how far from the best possible.

The rules are those of docs/formats.md ("seats"). A household is never split; families kept
together board together or wait together; a family whose priority is not known takes only what
nobody else could use, and is asked about (unknown is not no).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.core.allocation.assignment import Assignment, Progress, assigned, with_plan
from safeconduct.core.allocation.blocks import blocks_of
from safeconduct.core.allocation.checking import check_seats
from safeconduct.core.allocation.eligibility import Board, may_board, set_out
from safeconduct.core.allocation.families import Hours, Lock, SeatFamily, Seats
from safeconduct.core.allocation.locks import check_names, held_by_locks, refuse_overfull
from safeconduct.core.allocation.plan import Plan, PlanRow
from safeconduct.core.allocation.problem import WAITS, Flags, Floats, Ints, Problem, make_problem
from safeconduct.core.allocation.rounding import settled
from safeconduct.core.allocation.seat_reasons import Seated, seat_rows
from safeconduct.core.errors import RepeatedId

# Seconds kept back for the reasons and the check, and more for each family.
KEPT_BACK, KEPT_BACK_EACH = 0.1, 1.2e-4
ROWS_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class _Units:
    """The blocks that no lock binds as a problem, and those that one does. `unit_of` maps a block to its unit."""

    problem: Problem
    blocks: list[tuple[int, ...]]
    held: dict[int, int]
    held_worth: float


def plan_seats(
    families: Sequence[SeatFamily],
    departures: Sequence[Seats],
    *,
    clock: Callable[[], float],
    reach: Hours | None = None,
    locks: Sequence[Lock] = (),
    seconds: float = 60.0,
    progress: Progress | None = None,
) -> Plan:
    """The best plan found within `seconds` of `clock` (any counter of seconds), one row for each
    family, in the families' order.

    `objective` is the sum over seated families of priority x (1 - decay_per_day)^days from the
    first departure; `bound` is proved by the relaxation's prices. `reach` None: every muster point
    at once. Raises RepeatedId, KeptWithStranger, MixedZones; UnknownInLock, LockCannotHold and LocksOverfill.
    """
    began = clock()
    _refuse_repeats(families, departures)
    check_names(families, departures, locks)
    blocks = blocks_of(families)
    board = set_out(families, departures, reach=reach, locks=locks)
    units = _units(board, blocks, held_by_locks(board, locks, blocks))
    kept_back = min(KEPT_BACK + KEPT_BACK_EACH * len(families), 0.4 * seconds)
    answer = assigned(
        units.problem,
        seconds_left=lambda: seconds - kept_back - (clock() - began),
        progress=progress,
    )
    answer = _brought_forward(board, units.problem, answer)
    rows = seat_rows(_seated(board, units, answer))
    plan = _plan(board, units, answer, rows, clock() - began)
    wrong = check_seats(plan, families, departures, reach=reach, locks=locks)
    assert not wrong, wrong
    return plan


def _refuse_repeats(families: Sequence[SeatFamily], departures: Sequence[Seats]) -> None:
    for kind, ids in (
        ("family", [family.family_id for family in families]),
        ("departure", [departure.departure_id for departure in departures]),
    ):
        seen: set[str] = set()
        for each in ids:
            if each in seen:
                raise RepeatedId(kind=kind, name=each)
            seen.add(each)


def family_worth(board: Board, rows: Ints) -> Floats:
    """What each of these families adds aboard each departure, (rows, departures); nothing where
    its priority is not known."""
    priority = np.array([board.families[row].priority or 0.0 for row in rows])
    decay = np.array([board.families[row].decay_per_day for row in rows])
    return np.asarray(priority[:, None] * (1.0 - decay[:, None]) ** board.days[None, :])


def _units(board: Board, blocks: list[tuple[int, ...]], held: dict[int, int]) -> _Units:
    """Blocks as units: needs added up, worth added up, departures that every member may board."""
    block_of = np.empty(len(board.families), dtype=np.int64)
    for at, members in enumerate(blocks):
        block_of[list(members)] = at
    need = np.zeros((len(blocks), 2))
    np.add.at(need, block_of, np.stack((board.size, board.stretchers), axis=1))
    capacity = np.stack((np.maximum(board.seats, 0), board.spaces), axis=1).astype(np.float64)
    bound_worth = {block: _block_worth(board, blocks[block], held[block]) for block in held}
    refuse_overfull(board, held, blocks, bound_worth)
    for block, departure in held.items():
        capacity[departure] -= need[block]
    unit, target, worth = _pairs(board, block_of, blocks)
    free = ~np.isin(unit, list(held))
    problem = make_problem(
        need=need, capacity=capacity, unit=unit[free], target=target[free], worth=worth[free]
    )
    return _Units(problem=problem, blocks=blocks, held=held, held_worth=sum(bound_worth.values()))


def _block_worth(board: Board, members: tuple[int, ...], departure: int) -> float:
    return float(family_worth(board, np.array(members))[:, departure].sum())


def _pairs(
    board: Board, block_of: Ints, blocks: list[tuple[int, ...]]
) -> tuple[Ints, Ints, Floats]:
    """Every block and departure that all its members may board, with what that is worth; a slice
    of families at a time."""
    shared: dict[int, tuple[Flags, Floats]] = {}
    found: list[tuple[Ints, Ints, Floats]] = []
    several = np.array([len(members) > 1 for members in blocks], dtype=np.bool_)
    for begin in range(0, len(board.families), ROWS_AT_ONCE):
        rows = np.arange(begin, min(begin + ROWS_AT_ONCE, len(board.families)))
        allowed, worth = may_board(board, rows), family_worth(board, rows)
        for at in np.flatnonzero(several[block_of[rows]]):
            block = int(block_of[rows[at]])
            so_far = shared.get(block)
            shared[block] = (
                (allowed[at], worth[at])
                if so_far is None
                else (so_far[0] & allowed[at], so_far[1] + worth[at])
            )
        allowed[several[block_of[rows]]] = False
        at_pair, to_pair = np.nonzero(allowed)
        found.append((block_of[rows[at_pair]], to_pair, worth[at_pair, to_pair]))
    for block, (allowed_together, worth_together) in shared.items():
        target = np.flatnonzero(allowed_together)
        found.append((np.full(len(target), block), target, worth_together[target]))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    unit, target, worth = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return unit.astype(np.int64), target.astype(np.int64), worth.astype(np.float64)


def _brought_forward(board: Board, problem: Problem, answer: Assignment) -> Assignment:
    """The plan with nobody aboard a later departure than they need be, and filled with what then still fits."""
    earliest_first = board.departs[problem.target].astype(np.float64)
    chosen = settled(problem, answer.chosen, answer.prices, earliest_first)
    return with_plan(problem, answer, chosen)


def _seated(board: Board, units: _Units, answer: Assignment) -> Seated:
    """Where every family ended, with what the reasons need to know."""
    problem, chosen = units.problem, answer.chosen
    where = problem.where(chosen)
    for block, departure in units.held.items():
        where[block] = departure
    return Seated(
        board=board,
        blocks=units.blocks,
        held=frozenset(units.held),
        problem=problem,
        where=where,
        prices=answer.prices,
        left=problem.left(chosen),
        least=_least_aboard(problem, chosen[chosen != WAITS]),
    )


def _least_aboard(problem: Problem, pairs: Ints) -> Floats:
    """The least worth a person among these pairs at each target; infinite where there is none."""
    least = np.full(problem.targets, np.inf)
    pairs = pairs[problem.worth[pairs] > 0]
    np.minimum.at(
        least, problem.target[pairs], problem.worth[pairs] / problem.need[problem.unit[pairs], 0]
    )
    return least


def _plan(
    board: Board, units: _Units, answer: Assignment, rows: tuple[PlanRow, ...], seconds: float
) -> Plan:
    people = sum(
        family.size or 0
        for family, row in zip(board.families, rows, strict=True)
        if row.target is not None
    )
    return Plan(
        rows=rows,
        objective=answer.objective + units.held_worth,
        bound=answer.bound + units.held_worth,
        seated_people=people,
        empty=int(board.seats[board.seats > 0].sum()) - people,
        status="best possible" if answer.proved else "best found in the time",
        seconds=seconds,
    )
