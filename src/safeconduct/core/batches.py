"""Some at a time. (`itertools.batched` of Python 3.12; we support 3.11.)"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(told: Iterable[T], most: int) -> Iterator[tuple[T, ...]]:
    """Tuples of so many, the last perhaps of fewer."""
    ahead = iter(told)
    while some := tuple(islice(ahead, most)):
        yield some
