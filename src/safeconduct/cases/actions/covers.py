"""What stands on the cover: codes, numbers and dates, changed by members."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from math import inf
from typing import Any, Final

from safeconduct.cases.actions.changing import Change, changing
from safeconduct.cases.models import Band, Case, State
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import ChangedMeanwhile, CoverNotCodes
from safeconduct.journal.deeds import Deed

_PROVINCE: Final = re.compile(r"[A-Z]{2}[0-9]{2,6}|")
_SCHEME: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{0,23}")
# What the journal tells of a change, by the fact's name: fixed words, so that the case's time can be told.
_JOURNALLED: Final = {"state": "now", "band": "band"}
MOST_PEOPLE: Final = 200  # assumption: a household larger than that is a slip of the hand
MOST_SCHEMES: Final = 40


class Unchanged:
    """What a field of the cover is left at."""


UNCHANGED: Final = Unchanged()


def change_cover(
    opened: OpenCase,
    *,
    expected_revision: int,
    at: datetime,
    state: str | Unchanged = UNCHANGED,
    band: str | Unchanged = UNCHANGED,
    province: str | Unchanged = UNCHANGED,
    schemes: Collection[str] | Unchanged = UNCHANGED,
    next_due: date | Unchanged | None = UNCHANGED,
    told_size: int | Unchanged | None = UNCHANGED,
    set_size: int | Unchanged | None = UNCHANGED,
) -> None:
    """Change the fields that are given. `expected_revision` is the `cover_revision` that the writer began from.

    `set_size` overrides the household's size; None lets it follow what was told again. Raises ChangedMeanwhile,
    CoverNotCodes, NotOursToChange.
    """
    given: dict[str, Any] = {
        "state": state,
        "band": band,
        "province": province,
        "schemes": schemes if isinstance(schemes, Unchanged) else in_order(schemes),
        "next_due": next_due,
        "told_size": told_size,
        "set_size": set_size,
    }
    given = {name: value for name, value in given.items() if not isinstance(value, Unchanged)}
    with changing(opened, Deed.COVER_CHANGED, at=at) as change:
        cover = expected_cover(change, expected_revision)
        for name, value in given.items():
            if name in _JOURNALLED and getattr(cover, name) != value:
                change.facts[_JOURNALLED[name]] = str(value)
            setattr(cover, name, value)
        checked_cover(cover)
        change.facts["fields"] = len(given)


def expected_cover(change: Change, expected_revision: int) -> Case:
    """The cover, about to change. Raises ChangedMeanwhile where somebody changed it first."""
    cover = change.cover
    if cover.cover_revision != expected_revision:
        raise ChangedMeanwhile(
            case=cover.code,
            entry="the cover",
            expected=expected_revision,
            current=cover.cover_revision,
        )
    cover.cover_revision += 1
    return cover


def checked_cover(cover: Case) -> None:
    """Codes, numbers and dates only: everything else would stand in clear. Raises CoverNotCodes."""
    _must(cover.state in State.values, "state", "one of the known states")
    _must(cover.band in Band.values, "band", "one of the known bands")
    points = cover.priority
    _must(type(points) in {int, float} and 0 <= points < inf, "priority", "a number from 0")
    _must(_is_code(_PROVINCE, cover.province), "province", "a P-code, or empty")
    _must(
        len(cover.schemes) <= MOST_SCHEMES and all(_is_code(_SCHEME, x) for x in cover.schemes),
        "schemes",
        "codes of schemes",
    )
    for name in ("told_size", "set_size"):
        size = getattr(cover, name)
        whole = type(size) is int and 1 <= size <= MOST_PEOPLE
        _must(size is None or whole, "household size", f"a number from 1 to {MOST_PEOPLE}")
    _must(cover.next_due is None or type(cover.next_due) is date, "next date due", "a day")


def in_order(schemes: Collection[str]) -> list[str]:
    """Each once, and always in the same order. What is no text is refused by `checked_cover`."""
    return sorted(dict.fromkeys(schemes), key=str)


def _is_code(form: re.Pattern[str], told: object) -> bool:
    return isinstance(told, str) and form.fullmatch(told) is not None


def _must(holds: bool, field: str, what: str) -> None:
    if not holds:
        raise CoverNotCodes(field=field, what=what)
