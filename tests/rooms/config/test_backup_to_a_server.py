"""From SQLite to PostgreSQL and back by backups. Runs where SAFECONDUCT_TEST_DATABASE names a server."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connections
from psycopg import sql
from tests.cast import AT
from tests.rooms.cases.families import FAMILY
from tests.rooms.config.deployments import at_home, home_in
from tests.rooms.config.test_backup import LATER, backed_up, everything, log_in

from safeconduct.cases.actions import open_case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.deployment.backup.making import make_backup
from safeconduct.config.deployment.backup.restoring import restore
from safeconduct.config.deployment.checks import look_at
from safeconduct.config.deployment.checks.checking import Serving
from safeconduct.core.errors import BackupNotOpened, NotEmpty

SERVER = os.environ.get("SAFECONDUCT_TEST_DATABASE", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER, reason="no PostgreSQL named in SAFECONDUCT_TEST_DATABASE"),
]
Urls = dict[str, str]


@pytest.fixture
def urls() -> Iterator[Urls]:
    """Two new databases on the server, dropped afterwards."""
    names = {alias: f"deployment_{alias}_{os.getpid()}" for alias in ("default", "keys")}
    with psycopg.connect(SERVER, autocommit=True) as server:
        for name in names.values():
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield {alias: f"{SERVER.rpartition('/')[0]}/{name}" for alias, name in names.items()}
        for name in names.values():
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


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
        on_the_server = everything()
        with pytest.raises(NotEmpty):
            restore(home_in(tmp_path / "x"), main=made.main, keys=made.keys, **how)
    with at_home(back, settings):
        restore(back, main=again.main, keys=again.keys, **how)
        assert everything() == on_the_server


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
