"""A sheet or an export is taken: sealed and written before anybody is told that we have it (law 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.actions.opening import new_case_code
from safeconduct.cases.entries import Way
from safeconduct.cases.wording import operation
from safeconduct.core.errors import (
    NoFileChosen,
    SentBefore,
    SheetEmpty,
    SheetNamedTwice,
    TooManyFilesAtOnce,
)
from safeconduct.intake.models import Delivery, State
from safeconduct.intake.reading import MOST_FILES, called, read_files
from safeconduct.intake.sealing import digests, new_keys, seal_files
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

KILOBYTE: Final = 1024


def take_sheet(
    by: Present, name: str, content: bytes, *, at: datetime, again: bool = False
) -> Delivery:
    """One file. See `take_files`."""
    return take_files(by, {name: content}, at=at, again=again)


def take_files(
    by: Present,
    files: Mapping[str, bytes],
    *,
    at: datetime,
    way: Way = Way.SHEET,
    again: bool = False,
    read_hidden: bool = False,
) -> Delivery:
    """Files that belong together, by what they are called, as one delivery; it is durable when this returns.

    Raises NoRight, NoFileChosen, TooManyFilesAtOnce, SheetEmpty, SheetNamedTwice; SentBefore where the very same bytes
    are here already, unless `again`.
    """
    by.must(Right.TAKE_IN)
    known = checked_files(files)
    with transaction.atomic():
        office = own_office(by)  # held: of two who send the same at once, one is told
        marks = digests(by.ring, known)
        before = sent_before(by, marks)
        if before is not None and not again:
            raise SentBefore(delivery=before.code)
        delivery = Delivery(
            code=new_case_code(),
            office=office.row,
            way=way.value,
            state=State.TAKEN,
            by=by.member,
            at=at,
            on=operation().day_on(at.date()),
            size=sum(map(len, known.values())),
            read_hidden=read_hidden,
            digest=marks[office.row.generation],
        )
        key = new_keys(by, delivery.code)
        delivery.save(force_insert=True)
        for each in seal_files(key, delivery, known):
            each.save(force_insert=True)
        write_line(
            Deed.DELIVERY_TAKEN,
            by=by.actor,
            at=at,
            about=delivery.code,
            facts={
                "way": way.value,
                "files": len(known),
                "kilobytes": -(-delivery.size // KILOBYTE),
            },
        )
    return delivery


def checked_files(
    files: Mapping[str, bytes] | Sequence[tuple[str, bytes]],
) -> dict[str, bytes]:
    """The same, by names that can be shown: two of one name are told, not lost. Raises as `take_files`."""
    if not files:
        raise NoFileChosen
    if len(files) > MOST_FILES:
        raise TooManyFilesAtOnce(found=len(files), limit=MOST_FILES)
    known: dict[str, bytes] = {}
    for told, content in files.items() if isinstance(files, Mapping) else files:
        name = called(told)
        if name in known:
            raise SheetNamedTwice(file=name)
        if not content:
            raise SheetEmpty(file=name)
        known[name] = content
    return known


def look_into(files: Mapping[str, bytes], *, at: datetime, read_hidden: bool) -> None:
    """Whether they can be read at all, before anything is taken. Raises BadSheet."""
    read_files(files, on=operation().day_on(at.date()), read_hidden=read_hidden)


def sent_before(by: Present, marks: Mapping[int, bytes]) -> Delivery | None:
    """The newest delivery of the same bytes that is of any use: one whose files are here, or whose cases are."""
    found = Delivery.objects.filter(office=by.office, digest__in=list(marks.values()))
    return found.exclude(Q(state=State.LEFT) | Q(way=Way.TEXT)).order_by("-at").first()
