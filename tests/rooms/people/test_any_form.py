"""Whatever is sent to a form of this room is answered clearly: never a fault of ours."""

from __future__ import annotations

import base64
import json

from django.db import transaction
from hypothesis import given, settings as hypothesis, strategies as st
from hypothesis.extra.django import TestCase
from tests.cast import PASSPHRASE, give_app, make_cast
from tests.rooms.people.conftest import SECRET

from safeconduct.config.clock import now
from safeconduct.vault.keyring import BOARD


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _client_data(told: object) -> str:
    return _base64(
        json.dumps({"type": "webauthn.create", "challenge": "AA", "origin": told}).encode()
    )


TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda told: st.lists(told, max_size=4) | st.dictionaries(TEXT, told, max_size=4),
    max_leaves=10,
)
BASE64 = st.binary(max_size=120).map(_base64)
# As a browser's answer is built, with anything in its places.
ANSWER = st.fixed_dictionaries(
    {"id": BASE64, "rawId": BASE64, "type": st.sampled_from(["public-key", "x"])},
    optional={
        "clientExtensionResults": JSON,
        "authenticatorAttachment": JSON,
        "response": st.fixed_dictionaries(
            {"clientDataJSON": BASE64 | JSON.map(_client_data)},
            optional={
                "attestationObject": BASE64 | JSON,
                "authenticatorData": BASE64 | JSON,
                "signature": BASE64 | JSON,
                "userHandle": BASE64 | JSON,
            },
        ),
    },
)


class AnyForm(TestCase):
    databases = ("default", "keys")

    @classmethod
    def setUpTestData(cls):
        give_app(make_cast().alice, secret=SECRET, at=now())

    def tearDown(self):
        BOARD.drop_all()

    def send(self, path: str, told: dict) -> None:
        with transaction.atomic():
            answer = self.client.post(path, told)
        assert answer.status_code < 500, path

    @hypothesis(max_examples=25)
    @given(st.data())
    def test_at_the_door(self, data):
        path = data.draw(
            st.sampled_from("/door/ /door/welcome/ /door/recover/ /door/again/".split())
        )
        names = "handle passphrase invitation recovery new once_more kept kept_for".split()
        self.send(path, {name: data.draw(TEXT) for name in names})

    @hypothesis(max_examples=20)
    @given(JSON | ANSWER)
    def test_as_a_passkey(self, answer):
        self.client.post("/door/", {"handle": "alice", "passphrase": PASSPHRASE})
        self.send("/door/second-factor/", {"answer": json.dumps(answer)})
        self.client.post("/door/", {"handle": "bob", "passphrase": PASSPHRASE})
        self.client.get("/door/set-up/")
        self.send("/door/set-up/", {"answer": json.dumps(answer)})
