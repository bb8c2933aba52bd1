"""Law 1 under attack: whatever happens between two steps, no plea is without an end that nobody can see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import again, imported, read, run_undo

from safeconduct.intake import shred
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.actions.looking import read_delivery
from safeconduct.intake.actions.undoing import undo_import
from safeconduct.intake.assessing import unassessed
from safeconduct.intake.models import DeliveredFile, End, Plea, State
from safeconduct.intake.queries import waiting, without_an_end
from safeconduct.jobs.models import Job
from safeconduct.people.models import Member, Role

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LONG_AFTER = AT + timedelta(days=400)


def test_an_import_whose_job_was_given_up_waits_on_the_desk(cast: Cast):
    delivery = read(cast.alice)
    begin_import(cast.alice, delivery.code, at=AT)
    assert waiting(cast.home.code, on=AT.date()).deliveries == 0  # it is at work
    Job.objects.filter(code=again(delivery).job).update(given_up_at=AT)
    assert again(delivery).state == State.IMPORTING
    assert waiting(cast.home.code, on=AT.date()).deliveries == 1


def test_an_undo_whose_job_was_given_up_waits_on_the_desk(cast: Cast):
    delivery = imported(cast.alice)
    undo_import(cast.alice, delivery.code, why="wrong-file", at=AT)
    assert waiting(cast.home.code, on=AT.date()).deliveries == 0
    Job.objects.filter(code=again(delivery).job).update(given_up_at=AT)
    assert waiting(cast.home.code, on=AT.date()).deliveries == 1


def test_the_clock_forgets_no_file_whose_import_is_being_undone(cast: Cast):
    """The clock looked, somebody undid, the clock goes on: the words of the pleas would stand nowhere."""
    delivery = imported(cast.carol)
    undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)
    shred.forget_files(delivery.code, at=LONG_AFTER)
    assert again(delivery).forgotten_at is None
    assert DeliveredFile.objects.filter(delivery=delivery).exists()
    run_undo(cast.carol)
    read_delivery(cast.carol, delivery.code, at=AT, assess=unassessed)
    begin_import(cast.carol, delivery.code, at=AT)


def test_a_held_plea_of_somebody_who_takes_in_no_more_is_without_an_end(cast: Cast):
    imported(cast.alice)
    assert not without_an_end(cast.home.code, on=AT.date()).exists()
    Member.objects.filter(code=cast.alice.member.code).update(roles=[Role.AUDITOR.value])
    held = Plea.objects.get(end=End.QUARANTINED)
    assert without_an_end(cast.home.code, on=AT.date()).get() == held
