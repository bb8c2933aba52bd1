"""Two cases that may be one family, as the pages find them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.cast import AT, Cast
from tests.rooms.matching.doubles import twice_told

from safeconduct.cases.reading import OpenCase
from safeconduct.core.linkage.judgements import in_order
from safeconduct.matching.models import Possible


@dataclass
class Found:
    """Alice's case and Bob's, or two that nobody owns, and their codes in order."""

    cast: Cast
    one: OpenCase
    two: OpenCase

    @property
    def cases(self) -> tuple[str, str]:
        return in_order(self.one.code, self.two.code)

    @property
    def address(self) -> str:
        return "/doubles/pair/{}/{}/".format(*self.cases)


@pytest.fixture
def alices(cast: Cast) -> Found:
    """One case is Alice's, the other Bob's: only Carol may open both."""
    return found(cast, owned=True)


@pytest.fixture
def nobodys(cast: Cast) -> Found:
    """Both are nobody's: every caseworker of the office may open them."""
    return found(cast, owned=False)


def found(cast: Cast, *, owned: bool) -> Found:
    """As a look would have left it, without the time that one takes."""
    pair = Found(cast, *twice_told(cast.alice, cast.bob, owned=owned))
    Possible.objects.create(
        code="FOUND0001",
        office=cast.home,
        case_a_id=pair.cases[0],
        case_b_id=pair.cases[1],
        decision="same",
        probability=0.999,
        weight=20.0,
        pairs=3,
        among=8,
        found_at=AT,
        model="a model",
    )
    return pair
