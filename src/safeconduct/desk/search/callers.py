"""Who else a caller asks for: other cases on which one of their telephones stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from safeconduct.core.identifiers import phones_in
from safeconduct.core.names.searching_records import PHONE, WHOLE
from safeconduct.desk.search.finding import FoundCase, seek
from safeconduct.desk.search.shelf import SHELF
from safeconduct.people.present import Present

# A caller has one or two telephones; a list of many is no caller's.
MOST_PHONES = 5


def other_cases(by: Present, phones: Sequence[str], *, at: datetime) -> list[str]:
    """Codes of cases that this member may open, by the setting OTHER_CASES_OF; each look is journalled.

    Phones stand as they were heard, words beside them too: the numbers in them are looked for, and only a whole number
    is the same telephone. None while the cards of the office are still being read: a page of a case does not wait for
    all others.
    """
    if not SHELF.of(by.office.code).is_whole:
        return []
    numbers = dict.fromkeys(number for phone in phones for number in phones_in(phone))
    found: dict[str, None] = {}
    for number in list(numbers)[:MOST_PHONES]:
        cases = seek(by, number, at=at).cases
        found |= dict.fromkeys(each.cover.code for each in cases if _by_telephone(each))
    return list(found)


def _by_telephone(case: FoundCase) -> bool:
    matched = (part for met in case.met for part in met.matched)
    return any(part.what == PHONE and part.how == WHOLE for part in matched)
