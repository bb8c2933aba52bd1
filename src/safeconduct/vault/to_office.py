"""Words for an office, sealed to its public key by somebody who holds no key of the case: a reason, a plea.

A value is: one byte for the format, the office's generation (4 bytes), then HPKE's ciphertext of the padded words.
Format, generation and place are what the wrapping is bound to, so that it cannot be moved or aged.
"""

from __future__ import annotations

from typing import Final

from safeconduct.core.errors import KeyDoesNotFit, SealBroken
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.padding import padded, unpadded
from safeconduct.vault.sealing import Place
from safeconduct.vault.wrapping import unwrap, wrap

_FORMAT: Final = b"\x01"
_HEAD: Final = 5


def seal_to_office(public: bytes, text: str, place: Place, *, generation: int) -> bytes:
    """The text, sealed for that place: whoever holds the office's key of that generation reads it."""
    head = _FORMAT + generation.to_bytes(4, "big")
    return head + wrap(public, padded(text.encode()), purpose=_purpose(place, generation))


def open_from_office(ring: Keyring, sealed: bytes, place: Place) -> str:
    """What was sealed to the ring's office. Raises SealBroken, or KeysLocked for a generation not on the ring."""
    if len(sealed) <= _HEAD or sealed[:1] != _FORMAT:
        raise SealBroken(place=place)
    generation = generation_of(sealed)
    private = ring.office_key(generation)
    try:
        filled = unwrap(private, sealed[_HEAD:], purpose=_purpose(place, generation))
        return unpadded(filled).decode()
    except (KeyDoesNotFit, ValueError) as broken:
        raise SealBroken(place=place) from broken


def sealed_anew(
    ring: Keyring, sealed: bytes, place: Place, *, public: bytes, generation: int
) -> bytes:
    """The same words to the office's newer key; as it stood where it is of that generation already."""
    if generation_of(sealed) == generation:
        return sealed
    return seal_to_office(
        public, open_from_office(ring, sealed, place), place, generation=generation
    )


def generation_of(sealed: bytes) -> int:
    """Which generation it says it was sealed to: what `drop_generations_before` must not drop."""
    return int.from_bytes(sealed[1:_HEAD], "big")


def _purpose(place: Place, generation: int) -> str:
    return f"words for the office, generation {generation}, at {place}"
