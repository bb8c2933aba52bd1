"""One press closes everything for everyone; an approver opens it again."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from tests.cast import PASSPHRASE
from tests.rooms.people.conftest import SECRET

from safeconduct.core.errors import NoRight, NotClosed
from safeconduct.jobs import with_keys
from safeconduct.journal.actions import Actor
from safeconduct.journal.models import Line
from safeconduct.people import actions
from safeconduct.people.models import LockDown
from safeconduct.people.second_factors import code_at
from safeconduct.people.views import door, office
from safeconduct.vault.keyring import BOARD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
AT = datetime(2021, 8, 15, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("who", ["alice", "carol", "dana", "audrey", "otto"])
def test_one_press_closes_everything_for_everyone(cast, inside, who, clock):
    bob, presser = inside(cast.bob), inside(getattr(cast, who))
    clock.goes_on(minutes=1)
    page = presser.client.post("/lock-down/")
    assert page.status_code == 503
    assert cast.home.name not in page.content.decode()
    assert len(BOARD) == 0
    for each in (bob, presser):
        for path in ("/", "/me/", "/door/welcome/", "/door/again/", "/nothing/"):
            assert each.client.get(path).status_code == 503, path
    assert Line.objects.get(deed="locked down").member == getattr(cast, who).member.code


def test_also_where_no_member_pressed(cast, inside, clock):
    alice = inside(cast.alice)
    clock.goes_on(minutes=1)
    actions.lock_down(Actor(), clock.at)
    assert alice.client.get("/me/").status_code == 503
    assert len(BOARD) == 0


def test_a_job_that_was_given_keys_ends_with_them(cast, clock):
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with_keys._RUNNING[child] = cast.bob.member.code
    try:
        actions.lock_down(cast.alice.actor, clock.at)
        assert child.wait(timeout=30) == -signal.SIGKILL
    finally:
        with_keys._RUNNING.pop(child, None)
        child.kill()
        child.communicate()


def test_a_process_that_did_not_press_drops_its_keys_at_the_next_request(cast, inside, clock):
    """Another process wrote the row: this one holds rings and sessions from before."""
    alice = inside(cast.alice)
    clock.goes_on(minutes=1)
    LockDown.objects.create(began_at=clock.at, began_by="")
    assert len(BOARD) == 1
    assert alice.client.get("/me/").status_code == 503
    assert len(BOARD) == 0


def test_sessions_from_before_are_worth_nothing_afterwards(cast, inside, clock):
    alice = inside(cast.alice)
    clock.goes_on(minutes=1)
    LockDown.objects.create(began_at=clock.at, reopened_at=clock.at)
    assert alice.client.get("/me/")["Location"] == "/door/"
    assert len(BOARD) == 0


def test_a_process_that_comes_up_stays_closed(cast, browser, clock):
    LockDown.objects.create(began_at=AT)
    assert browser().client.get("/").status_code == 503


@pytest.mark.parametrize("who", ["alice", "carol", "audrey", "otto", "charlie"])
def test_the_door_opens_for_approvers_alone(cast, at_the_door, with_app, who):
    with_app(getattr(cast, who))
    LockDown.objects.create(began_at=AT)
    assert at_the_door.types(who, "wrong words").status_code == 400
    assert at_the_door.types(who, PASSPHRASE).status_code == 503
    assert len(BOARD) == 0
    assert at_the_door.client.get("/door/second-factor/")["Location"] == "/door/"


def test_an_approver_opens_again_with_passphrase_and_second_factor(
    cast, at_the_door, browser, with_app, clock
):
    with_app(cast.dana)
    with_app(cast.alice)
    actions.lock_down(cast.alice.actor, clock.at)
    assert at_the_door.types("dana")["Location"] == "/door/second-factor/"
    assert at_the_door.client.get("/lock-down/open-up/")["Location"] == "/door/"
    clock.goes_on(seconds=31)
    arrived = at_the_door.gives_code(code_at(SECRET, clock.at))
    assert arrived["Location"] == "/lock-down/open-up/"
    for path in ("/me/", "/access/", "/", "/lock-down/"):
        assert at_the_door.client.get(path).status_code == 503
    assert at_the_door.client.get("/door/")["Location"] == "/lock-down/open-up/"
    assert at_the_door.client.get("/lock-down/open-up/").status_code == 200
    assert at_the_door.client.post("/lock-down/open-up/")["Location"] == "/"
    assert at_the_door.client.get("/me/").status_code == 200
    row = LockDown.objects.get()
    assert row.reopened_by == cast.dana.member.code
    assert Line.objects.get(deed="re-opened").member == cast.dana.member.code
    alice = browser()
    alice.comes_in(cast.alice.member)
    assert alice.client.get("/me/").status_code == 200


def test_an_approver_without_second_factor_sets_none_up_in_a_lock_down(cast, at_the_door):
    LockDown.objects.create(began_at=AT)
    assert at_the_door.types("dana").status_code == 503


def test_nobody_opens_what_is_not_closed_or_without_the_right(cast):
    with pytest.raises(NotClosed):
        actions.re_open(cast.dana, at=AT)
    actions.lock_down(cast.alice.actor, AT)
    with pytest.raises(NoRight):
        actions.re_open(cast.carol, at=AT)


def test_two_lock_downs_are_ended_at_once(cast):
    actions.lock_down(cast.alice.actor, AT)
    actions.lock_down(cast.bob.actor, AT)
    actions.re_open(cast.dana, at=AT)
    assert not LockDown.objects.filter(reopened_at=None).exists()


@pytest.mark.parametrize("rung", ["half_open", "let_in"])
def test_who_comes_in_while_somebody_presses_is_shown_out(
    cast, at_the_door, settings, clock, monkeypatch, rung
):
    """The row is written after the door looked, and the rings are dropped before this one hangs."""
    settings.SECOND_FACTOR = "not on loopback"
    honest = getattr(door, rung)

    def pressed_meanwhile(*words, **told):
        hung = honest(*words, **told)
        LockDown.objects.create(began_at=clock.at)
        return hung

    monkeypatch.setattr(door, rung, pressed_meanwhile)
    assert at_the_door.types("alice").status_code == 503
    assert len(BOARD) == 0
    assert not Line.objects.filter(deed="came in").exists()


def test_who_opens_again_while_somebody_presses_is_shown_out_too(cast, inside, clock, monkeypatch):
    alice = inside(cast.alice)
    clock.goes_on(minutes=21)
    honest = door.hang_again

    def pressed_meanwhile(*words, **told):
        honest(*words, **told)
        LockDown.objects.create(began_at=clock.at)

    monkeypatch.setattr(door, "hang_again", pressed_meanwhile)
    assert alice.client.post("/door/again/", {"passphrase": PASSPHRASE}).status_code == 503
    assert len(BOARD) == 0


def test_a_page_in_the_making_is_not_served_once_it_is_closed(cast, inside, clock, monkeypatch):
    """The gate stands behind the view as well."""
    carol = inside(cast.carol)
    clock.goes_on(minutes=1)

    def pressed_meanwhile(by):
        LockDown.objects.create(began_at=clock.at)
        return honest(by)

    honest = office.colleagues
    monkeypatch.setattr(office, "colleagues", pressed_meanwhile)
    page = carol.client.get("/office/")
    assert page.status_code == 503
    assert "bob" not in page.content.decode()
