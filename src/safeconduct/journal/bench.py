"""The bench of the journal: lines written one deed at a time, and the chain verified; beside the same rows without it.

Runs in the bench's own child process, which has no deployment: it makes databases of its own in a folder that goes
away, and on a PostgreSQL server where one answers (SAFECONDUCT_BENCH_DATABASE, else the usual local address).
"""

from __future__ import annotations

import importlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import dj_database_url
import django
import psycopg
from django.core.management import call_command
from django.db import connections

from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.records import Bench, Contest, Run

SERVER = "postgres://postgres@127.0.0.1:5432/postgres"
CHAINED, PLAIN = "lines, {database}", "no chain, {database}"


def contest(size: int, _seed: int) -> Contest:
    """So many lines, each in a transaction of its own. Only for a process that has not made Django ready."""
    with tempfile.TemporaryDirectory() as folder:
        make_django_ready(Path(folder))
        with _migrated():
            ours, plain = _written(size)
        baselines = {PLAIN.format(database="SQLite"): plain}
        with new_postgresql() as address:
            if address is None:
                missing = f"no PostgreSQL answers at {urlsplit(_server()).hostname}"
                not_run = {PLAIN.format(database="PostgreSQL"): missing}
                return Contest(size=size, ours=ours, baselines=baselines, not_run=not_run)
            keys = connections.settings["keys"]
            both = {"default": dict(dj_database_url.parse(address)), "keys": keys}
            connections.settings = connections.configure_settings(both)
            connections["default"] = connections.create_connection("default")
            with _migrated():
                theirs, plain = _written(size)
    return Contest(
        size=size,
        ours=ours,
        parts={CHAINED.format(database="PostgreSQL"): theirs},
        baselines={**baselines, PLAIN.format(database="PostgreSQL"): plain},
    )


def _written(size: int) -> tuple[Run, Run]:
    # Loaded here: models can be loaded only when Django is ready.
    work = importlib.import_module("safeconduct.journal.bench_rows")
    found, ours = timed(lambda: work.write_lines(size))
    verified, verifying = timed(work.verify_all)
    assert verified == found
    _, plain = timed(lambda: work.write_plain_rows(size))
    return ours.with_measures(verified_a_second=verified / verifying.seconds), plain


def make_django_ready(folder: Path) -> None:
    """With databases of its own in the folder."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("KEYS_DATABASE_URL", None)
    os.environ |= {
        "SAFECONDUCT_HOME": str(folder),
        "SAFECONDUCT_KEYS_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "safeconduct.config.settings",
    }
    django.setup()


@contextmanager
def _migrated() -> Iterator[None]:
    for room, alias in (("journal", "default"), ("vault", "keys")):
        call_command("migrate", room, database=alias, verbosity=0)
    yield
    connections.close_all()


@contextmanager
def new_postgresql() -> Iterator[str | None]:
    """The address of a database that is dropped at the end; None where no server answers."""
    name = f"safeconduct_bench_{secrets.token_hex(4)}"
    try:
        _on_the_server(f'CREATE DATABASE "{name}"')
    except psycopg.OperationalError:
        yield None
        return
    try:
        yield urlunsplit(urlsplit(_server())._replace(path=f"/{name}"))
    finally:
        _on_the_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _server() -> str:
    return os.environ.get("SAFECONDUCT_BENCH_DATABASE", SERVER)


def _on_the_server(statement: str) -> None:
    with psycopg.connect(_server(), autocommit=True, connect_timeout=3) as connection:
        connection.execute(statement.encode())


BENCH = Bench(
    name="journal",
    what="lines written in the journal, each a transaction of its own, on SQLite (ours) and PostgreSQL",
    unit="lines",
    sizes=(1_000, 3_000, 10_000),
    small=(20,),
    contest=contest,
    higher_is_better=frozenset({"verified_a_second"}),
    notes=(
        "One writer. The journal's head is one row: several writers wait for each other and together write no faster.",
        "The baseline writes the same rows into the same table with its indexes, without a chain and without a head.",
        "Every commit reaches the disk: seconds are those of this disk.",
    ),
)
