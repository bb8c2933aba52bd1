"""A browser without scripts at the door of a whole desk, and somebody who has come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, RequestFactory
from tests.cast import PASSPHRASE, give_app

from safeconduct.people.models import Member
from safeconduct.people.present import Present
from safeconduct.people.second_factors import code_at
from safeconduct.vault.keyring import BOARD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Clock:
    """The time that every request is told."""

    at: datetime = datetime(2021, 8, 15, 8, 0, tzinfo=UTC)

    def goes_on(self, **by: float) -> datetime:
        self.at += timedelta(**by)
        return self.at


@pytest.fixture(autouse=True)
def this_room_alone(settings) -> None:
    settings.ROOT_URLCONF = "tests.rooms.people.urls"


@pytest.fixture
def clock(settings) -> Clock:
    told = Clock()
    settings.CLOCK = lambda: told.at
    return told


@dataclass
class AtTheDoor:
    """One browser; `client` keeps its cookies."""

    clock: Clock
    client: Client = field(default_factory=Client)

    def types(self, handle: str, passphrase: str = PASSPHRASE):
        return self.client.post("/door/", {"handle": handle, "passphrase": passphrase})

    def gives_code(self, code: str):
        return self.client.post("/door/second-factor/", {"code": code})

    def comes_in(self, member: Member, passphrase: str = PASSPHRASE):
        self.types(member.handle, passphrase)
        self.clock.goes_on(seconds=31)
        answer = self.gives_code(code_at(SECRET, self.clock.at))
        assert answer.status_code == 302, answer.content.decode()
        return answer


@pytest.fixture
def browser(clock: Clock) -> Callable[[], AtTheDoor]:
    return lambda: AtTheDoor(clock)


@pytest.fixture
def at_the_door(clock: Clock) -> AtTheDoor:
    return AtTheDoor(clock)


@pytest.fixture
def with_app(clock: Clock):
    """Give a member an app whose secret the tests know."""

    def given(present: Present) -> Member:
        give_app(present, secret=SECRET, at=clock.at)
        return present.member

    return given


@pytest.fixture
def inside(clock: Clock, with_app):
    """Somebody who has come in, by their browser."""

    def come_in(present: Present) -> AtTheDoor:
        someone = AtTheDoor(clock)
        someone.comes_in(with_app(present))
        return someone

    return come_in


@pytest.fixture
def rings_of():
    def count(member: Member) -> int:
        return sum(hung.ring.member == member.code for hung in BOARD._rings.values())

    return count


@pytest.fixture
def rf() -> RequestFactory:
    return RequestFactory()
