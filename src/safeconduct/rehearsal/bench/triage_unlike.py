"""The bench of triage at its hardest: facts drawn evenly, so that nearly no two families are alike.

The engine remembers each family it has seen by its facts; here there is next to nothing to remember.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.packs import load
from safeconduct.rehearsal.bench import triage
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.records import Contest

# How often each fact of the rulebook is told: of the principal, of another member, of the household. All of it is an
# assumption of ours.
OF_PRINCIPAL, OF_MEMBER, OF_HOUSEHOLD = 0.25, 0.05, 0.3
BIRTH_TOLD = 0.8
OLDEST_DAYS = 27_000


def contest(size: int, seed: int) -> Contest:
    operation = load(PACK)
    return triage.triage_contest(operation, unlike_households(operation, size, seed), size)


def unlike_households(operation: Operation, people: int, seed: int) -> list[Household]:
    """Households of one to nine people, so many people or a few more, each with facts at random."""
    chance = random.Random(seed)  # noqa: S311 (a made-up list, not a secret)
    kinds = [kind for kind in operation.rulebook.facts.values() if not kind.derived]
    on = operation.day or operation.starts
    households: list[Household] = []
    counted = 0
    while counted < people:
        households.append(_household(chance, f"H{len(households)}", kinds, on))
        counted += households[-1].size
    return households


def _household(chance: random.Random, code: str, kinds: Sequence[FactKind], on: date) -> Household:
    of_person = [kind for kind in kinds if kind.of == "person"]
    people = tuple(
        Person(
            person_id=f"{code}/{number}",
            relation=chance.choice(list(Relation)[1:]) if number else Relation.PRINCIPAL,
            sex=chance.choice([None, Sex.FEMALE, Sex.MALE]),
            birth=_birth(chance, on),
            facts=_some(chance, of_person, OF_MEMBER if number else OF_PRINCIPAL),
        )
        for number in range(chance.randint(1, 9))
    )
    of_household = [kind for kind in kinds if kind.of == "household"]
    facts = _some(chance, of_household, OF_HOUSEHOLD)
    return Household(household_id=code, people=people, facts=facts)


def _birth(chance: random.Random, on: date) -> UncertainDate | None:
    born = on - timedelta(days=chance.randint(0, OLDEST_DAYS))
    return UncertainDate.of_day(born) if chance.random() < BIRTH_TOLD else None


def _some(chance: random.Random, kinds: Sequence[FactKind], share: float) -> dict[str, str]:
    return {kind.name: chance.choice(kind.values) for kind in kinds if chance.random() < share}


BENCH = replace(
    triage.BENCH,
    name="triage-unlike",
    what="households of facts drawn at random, nearly no two alike, assessed by the rulebook",
    contest=contest,
    notes=(
        "The hard case for an engine that remembers the families it has seen; it measures speed, not truth.",
        "There is no baseline: we know of no other engine of these rules.",
    ),
)
