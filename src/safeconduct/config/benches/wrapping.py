"""The bench of wrapping: keys wrapped to an office and unwrapped, beside X25519 without ML-KEM."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Final

from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.vault.plainly import X25519Alone
from safeconduct.vault.wrapping import Unwrapper, new_pair, wrap

ALONE: Final = "X25519 alone"


def contest(size: int, seed: int) -> Contest:
    """`size` keys of 32 bytes, each for a purpose of its own. Wrapping and unwrapping count together."""
    del seed  # keys are drawn at random, and none is harder than another
    keys = [secrets.token_bytes(32) for _ in range(size)]
    pair, alone = new_pair(), X25519Alone()

    def ours() -> list[bytes]:
        wrapped = [wrap(pair.public, key, purpose=f"case K{row}") for row, key in enumerate(keys)]
        unwrapper = Unwrapper(pair.private)
        _same(
            keys,
            [unwrapper.unwrap(each, purpose=f"case K{row}") for row, each in enumerate(wrapped)],
        )
        return wrapped

    def without() -> list[bytes]:
        wrapped = [alone.wrap(key, purpose=f"case K{row}") for row, key in enumerate(keys)]
        _same(
            keys, [alone.unwrap(each, purpose=f"case K{row}") for row, each in enumerate(wrapped)]
        )
        return wrapped

    return Contest(size=size, ours=_measured(ours), baselines={ALONE: _measured(without)})


def _same(keys: list[bytes], unwrapped: list[bytes]) -> None:
    assert keys == unwrapped


def _measured(work: Callable[[], list[bytes]]) -> Run:
    wrapped, run = timed(work)
    return run.with_measures(bytes_each=sum(map(len, wrapped)) / len(wrapped))


BENCH = Bench(
    name="vault-wrap",
    what="keys wrapped to an office's public key and unwrapped again",
    unit="keys",
    sizes=(3_000, 10_000, 30_000),
    small=(30,),
    contest=contest,
    notes=(
        "Ours is HPKE with MLKEM768-X25519, so that what is copied today does not open to a quantum computer.",
        "The baseline is HPKE with X25519 alone, by the same library.",
    ),
)
