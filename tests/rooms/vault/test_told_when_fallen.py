"""What was opened with keys hears of it when they fall, however they fall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.core.errors import KeysLocked
from safeconduct.vault.keyring import Board, Keyring

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


def ring(office: str | None = "HARBOUR") -> Keyring:
    return Keyring(member="ALICE", private=b"k" * 32, office=office, office_keys={1: b"o" * 32})


def taken_too_late(board: Board, token: str) -> None:
    with pytest.raises(KeysLocked):
        board.take(token, at=LATER, idle_before=LATER)


@pytest.mark.parametrize(
    "fall",
    [
        lambda board, token: board.drop(token),
        lambda board, token: board.drop_all(),
        lambda board, token: board.drop_where(lambda ring: ring.member == "ALICE"),
        lambda board, token: board.drop_idle(idle_before=LATER),
        taken_too_late,
    ],
)
def test_whoever_asked_is_told_after_the_ring_is_closed(fall):
    board, seen = Board(), []
    board.tell_when_fallen(lambda: seen.append(board.offices()))
    hung = ring()
    token = board.hang(hung, whole=True, at=AT)
    assert board.offices() == {"HARBOUR"}
    fall(board, token)
    assert seen == [set()]
    assert hung.office_keys == {}


def test_half_open_and_officeless_rings_count_for_no_office():
    board = Board()
    board.hang(ring(), whole=False, at=AT)
    board.hang(ring(office=None), whole=True, at=AT)
    assert board.offices() == set()


def test_where_nothing_was_idle_nobody_is_told():
    board, seen = Board(), []
    board.tell_when_fallen(lambda: seen.append(1))
    board.hang(ring(), whole=True, at=LATER)
    assert board.drop_idle(idle_before=AT) == 0
    assert seen == []
