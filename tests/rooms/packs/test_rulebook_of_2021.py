"""What the shipped rulebook must hold: the forgotten, the sources, the words of callers."""

from __future__ import annotations

import re

import pytest
from tests.shipped import shipped

from safeconduct.core.rulebook import Band, facts_from_words
from safeconduct.core.rulebook.logic import facts_in
from safeconduct.core.rulebook.readable import as_markdown
from safeconduct.core.rulebook.rules import ALONE

OPERATION = shipped()
RULEBOOK = OPERATION.rulebook
FORGOTTEN = [rule for rule in RULEBOOK.rules if rule.forgotten]


@pytest.mark.parametrize(
    "fact_and_value",
    [
        ("occupation", "driver"),
        ("occupation", "guard"),
        ("employment", "contractor"),
        ("subject_taught", "english"),
        ("subject_taught", "biology"),
        ("subject_taught", "chemistry"),
        ("at_risk_as_woman_or_girl", "yes"),
        ("womens_rights_work", "yes"),
        ("minority", "hazara"),
        ("occupation", "judge"),
        ("occupation", "prosecutor"),
        ("occupation", "journalist"),
        ("occupation", "aid_worker"),
        ("occupation", "special_forces"),
        ("threat", "explicit"),
    ],
    ids=" is ".join,
)
def test_f20_the_forgotten_of_2021_have_a_rule_that_says_so(
    fact_and_value: tuple[str, str],
) -> None:
    fact, value = fact_and_value
    assert any(fact in facts_in(rule.when) and value in repr(rule.when) for rule in FORGOTTEN)


def test_every_reason_names_a_year_or_says_that_it_is_an_assumption() -> None:
    for rule in RULEBOOK.rules:
        named = re.search(r"\b20\d\d\b|[Nn]o rule that we read|UNHCR|authors", rule.reason)
        assert named, rule.rule_id
        if not rule.source.verified:
            assert "ssum" in rule.source.note or "assumption" in rule.source.note, rule.rule_id


def test_every_band_is_said_to_be_an_assumption_of_the_authors() -> None:
    assert not any(rule.source.verified for rule in RULEBOOK.rules if rule.band)
    assert not RULEBOOK.points.source.verified


def test_every_scheme_of_a_rule_is_a_scheme_of_the_operation() -> None:
    assert {rule.scheme for rule in RULEBOOK.rules if rule.scheme} <= {
        scheme.code for scheme in OPERATION.schemes
    }


def test_every_fact_that_is_asked_for_is_asked_by_some_rule() -> None:
    asked = {fact for rule in RULEBOOK.rules for fact in facts_in(rule.when)}
    asked |= {fact for extra in RULEBOOK.points.extra for fact in facts_in(extra.when)}
    idle = {kind.name for kind in RULEBOOK.facts.values() if not kind.derived} - asked
    assert not idle


def test_every_question_can_be_read_to_a_caller() -> None:
    for kind in RULEBOOK.facts.values():
        assert kind.question[0].isupper()
        assert "?" in kind.question
        assert "_" not in kind.question


ASKS_YES_OR_NO = re.compile(r"(Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Can|Could) [^?]+\?")
ASKS_MORE = re.compile(r"\b(and|or) (what|where|when|which|who|whom|whose|how|why)\b")


def test_a_question_for_yes_or_no_can_be_answered_with_yes_or_no() -> None:
    """What else it asked for ("..., and when?") would have no place in the form, and be lost."""
    asked = [kind for kind in RULEBOOK.facts.values() if set(kind.values) == {"yes", "no"}]
    assert len(asked) > 10
    for kind in asked:
        assert ASKS_YES_OR_NO.fullmatch(kind.question), kind.question
        assert not ASKS_MORE.search(kind.question), kind.question


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        ("Interpreter for British forces 2009-2012", {"occupation": "interpreter", "employer": "uk_forces"}),
        ("drove for the British", {"occupation": "driver", "employer": "uk_forces"}),
        ("GardaWorld guard", {"occupation": "guard", "employer": "gardaworld_at_embassy"}),
        ("taught English at the British Council", {
            "occupation": "teacher", "subject_taught": "english", "employer": "british_council",
        }),
        ("received a night letter, now in hiding", {"threat": "explicit", "in_hiding": "yes"}),
        ("Taliban came to the house looking for him", {"threat": "searched_for"}),
        ("women's rights activist, Hazara", {
            "occupation": "activist", "womens_rights_work": "yes", "minority": "hazara",
        }),
        ("widow, pregnant", {"widow": "yes", "pregnant": "yes"}),
        ("قاضی در ستره محکمه", {"occupation": "judge", "employer": "afghan_government"}),
        ("خبرنگار، شب نامه گرفته", {"occupation": "journalist", "threat": "explicit"}),
        ("ترجمان قوای بریتانیا", {"occupation": "interpreter", "employer": "uk_forces"}),
        ("بیوه", {"widow": "yes"}),
        ("حامله", {"pregnant": "yes"}),
        ("هزاره", {"minority": "hazara"}),
        ("د برتانیې سفارت موټروان", {"occupation": "driver", "employer": "uk_embassy"}),
        ("not a judge, no threats", {}),
        ("his brother was an interpreter", {}),
        ("shopkeeper", {"occupation": "other"}),
        ("emailed the Foreign and Commonwealth Office, no reply", {}),
    ],
)  # fmt: skip
def test_it_hears_what_callers_say(words: str, facts: dict[str, str]) -> None:
    assert facts_from_words([words], OPERATION.phrases) == facts


def test_every_phrase_is_heard_when_it_is_all_that_is_said() -> None:
    for phrase in OPERATION.phrases:
        if phrase.fact == "employer" or phrase.kind is None:
            continue
        column = next((f"{each}: " for each in sorted(phrase.contexts) if each != ALONE), "")
        heard = facts_from_words([f"{column}{phrase.words}"], OPERATION.phrases)
        assert phrase.value in heard.get(phrase.fact, "").split("|"), phrase


def test_the_readable_page_holds_every_rule_its_source_and_its_mark() -> None:
    page = as_markdown(RULEBOOK)
    for rule in RULEBOOK.rules:
        assert f"`{rule.rule_id}`" in page
        assert rule.source.url is None or rule.source.url in page
    assert page.count("**Not verified.**") >= sum(not r.source.verified for r in RULEBOOK.rules)
    assert page.count("did not name them") == len(FORGOTTEN)
    assert "{" not in page
    assert all(f"## Band {band}" in page for band in Band if band is not Band.NOT_ASSESSED)
