"""Several in one case at once, and processes killed in the middle of it: nothing is lost, nothing is there twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction
from tests.cast import AT, Cast, make_cast, unlocked_here
from tests.races.both import Both, Meeting
from tests.races.kills import at_every_moment, at_odd_moments
from tests.rooms.cases.families import (
    FAMILY,
    PRINCIPAL,
    STORY,
    compared,
    family_of,
    paper,
    seen,
    story_of,
)

from safeconduct.cases import actions
from safeconduct.cases.entries import Direction, Note, Talk
from safeconduct.cases.models import Case, Entry, Ground, Version
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import shreddings_asked
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.cases.reading_many import NotWhole, open_cards
from safeconduct.cases.wholeness import place_of
from safeconduct.core.errors import NoSuchCase
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify
from safeconduct.vault.models import CaseKey
from safeconduct.vault.sealing import seal


@pytest.fixture
def cast(both: Both) -> Cast:
    return make_cast()


def stories(opened: OpenCase) -> list[str]:
    return [kept.says.words for kept in opened.entries(Note)]


# --- two write at once ------------------------------------------------------------------------


def change_unprotected(opened: OpenCase, words: str, meeting: Meeting) -> None:
    """As `change_entry` would be without the lock and the comparison: look, then write the next revision."""
    code, _ = story_of(opened)
    entry = Entry.objects.get(code=code)
    meeting.here()
    revision = entry.revision + 1
    place = place_of(opened.code, code, entry.kind, revision)
    sealed = seal(opened.keys.of(entry.part), Note(words=words).to_bytes(), place)
    told = {"sealed": sealed, "written_at": AT, "written_by": opened.by.member.code}
    with transaction.atomic():
        Version.objects.update_or_create(entry_id=code, revision=revision, defaults=told)
        Entry.objects.filter(code=code).update(revision=revision)


def test_without_protection_one_of_two_texts_is_lost(both: Both, cast: Cast):
    opened = family_of(cast.carol, STORY)
    meeting = both.meeting(2)
    ends = both.at_once(2, lambda turn: change_unprotected(opened, f"text {turn}", meeting))
    assert [end.told for end in ends] == ["done", "done"]
    assert Version.objects.count() == 2  # the first text, and one of the two


def test_of_two_who_change_one_entry_one_is_told_and_nothing_is_lost(both: Both, cast: Cast):
    opened = family_of(cast.carol, STORY)
    code, revision = story_of(opened)

    def change(turn: int) -> None:
        told = Note(words=f"text {turn}")
        actions.change_entry(opened, code, told, expected_revision=revision, at=AT)

    ends = both.at_once(2, change)
    assert sorted(end.told for end in ends) == ["ChangedMeanwhile", "done"]
    winner = next(turn for turn, end in enumerate(ends) if end.told == "done")
    now = seen(cast.carol, opened)
    assert stories(now) == [f"text {winner}"]
    loser = 1 - winner
    told = Note(words=f"text {loser}")
    actions.change_entry(now, code, told, expected_revision=2, at=AT)
    assert [past.says for past in seen(cast.carol, opened).history(code)] == [
        STORY,
        Note(words=f"text {winner}"),
        told,
    ]


def test_many_add_at_once_and_all_of_it_is_there(both: Both, cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL)

    def add(turn: int) -> None:
        for number in range(5):
            actions.add_entry(opened, Note(words=f"{turn} {number}"), at=AT)

    assert {end.told for end in both.at_once(4, add)} == {"done"}
    now = seen(cast.carol, opened)
    assert sorted(stories(now)) == sorted(
        f"{turn} {number}" for turn in range(4) for number in range(5)
    )
    assert now.cover.revision == 21
    assert [row.number for row in now.rows] == list(range(1, 22))


def test_of_conversations_at_once_all_are_kept_and_the_last_promise_is_the_day(
    both: Both, cast: Cast
):
    opened = family_of(cast.carol, PRINCIPAL)
    days = [AT.date() + timedelta(days=turn + 1) for turn in range(4)]

    def talk(turn: int) -> None:
        told = Talk(direction=Direction.WE_CALLED, told=f"text {turn}", next_on=days[turn])
        actions.record_talk(opened, told, at=AT)

    assert {end.told for end in both.at_once(4, talk)} == {"done"}
    now = seen(cast.carol, opened)
    kept = [each.says for each in now.entries(Talk)]
    assert {each.told for each in kept} == {f"text {turn}" for turn in range(4)}
    assert now.cover.next_due == kept[-1].next_on
    assert now.cover.cover_revision == 5


def test_of_two_who_change_one_conversation_one_is_told_and_the_day_is_the_others(
    both: Both, cast: Cast
):
    opened = family_of(cast.carol, PRINCIPAL)
    told = Talk(direction=Direction.WE_CALLED, told="x")
    code = actions.record_talk(opened, told, at=AT)
    days = [AT.date() + timedelta(days=turn + 1) for turn in range(2)]

    def change(turn: int) -> None:
        anew = replace(told, next_on=days[turn])
        actions.change_talk(opened, code, anew, expected_revision=1, at=AT)

    ends = both.at_once(2, change)
    assert sorted(end.told for end in ends) == ["ChangedMeanwhile", "done"]
    winner = next(turn for turn, end in enumerate(ends) if end.told == "done")
    now = seen(cast.carol, opened)
    assert now.entry(code, Talk).says.next_on == now.cover.next_due == days[winner]


def test_a_form_sent_twice_at_once_is_saved_once(both: Both, cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL)
    entry, case = actions.new_entry_code(), actions.new_case_code()
    ends = both.at_once(3, lambda _: actions.add_entry(opened, STORY, at=AT, code=entry))
    assert [end.value for end in ends] == [entry] * 3
    ends = both.at_once(3, lambda _: family_of(cast.carol, PRINCIPAL, code=case).code)
    assert [end.value for end in ends] == [case] * 3
    assert Entry.objects.filter(kind="note").count() == 1
    assert Line.objects.filter(deed=Deed.CASE_OPENED, about=case).count() == 1
    assert seen(cast.carol, opened).persons


def test_a_case_that_nobody_owns_has_one_owner(both: Both, cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL, owned=False)
    members = [seen(by, opened) for by in (cast.alice, cast.bob, cast.carol)]
    ends = both.at_once(3, lambda turn: actions.take_over(members[turn], at=AT))
    assert [end.told for end in ends].count("done") == 1
    assert {end.told for end in ends} <= {"done", "AlreadyOwned", "NoSuchCase"}


def test_whoever_reads_while_others_write_is_never_told_that_it_is_broken(both: Both, cast: Cast):
    opened = family_of(cast.carol, STORY)
    others = [family_of(cast.carol, PRINCIPAL).code for _ in range(3)]

    def work(turn: int) -> int:
        for number in range(12):
            if turn == 0:
                actions.add_entry(opened, Note(words=f"{number}"), at=AT)
            elif turn == 1:
                case_for(cast.carol, opened.code, Purpose.REVIEW, at=AT)
            else:
                cards = list(open_cards(cast.carol, at=AT, contents=True))
                assert not any(isinstance(each, NotWhole) for each in cards)
                assert {each.code for each in cards} == {opened.code, *others}
        return turn

    assert [end.trouble for end in both.at_once(3, work)] == [None] * 3


def test_a_share_is_taken_back_while_others_write(both: Both, cast: Cast):
    opened = family_of(cast.carol, STORY)
    compared(cast.carol, cast.other)
    actions.share_case(opened, cast.other.code, extent="all", at=AT)

    def work(turn: int) -> None:
        if turn == 0:
            actions.take_back_share(opened, [cast.other.code], at=AT)
        else:
            for number in range(4):
                actions.add_entry(opened, Note(words=f"{turn} {number}"), at=AT)

    assert [end.trouble for end in both.at_once(3, work)] == [None] * 3
    now = seen(cast.carol, opened)
    assert len(stories(now)) == 9
    assert now.keys.card.version == 2
    with pytest.raises(NoSuchCase):
        seen(cast.charlie, opened)


def test_a_case_is_shredded_while_somebody_writes(both: Both, cast: Cast):
    opened = family_of(cast.carol, STORY)
    actions.ask_to_shred(opened, Ground.ASKED_BY_FAMILY, at=AT)

    def work(turn: int) -> None:
        if turn == 0:
            actions.agree_to_shred(cast.dana, opened.code, at=AT)
        else:
            actions.add_entry(opened, STORY, at=AT)

    shredded, *written = both.at_once(3, work)
    assert shredded.trouble is None
    assert {end.told for end in written} <= {"done", "NoSuchCase"}
    assert not Case.objects.exists()
    assert not Version.objects.exists()
    assert not CaseKey.objects.exists()


# --- killed --------------------------------------------------------------------------------------


def everything_is_whole() -> None:
    """As after a restart: what was begun is ended; then every case opens."""
    actions.finish_interrupted(at=AT)
    verify()
    carol = unlocked_here("carol")
    cards = list(open_cards(carol, at=AT, contents=True))
    assert [each for each in cards if isinstance(each, NotWhole)] == []
    assert {each.code for each in cards} == set(Case.objects.values_list("code", flat=True))


def keep_a_case() -> None:
    """Opens a case and writes in it; each is acknowledged."""
    carol = unlocked_here("carol")
    opened = family_of(carol, *FAMILY)
    print("case", opened.code, flush=True)
    code, revision = story_of(opened)
    print("entry", opened.code, actions.add_entry(opened, Note(words="added"), at=AT), flush=True)
    actions.change_entry(opened, code, Note(words="changed"), expected_revision=revision, at=AT)
    print("changed", opened.code, code, flush=True)
    added = actions.attach_document(opened, paper(), title="a letter", at=AT)
    print("entry", opened.code, added, flush=True)


def check_kept(acknowledged: list[str]) -> None:
    carol = unlocked_here("carol")
    for line in acknowledged:
        what, case, *entry = line.split()
        opened = case_for(carol, case, Purpose.REVIEW, at=AT)
        if what == "case":
            assert [opened.persons[0].says, len(opened.persons)] == [PRINCIPAL, 2]
        elif what == "entry":
            assert opened.entry_of_any_kind(entry[0])
        else:
            assert opened.entry(entry[0], Note).says.words == "changed"


@pytest.mark.slow
def test_killed_at_any_moment_of_keeping_a_case(both: Both, cast: Cast):
    for killed in at_every_moment(both, keep_a_case, every=6):
        everything_is_whole()
        check_kept(killed.acknowledged)
        opened = Line.objects.filter(deed=Deed.CASE_OPENED).values_list("about", flat=True)
        assert sorted(opened) == sorted(Case.objects.values_list("code", flat=True))


def take_back(case: str, office: str) -> None:
    opened = case_for(unlocked_here("carol"), case, Purpose.CASEWORK, at=AT)
    actions.take_back_share(opened, [office], at=AT)
    print("taken back", flush=True)


@pytest.mark.slow
def test_killed_at_any_moment_of_taking_a_share_back(both: Both, cast: Cast):
    opened = family_of(cast.carol, STORY)
    compared(cast.carol, cast.other)
    actions.attach_document(opened, paper(), title="a letter", at=AT)
    for killed in at_every_moment(both, take_back, opened.code, cast.other.code, every=2):
        everything_is_whole()
        now = seen(cast.carol, opened)
        assert stories(now) == [STORY.words]
        shared = cast.other.code in now.cover.shared_with
        assert not (shared and killed.acknowledged)
        theirs = CaseKey.objects.filter(case=opened.code, office=cast.other.code)
        assert theirs.exists() is shared
        if not shared:
            actions.share_case(now, cast.other.code, extent="all", at=AT)
        assert stories(seen(cast.charlie, opened)) == [STORY.words]


def shred_the_oldest() -> None:
    dana = unlocked_here("dana")
    asked = shreddings_asked(dana)[0]
    actions.agree_to_shred(dana, asked.case_id, at=AT)
    print(asked.case_id, flush=True)


@pytest.mark.slow
def test_killed_at_any_moment_of_shredding(both: Both, cast: Cast):
    stays = family_of(cast.carol, STORY)

    def ask() -> str:
        opened = family_of(cast.carol, STORY)
        actions.ask_to_shred(opened, Ground.ASKED_BY_FAMILY, reason="they asked", at=AT)
        return opened.code

    asked = {ask()}
    for killed in at_every_moment(both, shred_the_oldest, every=2):
        everything_is_whole()
        here = set(Case.objects.values_list("code", flat=True))
        gone = asked - here
        assert set(killed.acknowledged) <= gone
        lines = Line.objects.filter(deed=Deed.CASE_SHREDDED)
        assert sorted(lines.values_list("about", flat=True)) == sorted(gone)
        assert set(CaseKey.objects.values_list("case", flat=True)) == here
        assert stories(seen(cast.carol, stays)) == [STORY.words]
        asked.add(ask())


def write_for_ever() -> None:
    carol = unlocked_here("carol")
    for turn in count():
        opened = family_of(carol, PRINCIPAL)
        print("case", opened.code, flush=True)
        words = Note(words=f"note {turn}")
        print("entry", opened.code, actions.add_entry(opened, words, at=AT), flush=True)


@pytest.mark.slow
def test_killed_from_outside_at_odd_moments(both: Both, cast: Cast):
    acknowledged: list[str] = []
    for killed in at_odd_moments(both, write_for_ever, times=4):
        acknowledged += [line.replace("case", "opened", 1) for line in killed.acknowledged]
        everything_is_whole()
    codes = [line.split()[-1] for line in acknowledged]
    assert len(set(codes)) == len(codes)
    carol = unlocked_here("carol")
    for line in acknowledged:
        what, case, *entry = line.split()
        opened = case_for(carol, case, Purpose.REVIEW, at=AT)
        assert len(opened.persons) == 1
        assert what == "opened" or opened.entry(entry[0], Note)
