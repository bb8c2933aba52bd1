"""What is remembered of names for speed, and how to forget it.

A name is read once and compared once, however often it stands in a list: without that, linkage would take hours.
But the names are those of people at risk, and a process may live long after the list is closed (law 14).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_Told = ParamSpec("_Told")
_Worked_out = TypeVar("_Worked_out")

_FORGETTING: list[Callable[[], None]] = []


def remembered(
    most: int,
) -> Callable[[Callable[_Told, _Worked_out]], Callable[_Told, _Worked_out]]:
    """Remember what a function gave for its last `most` arguments, until `forget` is called."""

    def remember(function: Callable[_Told, _Worked_out]) -> Callable[_Told, _Worked_out]:
        cached = lru_cache(maxsize=most)(function)
        _FORGETTING.append(cached.cache_clear)
        return cast(Callable[_Told, _Worked_out], cached)

    return remember


def forget() -> None:
    """Forget every name that was read or compared, and everything worked out from one.

    To be called when a list is done with. It costs only time: what is asked again is worked out again. Linkage keeps
    no names of its own beyond the call that was given them.
    """
    for clear in _FORGETTING:
        clear()
