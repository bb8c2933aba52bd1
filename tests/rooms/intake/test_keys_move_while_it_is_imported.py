"""The office's key is renewed, or whoever asked loses the right, while an import is at work: nobody is lost by that."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.intake.arrivals import again, families, read, run_import, run_of

from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.errors import Refused
from safeconduct.intake import importing
from safeconduct.intake.actions.beginning import IMPORT, begin_import
from safeconduct.intake.importing import import_delivery
from safeconduct.intake.models import End, Plea, State
from safeconduct.intake.queries import waiting
from safeconduct.jobs.models import Job
from safeconduct.people.actions.leaving import leave
from safeconduct.people.models import Member, Role

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_key_is_renewed_between_two_batches(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """The run with the older key stops or goes on; with the newest lent, everybody is there once and opens."""
    monkeypatch.setattr(importing, "BATCH", 2)
    delivery = read(cast.carol, families(5))
    begin_import(cast.carol, delivery.code, at=AT)
    run = run_of(cast.carol, IMPORT)
    batches = []

    def parted(_by: object, cases: object) -> None:
        batches.append(cases)

    def assess(household: object) -> None:
        if len(batches) == 1 and not Member.objects.get(handle="bob").left_at:
            leave(cast.carol, member=cast.bob.member.code, at=AT)

    try:
        import_delivery(run, assess=assess, arrived=parted)
    except Refused:
        Job.objects.filter(code=run.held.job).update(given_up_at=AT)
        assert waiting(cast.home.code, on=AT.date()).deliveries == 1
        begin_import(cast.carol, delivery.code, at=AT)
        run_import(cast.carol)
    assert Member.objects.get(handle="bob").left_at
    assert again(delivery).state == State.DONE
    assert Plea.objects.filter(end=End.ATTACHED).count() == 5
    for code in Case.objects.values_list("code", flat=True):
        assert case_for(cast.carol, code, Purpose.CASEWORK, at=AT).persons
        with pytest.raises(Refused):
            case_for(cast.charlie, code, Purpose.CASEWORK, at=AT)
    assert Case.objects.count() == 5


def test_whoever_asked_may_take_in_no_more(cast: Cast):
    """The job is not run in their name; a colleague begins it anew."""
    delivery = read(cast.alice, families(2))
    begin_import(cast.alice, delivery.code, at=AT)
    alice = at_the_desk(cast.alice)
    assert alice.get(f"/intake/{delivery.code}/").status_code == 200
    Member.objects.filter(code=cast.alice.member.code).update(roles=[Role.AUDITOR.value])
    for path in ("/intake/", f"/intake/{delivery.code}/", "/doubles/", "/search/", "/triage/"):
        assert alice.get(path).status_code in {302, 404}, path
    assert alice.post("/search/", {"sought": "Gul"}).status_code in {302, 404}
    with pytest.raises(Refused):
        run_import(cast.alice)
    assert not Case.objects.exists()
    Job.objects.filter(code=again(delivery).job).update(given_up_at=AT)
    assert waiting(cast.home.code, on=AT.date()).deliveries == 1
    begin_import(cast.bob, delivery.code, at=AT)
    run_import(cast.bob)
    assert Case.objects.count() == 2
