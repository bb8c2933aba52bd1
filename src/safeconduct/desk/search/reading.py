"""Cards into the index, and the index kept as fresh as the journal: every write to a case is a line of it.

The cards are read with the keys of whoever is at the desk, in the office's name: the index shows nobody anything but
what a way leads them to (finding.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction

from safeconduct.cases.listing import codes_held, covers_held
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.reading_many import (
    NotWhole,
    cards_for_the_software,
    some_cards_for_the_software,
)
from safeconduct.core.batches import batched
from safeconduct.desk.search.index import OfficeIndex, Read
from safeconduct.desk.search.people import everybody_on
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.present import Present

# So many cards are read while somebody waits for what they look for; more are left to the round beside the desk.
AT_ONCE: Final = 300
_TOGETHER: Final = 500
# Cases put into the index in one step: large, as each step sorts anew.
_IN_A_STEP: Final = 5_000
_JOB: Final = "search"


def note_changes(index: OfficeIndex, by: Present) -> None:
    """Which cards were written since the last look; at the first look, all of them. What was written and is not the
    office's any more goes at once; how much other offices write is none of its business, and no number of it shows.
    """
    last = _last_line()
    if index.seen is None:
        index.stale.update(codes_held(by.office.code))
    else:
        written = set(_written(index, after=index.seen, until=last))
        held = set(_held(index.office, written))
        index.stale.update(held)
        index.drop(written - held)
    index.seen = last


def read_few(index: OfficeIndex, by: Present, *, at: datetime) -> int:
    """What is stale, where that is little; how many cards were read. The caller journals why."""
    if len(index.stale) > AT_ONCE:
        return 0
    return _read(index, by, sorted(index.stale), at=at)


def read_all(
    index: OfficeIndex, by: Present, *, at: datetime, stopped: Callable[[], bool] = lambda: False
) -> int:
    """What is stale, however much it is, with one line of the journal; how many cards were read."""
    if not index.stale:
        return 0
    if not index.cards:
        found = cards_for_the_software(by, job=_JOB, purpose=Purpose.SEARCH, at=at)
        count = _put(index, found, set(index.stale), stopped)
        if not stopped():
            index.drop(index.stale - index.cards.keys())
        return count
    office = Actor(member="", office=by.office.code)
    facts: dict[str, str | int] = {"cards": len(index.stale), "part": "card", "job": _JOB}
    with transaction.atomic():
        write_line(Deed.CARDS_SEEN, by=office, at=at, purpose=Purpose.SEARCH.value, facts=facts)
    return _read(index, by, sorted(index.stale), at=at, stopped=stopped)


def forget_what_is_gone(index: OfficeIndex) -> int:
    """Cases that the office does not hold any more; how many went."""
    gone = index.cards.keys() - codes_held(index.office)
    index.drop(gone)
    return len(gone)


def _read(
    index: OfficeIndex,
    by: Present,
    codes: list[str],
    *,
    at: datetime,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    def found() -> Iterator[OpenCase | NotWhole]:
        for some in batched(codes, _TOGETHER):
            yield from some_cards_for_the_software(by, some, at=at)

    count = _put(index, found(), set(codes), stopped)
    if not stopped():
        # What did not come is not the office's any more, or did not open: it is not found, rather than found as it was.
        index.drop(index.stale.intersection(codes))
    return count


def _put(
    index: OfficeIndex,
    found: Iterable[OpenCase | NotWhole],
    wanted: set[str],
    stopped: Callable[[], bool],
) -> int:
    count = 0
    cards = iter(found)
    while not stopped() and not index.is_gone:
        some = list(islice(cards, _IN_A_STEP))
        if not some:
            break
        index.put(
            _as_read(index, each)
            for each in some
            if isinstance(each, OpenCase) and each.code in wanted
        )
        count += len(some)
    return count


def _as_read(index: OfficeIndex, card: OpenCase) -> Read:
    is_ours = card.cover.office_id == index.office
    return Read(card.code, card.cover.revision, is_ours, tuple(everybody_on(card)))


def _last_line() -> int:
    newest = Line.objects.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def _held(office: str, codes: Iterable[str]) -> Iterator[str]:
    for some in batched(sorted(codes), _TOGETHER):
        yield from covers_held(office).filter(code__in=some).values_list("code", flat=True)


def _written(index: OfficeIndex, *, after: int, until: int) -> Iterator[str]:
    """Cases with a newer revision than was read, and those that are shredded."""
    lines = Line.objects.filter(number__gt=after, number__lte=until)
    for about, revision, deed in lines.values_list("about", "revision", "deed"):
        read = index.cards.get(about)
        if (deed == Deed.CASE_SHREDDED and read) or (
            revision is not None and (read is None or read.revision < revision)
        ):
            yield about
