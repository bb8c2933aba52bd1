"""What this room keeps names nobody, follows a renewed key, and goes with a case that is shredded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from tests.cast import AT, Cast
from tests.rooms.cases.test_office_key_renewed import run_the_job
from tests.rooms.triage.callers import again, answered, caller, interpreter, opened_case
from tests.rooms.triage.rulebooks import in_force
from tests.rooms.triage.working import work

from safeconduct.cases.actions import agree_to_shred, ask_to_shred
from safeconduct.cases.entries import Person, Said
from safeconduct.cases.models import Ground
from safeconduct.journal.models import Line
from safeconduct.people.actions.leaving import leave
from safeconduct.people.models import Office
from safeconduct.triage.actions import (
    ask_for_like_cases,
    ask_for_override,
    ask_to_reassess,
    assess_case,
    decide_override,
    tell_facts,
)
from safeconduct.triage.actions.rules import LIKE, REASSESS
from safeconduct.triage.models import (
    LikeCases,
    Moved,
    Override,
    Reassessment,
    RulesInForce,
    Standing,
)
from safeconduct.triage.overriding import reason_of
from safeconduct.triage.sealed import groups_of, why_of
from safeconduct.triage.shred import forget_by_clock

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
REASON = "Zarmina's brother was taken last night."


def everything(cast: Cast) -> str:
    """A case through all of this room; its code."""
    told = interpreter(
        Person(given_name="Zarghuna"), Said(words=("threat: letters at Gulalai's door",))
    )
    opened = opened_case(cast.alice, *told, at=AT)
    tell_facts(opened, {(opened.persons[0].code, "employer"): "uk_forces"}, seen={}, at=AT)
    assess_case(cast.alice, opened.code, at=AT)
    until = AT.date() + timedelta(days=9)
    row = ask_for_override(opened, band="emergency", until=until, reason=REASON, at=AT)
    decide_override(cast.carol, row.code, agreed=True, at=AT)
    in_force(cast.carol, at=AT)
    work(cast.carol, REASSESS, at=AT)
    ask_for_like_cases(cast.carol, at=AT)
    work(cast.carol, LIKE, at=AT)
    return opened.code


def test_nothing_that_was_told_stands_in_clear(cast: Cast):
    everything(cast)
    rows = [
        str(value)
        for label in ("triage", "journal", "jobs", "cases")
        for model in apps.get_app_config(label).get_models()
        for row in model._default_manager.values_list()
        for value in row
    ]
    text = " ".join(
        bytes(each).decode("utf-8", "replace") if isinstance(each, memoryview | bytes) else each
        for each in rows
    )
    for word in (
        "Zalmai",
        "Zarghuna",
        "Gulalai",
        "Zarmina",
        "brother",
        "uk_forces",
        "British Army",
    ):
        assert word not in text, word


def test_by_the_offices_newest_key_all_is_read_and_counts(cast: Cast):
    code = everything(cast)
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    run_the_job(cast.carol.ring)
    for generation in [each for each in cast.carol.ring.office_keys if each < 2]:
        del cast.carol.ring.office_keys[generation]
    cast.carol.member.office = Office.objects.get(code=cast.home.code)
    assert reason_of(cast.carol, Override.objects.get()) == REASON
    assert why_of(cast.carol.ring, RulesInForce.objects.get())
    assert groups_of(cast.carol.ring, LikeCases.objects.get()) == "[]"
    assess_case(cast.carol, code, at=AT)
    assert again(cast.carol, code, AT).cover.band == "emergency", "the voucher was renewed too"


def test_a_row_altered_before_the_key_turned_is_not_vouched_for_after_it(cast: Cast):
    code = everything(cast)
    Override.objects.update(until=AT.date() + timedelta(days=3000))
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    run_the_job(cast.carol.ring)
    cast.carol.member.office = Office.objects.get(code=cast.home.code)
    assess_case(cast.carol, code, at=AT)
    assert again(cast.carol, code, AT).cover.band == "urgent"


def test_of_a_shredded_case_nothing_stays_here_but_the_journals_lines(cast: Cast):
    code = everything(cast)
    kept = opened_case(cast.alice, *caller(answered(in_hiding="yes")), at=AT).code
    assess_case(cast.alice, kept, at=AT)
    opened = again(cast.carol, code, AT)
    ask_to_shred(opened, Ground.ASKED_BY_FAMILY, at=AT)
    agree_to_shred(cast.dana, code, at=AT)
    assert not Override.objects.exists()
    assert not Moved.objects.filter(case=code).exists()
    assert not LikeCases.objects.exists()
    assert list(Standing.objects.values_list("case", flat=True)) == [kept]
    assert Line.objects.filter(about=code).exists()
    ask_to_reassess(cast.carol, at=AT)
    work(cast.carol, REASSESS, at=AT)


def test_a_case_that_was_never_assessed_is_forgotten_by_the_report_of_like_cases_too(cast: Cast):
    opened = opened_case(cast.alice, at=AT)
    ask_for_like_cases(cast.carol, at=AT)
    work(cast.carol, LIKE, at=AT)
    assert not Standing.objects.exists()
    ask_to_shred(again(cast.carol, opened.code, AT), Ground.ASKED_BY_FAMILY, at=AT)
    agree_to_shred(cast.dana, opened.code, at=AT)
    assert not LikeCases.objects.exists()


def test_the_clock_forgets_what_was_compared_long_ago(cast: Cast):
    everything(cast)
    forget_by_clock(at=AT + timedelta(days=89))
    assert Reassessment.objects.count() == 2
    forget_by_clock(at=AT + timedelta(days=91))
    assert [run.writes for run in Reassessment.objects.all()] == [True]
    assert not LikeCases.objects.exists()
    forget_by_clock(at=AT + timedelta(days=3000))
    assert not Reassessment.objects.exists()
    assert why_of(cast.carol.ring, RulesInForce.objects.get()), "what counts keeps its reason"
