"""A job from its asking to one of its ends; whoever lost the lease writes nothing any more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from safeconduct.core.errors import JobAlreadyAsked, JournalTakesNoWords, LeaseLost
from safeconduct.jobs import actions
from safeconduct.jobs.actions import (
    ask_for,
    claim,
    claim_next,
    finish,
    give_up,
    put_off,
    step,
)
from safeconduct.jobs.held import Held
from safeconduct.jobs.models import Job, State
from safeconduct.jobs.queries import newest_jobs
from safeconduct.journal.actions import Actor
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
LEASE = timedelta(minutes=2)
BY = Actor("M1", "O1")
LEASES = {"letters": LEASE, "export": LEASE}


def later(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def claimed(at: datetime = AT, worker: str = "one") -> Held:
    held = claim_next(worker, at=at, leases=LEASES)
    assert held is not None
    return held


def now_is(job: Job) -> Job:
    return Job.objects.get(code=job.code)


def deeds() -> list[str]:
    return list(Line.objects.order_by("number").values_list("deed", flat=True))


def test_a_job_goes_from_asked_to_done_and_the_journal_tells_it():
    job = ask_for("letters", {"count": 3}, by=BY, at=AT, subject="K1")
    assert now_is(job).state(AT) is State.WAITING
    held = claimed(later(1))
    assert (held.job, held.kind, held.subject, held.facts) == (
        job.code,
        "letters",
        "K1",
        {"count": 3},
    )
    assert (held.asked_by, held.office, held.attempt) == ("M1", "O1", 1)
    assert now_is(job).state(later(2)) is State.RUNNING
    step(held, done=1, of=3, at=later(2), lease=LEASE)
    finish(held, at=later(3))
    ended = now_is(job)
    assert (ended.state(later(4)), ended.done_steps, ended.all_steps, ended.lease) == (
        State.DONE,
        1,
        3,
        "",
    )
    assert deeds() == ["job asked for", "job begun", "job done"]
    assert set(Line.objects.values_list("about", flat=True)) == {job.code}
    verify()


def test_a_job_takes_codes_and_numbers_only():
    with pytest.raises(JournalTakesNoWords):
        ask_for("letters", {"to": "a family of six"}, by=BY, at=AT)
    with pytest.raises(JournalTakesNoWords):
        ask_for("letters to Rahimi", by=BY, at=AT)
    assert not Job.objects.exists()


def test_the_longest_due_is_claimed_first_and_each_once():
    codes = [ask_for("letters", by=BY, at=later(n)).code for n in (2, 0, 1)]
    assert [claimed(later(5)).job for _ in codes] == [codes[1], codes[2], codes[0]]
    assert claim_next("one", at=later(5), leases=LEASES) is None


def test_what_is_not_yet_due_of_another_kind_or_needs_keys_is_left():
    ask_for("letters", by=BY, at=later(10))
    ask_for("unknown", by=BY, at=AT)
    ask_for("export", by=BY, at=AT, needs_keys=True)
    assert claim_next("one", at=AT, leases=LEASES) is None


def test_a_job_whose_worker_is_silent_is_taken_over_when_its_lease_ends():
    job = ask_for("letters", by=BY, at=AT)
    first = claimed()
    just_before = AT + LEASE - timedelta(microseconds=1)
    assert claim_next("two", at=just_before, leases=LEASES) is None
    assert now_is(job).state(AT + LEASE) is State.LEFT
    second = claimed(AT + LEASE, "two")
    assert (second.job, second.attempt) == (first.job, 2)
    assert second.lease != first.lease


@pytest.mark.parametrize(
    "write",
    [
        lambda held: finish(held, at=later(200)),
        lambda held: step(held, done=9, of=9, at=later(200), lease=LEASE),
        lambda held: put_off(held, trouble="SC700", at=later(200), attempts=5),
        lambda held: put_off(held, trouble="SC700", at=later(200), attempts=1),
        lambda held: give_up(held, trouble="SC700", at=later(200)),
    ],
    ids=["finish", "step", "put off", "put off for good", "give up"],
)
def test_whoever_lost_the_lease_writes_nothing(write):
    job = ask_for("letters", by=BY, at=AT)
    first = claimed()
    claimed(later(130), "two")
    before, lines = Job.objects.filter(code=job.code).values().get(), Line.objects.count()
    with pytest.raises(LeaseLost) as refused:
        write(first)
    assert refused.value.where == {"job": job.code}
    assert Job.objects.filter(code=job.code).values().get() == before
    assert Line.objects.count() == lines


def test_what_a_run_wrote_beside_its_end_is_undone_where_the_lease_was_lost():
    ask_for("letters", by=BY, at=AT)
    first = claimed()
    claimed(later(130), "two")
    with pytest.raises(LeaseLost), transaction.atomic():
        ask_for("export", by=BY, at=later(140))
        finish(first, at=later(140))
    assert not Job.objects.filter(kind="export").exists()


def test_nobody_ends_a_job_twice():
    ask_for("letters", by=BY, at=AT)
    held = claimed()
    finish(held, at=later(1))
    with pytest.raises(LeaseLost):
        finish(held, at=later(2))
    with pytest.raises(LeaseLost):
        give_up(held, trouble="SC700", at=later(2))


def test_a_renewed_lease_keeps_others_away():
    ask_for("letters", by=BY, at=AT)
    held = claimed()
    step(held, done=1, of=2, at=later(100), lease=LEASE)
    assert claim_next("two", at=later(210), leases=LEASES) is None
    assert claim_next("two", at=later(220), leases=LEASES) is not None


def test_a_lease_that_ended_and_that_nobody_took_still_finishes():
    job = ask_for("letters", by=BY, at=AT)
    held = claimed()
    finish(held, at=later(1000))
    assert now_is(job).state(later(1000)) is State.DONE


def test_after_a_trouble_it_waits_longer_each_time_and_is_then_given_up():
    job = ask_for("letters", by=BY, at=AT)
    at, waits = AT, []
    for attempt in range(1, 5):
        held = claimed(at)
        assert held.attempt == attempt
        gone = put_off(held, trouble="OperationalError", at=at, attempts=4)
        assert gone is (attempt == 4)
        if not gone:
            waits.append(now_is(job).due_at - at)
            at = now_is(job).due_at
            assert claim_next("one", at=at - timedelta(microseconds=1), leases=LEASES) is None
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    ended = now_is(job)
    assert (ended.state(at), ended.last_trouble) == (State.GIVEN_UP, "OperationalError")
    assert claim_next("one", at=at + timedelta(days=9), leases=LEASES) is None
    assert deeds().count("job put off") == 3
    assert deeds()[-1] == "job given up"
    assert Line.objects.latest("number").facts["trouble"] == "operationalerror"


def test_it_never_waits_longer_than_an_hour():
    ask_for("letters", by=BY, at=AT)
    held = claimed()
    put_off(
        Held(held.job, "letters", "", {}, "", "", 30, held.lease), trouble="X", at=AT, attempts=99
    )
    assert Job.objects.get().due_at == AT + actions.LONGEST_WAIT


def test_one_live_job_of_a_kind_for_a_subject_where_that_was_asked():
    first = ask_for("letters", by=BY, at=AT, subject="K1", alone=True)
    with pytest.raises(JobAlreadyAsked) as refused:
        ask_for("letters", by=BY, at=AT, subject="K1", alone=True)
    assert refused.value.where == {"job": first.code}
    ask_for("letters", by=BY, at=AT, subject="K2", alone=True)
    ask_for("export", by=BY, at=AT, subject="K1", alone=True)
    ask_for("letters", by=BY, at=AT, subject="K1")
    assert deeds() == ["job asked for"] * 4
    held = claim(first, "one", at=AT, lease=LEASE)
    assert held is not None
    finish(held, at=later(1))
    ask_for("letters", by=BY, at=later(2), subject="K1", alone=True)


def test_a_code_drawn_twice_is_not_taken_for_a_job_that_was_asked():
    ask_for("letters", by=BY, at=AT, below=lambda _: 0)
    with pytest.raises(IntegrityError):
        ask_for("letters", by=BY, at=AT, below=lambda _: 0)


def test_a_claim_of_a_row_as_it_was_seen_loses_to_whoever_was_quicker():
    job = ask_for("letters", by=BY, at=AT)
    seen_by_two = [Job.objects.get(code=job.code) for _ in range(2)]
    assert claim(seen_by_two[0], "one", at=AT, lease=LEASE) is not None
    assert claim(seen_by_two[1], "two", at=AT, lease=LEASE) is None
    assert Job.objects.get().worker == "one"


def test_a_lease_that_was_renewed_after_somebody_saw_it_end_is_not_taken():
    ask_for("letters", by=BY, at=AT)
    held = claimed()
    seen = Job.objects.get()
    step(held, done=1, of=2, at=later(125), lease=LEASE)
    assert claim(seen, "two", at=later(130), lease=LEASE) is None
    finish(held, at=later(140))


def test_a_page_shows_an_offices_jobs_newest_first_also_those_that_ended():
    first = ask_for("letters", by=BY, at=AT)
    theirs = ask_for("export", by=Actor("M9", "O9"), at=later(10))
    last = ask_for("letters", by=BY, at=later(50))
    finish(claimed(), at=AT)
    assert [job.code for job in newest_jobs()] == [last.code, theirs.code, first.code]
    assert [job.code for job in newest_jobs(office="O1")] == [last.code, first.code]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, State.WAITING),
        ({"needs_keys": True}, State.WAITS_FOR_KEYS),
        ({"lease": "x", "leased_until": later(1)}, State.RUNNING),
        ({"lease": "x", "leased_until": AT}, State.LEFT),
        ({"finished_at": AT, "needs_keys": True}, State.DONE),
        ({"given_up_at": AT, "needs_keys": True}, State.GIVEN_UP),
    ],
)
def test_a_job_tells_its_state_by_its_times(told, state: State):
    assert Job(code="J", kind="letters", asked_at=AT, due_at=AT, **told).state(AT) is state


def test_the_line_of_a_run_with_keys_is_that_of_the_member_whose_keys_they_are():
    job = ask_for("export", by=BY, at=AT, needs_keys=True)
    held = claim(job, "desk", at=AT, lease=LEASE, keys_of=Actor("M7", "O1"))
    assert held is not None
    line = Line.objects.latest("number")
    assert (line.member, line.facts["keys"]) == ("M7", "given")
    assert Job.objects.get().keys_of == "M7"
