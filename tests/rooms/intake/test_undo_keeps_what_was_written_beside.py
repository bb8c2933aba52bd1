"""A case about which a colleague did anything but look is not undone with its import: it stays, and is listed."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import again, imported, run_undo

from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.intake.actions.calls import note_call
from safeconduct.intake.actions.undoing import kept_cases, undo_import
from safeconduct.intake.models import Delivery, Plea
from safeconduct.matching.actions import judge, withdraw
from safeconduct.matching.models import Judgement
from safeconduct.triage.actions import ask_for_override, decide_override, tell_facts
from safeconduct.triage.models import Override

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
REASON = "Her brother was taken last night."


def stays(cast: Cast, delivery: Delivery) -> list[str]:
    undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)
    run_undo(cast.carol)
    kept = kept_cases(again(delivery))
    assert kept == sorted(Case.objects.values_list("code", flat=True))
    return kept


def cases_of(delivery: Delivery) -> list[str]:
    pleas = Plea.objects.filter(delivery=delivery).exclude(case="").order_by("number")
    return list(pleas.values_list("case", flat=True))


def opened(cast: Cast, code: str):
    return case_for(cast.bob, code, Purpose.CASEWORK, at=AT)


def test_looks_alone_keep_nothing(cast: Cast):
    delivery = imported(cast.alice)
    opened(cast, cases_of(delivery)[0])
    assert stays(cast, delivery) == []


def test_a_waiting_override_and_a_refused_one(cast: Cast):
    delivery = imported(cast.alice)
    waiting, refused, _ = cases_of(delivery)
    for code in (waiting, refused):
        ask_for_override(
            opened(cast, code), band="emergency", until=AT.date(), reason=REASON, at=AT
        )
    decide_override(cast.carol, Override.objects.get(case=refused).code, agreed=False, at=AT)
    assert stays(cast, delivery) == sorted([waiting, refused])
    assert Override.objects.filter(case=waiting, ended_at=None).exists()


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_judgement_with_its_note_names_both_cases(cast: Cast, taken_back: bool):
    delivery = imported(cast.alice)
    one, two, _ = cases_of(delivery)
    said = judge(cast.bob, (one, two), Verdict.DIFFERENT, note="Another village.", at=AT)
    if taken_back:
        withdraw(cast.bob, said.code, why="It was wrong.", at=AT)
    assert stays(cast, delivery) == sorted([one, two])
    assert Judgement.objects.filter(code=said.code).exists()


def test_an_answer_to_a_question(cast: Cast):
    delivery = imported(cast.alice)
    code = cases_of(delivery)[0]
    tell_facts(opened(cast, code), {(None, "in_hiding"): "yes"}, seen={}, at=AT)
    assert stays(cast, delivery) == [code]


def test_a_call_of_which_nothing_was_written_down(cast: Cast):
    delivery = imported(cast.alice)
    code = cases_of(delivery)[0]
    note_call(cast.bob, opened(cast, code), "", at=AT)
    assert stays(cast, delivery) == [code]
