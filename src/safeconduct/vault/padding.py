"""Padding, so that a ciphertext's length tells little of what it holds.

Lengths follow Padmé (Nikitin and others, "Reducing Metadata Leakage from Encrypted Files and
Communication with PURBs", 2019): at most 12 % longer, and only O(log log n) bits of the length are told.
Short values are all of one length.
"""

from __future__ import annotations

from typing import Final

SHORTEST: Final = 128
_LENGTH: Final = 4


def padded(plain: bytes) -> bytes:
    """The plain bytes behind their length, filled with zeros."""
    told = len(plain).to_bytes(_LENGTH, "big") + plain
    return told.ljust(_room_for(len(told)), b"\0")


def unpadded(filled: bytes) -> bytes:
    """What was padded. Raises ValueError where the length or the filling is not as `padded` makes them."""
    length = int.from_bytes(filled[:_LENGTH], "big")
    end = _LENGTH + length
    if len(filled) != _room_for(end) or any(filled[end:]):
        raise ValueError("not padded by us")
    return filled[_LENGTH:end]


def _room_for(length: int) -> int:
    if length <= SHORTEST:
        return SHORTEST
    exponent = length.bit_length() - 1
    low_bits = exponent - exponent.bit_length()
    mask = (1 << low_bits) - 1
    return (length + mask) & ~mask
