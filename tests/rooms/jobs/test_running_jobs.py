"""A job run in this process: to its end, off, given up; and what a fault says is told nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from hypothesis import given, strategies as st

from safeconduct.core.errors import KeysNotGiven, LeaseLost, NoKey, UnknownJobKind
from safeconduct.jobs import with_keys
from safeconduct.jobs.actions import ask_for, claim_next
from safeconduct.jobs.keys_by_pipe import put_keys, take_keys
from safeconduct.jobs.kinds import Kind, Run, by_name
from safeconduct.jobs.models import Job, State
from safeconduct.jobs.running import Ended, run_held, run_one_due
from safeconduct.jobs.with_keys import run_jobs_with_keys, run_with_keys_from
from safeconduct.journal.actions import Actor
from safeconduct.journal.models import Line
from safeconduct.vault.keyring import Board, Keyring

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
BY = Actor("M1", "O1")


def clock() -> datetime:
    return AT


def kind(run: Callable[[Run], None], **more: object) -> dict[str, Kind]:
    return by_name(Kind(name="letters", run=run, **more))  # type: ignore[arg-type]


def test_work_that_returns_is_done():
    ask_for("letters", {"count": 2}, by=BY, at=AT)
    seen: list[object] = []
    run = run_one_due(kind(lambda run: seen.append(run.held.facts)), worker="one", clock=clock)
    assert run is not None
    assert run[1] is Ended.DONE
    assert seen == [{"count": 2}]
    assert Job.objects.get().state(AT) is State.DONE


def test_where_nothing_is_due_nothing_is_run():
    assert run_one_due(kind(lambda _: None), worker="one", clock=clock) is None


def test_work_may_end_its_job_in_its_own_transaction():
    ask_for("letters", by=BY, at=AT)

    def work(run: Run) -> None:
        with transaction.atomic():
            ask_for("other", by=BY, at=AT)
            run.finish()

    assert run_one_due(kind(work), worker="one", clock=clock)[1] is Ended.DONE  # type: ignore[index]
    assert list(Line.objects.values_list("deed", flat=True).order_by("-number"))[:1] == ["job done"]


def test_a_refusal_is_kept_by_its_code():
    ask_for("letters", by=BY, at=AT)

    def work(_run: Run) -> None:
        raise NoKey(about="Rahimi")

    assert run_one_due(kind(work), worker="one", clock=clock)[1] is Ended.PUT_OFF  # type: ignore[index]
    assert Job.objects.get().last_trouble == "SC703"


def test_a_fault_is_kept_by_its_kind_and_its_text_is_told_nowhere(caplog):
    ask_for("letters", by=BY, at=AT)

    def work(_run: Run) -> None:
        raise ValueError("the brother of Rahimi, +44 7700 900123")

    assert run_one_due(kind(work, attempts=1), worker="one", clock=clock)[1] is Ended.GIVEN_UP  # type: ignore[index]
    assert Job.objects.get().last_trouble == "ValueError"
    told = caplog.text + str(list(Job.objects.values())) + str(list(Line.objects.values()))
    assert "Rahimi" not in told
    assert "900123" not in told
    assert "ValueError" in caplog.text
    assert "test_running_jobs.py:" in caplog.text


def test_a_run_that_lost_its_lease_is_told_so_and_changes_nothing():
    ask_for("letters", by=BY, at=AT)
    times = iter([AT, AT + timedelta(minutes=9), AT + timedelta(minutes=10)])

    def work(run: Run) -> None:
        taken = claim_next(
            "two", at=AT + timedelta(minutes=5), leases={"letters": timedelta(hours=1)}
        )
        assert taken is not None
        run.step(1, 2)

    ended = run_one_due(kind(work), worker="one", clock=lambda: next(times))
    assert ended is not None
    assert ended[1] is Ended.LEASE_LOST
    assert (Job.objects.get().worker, Job.objects.get().done_steps) == ("two", 0)


def test_a_job_whose_every_run_went_away_is_given_up_without_another():
    ask_for("letters", by=BY, at=AT)
    kinds = kind(lambda _: pytest.fail("run once too often"), attempts=2)
    for n in range(2):
        claim_next("killed", at=AT + timedelta(hours=n), leases={"letters": timedelta(minutes=1)})
    ended = run_one_due(kinds, worker="one", clock=lambda: AT + timedelta(hours=3))
    assert ended is not None
    assert ended[1] is Ended.GIVEN_UP
    assert Job.objects.get().last_trouble == "never-ended"


def test_a_kind_that_this_version_does_not_know_is_refused():
    ask_for("letters", by=BY, at=AT)
    held = claim_next("one", at=AT, leases={"letters": timedelta(minutes=1)})
    assert held is not None
    with pytest.raises(UnknownJobKind):
        run_held(held, {}, clock=clock)


# --- keys -------------------------------------------------------------------------------


class Pipe(BytesIO):
    """A pipe whose bytes can be read when it was closed."""

    def close(self) -> None:
        self.seek(0)


@given(
    st.text(max_size=40), st.dictionaries(st.text(max_size=20), st.binary(max_size=80), max_size=5)
)
def test_keys_come_out_of_the_pipe_as_they_went_in(lease, keys):
    pipe = Pipe()
    put_keys(pipe, lease=lease, keys=keys)
    assert take_keys(pipe) == (lease, keys)


@given(st.data())
def test_a_pipe_that_ends_too_early_gives_no_keys(data):
    whole = Pipe()
    put_keys(whole, lease="lease", keys={"a key": b"0123456789"})
    told = whole.getvalue()
    cut = data.draw(st.integers(0, len(told) - 1))
    if cut == 9:  # just after the lease: a job without a key, which the job itself refuses
        return
    with pytest.raises(KeysNotGiven):
        take_keys(BytesIO(told[:cut]))


def test_a_length_beyond_reason_is_refused_before_it_is_read():
    pipe = BytesIO(b"\xff\xff\xff\xff" + b"0" * 100)
    with pytest.raises(KeysNotGiven):
        take_keys(pipe)
    assert pipe.tell() == 4


def board(*members: str, office: str = "O1") -> Board:
    it = Board()
    for member in members:
        it.hang(Keyring(member, b"private", office, {1: b"office"}), whole=True, at=AT)
    return it


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, bytes]]]:
    """Jobs and keys that would have gone to a process of their own."""
    given_to: list[tuple[str, dict[str, bytes]]] = []
    monkeypatch.setattr(
        with_keys,
        "_run_in_child",
        lambda held, _kind, keys, *_: given_to.append((held.job, dict(keys))),
    )
    return given_to


def own_office_key(_job: Job, ring: Keyring) -> dict[str, bytes]:
    return {"office": ring.office_key(1), "member": ring.member.encode()}


def run_due(it: Board, **more: object) -> int:
    kinds = kind(lambda _: None, keys_for=own_office_key)
    return run_jobs_with_keys(it, kinds=kinds, clock=clock, idle_before=AT, **more)  # type: ignore[arg-type]


def test_a_job_with_keys_is_given_those_of_whoever_asked_where_they_are_open(children):
    job = ask_for("letters", by=BY, at=AT, needs_keys=True)
    assert run_due(board("M0", "M1", "M2")) == 1
    assert children == [(job.code, {"office": b"office", "member": b"M1"})]
    assert Line.objects.latest("number").member == "M1"


def test_else_those_of_a_colleague_and_never_of_another_office(children):
    ask_for("letters", by=BY, at=AT, needs_keys=True)
    assert run_due(board("M8", "M9", office="O2")) == 0
    assert Job.objects.get().state(AT) is State.WAITS_FOR_KEYS
    assert run_due(board("M2")) == 1
    assert children[0][1]["member"] == b"M2"


def test_while_nobody_has_opened_their_keys_it_waits(children):
    ask_for("letters", by=BY, at=AT, needs_keys=True)
    it = Board()
    it.hang(Keyring("M1", b"private", "O1", {1: b"office"}), whole=False, at=AT)
    it.hang(Keyring("M1", b"private", "O1", {1: b"office"}), whole=True, at=AT - timedelta(hours=1))
    it.hang(Keyring("M2", b"private", "O1", {}), whole=True, at=AT)
    assert run_due(it) == 0
    assert Job.objects.get().attempts == 0
    assert not children


def test_the_process_of_a_job_refuses_to_run_without_its_lease_or_without_keys():
    job = ask_for("letters", by=BY, at=AT, needs_keys=True)
    held = claim_next("desk", at=AT, leases={"letters": timedelta(minutes=1)}, needs_keys=True)
    assert held is not None

    def told(lease: str, **keys: bytes) -> Pipe:
        pipe = Pipe()
        put_keys(pipe, lease=lease, keys=keys)
        return pipe

    kinds = kind(lambda run: None if run.keys == {"a": b"key"} else pytest.fail("other keys"))
    for lease in ("", "another"):
        with pytest.raises(LeaseLost):
            run_with_keys_from(told(lease, a=b"key"), job.code, kinds, clock=clock)
    with pytest.raises(KeysNotGiven):
        run_with_keys_from(told(held.lease), job.code, kinds, clock=clock)
    assert (
        run_with_keys_from(told(held.lease, a=b"key"), job.code, kinds, clock=clock) is Ended.DONE
    )


def test_neither_a_run_nor_what_is_held_tells_its_keys_or_its_lease():
    ask_for("letters", by=BY, at=AT)
    held = claim_next("one", at=AT, leases={"letters": timedelta(minutes=1)})
    assert held is not None
    run = Run(held=held, lease=timedelta(minutes=1), clock=clock, keys={"a": b"a-secret"})
    assert "a-secret" not in repr(run)
    assert held.lease not in repr(run)
