"""Like cases that fared differently are found; that they are alike is told to nobody but the office (F10, F21)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.triage.callers import again, answered, caller, interpreter, opened_case
from tests.rooms.triage.working import work

from safeconduct.cases.actions import add_entry, change_cover
from safeconduct.cases.entries import Decision, Outcome, Person
from safeconduct.core.errors import NoRight, SealBroken
from safeconduct.core.facts import Relation, Sex
from safeconduct.triage.actions import (
    ask_for_like_cases,
    ask_for_override,
    assess_case,
    decide_override,
    end_override,
)
from safeconduct.triage.actions.rules import LIKE
from safeconduct.triage.models import LikeCases
from safeconduct.triage.sealed import groups_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def found(cast: Cast, *, hours: int = 0) -> list[list[dict[str, object]]]:
    at = AT + timedelta(hours=hours)
    report = ask_for_like_cases(cast.carol, at=at)
    work(cast.carol, LIKE, at=at)
    report.refresh_from_db()
    assert report.finished_at
    groups: list[list[dict[str, object]]] = json.loads(groups_of(cast.carol.ring, report))
    return groups


def two_interpreters(cast: Cast) -> list[str]:
    # Another name and no word more: of both the rulebook knows the same.
    zalmai = interpreter()
    karim = [
        Person(given_name="Karim", relation=Relation.PRINCIPAL, sex=Sex.MALE),
        *interpreter()[1:],
    ]
    codes = [
        opened_case(by, *told, at=AT).code for by, told in ((cast.alice, zalmai), (cast.bob, karim))
    ]
    for by, code in zip((cast.alice, cast.bob), codes, strict=True):
        assess_case(by, code, at=AT)
    return codes


def test_like_cases_decided_alike_are_no_news(cast: Cast):
    two_interpreters(cast)
    assert found(cast) == []


def test_an_override_of_one_alone_is_seen(cast: Cast):
    first, second = two_interpreters(cast)
    opened = again(cast.alice, first, AT)
    row = ask_for_override(
        opened, band="emergency", until=AT.date(), reason="a reason that is long", at=AT
    )
    decide_override(cast.carol, row.code, agreed=True, at=AT)
    [group] = found(cast)
    told = {each["case"]: each for each in group}
    assert set(told) == {first, second}
    assert (told[first]["band"], told[first]["agreed"]) == ("emergency", True)
    assert (told[second]["band"], told[second]["rulebook"]) == ("urgent", "urgent")
    end_override(cast.carol, row.code, at=AT)
    change_cover(
        again(cast.alice, first, AT),
        expected_revision=again(cast.alice, first, AT).cover.cover_revision,
        at=AT,
        state="closed",
    )
    until = AT.date()
    opened = again(cast.bob, second, AT)
    ask_for_override(opened, band="emergency", until=until, reason="asked, and no more", at=AT)
    [group] = found(cast, hours=1)
    assert [each["agreed"] for each in group] == [False, False]


def test_of_many_groups_none_is_left_out(cast: Cast, monkeypatch):
    monkeypatch.setattr("safeconduct.triage.views.like.ON_A_PAGE", 1)
    for told in (interpreter(), caller(answered(in_hiding="yes"))):
        opened_case(cast.carol, *told, at=AT)
        opened = opened_case(cast.carol, *told, at=AT)
        change_cover(opened, expected_revision=1, at=AT, state="closed")
    codes = [{str(each["case"]) for each in group} for group in found(cast)]
    assert len(codes) == 2
    report = LikeCases.objects.get()
    for number, group in enumerate(codes, start=1):
        shown = at_the_desk(cast.carol).get(f"/triage/like/{report.code}/", {"page": number})
        page = shown.content.decode()
        assert [all(code in page for code in each) for each in codes] == [
            each == group for each in codes
        ]
        assert ("After these" in page, "Before these" in page) == (number < 2, number > 1)


def test_a_decision_of_an_authority_for_one_alone_is_seen(cast: Cast):
    first, second = two_interpreters(cast)
    granted = Decision(scheme="ARAP-4", outcome=Outcome.GRANTED, words="Zalmai may come")
    add_entry(again(cast.alice, first, AT), granted, at=AT)
    [group] = found(cast)
    assert {each["case"]: each["decisions"] for each in group} == {
        first: [["ARAP-4", "granted"]],
        second: [],
    }
    refused = Decision(scheme="ARAP-4", outcome=Outcome.GRANTED)
    add_entry(again(cast.bob, second, AT), refused, at=AT)
    assert found(cast, hours=1) == []


def test_a_case_that_was_closed_is_compared_too(cast: Cast):
    first, _ = two_interpreters(cast)
    opened = again(cast.alice, first, AT)
    change_cover(opened, expected_revision=opened.cover.cover_revision, at=AT, state="closed")
    [group] = found(cast)
    assert {each["state"] for each in group} == {"open", "closed"}


def test_to_know_nothing_of_two_families_is_no_likeness(cast: Cast):
    for state in ("open", "closed"):
        opened = opened_case(cast.carol, *caller(), at=AT)
        if state == "closed":
            change_cover(opened, expected_revision=1, at=AT, state=state)
    assert found(cast) == []
    assert LikeCases.objects.get().counts["unheard"] == 2


def test_another_answer_is_another_family(cast: Cast):
    opened_case(cast.carol, *caller(answered(in_hiding="yes")), at=AT, band="urgent")
    opened_case(cast.carol, *caller(answered(in_hiding="no")), at=AT)
    assert found(cast) == []


def test_what_was_found_is_sealed_and_one_report_is_kept(cast: Cast):
    first, _ = two_interpreters(cast)
    change_cover(
        again(cast.alice, first, AT),
        expected_revision=again(cast.alice, first, AT).cover.cover_revision,
        at=AT,
        state="withdrawn",
    )
    found(cast)
    found(cast, hours=1)
    report = LikeCases.objects.get()
    assert first.encode() not in bytes(report.sealed or b"")
    assert first not in json.dumps(report.counts)
    with pytest.raises(SealBroken):
        groups_of(cast.charlie.ring, report)


def test_who_may_ask(cast: Cast):
    for by in (cast.alice, cast.bob, cast.dana, cast.audrey):
        with pytest.raises(NoRight):
            ask_for_like_cases(by, at=AT)
