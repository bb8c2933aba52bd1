"""An address that leads nowhere: one page, whether there is nothing there or nothing for this reader."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.timezone import now
from tests.cast import Cast, at_the_desk

from safeconduct.cases.actions.opening import open_case
from safeconduct.people.actions.lock_down import lock_down
from safeconduct.people.models import Member
from safeconduct.vault.keyring import BOARD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOWHERE = "/no/such/room/"


def body(client: Client, path: str, status: int = 404) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    page = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", answer.content.decode())
    return re.sub(r"\d\d:\d\d UTC", "", page)


def test_who_has_come_in_finds_the_ways_from_there(cast: Cast):
    page = body(at_the_desk(cast.alice), NOWHERE)
    assert '<a href="/cases/">' in page
    assert "aria-current" not in page


def test_a_forbidden_case_reads_like_one_that_is_not_there_and_like_no_address(cast: Cast):
    code = open_case(cast.alice, at=now()).code
    for who in ("charlie", "audrey", "otto"):
        client = at_the_desk(getattr(cast, who))
        forbidden = body(client, f"/cases/{code}/")
        assert forbidden == body(client, "/cases/K7Q4MX2PD/")
        assert forbidden == body(client, NOWHERE)


def test_a_stranger_is_shown_no_way(cast: Cast):
    page = body(Client(), NOWHERE)
    assert "<nav" not in page
    assert cast.home.name not in page


def test_whose_keys_are_closed_is_a_stranger_there(cast: Cast):
    client = at_the_desk(cast.alice)
    BOARD.drop_all()
    assert body(client, NOWHERE) == body(Client(), NOWHERE)


def test_whoever_has_not_kept_the_code_yet_is_led_nowhere_from_there(cast: Cast):
    client = at_the_desk(cast.alice)
    Member.objects.filter(code=cast.alice.member.code).update(recovery_revision=99)
    assert "<nav" not in body(client, NOWHERE)


def test_in_a_lock_down_it_is_the_closed_page(cast: Cast):
    client = at_the_desk(cast.alice)
    lock_down(cast.dana.actor, at=now())
    assert "<nav" not in body(client, NOWHERE, status=503)


@pytest.mark.parametrize(
    "path",
    [
        "/intake/%00/",
        "/doubles/judgement/a%00b/withdraw/",
        "/triage/rules/%00/",
        "/exports/%00/",
        "/%00",
    ],
)
def test_an_address_with_a_sign_that_no_code_has_is_nowhere(cast: Cast, path: str):
    """PostgreSQL takes no NUL: a look for it would be our fault."""
    carol = at_the_desk(cast.carol)
    assert body(carol, path) == body(carol, NOWHERE)
    assert carol.post(path).status_code == 404
    assert body(Client(), path) == body(Client(), NOWHERE)
