from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import Cast, at_the_desk
from tests.rooms.intake.arrivals import read_in_this_process


@pytest.fixture
def alice(cast: Cast) -> Client:
    return at_the_desk(cast.alice)


@pytest.fixture
def the_child() -> None:
    """Sheets are read in the confined child process, as the product does."""


@pytest.fixture(autouse=True)
def _no_child_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child has tests of its own (tests/rooms/sheets); to start one takes a while."""
    if "the_child" not in request.fixturenames:
        read_in_this_process(monkeypatch)
