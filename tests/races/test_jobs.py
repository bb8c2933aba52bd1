"""A job's lease: of several workers one has it; whoever was killed is found by it and the job is run again."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from tests.races.both import Both, Meeting
from tests.races.kills import at_every_moment, at_odd_moments

from safeconduct.core.errors import LeaseLost, NoKey
from safeconduct.jobs import actions
from safeconduct.jobs.actions import ask_for, claim_next, finish
from safeconduct.jobs.kinds import Kind, Run, by_name
from safeconduct.jobs.models import LIVE, Job, State
from safeconduct.jobs.running import run_one_due
from safeconduct.jobs.with_keys import end_running_children, run_jobs_with_keys
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import noted_heads
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify
from safeconduct.vault.keyring import Board, Keyring

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)
LEASES = {"letters": LEASE}
BY = Actor("M1", "O1")
STEPS = 5


# --- several workers ------------------------------------------------------------------


def claim_unprotected(worker: str, meeting: Meeting) -> str | None:
    """As `claim_next` would be if it looked first and then took what it had seen."""
    job = Job.objects.filter(LIVE, lease="").order_by("due_at").first()
    meeting.here()
    if job is None:
        return None
    job.lease, job.worker = worker, worker
    job.save()
    return job.code


def test_without_the_condition_two_workers_run_one_job(both: Both):
    ask_for("letters", by=BY, at=AT)
    meeting = both.meeting(2)
    ends = both.at_once(2, lambda turn: claim_unprotected(f"worker-{turn}", meeting))
    assert ends[0].value == ends[1].value is not None


def test_two_workers_and_one_job_exactly_one_gets_it(both: Both, monkeypatch):
    """They look at the same moment: both have seen it waiting before either takes it."""
    ask_for("letters", by=BY, at=AT)
    meeting = both.meeting(2)
    claim = actions.claim

    def claim_after_the_other_has_looked(*told, **more):
        meeting.here()
        return claim(*told, **more)

    monkeypatch.setattr(actions, "claim", claim_after_the_other_has_looked)
    ends = both.at_once(2, lambda turn: claim_next(f"worker-{turn}", at=AT, leases=LEASES))
    assert [end.told for end in ends] == ["done", "done"]
    assert sum(end.value is not None for end in ends) == 1
    assert (Job.objects.get().attempts, Line.objects.filter(deed=Deed.JOB_BEGUN).count()) == (1, 1)


def test_four_workers_and_twelve_jobs_each_is_run_once(both: Both):
    codes = {ask_for("letters", by=BY, at=AT).code for _ in range(12)}

    def take_all(turn: int) -> list[str]:
        taken = []
        while held := claim_next(f"worker-{turn}", at=AT, leases=LEASES):
            finish(held, at=AT)
            taken.append(held.job)
        return taken

    ends = both.at_once(4, take_all)
    taken = [code for end in ends for code in end.value]
    assert sorted(taken) == sorted(codes)
    assert Line.objects.filter(deed=Deed.JOB_DONE).count() == 12
    verify()


def test_a_left_job_is_taken_over_by_exactly_one(both: Both):
    ask_for("letters", by=BY, at=AT)
    first = claim_next("killed", at=AT, leases=LEASES)
    assert first is not None
    ends = both.at_once(3, lambda turn: claim_next(f"w-{turn}", at=AT + LEASE, leases=LEASES))
    assert sum(end.value is not None for end in ends) == 1
    with pytest.raises(LeaseLost):
        finish(first, at=AT + LEASE)


def test_finishing_and_taking_over_at_once_has_one_outcome(both: Both):
    ask_for("letters", by=BY, at=AT)
    first = claim_next("slow", at=AT, leases=LEASES)
    assert first is not None

    def either(turn: int) -> bool:
        if turn:
            return claim_next("other", at=AT + LEASE, leases=LEASES) is not None
        finish(first, at=AT + LEASE)
        return True

    finished, took = both.at_once(2, either)
    assert (finished.told == "done") is not bool(took.value)
    assert Job.objects.get().state(AT + LEASE) is (State.RUNNING if took.value else State.DONE)


def ask_unprotected(meeting: Meeting) -> str | None:
    """As "one live job for each subject" would be without the wall: look, then ask."""
    live = Job.objects.filter(LIVE, kind="letters", subject="K1").exists()
    meeting.here()
    return None if live else ask_for("letters", by=BY, at=AT, subject="K1").code


def test_without_the_wall_one_thing_is_asked_for_twice(both: Both):
    meeting = both.meeting(2)
    ends = both.at_once(2, lambda _: ask_unprotected(meeting))
    assert len({end.value for end in ends}) == 2
    assert Job.objects.count() == 2


def test_one_live_job_for_a_subject_however_many_ask_at_once(both: Both):
    ends = both.at_once(4, lambda _: ask_for("letters", by=BY, at=AT, subject="K1", alone=True))
    told = sorted(end.told for end in ends)
    assert told == ["JobAlreadyAsked"] * 3 + ["done"]
    assert (Job.objects.count(), Line.objects.count()) == (1, 1)


def test_the_wall_is_the_databases_own(both: Both):
    ask_for("letters", by=BY, at=AT, subject="K1", alone=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(
            code="X", kind="letters", subject="K1", alone=True, asked_at=AT, due_at=AT
        )


# --- killed -------------------------------------------------------------------------------


def write_letters(run: Run) -> None:
    """Steps that leave alone what an earlier run has done: a letter is a line about its number."""
    for number in range(STEPS):
        letter = f"{run.held.subject}-{number}"
        with transaction.atomic():
            if not Line.objects.filter(about=letter).exists():
                write_line(Deed.EXPORT_WRITTEN, by=BY, at=run.clock(), about=letter)
        print(letter, flush=True)
        run.step(number + 1, STEPS)


KINDS = by_name(Kind(name="letters", run=write_letters, lease=LEASE, attempts=10_000))


def work_once(hours: int) -> str:
    ended = run_one_due(KINDS, worker="worker", clock=lambda: AT + timedelta(hours=hours))
    return "nothing" if ended is None else ended[1].value


def ask_and_work_for_ever(begin: str) -> None:
    """A job is acknowledged when it was asked for, and when it was run."""
    for turn in count():
        job = ask_for("letters", by=BY, at=AT, subject=f"{begin}{turn}")
        print("asked", job.code, flush=True)
        ended = run_one_due(KINDS, worker="worker", clock=lambda: AT)
        print(ended[1].value if ended else "nothing", ended[0].job if ended else "", flush=True)


def letters_of(subject: str) -> list[str]:
    found = Line.objects.filter(about__startswith=f"{subject}-").values_list("about", flat=True)
    return sorted(found)


@pytest.mark.slow
def test_a_worker_killed_halfway_is_found_by_its_lease_and_the_job_runs_again_without_harm(
    both: Both,
):
    """At every statement and commit of a run: the lease ends, another process runs it, each letter is there once."""
    job = ask_for("letters", by=BY, at=AT, subject="K1")
    child = both.child(work_once, 0)
    child.wait_until_ready()
    child.go()
    assert child.process.stdout is not None
    assert child.process.stdout.readline() == "K1-0\n"
    child.kill()
    seen = Job.objects.get()
    if seen.finished_at is None:  # it was quicker than we were
        assert seen.state(AT + timedelta(seconds=1)) is State.RUNNING
        assert both.in_processes([(work_once, (0,))]) == ["nothing"], "its lease still holds"
        assert seen.state(AT + LEASE) is State.LEFT
    assert both.in_processes([(work_once, (1,))]) == ["done"] or seen.finished_at
    assert Job.objects.get(code=job.code).state(AT) is State.DONE
    assert letters_of("K1") == [f"K1-{number}" for number in range(STEPS)]
    verify(noted_heads())


@pytest.mark.slow
def test_killed_at_every_third_moment_of_a_run(both: Both):
    job = ask_for("letters", by=BY, at=AT, subject="K1")
    for killed in at_every_moment(both, work_once_or_again, job.code, every=3):
        assert letters_of("K1")[: len(killed.acknowledged)] == killed.acknowledged
        verify(noted_heads())
    assert Job.objects.get().state(AT) is State.DONE
    assert letters_of("K1") == [f"K1-{number}" for number in range(STEPS)]


def work_once_or_again(code: str) -> str:
    """Later than any lease that an earlier run left behind."""
    left = Job.objects.get(code=code).leased_until or AT
    ended = run_one_due(KINDS, worker="worker", clock=lambda: left)
    return "nothing" if ended is None else ended[1].value


@pytest.mark.slow
def test_killed_at_odd_moments_every_job_that_was_asked_for_is_run(both: Both):
    asked: set[str] = set()
    done: set[str] = set()
    for killed in at_odd_moments(both, ask_and_work_for_ever, "K", times=5):
        for line in killed.acknowledged:
            what, _, code = line.partition(" ")
            asked |= {code} if what == "asked" else set()
            done |= {code} if what == "done" else set()
        verify(noted_heads())
    assert asked <= set(Job.objects.values_list("code", flat=True))
    assert done <= set(Job.objects.filter(finished_at__isnull=False).values_list("code", flat=True))
    while run_one_due(KINDS, worker="after", clock=lambda: AT + timedelta(hours=1)):
        pass
    assert not Job.objects.filter(LIVE).exists()
    for deed in (Deed.JOB_ASKED, Deed.JOB_DONE):
        told = list(Line.objects.filter(deed=deed).values_list("about", flat=True))
        assert len(told) == len(set(told)) == Job.objects.count()
    verify(noted_heads())


# --- with keys, in a process of its own ---------------------------------------------------------


SECRET = b"a key of thirty-two bytes, no more"


def look_for_keys(run: Run) -> None:
    """Done only where the key came, and stands neither in the arguments nor in the environment."""
    key = run.keys["office"]
    told = Path("/proc/self/cmdline").read_bytes() + Path("/proc/self/environ").read_bytes()
    if key != SECRET or key in told or run.held.lease.encode() in told:
        raise NoKey(about="this")
    run.step(1, 1)


def go_away(_run: Run) -> None:
    os.kill(os.getpid(), 9)


def wait_for_ever(_run: Run) -> None:
    threading.Event().wait()


def office_key(_job: Job, ring: Keyring) -> dict[str, bytes]:
    return {"office": ring.office_key(1)}


def kinds_with_keys() -> dict[str, Kind]:
    return by_name(
        Kind(name="export", run=look_for_keys, keys_for=office_key, lease=LEASE),
        Kind(name="long", run=wait_for_ever, keys_for=office_key, lease=LEASE),
        Kind(name="unlucky", run=go_away, keys_for=office_key, lease=LEASE),
    )


@pytest.fixture
def desk(both: Both, monkeypatch: pytest.MonkeyPatch) -> Board:
    """A desk where M1 has opened their keys; its children work on the databases of the race."""
    for name, value in both.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("RACE_JOB_KINDS", "tests.races.test_jobs.kinds_with_keys")
    board = Board()
    board.hang(Keyring("M1", b"private", "O1", {1: SECRET}), whole=True, at=AT)
    return board


def run_due(board: Board) -> int:
    return run_jobs_with_keys(board, kinds=kinds_with_keys(), clock=lambda: AT, idle_before=AT)


@pytest.mark.slow
def test_a_job_with_keys_runs_in_a_process_that_is_given_them_by_pipe_and_ends(desk: Board):
    job = ask_for("export", by=BY, at=AT, needs_keys=True)
    assert run_due(desk) == 1
    ended = Job.objects.get(code=job.code)
    assert (ended.state(AT), ended.last_trouble, ended.done_steps) == (State.DONE, "", 1)
    begun = Line.objects.get(deed=Deed.JOB_BEGUN)
    assert (begun.member, begun.about, begun.facts["keys"]) == ("M1", job.code, "given")
    assert end_running_children() == 0
    verify(noted_heads())


@pytest.mark.slow
def test_a_process_with_keys_that_goes_away_leaves_its_job_to_be_tried_again(desk: Board):
    ask_for("unlucky", by=BY, at=AT, needs_keys=True)
    assert run_due(desk) == 1
    left = Job.objects.get()
    assert (left.state(AT), left.last_trouble) == (State.WAITS_FOR_KEYS, "process-ended")
    assert left.due_at > AT


@pytest.mark.slow
def test_a_lock_down_ends_the_processes_that_were_given_keys(both: Both, desk: Board):
    ask_for("long", by=BY, at=AT, needs_keys=True)
    ended: list[int] = []

    def either(turn: int) -> None:
        if turn:
            run_due(desk)
            return
        while not ended or ended[-1] == 0:
            threading.Event().wait(0.01)  # lets the other on
            ended.append(end_running_children())

    assert [end.told for end in both.at_once(2, either)] == ["done", "done"]
    assert ended[-1] == 1
    assert Job.objects.get().last_trouble == "process-ended"


def test_a_ring_that_was_closed_meanwhile_gives_no_key(
    desk: Board, monkeypatch: pytest.MonkeyPatch
):
    """The lock-down came between the look at the ring and the start of the process."""
    given: list[bytes] = []

    def keys_and_then_a_lock_down(_job: Job, ring: Keyring) -> dict[str, bytes]:
        key = ring.office_key(1)
        desk.drop_all()
        given.append(key)
        return {"office": key}

    kinds = by_name(Kind(name="export", run=look_for_keys, keys_for=keys_and_then_a_lock_down))
    ask_for("export", by=BY, at=AT, needs_keys=True)
    run_jobs_with_keys(desk, kinds=kinds, clock=lambda: AT, idle_before=AT)
    assert given == [SECRET]
    assert Job.objects.get().last_trouble == "process-ended"
