"""Doors may be tried so often and no more; and no stranger locks a colleague out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from hypothesis import given, strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import PASSPHRASE

from safeconduct.core.errors import TryLater
from safeconduct.people.attempts import (
    DEVICE_KNOWN_FOR,
    HANDLE,
    Bucket,
    address_of,
    claim,
    known_device,
    remember_device,
)
from safeconduct.people.models import Attempts
from safeconduct.people.shred import forget_attempts

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
SMALL = Bucket("small", 3, timedelta(minutes=2))


def passes(at: datetime, bucket: Bucket = SMALL, told: str = "x") -> bool:
    try:
        claim((bucket, told), at=at)
    except TryLater:
        return False
    return True


class ABucket(TestCase):
    databases = ("default", "keys")

    @given(st.lists(st.integers(0, 500), min_size=1, max_size=25))
    def test_never_gives_more_than_it_holds_and_what_ran_in(self, waits):
        at, given_at = AT, []
        for wait in waits:
            at += timedelta(seconds=wait)
            if passes(at):
                given_at.append(at)
        for first in range(len(given_at)):
            for last in range(first, len(given_at)):
                ran_in = (given_at[last] - given_at[first]) / SMALL.every
                assert last - first + 1 <= SMALL.holds + ran_in


def test_it_fills_again(db):
    assert [passes(AT) for _ in range(4)] == [True, True, True, False]
    assert [passes(AT + timedelta(minutes=2)) for _ in range(2)] == [True, False]
    assert [passes(AT + timedelta(hours=1)) for _ in range(4)] == [True, True, True, False]


def test_another_door_is_not_closed(db):
    assert [passes(AT) for _ in range(4)][-1] is False
    assert passes(AT, told="y")


def test_it_says_when_to_try_again(db):
    for _ in range(3):
        passes(AT)
    with pytest.raises(TryLater) as refused:
        claim((SMALL, "x"), at=AT + timedelta(seconds=30))
    assert refused.value.where == {"minutes": 2}
    assert passes(AT + timedelta(minutes=2))


def test_a_try_that_opened_is_given_back(db):
    for _ in range(10):
        claim((SMALL, "x"), at=AT).give_back()
    assert [passes(AT) for _ in range(4)] == [True, True, True, False]


def test_rows_name_nobody_and_are_forgotten(db):
    passes(AT, told="alice")
    assert "alice" not in str(Attempts.objects.values())
    assert forget_attempts(at=AT) == 0
    assert forget_attempts(at=AT + timedelta(hours=1)) == 1


@pytest.mark.parametrize(
    ("remote", "forwarded", "behind_tls", "told"),
    [
        ("192.0.2.7", "", False, "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", False, "192.0.2.7"),
        ("127.0.0.1", "198.51.100.1", True, "198.51.100.1"),
        ("127.0.0.1", "made up, 198.51.100.1", True, "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "", False, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "", False, "192.0.2.7"),
        ("", "", False, "unknown"),
    ],
)
def test_where_a_try_comes_from(rf, settings, remote, forwarded, behind_tls, told):
    settings.BEHIND_TLS = behind_tls
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(rf.get("/door/", REMOTE_ADDR=remote, **extra)) == told


def known(rf, handle: str):
    answer = HttpResponse()
    remember_device(answer, handle, on=AT.date())
    request = rf.get("/door/")
    request.COOKIES["known"] = answer.cookies["known"].value
    return request


def test_a_device_is_known_for_its_own_handle_and_a_while(rf):
    request = known(rf, "alice")
    assert known_device(request, "alice", on=AT.date())
    assert known_device(request, "bob", on=AT.date()) is None
    assert known_device(request, "alice", on=AT.date() + DEVICE_KNOWN_FOR) is None
    assert "alice" not in request.COOKIES["known"]


@pytest.mark.parametrize("made_up", ["", "x", "x:y", "W10:abc", "eyJhIjoxfQ:abc"])
def test_a_made_up_cookie_is_no_device(rf, made_up):
    request = rf.get("/door/")
    request.COOKIES["known"] = made_up
    assert known_device(request, "alice", on=AT.date()) is None


def test_a_stranger_cannot_lock_a_member_out_of_their_own_device(cast, browser, with_app):
    own, stranger = browser(), browser()
    own.comes_in(with_app(cast.alice))
    own.client.post("/door/out/")
    stranger.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    for _ in range(HANDLE.holds):
        stranger.types("alice", "a guess that is wrong")
    assert "SC741" in stranger.types("alice", PASSPHRASE).content.decode()
    assert own.types("alice", PASSPHRASE).status_code == 302


def test_an_unknown_handle_is_locked_out_in_the_same_words(cast, browser):
    def words(handle):
        stranger = browser()
        for _ in range(HANDLE.holds + 1):
            answer = stranger.types(handle, "a guess that is wrong")
        return str(answer.context["form"].non_field_errors())

    assert words("alice") == words("nobody.here")


def test_codes_are_not_guessed(cast, at_the_door, with_app):
    with_app(cast.alice)
    at_the_door.types("alice")
    for guess in range(5):
        assert "SC742" in at_the_door.gives_code(f"{guess:06}").content.decode()
    assert "SC741" in at_the_door.gives_code("000006").content.decode()


def test_one_address_does_not_try_every_handle(cast, at_the_door):
    for number in range(30):
        assert "SC740" in at_the_door.types(f"guess{number}", "wrong").content.decode()
    assert "SC741" in at_the_door.types("alice", PASSPHRASE).content.decode()
