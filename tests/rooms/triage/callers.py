"""Families as callers tell of them, for tests of bands. Everyone is fictional."""

from __future__ import annotations

from datetime import datetime

from safeconduct.cases.actions import open_case
from safeconduct.cases.entries import Facts, Person, Said, Told
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.facts import Relation, Sex
from safeconduct.people.present import Present

INTERPRETER = "work: interpreter for the British Army"
STORY = "threat: letters from the Taliban at the door of Zarmina"


def caller(*more: Told) -> list[Told]:
    """A man at the head of a case, and what else was told."""
    return [Person(given_name="Zalmai", relation=Relation.PRINCIPAL, sex=Sex.MALE), *more]


def interpreter(*more: Told) -> list[Told]:
    return caller(Said(words=(INTERPRETER,)), *more)


def answered(**facts: str) -> Facts:
    return Facts(facts=facts)


def opened_case(by: Present, *told: Told, at: datetime, **columns: object) -> OpenCase:
    return open_case(by, told or interpreter(), at=at, **columns)  # type: ignore[arg-type]


def again(by: Present, code: str, at: datetime) -> OpenCase:
    return case_for(by, code, Purpose.CASEWORK, at=at)
