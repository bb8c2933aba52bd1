"""The doors as a person meets them: an app with codes, a passkey, without scripts, by keyboard and screen reader."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from tests.cast import PASSPHRASE, give_app

from safeconduct.config.clock import now
from safeconduct.people.second_factors import code_at

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "keys"]),
]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def has_key(desk) -> None:
    """A virtual authenticator, as Chromium's WebAuthn panel has it."""
    session = desk.page.context.new_cdp_session(desk.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": False,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


@pytest.mark.parametrize("desk", [True, False], indirect=True, ids=["scripts", "no scripts"])
def test_an_app_is_set_up_and_lets_in(desk, cast):
    desk.types_passphrase("alice", PASSPHRASE)
    assert desk.page.url.endswith("/door/set-up/")
    picture = desk.page.locator("main img")
    picture.wait_for()
    assert picture.bounding_box()["width"] > 100
    secret = desk.page.locator("main p .code").inner_text().replace(" ", "")
    desk.page.fill("#id_code", code_at(secret, now()))
    desk.page.get_by_role("button", name="This is the code").click()
    assert desk.page.url == desk.url + "/"
    desk.goes_to("/me/")
    assert "An app with codes" in desk.page.inner_text("main")


def test_the_picture_is_drawn(desk, cast):
    desk.types_passphrase("alice", PASSPHRASE)
    picture = desk.page.locator("main img")
    assert picture.evaluate("drawn => drawn.decode().then(() => drawn.naturalWidth)") > 100


def test_a_passkey_is_made_and_lets_in(desk, cast):
    has_key(desk)
    desk.types_passphrase("alice", PASSPHRASE)
    desk.page.get_by_role("button", name="Make a passkey").click()
    desk.page.wait_for_url(desk.url + "/")
    row = Authenticator.objects.get(user=cast.alice.member)
    assert (row.type, row.data["name"]) == ("webauthn", "")
    desk.goes_to("/me/")
    desk.page.get_by_role("button", name="Close my keys and go out").click()
    assert desk.page.url.endswith("/door/")
    desk.types_passphrase("alice", PASSPHRASE)
    assert desk.page.url.endswith("/door/second-factor/")
    desk.page.get_by_role("button", name="Use a passkey").click()
    desk.page.wait_for_url(desk.url + "/")
    desk.goes_to("/me/")
    assert "alice" in desk.page.inner_text("h1")


def test_somebody_elses_passkey_does_not(desk, cast):
    has_key(desk)
    desk.types_passphrase("alice", PASSPHRASE)
    desk.page.get_by_role("button", name="Make a passkey").click()
    desk.page.wait_for_url(desk.url + "/")
    desk.goes_to("/me/")
    desk.page.get_by_role("button", name="Close my keys and go out").click()
    Authenticator.objects.update(user=cast.bob.member)
    cast.alice.member.refresh_from_db()
    give_app(cast.alice, secret=SECRET, at=now())
    desk.types_passphrase("alice", PASSPHRASE)
    assert desk.page.url.endswith("/door/second-factor/")
    assert desk.page.get_by_role("button", name="Use a passkey").count() == 0


def test_a_key_that_is_not_there_is_told_gently(desk, cast):
    desk.types_passphrase("alice", PASSPHRASE)
    desk.page.evaluate(
        "void (navigator.credentials.create = () => Promise.reject(new Error('none')))"
    )
    desk.page.get_by_role("button", name="Make a passkey").click()
    desk.page.get_by_text("No passkey was made.").wait_for(state="visible")


def test_pages_can_be_read_by_everybody(desk, cast):
    """WCAG 2.2 AA as far as axe sees it; and on a telephone of 360 points nothing sticks out."""
    desk.page.set_viewport_size({"width": 360, "height": 740})
    troubles = {}

    def look_here(path: str) -> None:
        desk.page.wait_for_load_state()  # a press ends as the next page begins to arrive
        found = Axe().run(desk.page).response["violations"]
        troubles[path] = [each["id"] for each in found]
        width = desk.page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            troubles[path].append(f"{width} wide")

    def look(path: str) -> None:
        desk.goes_to(path)
        look_here(path)

    for path in ("/door/", "/door/welcome/", "/door/recover/"):
        look(path)
    desk.types_passphrase("carol", PASSPHRASE)
    look("/door/set-up/")
    secret = desk.page.locator("main p .code").inner_text().replace(" ", "")
    desk.page.fill("#id_code", code_at(secret, now()))
    desk.page.get_by_role("button", name="This is the code").click()
    bob = cast.bob.member.code
    for path in (
        "/me/ /me/passphrase/ /me/recovery-code/ /office/ /office/invite/ /access/ /lock-down/ "
        f"/me/second-factors/add/ /office/{bob}/"
    ).split():
        look(path)
    desk.goes_to("/office/invite/")
    desk.page.fill("#id_handle", "erin")
    desk.page.get_by_label("Caseworker").check()
    desk.page.get_by_role("button", name="Invite").click()
    look_here("an invitation")
    desk.goes_to("/me/recovery-code/")
    desk.page.fill("#id_passphrase", PASSPHRASE)
    desk.page.get_by_role("button", name="Make another code").click()
    look_here("a recovery code")
    desk.page.get_by_role("button", name="I have written it down").click()
    desk.goes_to("/lock-down/")
    desk.page.get_by_role("button", name="Lock everything down now").click()
    look_here("closed")
    assert not {path: found for path, found in troubles.items() if found}
