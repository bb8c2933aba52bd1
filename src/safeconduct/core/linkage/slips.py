"""Slips of the hand in numbers and codes."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from safeconduct.core.linkage.ragged import Ragged

# In a shorter number one slip makes another person's.
_LONG_ENOUGH = 7


def one_slip_apart(one: str, two: str) -> bool:
    """Whether two numbers of documents, long enough to tell, are one slip of the hand apart."""
    return min(len(one), len(two)) >= _LONG_ENOUGH and OSA.distance(one, two, score_cutoff=1) <= 1


def near(texts: Sequence[str], *, shortest: int = _LONG_ENOUGH) -> Ragged:
    """The marks of each text and of it without any one of its letters; none of a text that is too short.

    Two texts that are one slip apart (a letter wrong, missing, too many, or two exchanged) have one of these in
    common: the neighbourhood of deletions of Mor and Fraenkel (1982), by which no text itself need be compared.
    """
    return Ragged.of_lists(_near(text) if len(text) >= shortest else () for text in texts)


def _near(text: str) -> list[int]:
    shorter = {text[:at] + text[at + 1 :] for at in range(text.find(":") + 1, len(text))}
    # Compared within one list alone, so Python's own salted numbers of texts serve, and take a tenth of the time.
    return sorted(hash(each) >> 1 for each in (shorter | {text}))


def area_of(postcode: str) -> str:
    """The area a postcode begins with: all but the last three letters, as in Britain; of short ones half."""
    return postcode[: max(len(postcode) - 3, (len(postcode) + 1) // 2)]
