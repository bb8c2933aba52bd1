"""After a member left and the office's key is another: every case opens by the new one alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.cases.families import LATER, PRINCIPAL, family_of, seen

from safeconduct.cases import actions
from safeconduct.cases.actions.offices import is_confirmed
from safeconduct.cases.actions.shredding import reason_of
from safeconduct.cases.job_kinds import KINDS
from safeconduct.cases.models import Ground, Shredding
from safeconduct.core.errors import KeysLocked
from safeconduct.jobs.actions import claim
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import Job
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.actions.leaving import REWRAP, leave
from safeconduct.people.models import Office
from safeconduct.vault.models import CaseKey
from safeconduct.vault.wrapping import fingerprint

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LEASE = timedelta(minutes=2)


def run_the_job(ring) -> None:
    job, kind = Job.objects.get(kind=REWRAP), KINDS[REWRAP]
    assert kind.keys_for is not None
    keys = kind.keys_for(job, ring)
    held = claim(job, "worker", at=LATER, lease=LEASE)
    assert held is not None
    kind.run(Run(held=held, lease=LEASE, clock=lambda: LATER, keys=keys))


def test_everything_opens_by_the_new_key_alone(cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL)
    told = fingerprint(bytes(cast.other.public))
    actions.confirm_office(cast.carol, cast.other, told_fingerprint=told, at=AT)
    actions.ask_to_shred(opened, Ground.ASKED_BY_FAMILY, reason="The mother asked.", at=AT)
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    run_the_job(cast.carol.ring)
    assert set(CaseKey.objects.values_list("generation", flat=True)) == {2}
    for generation in [each for each in cast.carol.ring.office_keys if each < 2]:
        del cast.carol.ring.office_keys[generation]
    cast.carol.member.office = Office.objects.get(code=cast.home.code)
    assert seen(cast.carol, opened).persons
    assert is_confirmed(cast.carol, cast.other)
    assert reason_of(cast.carol, Shredding.objects.get()) == "The mother asked."
    line = Line.objects.get(deed=Deed.CASE_KEYS_RENEWED)
    assert line.facts == {"generation": 2, "broken": 0}
    actions.add_entry(seen(cast.carol, opened), PRINCIPAL, at=LATER)


def test_who_has_not_the_newest_key_cannot_do_it(cast: Cast):
    family_of(cast.carol, PRINCIPAL)
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    with pytest.raises(KeysLocked):
        run_the_job(cast.bob.ring)
