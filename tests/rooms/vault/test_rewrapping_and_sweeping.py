"""Long work on the key store can be cut off anywhere, begun again, and loses nothing; orphans go late and alone."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice

import pytest
from tests.rooms.vault.rings import AT, OFFICE, Team, stranger

from safeconduct.core.errors import KeyDoesNotFit, KeySwapped
from safeconduct.vault.actions.case_keys import (
    Share,
    new_case_keys,
    open_case_keys,
    renew_case_keys,
    share_case_keys,
    shred_case_keys,
)
from safeconduct.vault.actions.offices import new_generation
from safeconduct.vault.actions.rewrapping import rewrap_step, rewrapping
from safeconduct.vault.actions.sweeping import AFTER, Swept, sweep
from safeconduct.vault.models import CaseKey
from safeconduct.vault.wrapping import new_pair, public_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CODES = [f"K{number}" for number in range(6)]


@pytest.fixture
def made(team: Team):
    """Six cases' keys, then a new generation of their office."""
    keys = {
        code: new_case_keys(team.alice, case=code, office=OFFICE, generation=1, public=team.public)
        for code in CODES
    }
    team.generation, team.public = new_generation(team.alice, members=["ALICE", "BOB"])
    return keys


def of_office(team: Team) -> dict[str, object]:
    return {"office": OFFICE, "generation": team.generation, "public": team.public}


def all_open(team: Team, made) -> bool:
    ring = team.again(team.bob)
    return all(open_case_keys(ring, case=code, version=1) == keys for code, keys in made.items())


def test_every_key_is_wrapped_anew_and_stays_the_same_key(team: Team, made):
    told = list(rewrapping(team.alice, **of_office(team), step=5))
    assert [each.done for each in told] == [5, 10, 12]
    assert [each.left for each in told] == [7, 2, 0]
    assert set(CaseKey.objects.values_list("generation", flat=True)) == {2}
    assert all_open(team, made)


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_it_may_stop_anywhere_and_be_begun_again(team: Team, made, steps):
    list(islice(rewrapping(team.alice, **of_office(team), step=5), steps))
    assert all_open(team, made)
    told = list(rewrapping(team.again(team.bob), **of_office(team), step=5))
    assert told[-1].finished
    assert told[-1].done == 12 - min(5 * steps, 12)
    assert all_open(team, made)
    assert rewrap_step(team.alice, **of_office(team)).done == 0


def test_what_another_office_lent_is_wrapped_anew_and_gains_no_voucher(team: Team, made):
    """Else a key that somebody put in would be the office's own after the next member left."""
    charlie = stranger()
    public = public_of(charlie.office_key(1))
    lent = new_case_keys(charlie, case="LENT", office="OTHER", generation=1, public=public)
    ours = {"office": OFFICE, "generation": 1, "public": public_of(team.alice.office_key(1))}
    share_case_keys(lent, **ours)
    told = list(rewrapping(team.alice, **of_office(team), step=5))[-1]
    assert (told.done, told.broken) == (14, ())
    ring = team.again(team.bob)
    assert open_case_keys(ring, case="LENT", version=1, own=False) == lent
    with pytest.raises(KeyDoesNotFit):
        open_case_keys(ring, case="LENT", version=1)
    assert all_open(team, made)


def test_a_key_that_does_not_open_is_told_and_holds_up_no_other(team: Team, made):
    CaseKey.objects.filter(case="K2", part="card").update(wrapped=b"\x02 altered")
    told = list(rewrapping(team.alice, **of_office(team), step=2))[-1]
    assert (told.broken, told.done, told.left) == (("K2",), 11, 0)
    assert CaseKey.objects.filter(generation=1).count() == 1


def test_what_is_shredded_meanwhile_does_not_come_back(team: Team, made):
    steps = rewrapping(team.alice, **of_office(team), step=3)
    next(steps)
    shred_case_keys("K5")
    list(steps)
    assert not CaseKey.objects.filter(case="K5").exists()


def test_nothing_is_wrapped_to_a_swapped_public_key(team: Team, made):
    with pytest.raises(KeySwapped):
        rewrap_step(team.alice, office=OFFICE, generation=2, public=new_pair().public)
    assert set(CaseKey.objects.values_list("generation", flat=True)) == {1}


# --- sweeping -----------------------------------------------------------------------------------


def test_keys_of_a_case_that_never_came_to_be_go_late(team: Team, made):
    known = set(CODES[1:])
    assert sweep(known, at=AT) == Swept(dropped=0, waiting=2)
    assert sweep(known, at=AT + AFTER - timedelta(seconds=1)) == Swept(dropped=0, waiting=2)
    assert sweep(known, at=AT + AFTER) == Swept(dropped=2, waiting=0)
    assert set(CaseKey.objects.values_list("case", flat=True)) == set(CODES[1:])


def test_a_case_that_came_to_be_between_two_sweeps_keeps_its_keys(team: Team, made):
    sweep(set(CODES[1:]), at=AT)
    assert sweep(set(CODES), at=AT + AFTER) == Swept(dropped=0, waiting=0)
    # And what was seen long ago counts from then on anew.
    assert sweep(set(CODES[1:]), at=AT + 2 * AFTER) == Swept(dropped=0, waiting=2)
    assert all_open(team, made)


def test_older_versions_stay_for_a_backup_that_is_put_back(team: Team, made):
    renew_case_keys(team.alice, case="K0", shares=[Share(OFFICE, team.generation, team.public)])
    sweep(set(CODES), at=AT)
    assert sweep(set(CODES), at=AT + AFTER) == Swept(dropped=0, waiting=0)
    assert set(CaseKey.objects.filter(case="K0").values_list("version", flat=True)) == {1, 2}
