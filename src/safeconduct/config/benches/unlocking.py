"""The bench of unlocking: every card and all contents of an office opened, from wrapped keys to what was told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from safeconduct.config.benches.made import cards, contents
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest
from safeconduct.vault.sealing import Place, SealKey, new_seal_key, open_sealed, seal
from safeconduct.vault.wrapping import KeyPair, Unwrapper, new_pair, with_voucher, wrap

UNSEALED: Final = "the same, never sealed"


@dataclass(frozen=True, slots=True)
class _Locked:
    """A value with its wrapped key, as two rows of two databases hold them."""

    purpose: str
    wrapped: bytes
    place: Place
    sealed: bytes


def contest(size: int, seed: int) -> Contest:
    """`size` cases, two keys and two values each, in memory: no database is asked."""
    told = cards(size, seed) + contents(size, seed)
    pair = new_pair()
    locked = [_locked(pair, row, value) for row, value in enumerate(told)]

    def opened(rows: list[_Locked]) -> list[object]:
        unwrapper = Unwrapper(pair.private)
        return [json.loads(_opened(unwrapper, pair, row)) for row in rows]

    found, ours = timed(lambda: opened(locked))
    _, only_cards = timed(lambda: opened(locked[:size]))
    plain, unsealed = timed(lambda: [json.loads(value) for value in told])
    assert found == plain
    return Contest(
        size=size,
        ours=ours,
        parts={"the cards alone": only_cards},
        baselines={UNSEALED: unsealed},
    )


def _locked(pair: KeyPair, row: int, value: bytes) -> _Locked:
    key, place, purpose = (
        new_seal_key(),
        Place("cases_version", f"K{row}", "note", 1),
        f"case K{row}",
    )
    wrapped = wrap(pair.public, key.raw, purpose=with_voucher(pair.private, purpose))
    return _Locked(purpose, wrapped, place, seal(key, value, place))


def _opened(unwrapper: Unwrapper, pair: KeyPair, row: _Locked) -> bytes:
    purpose = with_voucher(pair.private, row.purpose)
    key = SealKey(unwrapper.unwrap(row.wrapped, purpose=purpose))
    return open_sealed(key, row.sealed, row.place)


BENCH = Bench(
    name="vault-unlock",
    what="all cards and contents of an office opened: keys unwrapped, values opened and read",
    unit="cases",
    sizes=(3_000, 10_000, 30_000),
    small=(20,),
    contest=contest,
    notes=(
        "In memory: what the two databases take to hand over their rows comes on top.",
        "The baseline reads the same JSON where it was never sealed: no office may keep it so.",
    ),
)
