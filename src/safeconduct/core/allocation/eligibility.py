"""Which family may board which departure, by the hard rules one after another; and the first rule that leaves it none.

The rules are kept apart, so that the reason for waiting is the very test that failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from safeconduct.core.allocation.families import Hours, Lock, LockKind, SeatFamily, Seats
from safeconduct.core.allocation.problem import Flags, Floats, Ints
from safeconduct.core.errors import MixedZones

# Times are whole microseconds, as Python's own datetime counts them: nothing is rounded. These two stand for "never".
EARLY, LATE = -(2**62), 2**62
MICROSECOND = timedelta(microseconds=1)

# The hard rules in the order in which they are told; RULES[i] fails first where the first i leave something over.
RULES = (
    "size unknown",
    "no scheme",
    "locked out",
    "place unknown",
    "unreachable",
    "not in time",
    "capacity unknown",
    "larger than any",
    "no stretcher space",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Families and departures as arrays. `way` is microseconds from each place to each muster point (LATE: no way)."""

    families: Sequence[SeatFamily]
    departures: Sequence[Seats]
    size: Ints
    stretchers: Ints
    ready: Ints
    leave: Ints
    schemes: Flags
    place: Ints
    departs: Ints
    seats: Ints
    spaces: Ints
    open_to: Flags
    way: Ints
    way_unknown: Flags
    never: Mapping[int, tuple[int, ...]]
    days: Floats
    with_reach: bool


def set_out(
    families: Sequence[SeatFamily],
    departures: Sequence[Seats],
    *,
    reach: Hours | None,
    locks: Sequence[Lock],
) -> Board:
    """Lay families and departures out as arrays. Raises MixedZones where some times have an offset
    and some have none."""
    _refuse_mixed_zones(families, departures)
    departs = np.array([instant(each.departs_at, LATE) for each in departures], dtype=np.int64)
    known = departs[departs < LATE]
    first = known.min() if len(known) else 0
    codes = {
        code: at for at, code in enumerate(dict.fromkeys(c for f in families for c in f.schemes))
    }
    places = {p: at for at, p in enumerate(dict.fromkeys(f.place for f in families if f.place))}
    way, way_unknown = _ways(places, departures, reach)
    return Board(
        families=families,
        departures=departures,
        size=np.array([0 if f.size is None else f.size for f in families], dtype=np.int64),
        stretchers=np.array([f.stretchers for f in families], dtype=np.int64),
        ready=np.array([instant(f.ready_at, EARLY) for f in families], dtype=np.int64),
        leave=np.array([instant(f.leave_by, LATE) for f in families], dtype=np.int64),
        schemes=_table(codes, [f.schemes for f in families]),
        place=np.array([places.get(f.place or "", len(places)) for f in families], dtype=np.int64),
        departs=departs,
        seats=np.array([-1 if d.seats is None else d.seats for d in departures], dtype=np.int64),
        spaces=np.array([d.stretcher_spaces for d in departures], dtype=np.int64),
        open_to=_table(codes, [d.schemes for d in departures]),
        way=way,
        way_unknown=way_unknown,
        never=_never(families, departures, locks),
        days=np.where(departs < LATE, departs - first, 0) / (timedelta(days=1) / MICROSECOND),
        with_reach=reach is not None,
    )


def _refuse_mixed_zones(families: Sequence[SeatFamily], departures: Sequence[Seats]) -> None:
    times = [each.departs_at for each in departures]
    for family in families:
        times += (family.ready_at, family.leave_by)
    offsets = {time.utcoffset() is None for time in times if time is not None}
    if len(offsets) > 1:
        raise MixedZones


def instant(time: datetime | None, otherwise: int) -> int:
    """Whole microseconds since 1970, in the one zone that times without offset share."""
    if time is None:
        return otherwise
    zone = None if time.utcoffset() is None else UTC
    return (time - datetime(1970, 1, 1, tzinfo=zone)) // MICROSECOND


def _table(codes: Mapping[str, int], lists: Sequence[tuple[str, ...]]) -> Flags:
    """Who names which code. Codes that no family names (not in `codes`) open nothing to anybody,
    but neither do they open to all: a last column, true of nobody else, stands for them."""
    table = np.zeros((len(lists), len(codes) + 1), dtype=np.bool_)
    for row, named in enumerate(lists):
        for code in named:
            table[row, codes.get(code, len(codes))] = True
    return table


def _ways(
    places: Mapping[str, int], departures: Sequence[Seats], reach: Hours | None
) -> tuple[Ints, Flags]:
    """Microseconds from each place (the last: no place told) to each departure's muster point, and
    where they are unknown."""
    shape = (len(places) + 1, len(departures))
    unknown = np.zeros(shape, dtype=np.bool_)
    if reach is None:
        return np.zeros(shape, dtype=np.int64), unknown
    way = np.full(shape, LATE, dtype=np.int64)
    at: dict[str | None, list[int]] = {}
    for number, departure in enumerate(departures):
        at.setdefault(departure.muster_point, []).append(number)
    for (place, muster_point), hours in reach.items():
        if place in places and muster_point in at:
            if hours is None:
                unknown[places[place], at[muster_point]] = True
            else:
                way[places[place], at[muster_point]] = timedelta(hours=hours) // MICROSECOND
    return way, unknown


def _never(
    families: Sequence[SeatFamily], departures: Sequence[Seats], locks: Sequence[Lock]
) -> dict[int, tuple[int, ...]]:
    """The departures closed to a family by a person's decision: "never", or those besides the one it "must" have."""
    rows = {family.family_id: at for at, family in enumerate(families)}
    columns = {departure.departure_id: at for at, departure in enumerate(departures)}
    closed: dict[int, set[int]] = {}
    for lock in locks:
        column = columns[lock.departure_id]
        others = set(range(len(departures))) - {column}
        closed.setdefault(rows[lock.family_id], set()).update(
            {column} if lock.kind is LockKind.NEVER else others
        )
    return {row: tuple(sorted(some)) for row, some in closed.items()}


def arrivals(board: Board, rows: Ints) -> Ints:
    """When each of these families could be at each departure's muster point, (rows, departures);
    LATE where there is no way."""
    way = board.way[board.place[rows]]
    ready = board.ready[rows][:, None]
    # EARLY plus a way is still long before every departure, and nothing overflows: LATE - EARLY fits 64 bits.
    return np.where(
        way >= LATE, LATE, np.where(ready <= EARLY, EARLY, ready + np.minimum(way, LATE // 4))
    )


def rules_kept(board: Board, rows: Ints) -> list[Flags]:
    """For each rule of RULES, which of these families keep it with which departure: a list of (rows, departures)."""
    shape = (len(rows), len(board.departs))
    to_all: Flags = ~np.asarray(board.open_to.any(axis=1))
    shared = (board.schemes[rows].astype(np.float32) @ board.open_to.T.astype(np.float32)) > 0
    unlocked = np.ones(shape, dtype=np.bool_)
    for at, row in enumerate(rows):
        unlocked[at, list(board.never.get(int(row), ()))] = False
    told = np.array(
        [not board.with_reach or bool(board.families[row].place) for row in rows], dtype=np.bool_
    )
    there = arrivals(board, rows)
    departs, leave = board.departs[None, :], board.leave[rows][:, None]
    dated = departs < LATE
    size, stretchers = board.size[rows][:, None], board.stretchers[rows][:, None]
    sized = np.array([board.families[row].size is not None for row in rows], dtype=np.bool_)
    return [
        np.broadcast_to(sized[:, None], shape),
        shared | to_all[None, :],
        unlocked,
        np.broadcast_to(told[:, None], shape),
        there < LATE,
        (there <= departs) & (departs <= leave) & dated,
        np.broadcast_to(board.seats[None, :] >= 0, shape),
        size <= board.seats[None, :],
        stretchers <= board.spaces[None, :],
    ]


def may_board(board: Board, rows: Ints) -> Flags:
    """Which of these families may board which departure, all rules kept, (rows, departures)."""
    kept = rules_kept(board, rows)
    allowed = kept[0].copy()
    for rule in kept[1:]:
        allowed &= rule
    return allowed


def first_failing(board: Board, rows: Ints) -> tuple[Ints, list[Flags]]:
    """The number in RULES of the first rule that leaves each family nothing (len(RULES): none
    does), and what stood before each."""
    kept = rules_kept(board, rows)
    standing = np.ones((len(rows), len(board.departs)), dtype=np.bool_)
    before: list[Flags] = []
    failing = np.full(len(rows), len(RULES), dtype=np.int64)
    for number, rule in enumerate(kept):
        before.append(standing)
        standing = standing & rule
        failing = np.where((failing == len(RULES)) & ~standing.any(axis=1), number, failing)
    return failing, before
