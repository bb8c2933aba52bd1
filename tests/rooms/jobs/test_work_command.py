"""`safeconduct work`: runs what is due; with keys only what it was started for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import safeconduct
from safeconduct.core.errors import KeysNotGiven, NoSuchJob
from safeconduct.jobs.actions import ask_for, claim
from safeconduct.jobs.keys_by_pipe import put_keys
from safeconduct.jobs.kinds import Kind, by_name
from safeconduct.jobs.models import Job
from safeconduct.journal.actions import Actor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
BY = Actor("M1", "O1")
GIVEN: list[dict[str, bytes]] = []


def kinds() -> dict[str, Kind]:
    return by_name(
        Kind(name="letters", run=lambda _: None),
        Kind(name="export", run=lambda run: GIVEN.append(dict(run.keys)), keys_for=lambda *_: {}),
    )


@pytest.fixture(autouse=True)
def _a_deployment(settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    (settings.HOME / "server.key").write_text("made up", encoding="utf-8")


@pytest.fixture(autouse=True)
def _kinds(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("safeconduct.cli.work.close_old_connections", lambda: None)
    monkeypatch.setattr("safeconduct.cli.work.import_string", lambda _: kinds)
    GIVEN.clear()


def run(*words: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(safeconduct, ["work", *words], input=given)


def test_it_runs_what_is_due_and_ends():
    codes = [ask_for("letters", by=BY, at=AT + timedelta(seconds=n)).code for n in range(2)]
    waits = ask_for("export", by=BY, at=AT, needs_keys=True)
    told = run("--once")
    assert told.exit_code == 0, told.exception
    assert told.output.splitlines() == [f"{code} letters: done" for code in codes]
    assert Job.objects.get(code=waits.code).attempts == 0


def test_it_takes_one_job_with_its_keys_from_the_pipe():
    job = ask_for("export", by=BY, at=AT, needs_keys=True)
    held = claim(job, "desk", at=AT, lease=timedelta(days=9999))
    assert held is not None

    class Kept(BytesIO):
        def close(self) -> None:
            pass

    pipe = Kept()
    put_keys(pipe, lease=held.lease, keys={"office": b"\x00\xff"})
    told = run("--keys-by-pipe", "--job", job.code, given=pipe.getvalue())
    assert told.exit_code == 0, told.exception
    assert GIVEN == [{"office": b"\x00\xff"}]
    assert "done" in told.output


def test_without_keys_or_without_a_job_it_refuses():
    assert isinstance(run("--keys-by-pipe", "--job", "K1").exception, KeysNotGiven)
    assert isinstance(run("--keys-by-pipe").exception, NoSuchJob)
    assert run("--job", "K1").exit_code == 2
