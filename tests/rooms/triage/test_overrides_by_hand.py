"""Rows of overrides that somebody writes into the database by hand move no case."""

from __future__ import annotations

import pytest

from safeconduct.cases.models import Case
from safeconduct.triage.actions import assess_case, decide_override, end_override
from safeconduct.triage.models import Override

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_an_override_that_was_ended_does_not_rise_again(desk):
    row = desk.asked()
    decide_override(desk.cast.carol, row.code, agreed=True, at=desk.at)
    assert Case.objects.get(code=desk.code).band == "emergency"
    end_override(desk.cast.carol, row.code, at=desk.at)
    by_the_rules = Case.objects.get(code=desk.code).band
    assert by_the_rules != "emergency"
    Override.objects.filter(code=row.code).update(ended_at=None, ended_by=None)
    assess_case(desk.cast.alice, desk.code, at=desk.at)
    assert Case.objects.get(code=desk.code).band == by_the_rules
