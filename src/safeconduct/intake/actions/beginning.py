"""An import is begun, or the delivery is left as it is: both are a member's decision."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from safeconduct.core.errors import (
    DeliveryForgotten,
    DeliveryMovedOn,
    JobAlreadyAsked,
    NothingToImport,
)
from safeconduct.intake.models import WAITING, WITH_CASE, Delivery, End, Plea, State
from safeconduct.intake.queries import delivery_for
from safeconduct.jobs.actions import ask_for
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

IMPORT: Final = "intake.import"
# Why a delivery is not imported: fixed words, which may stand in the journal.
REASONS_TO_LEAVE: Final = ("not-for-us", "wrong-file", "newer-one-came", "asked-by-sender")


def begin_import(by: Present, code: str, *, at: datetime, revision: int | None = None) -> Delivery:
    """Ask for the job; the delivery is then being imported. `revision`: as the member who decides has seen it.

    Begun again where a job was given up. Raises NoRight, NoSuchDelivery, NothingToImport, DeliveryForgotten;
    DeliveryMovedOn where it was begun already, or its columns were told anew.
    """
    by.must(Right.TAKE_IN)
    with transaction.atomic():
        delivery = delivery_for(by, code, locked=True)
        _may_begin(delivery, revision)
        try:
            job = ask_for(
                IMPORT, by=by.actor, at=at, needs_keys=True, subject=delivery.code, alone=True
            )
        except JobAlreadyAsked:
            raise DeliveryMovedOn(state=delivery.get_state_display()) from None
        # What an import that was undone had told of the same rows goes; what a member ended since stays, and so do the
        # cases in which somebody had written, and the rows that are left out for their case was shredded.
        before = Plea.objects.filter(delivery=delivery, round__lt=delivery.round, ended_by=None)
        before.exclude(end__in=WITH_CASE).delete()
        delivery.state, delivery.job = State.IMPORTING, job.code
        delivery.begun_by, delivery.begun_at = by.member, at
        delivery.ended_at, delivery.why = None, ""
        delivery.save()
        write_line(
            Deed.DELIVERY_BEGUN,
            by=by.actor,
            at=at,
            about=delivery.code,
            facts={"rows": delivery.rows or 0, "round": delivery.round},
        )
    return delivery


def leave_delivery(by: Present, code: str, *, why: str, at: datetime) -> Delivery:
    """It is not imported, or not anew. Its pleas are ended with it. Raises as `begin_import`."""
    by.must(Right.TAKE_IN)
    assert why in REASONS_TO_LEAVE, "a fixed word"
    with transaction.atomic():
        delivery = delivery_for(by, code, locked=True)
        if delivery.state not in WAITING:
            raise DeliveryMovedOn(state=delivery.get_state_display())
        ended = Plea.objects.filter(
            delivery=delivery, end__in=[End.NONE, End.QUARANTINED], ended_by=None
        ).update(end=End.WITHDRAWN, why=why, ended_at=at, ended_by=by.member)
        delivery.state, delivery.why, delivery.ended_at = State.LEFT, why, at
        delivery.save()
        write_line(
            Deed.DELIVERY_LEFT,
            by=by.actor,
            at=at,
            about=delivery.code,
            facts={"why": why, "pleas": ended},
        )
    return delivery


def _may_begin(delivery: Delivery, revision: int | None) -> None:
    """Read, and as it was seen; or begun by a job that was given up."""
    if delivery.forgotten_at is not None:
        raise DeliveryForgotten
    given_up = delivery.state == State.IMPORTING
    seen = revision is None or revision == delivery.revision
    if not given_up and (delivery.state != State.READ or not seen):
        raise DeliveryMovedOn(state=delivery.get_state_display())
    if not (delivery.accepted or delivery.quarantined):
        raise NothingToImport
