"""How long it takes to assess a caseload of a given size by the rulebook of 2021.

    .venv/bin/python benchmarks/assess.py [PEOPLE] [SEED]

Households of one to nine people with facts drawn at random, so that nearly no two families are alike: the hard case for
an engine that remembers families it has seen. It measures speed, not truth.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import date, timedelta

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.rulebook.assess import assess_all
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.packs import load

ON = date(2021, 8, 20)


def some(chance: random.Random, kinds: list[FactKind], share: float) -> dict[str, str]:
    return {kind.name: chance.choice(kind.values) for kind in kinds if chance.random() < share}


def household(chance: random.Random, code: str, kinds: list[FactKind]) -> Household:
    of_person = [kind for kind in kinds if kind.of == "person"]
    of_household = [kind for kind in kinds if kind.of == "household"]
    people = []
    for number in range(chance.randint(1, 9)):
        born = UncertainDate.of_day(ON - timedelta(days=chance.randint(0, 27_000)))
        person = Person(
            person_id=f"{code}/{number}",
            relation=chance.choice([None, *Relation][2:]) if number else Relation.PRINCIPAL,
            sex=chance.choice([None, Sex.FEMALE, Sex.MALE]),
            birth=born if chance.random() < 0.8 else None,
            facts=some(chance, of_person, 0.05 if number else 0.25),
        )
        people.append(person)
    facts = some(chance, of_household, 0.3)
    return Household(household_id=code, people=tuple(people), facts=facts)


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 150_000
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    operation = load("afghanistan-2021")
    kinds = [kind for kind in operation.rulebook.facts.values() if not kind.derived]
    households, people = [], 0
    while people < wanted:
        households.append(household(chance, f"H{len(households)}", kinds))
        people += len(households[-1].people)
    began = time.perf_counter()
    found = list(assess_all(households, operation.rulebook, on=ON, schemes=operation.schemes))
    seconds = time.perf_counter() - began
    print(f"{people:,} people in {len(found):,} households assessed in {seconds:.1f} s")


if __name__ == "__main__":
    main()
