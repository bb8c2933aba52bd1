"""Why each family boards, or waits, in a sentence a caller could be read; and the nearest thing that would change it.

Three layers, told in this order: a hard rule that failed (and which); rules kept but outweighed by
others; a tie, where the family weighs enough but what is left over does not hold it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from safeconduct.core.allocation.eligibility import (
    LATE,
    MICROSECOND,
    RULES,
    Board,
    arrivals,
    first_failing,
    may_board,
)
from safeconduct.core.allocation.plan import PlanRow
from safeconduct.core.allocation.problem import WAITS, Flags, Floats, Ints, Problem
from safeconduct.core.allocation.wording import and_list, many, number, when

ROWS_AT_ONCE = 2_048


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A plan before its reasons. `where` is each block's departure (WAITS: none).

    `left` and `prices` are (departures, 2); `least` is the least weight a person that any block not
    locked brings aboard each departure (those of no weight aside).
    """

    board: Board
    blocks: list[tuple[int, ...]]
    held: frozenset[int]
    problem: Problem
    where: Ints
    prices: Floats
    left: Floats
    least: Floats


def seat_rows(seated: Seated) -> tuple[PlanRow, ...]:
    """One row for each family, in the families' order."""
    rows: list[PlanRow] = []
    block_of = {member: at for at, members in enumerate(seated.blocks) for member in members}
    families = np.arange(len(seated.board.families))
    for begin in range(0, len(families), ROWS_AT_ONCE):
        some = families[begin : begin + ROWS_AT_ONCE]
        failing, before = first_failing(seated.board, some)
        there = arrivals(seated.board, some)
        for at, row in enumerate(some):
            block = block_of[int(row)]
            if seated.where[block] != WAITS:
                rows.append(_boards(seated, int(row), block))
            elif failing[at] < len(RULES):
                stood = before[failing[at]][at]
                rows.append(_forbidden(seated.board, int(row), int(failing[at]), stood, there[at]))
            else:
                rows.append(_outdone(seated, int(row), block))
    return tuple(rows)


def _boards(seated: Seated, row: int, block: int) -> PlanRow:
    board, departure = seated.board, int(seated.where[block])
    family, target = board.families[row], board.departures[departure].departure_id
    others = _companions(seated, row, block)
    together = f", together with {and_list(others)}" if others else ""
    if block in seated.held:
        reason = f"Boards {target}{together}: a person decided so (lock)."
    else:
        reason = f"Boards {target}{together}: {_which_of(seated, block, departure)}."
    if family.priority is None:
        reason += " Its priority is not known: ask. It has seats that nobody else could use."
    return PlanRow(family_id=family.family_id, target=target, reason=reason, why="placed")


def _which_of(seated: Seated, block: int, departure: int) -> str:
    """The place of this departure in time among those that the block may board."""
    problem, departs = seated.problem, seated.board.departs
    may = problem.target[problem.first[block] : problem.first[block + 1]]
    earlier, later = (
        int((departs[may] < departs[departure]).sum()),
        int((departs[may] > departs[departure]).sum()),
    )
    if len(may) == 1:
        return "the only departure it may board and can reach"
    if earlier == 0:
        return f"the earliest of the {len(may)} departures it may board and can reach"
    if later == 0:
        return (
            f"the latest of the {len(may)} departures it may board and can reach; the others have "
            "no room left for it"
        )
    return (
        f"one of {len(may)} departures it may board and can reach; the {earlier} earlier "
        f"{'one has' if earlier == 1 else 'ones have'} no room left for it"
    )


def _companions(seated: Seated, row: int, block: int) -> list[str]:
    return [
        seated.board.families[member].family_id for member in seated.blocks[block] if member != row
    ]


def _waits(board: Board, row: int, why: str, reason: str) -> PlanRow:
    return PlanRow(
        family_id=board.families[row].family_id, target=None, reason=f"Waits: {reason}", why=why
    )


def _forbidden(board: Board, row: int, failing: int, stood: Flags, there: Ints) -> PlanRow:
    """Layer one: the first hard rule that left the family nothing. `stood`: the departures left before that rule."""
    family, why = board.families[row], RULES[failing]
    some = np.flatnonzero(stood)
    if not len(board.departures):
        return _waits(board, row, why, "no departure is listed yet.")
    seats, spaces = board.seats[some], board.spaces[some]
    match why:
        case "size unknown":
            reason = "how many people are in this household is not known: ask."
        case "no scheme" if family.schemes:
            reason = (
                f"no departure is open to {and_list(list(family.schemes))}. A departure open to "
                "all, or another scheme, would change it."
            )
        case "no scheme":
            reason = (
                "it has no scheme yet and no departure is open to all. A scheme that takes it "
                "would change it: see what is missing in its assessment."
            )
        case "locked out":
            reason = (
                f"a person decided against {'the only departure' if len(some) == 1 else 'every departure'} "
                "it may board (lock). Taking a lock off would change it."
            )
        case "place unknown":
            reason = "where this household is now is not known: ask."
        case "unreachable":
            reason = _no_way(board, row, some)
        case "not in time":
            reason = _not_in_time(board, row, some, there[some])
        case "capacity unknown":
            reason = f"how many seats {_named(board, some)} will have is not known: ask."
        case "larger than any":
            reason = (
                f"it is {many(family.size or 0, 'person', 'people')} and the largest departure it "
                f"may board and can reach has {many(int(seats.max()), 'seat')}. A larger departure would "
                "change it; nobody splits a household but the household."
            )
        case _:
            reason = (
                f"it needs {many(family.stretchers, 'stretcher space')} and the departures it may "
                f"board and can reach have at most {int(spaces.max())}. A departure with more would change it."
            )
    return _waits(board, row, why, reason)


def _named(board: Board, some: Ints) -> str:
    """Up to three departures by name, the rest by their number."""
    names = [board.departures[at].departure_id for at in some[:3]]
    if len(some) > 3:
        names = [*names[:2], f"{len(some) - 2} more"]
    return and_list(names)


def _no_way(board: Board, row: int, some: Ints) -> str:
    place = board.families[row].place
    points = sorted({board.departures[at].muster_point or "" for at in some} - {""})
    unknown = [at for at in some if board.way_unknown[board.place[row], at]]
    if unknown:
        point = board.departures[unknown[0]].muster_point
        return f"how long the way from {place} to {point} takes is not known: ask."
    if not points:
        return f"where people assemble for {_named(board, some)} is not known: ask."
    shown = and_list(points if len(points) <= 3 else [*points[:2], f"{len(points) - 2} more"])
    return (
        f"no way is known from {place} to {shown}. A way that opens, or another muster point, "
        "would change it."
    )


def _not_in_time(board: Board, row: int, some: Ints, there: Ints) -> str:
    """The nearest miss: by how much the family comes too late, or leaves too early, for the
    departure it misses least."""
    family = board.families[row]
    dated = board.departs[some] < LATE
    if not dated.any():
        return f"when {_named(board, some)} leaves is not known: ask."
    some, there = some[dated], there[dated]
    departs = board.departs[some]
    late = np.maximum(there - departs, 0)
    early = np.maximum(departs - board.leave[row], 0)
    nearest = int(np.argmin(late + early))
    departure = board.departures[some[nearest]]
    leaves = _moment(departs[nearest], departure.departs_at)
    parts = []
    if late[nearest]:
        could = _moment(there[nearest], departure.departs_at)
        last = (
            "the last departure" if departs[nearest] == departs.max() else "the nearest departure"
        )
        parts.append(
            f"it could be at {departure.muster_point or 'the muster point'} by {could}; {last} it may "
            f"board, {departure.departure_id}, leaves {leaves}. {_hours(late[nearest])} would change it."
        )
    if early[nearest]:
        limit = _moment(board.leave[row], family.leave_by)
        parts.append(
            f"it must leave by {limit}; the nearest departure it may board, {departure.departure_id}, "
            f"leaves {leaves}. {_hours(early[nearest])} would change it."
        )
    return " And ".join(parts)


def _hours(microseconds: np.int64) -> str:
    """A span of time as one would say it, never shorter than it is."""
    minutes = -(-int(microseconds) // 60_000_000)
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    told = [
        many(count, word)
        for count, word in ((days, "day"), (hours, "hour"), (left, "minute"))
        if count
    ]
    return and_list(told)


def _moment(microseconds: np.int64, like: datetime | None) -> str:
    """A time in the zone of `like`, as one would say it."""
    zone = None if like is None else like.tzinfo
    since = datetime(1970, 1, 1, tzinfo=None)  # noqa: DTZ001 (the zone is put on below)
    moment = since + int(microseconds) * MICROSECOND
    if zone is not None and like is not None:
        moment = moment + (like.utcoffset() or timedelta())
    return when(moment)


def _outdone(seated: Seated, row: int, block: int) -> PlanRow:
    """Layers two and three: it may board something, but others weigh more; or it is a tie; or its
    companions cannot come."""
    board, problem = seated.board, seated.problem
    family, others = board.families[row], _companions(seated, row, block)
    if others and (stopped := _stopped_by_companions(seated, row, block)):
        return _waits(board, row, "companions", stopped)
    pairs = np.arange(problem.first[block], problem.first[block + 1])
    if not len(pairs):
        some = np.flatnonzero(may_board(board, np.array([row]))[0])
        reason = (
            f"the seats of {_named(board, some)} are promised to others by a person's decision "
            "(lock). Taking a lock off, or more seats, would change it."
        )
        return _waits(board, row, "full", reason)
    gain = problem.worth[pairs] - problem.cost(seated.prices, pairs)
    nearest = int(np.argmax(gain))
    missing = _what_is_missing(seated, block, int(problem.target[pairs[nearest]]))
    full = "the one departure it may board and can reach is taken"
    if len(pairs) > 1:
        full = f"all {len(pairs)} departures it may board and can reach are taken"
    if family.priority is None and problem.worth[pairs].max() <= 0:
        reason = f"{full}, and its priority is not known: ask. {missing} would seat it."
        return _waits(board, row, "priority unknown", reason)
    why, compared = _weighed(seated, block, int(pairs[nearest]), others, float(gain[nearest]))
    if why == "tie":
        return _waits(board, row, why, f"{full}. {compared} {missing} would seat it.")
    reason = f"{full} by households of greater weight. {compared} or {missing}, would change it."
    return _waits(board, row, why, reason)


def _weighed(
    seated: Seated, block: int, pair: int, others: list[str], gain: float
) -> tuple[str, str]:
    """ "tie" or "full" at the departure where it came nearest, and how it compares with those aboard."""
    problem, departure = seated.problem, int(seated.problem.target[pair])
    name = seated.board.departures[departure].departure_id
    people, worth = float(problem.need[block, 0]), float(problem.worth[pair])
    party = "this household"
    if others:
        party = f"this household and {and_list(others)} ({people:.0f} people, kept together)"
    price = worth - gain
    if gain >= -1e-6 * max(worth, 1.0):
        # Where the last to board and the first to wait lie far apart, a price may lie anywhere
        # between: then those aboard tell.
        price = float(seated.least[departure]) * people
        if worth >= price:
            return "tie", (
                f"{party[0].upper()}{party[1:]} weighs as much a person as others aboard {name}, but "
                "households are not split and what is left there does not hold it."
            )
    return "full", (
        f"Nearest was {name}: places there went for about {number(price / people)} points of priority "
        f"a person, and {party} brings {number(worth / people)}. A priority of about {number(price)} "
        f"instead of {number(worth)},"
    )


def _what_is_missing(seated: Seated, block: int, departure: int) -> str:
    """How many more seats or stretcher spaces there would hold the block."""
    short = np.maximum(seated.problem.need[block] - seated.left[departure], 0)
    parts = []
    if short[0]:
        parts.append(many(int(short[0]), "more seat"))
    if short[1]:
        parts.append(many(int(short[1]), "more stretcher space"))
    name = seated.board.departures[departure].departure_id
    return f"{and_list(parts)} on {name}"


def _stopped_by_companions(seated: Seated, row: int, block: int) -> str:
    """Why the block has no departure in common although this family has one; empty where it has."""
    board = seated.board
    members = np.array(seated.blocks[block])
    allowed = may_board(board, members)
    names = [board.families[member].family_id for member in members]
    for at, member in enumerate(members):
        if member != row and not allowed[at].any():
            return (
                f"it is kept with {names[at]}, who may board nothing yet (see there). When {names[at]} "
                "can come, or if the families decide to travel apart, this changes."
            )
    shared = np.flatnonzero(allowed.all(axis=0))
    others = and_list([name for name, member in zip(names, members, strict=True) if member != row])
    if not len(shared):
        return (
            f"it is kept with {others}, and no departure is open to all of them. If the families "
            "decide to travel apart, this changes."
        )
    people = int(board.size[members].sum())
    stretchers = int(board.stretchers[members].sum())
    if not ((people <= board.seats[shared]) & (stretchers <= board.spaces[shared])).any():
        return (
            f"it is kept with {others}: {people} people in all, and no departure that all may board holds "
            "them together. A larger departure would change it, or the families' word to travel apart."
        )
    return ""
