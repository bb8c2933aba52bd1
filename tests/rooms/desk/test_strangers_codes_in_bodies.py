"""Codes of another office, of a colleague, or of nothing, in bodies rather than in addresses: they move nothing."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.cases.families import compared
from tests.rooms.intake.arrivals import imported, read, read_in_this_process
from tests.rooms.matching.doubles import TOLD_AGAIN, TOLD_TWICE, case_of
from tests.rooms.triage.rulebooks import SMALL

from safeconduct.cases import actions as cases
from safeconduct.cases.actions.opening import new_case_code
from safeconduct.cases.models import Case
from safeconduct.config.clock import now
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.desk.models import KeptView
from safeconduct.desk.worklist.kept import keep_view
from safeconduct.desk.worklist.narrowing import Narrow
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.models import Delivery, End, Plea
from safeconduct.matching.actions import agree_cards, judge
from safeconduct.matching.models import CardsAgreement, Judgement
from safeconduct.triage.actions import (
    ask_for_like_cases,
    ask_for_override,
    ask_to_compare,
    load_rules,
)
from safeconduct.triage.models import Notice, Override

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    settings.AFTER_TOLD, settings.CASE_PANELS = "", []
    read_in_this_process(monkeypatch)


def covers() -> list[dict[str, object]]:
    return list(Case.objects.order_by("code").values())


def test_ticked_codes_of_others_among_ours(cast: Cast):
    """Ours is done. A colleague's, another office's, a lent card and nothing at all are left, and none is told apart
    from what is not there.
    """
    ours, bobs = case_of(cast.alice, *TOLD_TWICE), case_of(cast.bob, *TOLD_TWICE)
    theirs, card = case_of(cast.charlie, *TOLD_AGAIN), case_of(cast.charlie, *TOLD_AGAIN)
    compared(cast.charlie, cast.home)
    cases.share_case(card, cast.home.code, extent="card", at=AT)
    before = [each for each in covers() if each["code"] != ours.code]
    nothing = new_case_code()
    ticked = [f"{each.code}.{each.cover.cover_revision}" for each in (ours, bobs, theirs, card)]
    alice = at_the_desk(cast.alice)
    day = (now().date() + timedelta(days=2)).isoformat()
    told = {
        "act": "due",
        "case": [*ticked, f"{nothing}.1", "'; DROP.1"],
        "next_due": day,
        "sure": "on",
    }
    answer = alice.post("/several/", told)
    assert answer.status_code == 409
    assert Case.objects.get(code=ours.code).next_due.isoformat() == day
    assert [each for each in covers() if each["code"] != ours.code] == before
    left = {each.code: each.refusal.code for each in answer.context["left"]}
    assert left[bobs.code] == left[theirs.code] == left[nothing]
    told = {
        "act": "hand-over",
        "case": ticked[1:],
        "to": cast.alice.member.code,
        "note": "x",
        "sure": "on",
    }
    assert alice.post("/several/", told).status_code == 400
    assert [each for each in covers() if each["code"] != ours.code] == before


def test_cases_are_given_to_nobody_of_another_office(cast: Cast):
    ours = case_of(cast.alice, *TOLD_TWICE)
    alice = at_the_desk(cast.alice)
    for to in (cast.charlie, cast.audrey, cast.otto):
        told = {
            "act": "hand-over",
            "case": f"{ours.code}.{ours.cover.cover_revision}",
            "to": to.member.code,
            "note": "x",
            "sure": "on",
        }
        assert alice.post("/several/", told).status_code == 400
    assert Case.objects.get().owner_id == cast.alice.member.code


def test_a_plea_is_attached_to_no_case_but_ones_own(cast: Cast):
    plea = receive_text(cast.alice, "My aunt Gulmakai asks.", at=now())
    theirs, card = case_of(cast.charlie, *TOLD_AGAIN), case_of(cast.charlie, *TOLD_AGAIN)
    bobs = case_of(cast.bob, *TOLD_TWICE)
    compared(cast.charlie, cast.home)
    cases.share_case(card, cast.home.code, extent="all", at=AT)
    alice = at_the_desk(cast.alice)
    before = covers()
    for each in (theirs.code, bobs.code, card.code, "K7Q4MX2PD", plea.code, plea.delivery_id):
        sent = {"case": each, "revision": plea.revision}
        answer = alice.post(f"/intake/pleas/{plea.code}/attach/", sent)
        assert answer.status_code == 400, each
    plea.refresh_from_db()
    assert (plea.end, plea.case) == (End.QUARANTINED, "")
    assert covers() == before


def test_a_plea_is_handed_to_nobody_of_another_office(cast: Cast):
    plea = receive_text(cast.alice, "My aunt Gulmakai asks.", at=now())
    alice = at_the_desk(cast.alice)
    day = (now().date() + timedelta(days=2)).isoformat()
    for to in (cast.charlie, cast.audrey, cast.otto):
        sent = {"to": to.member.code, "due": day, "revision": plea.revision}
        assert alice.post(f"/intake/pleas/{plea.code}/hand-over/", sent).status_code == 400
    plea.refresh_from_db()
    assert plea.owner_id == cast.alice.member.code


def test_a_case_is_opened_under_no_code_that_is_taken(cast: Cast):
    """The hidden code of a form, replaced by that of another office's case or of a delivery."""
    theirs = case_of(cast.charlie, *TOLD_AGAIN)
    plea = receive_text(cast.alice, "My aunt Gulmakai asks.", at=now())
    alice = at_the_desk(cast.alice)
    empty = {"person-TOTAL_FORMS": "0", "person-INITIAL_FORMS": "0", "revision": plea.revision}
    for code in (theirs.code, plea.delivery_id):
        answer = alice.post(f"/intake/pleas/{plea.code}/take-in/", empty | {"reserved": code})
        assert answer.status_code in {302, 400, 409}, code
        assert Case.objects.filter(office=cast.home, code=code).count() == 0
    theirs.cover.refresh_from_db()
    assert theirs.cover.office_id == cast.other.code


def test_another_offices_rooms_are_not_there_for_charlie(cast: Cast):
    """Every address with a code of Harbour Street's in it, by every verb, with anything in the body."""
    done, waits = imported(cast.carol), read(cast.carol, b"Name,Age\nMadeupfictional,7", at=AT)
    held = Plea.objects.get(end=End.QUARANTINED, delivery=done)
    one, two = case_of(cast.alice, *TOLD_TWICE), case_of(cast.alice, *TOLD_AGAIN)
    theirs = case_of(cast.charlie, *TOLD_AGAIN)
    compared(cast.carol, cast.other)
    until = now().date() + timedelta(days=2)
    asked = ask_for_override(one, band="urgent", until=until, reason="Zarmina was taken.", at=now())
    rules = load_rules(cast.carol, name="ours", text=SMALL, at=AT)
    said = judge(cast.alice, (one.code, two.code), Verdict.SAME, at=AT)
    lent = agree_cards(cast.carol, cast.other.code, at=AT)
    kept = keep_view(cast.alice, "a choice", Narrow(), at=AT)
    run, report = (
        ask_to_compare(cast.carol, rules.version, at=AT),
        ask_for_like_cases(cast.carol, at=AT),
    )
    notices = Notice.objects.bulk_create(
        [Notice(override=asked, member=cast.alice.member, what="asked", at=AT)]
    )
    paths = [
        *(f"/intake/{code}/{step}" for code in (done.code, waits.code) for step in DELIVERY),
        *(f"/intake/pleas/{held.code}/{step}" for step in PLEA),
        f"/doubles/pair/{one.code}/{two.code}/",
        f"/doubles/pair/{one.code}/{theirs.code}/",
        f"/doubles/judgement/{said.code}/withdraw/",
        f"/doubles/family/{one.code}/",
        f"/doubles/cards/{lent.code}/end/",
        f"/triage/rules/{rules.version}/",
        f"/triage/rules/{rules.version}/compare/",
        f"/triage/runs/{run.code}/",
        f"/triage/like/{report.code}/",
        f"/triage/{one.code}/ask/",
        f"/triage/{one.code}/assess/",
        f"/triage/{one.code}/override/",
        f"/triage/{one.code}/override/{asked.code}/",
        f"/triage/{one.code}/override/{asked.code}/end/",
        # A case of one's own with another's override.
        f"/triage/{theirs.code}/override/{asked.code}/",
        f"/triage/{theirs.code}/override/{asked.code}/end/",
        f"/views/{kept.code}/drop/",
    ]
    charlie = at_the_desk(cast.charlie)
    before = state()
    anything = {
        "revision": "1", "why": "wrong-file", "leave-why": "wrong-file", "answer": "agree", "case": theirs.code,
        "verdict": "same", "judgement": said.code, "shown": base64.b64encode(b"x" * 90).decode(),
        "band": "urgent", "until": until.isoformat(), "reason": "a reason that is long", "sure": "on",
        "to": cast.charlie.member.code, "due": until.isoformat(), "field": ["full_name", "age"],
    }  # fmt: skip
    for path in paths:
        for verb in ("get", "head", "post", "put", "delete", "patch", "options", "trace"):
            sent = [anything] if verb == "post" else []
            answer = getattr(charlie, verb)(path, *sent)
            assert answer.status_code in {404, 405}, (verb, path, answer.status_code)
            assert one.code not in answer.content.decode().replace(path, "")
    assert charlie.post(f"/triage/notices/{notices[0].pk}/").status_code == 302
    assert charlie.post(f"/triage/notices/{2**70}/").status_code in {302, 404}
    for sent in ({"one": one.code, "two": theirs.code}, {"one": one.code, "two": two.code}):
        led = charlie.post("/doubles/two/", sent)
        assert charlie.get(led["Location"]).status_code == 404
    told = charlie.get(f"/triage/rules/load/?from={rules.version}").content.decode()
    assert SMALL[:60] not in told
    assert charlie.get(f"/cases/?whose={cast.alice.member.code}").status_code == 400
    assert state() == before


DELIVERY = ("", "columns/", "progress/", "read/", "begin/", "leave/", "undo/", "forget/")
PLEA = ("", "take-in/", "attach/", "set-aside/", "hand-over/")


def state() -> list[list[tuple[object, ...]]]:
    """Every row of these rooms; what looks write into the journal is left out."""
    tables = (Delivery, Plea, Case, Judgement, CardsAgreement, Override, Notice, KeptView)
    return [sorted(table.objects.values_list(), key=str) for table in tables]
