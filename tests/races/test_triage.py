"""Several at once over bands and rules, and a re-assessment that is killed: nobody is judged twice, nobody is lost."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from tests.cast import AT, Cast, make_cast, unlocked_here
from tests.races.both import Both, Meeting
from tests.races.kills import at_every_moment
from tests.rooms.triage.callers import again, answered, caller, interpreter, opened_case
from tests.rooms.triage.rulebooks import in_force, loaded
from tests.rooms.triage.working import LEASE, work

from safeconduct.cases.actions import open_case
from safeconduct.cases.actions.owners import hand_over, hand_over_all
from safeconduct.cases.entries import Facts, Handover
from safeconduct.cases.models import Case
from safeconduct.config.clock import now
from safeconduct.jobs.models import Job, State as JobState
from safeconduct.jobs.with_keys import run_jobs_with_keys
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify
from safeconduct.people.present import Present
from safeconduct.triage.actions import (
    ask_for_override,
    ask_to_compare,
    assess_case,
    decide_override,
    put_in_force,
    tell_facts,
)
from safeconduct.triage.actions.assessing import last_assessed
from safeconduct.triage.actions.facts import answers_in
from safeconduct.triage.actions.rules import COMPARE, REASSESS
from safeconduct.triage.job_kinds import KINDS
from safeconduct.triage.models import Moved, Notice, Override, Reassessment, RulesInForce, Standing
from safeconduct.triage.rules import rules_for
from safeconduct.triage.tending import TEND, ask_to_tend
from safeconduct.vault.keyring import Board

REASON = "Her brother was taken last night."
LATER = AT + timedelta(hours=1)


@pytest.fixture
def cast(both: Both) -> Cast:
    return make_cast()


def nobodys(cast: Cast) -> str:
    """A case that Alice, Bob and Carol may open."""
    opened = open_case(cast.alice, interpreter(), at=AT, owned=False)
    assess_case(cast.alice, opened.code, at=AT)
    return opened.code


def asked(cast: Cast, code: str) -> Override:
    opened = again(cast.alice, code, AT)
    return ask_for_override(opened, band="emergency", until=AT.date(), reason=REASON, at=AT)


# --- two decide -------------------------------------------------------------------------------------


def decide_unprotected(by: Present, code: str, meeting: Meeting, *, agreed: bool) -> None:
    """As `decide_override` would be without holding the case and the row: look, then write."""
    row = Override.objects.get(code=code)
    meeting.here()
    if row.agreed is None:
        row.agreed, row.decided_by, row.decided_at = agreed, by.member, AT
        row.save()


def test_without_protection_two_decide_one_override(both: Both, cast: Cast):
    row, meeting = asked(cast, nobodys(cast)), both.meeting(2)
    hands = (cast.bob, cast.carol)
    ends = both.at_once(
        2, lambda turn: decide_unprotected(hands[turn], row.code, meeting, agreed=bool(turn))
    )
    assert [end.told for end in ends] == ["done", "done"]


def test_of_two_who_decide_one_is_told(both: Both, cast: Cast):
    code = nobodys(cast)
    row, hands = asked(cast, code), (cast.bob, cast.carol)
    ends = both.at_once(
        2, lambda turn: decide_override(hands[turn], row.code, agreed=bool(turn), at=AT)
    )
    assert sorted(end.told for end in ends) == ["OverrideDecided", "done"]
    row.refresh_from_db()
    band = again(cast.alice, code, AT).cover.band
    assert band == ("emergency" if row.agreed else "urgent")
    assert Notice.objects.count() == 1
    decided = {"override agreed", "override refused"}
    assert Line.objects.filter(deed__in=decided).count() == 1


def test_of_two_who_ask_one_is_told(both: Both, cast: Cast):
    code = nobodys(cast)
    hands = (cast.alice, cast.bob)

    def ask(turn: int) -> None:
        opened = again(hands[turn], code, AT)
        ask_for_override(opened, band="priority", until=AT.date(), reason=REASON, at=AT)

    assert sorted(end.told for end in both.at_once(2, ask)) == ["OverrideWaits", "done"]
    assert Override.objects.count() == 1


def test_of_two_who_put_rules_in_force_one_is_told(both: Both, cast: Cast):
    rules = loaded(cast.carol, at=AT)
    ask_to_compare(cast.carol, rules.version, at=AT)
    work(cast.carol, COMPARE, at=AT)
    ends = both.at_once(2, lambda _turn: put_in_force(cast.carol, rules.version, why=REASON, at=AT))
    assert sorted(end.told for end in ends) == ["RulesInForceAlready", "done"]
    assert RulesInForce.objects.count() == Reassessment.objects.filter(writes=True).count() == 1


# --- two answer ----------------------------------------------------------------------------------------


def test_two_answers_to_one_question_and_two_to_two(both: Both, cast: Cast):
    code = nobodys(cast)
    hands = (cast.alice, cast.bob)

    def tell(turn: int, fact: str, value: str) -> int:
        opened = again(hands[turn], code, AT)
        return tell_facts(opened, {(None, fact): value}, seen={}, at=AT)

    same = both.at_once(2, lambda turn: tell(turn, "in_hiding", ("yes", "no")[turn]))
    assert sorted(end.told for end in same) == ["FactsChangedMeanwhile", "done"]
    two = both.at_once(2, lambda turn: tell(turn, ("evacuated", "refugee_registered")[turn], "no"))
    assert [end.told for end in two] == ["done", "done"]
    entries = again(cast.alice, code, AT).entries(Facts)
    assert len(entries) == 1
    assert len(answers_in(entries)) == 3


# --- every case anew, while somebody works ----------------------------------------------------------------


def caseload(cast: Cast, times: int = 2) -> list[str]:
    told = (interpreter(), caller(answered(in_hiding="yes")), caller())
    codes = [opened_case(cast.carol, *each, at=AT).code for each in told * times]
    for code in codes:
        assess_case(cast.carol, code, at=AT)
    return codes


def nothing_is_stale(cast: Cast, codes: list[str], *, at: datetime) -> None:
    version = rules_for(cast.home.code, cast.carol.ring).version
    for code in codes:
        opened = again(cast.carol, code, at)  # its seals hold
        kept, standing = last_assessed(opened), Standing.objects.get(case=code)
        assert kept is not None
        assert (standing.band, standing.asks) == (kept.says.band, len(kept.says.asks))
        assert standing.rules == version
        assert standing.revision <= opened.cover.revision
        assert not assess_case(cast.carol, code, at=at)
    verify()


def test_while_every_case_is_assessed_anew_somebody_answers_questions(both: Both, cast: Cast):
    codes = caseload(cast, 4)
    in_force(cast.carol, at=AT)

    def go(turn: int) -> None:
        if turn == 0:
            work(cast.carol, REASSESS, at=LATER)
            return
        for code in reversed(codes):
            opened = again(cast.carol, code, LATER)
            person = opened.persons[0].code
            tell_facts(opened, {(person, "occupation"): "teacher"}, seen={}, at=LATER)
            assess_case(cast.carol, code, at=LATER)

    ends = both.at_once(2, go)
    assert [end.told for end in ends] == ["done", "done"], ends
    for code in codes:
        told = answers_in(again(cast.carol, code, LATER).entries(Facts))
        assert "teacher" in told.values()
    nothing_is_stale(cast, codes, at=LATER)


def test_a_band_is_agreed_while_rules_are_put_in_force(both: Both, cast: Cast):
    code = nobodys(cast)
    row, rules = asked(cast, code), loaded(cast.carol, at=AT)
    ask_to_compare(cast.carol, rules.version, at=AT)
    work(cast.carol, COMPARE, at=AT)

    def go(turn: int) -> None:
        if turn == 0:
            decide_override(cast.bob, row.code, agreed=True, at=AT)
        else:
            put_in_force(cast.carol, rules.version, why=REASON, at=AT)
            work(cast.carol, REASSESS, at=AT)

    ends = both.at_once(2, go)
    assert [end.told for end in ends] == ["done", "done"], ends
    opened = again(cast.alice, code, AT)
    kept = last_assessed(opened)
    assert kept is not None
    # What was agreed counts, and beside it stands what the rules say that are in force now.
    assert opened.cover.band == "emergency"
    assert (kept.says.band, kept.says.rules) == ("urgent", rules.version)
    nothing_is_stale(cast, [code], at=AT)


def put_unprotected(code: str, meeting: Meeting, **columns: object) -> None:
    """As hand-over and assessment would be without holding the case: the cover is read, and written whole."""
    cover = Case.objects.get(code=code)
    meeting.here()
    for name, value in columns.items():
        setattr(cover, name, value)
    cover.save()


def test_without_protection_an_owner_or_a_band_is_lost(both: Both, cast: Cast):
    code, meeting = nobodys(cast), both.meeting(2)
    written = ({"owner": cast.bob.member}, {"band": "routine"})
    both.at_once(2, lambda turn: put_unprotected(code, meeting, **written[turn]))
    cover = Case.objects.get(code=code)
    assert (cover.owner_id, cover.band) != (cast.bob.member.code, "routine")


def test_while_every_case_is_assessed_anew_they_are_handed_over(both: Both, cast: Cast):
    codes = caseload(cast)
    in_force(cast.carol, at=AT)
    leaves, to = cast.carol.member, cast.bob.member

    def go(turn: int) -> list[str] | None:
        if turn == 0:
            work(cast.carol, REASSESS, at=LATER)
            return None
        return hand_over_all(cast.carol, leaves=leaves, to=to, note="She leaves.", at=LATER)

    ends = both.at_once(2, go)
    assert [end.told for end in ends] == ["done", "done"], ends
    assert ends[1].value == sorted(codes)
    for code in codes:
        opened = again(cast.carol, code, LATER)
        assert opened.cover.owner_id == to.code
        assert len(opened.entries(Handover)) == 1
    assert Moved.objects.filter(run__writes=True).count() == len(codes)
    nothing_is_stale(cast, codes, at=LATER)


def test_one_case_is_handed_over_while_it_is_assessed_anew(both: Both, cast: Cast):
    """Where the band moved first, who hands over looks again: they had decided by another band."""
    codes = caseload(cast, 1)
    in_force(cast.carol, at=AT)
    opened = again(cast.carol, codes[-1], AT)

    def go(turn: int) -> None:
        if turn == 0:
            work(cast.carol, REASSESS, at=LATER)
        else:
            seen = opened.cover.cover_revision
            hand_over(opened, cast.bob.member, note="Yours.", expected_revision=seen, at=LATER)

    reassessed, given = both.at_once(2, go)
    assert reassessed.told == "done", reassessed
    assert given.told in {"done", "ChangedMeanwhile"}
    owner = cast.bob if given.told == "done" else cast.carol
    assert Case.objects.get(code=codes[-1]).owner_id == owner.member.code
    nothing_is_stale(cast, codes, at=LATER)


# --- the clock, in a process of its own -------------------------------------------------------------------


def test_what_ran_out_is_ended_by_a_process_that_is_lent_keys_though_nobody_asked_for_it(
    both: Both, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    """The job has no asker: any ring of the office opens it, and the keys go through the real pipe."""
    for name, value in both.environment().items():
        monkeypatch.setenv(name, value)
    past = now() - timedelta(days=9)  # the process looks at the clock itself
    opened = open_case(cast.alice, interpreter(), at=past, owned=False)
    assess_case(cast.alice, opened.code, at=past)
    row = ask_for_override(opened, band="emergency", until=past.date(), reason=REASON, at=past)
    decide_override(cast.carol, row.code, agreed=True, at=past)
    assert again(cast.alice, opened.code, now()).cover.band == "emergency"
    assert ask_to_tend(at=now()) == 1
    assert Job.objects.get(kind=TEND).asked_by == ""
    theirs, ours = Board(), Board()
    theirs.hang(cast.charlie.ring, whole=True, at=now())
    ours.hang(cast.bob.ring, whole=True, at=now())
    for board, begun in ((theirs, 0), (ours, 1)):
        idle_before = now() - timedelta(hours=1)
        assert run_jobs_with_keys(board, kinds=KINDS, clock=now, idle_before=idle_before) == begun
    job = Job.objects.get(kind=TEND)
    assert (job.state(now()), job.last_trouble) == (JobState.DONE, "")
    row.refresh_from_db()
    assert row.ended_at
    assert (row.ended_by_id, ask_to_tend(at=now())) == (None, 0)
    assert again(cast.alice, opened.code, now()).cover.band == "urgent"
    line = Line.objects.get(deed="override ended")
    assert (line.member, line.about) == ("", opened.code)
    verify()


# --- killed -------------------------------------------------------------------------------------------------


def reassess_on() -> str:
    """The job taken over where a killed run left it, in a process of its own."""
    by = unlocked_here("carol")
    job = Job.objects.get(kind=REASSESS)
    at = (job.leased_until or LATER) + LEASE
    if job.finished_at is None:
        work(by, REASSESS, at=at)
    print("done", flush=True)
    return "done"


@pytest.mark.slow
def test_killed_at_many_moments_every_case_is_assessed_and_no_move_is_told_twice(
    both: Both, cast: Cast
):
    codes = caseload(cast)
    before = dict(Case.objects.values_list("code", "band"))
    in_force(cast.carol, at=AT)
    compared = Reassessment.objects.get(writes=False)
    expected = {(m.case, m.band_before, m.band_after) for m in compared.moved.all()}
    assert len(expected) == 6
    moments = 0
    for killed in at_every_moment(both, reassess_on, every=9):
        moments += killed.moment > 0
        told = {
            (m.case, m.band_before, m.band_after) for m in Moved.objects.filter(run__writes=True)
        }
        assert told <= expected
        for code in codes:
            cover = again(cast.carol, code, LATER).cover
            moved = any(case == code for case, *_ in told)
            assert moved or cover.band == before[code], "a move without its row"
    assert moments > 5
    run = Reassessment.objects.get(writes=True)
    assert run.finished_at
    assert {(m.case, m.band_before, m.band_after) for m in run.moved.all()} == expected
    assert run.counts["bands"] == compared.counts["bands"]
    assert Job.objects.get(kind=REASSESS).finished_at
    nothing_is_stale(cast, codes, at=LATER)
