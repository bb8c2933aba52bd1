"""Who is one person, computed from what members judged: its laws, each for any judgements (core/linkage/persons)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.errors import NotAsJudged, RepeatedPerson
from safeconduct.core.linkage.held_back import HeldBack, Why
from safeconduct.core.linkage.judgements import Judgement, Verdict, Withdrawal, in_order, live
from safeconduct.core.linkage.judging_text import persons_from_bytes, persons_to_bytes
from safeconduct.core.linkage.merged_view import merged_view
from safeconduct.core.linkage.persons import (
    Joined,
    Persons,
    persons_of,
    persons_touched,
    region_of,
)
from safeconduct.core.linkage.records import LinkRecord

SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE
MONDAY = datetime(2021, 8, 16, 9, tzinfo=UTC)
RECORDS = ("a", "b", "c", "d", "e", "f")
OFFICE_OF_MEMBER = {"alice": "harbour", "bob": "harbour", "charlie": "hill"}
OFFICES = {"a": "harbour", "b": "harbour", "c": "harbour", "d": "hill", "e": "hill"}  # f: unknown


def say(
    pair: str, verdict: Verdict = SAME, by: str = "alice", hour: int = 0, **changed: object
) -> Judgement:
    """A member's word on two records, "ab"; its id tells what it is."""
    one, two = in_order(*pair)
    told = {"judgement_id": f"{one}{two}-{by}-{hour}", "office": OFFICE_OF_MEMBER[by]} | changed
    at = MONDAY + timedelta(hours=hour)
    return Judgement(record_a=one, record_b=two, verdict=verdict, by=by, at=at, **told)


def back(*judgements: Judgement) -> tuple[Withdrawal, ...]:
    at = MONDAY + timedelta(days=30)
    return tuple(
        Withdrawal(judgement_id=each.judgement_id, by="dana", at=at, why="Two sisters.")
        for each in judgements
    )


def people(*judgements: Judgement, **options: object) -> tuple[str, ...]:
    """The persons of a, b, c ... as words: "ab" is one person of two records."""
    return tuple("".join(person) for person in persons_of("abcd", judgements, **options).people)


def held(*judgements: Judgement, **options: object) -> tuple[HeldBack, ...]:
    return persons_of("abcd", judgements, **options).held_back


# --- in plain cases -----------------------------------------------------------------


def test_who_was_never_judged_is_a_person_alone() -> None:
    assert people() == ("a", "b", "c", "d")
    assert persons_of([], []).people == ()


def test_what_was_called_the_same_is_one_person_and_who_said_so_is_kept() -> None:
    unsure = say("ab", UNSURE, by="charlie")
    persons = persons_of("abc", [unsure, say("ab"), say("ba", by="bob", hour=1)])
    assert persons.people == (("a", "b"), ("c",))
    assert persons.joined == (Joined(records=("a", "b"), judgements=("ab-alice-0", "ab-bob-1")),)
    assert persons.by_record()["b"] == ("a", "b")


def test_two_who_are_one_only_through_a_third_are_to_be_looked_at() -> None:
    assert persons_of("abc", [say("ab"), say("bc")]).resting_on_others == (("a", "c"),)
    assert persons_of("abc", [say("ab"), say("bc"), say("ac")]).resting_on_others == ()


def test_different_cuts_a_chain_and_the_held_back_word_says_who_stands_between() -> None:
    strong, weak = say("ab", match_weight=9.0), say("bc", match_weight=5.0)
    cut = say("ac", DIFFERENT, by="bob")
    assert people(strong, weak, cut) == ("ab", "c", "d")
    (word,) = held(strong, weak, cut)
    assert (word.records, word.why, word.between) == (
        ("b", "c"),
        Why.DIFFERENT_BETWEEN,
        ("a", "c"),
    )
    assert word.sentence == (
        "It would make one person of a and c, of whom a member says that they are different."
    )


def test_a_cut_is_heeded_between_any_two_of_two_groups() -> None:
    """d is called the same as c, and different from a, who is two steps away."""
    words = (say("ab", by="bob"), say("bc", by="bob"), say("cd"), say("ad", DIFFERENT))
    assert "abcd" not in people(*words)
    assert len(held(*words)) == 1
    sure = (say("ad", match_weight=9.0), say("bc", match_weight=9.0))
    (word,) = held(*sure, say("ab"), say("cd", DIFFERENT))
    assert (word.records, word.between) == (("a", "b"), ("c", "d"))


def test_unsure_between_two_is_enough_to_break_a_chain_but_gives_way_to_a_later_word_on_them() -> (
    None
):
    chain = (say("ab"), say("bc"), say("ac", UNSURE, by="bob"))
    assert "abc" not in people(*chain)
    assert held(*chain)[0].why is Why.UNSURE_BETWEEN
    assert people(*chain, say("ac", hour=1)) == ("abc", "d")


def test_a_rule_breaks_a_chain_but_not_a_members_own_word() -> None:
    def held_apart(one: str, two: str) -> tuple[str, ...]:
        return ("their births lie a generation apart",) if (one, two) == ("a", "c") else ()

    chain = (say("ab"), say("bc"))
    assert "abc" not in people(*chain, held_apart=held_apart)
    (word,) = held(*chain, held_apart=held_apart)
    assert (word.why, word.details) == (Why.RULE_BETWEEN, ("their births lie a generation apart",))
    assert people(*chain, say("ac"), held_apart=held_apart) == ("abc", "d")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((say("ab"), say("ab", DIFFERENT, by="bob")), Why.CONTESTED),
        ((say("ab"), say("ab", UNSURE, by="bob", hour=1)), Why.DOUBTED),
    ],
)
def test_where_members_disagree_nobody_is_joined(words: Sequence[Judgement], why: Why) -> None:
    assert people(*words) == ("a", "b", "c", "d")
    assert held(*words) == (HeldBack(records=("a", "b"), why=why),)


@pytest.mark.parametrize("against", [DIFFERENT, UNSURE])
def test_a_pair_in_dispute_is_not_joined_by_way_of_a_third_either(against: Verdict) -> None:
    words = (say("ab"), say("ab", against, by="bob", hour=1), say("ac"), say("bc"))
    assert "abc" not in people(*words)
    assert {each.records for each in held(*words)} == {("a", "b"), ("b", "c")}


def test_offices_are_not_joined_through_a_third_record() -> None:
    """Hill calls its own d and e one; that both said a = d does not give harbour's a to e."""
    both = (say("ad"), say("ad", by="charlie"))
    own = say("de", by="charlie")
    persons = persons_of("ade", [*both, own], office_of=OFFICES)
    assert persons.people == (("a",), ("d", "e"))
    assert persons.held_back == (
        HeldBack(
            records=("a", "d"),
            why=Why.OFFICES_BETWEEN,
            between=("a", "e"),
            details=("harbour", "hill"),
        ),
    )
    agreed = [*both, own, say("ae"), say("ae", by="charlie")]
    assert persons_of("ade", agreed, office_of=OFFICES).people == (("a", "d", "e"),)


CUT = say("ac", DIFFERENT, by="bob")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # each time "first" is followed and "second" held back, though all but one thing speaks for the second
        (
            (say("bc"), say("bc", by="bob", hour=1)),
            (say("ab", hour=9, match_weight=20.0),),
        ),
        ((say("bc", match_weight=2.0),), (say("ab", hour=9, match_weight=1.0),)),
        ((say("bc", match_weight=-2.0),), (say("ab", hour=9),)),
        ((say("bc", hour=9),), (say("ab"),)),
        ((say("ab", judgement_id="z"),), (say("bc", judgement_id="a"),)),
    ],
    ids=["more members", "more weight", "any weight", "later", "ids"],
)
def test_the_better_supported_word_is_followed_first(
    first: tuple[Judgement, ...], second: tuple[Judgement, ...]
) -> None:
    assert [word.records for word in held(*first, *second, CUT)] == [second[0].records]


def test_an_offices_own_word_is_followed_before_one_between_offices() -> None:
    between = (say("ad", match_weight=20.0), say("ad", by="charlie", match_weight=20.0))
    persons = persons_of("abd", [say("ab"), *between], office_of=OFFICES)
    assert persons.people == (("a", "b"), ("d",))


def test_a_judgement_of_a_forgotten_record_counts_for_nothing() -> None:
    assert persons_of("ac", [say("ab"), say("bc")]).people == (("a",), ("c",))


def test_a_record_named_twice_is_refused() -> None:
    with pytest.raises(RepeatedPerson):
        persons_of("aba", [])


# --- for any judgements -------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What members said and took back, with the offices and the rules of the software, if any."""

    judgements: tuple[Judgement, ...]
    withdrawals: tuple[Withdrawal, ...]
    office_of: dict[str, str] | None
    apart: frozenset[tuple[str, str]]

    def held_apart(self, one: str, two: str) -> tuple[str, ...]:
        return ("a rule",) if (one, two) in self.apart else ()

    def persons(self, **changed: object) -> Persons:
        told = replace(self, **changed)
        return persons_of(
            RECORDS,
            told.judgements,
            told.withdrawals,
            office_of=told.office_of,
            held_apart=self.held_apart,
        )


PAIRS = st.sampled_from(list(combinations(RECORDS, 2)))
HEARD = st.tuples(
    PAIRS,
    st.sampled_from([SAME, SAME, SAME, DIFFERENT, UNSURE]),
    st.sampled_from(sorted(OFFICE_OF_MEMBER)),
    st.integers(0, 5),
    st.sampled_from([None, -1.0, 4.0]),
)


@st.composite
def judgements(draw: st.DrawFn, prefix: str = "j", most: int = 16) -> tuple[Judgement, ...]:
    return tuple(
        say(
            "".join(pair),
            verdict,
            by,
            hour,
            judgement_id=f"{prefix}{number}",
            match_weight=weight,
        )
        for number, (pair, verdict, by, hour, weight) in enumerate(
            draw(st.lists(HEARD, max_size=most))
        )
    )


@st.composite
def anything_told(draw: st.DrawFn) -> Told:
    words = draw(judgements())
    taken = [word for word in words if draw(st.integers(0, 4)) == 0]
    return Told(
        judgements=words,
        withdrawals=back(*taken),
        office_of=draw(st.sampled_from([None, OFFICES])),
        apart=draw(st.frozensets(PAIRS, max_size=3)),
    )


def for_anything(examples: int = 70):
    return settings(max_examples=examples, deadline=None)


def words_on(told: Told, one: str, two: str) -> list[Judgement]:
    words = live(told.judgements, told.withdrawals)
    return [word for word in words if word.records == in_order(one, two)]


def together(persons: Persons) -> list[tuple[str, str]]:
    return [pair for person in persons.people for pair in combinations(person, 2)]


@for_anything()
@given(anything_told())
def test_everybody_is_one_person_exactly_once(told: Told) -> None:
    listed = [record for person in told.persons().people for record in person]
    assert sorted(listed) == sorted(RECORDS)


@for_anything()
@given(anything_told(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_told_does_not_matter(told: Told, chance: Random) -> None:
    records, words, taken = list(RECORDS), list(told.judgements), list(told.withdrawals)
    for each in (records, words, taken):
        chance.shuffle(each)
    persons = persons_of(
        records,
        words + words[:2],
        taken * 2,
        office_of=told.office_of,
        held_apart=told.held_apart,
    )
    assert persons_to_bytes(persons) == persons_to_bytes(told.persons())


@for_anything()
@given(anything_told())
def test_two_whom_any_live_word_calls_different_are_never_one_person(told: Told) -> None:
    for one, two in together(told.persons()):
        assert DIFFERENT not in {word.verdict for word in words_on(told, one, two)}


@for_anything()
@given(anything_told())
def test_nobody_is_joined_by_a_chain_alone_against_a_rule_a_doubt_or_an_office(told: Told) -> None:
    for one, two in together(told.persons()):
        words = words_on(told, one, two)
        if words and words[-1].verdict is SAME and not _awaits(told, one, two, words):
            continue  # members called these two the same
        assert (one, two) not in told.apart
        assert not words or {word.verdict for word in words} == {SAME}
        if told.office_of:
            assert told.office_of[one] == told.office_of[two]


@for_anything()
@given(anything_told())
def test_records_of_two_offices_are_one_person_only_where_both_said_same_of_them(
    told: Told,
) -> None:
    told = replace(told, office_of=OFFICES)
    for one, two in together(told.persons()):
        assert "f" not in {one, two}, "whose record it is, is not known"
        if OFFICES[one] != OFFICES[two]:
            assert not _awaits(told, one, two, words_on(told, one, two))


def _awaits(told: Told, one: str, two: str, words: list[Judgement]) -> bool:
    if told.office_of is None:
        return False
    said = {word.office for word in words if word.verdict is SAME}
    return not {told.office_of.get(one), told.office_of.get(two)} <= said


@for_anything()
@given(anything_told())
def test_every_live_same_either_joins_or_is_held_back_with_a_reason(told: Told) -> None:
    persons = told.persons()
    same = {w.records for w in live(told.judgements, told.withdrawals) if w.verdict is SAME}
    joined = {each.records for each in persons.joined}
    held_back = {each.records for each in persons.held_back}
    assert joined | held_back == same
    assert joined <= set(together(persons))
    assert not held_back & set(together(persons))
    assert all(each.sentence for each in persons.held_back)


@for_anything()
@given(anything_told())
def test_whoever_is_one_person_hangs_together_by_words_that_were_said(told: Told) -> None:
    persons = told.persons()
    words = [say("".join(each.records)) for each in persons.joined]
    assert persons_of(RECORDS, words).people == persons.people


@for_anything()
@given(anything_told())
def test_whoever_stands_between_stands_between_the_two_persons(told: Told) -> None:
    """What is held back cannot be let in: one of each person is kept apart from one of the other."""
    persons = told.persons()
    person_of = persons.by_record()
    for each in persons.held_back:
        if each.between:
            assert each.between == in_order(*each.between)
            assert {person_of[record] for record in each.between} == {
                person_of[record] for record in each.records
            }


@for_anything()
@given(anything_told())
def test_who_rests_on_others_is_told_in_full(told: Told) -> None:
    persons = told.persons()
    direct = {each.records for each in persons.joined}
    assert set(persons.resting_on_others) == set(together(persons)) - direct


# --- taking back --------------------------------------------------------------------


@for_anything(140)
@given(anything_told(), judgements("new", 3), judgements("later"))
def test_a_word_taken_back_leaves_nothing_behind_whatever_was_said_since(
    told: Told, new: tuple[Judgement, ...], later: tuple[Judgement, ...]
) -> None:
    without = told.persons(judgements=told.judgements + later)
    withdrawn = told.persons(
        judgements=told.judgements + new + later, withdrawals=told.withdrawals + back(*new)
    )
    assert persons_to_bytes(withdrawn) == persons_to_bytes(without)


@for_anything()
@given(anything_told(), st.data())
def test_a_word_taken_back_and_said_again_counts_as_it_did(told: Told, data: st.DataObject) -> None:
    if not told.judgements:
        return
    word = data.draw(st.sampled_from(told.judgements))
    told = replace(
        told, withdrawals=tuple(t for t in told.withdrawals if t.judgement_id != word.judgement_id)
    )
    again = replace(word, judgement_id=f"{word.judgement_id}-again")
    if any(w.by == word.by and w.records == word.records and w != word for w in told.judgements):
        return  # another word of theirs on these two may count instead
    anew = told.persons(
        judgements=(*told.judgements, again), withdrawals=told.withdrawals + back(word)
    )
    assert anew.people == told.persons().people
    assert anew.held_back == told.persons().held_back


NAMES = st.sampled_from([None, "Torpekai", "Turpekai", "Nilofar"])
LISTS = st.fixed_dictionaries(
    {
        record: st.builds(LinkRecord, person_id=st.just(record), given_name=NAMES)
        for record in RECORDS
    }
)


@for_anything(40)
@given(anything_told(), judgements("new", 3), LISTS, LISTS)
def test_records_edited_while_they_were_one_person_keep_their_edits_and_no_others(
    told: Told,
    new: tuple[Judgement, ...],
    first: dict[str, LinkRecord],
    edited: dict[str, LinkRecord],
) -> None:
    """A rule looks at names here, so that edits change who is one person."""

    def persons(words, taken, records) -> Persons:
        def held_apart(one: str, two: str) -> tuple[str, ...]:
            names = {records[one].given_name, records[two].given_name}
            return ("their given names differ",) if len(names - {None}) == 2 else ()

        return persons_of(RECORDS, words, taken, held_apart=held_apart)

    merged = persons(told.judgements + new, told.withdrawals, first)
    for person in merged.people:
        merged_view(person, first)
    undone = persons(told.judgements + new, told.withdrawals + back(*new), edited)
    never = persons(told.judgements, told.withdrawals, edited)
    assert persons_to_bytes(undone) == persons_to_bytes(never)
    assert [merged_view(each, edited) for each in undone.people] == [
        merged_view(each, edited) for each in never.people
    ]


# --- only what was touched ----------------------------------------------------------


@for_anything(140)
@given(anything_told(), judgements("new", 3), st.data())
def test_what_was_touched_alone_gives_what_everything_gives(
    told: Told, new: tuple[Judgement, ...], data: st.DataObject
) -> None:
    taken = (
        data.draw(st.lists(st.sampled_from(told.judgements), max_size=2)) if told.judgements else []
    )
    gone = data.draw(st.sets(st.sampled_from(RECORDS), max_size=2))
    edited = data.draw(st.frozensets(PAIRS, max_size=1))
    after = replace(
        told,
        judgements=told.judgements + new,
        withdrawals=told.withdrawals + back(*taken),
        apart=told.apart ^ edited,
    )
    touched = {record for word in (*new, *taken) for record in word.records} | gone
    touched |= {record for pair in edited for record in pair}
    options = {"office_of": after.office_of, "held_apart": after.held_apart}
    left = set(RECORDS) - gone
    whole = persons_of(left, after.judgements, after.withdrawals, **options)
    part = persons_touched(
        told.persons(), touched, left, after.judgements, after.withdrawals, **options
    )
    assert persons_to_bytes(part) == persons_to_bytes(whole)
    assert part == whole


def test_what_is_touched_is_what_a_chain_of_same_leads_to_and_no_more() -> None:
    words = [say("ab"), say("bc"), say("cd", DIFFERENT), say("de", UNSURE), say("ef")]
    assert region_of("a", words) == {"a", "b", "c"}
    assert region_of("d", words) == {"d"}


# --- written and read ---------------------------------------------------------------


@for_anything(40)
@given(anything_told())
def test_persons_are_read_as_written(told: Told) -> None:
    persons = told.persons()
    written = persons_to_bytes(persons)
    assert persons_from_bytes(written) == persons
    with pytest.raises(NotAsJudged):
        persons_from_bytes(written[:-1])


def test_one_record_moved_from_person_to_person_changes_the_bytes() -> None:
    assert persons_to_bytes(persons_of("abc", [say("ab")])) != persons_to_bytes(
        persons_of("abc", [say("ac")])
    )


# --- a whole crisis -----------------------------------------------------------------


@pytest.mark.slow
def test_150_000_records_with_40_000_judgements_are_each_somebody_once() -> None:
    chance = Random(7)
    records = [f"r{number:06}" for number in range(150_000)]
    words = []
    for number in range(40_000):
        one = chance.randrange(len(records) - 4)
        two = one + chance.randrange(1, 4)
        words.append(
            Judgement(
                judgement_id=f"j{number:05}",
                record_a=records[one],
                record_b=records[two],
                verdict=chance.choices([SAME, DIFFERENT, UNSURE], [7, 2, 1])[0],
                by=f"member {chance.randrange(40)}",
                office="harbour",
                at=MONDAY + timedelta(minutes=chance.randrange(20_000)),
                match_weight=chance.uniform(0, 30),
            )
        )
    persons = persons_of(records, words, back(*words[:1_000]))
    after = persons_touched(persons, words[0].records, set(records), words, back(*words[1:1_000]))
    assert sum(map(len, after.people)) == len(records)
