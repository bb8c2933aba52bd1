"""A rehearsal that cannot be run as asked. SC600 to SC602."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class BadScenario(Refused):
    """A replay or a drill that cannot be run as it was asked for."""


class NothingToReplay(BadScenario):
    """A pack without departures: there are no seats that could be given again."""

    code = "SC600"
    says = (
        "The pack {pack} has no departures, and no daily counts to make them from: "
        "there is nothing to replay."
    )
    mend = "Drill it instead, with seats of your own: safeconduct drill {pack} --people 1000 --days 14 -o DIR."


class DayOutsideDrill(BadScenario):
    """A scenario that speaks of a day on which the drill is not, or no longer, under way."""

    code = "SC601"
    says = "{file}, line {line}: {field}: '{found}' is not a day of this drill, which runs from {first} to {last}."
    mend = "Write a day between the two as 2031-05-07, or its number from 1 to {days}."


class MoreDaysThanDrill(BadScenario):
    """A list by day that is longer than the drill: what it says of the last days would be lost."""

    code = "SC602"
    says = "{file}, line {line}: {field} lists {told} days, and the drill has {days}."
    mend = "Drill as many days with --days, or take the last ones out of the list."
