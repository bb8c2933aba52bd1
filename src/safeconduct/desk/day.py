"""What waits for a member when they arrive: counted, each with the way there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import ngettext

from safeconduct.cases.listing import covers_of
from safeconduct.cases.queries import shreddings_asked
from safeconduct.desk.pleas import pleas_without_an_end
from safeconduct.desk.ways import way_there
from safeconduct.desk.worklist.reading import Shown, open_counts, worklist
from safeconduct.desk.worklist.shipped import ALL_MINE, ALL_NOBODYS, ALL_OVERDUE, MY_DAY, address_of
from safeconduct.exports.queries import exports_for
from safeconduct.exports.states import Stand
from safeconduct.intake import queries as intake
from safeconduct.jobs.models import Job
from safeconduct.matching import queries as matching
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.queries import waiting_requests
from safeconduct.triage import queries as triage

# A job that was given up longer ago than that was seen by whoever could mend it, or is not missed.
_GIVEN_UP_LATELY: Final = timedelta(days=7)
_MOST_URGENT: Final = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the day. `url` is empty where its reader has no page for it."""

    words: str
    url: str


def waiting_for(present: Present, *, at: datetime) -> list[Waiting]:
    """The most urgent first. Empty where nothing waits."""
    return [
        *_pleas(present, at),
        *_cases(present, at),
        *_doubles(present),
        *_bands(present, at),
        *_to_decide(present, at),
        *_given_up(present, at),
    ]


def most_urgent(present: Present, *, at: datetime) -> tuple[Shown, ...]:
    """The first few of one's own cases; a line of the journal where there are any."""
    if not present.may(Right.OPEN_OWN_CASES):
        return ()
    if not open_counts(present, on=at.date()).mine:
        return ()
    return worklist(present, ALL_MINE, at=at, most=_MOST_URGENT).lines


def most_urgent_of_nobody(present: Present, *, at: datetime) -> tuple[Shown, ...]:
    """The first few that nobody looks after: whoever arrives could begin with these."""
    if not present.may(Right.OPEN_OWN_CASES):
        return ()
    if not open_counts(present, on=at.date()).nobodys:
        return ()
    return worklist(present, ALL_NOBODYS, at=at, most=_MOST_URGENT).lines


def is_new_here(present: Present) -> bool:
    """Whether the office has nothing yet: then its first steps are shown."""
    if not present.may(Right.TAKE_IN):
        return False
    office = present.office.code
    return not (covers_of(office).exists() or intake.deliveries_of(present).exists())


def _pleas(present: Present, at: datetime) -> Iterator[Waiting]:
    """For everybody of the office (law 1)."""
    open_ones = pleas_without_an_end(present, on=at.date())
    if open_ones is None:
        return
    if count := open_ones.count:
        told = ngettext("%d plea has no end yet", "%d pleas have no end yet", count)
        yield Waiting(told % count, open_ones.url)
    if not present.may(Right.TAKE_IN):
        return
    waits = intake.waiting(present.office.code, on=at.date())
    if waits.due:
        told = ngettext("%d held plea is due", "%d held pleas are due", waits.due)
        yield Waiting(told % waits.due, way_there("intake:quarantine"))
    elif waits.held:
        told = ngettext(
            "%d plea is held, and not due yet", "%d pleas are held, and none is due yet", waits.held
        )
        yield Waiting(told % waits.held, way_there("intake:quarantine"))
    if waits.deliveries:
        told = ngettext(
            "%d delivery is not imported yet",
            "%d deliveries are not imported yet",
            waits.deliveries,
        )
        yield Waiting(told % waits.deliveries, way_there("intake:list"))


def _cases(present: Present, at: datetime) -> Iterator[Waiting]:
    if not present.may(Right.OPEN_OWN_CASES):
        return
    found = open_counts(present, on=at.date())
    if found.my_day:
        told = ngettext("%d case of yours is due", "%d cases of yours are due", found.my_day)
        yield Waiting(told % found.my_day, address_of(MY_DAY))
    if found.nobodys:
        told = ngettext("Nobody looks after %d case", "Nobody looks after %d cases", found.nobodys)
        yield Waiting(told % found.nobodys, address_of(ALL_NOBODYS))
    if found.overdue and present.may(Right.OPEN_ALL_CASES):
        told = ngettext(
            "%d case of the office is overdue", "%d cases of the office are overdue", found.overdue
        )
        yield Waiting(told % found.overdue, address_of(ALL_OVERDUE))
    if found.mine:
        told = ngettext("You look after %d case", "You look after %d cases", found.mine)
        yield Waiting(told % found.mine, address_of(ALL_MINE))


def _doubles(present: Present) -> Iterator[Waiting]:
    if count := matching.waiting(present).mine:
        told = ngettext(
            "%d possible double waits to be judged", "%d possible doubles wait to be judged", count
        )
        yield Waiting(told % count, way_there("matching:list"))


def _bands(present: Present, at: datetime) -> Iterator[Waiting]:
    if not present.may(Right.AGREE_OVERRIDE):
        return
    overrides = way_there("triage:overrides")
    if count := triage.to_decide(present, on=at.date()).count():
        told = ngettext(
            "%d other band waits for a second person",
            "%d other bands wait for a second person",
            count,
        )
        yield Waiting(told % count, overrides)
    if count := triage.ran_out(present.office.code, on=at.date()).count():
        told = ngettext("%d agreed band ran out", "%d agreed bands ran out", count)
        yield Waiting(told % count, overrides)


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


def _given_up(present: Present, at: datetime) -> Iterator[Waiting]:
    if present.may(Right.SEE_DEPLOYMENT):
        jobs = Job.objects.all()
    elif present.may(Right.SEE_COVERS):
        jobs = Job.objects.filter(office=present.office.code)
    else:
        return
    if count := jobs.filter(given_up_at__gt=at - _GIVEN_UP_LATELY).count():
        told = ngettext("%d job was given up", "%d jobs were given up", count)
        yield Waiting(told % count, reverse("desk:jobs"))
