from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.cast import AT, Cast, at_the_desk


@pytest.fixture
def desk_of(cast: Cast, settings: Any) -> Callable[[str], Client]:
    """A member's browser by their handle, on the day of the cast."""
    settings.CLOCK = lambda: AT
    return lambda handle: at_the_desk(getattr(cast, handle), at=AT)
