"""A person's decisions, which every plan keeps: checked before anything is planned, and explained
where they cannot hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safeconduct.core.allocation.eligibility import Board, rules_kept
from safeconduct.core.allocation.families import Lock, LockKind, SeatFamily, Seats
from safeconduct.core.errors import LockCannotHold, LocksOverfill, UnknownInLock

# Why a "must" lock cannot hold, by the hard rule that fails (eligibility.RULES, in its order).
AGAINST = (
    "the family's size is not known",
    "they share no scheme, and the departure is not open to all",
    "another lock forbids it",
    "the family's place is not known",
    "there is no known way from its place to that muster point",
    "the family cannot be there between its ready_at and its leave_by",
    "the departure's seats are not known",
    "the family is larger than the departure",
    "the departure has too few stretcher spaces",
)


def check_names(
    families: Sequence[SeatFamily], departures: Sequence[Seats], locks: Sequence[Lock]
) -> None:
    """Raise UnknownInLock where a lock names a family or a departure that was not given."""
    known = {family.family_id for family in families}
    leaving = {departure.departure_id for departure in departures}
    for lock in locks:
        if lock.family_id not in known:
            raise UnknownInLock(kind="family", name=lock.family_id)
        if lock.departure_id not in leaving:
            raise UnknownInLock(kind="departure", name=lock.departure_id)


def held_by_locks(
    board: Board, locks: Sequence[Lock], blocks: Sequence[tuple[int, ...]]
) -> dict[int, int]:
    """Block -> departure for every block that a "must" lock binds. Raises LockCannotHold."""
    row = {family.family_id: at for at, family in enumerate(board.families)}
    column = {departure.departure_id: at for at, departure in enumerate(board.departures)}
    block = {member: at for at, members in enumerate(blocks) for member in members}
    held: dict[int, int] = {}
    for lock in locks:
        if lock.kind is not LockKind.MUST:
            continue
        family, departure = row[lock.family_id], column[lock.departure_id]
        members = np.array(blocks[block[family]])
        _refuse_forbidden(board, lock, members, departure, alone=family)
        held[block[family]] = departure
    return held


def _refuse_forbidden(
    board: Board, lock: Lock, members: np.typing.NDArray[np.int64], departure: int, *, alone: int
) -> None:
    for number, rule in enumerate(rules_kept(board, members)):
        broken = members[~rule[:, departure]]
        if len(broken):
            because = AGAINST[number]
            if alone not in broken:
                other = board.families[broken[0]].family_id
                because = f"it is kept with family {other}, for whom {because}"
            raise LockCannotHold(
                family=lock.family_id, departure=lock.departure_id, because=because
            )


def refuse_overfull(
    board: Board, held: dict[int, int], blocks: Sequence[tuple[int, ...]], worth: dict[int, float]
) -> None:
    """Raise LocksOverfill where the locked blocks do not fit a departure together, naming the
    locks that cost least to take off."""
    for departure in sorted(set(held.values())):
        here = [block for block, where in held.items() if where == departure]
        for what, need, has in (
            ("seats", board.size, int(board.seats[departure])),
            ("stretcher spaces", board.stretchers, int(board.spaces[departure])),
        ):
            wanted = {block: int(need[list(blocks[block])].sum()) for block in here}
            short = sum(wanted.values()) - has
            if short > 0:
                relax = _cheapest(wanted, worth, short)
                names = " and ".join(board.families[blocks[block][0]].family_id for block in relax)
                raise LocksOverfill(
                    departure=board.departures[departure].departure_id,
                    wanted=sum(wanted.values()),
                    has=has,
                    what=what,
                    short=short,
                    relax=f"the lock{'s' if len(relax) > 1 else ''} of {names}",
                )


def _cheapest(wanted: dict[int, int], worth: dict[int, float], short: int) -> list[int]:
    """The one block of least worth that frees enough; where none does, several, those worth least
    for what they free first."""
    enough = [block for block, need in wanted.items() if need >= short]
    if enough:
        return [min(enough, key=lambda block: worth[block])]
    relax: list[int] = []
    for block in sorted(
        (block for block in wanted if wanted[block]), key=lambda block: worth[block] / wanted[block]
    ):
        if short <= 0:
            break
        relax.append(block)
        short -= wanted[block]
    return relax
