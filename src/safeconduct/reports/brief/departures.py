"""Departures by the name that a person would give them: their day, and which of that day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from safeconduct.core.operation import Departure
from safeconduct.reports.wording import NO_BREAK, short_day

_MADE = re.compile(r"\d{4}-\d{2}-\d{2}-(\d+)")  # the id of a departure that we made for a day
_WORD = re.compile(r"[\w-]*\w")


def departures_in_words(text: str, departures: Sequence[Departure]) -> str:
    """A reason with its departures named: "2021-08-26-07" becomes "the 26 Aug departure".

    An office's own code stays, with its day: "D-1 (26 Aug)". A code that is also a plain number or
    word is left alone, for it cannot be told from one.
    """
    names = _names(departures)
    return _WORD.sub(lambda word: names.get(word.group(), word.group()), text)


def _names(departures: Sequence[Departure]) -> dict[str, str]:
    of_day = Counter(each.departs_at.date() for each in departures)
    names = {}
    for each in departures:
        on = each.departs_at.date()
        made = _MADE.fullmatch(each.departure_id)
        if made and of_day[on] == 1:
            names[each.departure_id] = f"the {short_day(on)} departure"
        elif made:
            names[each.departure_id] = f"departure{NO_BREAK}{int(made[1])} of {short_day(on)}"
        elif re.search(r"\d", each.departure_id) and re.search(r"[^\W\d]", each.departure_id):
            names[each.departure_id] = f"{each.departure_id} ({short_day(on)})"
    return names
