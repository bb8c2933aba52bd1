"""The gate that tests of exports go through."""

from __future__ import annotations

import pytest
from tests.cast import Cast
from tests.rooms.exports.gates import Gate, gate_of


@pytest.fixture
def gate(cast: Cast) -> Gate:
    return gate_of(cast)
