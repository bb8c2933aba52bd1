"""A deployment in a folder of its own, filled with the cast: made once, copied for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from django.db import transaction
from tests.cast import AT, Cast, make_cast
from tests.rooms.config.deployments import at_home, copy_of, empty_databases, home_in

from safeconduct.config.deployment.home import Home, empty_home, keep_secret, write_for_us_alone
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import note_head
from safeconduct.vault.age import Identity, new_identity

SECRET = "a-secret-for-this-test-alone-long-enough-for-a-server"


class Deployed(NamedTuple):
    home: Home
    cast: Cast
    identity: Identity


@pytest.fixture(scope="session")
def template(tmp_path_factory, django_db_setup, django_db_blocker) -> Deployed:
    home = home_in(tmp_path_factory.mktemp("template"))
    identity = new_identity()
    before = os.umask(0o077)
    with django_db_blocker.unblock(), at_home(home, SimpleNamespace()), empty_home(home):
        empty_databases()
        cast = make_cast()
        for present in cast.everybody().values():
            with transaction.atomic():
                write_line(Deed.CAME_IN, by=present.actor, at=AT)
        note_head(AT)
        keep_secret(home, SECRET)
        write_for_us_alone(home.recipient, identity.recipient + "\n")
    os.umask(before)
    return Deployed(home, cast, identity)


@pytest.fixture
def deployed(template: Deployed, tmp_path: Path, settings, django_db_blocker) -> Iterator[Deployed]:
    """Served by nobody; the connections of this test lead to it."""
    here = template._replace(home=home_in(tmp_path), cast=replace(template.cast))
    copy_of(template.home, here.home)
    with django_db_blocker.unblock(), at_home(here.home, settings):
        yield here
