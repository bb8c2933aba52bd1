"""Trials of a rulebook: made-up people and what the rules must say of them, as a caseworker writes it.

A trial is held against an assessment by `differences`, which says in sentences what is otherwise. The
tests run them; so may an office that has changed a rule, before anybody is assessed by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household
from safeconduct.core.rulebook.assess import assess
from safeconduct.core.rulebook.assessment import Assessment
from safeconduct.core.rulebook.rules import Band, Rulebook

if TYPE_CHECKING:  # an operation holds a rulebook: at run time this would be a circle
    from collections.abc import Iterable

    from safeconduct.core.operation import Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One sentence about a household, and what the rules must say of it. What is not named is free.

    `asks` are facts that must be among what is missing, `asks_not` must not; `says` are words that
    must stand in some reason, of the band or of a scheme.
    """

    sentence: str
    on: date
    household: Household
    band: Band | None = None
    schemes: Mapping[str, Answer]
    asks: tuple[str, ...] = ()
    asks_not: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    at: str = ""


def differences(trial: Trial, rulebook: Rulebook, schemes: Iterable[Scheme]) -> tuple[str, ...]:
    """What the rules say otherwise than the trial, in sentences; empty if they agree."""
    found = assess(trial.household, rulebook, on=trial.on, schemes=schemes)
    return tuple(_differences(trial, found))


def _differences(trial: Trial, found: Assessment) -> Iterator[str]:
    if trial.band is not None and found.band is not trial.band:
        why = " ".join(str(reason) for reason in found.reasons)
        yield f"The band is {found.band}, and should be {trial.band}. The rules said: {why}"
    outcomes = {each.scheme: each for each in found.schemes}
    for code, answer in trial.schemes.items():
        outcome = outcomes.get(code)
        if outcome is None:
            yield f"No rule speaks of {code} on that day; it should be {answer}."
        elif outcome.outcome is not answer:
            why = " ".join(str(reason) for reason in outcome.reasons)
            yield f"{code} is {outcome.outcome}, and should be {answer}. The rules said: {why}"
    missing = [ask.fact for ask in found.missing]
    for fact in trial.asks:
        if fact not in missing:
            yield f"{fact} should be asked for. Asked for are: {', '.join(missing) or 'nothing'}."
    for fact in trial.asks_not:
        if fact in missing:
            yield f"{fact} should not be asked for."
    said = " ".join(
        str(reason)
        for reasons in (found.reasons, *(each.reasons for each in found.schemes))
        for reason in reasons
    )
    for words in trial.says:
        if words not in said:
            yield f"No reason holds the words: {words}"
