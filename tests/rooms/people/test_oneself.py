"""One's own page: second factors added and removed."""

from __future__ import annotations

import base64
import json

import pytest
from allauth.core import context
from allauth.core.context import request_context
from allauth.mfa.models import Authenticator
from django.test import RequestFactory
from fido2 import cbor
from tests.cast import AT, PASSPHRASE

from safeconduct.core.errors import CodeDoesNotFit, SealBroken, SecondFactorNeeded
from safeconduct.journal.models import Line
from safeconduct.people import actions
from safeconduct.people.second_factors import SealedSecrets, code_at, keep_passkey
from safeconduct.people.server_key import open_text

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_another_app_takes_the_place_of_the_one_before(cast, inside, clock):
    alice = inside(cast.alice)
    page = alice.client.get("/me/second-factors/add/")
    secret = page.context["secret"].replace(" ", "")
    added = alice.client.post("/me/second-factors/add/", {"code": code_at(secret, clock.at)})
    assert added["Location"] == "/me/"
    assert Authenticator.objects.filter(user=cast.alice.member).count() == 1
    clock.goes_on(seconds=60)
    alice.client.post("/door/out/")
    alice.types("alice")
    assert alice.gives_code(code_at(secret, clock.at)).status_code == 302


def test_the_only_one_stays_where_one_is_needed(cast, inside):
    alice = inside(cast.alice)
    number = Authenticator.objects.get(user=cast.alice.member).pk
    way = f"/me/second-factors/{number}/remove/"
    assert alice.client.post(way).status_code == 400
    assert "SC755" in alice.client.post(way, {"sure": "on"}).content.decode()
    assert Authenticator.objects.filter(pk=number).exists()


def test_and_goes_where_none_is_needed(cast, inside, settings):
    settings.SECOND_FACTOR = "not on loopback"
    alice = inside(cast.alice)
    number = Authenticator.objects.get(user=cast.alice.member).pk
    alice.client.post(f"/me/second-factors/{number}/remove/", {"sure": "on"})
    assert not Authenticator.objects.filter(pk=number).exists()
    assert Line.objects.filter(deed="second factor removed").count() == 1


def test_somebody_elses_is_left_alone(cast, with_app, clock):
    with_app(cast.bob)
    with_app(cast.alice)
    bobs = Authenticator.objects.get(user=cast.bob.member).pk
    actions.remove_second_factor(cast.alice, authenticator=bobs, one_is_needed=False, at=clock.at)
    assert Authenticator.objects.filter(pk=bobs).exists()
    with pytest.raises(SecondFactorNeeded):
        actions.remove_second_factor(cast.bob, authenticator=bobs, one_is_needed=True, at=clock.at)


def test_a_secret_sealed_by_another_server_does_not_open(settings):
    sealed = SealedSecrets().encrypt("a secret")
    assert SealedSecrets().decrypt(sealed) == "a secret"
    settings.SECRET_KEY = "another"
    with pytest.raises(SealBroken):
        open_text(sealed)
    with pytest.raises(SealBroken):
        open_text("not base64!")


@pytest.mark.parametrize(
    "answer", ["{", "[]", "{}", '{"id": 1}', '{"rawId": "x", "response": {}}', "null"]
)
@pytest.mark.parametrize("path", ["/door/second-factor/", "/me/second-factors/add/"])
def test_a_made_up_passkey_is_a_clear_answer(cast, inside, at_the_door, answer, path):
    alice = inside(cast.alice) if path.startswith("/me") else at_the_door
    if not path.startswith("/me"):
        inside(cast.alice)
        alice.types("alice")
    alice.client.get(path)
    page = alice.client.post(path, {"answer": answer})
    assert page.status_code == 400
    assert "notice grave" in page.content.decode() or page.context["form"].errors


def test_by_a_number_no_passkey_is_offered(cast, inside):
    page = inside(cast.alice).client.get("/me/second-factors/add/", HTTP_HOST="127.0.0.1:8000")
    assert "passkey" not in page.context
    assert "localhost" in page.context["no_passkey"]


def test_nobody_has_a_picture_before_the_passphrase(at_the_door):
    assert at_the_door.client.get("/door/set-up/picture.svg").status_code == 404


@pytest.mark.parametrize("length", range(30, 66))
@pytest.mark.parametrize("flags", [0x41, 0xC1])
def test_a_passkey_cut_short_is_refused_and_nothing_kept(cast, length, flags):
    """Authenticator data that ends too soon: the library stumbles over it in several ways."""
    told = (bytes(32) + bytes([flags]) + bytes(4) + bytes(16) + b"\xff\xff" + bytes(9))[:length]
    refuse(cast.alice.member, cbor.encode({"fmt": "none", "attStmt": {}, "authData": told}))


def test_so_is_a_number_cut_short(cast):
    refuse(cast.alice.member, b"\x1b\x7b")


def refuse(member, attested: bytes) -> None:
    client = json.dumps({"type": "webauthn.create", "challenge": "AA", "origin": "x"}).encode()
    response = {"clientDataJSON": in_base64(client), "attestationObject": in_base64(attested)}
    answer = {"id": "YWJj", "rawId": "YWJj", "type": "public-key", "response": response}
    with request_context(RequestFactory().get("/")) as _, pytest.raises(CodeDoesNotFit):
        context.request.session = {}
        keep_passkey(member, answer, at=AT)
    assert not Authenticator.objects.exists()


def in_base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_on_a_desk_left_alone_no_second_factor_is_changed(cast, inside, clock):
    alice = inside(cast.alice)
    clock.goes_on(minutes=6)
    assert alice.client.get("/me/").status_code == 200
    answer = alice.client.get("/me/second-factors/add/")
    assert answer["Location"].endswith("/door/again/")
    answer = alice.client.post("/door/again/", {"passphrase": PASSPHRASE})
    assert answer["Location"].endswith("/me/second-factors/add/")
    assert alice.client.get("/me/second-factors/add/").status_code == 200
