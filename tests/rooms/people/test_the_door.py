"""Passphrase, second factor, in; out; again after a pause."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.cache import SessionStore
from django.core.cache import caches
from django.urls import reverse
from tests.cast import PASSPHRASE, give_app, vouch_for_factors
from tests.rooms.people.conftest import SECRET

from safeconduct.core.errors import KeysLocked
from safeconduct.journal.models import Line
from safeconduct.people.actions import invite
from safeconduct.people.second_factors import code_at, secret_from
from safeconduct.vault import passphrases
from safeconduct.vault.keyring import BOARD

SESSION = settings.SESSION_COOKIE_NAME
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def deeds():
    """What was written since the offices were opened."""
    lines = Line.objects.exclude(deed="office opened").order_by("number")
    return list(lines.values_list("deed", flat=True))


def test_a_stranger_is_sent_to_the_door(at_the_door):
    for path in ("/", "/me/", "/office/", "/access/", "/lock-down/"):
        answer = at_the_door.client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/door/")


@pytest.mark.parametrize(
    "path",
    "/accounts/signup/ /accounts/login/ /accounts/password/reset/ /accounts/email/ /signup/ /mfa/".split(),
)
def test_nothing_of_allauth_stands_open(at_the_door, settings, path):
    settings.ROOT_URLCONF = "safeconduct.config.desk_urls"
    assert at_the_door.client.get(path).status_code == 404


def test_the_passphrase_alone_opens_nothing(cast, at_the_door, with_app):
    with_app(cast.alice)
    answer = at_the_door.types("alice")
    assert answer["Location"] == reverse("people:second_factor")
    assert at_the_door.client.get("/me/")["Location"] == "/door/"
    assert [hung.whole for hung in BOARD._rings.values()] == [False]
    assert "came in" not in deeds()


def test_passphrase_and_code_let_in(cast, at_the_door, with_app):
    at_the_door.comes_in(with_app(cast.alice))
    page = at_the_door.client.get("/me/")
    assert page.status_code == 200
    assert page.context["request"].present.ring.office_keys == cast.alice.ring.office_keys
    line = Line.objects.get(deed="came in")
    assert (line.member, line.office) == (cast.alice.member.code, cast.home.code)
    assert line.facts == {"second_factor": "totp"}


def test_a_handle_is_read_as_it_is_meant(cast, at_the_door, with_app):
    with_app(cast.alice)
    assert at_the_door.types(" Alice ").status_code == 302


def test_a_wrong_passphrase_and_an_unknown_handle_are_told_the_same(cast, browser):
    wrong, unknown = browser(), browser()
    one = wrong.types("alice", "not the passphrase")
    other = unknown.types("nobody.here", "not the passphrase")
    assert one.status_code == other.status_code == 400

    def words(answer):
        return str(answer.context["form"].non_field_errors())

    assert words(one) == words(other)
    assert "SC740" in words(one)
    assert b"not the passphrase" not in one.content
    assert deeds() == ["turned away", "turned away"]


@pytest.mark.parametrize("handle", ["alice", "nobody.here", "dana.invited"])
def test_every_try_costs_one_derivation(cast, at_the_door, monkeypatch, handle):

    invite(cast.carol, handle="dana.invited", roles=["caseworker"], at=at_the_door.clock.at)
    derived = []
    honest = passphrases.hash_secret_raw

    def counted(*words, **told):
        derived.append((told["memory_cost"], told["time_cost"], told["parallelism"]))
        return honest(*words, **told)

    monkeypatch.setattr(passphrases, "hash_secret_raw", counted)
    at_the_door.types(handle, "not the passphrase")
    cost = settings.PASSPHRASE_COST
    assert derived == [(cost.memory_kib, cost.passes, cost.lanes)]


def test_after_a_passkey_that_failed_the_code_can_still_be_typed(cast, at_the_door, with_app):
    with_app(cast.alice)
    at_the_door.types("alice")
    page = at_the_door.client.post("/door/second-factor/", {"answer": "{}"})
    assert page.status_code == 400
    assert 'name="code"' in page.content.decode()
    assert "SC742" in page.content.decode()


def test_a_code_is_used_once(cast, browser, with_app):
    member = with_app(cast.alice)
    first, second = browser(), browser()
    first.comes_in(member)
    second.types("alice")
    answer = second.gives_code(code_at(SECRET, second.clock.at))
    assert answer.status_code == 400
    assert "SC742" in str(answer.context["form"].non_field_errors())


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_telephone_may_go_half_a_minute_wrong(cast, at_the_door, with_app, seconds):
    with_app(cast.alice)
    at_the_door.types("alice")
    at_the_door.clock.goes_on(seconds=90)

    told = code_at(SECRET, at_the_door.clock.at + timedelta(seconds=seconds))
    assert at_the_door.gives_code(told).status_code == 302


@pytest.mark.parametrize("seconds", [-90, 90])
def test_but_not_a_minute_and_a_half(cast, at_the_door, with_app, seconds):

    with_app(cast.alice)
    at_the_door.types("alice")
    at_the_door.clock.goes_on(seconds=180)
    told = code_at(SECRET, at_the_door.clock.at + timedelta(seconds=seconds))
    assert at_the_door.gives_code(told).status_code == 400


def test_the_secret_of_an_app_is_sealed_in_the_database(cast, with_app):
    with_app(cast.alice)
    assert SECRET not in json.dumps(list(Authenticator.objects.values_list("data", flat=True)))


def test_an_app_moved_to_another_member_does_not_open(cast, at_the_door, with_app):
    with_app(cast.bob)
    give_app(cast.alice, secret="A" * 32, at=at_the_door.clock.at)
    bobs = Authenticator.objects.get(user=cast.bob.member)
    Authenticator.objects.filter(user=cast.alice.member).update(data=bobs.data)
    vouch_for_factors(cast.alice)
    at_the_door.types("alice")
    at_the_door.clock.goes_on(seconds=60)
    assert at_the_door.gives_code(code_at(SECRET, at_the_door.clock.at)).status_code == 400


def test_who_has_no_second_factor_is_led_to_set_one_up_and_sees_nothing_else(cast, at_the_door):
    answer = at_the_door.types("alice")
    assert answer["Location"] == reverse("people:set_up")
    assert at_the_door.client.get("/").status_code == 302
    page = at_the_door.client.get("/door/set-up/")
    secret = page.context["secret"].replace(" ", "")
    picture = at_the_door.client.get("/door/set-up/picture.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<path" in picture.content
    assert b'<rect fill="white"' in picture.content, "read by a telephone off a dark page too"
    wrong = at_the_door.client.post("/door/set-up/", {"code": "000000"})
    assert wrong.context["secret"].replace(" ", "") == secret, "the telephone's app still fits"
    told = code_at(secret, at_the_door.clock.at)
    assert at_the_door.client.post("/door/set-up/", {"code": told}).status_code == 302
    assert at_the_door.client.get("/me/").status_code == 200
    assert deeds() == ["second factor set", "came in"]


def test_a_second_factor_is_not_set_up_over_one_that_is_there(cast, at_the_door, with_app):
    with_app(cast.alice)
    at_the_door.types("alice")
    assert at_the_door.client.get("/door/set-up/")["Location"] == "/door/"


def test_on_loopback_an_office_may_do_without(cast, at_the_door, settings):
    settings.SECOND_FACTOR = "not on loopback"
    assert at_the_door.types("alice")["Location"] == "/"
    assert at_the_door.client.get("/me/").status_code == 200


@pytest.mark.parametrize("change", ["address", "tls"])
def test_but_not_from_a_network(cast, at_the_door, settings, change):
    settings.SECOND_FACTOR = "not on loopback"
    if change == "tls":
        settings.BEHIND_TLS = True
    else:
        at_the_door.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert at_the_door.types("alice")["Location"] == reverse("people:set_up")


def test_who_has_one_is_asked_for_it_on_loopback_too(cast, at_the_door, settings, with_app):
    settings.SECOND_FACTOR = "not on loopback"
    with_app(cast.alice)
    assert at_the_door.types("alice")["Location"] == reverse("people:second_factor")


def test_half_open_falls_shut(cast, at_the_door, with_app, clock):
    with_app(cast.alice)
    at_the_door.types("alice")
    clock.goes_on(minutes=16)
    assert at_the_door.gives_code(code_at(SECRET, clock.at))["Location"] == "/door/"
    assert len(BOARD) == 0


# --- sessions ---------------------------------------------------------------------------------


def test_a_planted_session_is_worth_nothing(cast, at_the_door, with_app):
    at_the_door.client.get("/me/")
    planted = at_the_door.client.cookies[SESSION].value
    at_the_door.types(with_app(cast.alice).handle)
    half = at_the_door.client.cookies[SESSION].value
    at_the_door.clock.goes_on(seconds=31)
    at_the_door.gives_code(code_at(SECRET, at_the_door.clock.at))
    whole = at_the_door.client.cookies[SESSION].value
    assert len({planted, half, whole}) == 3
    assert not SessionStore(planted).load()
    assert not SessionStore(half).load()


def test_cookies_are_kept_from_scripts_and_other_pages(cast, at_the_door, with_app, settings):
    settings.SESSION_COOKIE_SECURE = True
    at_the_door.comes_in(with_app(cast.alice))
    for name in (SESSION, "known"):
        cookie = at_the_door.client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert cookie["secure"]
    assert at_the_door.client.cookies[SESSION]["expires"] == ""
    assert at_the_door.client.cookies["known"]["path"] == "/door/"


def test_a_session_holds_tokens_and_codes_alone(cast, at_the_door, with_app):
    at_the_door.client.get("/cases/")
    at_the_door.types(with_app(cast.alice).handle)
    held = dict(SessionStore(at_the_door.client.cookies[SESSION].value).load())
    assert set(held) <= {"half", "next", "_csrftoken"}
    at_the_door.clock.goes_on(seconds=31)
    at_the_door.gives_code(code_at(SECRET, at_the_door.clock.at))
    at_the_door.client.get("/me/second-factors/add/")
    held = dict(SessionStore(at_the_door.client.cookies[SESSION].value).load())
    assert set(held) <= {
        "_auth_user_id",
        "_auth_user_backend",
        "_auth_user_hash",
        "ring",
        "since",
        "opened",
        "seed",
        "next",
        "_csrftoken",
        "mfa.webauthn.state",
    }
    everything = repr(list(caches["default"]._cache.values())) + repr(held)
    ring = cast.alice.ring
    for secret in (PASSPHRASE, SECRET, secret_from(held["seed"], cast.alice.member)):
        assert secret not in everything
    assert ring.private.hex() not in everything
    assert repr(ring.private)[2:-1] not in everything


def test_going_out_drops_ring_and_session(cast, inside, rings_of):
    alice = inside(cast.alice)
    session = alice.client.cookies[SESSION].value
    assert rings_of(cast.alice.member) == 1
    assert alice.client.post("/door/out/")["Location"] == "/door/"
    assert rings_of(cast.alice.member) == 0
    assert not SessionStore(session).load()
    assert deeds()[-1] == "went out"
    assert alice.client.get("/door/out/").status_code == 405


def test_a_busy_member_is_asked_for_the_second_factor_again_after_half_a_day(cast, inside, clock):
    alice = inside(cast.alice)
    for _ in range(12 * 6):
        clock.goes_on(minutes=10)
        answer = alice.client.get("/me/")
    assert answer.status_code == 200
    clock.goes_on(minutes=10)
    assert alice.client.get("/me/")["Location"] == "/door/"


def test_the_door_sends_who_is_inside_home(cast, inside):
    assert inside(cast.alice).client.get("/door/")["Location"] == "/"


def test_they_arrive_where_they_wanted_to_go_without_what_they_searched(
    cast, at_the_door, with_app
):
    at_the_door.client.get("/me/passphrase/?q=a-name")
    assert at_the_door.comes_in(with_app(cast.alice))["Location"] == "/me/passphrase/"


# --- after a pause ------------------------------------------------------------------------------


def test_after_a_pause_the_passphrase_alone_opens_where_they_were(
    cast, inside, clock, settings, rings_of
):
    alice = inside(cast.alice)
    clock.goes_on(seconds=settings.IDLE_END.total_seconds() + 1)
    assert alice.client.get("/me/passphrase/")["Location"] == reverse("people:open_again")
    assert rings_of(cast.alice.member) == 0, "the keys are gone, not only the page"
    page = alice.client.get("/door/again/").content.decode()
    assert "go on where you were" in page
    assert cast.home.name not in page
    assert "SC740" in alice.client.post("/door/again/", {"passphrase": "wrong"}).content.decode()
    answer = alice.client.post("/door/again/", {"passphrase": PASSPHRASE})
    assert answer["Location"] == "/me/passphrase/"
    assert alice.client.get("/me/passphrase/").status_code == 200


def test_what_was_typed_into_a_form_that_fell_shut_is_not_lost(cast, inside, clock):
    carol = inside(cast.carol)
    clock.goes_on(minutes=21)
    typed = {"handle": "<erin>", "roles": ["caseworker", "auditor"]}
    shut = carol.client.post("/office/invite/", typed)
    assert shut.status_code == 401
    kept = {name: shut.context["form"][name].value() for name in ("kept", "kept_for")}
    again = carol.client.post("/door/again/", {**kept, "passphrase": PASSPHRASE})
    page = again.content.decode()
    assert 'action="/office/invite/"' in page
    assert 'name="handle" value="&lt;erin&gt;"' in page
    assert page.count('name="roles"') == 2
    assert "csrfmiddlewaretoken" not in kept["kept"]


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"]
)
def test_and_is_sent_nowhere_else(cast, inside, clock, path):
    alice = inside(cast.alice)
    clock.goes_on(minutes=21)
    told = {"kept": '[["a", "b"]]', "kept_for": path, "passphrase": PASSPHRASE}
    answer = alice.client.post("/door/again/", told)
    assert answer["Location"] == "/"


@pytest.mark.parametrize("kept", ["{", "[1]", '"ab"', "[[1,2,3]]", "null"])
def test_what_comes_back_altered_is_a_clear_answer(cast, inside, clock, kept):
    alice = inside(cast.alice)
    clock.goes_on(minutes=21)
    told = {"kept": kept, "kept_for": "/me/", "passphrase": PASSPHRASE}
    assert alice.client.post("/door/again/", told).status_code in {302, 400}


def test_a_forged_form_is_not_kept_for_sending(cast, inside, clock):
    alice = inside(cast.alice)
    alice.client.handler.enforce_csrf_checks = True
    clock.goes_on(minutes=21)
    assert alice.client.post("/office/invite/", {"handle": "planted"}).status_code == 403


def test_keys_that_fall_while_a_page_is_made_are_told_gently(cast, inside, monkeypatch):

    carol = inside(cast.carol)

    def falls(*_):
        raise KeysLocked

    monkeypatch.setattr("safeconduct.people.views.office.colleagues", falls)
    assert carol.client.get("/office/")["Location"] == reverse("people:open_again")


def test_pages_are_kept_by_nobody_and_run_no_script_of_their_own(cast, at_the_door, with_app):
    with_app(cast.alice)
    at_the_door.types("alice")
    page = at_the_door.client.get("/door/second-factor/")
    assert page["Cache-Control"] == "no-store"
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert b"<script>" not in page.content
    assert b"style=" not in page.content
