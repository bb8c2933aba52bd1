"""Several judge at once, take back, shred and look meanwhile; and a look is killed: who stands together follows."""

from __future__ import annotations

from threading import Barrier, Event

import pytest
from django.db import transaction
from tests.cast import AT, Cast, make_cast, unlocked_here
from tests.races.both import AT_MOST, Both
from tests.races.kills import at_every_moment
from tests.rooms.cases.families import compared
from tests.rooms.matching.doubles import TOLD_AGAIN, TOLD_TWICE, case_of, run_job, twice_told

from safeconduct.cases import actions as cases
from safeconduct.cases.models import Case, Ground
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.linkage.judgements import Verdict, in_order
from safeconduct.jobs.models import LIVE, Job
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify
from safeconduct.matching.actions import ask_to_look, judge, new_judgement_code, withdraw
from safeconduct.matching.models import Compared, Judgement, Possible, Together, Withdrawal
from safeconduct.matching.standing import _leads, persons_in, region_of
from safeconduct.people.present import Present

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


@pytest.fixture
def cast(both: Both) -> Cast:
    return make_cast()


def three(cast: Cast) -> list[OpenCase]:
    return [case_of(cast.carol, *TOLD_TWICE, owned=False) for _ in range(3)]


def as_computed(*codes: str) -> dict[str, str]:
    """Who stands together by the words that are there now, computed for everybody."""
    region = region_of(codes)
    return dict(_leads(persons_in(region), region))


def as_written() -> dict[str, str]:
    return dict(Together.objects.values_list("case", "lead"))


# --- two judge at once -------------------------------------------------------------------------


def judge_unprotected(one: str, two: str, by: Present, looked: Barrier) -> None:
    """As `judge` would be without the book: what stands together is written by what was seen a moment before."""
    first, second = in_order(one, two)
    Judgement.objects.create(
        code=new_judgement_code(),
        case_a_id=first,
        case_b_id=second,
        verdict=SAME,
        by=by.member,
        office=by.office,
        at=AT,
        sealed=b"",
    )
    region = region_of([first])
    leads = dict(_leads(persons_in(region), region))
    looked.wait(AT_MOST)
    with transaction.atomic():
        Together.objects.filter(case__in=region.codes).delete()
        Together.objects.bulk_create(Together(case=case, lead=lead) for case, lead in leads.items())


def take_back_unprotected(code: str, by: Present, looked: Barrier) -> None:
    row = Judgement.objects.get(code=code)
    region = region_of([row.case_a_id])
    leads = dict(_leads(persons_in(region), region))
    looked.wait(
        AT_MOST
    )  # both have looked before either says anything that the other would have seen
    Withdrawal.objects.create(judgement=row, by=by.member, office=by.office, at=AT, sealed=b"")
    with transaction.atomic():
        Together.objects.filter(case__in=region.codes).delete()
        Together.objects.bulk_create(Together(case=case, lead=lead) for case, lead in leads.items())


def test_without_the_book_a_family_stands_that_nobody_says(both: Both, cast: Cast):
    one, two, third = three(cast)
    said = judge(cast.carol, (one.code, two.code), SAME, at=AT)
    looked = Barrier(2)
    works = (
        lambda: take_back_unprotected(said.code, cast.carol, looked),
        lambda: judge_unprotected(two.code, third.code, cast.bob, looked),
    )
    ends = both.at_once(2, lambda turn: works[turn]())
    # Either one of them is refused by the table itself, or what is written is what nobody says any more.
    done = [end.told for end in ends] == ["done", "done"]
    assert not done or as_written() != as_computed(one.code, two.code, third.code)


def test_two_hands_on_one_pair_are_both_kept_and_counted(both: Both, cast: Cast):
    one, two, _ = three(cast)
    hands = (cast.alice, cast.bob, cast.carol)
    ends = both.at_once(3, lambda turn: judge(hands[turn], (one.code, two.code), SAME, at=AT))
    assert [end.told for end in ends] == ["done"] * 3
    assert Judgement.objects.count() == 3
    assert as_written() == as_computed(one.code)
    assert set(as_written()) == {one.code, two.code}


def test_one_form_sent_thrice_at_once_says_it_once(both: Both, cast: Cast):
    one, two, _ = three(cast)
    code = new_judgement_code()
    ends = both.at_once(
        3, lambda _: judge(cast.alice, (one.code, two.code), SAME, at=AT, code=code)
    )
    assert [end.told for end in ends] == ["done"] * 3
    assert Judgement.objects.count() == 1
    assert Line.objects.filter(deed="pair judged").count() == 1


def test_same_and_different_at_once_keep_them_apart(both: Both, cast: Cast):
    one, two, _ = three(cast)
    said = ((cast.alice, SAME), (cast.bob, DIFFERENT))
    ends = both.at_once(
        2, lambda turn: judge(said[turn][0], (one.code, two.code), said[turn][1], at=AT)
    )
    assert [end.told for end in ends] == ["done", "done"]
    assert as_written() == {}


def test_a_chain_is_joined_from_both_ends_at_once(both: Both, cast: Cast):
    one, two, third = three(cast)
    pairs = ((one, two), (two, third))
    hands = (cast.alice, cast.bob)
    ends = both.at_once(
        2,
        lambda turn: judge(hands[turn], (pairs[turn][0].code, pairs[turn][1].code), SAME, at=AT),
    )
    assert [end.told for end in ends] == ["done", "done"]
    assert as_written() == as_computed(one.code)
    assert len(as_written()) == 3


def test_one_judges_while_another_takes_back(both: Both, cast: Cast):
    one, two, third = three(cast)
    said = judge(cast.alice, (one.code, two.code), SAME, at=AT)

    def work(turn: int) -> None:
        if turn == 0:
            withdraw(cast.alice, said.code, why="It was wrong.", at=AT)
        elif turn == 1:
            withdraw(cast.bob, said.code, why="It was wrong.", at=AT)
        else:
            judge(cast.carol, (two.code, third.code), SAME, at=AT)

    ends = both.at_once(3, work)
    assert sorted(end.told for end in ends) == ["TakenBackAlready", "done", "done"]
    assert as_written() == as_computed(one.code, two.code)
    assert set(as_written()) == {two.code, third.code}
    verify()


def test_a_case_is_shredded_while_it_is_judged(both: Both, cast: Cast):
    one, two, third = three(cast)
    judge(cast.alice, (one.code, two.code), SAME, at=AT)
    cases.ask_to_shred(two, Ground.ASKED_BY_FAMILY, at=AT)

    def work(turn: int) -> None:
        if turn == 0:
            cases.agree_to_shred(cast.dana, two.code, at=AT)
        else:
            judge(cast.bob, (two.code, third.code), SAME, at=AT)

    shredded, judged = both.at_once(2, work)
    assert shredded.trouble is None
    assert judged.told in {"done", "NoSuchCase"}
    assert not Judgement.objects.exists()
    assert as_written() == {}
    assert Case.objects.count() == 2


def shared_with_us(cast: Cast) -> tuple[OpenCase, OpenCase]:
    """Ours, and one that the other office shares with us."""
    compared(cast.charlie, cast.home)
    ours, theirs = case_of(cast.carol, *TOLD_TWICE), case_of(cast.charlie, *TOLD_AGAIN)
    cases.share_case(theirs, cast.home.code, extent="all", at=AT)
    return ours, case_for(cast.charlie, theirs.code, Purpose.CASEWORK, at=AT)


def judged_after_the_end(ours: OpenCase, theirs: OpenCase) -> bool:
    """Whether the journal tells of a word that was said when the share was over already."""
    over = Line.objects.get(deed="share taken back", about=theirs.code).number
    pair = in_order(ours.code, theirs.code)
    return Line.objects.filter(deed="pair judged", about=pair[0], number__gt=over).exists()


def judge_what_was_open(by: Present, pair: tuple[str, str], opened: Event, closed: Event) -> None:
    """As `judge` would be if it opened both cases first, and wrote then."""
    for code in pair:
        case_for(by, code, Purpose.MATCHING, at=AT)
    opened.set()
    assert closed.wait(AT_MOST)
    with transaction.atomic():
        write_line(Deed.PAIR_JUDGED, by=by.actor, at=AT, about=pair[0], facts={"with": pair[1]})


def test_without_holding_the_cases_a_word_is_said_of_one_that_is_closed(both: Both, cast: Cast):
    ours, theirs = shared_with_us(cast)
    # Neither holds a lock on which the other waits: so each waits for the other's step, however long that takes.
    opened, closed = Event(), Event()

    def work(turn: int) -> None:
        if turn == 0:
            judge_what_was_open(cast.carol, in_order(ours.code, theirs.code), opened, closed)
            return
        assert opened.wait(AT_MOST)
        cases.take_back_share(theirs, [cast.home.code], at=AT)
        closed.set()

    assert [end.told for end in both.at_once(2, work)] == ["done", "done"]
    assert judged_after_the_end(ours, theirs)


def test_a_pair_is_judged_while_a_share_is_taken_back(both: Both, cast: Cast):
    ours, theirs = shared_with_us(cast)

    def work(turn: int) -> None:
        if turn == 0:
            judge(cast.carol, (ours.code, theirs.code), SAME, at=AT)
        else:
            cases.take_back_share(theirs, [cast.home.code], at=AT)

    judged, taken_back = both.at_once(2, work)
    assert taken_back.told == "done"
    assert judged.told in {"done", "NoSuchCase"}
    assert Judgement.objects.exists() == (judged.told == "done")
    assert not judged_after_the_end(ours, theirs)
    assert as_written() == as_computed(ours.code, theirs.code) == {}
    # One's own word may be taken back all the same.
    for said in Judgement.objects.all():
        withdraw(cast.carol, said.code, why="It was wrong.", at=AT)
    verify()


# --- looks --------------------------------------------------------------------------------------


def test_many_who_ask_get_one_look(both: Both, cast: Cast):
    hands = (cast.alice, cast.bob, cast.carol)
    ends = both.at_once(3, lambda turn: ask_to_look(hands[turn].actor, at=AT))
    assert [end.told for end in ends] == ["done"] * 3
    assert Job.objects.filter(LIVE, kind="matching.look").count() == 1


def test_a_pair_is_judged_and_a_case_shredded_while_a_look_writes(both: Both, cast: Cast):
    one, two = twice_told(cast.carol, cast.carol, owned=False)
    gone = case_of(cast.carol, *TOLD_TWICE, owned=False)
    cases.ask_to_shred(gone, Ground.ASKED_BY_FAMILY, at=AT)
    ask_to_look(cast.alice.actor, at=AT)
    job = Job.objects.get(LIVE)

    def work(turn: int) -> None:
        if turn == 0:
            run_job(job, cast.alice)
        elif turn == 1:
            judge(cast.bob, (one.code, two.code), SAME, at=AT)
        else:
            cases.agree_to_shred(cast.dana, gone.code, at=AT)

    ends = both.at_once(3, work)
    assert [end.trouble for end in ends] == [None] * 3
    assert as_written() == as_computed(one.code)
    told = Possible.objects.get()
    assert (told.case_a_id, told.case_b_id) == in_order(one.code, two.code)
    assert (told.standing, told.settled) == ("same", True)
    assert not Compared.objects.filter(case=gone.code).exists()


def look_once() -> None:
    carol = unlocked_here("carol")
    ask_to_look(carol.actor, at=AT)
    job = Job.objects.get(LIVE, kind="matching.look")
    Job.objects.filter(code=job.code).update(lease="", leased_until=None)
    run_job(Job.objects.get(code=job.code), carol)
    print("looked", flush=True)


@pytest.mark.slow
def test_killed_at_any_moment_of_a_look(both: Both, cast: Cast):
    one, two = twice_told(cast.carol, cast.carol)
    for killed in at_every_moment(both, look_once, every=9):
        found = {(row.case_a_id, row.case_b_id) for row in Possible.objects.all()}
        assert found <= {in_order(one.code, two.code)}
        if killed.acknowledged:
            assert len(found) == 1
            assert Compared.objects.count() == 3
        verify()
        if killed.moment == 0:
            assert killed.acknowledged
