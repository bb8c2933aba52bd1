"""The look: it finds, says what it could not open, may be cut off and run again, and shows nobody what it read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.cases.families import compared
from tests.rooms.matching.doubles import (
    OTHERS,
    TOLD_AGAIN,
    TOLD_TWICE,
    WOMAN,
    case_of,
    look,
    run_job,
    run_of,
    twice_told,
)

from safeconduct.cases import actions as cases
from safeconduct.cases.entries import Note, Person
from safeconduct.cases.models import Version
from safeconduct.core.errors import KeysNotGiven, NotVouchedFor
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.jobs.models import LIVE, Job
from safeconduct.journal.models import Line
from safeconduct.matching import finding, job_kinds, queries
from safeconduct.matching.actions import ask_to_look, judge, told_anew
from safeconduct.matching.models import Compared, Judgement, Look, Possible
from safeconduct.people.models import Member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def found() -> list[tuple]:
    names = ("office", "case_a", "case_b", "decision", "pairs", "standing", "settled")
    return sorted(Possible.objects.values_list(*names))


def test_a_family_told_twice_is_found(cast: Cast):
    one, two = twice_told(cast.alice, cast.bob)
    look(cast.alice)
    row = Possible.objects.get()
    assert {row.case_a_id, row.case_b_id} == {one.code, two.code}
    assert row.decision == "same"
    assert Compared.objects.count() == 3
    line = Line.objects.get(deed="doubles sought")
    assert (line.member, line.office) == ("", cast.home.code)
    assert line.facts["asked_by"] == cast.alice.member.code
    assert line.facts["cards"] == 3


def test_a_caseworkers_look_compares_what_they_may_not_open_and_says_whose_it_was(cast: Cast):
    twice_told(cast.bob, cast.carol)
    look(cast.alice)
    assert Possible.objects.count() == 1
    seen = Line.objects.get(deed="cards seen")
    assert (seen.member, seen.office, seen.facts["cards"]) == ("", cast.home.code, 3)
    assert not Line.objects.filter(deed="case seen").exists()
    assert list(queries.queue(cast.alice)) == []
    assert queries.queue(cast.alice, whose=queries.OFFICE).count() == 1


def test_run_again_it_gives_the_same_and_reads_names_of_nobody(cast: Cast, monkeypatch):
    twice_told(cast.alice, cast.bob)
    look(cast.alice)
    before = found()

    def none(*told: object, **more: object) -> None:
        raise AssertionError("there is nothing new to compare")

    monkeypatch.setattr(finding, "_pairs", none)
    look(cast.bob, at=AT + timedelta(hours=1))
    assert found() == before


@pytest.mark.slow
def test_a_newcomer_is_compared_with_everybody(cast: Cast, monkeypatch):
    """The same pairs, whether all are compared at once or one after another has come."""
    monkeypatch.setattr(finding, "_WHOLE_UP_TO", 0)
    case_of(cast.alice, *TOLD_TWICE)
    case_of(cast.alice, *OTHERS)
    case_of(cast.alice, replace(OTHERS[1], given_name="Yetanotherfictional"))
    look(cast.alice)
    case_of(cast.bob, *TOLD_AGAIN)
    look(cast.bob)
    one_by_one = [row[1:4] for row in found()]
    Possible.objects.all().delete()
    Compared.objects.all().delete()
    look(cast.bob)
    assert [row[1:4] for row in found()] == one_by_one
    assert len(one_by_one) == 1


def test_a_note_changes_nothing_and_a_new_name_is_looked_at(cast: Cast):
    one, _two = twice_told(cast.alice, cast.bob)
    look(cast.alice, at=AT + timedelta(hours=1))
    later = AT + timedelta(hours=2)
    cases.add_entry(one, Note(words="They wait."), at=later)
    assert not told_anew(cast.alice.actor, one.code, at=later)
    assert queries.not_compared(cast.alice).count() == 0
    cases.add_entry(one, Person(given_name="Third"), at=later)
    assert told_anew(cast.alice.actor, one.code, at=later)
    assert [case.code for case in queries.not_compared(cast.alice)] == [one.code]
    run_job(Job.objects.get(LIVE), cast.alice, at=later)
    assert queries.not_compared(cast.alice).count() == 0


@pytest.mark.slow
def test_what_is_found_no_more_goes_and_what_was_judged_stays(cast: Cast):
    one, two = twice_told(cast.carol, cast.carol)
    third = case_of(cast.carol, replace(WOMAN, passport="P0000001"))
    look(cast.carol)
    judge(cast.carol, (one.code, two.code), Verdict.DIFFERENT, at=AT)
    before = Possible.objects.count()
    assert before >= 2
    for kept in third.persons:
        cases.remove_entry(third, kept.code, expected_revision=kept.revision, at=AT)
    look(cast.carol, at=AT + timedelta(hours=1))
    assert [row[5:] for row in found()] == [("different", True)]


def test_who_asks_while_it_runs_is_not_passed_over(cast: Cast, monkeypatch):
    case_of(cast.alice, *TOLD_TWICE)
    ask_to_look(cast.alice.actor, at=AT)
    job = Job.objects.get(LIVE)
    compare, came = job_kinds.doubles_among, []

    def while_it_compares(*told, **more):
        if not came:
            came.append(case_of(cast.bob, *TOLD_AGAIN))
            ask_to_look(cast.bob.actor, at=AT)
        return compare(*told, **more)

    monkeypatch.setattr(job_kinds, "doubles_among", while_it_compares)
    run_job(job, cast.alice)
    assert Job.objects.count() == 1
    assert not Job.objects.filter(LIVE).exists()
    assert Possible.objects.count() == 1


@pytest.mark.slow
def test_cut_off_anywhere_and_run_again_it_gives_the_same(cast: Cast, monkeypatch):
    one, two = twice_told(cast.carol, cast.carol)
    look(cast.carol)
    before, compared_before = found(), set(Compared.objects.values_list("case", flat=True))
    steps = ("doubles_among", "resettle", "end_look")
    for step in steps:
        Possible.objects.all().delete()
        Compared.objects.all().delete()
        ask_to_look(cast.carol.actor, at=AT)
        job = Job.objects.get(LIVE)
        with monkeypatch.context() as cut:
            cut.setattr(job_kinds, step, _cut_off)
            with pytest.raises(KeyboardInterrupt):
                job_kinds.look(run_of(job, cast.carol))
        Job.objects.filter(code=job.code).update(lease="", leased_until=None)
        run_job(Job.objects.get(LIVE), cast.carol)
        assert found() == before, step
        assert set(Compared.objects.values_list("case", flat=True)) == compared_before, step
    assert {one.code, two.code} <= compared_before


def _cut_off(*_told: object, **_more: object) -> None:
    raise KeyboardInterrupt


def test_a_case_that_does_not_open_whole_is_told(cast: Cast):
    one, two = twice_told(cast.alice, cast.bob)
    Version.objects.filter(entry__case=two.code, entry__kind="person").update(sealed=b"\x01" * 60)
    look(cast.alice)
    assert Look.objects.get().not_whole == [two.code]
    assert set(Compared.objects.values_list("case", flat=True)) >= {one.code}
    assert two.code not in Compared.objects.values_list("case", flat=True)
    assert not Possible.objects.exists()


def test_a_case_that_opens_whole_again_is_found_again(cast: Cast):
    """As after a restore: what was found of it went with the look in which it did not open."""
    one, two = twice_told(cast.alice, cast.bob)
    look(cast.alice)
    before = found()
    broken = Version.objects.filter(entry__case=two.code, entry__kind="person")
    kept = {row.pk: bytes(row.sealed) for row in broken}
    broken.update(sealed=b"\x01" * 60)
    case_of(cast.alice, Person(given_name="Mirwaisfictional", family_name="Stanekzaifictional"))
    look(cast.alice, at=AT + timedelta(hours=1))
    for row in broken:
        row.sealed = kept[row.pk]
        row.save()
    look(cast.alice, at=AT + timedelta(hours=2))
    assert found() == before
    assert set(Compared.objects.values_list("case", flat=True)) >= {one.code, two.code}


def test_cards_of_other_offices_are_compared_with_ours_and_not_with_each_other(cast: Cast):
    ours = case_of(cast.carol, *TOLD_TWICE)
    theirs = [case_of(cast.charlie, *TOLD_AGAIN) for _ in range(2)]
    compared(cast.charlie, cast.home)
    for each in theirs:
        cases.share_case(each, cast.home.code, extent="card", at=AT)
    look(cast.alice)
    pairs = [{row.case_a_id, row.case_b_id} for row in Possible.objects.all()]
    assert sorted(map(sorted, pairs)) == sorted(sorted((ours.code, x.code)) for x in theirs)
    assert queries.queue(cast.carol, whose=queries.BETWEEN).count() == 2
    cases.take_back_share(theirs[0], [cast.home.code], at=AT)
    assert queries.queue(cast.carol, whose=queries.BETWEEN).count() == 1
    # At once, and not with the next look.
    assert queries.possible_counts(cast.home.code, [ours.code]) == {ours.code: 1}
    look(cast.alice, at=AT + timedelta(hours=1))
    assert Possible.objects.count() == 1


def test_who_left_the_office_asks_for_nothing(cast: Cast):
    ask_to_look(cast.bob.actor, at=AT)
    cast.bob.member.left_at = AT
    cast.bob.member.save()
    with pytest.raises(KeysNotGiven):
        run_job(Job.objects.get(LIVE), cast.alice)


def test_what_others_wished_for_meanwhile_is_done_all_the_same(cast: Cast):
    """Bob's look waited for keys when he left; it must not be given up with Alice's wish in it."""
    ask_to_look(cast.bob.actor, at=AT)
    cast.bob.member.left_at = AT
    cast.bob.member.save()
    one, two = twice_told(cast.alice, cast.alice)
    look(cast.alice)
    assert {row.case for row in Compared.objects.all()} >= {one.code, two.code}
    assert Line.objects.get(deed="doubles sought").facts["asked_by"] == cast.alice.member.code


def test_who_was_given_a_role_by_hand_opens_nothing_by_a_job(cast: Cast):
    """Whoever writes a right into the database holds no key of the office: its voucher is missing, as at the door."""
    ask_to_look(cast.bob.actor, at=AT)
    Member.objects.filter(code=cast.bob.member.code).update(roles=["coordinator"])
    with pytest.raises(NotVouchedFor):
        run_job(Job.objects.get(LIVE), cast.alice)
    assert not Line.objects.filter(deed="cards seen").exists()


def test_nothing_of_a_name_stands_in_the_rows_of_the_room(cast: Cast):
    one, two = twice_told(cast.carol, cast.carol)
    look(cast.carol)
    judge(cast.carol, (one.code, two.code), Verdict.SAME, note="Zarmina herself said so.", at=AT)
    rows = [repr(row) for model in (Possible, Compared, Look) for row in model.objects.values()]
    rows += [repr(bytes(row.sealed)) for row in Judgement.objects.all()]
    rows += [repr(line) for line in Line.objects.values("about", "purpose", "facts")]
    for name in ("Zarmina", "Popalfictional", "P0000001", "447700900123", "herself"):
        assert not any(name in row for row in rows)
