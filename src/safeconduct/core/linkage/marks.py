"""Texts as numbers of 64 bits that are the same in every list and on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np

from safeconduct.core.linkage.ragged import Numbers


def mark_of(text: str) -> int:
    """One number for a text. Two texts have the same by chance once in 2**63: never, in any list we can hold."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


def marks_of(texts: Iterable[str]) -> Numbers:
    """The numbers of texts."""
    return np.fromiter(map(mark_of, texts), dtype=np.int64)
