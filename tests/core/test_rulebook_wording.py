"""Facts are taken from words only where the words say them of the person concerned."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.rulebook.rules import FactKind, Phrase
from safeconduct.core.rulebook.wording import (
    Phrasebook,
    facts_from_words,
    phrases_found,
    with_told_facts,
)


def kind(name: str, *values: str, of: str = "person", **more: object) -> FactKind:
    nobody = next((value for value in values if value in {"no", "none"}), None)
    return FactKind(
        name=name, of=of, values=values, label=name, question=f"{name}?", nobody=nobody, **more
    )


KINDS = {
    each.name: each
    for each in (
        kind("occupation", "interpreter", "judge", "police", "teacher", "cook", many=True),
        kind("subject_taught", "english", "biology", many=True),
        kind("employer", "uk_embassy", "uk_forces", many=True),
        kind("employment", "direct", "contractor"),
        kind("pregnant", "yes", "no", of_sex=Sex.FEMALE),
        kind("british_national", "yes", "no"),
        kind("threat", "searched_for", "explicit", "none", of="household", many=True),
        kind("in_hiding", "yes", "no", of="household"),
    )
}
ROWS = """
interpreter|occupation|interpreter
terp|occupation|interpreter
ترجمان|occupation|interpreter
ژباړن|occupation|interpreter
police interpreter|occupation|interpreter
police|occupation|police
judge|occupation|judge
قاضی|occupation|judge
cook|occupation|cook
teacher|occupation|teacher
english teacher|occupation|teacher
english teacher|subject_taught|english
british embassy|employer|uk_embassy
british forces|employer|uk_forces
uk forces|employer|uk_forces
through a contractor|employment|contractor
directly employed|employment|direct
pregnant|pregnant|yes
wife is pregnant|pregnant|yes
nationality british|british_national|yes
threat letter|threat|explicit
threats|threat|explicit
threatened|threat|explicit
شب نامه|threat|explicit
looking for him|threat|searched_for
no known threat|threat|none
in hiding|in_hiding|yes
"""
BOOK = Phrasebook(
    Phrase(words=words, language="", kind=KINDS[fact], value=value)
    for words, fact, value in (line.split("|") for line in ROWS.split("\n") if line)
)


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("Interpreter", {"occupation": "interpreter"}),
        ("TERP!", {"occupation": "interpreter"}),
        ("interpreter with British Forces 2009-2012", {"occupation": "interpreter", "employer": "uk_forces"}),
        ("interpreter, U.K. forces", {"occupation": "interpreter", "employer": "uk_forces"}),
        ("ترجمان بود", {"occupation": "interpreter"}),
        ("ژباړن", {"occupation": "interpreter"}),
        ("قاضي", {"occupation": "judge"}),
        ("شب نامه گرفته است", {"threat": "explicit"}),
        ("English teacher", {"occupation": "teacher", "subject_taught": "english"}),
        ("judge and teacher", {"occupation": "judge|teacher"}),
        ("police interpreter", {"occupation": "interpreter"}),
        ("worked as a judge", {"occupation": "judge"}),
        ("former judge, now in hiding", {"occupation": "judge", "in_hiding": "yes"}),
        ("interpreter with wife and four children", {"occupation": "interpreter"}),
        ("interpreter, brother killed", {"occupation": "interpreter"}),
        ("threat letter; they came looking for him", {"threat": "searched_for|explicit"}),
        ("his wife is pregnant", {"pregnant": "yes"}),
    ],
)  # fmt: skip
def test_it_takes_what_words_say(words: str, facts: dict[str, str]) -> None:
    assert facts_from_words([words], BOOK) == facts


@pytest.mark.parametrize(
    "words",
    [
        "not a judge",
        "never an interpreter",
        "No threats",
        "nobody threatened them",
        "Threats: none",
        "Judge? No.",
        "threat letter: no",
        "was not threatened",
        "isn't in hiding",
        "isn’t in hiding",
        "قاضی نیست",
        "ترجمان نبود",
        "هیچ شب نامه",
    ],
)
def test_what_is_denied_leaves_the_fact_unknown(words: str) -> None:
    assert facts_from_words([words], BOOK) == {}


@pytest.mark.parametrize(
    "words",
    [
        "his brother was an interpreter",
        "brother, an interpreter, was killed",
        "an interpreter was his brother",
        "interpreter's son",
        "son of a judge",
        "the neighbour is a judge",
        "neighbour had a threat letter",
        "wife: teacher",
        "husband (former judge) killed",
        "برادرش ترجمان بود",
        "ورور یې ژباړن و",
    ],
)
def test_what_is_said_of_somebody_else_is_not_taken_for_the_person(words: str) -> None:
    assert facts_from_words([words], BOOK) == {}


def test_the_one_served_is_not_the_one_who_serves() -> None:
    assert facts_from_words(["cook for a judge"], BOOK) == {"occupation": "cook"}
    assert facts_from_words(["interpreter for the police"], BOOK) == {"occupation": "interpreter"}
    assert facts_from_words(["needs to see a judge"], BOOK) == {}
    assert facts_from_words(["wants to be a teacher"], BOOK) == {}


@pytest.mark.parametrize("words", ["judge?", "maybe a judge", "if interpreter", "شاید قاضی"])
def test_what_is_doubted_leaves_the_fact_unknown(words: str) -> None:
    assert facts_from_words([words], BOOK) == {}


def test_a_relative_is_spoken_of_to_the_end_of_the_sentence_and_no_further() -> None:
    assert facts_from_words(["His brother, killed in May, was an interpreter"], BOOK) == {}
    assert facts_from_words(["His brother was killed. Judge."], BOOK) == {"occupation": "judge"}
    assert facts_from_words(["Judge, his brother was killed"], BOOK) == {"occupation": "judge"}


def test_writing_to_an_office_is_not_working_for_it() -> None:
    assert facts_from_words(["works at the British Embassy"], BOOK) == {"employer": "uk_embassy"}
    assert facts_from_words(["emailed the British Embassy twice"], BOOK) == {}


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert facts_from_words(["interpreters judgement terpsichore"], BOOK) == {}


def test_words_that_contradict_each_other_leave_the_fact_unknown() -> None:
    assert facts_from_words(["directly employed", "through a contractor"], BOOK) == {}
    assert facts_from_words(["judge", "not a judge"], BOOK) == {}
    assert facts_from_words(["threat letter. no known threat"], BOOK) == {}


def test_it_tells_by_which_phrase_and_never_repeats_the_text() -> None:
    found = phrases_found(["terp for British Forces near a village"], BOOK)
    assert [phrase.words for phrase in found] == ["terp", "british forces"]


def test_what_a_person_says_is_theirs_and_what_is_given_stands() -> None:
    told = with_told_facts(
        Household(
            household_id="h",
            words=("judge", "in hiding"),
            facts={"in_hiding": "no"},
            people=(
                Person(person_id="a", relation=Relation.PRINCIPAL, facts={"occupation": "cook"}),
                Person(person_id="b", words=("interpreter", "threat letter")),
            ),
        ),
        BOOK,
    )
    assert [dict(person.facts) for person in told.people] == [
        {"occupation": "cook"},
        {"occupation": "interpreter"},
    ]
    assert told.facts == {"threat": "explicit", "in_hiding": "no"}


def test_the_households_words_are_the_principals_or_the_only_persons() -> None:
    principal = Person(person_id="a", relation=Relation.PRINCIPAL)
    other = Person(person_id="b")
    with_principal = Household(household_id="h", words=("judge",), people=(other, principal))
    assert with_told_facts(with_principal, BOOK).people[1].facts == {"occupation": "judge"}
    alone = Household(household_id="h", words=("judge",), people=(other,))
    assert with_told_facts(alone, BOOK).people[0].facts == {"occupation": "judge"}


def test_where_nobody_is_named_as_principal_the_words_are_told_of_somebody() -> None:
    people = (Person(person_id="a"), Person(person_id="b"))
    told = with_told_facts(Household(household_id="h", words=("judge",), people=people), BOOK)
    assert told.facts == {"occupation": "judge"}
    assert all(not person.facts for person in told.people)


def test_a_man_is_not_made_pregnant_by_the_familys_words() -> None:
    him = Person(person_id="a", relation=Relation.PRINCIPAL, sex=Sex.MALE)
    told = with_told_facts(Household(household_id="h", words=("pregnant",), people=(him,)), BOOK)
    assert told.people[0].facts == {}
    assert told.facts == {"pregnant": "yes"}


def test_his_wifes_pregnancy_is_not_his() -> None:
    him = Person(person_id="a", relation=Relation.PRINCIPAL)
    words = ("interpreter, wife is pregnant",)
    told = with_told_facts(Household(household_id="h", words=words, people=(him,)), BOOK)
    assert told.people[0].facts == {"occupation": "interpreter"}
    assert told.facts == {"pregnant": "yes"}


def test_a_nationality_is_read() -> None:
    person = Person(person_id="a", nationality="British")
    told = with_told_facts(Household(household_id="h", people=(person,)), BOOK)
    assert told.people[0].facts == {"british_national": "yes"}


def test_without_phrases_nothing_changes() -> None:
    household = Household(household_id="h", words=("judge",), people=(Person(person_id="a"),))
    assert with_told_facts(household, ()) is household


WORDS = st.lists(
    st.sampled_from(
        [*(phrase.words for phrase in BOOK), "not", "his brother", ",", ".", "?", "and"]
    ),
    max_size=8,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(WORDS, st.text(max_size=40)), max_size=3))
def test_any_text_gives_values_of_the_vocabulary_and_never_a_no(texts: list[str]) -> None:
    for fact, told in facts_from_words(texts, BOOK).items():
        assert set(told.split("|")) <= set(KINDS[fact].values)
        assert "no" not in told.split("|")


@settings(max_examples=100, deadline=None)
@given(WORDS)
def test_a_denial_before_everything_takes_everything_of_the_clause(text: str) -> None:
    clause = text.replace(",", "").replace(".", "").replace("?", "")
    assert facts_from_words([f"not {clause}"], BOOK) == {}


SILENT = Phrase(words="police station", language="", kind=None, value="")
IN_COLUMNS = Phrasebook(
    (
        *BOOK,
        SILENT,
        *(
            Phrase(words=words, language="", kind=KINDS[fact], value=value, contexts=frozenset(contexts))
            for words, fact, value, *contexts in (
                ("army", "occupation", "police", "work", "alone"),
                ("english", "subject_taught", "english", "subject"),
                ("english", "occupation", "teacher", "subject"),
                ("biology", "subject_taught", "biology", "subject"),
                ("none", "threat", "none", "threat"),
                ("قاضی زن", "occupation", "judge"),
            )
        ),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("work: army", {"occupation": "police"}),
        ("work: Kabul army", {"occupation": "police"}),
        ("work: army cook", {"occupation": "cook"}),
        ("notes: the army came through", {}),
        ("notes: Army, 2009-2013", {"occupation": "police"}),
        ("army", {"occupation": "police"}),
        ("subject: English", {"occupation": "teacher", "subject_taught": "english"}),
        ("notes: English", {}),
        ("English", {}),
        ("subjects: English", {}),
        ("notes: English teacher and biology", {"occupation": "teacher", "subject_taught": "english|biology"}),
        ("notes: student of biology", {}),
        ("threat: none", {"threat": "none"}),
        ("threat: none of his letters arrived", {}),
        ("notes: none", {}),
        ("work: police station", {}),
    ],
)  # fmt: skip
def test_a_word_may_count_in_its_column_only_or_alone(words: str, facts: dict[str, str]) -> None:
    assert facts_from_words([words], IN_COLUMNS) == facts


def test_the_dari_for_wife_says_woman_after_another_word() -> None:
    assert facts_from_words(["قاضی زن، شب نامه گرفته"], IN_COLUMNS) == {
        "occupation": "judge",
        "threat": "explicit",
    }
    assert facts_from_words(["زن قاضی، شب نامه گرفته"], IN_COLUMNS) == {}


def test_a_role_is_ones_own_though_a_word_for_a_relative_stands_in_its_phrase() -> None:
    person = Person(person_id="a", words=("قاضی زن",))
    told = with_told_facts(Household(household_id="h", people=(person,)), IN_COLUMNS)
    assert told.people[0].facts == {"occupation": "judge"}
    assert not told.facts


PLACES = Phrasebook(
    (
        *BOOK,
        *(
            Phrase(words=words, language="", kind=KINDS[fact], value=value, contexts=frozenset(contexts))
            for words, fact, value, *contexts in (
                ("captain", "occupation", "judge", "alone"),
                ("charity", "occupation", "cook", "work", "alone"),
                ("army", "employer", "uk_embassy", "work", "employer"),
                ("police", "occupation", "police", "work", "employer", "alone"),
                ("british army", "employer", "uk_forces"),
                ("trained by the british", "british_national", "yes"),
                ("hired by a contractor", "employment", "contractor"),
                ("contractor of the british army", "employment", "contractor"),
                ("contractor of the british army", "employer", "uk_forces"),
                ("wife expecting", "pregnant", "yes"),
                ("expecting in may", "pregnant", "yes"),
                ("guards / embassy", "employer", "uk_embassy"),
                ("v. sick", "in_hiding", "yes"),
            )
        ),
    )
)  # fmt: skip


def test_the_column_of_the_employer_makes_nobody_what_the_employer_is() -> None:
    assert facts_from_words(["work: charity"], PLACES) == {"occupation": "cook"}
    assert facts_from_words(["employer: charity"], PLACES) == {}


def test_a_role_that_the_employer_tells_gives_way_to_the_work_that_is_told() -> None:
    assert facts_from_words(["employer: police"], PLACES) == {"occupation": "police"}
    for texts in (["work: teacher", "employer: police"], ["employer: police", "notes: teacher"]):
        assert facts_from_words(texts, PLACES) == {"occupation": "teacher"}
    assert facts_from_words(["work: not a teacher", "employer: police"], PLACES) == {
        "occupation": "police"
    }


def test_a_rank_that_counts_alone_gives_way_to_another_role_of_the_text() -> None:
    assert facts_from_words(["captain, retired"], PLACES) == {"occupation": "judge"}
    assert facts_from_words(["captain, interpreter"], PLACES) == {"occupation": "interpreter"}
    assert facts_from_words(["captain, not an interpreter"], PLACES) == {"occupation": "judge"}


def test_the_rest_of_a_longer_phrase_is_no_word_by_itself() -> None:
    assert facts_from_words(["work: army"], PLACES) == {"employer": "uk_embassy"}
    assert facts_from_words(["work: British Army"], PLACES) == {"employer": "uk_forces"}
    assert facts_from_words(["work: trained by the British Army"], PLACES) == {
        "british_national": "yes"
    }


def test_a_phrase_gives_way_to_a_fuller_one_that_begins_within_it() -> None:
    told = {"employment": "contractor", "employer": "uk_forces"}
    assert facts_from_words(["hired by a contractor of the British Army"], PLACES) == told
    assert facts_from_words(["hired by a contractor"], PLACES) == {"employment": "contractor"}


def test_a_fuller_phrase_does_not_lose_of_whom_it_is_told() -> None:
    him = Person(person_id="a", relation=Relation.PRINCIPAL)
    words = ("notes: wife expecting in May",)
    told = with_told_facts(Household(household_id="h", words=words, people=(him,)), PLACES)
    assert told.facts == {"pregnant": "yes"}
    assert told.people[0].facts == {}


@pytest.mark.parametrize(
    "words", ["guards, embassy", "Guards (Embassy)", "guards - embassy", "guards / Embassy Kabul"]
)
def test_a_phrase_written_over_a_pause_is_read_over_any_pause(words: str) -> None:
    assert facts_from_words([words], PLACES) == {"employer": "uk_embassy"}


def test_a_point_that_shortens_a_word_ends_no_phrase() -> None:
    assert facts_from_words(["V. sick"], PLACES) == {"in_hiding": "yes"}
    assert facts_from_words(["not v. sick"], PLACES) == {}
    assert facts_from_words(["v; sick"], PLACES) == {}


def test_an_unknown_number_denies_nothing() -> None:
    assert facts_from_words(["threats from unknown no."], PLACES) == {"threat": "explicit"}
    assert facts_from_words(["threats: unknown"], PLACES) == {}
    assert facts_from_words(["threats? no"], PLACES) == {}
