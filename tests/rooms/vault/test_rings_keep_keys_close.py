"""Unlocked keys: given out only whole and in use, dropped when asked, and shown, copied or told nowhere."""

from __future__ import annotations

import copy
import pickle
import threading
import traceback
from datetime import timedelta

import pytest
from tests.rooms.vault.rings import AT

from safeconduct.core.errors import KeysLocked, NotOpened
from safeconduct.vault.age import new_identity
from safeconduct.vault.keyring import Board, Keyring
from safeconduct.vault.passphrases import locked_by_recovery, opened_by_recovery
from safeconduct.vault.sealing import Place, new_seal_key, open_sealed, seal
from safeconduct.vault.wrapping import new_pair, unwrap, wrap

LATER = AT + timedelta(minutes=10)


def ring(member: str = "ALICE") -> Keyring:
    return Keyring(member, bytes(range(32)), "HOME", {1: bytes(range(32, 64))})


def test_a_ring_is_given_out_only_when_it_is_whole():
    board = Board()
    token = board.hang(ring(), whole=False, at=AT)
    with pytest.raises(KeysLocked):
        board.take(token, at=AT, idle_before=AT)
    board.make_whole(token, at=AT)
    assert board.take(token, at=AT, idle_before=AT).member == "ALICE"


def test_on_the_way_in_it_is_only_seen_while_it_hangs():
    board = Board()
    token = board.hang(ring(), whole=False, at=AT)
    assert board.on_the_way_in(token).member == "ALICE"
    with pytest.raises(KeysLocked):
        board.take(token, at=AT, idle_before=AT)
    board.drop(token)
    with pytest.raises(KeysLocked):
        board.on_the_way_in(token)


def test_an_idle_ring_is_dropped_and_its_keys_with_it():
    board, hung = Board(), ring()
    token = board.hang(hung, whole=True, at=AT)
    board.take(token, at=LATER, idle_before=AT)
    with pytest.raises(KeysLocked):
        board.take(
            token, at=LATER + timedelta(minutes=30), idle_before=LATER + timedelta(minutes=10)
        )
    assert len(board) == 0
    with pytest.raises(KeysLocked):
        hung.own_key()
    with pytest.raises(KeysLocked):
        hung.office_key(1)


def test_a_token_that_was_never_given_or_was_dropped_opens_nothing():
    board = Board()
    token = board.hang(ring(), whole=True, at=AT)
    board.drop(token)
    board.drop(token)
    for each in (token, "", "made up"):
        with pytest.raises(KeysLocked):
            board.take(each, at=AT, idle_before=AT)
        with pytest.raises(KeysLocked):
            board.make_whole(each, at=AT)


def test_rings_are_dropped_by_member_by_idleness_and_all():
    board = Board()
    for member in ("ALICE", "ALICE", "BOB", "CHARLIE"):
        board.hang(ring(member), whole=True, at=AT)
    board.hang(ring("DANA"), whole=False, at=LATER)
    assert board.drop_where(lambda each: each.member == "ALICE") == 2
    assert board.drop_idle(idle_before=LATER) == 2
    assert board.drop_all() == 1
    assert len(board) == 0


def test_many_threads_at_one_board_meet_a_ring_or_a_closed_door():
    board = Board()
    tokens = [board.hang(ring(f"M{number}"), whole=True, at=AT) for number in range(50)]
    strange: list[BaseException] = []

    def use() -> None:
        for token in tokens * 20:
            try:
                board.take(token, at=AT, idle_before=AT).office_key(1)
            except KeysLocked:
                pass
            except BaseException as fault:  # noqa: BLE001 (whatever it is, it must be seen)
                strange.append(fault)

    def hang_and_drop() -> None:
        for number, token in enumerate(tokens):
            board.hang(ring(f"N{number}"), whole=True, at=AT)
            board.drop(token)
            board.drop_where(lambda each, name=f"N{number}": each.member == name)

    threads = [threading.Thread(target=work) for work in (use, use, hang_and_drop, use)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not strange
    assert len(board) == 0


HELD = [ring(), new_pair(), new_seal_key(), new_identity()]


def secrets_of(held: object) -> list[bytes]:
    values = [getattr(held, name) for name in held.__slots__]
    found = [
        each for each in values if isinstance(each, bytes) and each != getattr(held, "public", None)
    ]
    if isinstance(held, Keyring):
        found += held.office_keys.values()
    return found


@pytest.mark.parametrize("held", HELD, ids=lambda held: type(held).__name__)
def test_no_key_is_shown(held):
    for shown in (repr(held), str(held), f"{held}", f"{held!r}", repr([held]), repr({"a": held})):
        for key in secrets_of(held):
            assert repr(key)[2:-1] not in shown
            assert key.hex() not in shown
        assert "AGE-SECRET-KEY" not in shown


@pytest.mark.parametrize("held", HELD, ids=lambda held: type(held).__name__)
@pytest.mark.parametrize("way", [pickle.dumps, copy.copy, copy.deepcopy])
def test_no_key_is_pickled_or_copied(held, way):
    with pytest.raises(TypeError, match="pickled"):
        way(held)


def test_no_refusal_tells_a_key_a_code_or_what_was_sealed():
    key, pair = new_seal_key(), new_pair()
    place = Place("t", "K1", "f", 1)
    told = "a fictional name"
    works = [
        lambda: open_sealed(new_seal_key(), seal(key, told.encode(), place), place),
        lambda: unwrap(new_pair().private, wrap(pair.public, key.raw, purpose="x"), purpose="x"),
        lambda: opened_by_recovery(
            locked_by_recovery(key.raw, "CODE-OF-ALICE", member="A", revision=1),
            "CODE-OF-BOB",
            member="A",
            revision=1,
        ),
    ]
    for work in works:
        with pytest.raises(NotOpened) as refusal:
            work()
        # The words of the whole chain, as a log has them; not the source lines beside them.
        chain = []
        fault: BaseException | None = refusal.value
        while fault:
            chain += traceback.format_exception_only(fault)
            fault = fault.__cause__ or fault.__context__
        for secret in (told, "CODE-OF", key.raw.hex(), repr(key.raw), pair.private.hex()):
            assert secret not in "".join(chain)
