"""What waits for a member when they arrive: counted, each with the way there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from safeconduct.cases.queries import open_cases, shreddings_asked
from safeconduct.exports.queries import exports_for
from safeconduct.exports.states import Stand
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.queries import waiting_requests


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the day."""

    words: str
    url: str


def waiting_for(present: Present, *, at: datetime) -> list[Waiting]:
    """The most urgent first. Empty where nothing waits."""
    return [*_cases(present, at), *_to_decide(present, at)]


def _cases(present: Present, at: datetime) -> Iterator[Waiting]:
    if not present.may(Right.OPEN_OWN_CASES):
        return
    found = open_cases(present, on=at.date())
    cases = reverse("cases:list")
    if found.due:
        told = ngettext("%d case of yours is due", "%d cases of yours are due", found.due)
        yield Waiting(told % found.due, f"{cases}?whose=mine")
    if found.nobodys:
        told = ngettext("Nobody looks after %d case", "Nobody looks after %d cases", found.nobodys)
        yield Waiting(told % found.nobodys, f"{cases}?whose=nobodys")
    if found.mine:
        told = ngettext("You look after %d case", "You look after %d cases", found.mine)
        yield Waiting(told % found.mine, f"{cases}?whose=mine")


def _to_decide(present: Present, at: datetime) -> Iterator[Waiting]:
    if present.may(Right.DECIDE_ACCESS) and (count := waiting_requests(present).count()):
        told = ngettext(
            "%d colleague asks for access to a case", "%d requests for access wait", count
        )
        yield Waiting(told % count, reverse("people:access"))
    if present.may(Right.AGREE_EXPORT):
        shown = exports_for(present, at=at)
        count = sum(
            each.stand is Stand.WAITS and each.export.asked_by_id != present.member.code
            for each in shown
        )
        if count:
            told = ngettext("%d export waits for your eyes", "%d exports wait for your eyes", count)
            yield Waiting(told % count, reverse("exports:list"))
    if present.may(Right.AGREE_SHREDDING) and (count := shreddings_asked(present).count()):
        told = ngettext(
            "%d shredding waits for a second person",
            "%d shreddings wait for a second person",
            count,
        )
        yield Waiting(told % count, reverse("cases:shreddings"))
