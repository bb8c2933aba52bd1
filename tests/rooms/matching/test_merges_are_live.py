"""Laws of who stands together: computed from the words that are live, and nothing of a case is ever touched by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.cast import AT, Cast
from tests.rooms.cases.families import compared
from tests.rooms.matching.doubles import TOLD_TWICE, WOMAN, case_of, twice_told

from safeconduct.cases import actions as cases
from safeconduct.cases.entries import Note, Person
from safeconduct.cases.models import Case, Entry, Ground, KnownOffice, Version
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import (
    CardsChanged,
    NeitherOurs,
    NoRight,
    NoSuchCase,
    NoSuchJudgement,
    NotOpened,
    OneCaseTwice,
    TakenBackAlready,
    WhyNotSaid,
)
from safeconduct.core.linkage.judgements import Verdict, in_order
from safeconduct.matching.actions import judge, told_anew, withdraw
from safeconduct.matching.marks import mark_of
from safeconduct.matching.models import Judgement, Together, Withdrawal
from safeconduct.matching.sealed_words import Shown, words_of
from safeconduct.matching.standing import region_of
from safeconduct.people.present import Present

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def three(by: Present, *, owned: bool = True) -> list[OpenCase]:
    """Three cases of one family, opened one hour after another."""
    return [
        case_of(by, *TOLD_TWICE, owned=owned, at=AT + timedelta(hours=hours)) for hours in range(3)
    ]


def families() -> list[set[str]]:
    found: dict[str, set[str]] = {}
    for case, lead in Together.objects.values_list("case", "lead"):
        found.setdefault(lead, set()).add(case)
    return sorted(found.values(), key=sorted)


def say(by: Present, one: OpenCase, two: OpenCase, verdict: Verdict = SAME, **more) -> Judgement:
    return judge(by, (one.code, two.code), verdict, at=more.pop("at", AT), **more)


def everything(*codes: str) -> list[object]:
    """Every row of some cases, as bytes stand in them."""
    covers = list(Case.objects.filter(code__in=codes).order_by("code").values())
    entries = list(Entry.objects.filter(case__in=codes).order_by("code").values())
    versions = Version.objects.filter(entry__case__in=codes).order_by("pk").values()
    told = [
        {
            name: bytes(value) if isinstance(value, memoryview) else value
            for name, value in row.items()
        }
        for row in versions
    ]
    return [covers, entries, told]


def test_a_word_joins_and_taking_it_back_parts(cast: Cast):
    one, two = twice_told(cast.alice, cast.alice)
    before = everything(one.code, two.code)
    said = say(cast.alice, one, two)
    assert families() == [{one.code, two.code}]
    withdraw(cast.alice, said.code, why="Another family.", at=AT)
    assert families() == []
    assert everything(one.code, two.code) == before
    assert Judgement.objects.count() == Withdrawal.objects.count() == 1


def test_the_case_opened_first_leads_and_a_closed_one_does_not(cast: Cast):
    first, second, third = three(cast.alice)
    cover = case_for(cast.alice, first.code, Purpose.CASEWORK, at=AT).cover
    say(cast.alice, third, second)
    assert set(Together.objects.values_list("lead", flat=True)) == {second.code}
    say(cast.alice, first, third)
    assert set(Together.objects.values_list("lead", flat=True)) == {first.code}
    cases.change_cover(first, expected_revision=cover.cover_revision, state="settled", at=AT)
    told_anew(cast.alice.actor, first.code, at=AT)
    assert set(Together.objects.values_list("lead", flat=True)) == {second.code}


def test_different_is_a_hard_cut(cast: Cast):
    first, second, third = three(cast.alice)
    say(cast.alice, first, third, DIFFERENT)
    say(cast.alice, first, second)
    say(cast.alice, second, third)
    assert len(families()) == 1
    assert {first.code, third.code} not in [
        family & {first.code, third.code} for family in families()
    ]


def test_a_chain_does_not_outweigh_what_the_software_holds_apart(cast: Cast):
    """Two of one name and one passport, born a generation apart, meet only by a third case; nobody compared the two."""
    mother = case_of(cast.alice, WOMAN)
    both = case_of(cast.alice, replace(WOMAN, birth=None))
    elder = case_of(cast.alice, replace(WOMAN, birth=UncertainDate.of_year(1950)))
    say(cast.alice, mother, both)
    say(cast.alice, both, elder)
    assert {mother.code, elder.code} not in [set(x) & {mother.code, elder.code} for x in families()]
    held = region_of([mother.code]).judged()
    assert all(pair.standing.value == "same" for pair in held.values())
    say(cast.alice, mother, elder)  # who compared the two outweighs the rule
    assert families() == [{mother.code, both.code, elder.code}]


def test_between_offices_both_must_say_so(cast: Cast):
    ours, theirs = case_of(cast.carol, *TOLD_TWICE), case_of(cast.charlie, *TOLD_TWICE)
    with pytest.raises(NoSuchCase):
        say(cast.carol, ours, theirs)
    compared(cast.charlie, cast.home)
    cases.share_case(theirs, cast.home.code, extent="card", at=AT)
    said = say(cast.carol, ours, theirs)
    assert families() == []
    told = region_of([ours.code]).judged()[in_order(ours.code, theirs.code)]
    assert (told.standing.value, told.awaited) == ("awaited", (cast.other.code,))
    with pytest.raises(NoSuchCase):
        say(cast.charlie, ours, theirs)  # they do not hold our card yet
    compared(cast.carol, cast.other)
    cases.share_case(ours, cast.other.code, extent="card", at=AT)
    say(cast.charlie, ours, theirs)
    assert families() == [{ours.code, theirs.code}]
    withdraw(cast.carol, said.code, why="Not sure now.", at=AT)
    assert families() == []


def test_two_cases_of_another_office_are_not_ours_to_judge(cast: Cast):
    theirs = [case_of(cast.charlie, *TOLD_TWICE) for _ in range(2)]
    compared(cast.charlie, cast.home)
    for each in theirs:
        cases.share_case(each, cast.home.code, extent="all", at=AT)
    with pytest.raises(NeitherOurs):
        say(cast.carol, *theirs)


def test_who_may_not_judge_or_take_back(cast: Cast):
    one, two = twice_told(cast.alice, cast.bob)
    for by in (cast.alice, cast.bob, cast.charlie):
        with pytest.raises(NoSuchCase):
            say(by, one, two)
    for by in (cast.dana, cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            say(by, one, two)
    said = say(cast.carol, one, two)
    for by in (cast.alice, cast.charlie):
        with pytest.raises(NoSuchJudgement):
            withdraw(by, said.code, why="No reason.", at=AT)
    with pytest.raises(WhyNotSaid):
        withdraw(cast.carol, said.code, why="  ", at=AT)
    withdraw(cast.carol, said.code, why="They differ.", at=AT)
    with pytest.raises(TakenBackAlready):
        withdraw(cast.carol, said.code, why="They differ.", at=AT)
    with pytest.raises(OneCaseTwice):
        say(cast.carol, one, one)


def test_a_form_sent_twice_says_it_once(cast: Cast):
    one, two = twice_told(cast.alice, cast.alice)
    said = say(cast.alice, one, two)
    again = say(cast.alice, two, one, code=said.code)
    assert again.code == said.code
    assert Judgement.objects.count() == 1
    with pytest.raises(NoSuchJudgement):
        say(cast.alice, one, two, DIFFERENT, code=said.code)


def test_a_word_about_people_who_are_told_otherwise_now_is_not_taken(cast: Cast):
    one, two = twice_told(cast.alice, cast.alice)
    seen = sorted((one, two), key=lambda each: each.code)
    shown = Shown(marks=(mark_of(seen[0]), mark_of(seen[1])))
    cases.add_entry(one, Note(words="Nothing of the people."), at=AT)
    say(cast.alice, one, two, shown=shown)
    cases.add_entry(one, Person(given_name="Another"), at=AT)
    with pytest.raises(CardsChanged):
        say(cast.alice, one, two, shown=shown)


def test_a_shredded_case_takes_its_words_along(cast: Cast):
    first, second, third = three(cast.carol)
    say(cast.carol, first, second, note="She said so herself.")
    say(cast.carol, second, third)
    assert len(families()[0]) == 3
    cases.ask_to_shred(second, Ground.ASKED_BY_FAMILY, at=AT)
    cases.agree_to_shred(cast.dana, second.code, at=AT)
    assert families() == []
    assert not Judgement.objects.exists()
    assert Case.objects.filter(code__in=[first.code, third.code]).count() == 2


def test_a_note_opens_for_its_office_alone(cast: Cast):
    one, two = twice_told(cast.alice, cast.alice)
    said = say(cast.alice, one, two, note="She said so herself.")
    assert words_of(cast.bob.ring, said).note == "She said so herself."
    with pytest.raises(NotOpened):
        words_of(cast.charlie.ring, said)


# --- any words, any edits ------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["same", "different", "unsure", "withdraw", "edit", "tell", "share", "back"]
        ),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=9,
)


@pytest.mark.slow
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_once_all_is_taken_back_nothing_is_left_of_it(
    cast: Cast, steps: list[tuple[str, int, int]]
):
    """Two histories of the same cases, one with words on them and one without, end byte for byte alike."""
    opened = three(cast.carol)
    codes = [each.code for each in opened]
    if not confirmed(cast):
        compared(cast.carol, cast.other)
    said: list[str] = []
    for number, (step, one, two) in enumerate(steps):
        at = AT + timedelta(days=1, minutes=number)
        before = everything(*codes)
        if step in {"same", "different", "unsure"} and one != two:
            said.append(say(cast.carol, opened[one], opened[two], Verdict(step), at=at).code)
            assert everything(*codes) == before
        elif step == "withdraw" and said:
            withdraw(cast.carol, said.pop(0), why="It was wrong.", at=at)
            assert everything(*codes) == before
        elif step == "tell":
            cases.add_entry(opened[one], Note(words=f"{number}"), at=at)
        elif step == "edit":
            cases.add_entry(opened[one], Person(given_name=f"N{number}"), at=at)
        elif step in {"share", "back"}:
            shared = Case.objects.get(code=codes[one]).shared_with
            if step == "share" and not shared:
                cases.share_case(opened[one], cast.other.code, extent="card", at=at)
            elif step == "back" and shared:
                cases.take_back_share(opened[one], [cast.other.code], at=at)
    before = everything(*codes)
    for code in said:
        withdraw(cast.carol, code, why="All of it.", at=AT + timedelta(days=2))
    assert not Together.objects.filter(case__in=codes).exists()
    assert everything(*codes) == before


def confirmed(cast: Cast) -> bool:
    return KnownOffice.objects.filter(office=cast.home, other=cast.other).exists()
