"""The import as the desk runs it: the registered kind, keys lent, the rulebook asked, the page of the case."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.intake.arrivals import again, read, run_of, taken

from safeconduct.cases.entries import Assessed
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.job_kinds import job_kinds
from safeconduct.intake.actions.beginning import IMPORT, begin_import
from safeconduct.intake.actions.looking import READ, ask_to_read
from safeconduct.intake.actions.undoing import UNDO, undo_import
from safeconduct.intake.models import Delivery, State
from safeconduct.jobs.held import Held
from safeconduct.jobs.models import Job
from safeconduct.jobs.running import Ended, run_held

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def run(by, kind: str) -> Ended:
    made = run_of(by, kind)
    held = Held.of(Job.objects.get(code=made.held.job))
    return run_held(held, job_kinds(), clock=lambda: AT, keys=made.keys)


def test_a_delivery_becomes_assessed_cases(cast: Cast):
    delivery = read(cast.alice)
    begin_import(cast.alice, delivery.code, at=AT)
    assert run(cast.alice, IMPORT) is Ended.DONE
    assert again(delivery).state == State.DONE
    for case in Case.objects.all():
        opened = case_for(cast.alice, case.code, Purpose.CASEWORK, at=AT)
        (said,) = opened.entries(Assessed)
        assert said.says.band == case.band
        assert case.next_due is not None
        assert case.revision == 1
    page = at_the_desk(cast.alice).get(f"/cases/{Case.objects.first().code}/").content.decode()
    assert "How it arrived" in page
    assert delivery.code[:4] in page


def test_an_import_is_undone_by_its_job_also_after_the_software_assessed_anew(cast: Cast):
    delivery = read(cast.alice)
    begin_import(cast.alice, delivery.code, at=AT)
    run(cast.alice, IMPORT)
    undo_import(cast.alice, delivery.code, why="wrong-file", at=AT)
    assert run(cast.alice, UNDO) is Ended.DONE
    assert not Case.objects.exists()


def test_a_large_file_is_read_by_its_job_in_the_confined_child(cast: Cast, the_child: None):
    delivery = taken(cast.alice)
    ask_to_read(cast.alice, delivery.code, at=AT)
    assert run(cast.alice, READ) is Ended.DONE
    assert Delivery.objects.get().state == State.READ


def test_a_file_that_cannot_be_read_is_said_on_its_page_and_not_tried_again(cast: Cast):
    delivery = taken(cast.alice, b"\0" * 300)
    ask_to_read(cast.alice, delivery.code, at=AT)
    assert run(cast.alice, READ) is Ended.DONE
    found = again(delivery)
    assert (found.state, bool(found.trouble)) == (State.TAKEN, True)
    page = at_the_desk(cast.alice, at=None).get(f"/intake/{delivery.code}/").content.decode()
    assert f"({found.trouble})" in page
