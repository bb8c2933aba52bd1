"""Which deliveries and pleas a member sees: those of the office, by codes, numbers and fixed words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from safeconduct.cases.models import Ground
from safeconduct.core.errors import NoSuchDelivery, NoSuchPlea
from safeconduct.intake.models import ENDED, WAITING, Delivery, End, Plea, State
from safeconduct.jobs.models import LIVE, Job
from safeconduct.people.models import Member
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present

AT_WORK = (State.IMPORTING, State.UNDOING)


def deliveries_of(by: Present) -> QuerySet[Delivery]:
    """Of the member's office, the newest first; without what is sealed."""
    found = Delivery.objects.filter(office=by.office).select_related("by", "begun_by")
    return found.defer("sealed_mapping", "sealed_preview").order_by("-at", "code")


def delivery_for(by: Present, code: str, *, locked: bool = False) -> Delivery:
    """One of the member's office. `locked`: held until the transaction ends. Raises NoSuchDelivery."""
    found = Delivery.objects.filter(code=code, office=by.member.office_id)
    delivery = (found.select_for_update() if locked else found).first()
    if delivery is None:
        raise NoSuchDelivery
    return delivery


def pleas_of(by: Present) -> QuerySet[Plea]:
    return Plea.objects.filter(office=by.office).select_related("owner", "ended_by").defer("sealed")


def plea_for(by: Present, code: str, *, locked: bool = False) -> Plea:
    """One of the member's office. Raises NoSuchPlea."""
    found = Plea.objects.filter(code=code, office=by.member.office_id)
    plea = (found.select_for_update() if locked else found).first()
    if plea is None:
        raise NoSuchPlea
    return plea


def without_an_end(office: str, *, on: date) -> QuerySet[Plea]:
    """Pleas that nobody's eyes are on (law 1): no end yet, held without a day or an owner who is here and takes in
    pleas, or overdue.
    """
    here = Member.objects.filter(office=office, left_at=None)
    eyes = [each.code for each in here if may(each, Right.TAKE_IN)]
    nobodys = ~Q(owner__in=eyes) | Q(due=None) | Q(due__lt=on)
    return Plea.objects.filter(office=office).filter(
        Q(end=End.NONE) | (Q(end=End.QUARANTINED) & nobodys)
    )


def still_to_import(office: str) -> QuerySet[Delivery]:
    """Deliveries whose pleas stand in no case yet: nobody began, their import was undone, or the job that was at it
    was given up.
    """
    at_it = Job.objects.filter(LIVE, code=OuterRef("job"))
    stopped = Q(state__in=AT_WORK) & ~Exists(at_it)
    return Delivery.objects.filter(Q(state__in=WAITING) | stopped, office=office)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits in this room: pleas without an end, deliveries not imported, held pleas, and those of them due."""

    without_an_end: int
    deliveries: int
    held: int
    due: int


def waiting(office: str, *, on: date) -> Waiting:
    held = Plea.objects.filter(office=office, end=End.QUARANTINED)
    return Waiting(
        without_an_end=without_an_end(office, on=on).count(),
        deliveries=still_to_import(office).count(),
        held=held.count(),
        due=held.filter(due__lte=on).count(),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StillThere:
    """Of shredded cases, whose rows the file of their delivery still has: how many, whether any family asked for it,
    and the day by which the file is forgotten by itself; None before the delivery is ended.
    """

    cases: int
    asked: bool
    until: date | None


def still_in_the_file(delivery: Delivery) -> StillThere | None:
    """None where there is no such case, or no file any more."""
    pleas = Plea.objects.filter(delivery=delivery, end=End.SHREDDED)
    cases = pleas.values("case").distinct().count()
    if not cases or not delivery.files.exists():
        return None
    ended = delivery.ended_at if delivery.state in ENDED else None
    until = (ended + settings.KEEP_DELIVERIES).date() if ended is not None else None
    asked = pleas.filter(why=Ground.ASKED_BY_FAMILY).exists()
    return StillThere(cases=cases, asked=asked, until=until)


def pleas_of_case(by: Present, case: str) -> QuerySet[Plea]:
    """How one case came to us, the first plea first."""
    found = pleas_of(by).filter(case=case, end=End.ATTACHED)
    return found.select_related("delivery").order_by("received_at", "number")


def is_at_work(delivery: Delivery) -> bool:
    return delivery.state in AT_WORK
