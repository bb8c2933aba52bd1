"""A party's list as codes of equal length, in an order and with numbers that say nothing.

First a keyed draw: at each of the positions every gram of a person draws a lot (an exponential time, divided by its
weight), and the earliest wins. Then the winner alone is hashed again, to one bit. Two codes agree at a position where
the same gram won, and in half of the others. At last some such codes are laid on one another (`Protection`).

Sources: min-hash codes of one bit for linkage, Smith 2017 (Journal of Information Security and Applications 34);
weighted draws, Moulton and Jiang 2018 (ICDM); two steps of hashing, Ranbaduge, Christen and Schnell 2020 (PAKDD).

Each bit is as likely 0 as 1 and all codes are of one length: neither tells how much was told of a person.
"""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256, shake_256
from math import log

import numpy as np
import numpy.typing as npt

from safeconduct.core.errors import NobodyToEncode, RoundKeyUnclear
from safeconduct.core.linkage.across.decoys import decoys_of
from safeconduct.core.linkage.across.grams import Grams, edition, grams_of, tells_enough
from safeconduct.core.linkage.across.protecting import DEFAULT, Protection
from safeconduct.core.linkage.across.rounds import KEY_BYTES, RoundKey
from safeconduct.core.linkage.records import LinkRecord

Codes = npt.NDArray[np.uint8]
Draw = npt.NDArray[np.int32]
# What is being done, and how much of it is done (0 to 1).
Progress = Callable[[str, float], None]

# Draws kept for grams that come again, of 4 bytes at each position: 200 MB at three times 4096 positions.
_DRAWS_KEPT = 4_096
_TOLD_EACH = 500
# Logarithms are kept in steps so fine that two times fall on one step once in ten million; 32 bits hold them.
_STEPS = 1 << 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """One list as the linkage unit sees it, and what only its party may know.

    Given away: `file_id`, `numbers`, `codes` (uint8, a row for each number, length / 8 bytes) and what was agreed.
    Kept: `person_ids`, the person of each number (None: a decoy); `left_out`, ids of whom too little is told.
    """

    round_id: str
    check: str
    edition: str
    protection: Protection
    file_id: str
    numbers: tuple[str, ...]
    codes: Codes
    person_ids: tuple[str | None, ...]
    left_out: tuple[str, ...]


def encode(
    records: Sequence[LinkRecord],
    key: RoundKey,
    own_randomness: bytes,
    protection: Protection = DEFAULT,
    progress: Progress = lambda _what, _share: None,
) -> Encoded:
    """Encode a list. Raises NobodyToEncode where too little is told of everybody.

    `own_randomness`: 32 fresh bytes of this party and this run alone. Order, numbers, decoys and noise come from
    them and from nothing else, so that the other party, who has the key, cannot foresee them; they are not kept.
    What comes from the key alone, and so is equal at both parties, is the draw: without it nothing could meet.
    """
    if len(own_randomness) != KEY_BYTES:
        raise RoundKeyUnclear(what="a party's own randomness", problem="it is not 32 bytes")
    left_out = tuple(record.person_id for record in records if not tells_enough(record))
    real = people_with_grams(records)
    if not real:
        raise NobodyToEncode(people=len(records))
    chance = _Own(own_randomness)
    invented = decoys_of(records, round(len(real) * protection.decoys), chance.below)
    people = [*real, *((None, grams) for grams in invented)]
    order = chance.order(len(people))
    people = [people[at] for at in order]
    bits = bits_of([grams for _, grams in people], key, protection, progress)
    for row in range(len(bits)):
        bits[row] ^= chance.noise(row, protection)
    file_id = chance.file_id
    return Encoded(
        round_id=key.round_id,
        check=key.check,
        edition=edition(),
        protection=protection,
        file_id=file_id,
        numbers=tuple(f"{file_id}-{number}" for number in range(1, len(people) + 1)),
        codes=np.packbits(bits, axis=1),
        person_ids=tuple(person for person, _ in people),
        left_out=left_out,
    )


def people_with_grams(records: Sequence[LinkRecord]) -> list[tuple[str | None, Grams]]:
    households: defaultdict[str, list[LinkRecord]] = defaultdict(list)
    for record in records:
        if record.household_id:
            households[record.household_id].append(record)
    people: list[tuple[str | None, Grams]] = []
    for record in records:
        if tells_enough(record):
            with_them = households[record.household_id] if record.household_id else ()
            others = [other for other in with_them if other.person_id != record.person_id]
            people.append((record.person_id, grams_of(record, others)))
    return people


def bits_of(
    people: Sequence[Grams], key: RoundKey, protection: Protection, progress: Progress
) -> Codes:
    """Bits (0 or 1) of each person, a row each, folded and without noise."""
    secret = key.for_use("draw")
    folds, length = protection.folds, protection.length

    @lru_cache(_DRAWS_KEPT)
    def draw(gram: str) -> Draw:
        return draw_of(secret, gram, folds * length)

    bits = np.empty((len(people), length), np.uint8)
    for row, grams in enumerate(people):
        code = code_of([draw(gram) for gram in grams], list(grams.values()))
        bits[row] = np.bitwise_xor.reduce(code.reshape(folds, length), axis=0)
        if row % _TOLD_EACH == 0:
            progress("Encoding", row / len(people))
    return bits


def draw_of(secret: bytes, gram: str, length: int) -> Draw:
    """A gram's lots: at each position the logarithm of an exponential time as an even whole number, plus its own bit.

    Every position is drawn independently, by SHAKE-256 from an HMAC-SHA256 of the gram. Double hashing, in which two
    hashes fix all positions, is what made patterns of Bloom filters easy to list (Niedermeyer et al. 2014).
    """
    raw = shake_256(hmac.digest(secret, gram.encode(), sha256)).digest(4 * length)
    words = np.frombuffer(raw, dtype="<u4")
    times = -np.log(((words >> 1) + 0.5) / 2**31)
    lots = 2 * np.rint(np.log(times) * _STEPS).astype(np.int32) + (words & 1).astype(np.int32)
    return np.asarray(lots, np.int32)


def code_of(draws: Sequence[Draw], weights: Sequence[float]) -> Codes:
    """The bit of the winner at each position: of the earliest, where a time is divided by the weight of its gram.

    Dividing times is taking an even number from their logarithms, which leaves the bit at the end as it was.
    """
    handicaps = [2 * round(log(weight) * _STEPS) for weight in weights]
    best = draws[0] - np.int32(handicaps[0])
    lot = np.empty_like(best)
    for draw, handicap in zip(draws[1:], handicaps[1:], strict=True):
        np.subtract(draw, np.int32(handicap), out=lot)
        np.minimum(best, lot, out=best)
    return np.asarray(best & 1, np.uint8)


class _Own:
    """A party's own randomness, spread by HMAC-SHA256 over its uses."""

    def __init__(self, randomness: bytes) -> None:
        self._randomness = randomness

    def _digest(self, use: str) -> bytes:
        return hmac.digest(self._randomness, use.encode(), sha256)

    @property
    def file_id(self) -> str:
        return self._digest("file")[:4].hex()

    def order(self, people: int) -> list[int]:
        return sorted(range(people), key=lambda at: self._digest(f"order {at}"))

    def below(self, what: str, choices: int) -> int:
        """A number from 0 to choices - 1, the same for the same `what`."""
        return int.from_bytes(self._digest(f"choice {what}")) % choices

    def noise(self, row: int, protection: Protection) -> Codes:
        """The bits of a row to turn over (BLIP: Alaggan, Gambs and Kermarrec 2012), anew for each row: two equal
        records of a list get unequal codes, so that the unit does not see who stands there twice."""
        raw = shake_256(self._digest(f"noise {row}")).digest(2 * protection.length)
        turned: npt.NDArray[np.bool_] = np.frombuffer(raw, "<u2") < round(protection.noise * 65536)
        return turned.astype(np.uint8)
