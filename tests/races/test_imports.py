"""Several at one delivery at once, and imports killed in the middle: every row is there, and none is there twice."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import timedelta

import pytest
from tests.cast import AT, Cast, make_cast, unlocked_here
from tests.races.both import IN_VAIN, Both, Meeting
from tests.races.kills import at_every_moment
from tests.rooms.intake.arrivals import (
    NAMELESS,
    SHEET,
    again,
    families,
    imported,
    read,
    read_in_this_process,
    run_import,
    run_of,
    run_undo,
    taken,
)

from safeconduct.cases import actions as cases
from safeconduct.cases.models import Case, Ground
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.facts import Household
from safeconduct.intake import importing
from safeconduct.intake.actions import ends, looking, undoing
from safeconduct.intake.actions.beginning import IMPORT, begin_import
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.actions.undoing import UNDO, undo_import
from safeconduct.intake.assessing import unassessed
from safeconduct.intake.importing import import_delivery
from safeconduct.intake.job_kinds import KINDS, LEASE
from safeconduct.intake.models import Delivery, End, Plea, State
from safeconduct.intake.shred import forget_files
from safeconduct.jobs.actions import ask_for
from safeconduct.jobs.models import Job
from safeconduct.journal.verifying import verify
from safeconduct.people.present import Present
from safeconduct.triage.actions import ask_for_override
from safeconduct.triage.models import Override
from safeconduct.vault.models import CaseKey

FAMILIES = 7
REASON = "Her brother was taken last night."


@pytest.fixture
def cast(both: Both, monkeypatch: pytest.MonkeyPatch) -> Cast:
    read_in_this_process(monkeypatch)
    return make_cast()


def nobody_listens(_by: Present, _cases: object) -> None:
    pass


# --- two hands ------------------------------------------------------------------------------


def begin_unprotected(by: Present, code: str, meeting: Meeting) -> str | None:
    """As `begin_import` would be if it looked, and then asked for a job like any other."""
    delivery = Delivery.objects.get(code=code)
    meeting.here()
    if delivery.state != State.READ:
        return None
    job = ask_for(IMPORT, by=by.actor, at=AT, needs_keys=True, subject=code)
    Delivery.objects.filter(code=code).update(state=State.IMPORTING, job=job.code)
    return job.code


def test_without_protection_one_delivery_is_imported_by_two_jobs(both: Both, cast: Cast):
    delivery = read(cast.alice)
    meeting = both.meeting(2)
    both.at_once(2, lambda _turn: begin_unprotected(cast.alice, delivery.code, meeting))
    assert Job.objects.filter(kind=IMPORT).count() == 2


def test_of_two_who_begin_an_import_one_is_told(both: Both, cast: Cast):
    delivery = read(cast.alice)
    hands = (cast.alice, cast.bob)
    told = both.at_once(2, lambda turn: begin_import(hands[turn], delivery.code, at=AT))
    assert sorted(end.told for end in told) == ["DeliveryMovedOn", "done"]
    assert Job.objects.filter(kind=IMPORT).count() == 1


def test_of_two_who_undo_an_import_one_is_told(both: Both, cast: Cast):
    delivery = imported(cast.carol)
    told = both.at_once(
        2, lambda _turn: undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)
    )
    assert sorted(end.told for end in told) == ["DeliveryMovedOn", "done"]
    run_undo(cast.carol)
    assert not Case.objects.exists()


def test_the_same_bytes_from_two_hands_are_taken_once(both: Both, cast: Cast):
    hands = (cast.alice, cast.bob)
    told = both.at_once(2, lambda turn: taken(hands[turn], SHEET))
    assert sorted(end.told for end in told) == ["SentBefore", "done"]
    assert Delivery.objects.count() == 1


def test_a_held_row_opens_one_case_whoever_is_quicker(both: Both, cast: Cast):
    imported(cast.alice)
    held = Plea.objects.get(end=End.QUARANTINED)
    hands = (cast.alice, cast.bob)

    def take(turn: int) -> str:
        return ends.take_in(hands[turn], held.code, [], at=AT, revision=held.revision).code

    told = both.at_once(2, take)
    assert sorted(end.told for end in told) == ["PleaHasItsEnd", "done"]
    held.refresh_from_db()
    assert [held.case] == [end.value for end in told if end.trouble is None]
    assert Case.objects.count() == 4


def test_one_takes_in_while_another_sets_aside(both: Both, cast: Cast):
    imported(cast.alice)
    held = Plea.objects.get(end=End.QUARANTINED)

    def end(turn: int) -> None:
        if turn:
            ends.set_aside(cast.bob, held.code, why="not-for-us", at=AT, revision=held.revision)
        else:
            ends.take_in(cast.alice, held.code, [], at=AT, revision=held.revision)

    told = both.at_once(2, end)
    assert sorted(each.told for each in told) == ["PleaHasItsEnd", "done"]


def test_the_same_words_from_two_hands_are_one_plea(both: Both, cast: Cast):
    hands = (cast.alice, cast.bob)
    told = both.at_once(2, lambda turn: receive_text(hands[turn], "Eight of us.", at=AT))
    assert sorted(end.told for end in told) == ["TextSentBefore", "done"]
    assert Plea.objects.count() == 1


def test_a_family_is_shredded_while_its_import_is_undone(both: Both, cast: Cast):
    """Whoever is quicker: it asked to be forgotten, and its rows are left out of any later import."""
    delivery = imported(cast.carol)
    plea = Plea.objects.get(number=1)
    opened = case_for(cast.carol, plea.case, Purpose.CASEWORK, at=AT)
    cases.ask_to_shred(opened, Ground.ASKED_BY_FAMILY, at=AT)
    undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)

    def work(turn: int) -> None:
        if turn:
            run_undo(cast.carol)
        else:
            cases.agree_to_shred(cast.dana, plea.case, at=AT)

    told = both.at_once(2, work)
    assert [end.told for end in told] == ["done", "done"]
    plea.refresh_from_db()
    assert (plea.end, plea.sealed is not None) == (End.SHREDDED, True)
    assert not Case.objects.exists()


def test_another_band_is_asked_for_while_its_import_is_undone(both: Both, cast: Cast):
    delivery = imported(cast.carol)
    code = Plea.objects.get(number=1).case
    opened = case_for(cast.bob, code, Purpose.CASEWORK, at=AT)
    undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)

    def work(turn: int) -> None:
        if turn:
            run_undo(cast.carol)
        else:
            ask_for_override(opened, band="emergency", until=AT.date(), reason=REASON, at=AT)

    asked, undone = both.at_once(2, work)
    assert undone.told == "done"
    assert asked.told in {"done", "NoSuchCase"}
    kept = [code] if asked.told == "done" else []
    assert list(Case.objects.values_list("code", flat=True)) == kept
    assert list(Override.objects.values_list("case", flat=True)) == kept


def test_somebody_asks_to_read_while_a_colleague_begins(both: Both, cast: Cast, monkeypatch):
    """The delivery names the job that imports it; else its page would say that the import stopped."""
    delivery = read(cast.alice)
    looked, begun = threading.Event(), threading.Event()
    must_wait = looking._must_wait

    def looks_and_dawdles(found: Delivery) -> None:
        must_wait(found)
        looked.set()
        begun.wait(IN_VAIN)

    monkeypatch.setattr(looking, "_must_wait", looks_and_dawdles)

    def work(turn: int) -> None:
        if turn == 0:
            looking.ask_to_read(cast.bob, delivery.code, at=AT)
            return
        assert looked.wait(30)
        begin_import(cast.alice, delivery.code, at=AT)
        begun.set()

    both.at_once(2, work)
    found = again(delivery)
    assert found.state == State.IMPORTING
    assert found.job == Job.objects.get(kind=IMPORT).code


# --- two workers ----------------------------------------------------------------------------


def test_a_worker_that_was_overtaken_writes_nothing_more(both: Both, cast: Cast, monkeypatch):
    """The first falls silent between two batches until its lease is over; the second does all of it."""
    monkeypatch.setattr(importing, "BATCH", 2)
    delivery = read(cast.alice, families(FAMILIES))
    begin_import(cast.alice, delivery.code, at=AT)
    first = run_of(cast.alice, IMPORT)
    silent, overtaken = threading.Event(), threading.Event()
    calls = Counter()

    def assess(household: Household) -> None:
        calls["first"] += 1
        if calls["first"] == 3:  # of the second batch
            silent.set()
            assert overtaken.wait(30)
        return unassessed(household)

    def work(turn: int) -> None:
        if turn == 0:
            import_delivery(first, assess=assess, arrived=nobody_listens)
        else:
            assert silent.wait(30)
            try:
                run_import(cast.alice, at=AT + LEASE + timedelta(minutes=1))
            finally:
                overtaken.set()

    told = both.at_once(2, work)
    assert [end.told for end in told] == ["LeaseLost", "done"]
    check_that_all_is_there_once(delivery)


def test_nobody_undoes_what_is_being_imported(both: Both, cast: Cast, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    delivery = read(cast.alice, families(FAMILIES))
    begin_import(cast.alice, delivery.code, at=AT)
    halfway, looked = threading.Event(), threading.Event()

    def assess(household: Household) -> None:
        if Case.objects.exists() and not looked.is_set():
            halfway.set()
            assert looked.wait(30)
        return unassessed(household)

    def work(turn: int) -> None:
        if turn == 0:
            run_import(cast.alice, assess=assess)
            return
        assert halfway.wait(30)
        try:
            undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)
        finally:
            looked.set()

    told = both.at_once(2, work)
    assert [end.told for end in told] == ["done", "DeliveryMovedOn"]
    check_that_all_is_there_once(delivery)


# --- killed ---------------------------------------------------------------------------------


def import_it(code: str) -> None:
    """One run of the job, in a process of its own, by a fresh claim: the lease of the killed one is over by then."""
    with pytest.MonkeyPatch.context() as patched:
        read_in_this_process(patched)
        patched.setattr(importing, "BATCH", 3)
        if again(Delivery(code=code)).state == State.IMPORTING:
            run_import(unlocked_here("alice"), at=late(code))


def undo_it(code: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(undoing, "STEP", 3)
        if again(Delivery(code=code)).state == State.UNDOING:
            at = late(code)
            run = run_of(unlocked_here("alice"), UNDO, at=at)
            KINDS[UNDO].run(run)
            run.finish()


def late(code: str):
    """Later than the lease of any run before."""
    job = Job.objects.get(code=again(Delivery(code=code)).job)
    return AT + (job.attempts + 1) * (LEASE + timedelta(minutes=1))


def test_an_import_killed_at_any_moment_loses_nobody_and_doubles_nobody(both: Both, cast: Cast):
    sheet = families(FAMILIES) + f"\n{NAMELESS}\n{NAMELESS.replace('1990', '1991')}".encode()
    delivery = read(cast.alice, sheet)
    begin_import(cast.alice, delivery.code, at=AT)
    there: set[str] = set()
    killed = 0
    for each in at_every_moment(both, import_it, delivery.code, every=17):
        killed += each.moment > 0
        pleas = Plea.objects.filter(delivery=delivery)
        now = set(pleas.values_list("code", flat=True))
        assert there <= now, "what was written is there after the next kill too"
        there = now
        check_that_cases_and_pleas_are_one(delivery)
        verify()
    assert killed
    check_that_all_is_there_once(delivery, held=2)


def test_an_undo_killed_at_any_moment_comes_to_its_end(both: Both, cast: Cast):
    delivery = imported(cast.alice, families(FAMILIES))
    undo_import(cast.alice, delivery.code, why="wrong-file", at=AT)
    for _ in at_every_moment(both, undo_it, delivery.code, every=17):
        attached = Plea.objects.filter(end=End.ATTACHED).count()
        # A case is gone before its plea says so, never the other way round.
        assert Case.objects.filter(shredding_since=None).count() <= attached
        verify()
    assert again(delivery).state == State.UNDONE
    assert not Case.objects.exists()
    assert set(CaseKey.objects.values_list("case", flat=True)) == {delivery.code}
    assert Plea.objects.filter(end=End.NONE).count() == FAMILIES


def check_that_cases_and_pleas_are_one(delivery: Delivery) -> None:
    attached = Plea.objects.filter(delivery=delivery, end=End.ATTACHED)
    cases = list(attached.values_list("case", flat=True))
    assert len(set(cases)) == len(cases) == Case.objects.count()
    assert set(cases) == set(Case.objects.values_list("code", flat=True))
    numbers = list(Plea.objects.filter(delivery=delivery).values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)


def check_that_all_is_there_once(delivery: Delivery, *, held: int = 0) -> None:
    check_that_cases_and_pleas_are_one(delivery)
    found = again(delivery)
    assert found.state == State.DONE
    assert (Case.objects.count(), found.quarantined) == (FAMILIES, held)
    assert Plea.objects.filter(end=End.QUARANTINED).count() == held
    told = sum(each.rows for each in Plea.objects.filter(delivery=delivery))
    assert told + (found.repeated or 0) == found.rows


def test_the_clock_forgets_while_somebody_undoes(both: Both, cast: Cast):
    """Either the file is forgotten and nobody undoes any more, or it is undone and the file stays to be read again."""
    delivery = imported(cast.carol)

    def end(turn: int) -> None:
        if turn:
            undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)
        else:
            forget_files(delivery.code, at=AT)

    told = both.at_once(2, end)
    undone = told[1].trouble is None
    found = again(delivery)
    assert told[1].told in {"done", "DeliveryForgotten"}
    assert undone == (found.forgotten_at is None) == found.files.exists()
