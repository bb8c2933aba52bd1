"""Codes for cases, offices and members: short enough to read over a telephone, and a slip is noticed.

Digits and letters without I, L, O, U and Z, which are misheard or misread for others: 31 signs, a prime, so that
one check sign of the same alphabet notices every single slip and every two signs that changed places. Codes tell
nothing: they are drawn at random and hold no date, office or number in a row.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXY"
# With more signs before it, some would weigh as nothing, or as much as others.
MOST_LETTERS: Final = 27
_AS_HEARD: Final = str.maketrans({"O": "0", "I": "1", "L": "1", "Z": "2", "-": "", " ": ""})
_WEIGHTS_FROM: Final = 2


def draw_code(letters: int, below: Callable[[int], int]) -> str:
    """A code of that many letters and a check sign. `below(n)` draws a whole number under n."""
    assert 0 < letters <= MOST_LETTERS, "the check sign holds for no longer code"
    body = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(letters))
    return body + _check_sign(body)


def spelt(code: str) -> str:
    """The code in groups of four from the left, as it is shown and read out: K7Q4-MX2P-D."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read_code(told: str, letters: int) -> str | None:
    """The code a person typed or heard, or None where it cannot be one.

    Small letters, spaces and hyphens are taken as meant; O is read as 0, I and L as 1, Z as 2.
    """
    code = told.strip().upper().translate(_AS_HEARD)
    if len(code) != letters + 1 or any(sign not in ALPHABET for sign in code):
        return None
    return code if _check_sign(code[:-1]) == code[-1] else None


def _check_sign(body: str) -> str:
    # Weights from 2 to 28, none alike and none 0 or -1 under the prime: any one sign changed, and any two that
    # changed places (also with the check sign, whose weight is -1), change the sum.
    weighed = sum((place + _WEIGHTS_FROM) * ALPHABET.index(sign) for place, sign in enumerate(body))
    return ALPHABET[weighed % len(ALPHABET)]
