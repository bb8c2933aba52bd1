"""Slips of the hand in numbers."""

from __future__ import annotations

from rapidfuzz.distance import OSA


def one_slip_apart(one: str, two: str) -> bool:
    """Whether two numbers of documents, long enough to tell, are one slip of the hand apart."""
    return min(len(one), len(two)) >= 7 and OSA.distance(one, two, score_cutoff=1) <= 1
