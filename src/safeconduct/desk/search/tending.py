"""The round beside the desk: an office's cards are read as soon as somebody of it has come in, and kept fresh."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from safeconduct.core.errors import NotOpened, NotVouchedFor
from safeconduct.desk.search.reading import forget_what_is_gone, note_changes, read_all
from safeconduct.desk.search.shelf import SHELF
from safeconduct.people.models import Member
from safeconduct.people.opening import with_office_keys
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.vouchers import check_standing
from safeconduct.vault.keyring import Board, Keyring


def make_ready(board: Board, *, at: datetime, idle_before: datetime) -> int:
    """For every office whose keys are open; how many cards were read. This is no use of the ring by its member."""
    rings: dict[str, list[Keyring]] = {}
    for ring in board.whole_rings(idle_before=idle_before):
        if ring.office:
            rings.setdefault(ring.office, []).append(ring)
    return sum(_ready(some, at=at) for some in rings.values())


def _ready(rings: list[Keyring], *, at: datetime) -> int:
    by = next(filter(None, map(_lender, rings)), None)
    if by is None:
        return 0
    index = SHELF.of(by.office.code)
    with index.writing:
        index.is_being_read = True
        try:
            note_changes(index, by)
            read = read_all(index, by, at=at, stopped=_closed(by))
            if read:
                forget_what_is_gone(index)
            index.fold()
        except NotOpened:
            return 0  # the keys fell meanwhile, and with the last of them the index
        finally:
            index.is_being_read = False
    return read


def _lender(ring: Keyring) -> Present | None:
    """Whoever may open cases; a ring that is not as the office vouches for it lends nothing."""
    member = Member.objects.select_related("office").filter(code=ring.member, left_at=None).first()
    if member is None or member.office is None:
        return None
    try:
        with_office_keys(ring, member)
        check_standing(ring, member)
    except (NotOpened, NotVouchedFor):
        return None
    by = Present(member, ring)
    opens = by.may(Right.OPEN_OWN_CASES) or by.may(Right.OPEN_ALL_CASES)
    return by if opens else None


def _closed(by: Present) -> Callable[[], bool]:
    return lambda: not by.ring.office_keys
