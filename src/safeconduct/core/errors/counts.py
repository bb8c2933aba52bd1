"""Counts and calendars. SC300 to SC302."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class NoWorkingDays(Refused):
    """A calendar whose weekend is the whole week, so that no due date can be found."""

    code = "SC300"
    says = "The calendar has no working day: its weekend covers all seven days."
    mend = "Take at least one day of the week out of the weekend."


class CountBelowZero(Refused):
    """A count below zero, which cannot be protected because it counts nothing."""

    code = "SC301"
    says = "The count named '{name}' is below zero."
    mend = "Give counts of people or households: zero or more."


class RaggedCounts(Refused):
    """A two-way table whose rows do not all have the same columns."""

    code = "SC302"
    says = "The row '{row}' of a table of counts does not have the same columns as the first row."
    mend = "Give every row every column, with zero where nothing was counted."
