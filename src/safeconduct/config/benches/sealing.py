"""The bench of sealing: values sealed and opened, beside AES-GCM without place and without padding."""

from __future__ import annotations

import secrets
from typing import Final

from safeconduct.config.benches.made import cards, contents
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.vault.plainly import opened_plainly, sealed_plainly
from safeconduct.vault.sealing import Place, new_seal_key, open_sealed, seal

BARE: Final = "AES-GCM alone"


def contest(size: int, seed: int) -> Contest:
    """`size` values, cards and contents by turns, all under one key. Sealing and opening count together."""
    half = size // 2
    values = cards(size - half, seed) + contents(half, seed)
    places = [Place("cases_version", f"K{row}", "note", 1) for row in range(size)]
    key, raw = new_seal_key(), secrets.token_bytes(32)

    def ours() -> list[bytes]:
        sealed = [seal(key, each, place) for each, place in zip(values, places, strict=True)]
        opened = [open_sealed(key, each, place) for each, place in zip(sealed, places, strict=True)]
        assert opened == values
        return sealed

    def bare() -> list[bytes]:
        sealed = [sealed_plainly(raw, each) for each in values]
        assert [opened_plainly(raw, each) for each in sealed] == values
        return sealed

    plain = sum(map(len, values))
    sealed, run = timed(ours)
    sealed_bare, run_bare = timed(bare)
    return Contest(
        size=size,
        ours=_with_room(run, sealed, plain),
        baselines={BARE: _with_room(run_bare, sealed_bare, plain)},
    )


def _with_room(run: Run, sealed: list[bytes], plain: int) -> Run:
    return run.with_measures(bytes_for_each_told=sum(map(len, sealed)) / plain)


BENCH = Bench(
    name="vault-seal",
    what="values of a case sealed for their place, padded, and opened again",
    unit="values",
    sizes=(20_000, 60_000, 200_000),
    small=(60,),
    contest=contest,
    notes=(
        "Half are cards (a few hundred bytes of JSON), half contents (one or two thousand).",
        "The baseline seals the same bytes with the same library: no place, no version, no padding.",
    ),
)
