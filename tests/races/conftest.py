"""The databases of races (both.py): made once migrated, copied for every test, dropped at the end."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker
from tests.races import both as means
from tests.races.both import Both

from safeconduct.vault.keyring import BOARD


@pytest.fixture(scope="session")
def sqlite_template(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Path:
    folder = tmp_path_factory.mktemp("template")
    with django_db_blocker.unblock():
        means.migrated({alias: str(folder / f"{alias}.sqlite") for alias in means.ALIASES})
    return folder


@pytest.fixture(scope="session")
def postgresql_template(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    if reason := means.why_no_postgresql():
        pytest.skip(reason)
    name = f"safeconduct_race_{os.getpid()}"
    try:
        for alias in means.ALIASES:
            means.on_the_server(f'CREATE DATABASE "{name}_{alias}"')
        with django_db_blocker.unblock():
            means.migrated({alias: means.address_of(f"{name}_{alias}") for alias in means.ALIASES})
        yield name
    finally:
        means.drop_postgresql(name)


@pytest.fixture
def sqlite_alone(
    sqlite_template: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Both]:
    with django_db_blocker.unblock(), means.new_sqlite(tmp_path, sqlite_template) as both:
        yield both
    BOARD.drop_all()


@pytest.fixture(scope="session")
def postgresql_in_use(postgresql_template: str) -> Iterator[list[str]]:
    """The name of the databases that tests use one after the other; none yet, or none any more."""
    names: list[str] = []
    yield names
    for name in names:
        means.drop_postgresql(name)


@pytest.fixture
def postgresql_alone(
    postgresql_template: str, postgresql_in_use: list[str], django_db_blocker: DjangoDbBlocker
) -> Iterator[Both]:
    if not postgresql_in_use:
        name = f"{postgresql_template}_{secrets.token_hex(3)}"
        postgresql_in_use.append(name)
        means.new_postgresql(name, postgresql_template)
    name = postgresql_in_use[0]
    both = Both(is_postgresql=True, places=means.postgresql_places(name))
    with django_db_blocker.unblock(), means.connected(both.places):
        yield both
    BOARD.drop_all()
    if both.spoilt:
        means.drop_postgresql(postgresql_in_use.pop())
    else:
        means.empty_postgresql(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest) -> Both:
    """On each of the two in turn."""
    given: Both = request.getfixturevalue(f"{request.param}_alone")
    return given


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real databases and processes: left out of `make quick`, run by `make test`."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.slow)
