"""The demo office's own sheets, as one delivery and one by one: every row of them ends once."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import again, demo_sheets, run_import

from safeconduct.cases.models import Case
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.actions.looking import read_delivery
from safeconduct.intake.actions.taking import take_files
from safeconduct.intake.assessing import unassessed
from safeconduct.intake.models import Delivery, End, Plea, State

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "keys"])]


def imported_files(cast: Cast, files: dict[str, bytes]) -> Delivery:
    delivery = take_files(cast.alice, files, at=AT)
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    begin_import(cast.alice, delivery.code, at=AT)
    run_import(cast.alice)
    return again(delivery)


def test_the_six_sheets_of_the_demo_come_in_together(cast: Cast):
    files = {path.name: path.read_bytes() for path in demo_sheets()}
    delivery = imported_files(cast, files)
    pleas = Plea.objects.filter(delivery=delivery)
    assert delivery.state == State.DONE
    assert delivery.rows > 500
    assert sum(each.rows for each in pleas) + delivery.repeated == delivery.rows
    assert pleas.filter(end=End.ATTACHED).count() == Case.objects.count() == delivery.households
