from __future__ import annotations

import pytest
from tests.rooms.vault.rings import Team


@pytest.fixture
def team(db_of_both: None) -> Team:
    return Team()
