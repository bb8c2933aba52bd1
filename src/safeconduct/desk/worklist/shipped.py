"""The ways into the list that everybody has, each with how many cases stand there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.desk.pleas import pleas_without_an_end
from safeconduct.desk.worklist.marks import ASKS, NOT_COMPARED
from safeconduct.desk.worklist.narrowing import MINE, NOBODYS, NOW, OURS, OVERDUE, Narrow
from safeconduct.desk.worklist.reading import MOST_COUNTED, marked_count, open_counts
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

EVERYBODYS: Final = Narrow()
MY_DAY: Final = Narrow(whose=MINE, due=NOW)
ALL_MINE: Final = Narrow(whose=MINE)
ALL_NOBODYS: Final = Narrow(whose=NOBODYS)
ALL_OVERDUE: Final = Narrow(office=OURS, due=OVERDUE)
ALL_NOT_COMPARED: Final = Narrow(office=OURS, marks=(NOT_COMPARED,))
ALL_ASKS: Final = Narrow(office=OURS, marks=(ASKS,))


@dataclass(frozen=True, slots=True)
class WayIn:
    """A link with its count; `more` where there are more than were counted. `here`: this is what is shown now."""

    label: str | Promise
    url: str
    count: int | None = None
    more: bool = False
    here: bool = False


def address_of(narrow: Narrow) -> str:
    """Of the list so narrowed."""
    told = narrow.address()
    return reverse("cases:list") + (f"?{told}" if told else "")


def ways(by: Present, now: Narrow, *, on: date) -> list[WayIn]:
    """In the order in which a day is worked through."""
    counts = open_counts(by, on=on)

    def way(label: str | Promise, narrow: Narrow, count: int | None) -> WayIn:
        return WayIn(label, address_of(narrow), count, here=narrow == now)

    def marked(label: str | Promise, narrow: Narrow) -> WayIn:
        found = marked_count(by, narrow, on=on)
        count, more = min(found, MOST_COUNTED), found > MOST_COUNTED
        return WayIn(label, address_of(narrow), count, more, here=narrow == now)

    found = [way(_("All open"), EVERYBODYS, None)]
    if by.may(Right.OPEN_OWN_CASES):
        found += [
            way(_("My day"), MY_DAY, counts.my_day),
            way(_("Mine"), ALL_MINE, counts.mine),
            way(_("Nobody's"), ALL_NOBODYS, counts.nobodys),
        ]
    found.append(way(_("Overdue"), ALL_OVERDUE, counts.overdue))
    pleas = pleas_without_an_end(by, on=on)
    if pleas is not None:
        found.append(WayIn(_("Pleas without an end"), pleas.url, pleas.count))
    return [*found, marked(_("Not yet compared"), ALL_NOT_COMPARED), marked(_("Asks"), ALL_ASKS)]
