"""What goes on beside the requests: each round for itself, a fault stops none, and stopping drops every key."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from tests.cast import AT

from safeconduct.cases.actions import open_case
from safeconduct.cases.models import Case, State
from safeconduct.config.deployment import tending
from safeconduct.config.deployment.forgetting import forget_what_is_due
from safeconduct.config.deployment.tending import Round, Tending, drop_idle_rings, run_keyed_jobs
from safeconduct.people.actions import lock_down
from safeconduct.people.models import Attempts
from safeconduct.vault.keyring import BOARD


@pytest.mark.django_db(databases=["default", "keys"])
def test_idle_keys_fall(cast, settings):
    settings.CLOCK = lambda: AT + settings.IDLE_END + timedelta(seconds=1)
    BOARD.hang(cast.alice.ring, whole=True, at=AT)
    drop_idle_rings()
    assert len(BOARD) == 0


@pytest.mark.django_db(databases=["default", "keys"])
def test_what_is_due_by_the_clock_is_forgotten(cast, settings):
    Attempts.objects.create(door="d", full_at=AT - timedelta(days=1))
    kept, due = (open_case(cast.alice, at=AT).code for _ in range(2))
    Case.objects.filter(code=due).update(
        state=State.CLOSED, keep_until=AT.date() - timedelta(days=1)
    )
    forget_what_is_due(AT)
    assert not Attempts.objects.exists()
    assert [case.code for case in Case.objects.all()] == [kept]


@pytest.mark.django_db(databases=["default", "keys"])
def test_in_a_lock_down_no_job_is_lent_a_key(cast, monkeypatch):
    runs: list[object] = []
    monkeypatch.setattr(tending, "run_jobs_with_keys", lambda board, **_: runs.append(board))
    run_keyed_jobs()
    lock_down(cast.alice.actor, at=AT)
    run_keyed_jobs()
    assert runs == [BOARD]


def test_a_round_that_fails_is_done_again_and_holds_up_no_other(monkeypatch):
    monkeypatch.setattr(tending, "close_old_connections", lambda: None)
    again, other = threading.Event(), threading.Event()
    tries: list[int] = []

    def fails():
        tries.append(1)
        if len(tries) > 1:
            again.set()
        raise ValueError("a value that somebody typed")

    going = Tending([Round("fails", fails, every=0), Round("other", other.set, every=0)])
    going.start()
    assert again.wait(10)
    assert other.wait(10)
    going.stop()


def test_stopping_drops_every_key_and_ends_every_round(monkeypatch):
    monkeypatch.setattr(tending, "close_old_connections", lambda: None)
    begun = threading.Event()
    going = Tending([Round("one", begun.set, every=0)])
    going.start()
    assert begun.wait(10)
    going.stop()
    assert len(BOARD) == 0
    assert not any(thread.is_alive() for thread in going._threads)
