"""Visitors who mean harm, at the desk's own doors: what each tried, and what they got."""

from __future__ import annotations

import io
import logging
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.cast import PASSPHRASE, Cast, at_the_desk, give_app

from safeconduct.cases.actions import confirm_office, share_case
from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.actions.owners import hand_over
from safeconduct.cases.entries import Consent, Extent, Note, Person
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import outline_of
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.config.clock import now
from safeconduct.config.logs import CodesOnly
from safeconduct.core.errors import NoRight
from safeconduct.exports.actions.recipients import confirm_recipient, name_recipient
from safeconduct.exports.models import Export, Recipient
from safeconduct.journal.models import Line
from safeconduct.people.actions import break_glass, change_roles, leave
from safeconduct.people.attempts import HANDLE
from safeconduct.people.models import Grant
from safeconduct.people.second_factors import code_at
from safeconduct.vault.age import new_identity
from safeconduct.vault.keyring import BOARD
from safeconduct.vault.wrapping import fingerprint

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

NAME = "Gulmakai"
REASON = "her brother is on the line now"
SCRIPT = "\"><script>x()</script><svg/onload=x()>'{{7*7}}"


@pytest.fixture
def case(cast: Cast) -> OpenCase:
    return open_case(cast.alice, [Person(given_name=NAME), Note(words="told to Alice")], at=now())


@pytest.fixture
def recipient(cast: Cast) -> Recipient:
    made = name_recipient(cast.carol, name="Else", age_key=new_identity().recipient, at=now())
    confirm_recipient(cast.dana, made.code, heard=made.age_key[-8:], at=now())
    return made


def ask(client: Client, recipient: Recipient, cases: str) -> HttpResponse:
    told = {"recipient": recipient.code, "purpose": "raising with an authority", "form": "csv"}
    return client.post("/exports/ask/", told | {"cases": cases, "columns": ["case_code"]})


# --- leave that was given for a while -------------------------------------------------------------


def test_three_hours_by_broken_glass_do_not_become_for_good(cast: Cast, case: OpenCase):
    """Bob breaks the glass and hands the case over to himself."""
    break_glass(cast.bob, outline_of(case.code), reason=REASON, at=now())
    opened = case_for(cast.bob, case.code, Purpose.CASEWORK, at=now())
    with pytest.raises(NoRight):
        hand_over(opened, cast.bob.member, note="mine now", expected_revision=1, at=now())
    told = {"to": cast.bob.member.code, "note": "mine now", "expected": "1"}
    bob = at_the_desk(cast.bob)
    assert bob.post(f"/cases/{case.code}/hand-over/", told).status_code == 404
    assert "hand-over" not in bob.get(f"/cases/{case.code}/").content.decode()
    assert outline_of(case.code).owner == cast.alice.member.code


def test_nor_by_any_other_page_once_they_have_passed(cast: Cast, case: OpenCase):
    break_glass(cast.bob, outline_of(case.code), reason=REASON, at=now())
    bob = at_the_desk(cast.bob)
    assert NAME in bob.get(f"/cases/{case.code}/").content.decode()
    Grant.objects.update(ends_at=now() - timedelta(seconds=1))
    for path in ("", "cover/", "looks/", "add/note/", f"entry/{case.rows[0].code}/history/"):
        assert NAME not in bob.get(f"/cases/{case.code}/{path}").content.decode(), path
    before = Line.objects.filter(about=case.code, revision__gt=0).count()
    bob.post(f"/cases/{case.code}/add/note/", {"words": "too late"})
    assert Line.objects.filter(about=case.code, revision__gt=0).count() == before


@pytest.mark.parametrize("who", ["dana", "audrey", "otto", "charlie"])
def test_whoever_may_not_break_the_glass_finds_none(cast: Cast, case: OpenCase, who: str):
    client = at_the_desk(getattr(cast, who))
    assert (
        client.post(f"/cases/{case.code}/break-glass/", {"reason": REASON * 2}).status_code == 404
    )


# --- somebody else's codes ------------------------------------------------------------------------


def test_an_entry_of_anothers_case_is_not_found_through_ones_own(cast: Cast, case: OpenCase):
    own = open_case(cast.charlie, [Note(words="Charlie's own")], at=now())
    charlie = at_the_desk(cast.charlie)
    for row in case.rows:
        for path in (f"entry/{row.code}/", f"entry/{row.code}/history/", f"document/{row.code}/"):
            assert charlie.get(f"/cases/{own.code}/{path}").status_code == 404, path
        told = {"expected": "1", "words": "overwritten"}
        assert charlie.post(f"/cases/{own.code}/entry/{row.code}/", told).status_code == 404


@pytest.mark.parametrize("spelling", ["plain", "small", "hyphens", "spaces", "twice coded"])
def test_no_spelling_of_a_code_opens_what_is_anothers(cast: Cast, case: OpenCase, spelling: str):
    code = case.code
    path = {
        "plain": code,
        "small": code.lower(),
        "hyphens": f"{code[:4]}-{code[4:8]}-{code[8:]}",
        "spaces": f"%20{code}%20",
        "twice coded": f"%25{ord(code[0]):02X}{code[1:]}",
    }[spelling]
    charlie = at_the_desk(cast.charlie)
    for method in (charlie.get, charlie.head):
        assert method(f"/cases/{path}/").status_code == 404


def test_of_a_shared_card_no_record_is_given_and_nothing_breaks(cast: Cast, case: OpenCase):
    at = now()
    seen = fingerprint(bytes(cast.other.public))
    confirm_office(cast.carol, cast.other, told_fingerprint=seen, at=at)
    opened = case_for(cast.carol, case.code, Purpose.CASEWORK, at=at)
    share_case(opened, cast.other.code, extent="card", at=at)
    charlie = at_the_desk(cast.charlie)
    path = f"/exports/record/{case.code}/"
    assert charlie.get(path).status_code == 404
    assert charlie.post(path, {"language": "en", "sure": "on"}).status_code == 404


# --- sessions ------------------------------------------------------------------------------------------


def test_a_role_taken_away_is_gone_at_the_next_page(cast: Cast, case: OpenCase):
    alice = at_the_desk(cast.alice)
    assert alice.get(f"/cases/{case.code}/").status_code == 200
    change_roles(cast.carol, member=cast.alice.member.code, roles=["auditor"], at=now())
    for path in ("/cases/", f"/cases/{case.code}/", "/exports/"):
        assert alice.get(path).status_code == 404, path


def test_whoever_left_is_outside_at_once_with_a_session_or_without(cast: Cast):
    bob = at_the_desk(cast.bob)
    leave(cast.carol, member=cast.bob.member.code, at=now())
    assert bob.get("/cases/").url == "/door/"
    assert bob.post("/door/again/", {"passphrase": PASSPHRASE}).url == "/door/"
    assert Client().post("/door/", {"handle": "bob", "passphrase": PASSPHRASE}).status_code == 400


def test_half_way_in_there_is_no_page(cast: Cast):
    at = now()
    secret = "ALQ4NUTSKW7BEYPQSWXA3WGA35CGG5BP"
    give_app(cast.alice, secret=secret, at=at)
    half = Client()
    half.get("/cases/")
    planted = half.cookies["desk"].value
    half.post("/door/", {"handle": "alice", "passphrase": PASSPHRASE})
    assert half.cookies["desk"].value != planted
    for path in ("/", "/cases/", "/me/", "/office/", "/lock-down/", "/door/set-up/", "/exports/"):
        assert half.get(path).url == "/door/", path
    used = half.post("/door/second-factor/", {"code": code_at(secret, at)})
    assert used.status_code == 400  # it counted when the app was set up


def test_a_stranger_who_tries_a_handle_does_not_hold_up_who_is_inside(cast: Cast):
    wrong = {"handle": "alice", "passphrase": "four wrong words here"}
    for _ in range(HANDLE.holds + 1):
        shut = Client().post("/door/", wrong)
    assert "SC741" in shut.content.decode()
    told = {"old": PASSPHRASE, "new": "four other words here", "once_more": "four other words here"}
    assert at_the_desk(cast.alice).post("/me/passphrase/", told).status_code == 200


def test_an_address_that_a_stranger_made_up_opens_no_other_bucket(cast: Cast):
    for number in range(HANDLE.holds + 1):
        handle = ("alice", "ALICE", " alice ", "\uff41lice")[number % 4]
        told = {"handle": handle, "passphrase": "four wrong words here"}
        answer = Client().post("/door/", told, HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert "SC741" in answer.content.decode()


# --- nothing typed is anywhere ------------------------------------------------------------------------


def test_a_name_among_the_codes_of_an_export_is_stored_nowhere(
    cast: Cast, case: OpenCase, recipient: Recipient
):
    agreed = Consent(
        recipient=recipient.code, extent=Extent.ALL, given_on=now().date(), told_by="her"
    )
    with_consent = open_case(cast.alice, [Person(), agreed], at=now())
    answer = ask(at_the_desk(cast.alice), recipient, f"{with_consent.code}\n{NAME}\n+447700900142")
    assert answer.status_code == 400
    assert "Number 2 of this list" in answer.content.decode()
    assert not Export.objects.exists()


def test_a_passphrase_that_came_too_late_does_not_stand_in_the_page(cast: Cast):
    alice = at_the_desk(cast.alice)
    BOARD.drop_all()
    told = {"old": PASSPHRASE, "new": "four other words here", "once_more": "four other words here"}
    page = alice.post("/me/passphrase/", told).content.decode()
    assert "fell shut" in page
    assert PASSPHRASE not in page
    assert "other words" not in page


def test_what_breaks_tells_the_log_no_word_that_was_typed(
    cast: Cast, case: OpenCase, monkeypatch: pytest.MonkeyPatch
):
    def breaks(_opened: OpenCase, told: object, **_more: object) -> None:
        raise ExceptionGroup(f"{told}", [ValueError(f"cannot read {told}")])

    monkeypatch.setattr("safeconduct.cases.actions.add_entry", breaks)
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(CodesOnly())
    logging.getLogger().addHandler(handler)
    try:
        alice = at_the_desk(cast.alice)
        alice.raise_request_exception = False
        answer = alice.post(f"/cases/{case.code}/add/note/", {"words": "a night letter"})
    finally:
        logging.getLogger().removeHandler(handler)
    assert answer.status_code == 500
    assert "night letter" not in answer.content.decode()
    assert "ExceptionGroup" in written.getvalue()
    assert "night letter" not in written.getvalue()
    assert case.code not in written.getvalue()


def test_script_in_whatever_is_stored_stays_text(cast: Cast):
    cast.home.name = SCRIPT[:60]
    cast.home.save()
    person = Person(given_name=SCRIPT, family_name=SCRIPT, phones=(SCRIPT,), passport=SCRIPT)
    opened = open_case(cast.alice, [person, Note(words=SCRIPT)], at=now())
    alice = at_the_desk(cast.alice)
    ends = ("", "history/", "remove/")
    entries = [f"entry/{row.code}/{end}" for row in opened.rows for end in ends]
    for path in [
        "/",
        "/me/",
        *(f"/cases/{opened.code}/{each}" for each in ("", "looks/", *entries)),
    ]:
        answer = alice.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert not re.search(r"<script(?! src=)|<svg/", page), path
        assert "no-store" in answer.headers["Cache-Control"]
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


# --- no dead end ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["alice", "carol", "dana", "audrey", "otto", "charlie"])
def test_no_link_leads_to_a_page_that_is_not_there(cast: Cast, case: OpenCase, who: str):
    client = at_the_desk(getattr(cast, who))
    waiting, seen = ["/"], set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code == 200, path
        links = re.findall(r'<a [^>]*href="(/[^"?#]*)', answer.content.decode())
        waiting += sorted({each for each in links if each not in seen and each not in waiting})
    assert ("/cases/shreddings/" in seen) is (who == "dana")
