"""Tries at a door, invitations, leaving, lock-down: many at once."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.db.models import QuerySet
from django.test import Client
from tests.cast import PASSPHRASE, make_cast
from tests.races.both import Both

from safeconduct.config.clock import now
from safeconduct.core.errors import NotVouchedFor, TryLater, WrongPassphrase
from safeconduct.journal.actions import Actor
from safeconduct.people import actions, attempts, middleware, second_factors
from safeconduct.people.access import CaseOutline
from safeconduct.people.actions import leaving, roles, second_factor
from safeconduct.people.actions.offices import office_by_now
from safeconduct.people.attempts import WRITTEN_CODE, Bucket, claim
from safeconduct.people.models import Attempts, Grant, LockDown, Member, Office
from safeconduct.people.opening import unlocked
from safeconduct.people.second_factors import code_at, keep_app
from safeconduct.people.views import office
from safeconduct.vault.keyring import BOARD

AT = datetime(2021, 8, 15, 8, 0, tzinfo=UTC)
SMALL = Bucket("small", 10, timedelta(minutes=10))
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ANOTHER = "quite another set of words"
THREADS, TRIES_EACH = 10, 10


def tries(_turn: int) -> int:
    """How many of this thread's tries got through."""
    through = 0
    for _ in range(TRIES_EACH):
        try:
            claim((SMALL, "alice"), at=AT)
        except TryLater:
            continue
        through += 1
    return through


def test_a_hundred_tries_at_once_get_no_more_than_the_bucket(both: Both):
    ends = both.at_once(THREADS, tries)
    assert sum(end.value for end in ends) == SMALL.holds


def test_from_several_processes_too(both: Both):
    assert sum(both.in_processes([(tries, (0,))] * 2)) == SMALL.holds


def test_a_look_and_then_a_write_gives_more(both: Both, monkeypatch):
    """The protection left out: the row is read, and written without a condition."""
    meeting = both.meeting(2)

    def unprotected(door: str, bucket: Bucket, at: datetime) -> bool:
        Attempts.objects.bulk_create([Attempts(door=door, full_at=at)], ignore_conflicts=True)
        full_at = Attempts.objects.get(door=door).full_at
        meeting.here()
        if full_at > at + bucket.every * (bucket.holds - 1):
            return False
        Attempts.objects.filter(door=door).update(full_at=max(full_at, at) + bucket.every)
        return True

    monkeypatch.setattr(attempts, "_took_one", unprotected)
    ends = both.at_once(2, tries)
    assert sum(end.value for end in ends) > SMALL.holds


def test_an_invitation_welcomes_one(both: Both):
    cast = make_cast()
    _, code = actions.invite(cast.carol, handle="erin", roles=["caseworker"], at=AT)

    def comes(turn: int) -> str:
        doors = [(WRITTEN_CODE, f"erin {turn}")]
        words = f"{ANOTHER} {turn}"
        actions.welcome(handle="erin", invitation=code, passphrase=words, doors=doors, at=AT)
        return words

    ends = both.at_once(3, comes)
    assert sorted(end.told for end in ends) == ["StaysShut", "StaysShut", "done"]
    words = next(end.value for end in ends if end.told == "done")
    assert unlocked(Member.objects.get(handle="erin"), words)


def test_two_members_leave_at_once_and_the_key_opens_for_who_stays(both: Both):
    cast = make_cast()
    actions.change_roles(
        cast.carol, member=cast.alice.member.code, roles=["caseworker", "coordinator"], at=AT
    )
    cast.alice.member.refresh_from_db()
    leavers = [(cast.carol, cast.bob.member.code), (cast.alice, cast.audrey.member.code)]

    def leave(turn: int) -> None:
        by, whom = leavers[turn]
        actions.leave(by, member=whom, at=AT)

    ends = both.at_once(2, leave)
    assert [end.told for end in ends] == ["done", "done"], [end.trouble for end in ends]
    assert Office.objects.get(code=cast.home.code).generation == 3
    for handle in ("alice", "carol", "dana"):
        member = Member.objects.select_related("office").get(handle=handle)
        assert set(unlocked(member, PASSPHRASE).office_keys) == {1, 2, 3}


def a_second_factor_while_the_key_turns(both: Both, monkeypatch) -> str:
    """They meet between the look at what is vouched for and the vouching anew; then Alice comes in, or is refused."""
    cast = make_cast()
    meeting, keep, look = both.meeting(2), second_factor.keep_app, leaving.rows_vouched_for

    def keeps(*words, **told) -> None:
        keep(*words, **told)
        meeting.here()

    def looks(*words, **told):
        rows = look(*words, **told)
        meeting.here()
        return rows

    monkeypatch.setattr(second_factor, "keep_app", keeps)
    monkeypatch.setattr(leaving, "rows_vouched_for", looks)

    def does(turn: int) -> None:
        if turn:
            actions.leave(cast.carol, member=cast.bob.member.code, at=AT)
        else:
            actions.set_up_app(cast.alice, secret=SECRET, code=code_at(SECRET, AT), at=AT)

    ends = both.at_once(2, does)
    assert [end.told for end in ends] == ["done", "done"], [end.trouble for end in ends]
    alice = Member.objects.select_related("office").get(handle="alice")
    try:
        unlocked(alice, PASSPHRASE)
    except NotVouchedFor:
        return "refused"
    return "inside"


def test_a_second_factor_set_up_while_the_key_turns_is_vouched_for(both: Both, monkeypatch):
    assert a_second_factor_while_the_key_turns(both, monkeypatch) == "inside"


def test_without_holding_the_office_it_is_not(postgresql_alone: Both, monkeypatch):
    monkeypatch.setattr(second_factor, "held_office", office_by_now)
    assert a_second_factor_while_the_key_turns(postgresql_alone, monkeypatch) == "refused"


def both_step_down(both: Both, monkeypatch) -> list[str]:
    """Two coordinators give the role up, and meet between the look at who remains and the write."""
    cast = make_cast()
    chosen = ["caseworker", "coordinator"]
    actions.change_roles(cast.carol, member=cast.alice.member.code, roles=chosen, at=AT)
    cast.alice.member.refresh_from_db()
    meeting, honest = both.meeting(2), roles.check_who_remains

    def slow(*words, **told) -> None:
        honest(*words, **told)
        meeting.here()

    monkeypatch.setattr(roles, "check_who_remains", slow)

    def steps_down(turn: int) -> None:
        by = (cast.carol, cast.alice)[turn]
        actions.change_roles(by, member=by.member.code, roles=["caseworker"], at=AT)

    return sorted(end.told for end in both.at_once(2, steps_down))


def test_two_last_coordinators_do_not_both_step_down(both: Both, monkeypatch):
    assert both_step_down(both, monkeypatch) == ["LastCoordinator", "done"]


def test_without_holding_the_offices_they_do(postgresql_alone: Both, monkeypatch):
    """On SQLite every writing transaction is alone from its beginning; on PostgreSQL the rows must be held."""
    monkeypatch.setattr(roles, "hold_the_offices", lambda: None)
    assert both_step_down(postgresql_alone, monkeypatch) == ["done", "done"]


def test_a_request_is_decided_once(both: Both):
    cast = make_cast()
    case = CaseOutline("K1", cast.home.code, cast.alice.member.code)
    grant = actions.ask_for_access(cast.bob, case, reason="The family asked for me.", at=AT)

    def decides(turn: int) -> None:
        actions.decide_access(cast.dana, grant=grant.code, granted=bool(turn), at=AT)

    ends = both.at_once(2, decides)
    assert sorted(end.told for end in ends) == ["AlreadyDecided", "done"]
    given = next(turn for turn, end in enumerate(ends) if end.told == "done")
    assert Grant.objects.get().granted is bool(given)


def a_code_brought_twice(both: Both, monkeypatch) -> list[str]:
    """Two who saw the same code bring it at once, and meet between the look at the last counter and the write."""
    cast = make_cast()
    keep_app(cast.alice.member, secret=SECRET, code=code_at(SECRET, AT), at=AT)
    later = AT + timedelta(minutes=1)
    meeting, honest = both.meeting(2), second_factors._counter_of

    def slow(*words, **told) -> int:
        counter = honest(*words, **told)
        meeting.here()
        return counter

    monkeypatch.setattr(second_factors, "_counter_of", slow)

    def brings(_turn: int) -> None:
        actions.agree_by_code(cast.alice.member, code=code_at(SECRET, later), at=later)

    return sorted(end.told for end in both.at_once(2, brings))


def test_a_code_opens_for_one_of_two_who_bring_it_at_once(both: Both, monkeypatch):
    assert a_code_brought_twice(both, monkeypatch) == ["CodeDoesNotFit", "done"]


def test_without_holding_its_row_it_opens_for_both(postgresql_alone: Both, monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda query: query)
    assert a_code_brought_twice(postgresql_alone, monkeypatch) == ["done", "done"]


def test_passphrases_changed_at_once_leave_one_that_opens(both: Both):
    cast = make_cast()
    words = [f"{ANOTHER} {turn}" for turn in range(2)]

    def changes(turn: int) -> None:
        doors = [(WRITTEN_CODE, str(turn))]
        actions.change_passphrase(cast.alice, old=PASSPHRASE, new=words[turn], doors=doors, at=AT)

    both.at_once(2, changes)
    alice = Member.objects.select_related("office").get(handle="alice")

    def opens(passphrase: str) -> bool:
        try:
            return bool(unlocked(alice, passphrase))
        except WrongPassphrase:
            return False

    assert sum(opens(each) for each in words) == 1
    assert not opens(PASSPHRASE)


# --- lock-down against a page in the making ----------------------------------------------------


@pytest.fixture
def held_page(both: Both, monkeypatch, settings):
    """A page of Carol's office that waits, made, until it is let go: (start, let go)."""
    settings.ROOT_URLCONF = "tests.rooms.people.urls"
    settings.SECOND_FACTOR = "not on loopback"
    make_cast()
    carol = Client()
    assert carol.post("/door/", {"handle": "carol", "passphrase": PASSPHRASE})["Location"] == "/"
    made, let_go = threading.Event(), threading.Event()
    honest = office.render

    def slow(*words, **told):
        page = honest(*words, **told)
        made.set()
        let_go.wait(10)
        return page

    monkeypatch.setattr(office, "render", slow)
    answers = []

    def serve() -> None:
        answers.append(carol.get("/office/"))
        connections.close_all()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert made.wait(10)

    def served():
        let_go.set()
        thread.join(10)
        return answers[0]

    return served


def pressed() -> None:
    actions.lock_down(Actor(Member.objects.get(handle="alice").code), now())


def test_after_a_lock_down_no_page_in_the_making_is_served(held_page):
    pressed()
    answer = held_page()
    assert answer.status_code == 503
    assert b"bob" not in answer.content


def test_without_the_gate_behind_the_view_it_is_served(held_page, monkeypatch):
    pressed()
    monkeypatch.setattr(middleware, "closed_since", lambda: None)
    answer = held_page()
    assert answer.status_code == 200
    assert b"bob" in answer.content


def test_no_key_is_left_by_those_who_come_in_while_somebody_presses(both: Both, settings):
    settings.ROOT_URLCONF = "tests.rooms.people.urls"
    settings.SECOND_FACTOR = "not on loopback"
    make_cast()
    browsers = [Client() for _ in range(4)]

    def comes_or_presses(turn: int) -> None:
        if turn == 0:
            pressed()
        else:
            browsers[turn].post("/door/", {"handle": "bob", "passphrase": PASSPHRASE})

    both.at_once(4, comes_or_presses)
    assert LockDown.objects.filter(reopened_at=None).exists()
    for browser in browsers[1:]:
        assert browser.get("/me/").status_code == 503
    assert len(BOARD) == 0
