"""By when somebody looks at what arrived. Every number here is an assumption of ours, to be changed in this one place.

An emergency waits for no working day. The others are counted in working days of the office's own week.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from safeconduct.cases.models import Band
from safeconduct.core.clocks import add_working_days

# Working days after the day it arrived. Not assessed is not routine: nobody knows yet (law 8).
_DAYS: Final[Mapping[str, int]] = {
    Band.URGENT: 1,
    Band.PRIORITY: 3,
    Band.ROUTINE: 10,
    Band.NOT_ASSESSED: 3,
}
HELD_FOR: Final = 2  # working days until somebody has looked at a row that is held, or at a text
LONGEST_HELD: Final = 30  # days: nobody puts a plea off for longer at once


def due_for(band: str, *, on: date) -> date:
    """The day by which the owner of a new case does the next thing."""
    return on if band == Band.EMERGENCY else add_working_days(on, _DAYS[Band(band)])


def held_until(on: date) -> date:
    """The day by which somebody looks at a plea that is held."""
    return add_working_days(on, HELD_FOR)
