"""The page of a delivery in the moment in which its job ends: nobody is told that the import stopped."""

from __future__ import annotations

import pytest
from tests.cast import Cast, at_the_desk
from tests.rooms.intake.arrivals import SHEET, read, run_import

from safeconduct.config.clock import now
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.views import deliveries
from safeconduct.jobs.models import Job

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_job_that_ends_while_its_page_is_made(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    delivery = read(cast.alice, SHEET)
    begin_import(cast.alice, delivery.code, at=now())

    def ends_just_now(_: object) -> Job | None:
        run_import(cast.alice, at=now())
        return None

    monkeypatch.setattr(deliveries, "live_job", ends_just_now)
    page = at_the_desk(cast.alice).get(f"/intake/{delivery.code}/").content.decode()
    assert "stopped before its end" not in page
    assert "3 families have a case each" in page
