"""The shipped rulebook against its trials: each test reads as the sentence a caseworker wrote."""

from __future__ import annotations

from datetime import date
from importlib.resources import files

import pytest
from tests.shipped import shipped

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household
from safeconduct.core.rulebook import Band, assess
from safeconduct.core.rulebook.trial import Trial, differences
from safeconduct.packs.trials import load_trials

OPERATION = shipped()
TRIALS = load_trials(
    files("safeconduct.packs").joinpath("afghanistan_2021", "rulebook"), OPERATION.rulebook
)


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.sentence)
def test_the_rules_say(trial: Trial) -> None:
    said_otherwise = differences(trial, OPERATION.rulebook, OPERATION.schemes)
    assert not said_otherwise, f"{trial.at}: {' '.join(said_otherwise)}"


def test_there_are_enough_trials_and_no_two_are_called_alike() -> None:
    sentences = [trial.sentence for trial in TRIALS]
    assert len(sentences) >= 60
    assert len(set(sentences)) == len(sentences)


def test_a_trial_that_expects_otherwise_is_told_what_the_rules_say_and_why() -> None:
    trial = Trial(
        sentence="Nothing is known, and yet it should be an emergency",
        on=date(2021, 8, 20),
        household=Household(household_id="nobody", people=()),
        band=Band.EMERGENCY,
        schemes={"ARAP-2": Answer.NO, "NO-SUCH-SCHEME": Answer.YES},
        asks=("dismissed",),
        asks_not=("threat",),
        says=("words that no reason holds",),
    )
    said = differences(trial, OPERATION.rulebook, OPERATION.schemes)
    assert len(said) == 6
    assert said[0].startswith("The band is not assessed, and should be emergency. The rules said: ")
    assert "ARAP-2 is unknown, and should be no" in said[1]


def test_every_rule_holds_in_some_trial() -> None:
    held = set()
    for trial in TRIALS:
        found = assess(trial.household, OPERATION.rulebook, on=trial.on, schemes=OPERATION.schemes)
        opened = [each.reasons for each in found.schemes if each.outcome is Answer.YES]
        held |= {reason.rule_id for reasons in (found.reasons, *opened) for reason in reasons}
    never = {rule.rule_id for rule in OPERATION.rulebook.rules} - held
    assert not never, f"No trial shows these rules holding: {', '.join(sorted(never))}"
