"""What is asked of the journal: lines newest first, in pages; and the last revision that it knows of a thing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db.models import Max

from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Lines, newest first. `older` is what to give as `before` for the next page; None where there is none."""

    lines: tuple[Line, ...]
    older: int | None


def lines(
    *,
    about: str | None = None,
    member: str | None = None,
    office: str | None = None,
    deeds: Collection[Deed] = (),
    before: int | None = None,
    most: int = PAGE,
) -> Page:
    """Lines about a case, by a member, of an office, of some deeds; all that is given must hold."""
    found = Line.objects.order_by("-number")
    if about is not None:
        found = found.filter(about=about)
    if member is not None:
        found = found.filter(member=member)
    if office is not None:
        found = found.filter(office=office)
    if deeds:
        found = found.filter(deed__in=[deed.value for deed in deeds])
    if before is not None:
        found = found.filter(number__lt=before)
    page = tuple(found[: most + 1])
    more = len(page) > most
    return Page(page[:most], page[most - 1].number if more else None)


def last_revision(about: str) -> int | None:
    """The last revision that the journal knows of what bears this code. None where it knows none."""
    found = Line.objects.filter(about=about, revision__isnull=False)
    revision: int | None = found.aggregate(last=Max("revision"))["last"]
    return revision
