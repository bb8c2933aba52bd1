"""What sheets tell in words is understood as a caseworker would, and no further."""

from __future__ import annotations

import pytest
from tests.shipped import shipped
from told_words import FROM_THE_SHEETS, MADE_UP, NOT_TO_BE_READ, Facts

from safeconduct.core.rulebook import facts_from_words
from safeconduct.core.rulebook.clauses import tokens_of

PHRASES = shipped().phrases


@pytest.mark.parametrize(("words", "facts"), FROM_THE_SHEETS, ids=lambda each: str(each)[:40])
def test_it_understands_the_words_of_the_shipped_sheets(words: str, facts: Facts) -> None:
    assert facts_from_words([words], PHRASES) == facts


@pytest.mark.parametrize(("words", "facts"), MADE_UP, ids=lambda each: str(each)[:40])
def test_it_understands_others_like_them(words: str, facts: Facts) -> None:
    assert facts_from_words([words], PHRASES) == facts


@pytest.mark.parametrize("words", NOT_TO_BE_READ)
def test_it_does_not_read_what_was_not_said(words: str) -> None:
    assert facts_from_words([words], PHRASES) == {}


def test_words_of_a_column_count_only_where_its_context_is_told() -> None:
    for words in ("English", "chemistry", "none", "No", "بیولوژی"):
        assert facts_from_words([words], PHRASES) == {}


def test_a_phrase_that_states_nothing_keeps_the_words_within_it_from_being_read() -> None:
    silent = [each for each in PHRASES if each.kind is None]
    assert silent
    for phrase in silent:
        assert facts_from_words([phrase.words], PHRASES) == {}, phrase


def test_no_phrase_stands_twice() -> None:
    seen = [(tokens_of(each.words), each.fact, each.value) for each in PHRASES]
    assert len(seen) == len(set(seen))
