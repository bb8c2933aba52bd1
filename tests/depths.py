"""One law at two depths: a few examples at every save, many in the slow tier."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings

Law = Callable[..., None]


def to_two_depths(
    given: Callable[[Law], Law], law: Law, *, quick: int, deep: int
) -> tuple[Law, Law]:
    """The law as a quick test and as a slow one, which differ in nothing but how many examples they draw."""

    def drawn(examples: int) -> Law:
        return settings(max_examples=examples, deadline=None)(given(law))

    return drawn(quick), pytest.mark.slow(drawn(deep))
