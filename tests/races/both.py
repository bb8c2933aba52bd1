"""Races on a real SQLite file and on a real PostgreSQL database: the means, for every room.

    def test_two_members_one_entry(both: Both):
        made = make_case(...)                       # this process, on the real databases
        ends = both.at_once(2, lambda turn: edit(made, f"text {turn}"))
        assert sorted(end.told for end in ends) == ["ChangedMeanwhile", "done"]

The fixture `both` (conftest.py) gives each test two databases, `default` and `keys`, migrated and empty, first on
SQLite files and then on PostgreSQL. Those of PostgreSQL are emptied between tests (to make and drop them waits long for
a busy disk); a test that changes tables or triggers says `both.spoil()`, and the next one gets new ones.

Within the test every query of this process goes to them; no `django_db` mark is needed, nothing is rolled back, and
transactions are real. A test that should run on one of them alone takes the fixture `sqlite_alone` or
`postgresql_alone`. Where no PostgreSQL answers, its half is skipped aloud.

`both.at_once(times, work)`   threads of this process, each with its own connections; `work(turn)` with turn = 0, 1 ...
                              They set out together. Gives an `End` for each: `value`, or the `trouble` it raised.
`both.meeting(times)`         a place where so many threads wait for each other, to hold one of them between a look and
                              a write: how a test shows that unprotected code breaks, every time and not by luck.
                              Whoever waits in vain (the other is held by a lock) goes on after a moment.
`both.in_processes(works)`    fresh interpreters with their own connections: works are `(function, arguments)`; the
                              function stands at the top of a test module, arguments and answers are plain JSON. They
                              are made ready first and set out together.
`both.environment()`          what a subprocess needs to work on the same databases: see also kills.py.
`both.is_postgresql`          on which of the two the test runs.

Protection is shown to matter: each race has a test of the same work with the protection left out, which must break.
PostgreSQL is looked for where SAFECONDUCT_TEST_DATABASE says, else SAFECONDUCT_TEST_POSTGRES (scripts/test.sh), else at
postgres://postgres@127.0.0.1:5432/postgres.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.core.management import call_command
from django.db import connections

from safeconduct.config.settings import _database

ROOT = Path(__file__).parents[2]
SERVER = (
    os.environ.get("SAFECONDUCT_TEST_DATABASE")
    or os.environ.get("SAFECONDUCT_TEST_POSTGRES")
    or "postgres://postgres@127.0.0.1:5432/postgres"
)
ALIASES = ("default", "keys")
# How long a thread waits at a meeting for one that a lock holds elsewhere; how long anything may take at all.
IN_VAIN = 0.3
AT_MOST = 60.0


@dataclass(frozen=True, slots=True)
class End:
    """How one of them ended: with a value, or with what it raised."""

    value: Any = None
    trouble: Exception | None = None

    @property
    def told(self) -> str:
        """ "done", or the name of what was raised."""
        return "done" if self.trouble is None else type(self.trouble).__name__


class Meeting:
    """Threads that reach `here()` wait until all have, or a moment."""

    def __init__(self, times: int) -> None:
        self._barrier = threading.Barrier(times)

    def here(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self._barrier.wait(timeout=IN_VAIN)


@dataclass(frozen=True, slots=True)
class Both:
    """Two real databases, and how to run several at once on them."""

    is_postgresql: bool
    # By alias: the address of a PostgreSQL database, or the path of an SQLite file.
    places: Mapping[str, str]
    spoilt: list[bool] = field(default_factory=list)

    def spoil(self) -> None:
        """These databases are not for another test."""
        self.spoilt.append(True)

    def at_once(self, times: int, work: Callable[[int], Any]) -> list[End]:
        """`work(0)`, `work(1)` ... each in a thread with connections of its own; all have ended when this returns."""
        ends = [End()] * times
        start = threading.Barrier(times)

        def run(turn: int) -> None:
            try:
                start.wait(timeout=AT_MOST)
                ends[turn] = End(value=work(turn))
            except Exception as trouble:  # noqa: BLE001 (told to the test, which judges it)
                ends[turn] = End(trouble=trouble)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=run, args=(turn,), daemon=True) for turn in range(times)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=AT_MOST)
        assert not any(thread.is_alive() for thread in threads), "they wait for each other"
        return ends

    def meeting(self, times: int) -> Meeting:
        return Meeting(times)

    def in_processes(self, works: Sequence[tuple[Callable[..., Any], Sequence[Any]]]) -> list[Any]:
        """The answers, in order. A process that fails fails the test with what it said."""
        children = [self.child(work, *arguments) for work, arguments in works]
        for child in children:
            child.wait_until_ready()
        for child in children:
            child.go()
        return [child.answer() for child in children]

    def child(self, work: Callable[..., Any], *arguments: Any) -> Child:
        """One fresh interpreter, started and not yet let go."""
        return Child.started(work, arguments, self.environment())

    def environment(self) -> dict[str, str]:
        """The environment of a subprocess that works on these databases."""
        names = {"default": "RACE_DEFAULT", "keys": "RACE_KEYS"}
        told = {names[alias]: place for alias, place in self.places.items()}
        return {
            **os.environ,
            **told,
            "DJANGO_SETTINGS_MODULE": "tests.races.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }


@dataclass(slots=True)
class Child:
    """A worker process (worker.py). It says "ready", waits for "go", and ends with one line of JSON."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)

    @classmethod
    def started(
        cls, work: Callable[..., Any], arguments: Sequence[Any], environment: Mapping[str, str]
    ) -> Child:
        file = sys.modules[work.__module__].__file__
        assert file is not None
        words = [sys.executable, str(ROOT / "tests" / "races" / "worker.py"), file, work.__name__]
        process = subprocess.Popen(
            [*words, json.dumps(arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=dict(environment),
            cwd=ROOT,
        )
        return cls(process)

    def wait_until_ready(self) -> None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line == "ready\n", line + self.process.communicate()[1]

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def answer(self) -> Any:
        told, said = self.process.communicate(timeout=AT_MOST)
        assert self.process.returncode == 0, said
        return json.loads(told.splitlines()[-1])

    def kill(self) -> list[str]:
        """kill -9; the whole lines that it had printed by then."""
        self.process.kill()
        told, _ = self.process.communicate()
        return [line[:-1] for line in told.splitlines(keepends=True) if line.endswith("\n")]


# --- new databases -----------------------------------------------------------------------


@contextmanager
def new_sqlite(folder: Path, template: Path) -> Iterator[Both]:
    """Copies of the migrated template's files."""
    places = {alias: str(folder / f"{alias}.sqlite") for alias in ALIASES}
    for alias, place in places.items():
        shutil.copy(template / f"{alias}.sqlite", place)
    both = Both(is_postgresql=False, places=places)
    with connected(places):
        yield both


def new_postgresql(name: str, template: str) -> None:
    """Databases made from the migrated template's."""
    for alias in ALIASES:
        on_the_server(f'CREATE DATABASE "{name}_{alias}" TEMPLATE "{template}_{alias}"')


def postgresql_places(name: str) -> dict[str, str]:
    return {alias: address_of(f"{name}_{alias}") for alias in ALIASES}


def empty_postgresql(name: str) -> None:
    """Every row but Django's own is removed, the journal's too: triggers sleep in this session."""
    for address in postgresql_places(name).values():
        with psycopg.connect(address) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("SET synchronous_commit = off")
            tables = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' "
                "AND tablename NOT LIKE 'django%' AND tablename <> 'auth_permission'"
            ).fetchall()
            connection.execute("; ".join(f'DELETE FROM "{table}"' for (table,) in tables).encode())


def drop_postgresql(name: str) -> None:
    for alias in ALIASES:
        on_the_server(f'DROP DATABASE IF EXISTS "{name}_{alias}" WITH (FORCE)')


def migrated(places: Mapping[str, str]) -> None:
    with connected(places):
        for alias in ALIASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)


def databases(places: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Django's setting for these places: as the product itself has it."""
    return {
        alias: _database(place if "://" in place else None, Path(place))
        for alias, place in places.items()
    }


@contextmanager
def connected(places: Mapping[str, str]) -> Iterator[None]:
    """Within, every thread of this process works on these databases; then everything is as it was."""
    had_settings = connections.settings
    had = {alias: connections[alias] for alias in ALIASES}
    connections.settings = connections.configure_settings(databases(places))
    for alias in ALIASES:
        connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        for alias in ALIASES:
            connections[alias].close()
        connections.settings = had_settings
        for alias, connection in had.items():
            connections[alias] = connection


# --- the PostgreSQL server -----------------------------------------------------------------


def address_of(name: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def on_the_server(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as connection:
        connection.execute(statement.encode())


def why_no_postgresql() -> str | None:
    """None where one answers; else the sentence to skip with."""
    try:
        on_the_server("SELECT 1")
    except psycopg.OperationalError:
        told = urlsplit(SERVER)
        return f"no PostgreSQL answers at {told.hostname}:{told.port}: this ran on SQLite alone"
    return None
