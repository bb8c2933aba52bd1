"""From SQLite to PostgreSQL and back by backups. Skipped aloud where no PostgreSQL answers (tests/races/both.py)."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connections
from tests.cast import AT
from tests.races.both import address_of, on_the_server, why_no_postgresql
from tests.rooms.cases.families import FAMILY
from tests.rooms.config.deployments import at_home, home_in
from tests.rooms.config.test_backup import LATER, backed_up, everything, log_in

from safeconduct.cases.actions import open_case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.deployment.backup import restoring
from safeconduct.config.deployment.backup.making import make_backup
from safeconduct.config.deployment.backup.restoring import restore
from safeconduct.config.deployment.checks import look_at
from safeconduct.config.deployment.checks.checking import Serving
from safeconduct.core.errors import BackupNotOpened, NotEmpty

pytestmark = pytest.mark.slow
Urls = dict[str, str]


@pytest.fixture
def urls() -> Iterator[Urls]:
    """Two new databases on the server, dropped afterwards."""
    names = {alias: f"deployment_{alias}_{os.getpid()}" for alias in ("default", "keys")}
    if reason := why_no_postgresql():
        pytest.skip(reason)
    for name in names.values():
        on_the_server(f'CREATE DATABASE "{name}"')
    yield {alias: address_of(name) for alias, name in names.items()}
    for name in names.values():
        on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_there_and_back(deployed, tmp_path, settings, urls):
    code = open_case(deployed.cast.alice, FAMILY, at=AT).code
    made, before = backed_up(deployed, tmp_path), everything()
    there, back = home_in(tmp_path / "server"), home_in(tmp_path / "back")
    how = {"identity": deployed.identity, "at": LATER}
    with at_home(there, settings, urls):
        restore(there, main=made.main, keys=made.keys, **how)
        assert connections["default"].vendor == connections["keys"].vendor == "postgresql"
        assert everything() == before
        case_for(log_in("alice"), code, Purpose.CASEWORK, at=LATER)
        open_case(log_in("bob"), FAMILY, at=LATER)  # sequences are where they should be
        grave = {each.number for each in look_at(there, Serving(at=LATER)) if each.grave}
        assert grave <= {"SCD11", "SCD18"}, "what tests take cheaply"
        again = make_backup(there, to=tmp_path / "b", keys_to=tmp_path / "k", at=LATER)
        there_now = everything()
        with pytest.raises(NotEmpty):
            restore(home_in(tmp_path / "x"), main=made.main, keys=made.keys, **how)
    with at_home(back, settings):
        restore(back, main=again.main, keys=again.keys, **how)
        assert everything() == there_now


def test_a_disk_that_is_full_at_the_very_end_leaves_the_server_empty_too(
    deployed, tmp_path, settings, urls, monkeypatch
):
    """Everything is loaded, and `server.key`, which is written last, is not."""
    made = backed_up(deployed, tmp_path)
    there = home_in(tmp_path / "server")
    how = {"identity": deployed.identity, "at": LATER}

    def full(*_told: object) -> None:
        raise OSError(28, "No space left on device")

    with at_home(there, settings, urls):
        with monkeypatch.context() as patched, pytest.raises(OSError, match="No space"):
            patched.setattr(restoring, "keep_secret", full)
            restore(there, main=made.main, keys=made.keys, **how)
        restore(there, main=made.main, keys=made.keys, **how)


def test_a_restore_that_fails_leaves_the_server_empty(deployed, tmp_path, settings, urls):
    made = backed_up(deployed, tmp_path)
    whole = made.main.read_bytes()
    made.main.write_bytes(whole[:-20])
    there = home_in(tmp_path / "server")
    how = {"identity": deployed.identity, "at": LATER}
    with at_home(there, settings, urls):
        with pytest.raises(BackupNotOpened):
            restore(there, main=made.main, keys=made.keys, **how)
        made.main.write_bytes(whole)
        restore(there, main=made.main, keys=made.keys, **how)
