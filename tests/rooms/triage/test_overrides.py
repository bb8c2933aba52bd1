"""Another band than the rulebook's: two people, a reason, a day; and what comes of rows made by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.triage.callers import again, answered, caller, interpreter, opened_case
from tests.rooms.triage.working import work

from safeconduct.cases.actions import add_entry, hand_over, open_case
from safeconduct.cases.models import Case
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import (
    NoRight,
    NoSuchCase,
    NotByOneself,
    NotOpened,
    OverrideDecided,
    OverrideNeedsReason,
    OverrideNotVouchedFor,
    OverrideUnclear,
    OverrideWaits,
)
from safeconduct.jobs.models import Job
from safeconduct.journal.models import Line
from safeconduct.triage import queries
from safeconduct.triage.actions import (
    acknowledge,
    ask_for_override,
    assess_case,
    decide_override,
    end_override,
)
from safeconduct.triage.models import Notice, Override, Standing
from safeconduct.triage.overriding import reason_of
from safeconduct.triage.tending import TEND, ask_to_tend

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = AT.date()
REASON = "Zarmina's brother was taken last night; the rulebook does not ask for brothers."


def ask(opened: OpenCase, *, band: str = "emergency", days: int = 5) -> Override:
    until = TODAY + timedelta(days=days)
    return ask_for_override(opened, band=band, until=until, reason=REASON, at=AT)


def agreed(cast: Cast, *, days: int = 5, band: str = "emergency") -> tuple[OpenCase, Override]:
    opened = opened_case(cast.alice, at=AT)
    assess_case(cast.alice, opened.code, at=AT)
    row = decide_override(cast.carol, ask(opened, days=days, band=band).code, agreed=True, at=AT)
    return opened, row


def band_of(cast: Cast, code: str, days: int = 0) -> str:
    return again(cast.carol, code, AT + timedelta(days=days)).cover.band


def test_nothing_changes_until_a_second_person_agrees(cast: Cast):
    opened = opened_case(cast.alice, at=AT)
    assess_case(cast.alice, opened.code, at=AT)
    row = ask(opened)
    assert band_of(cast, opened.code) == "urgent"
    assert reason_of(cast.carol, row) == REASON
    assert REASON[:7].encode() not in bytes(row.sealed_reason)
    decide_override(cast.carol, row.code, agreed=True, at=AT)
    cover = again(cast.carol, opened.code, AT).cover
    assert (cover.band, cover.priority) == ("emergency", 36.0 - 9)  # one person: 27 points
    assert Standing.objects.get(case=opened.code).band == "urgent"  # the rulebook's own
    assert [line.deed for line in Line.objects.filter(deed__startswith="override")] == [
        "override asked for",
        "override agreed",
    ]


def test_nobody_agrees_to_their_own(cast: Cast):
    opened = opened_case(cast.carol, at=AT)
    row = ask(opened)
    with pytest.raises(NotByOneself):
        decide_override(cast.carol, row.code, agreed=True, at=AT)
    with pytest.raises(NotByOneself):
        decide_override(cast.carol, row.code, agreed=False, at=AT)
    row.refresh_from_db()
    assert row.agreed is None


def test_only_who_may_open_the_case_decides(cast: Cast):
    row = ask(opened_case(cast.alice, at=AT))
    for stranger in (cast.bob, cast.charlie):
        with pytest.raises(NoSuchCase):
            decide_override(stranger, row.code, agreed=True, at=AT)
    for without in (cast.dana, cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            decide_override(without, row.code, agreed=True, at=AT)
    assert decide_override(cast.carol, row.code, agreed=True, at=AT).agreed


def test_a_refused_one_leaves_the_rulebooks_band_and_may_be_asked_anew(cast: Cast):
    opened = opened_case(cast.alice, at=AT)
    assess_case(cast.alice, opened.code, at=AT)
    row = decide_override(cast.carol, ask(opened).code, agreed=False, at=AT)
    assert band_of(cast, opened.code) == "urgent"
    with pytest.raises(OverrideDecided):
        decide_override(cast.carol, row.code, agreed=True, at=AT)
    assert ask(opened).code != row.code


def test_one_at_a_time(cast: Cast):
    opened = opened_case(cast.alice, at=AT)
    ask(opened)
    with pytest.raises(OverrideWaits):
        ask(opened)


@pytest.mark.parametrize(
    ("band", "until", "reason", "refused"),
    [
        ("not assessed", TODAY, REASON, OverrideUnclear),
        ("dire", TODAY, REASON, OverrideUnclear),
        ("urgent", TODAY - timedelta(days=1), REASON, OverrideUnclear),
        ("urgent", TODAY + timedelta(days=31), REASON, OverrideUnclear),
        ("urgent", date(2100, 1, 1), REASON, OverrideUnclear),
        ("urgent", TODAY, "please", OverrideNeedsReason),
        ("urgent", TODAY, " " * 80, OverrideNeedsReason),
    ],
)
def test_what_cannot_be_asked_for(cast: Cast, band: str, until: date, reason: str, refused: type):
    opened = opened_case(cast.alice, at=AT)
    with pytest.raises(refused):
        ask_for_override(opened, band=band, until=until, reason=reason, at=AT)
    assert not Override.objects.exists()


def test_it_stays_through_new_answers_and_new_assessments(cast: Cast):
    opened, _ = agreed(cast, band="routine")
    assert band_of(cast, opened.code) == "routine"
    add_entry(opened, answered(life_saving_treatment="yes"), at=AT)
    assess_case(cast.alice, opened.code, at=AT)
    assert band_of(cast, opened.code) == "routine"
    assert Standing.objects.get(case=opened.code).band == "emergency"


def test_it_never_outlives_its_day(cast: Cast):
    opened, row = agreed(cast, days=2)
    later = AT + timedelta(days=2)
    assert not assess_case(cast.alice, opened.code, at=later)
    assert band_of(cast, opened.code) == "emergency"
    over = AT + timedelta(days=3)
    # Before anybody ended it, lists say so and have the rulebook's band at hand.
    told = queries.on_the_list([opened.code], on=over.date())[opened.code]
    assert (told.ran_out, told.band) == (True, "urgent")
    assert list(queries.ran_out(cast.home.code, on=over.date())) == [row]
    assert assess_case(cast.alice, opened.code, at=over)
    assert band_of(cast, opened.code, 3) == "urgent"
    row.refresh_from_db()
    assert (row.ended_at, row.ended_by) == (over, None)


def test_the_clock_ends_it_by_a_job_that_is_lent_keys(cast: Cast):
    opened, row = agreed(cast, days=1)
    waiting = opened_case(cast.bob, at=AT)
    never_decided = ask(waiting, days=1)
    assert ask_to_tend(at=AT + timedelta(days=1)) == 0
    over = AT + timedelta(days=2)
    assert ask_to_tend(at=over) == 1
    ask_to_tend(at=over)
    assert Job.objects.filter(kind=TEND).count() == 1
    job = work(cast.bob, TEND, at=over)
    assert job.finished_at
    assert band_of(cast, opened.code, 2) == "urgent"
    for each in (row, never_decided):
        each.refresh_from_db()
        assert (each.ended_at, each.ended_by) == (over, None)
    lines = Line.objects.filter(deed="override ended")
    assert {(line.member, line.about) for line in lines} == {
        ("", opened.code),
        ("", waiting.code),
    }
    assert ask_to_tend(at=over) == 0


def test_one_case_that_does_not_open_keeps_no_other_override_waiting(cast: Cast):
    broken, first = agreed(cast, days=1)
    opened, row = agreed(cast, days=2)
    Case.objects.filter(code=broken.code).update(contents_seal=b"altered")
    over = AT + timedelta(days=3)
    ask_to_tend(at=over)
    with pytest.raises(NotOpened):
        work(cast.bob, TEND, at=over)
    assert Case.objects.get(code=opened.code).band == "urgent"
    for each, ended in ((row, over), (first, None)):
        each.refresh_from_db()
        assert each.ended_at == ended


def test_it_can_be_withdrawn_and_ended_before_its_day(cast: Cast):
    waiting = ask(opened_case(cast.alice, at=AT))
    end_override(cast.alice, waiting.code, at=AT)
    with pytest.raises(OverrideDecided):
        decide_override(cast.carol, waiting.code, agreed=True, at=AT)
    opened, row = agreed(cast)
    with pytest.raises(NoSuchCase):
        end_override(cast.bob, row.code, at=AT)
    ended = end_override(cast.alice, row.code, at=AT)
    assert ended.ended_by_id == cast.alice.member.code
    assert band_of(cast, opened.code) == "urgent"
    with pytest.raises(OverrideDecided):
        end_override(cast.carol, row.code, at=AT)


def test_a_colleague_who_has_no_part_in_it_does_not_end_it(cast: Cast):
    opened = open_case(cast.alice, interpreter(), at=AT, owned=False)
    row = ask(opened)
    with pytest.raises(NoRight):
        end_override(cast.bob, row.code, at=AT)


def test_whoever_looks_after_the_case_and_whoever_asked_are_told(cast: Cast):
    opened = opened_case(cast.alice, at=AT)
    row = ask(opened)
    assert not Notice.objects.exists()  # Alice asked for her own case
    decide_override(cast.carol, row.code, agreed=True, at=AT)
    [notice] = queries.unseen(cast.alice)
    assert notice.what == "agreed"
    acknowledge(cast.bob, notice.pk, at=AT)
    assert queries.unseen(cast.alice).count() == 1
    acknowledge(cast.alice, notice.pk, at=AT)
    assert queries.unseen(cast.alice).count() == 0
    hand_over(
        again(cast.alice, opened.code, AT),
        cast.bob.member,
        note="yours now",
        expected_revision=again(cast.alice, opened.code, AT).cover.cover_revision,
        at=AT,
    )
    end_override(cast.carol, row.code, at=AT)
    assert {n.member_id for n in Notice.objects.filter(what="ended")} == {
        cast.alice.member.code,
        cast.bob.member.code,
    }


def test_who_has_something_to_decide(cast: Cast):
    ask(opened_case(cast.alice, at=AT))
    assert queries.to_decide(cast.carol, on=TODAY).count() == 1
    assert queries.to_decide(cast.alice, on=TODAY).count() == 0
    for nobody in (cast.dana, cast.audrey, cast.charlie):
        assert queries.to_decide(nobody, on=TODAY).count() == 0


# --- rows that nobody of the office wrote ------------------------------------------------------------


def test_a_row_made_agreed_by_hand_raises_nobody(cast: Cast):
    opened = opened_case(cast.alice, *caller(), at=AT)
    row = ask(opened)
    Override.objects.filter(code=row.code).update(
        agreed=True, decided_by=cast.carol.member, decided_at=AT
    )
    assess_case(cast.alice, opened.code, at=AT)
    assert band_of(cast, opened.code) == "not assessed"


@pytest.mark.parametrize("column", ["band", "until"])
def test_what_was_changed_by_hand_is_not_agreed_to(cast: Cast, column: str):
    row = ask(opened_case(cast.alice, at=AT), band="priority", days=1)
    value = {"band": "emergency", "until": TODAY + timedelta(days=20)}[column]
    Override.objects.filter(code=row.code).update(**{column: value})
    with pytest.raises(OverrideNotVouchedFor):
        decide_override(cast.carol, row.code, agreed=True, at=AT)
    assert decide_override(cast.carol, row.code, agreed=False, at=AT).agreed is False
