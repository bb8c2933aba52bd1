"""A whole import is undone: the cases that it opened go, but for those in which somebody wrote since.

Keys first, then rows, one line for each case, as any shredding goes. The delivery stays, with its counts, and may be
imported again. Cut off anywhere and run again, it goes on from where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.mistakes import opened_by_mistake
from safeconduct.core.batches import batched
from safeconduct.core.errors import (
    DeliveryForgotten,
    DeliveryMovedOn,
    JobAlreadyAsked,
    Refused,
    UndoTooLate,
)
from safeconduct.intake.models import Delivery, End, Plea, State
from safeconduct.intake.queries import delivery_for
from safeconduct.jobs.actions import ask_for
from safeconduct.jobs.models import LIVE, Job
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

UNDO: Final = "intake.undo"
BY_ONESELF_FOR: Final = timedelta(hours=24)
STEP: Final = 100
# Why an import is undone: fixed words, which may stand in the journal.
REASONS_TO_UNDO: Final = ("wrong-file", "columns-misread", "imported-twice", "not-for-us")

Tell = Callable[[int, int], None]


def undo_import(by: Present, code: str, *, why: str, at: datetime) -> Delivery:
    """Ask for the job that undoes it. Who imported may for a day; a coordinator at any time.

    Raises NoRight, NoSuchDelivery, UndoTooLate, DeliveryForgotten; DeliveryMovedOn while it is being imported.
    """
    by.must(Right.TAKE_IN)
    assert why in REASONS_TO_UNDO, "a fixed word"
    with transaction.atomic():
        delivery = delivery_for(by, code, locked=True)
        _may_undo(by, delivery, at=at)
        try:
            job = ask_for(UNDO, by=by.actor, at=at, subject=delivery.code, alone=True)
        except JobAlreadyAsked:
            raise DeliveryMovedOn(state=delivery.get_state_display()) from None
        delivery.state, delivery.job, delivery.why = State.UNDOING, job.code, why
        delivery.save(update_fields=["state", "job", "why"])
        write_line(
            Deed.DELIVERY_UNDONE,
            by=by.actor,
            at=at,
            about=delivery.code,
            facts={"why": why, "step": "begun"},
        )
    return delivery


def undo_within(code: str, *, at: datetime, tell: Tell) -> None:
    """The work of the job: a hundred cases in a step. `tell` is told how many of how many were looked at."""
    delivery = Delivery.objects.select_related("begun_by").get(code=code)
    if delivery.state != State.UNDOING:
        return
    job = Job.objects.get(code=delivery.job)
    opened = Plea.objects.filter(
        delivery=delivery, round=delivery.round, end=End.ATTACHED, ended_by=None
    ).order_by("number")
    todo = list(opened.values_list("case", flat=True))
    done = 0
    for some in batched(todo, STEP):
        gone = opened_by_mistake(
            some, office=delivery.office_id, by=Actor(job.asked_by, job.office), at=at
        )
        opened.filter(case__in=gone).update(end=End.NONE, case="", ended_at=None, sealed=None)
        done += len(some)
        tell(done, len(todo))
    _finish(delivery, at=at, by=Actor(job.asked_by, job.office))


def kept_cases(delivery: Delivery) -> list[str]:
    """After an undo: cases of earlier rounds that stayed, because somebody wrote in them."""
    kept = Plea.objects.filter(
        delivery=delivery, round__lt=delivery.round, end=End.ATTACHED, ended_by=None
    )
    return sorted(kept.values_list("case", flat=True))


def may_undo(by: Present, delivery: Delivery, *, at: datetime) -> bool:
    """Whether `undo_import` would take it from this member now."""
    try:
        _may_undo(by, delivery, at=at)
    except Refused:
        return False
    return True


def _may_undo(by: Present, delivery: Delivery, *, at: datetime) -> None:
    left_halfway = delivery.state == State.IMPORTING and not _is_live(delivery)
    undoing_stopped = delivery.state == State.UNDOING and not _is_live(delivery)
    if delivery.begun_at is None:  # a text, whose words stand in its plea alone
        raise DeliveryMovedOn(state=delivery.get_state_display())
    if delivery.state != State.DONE and not left_halfway and not undoing_stopped:
        raise DeliveryMovedOn(state=delivery.get_state_display())
    if delivery.forgotten_at is not None:
        raise DeliveryForgotten  # the words of its pleas would stand nowhere
    own = delivery.begun_by_id == by.member.code
    begun = delivery.ended_at or delivery.begun_at
    lately = begun is not None and at - begun <= BY_ONESELF_FOR
    if not by.may(Right.SHRED_CASES) and not (own and lately):
        raise UndoTooLate(hours=BY_ONESELF_FOR // timedelta(hours=1))


def _is_live(delivery: Delivery) -> bool:
    return Job.objects.filter(LIVE, code=delivery.job).exists()


def _finish(delivery: Delivery, *, at: datetime, by: Actor) -> None:
    with transaction.atomic():
        pleas = Plea.objects.filter(delivery=delivery, round=delivery.round)
        # Held rows wait with the rest of their delivery: it is looked at as a whole now.
        pleas.filter(end=End.QUARANTINED, ended_by=None).update(end=End.NONE, sealed=None)
        kept = pleas.filter(end=End.ATTACHED, ended_by=None).count()
        moved = Delivery.objects.filter(code=delivery.code, state=State.UNDOING).update(
            state=State.UNDONE, round=delivery.round + 1, ended_at=at
        )
        if moved:
            write_line(
                Deed.DELIVERY_UNDONE,
                by=by,
                at=at,
                about=delivery.code,
                facts={"why": delivery.why, "step": "done", "kept": kept},
            )
