"""Who else a caller asks for: other cases on which one of their telephones stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from safeconduct.core.errors import NothingSought
from safeconduct.desk.search.finding import seek
from safeconduct.desk.search.shelf import SHELF
from safeconduct.people.present import Present

# A caller has one or two telephones; a list of many is no caller's.
MOST_PHONES = 5


def other_cases(by: Present, phones: Sequence[str], *, at: datetime) -> list[str]:
    """Codes of cases that this member may open, by the setting OTHER_CASES_OF; each look is journalled.

    None while the cards of the office are still being read: a page of a case does not wait for all others.
    """
    if not SHELF.of(by.office.code).is_whole:
        return []
    found: dict[str, None] = {}
    for phone in phones[:MOST_PHONES]:
        try:
            found |= dict.fromkeys(each.cover.code for each in seek(by, phone, at=at).cases)
        except NothingSought:
            continue
    return list(found)
