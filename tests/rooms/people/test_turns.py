"""Strangers at the door hold only some of the server's threads, however slowly they send."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from tests.cast import AT

from safeconduct.core.errors import KeysLocked
from safeconduct.people.turns import strangers_wait_their_turn
from safeconduct.vault.keyring import BOARD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def asked(rf: RequestFactory):
    def ask(method: str = "post", token: str = "") -> object:
        request = getattr(rf, method)("/door/")
        request.session = {"ring": token}
        return request

    return ask


def held(at_once: int, asked, settings, inner) -> HttpResponse:
    """What `inner` is answered while so many strangers' forms are being read."""
    settings.STRANGERS_AT_ONCE = at_once
    found = []

    def view(request) -> HttpResponse:
        depth = getattr(view, "depth", 0)
        if depth < at_once:
            view.depth = depth + 1
            if view.depth < at_once:
                gate(asked())
            else:
                found.append(gate(inner))
        return HttpResponse("done")

    gate = strangers_wait_their_turn(view)
    gate(asked())
    return found[0]


def test_one_stranger_too_many_is_asked_to_come_again(asked, settings):
    answer = held(3, asked, settings, asked())
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_a_member_at_the_desk_is_not_kept_waiting(asked, settings, cast):
    token = BOARD.hang(cast.alice.ring, whole=True, at=AT)
    assert held(3, asked, settings, asked(token=token)).status_code == 200


def test_neither_is_who_only_looks(asked, settings):
    assert held(3, asked, settings, asked("get")).status_code == 200


def test_a_ring_that_is_not_whole_yet_is_a_strangers(asked, settings, cast):
    token = BOARD.hang(cast.alice.ring, whole=False, at=AT)
    assert held(2, asked, settings, asked(token=token)).status_code == 503


def test_a_turn_is_given_back_also_after_a_fault(asked, settings):
    settings.STRANGERS_AT_ONCE = 1

    def view(request) -> HttpResponse:
        raise KeysLocked

    gate = strangers_wait_their_turn(view)
    for _ in range(2):
        with pytest.raises(KeysLocked):
            gate(asked())
