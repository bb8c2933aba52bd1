"""What guessing a passphrase costs. Chosen by the settings, so that tests take the cheapest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassphraseCost:
    """Argon2id's memory in KiB, passes and lanes (RFC 9106, section 4)."""

    memory_kib: int
    passes: int
    lanes: int


# RFC 9106's second recommended option, for machines short of memory: an office's laptop.
FIELD = PassphraseCost(memory_kib=64 * 1024, passes=3, lanes=4)
# Argon2's smallest. Tests only: the settings of tests name it, nothing in the product does.
CHEAPEST = PassphraseCost(memory_kib=8, passes=1, lanes=1)
