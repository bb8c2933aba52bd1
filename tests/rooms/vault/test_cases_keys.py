"""A case's keys: shared with whom they are meant for, renewed without losing anything, shredded for good."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from tests.rooms.vault.rings import OFFICE, Team, stranger

from safeconduct.core.errors import KeyDoesNotFit, KeysLocked, KeySwapped, NoKey
from safeconduct.vault.actions.case_keys import (
    Share,
    drop_versions_before,
    new_case_keys,
    open_case_keys,
    open_many_case_keys,
    purpose_of,
    renew_case_keys,
    share_case_keys,
    shred_case_keys,
)
from safeconduct.vault.models import CaseKey, Part
from safeconduct.vault.wrapping import new_pair, public_of, wrap

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def a_case(team: Team, code: str = "K1"):
    return new_case_keys(team.alice, case=code, office=OFFICE, generation=1, public=team.public)


def our_share(team: Team) -> Share:
    return Share(OFFICE, 1, team.public)


def opens(ring, code: str = "K1", version: int = 1, *, own: bool = True):
    return open_case_keys(ring, case=code, version=version, own=own)


def test_the_two_keys_differ_and_a_colleague_opens_both(team: Team):
    made = a_case(team)
    assert made.card.raw != made.contents.raw
    assert opens(team.bob) == made


def test_another_office_opens_what_it_was_given(team: Team):
    made, charlie = a_case(team), stranger()
    public = public_of(charlie.office_key(1))
    with pytest.raises(NoKey):
        opens(charlie, own=False)
    share_case_keys(made, office="OTHER", generation=1, public=public, parts=[Part.CARD])
    assert opens(charlie, own=False).card == made.card
    with pytest.raises(NoKey):
        opens(charlie, own=False).of(Part.CONTENTS)
    with pytest.raises(NoKey):
        share_case_keys(opens(charlie, own=False), office="THIRD", generation=1, public=public)
    held = set(CaseKey.objects.values_list("office", "part"))
    assert held == {(OFFICE, "card"), (OFFICE, "contents"), ("OTHER", "card")}


def test_keys_that_something_may_be_sealed_under_are_not_written_over(team: Team):
    made = a_case(team)
    with pytest.raises(IntegrityError):
        a_case(team)
    assert opens(team.bob) == made


def test_a_renewed_case_opens_under_the_version_that_main_names(team: Team):
    first = a_case(team)
    second = renew_case_keys(team.alice, case="K1", shares=[our_share(team)])
    assert second.card.version == second.contents.version == 2
    assert opens(team.bob, version=1) == first
    assert opens(team.bob, version=2) == second
    assert drop_versions_before("K1", 2) == 2
    with pytest.raises(NoKey):
        opens(team.bob, version=1)


def test_two_who_renew_at_once_have_each_a_version_of_their_own(team: Team):
    a_case(team)
    one = renew_case_keys(team.alice, case="K1", shares=[our_share(team)])
    two = renew_case_keys(team.alice, case="K1", shares=[our_share(team)])
    assert one.card.version != two.card.version
    assert opens(team.bob, version=one.card.version) == one


def test_a_shredded_case_is_not_renewed(team: Team):
    a_case(team)
    assert shred_case_keys("K1") == 2
    with pytest.raises(NoKey):
        renew_case_keys(team.alice, case="K1", shares=[our_share(team)])
    with pytest.raises(NoKey):
        opens(team.bob)


def test_many_cases_are_opened_at_once(team: Team):
    made = {code: a_case(team, code) for code in ("K1", "K2", "K3")}
    renew_case_keys(team.alice, case="K2", shares=[our_share(team)])
    wanted = {"K1": 1, "K2": 1, "K9": 1}
    assert open_many_case_keys(team.bob, wanted) == {"K1": made["K1"], "K2": made["K2"]}
    cards = open_many_case_keys(team.bob, {"K3": 1}, parts=[Part.CARD])
    assert cards["K3"].card == made["K3"].card
    assert cards["K3"].contents is None


@pytest.mark.parametrize(
    "move",
    [
        {"case": "K1", "part": "card", "as_": {"case": "K9"}},
        {"case": "K1", "part": "contents", "as_": {"part": "card", "case": "K9"}},
        {"case": "K1", "part": "card", "as_": {"version": 2, "case": "K9"}},
        {"case": "K1", "part": "card", "as_": {"generation": 1, "version": 9}},
    ],
    ids=["another case", "another part", "another version", "a version put up"],
)
def test_a_case_key_moved_elsewhere_is_refused(team: Team, move):
    a_case(team)
    CaseKey.objects.filter(case=move["case"], part=move["part"]).update(**move["as_"])
    row = CaseKey.objects.get(**move["as_"])
    with pytest.raises(KeyDoesNotFit):
        opens(team.bob, row.case, row.version)


def test_two_case_keys_swapped_are_both_refused(team: Team):
    a_case(team, "K1")
    a_case(team, "K2")
    one, two = CaseKey.objects.filter(part="card").order_by("case")
    one.wrapped, two.wrapped = two.wrapped, one.wrapped
    one.save()
    two.save()
    for code in ("K1", "K2"):
        with pytest.raises(KeyDoesNotFit):
            opens(team.bob, code)


def test_a_case_key_altered_cut_or_of_another_office_is_refused(team: Team):
    a_case(team)
    row = CaseKey.objects.get(part="card")
    whole = bytes(row.wrapped)
    for changed in (
        b"",
        whole[:-1],
        whole + b"\0",
        whole[:40] + b"\0" + whole[41:],
        b"\x01" + whole[1:],
    ):
        row.wrapped = changed
        row.save()
        with pytest.raises(KeyDoesNotFit):
            opens(team.bob)
    row.wrapped, row.office = whole, "OTHER"
    row.save()
    with pytest.raises(KeyDoesNotFit):
        opens(stranger(), own=False)


def test_a_key_of_a_generation_not_on_the_ring_says_that_keys_are_closed(team: Team):
    a_case(team)
    CaseKey.objects.update(generation=2)
    with pytest.raises(KeysLocked):
        opens(team.bob)


def plant(team: Team, part: str) -> bytes:
    """As anybody writes it who can write to the key store: all that it takes is the office's public key."""
    key = CaseKey.objects.get(part=part)
    purpose = purpose_of("K1", part, key.version, OFFICE, key.generation)
    planted = bytes(32)
    key.wrapped = wrap(team.public, planted, purpose=purpose)
    key.save()
    return planted


def test_a_key_that_the_office_did_not_wrap_itself_opens_no_case_of_its_own(team: Team):
    made = a_case(team)
    for part in ("card", "contents"):
        plant(team, part)
        with pytest.raises(KeyDoesNotFit):
            opens(team.bob)
        with pytest.raises(KeyDoesNotFit):
            open_many_case_keys(team.bob, {"K1": 1})
    assert opens(team.bob, own=False) != made


def test_a_case_of_ones_own_does_not_open_as_another_offices(team: Team):
    a_case(team)
    with pytest.raises(KeyDoesNotFit):
        opens(team.bob, own=False)


def test_nothing_is_wrapped_to_a_key_of_another_kind(team: Team):
    with pytest.raises(KeySwapped):
        new_case_keys(
            team.alice, case="K1", office=OFFICE, generation=1, public=new_pair().public[:32]
        )
    assert not CaseKey.objects.exists()
