"""Answers to the rulebook's questions: told of a person or of the family, one entry for each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from safeconduct.cases.actions.changing import Change, changing
from safeconduct.cases.entries import Facts, Person
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.core.errors import FactsChangedMeanwhile, FactUnknownToRules, NoSuchEntry
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.journal.deeds import Deed
from safeconduct.triage.rules import rules_for

Whose = tuple[str | None, str]
"""The code of a person's entry (None: the family, or somebody of it), and the name of a fact."""
Answers = Mapping[Whose, str | None]
"""Several values of one fact stand with | between them; None is not told."""


def tell_facts(opened: OpenCase, told: Answers, *, seen: Answers, at: datetime) -> int:
    """Write the answers that differ from what stands; how many those were. `seen` is what the writer saw before.

    Raises FactsChangedMeanwhile where a colleague answered the same question otherwise since, FactUnknownToRules,
    NoSuchEntry for a person who is not of this case, NotOursToChange.
    """
    kinds = rules_for(opened.cover.office_id, opened.by.ring).rulebook.facts
    for (person, fact), value in told.items():
        _check(kinds.get(fact), person, value)
    with changing(opened, Deed.FACT_TOLD, at=at) as change:
        _check_people(change, told)
        stands = answers_in(change.now.entries(Facts))
        clashes = [
            each
            for each, value in told.items()
            if known_answer(stands.get(each), kinds[each[1]]) not in {seen.get(each), value}
        ]
        if clashes:
            raise FactsChangedMeanwhile(count=len(clashes))
        changed = {each: value for each, value in told.items() if stands.get(each) != value}
        # What this rulebook has no word for stays as it was, until it is answered anew.
        changed = {
            (person, fact): value
            for (person, fact), value in changed.items()
            if value is not None or known_answer(stands.get((person, fact)), kinds[fact])
        }
        for person in dict.fromkeys(person for person, _ in changed):
            own = {fact: value for (whose, fact), value in changed.items() if whose == person}
            _write(change, person, own)
        change.repeated = not changed
        change.facts |= {"facts": len(changed)}
    return len(changed)


def answers_in(entries: Iterable[Kept[Facts]]) -> dict[Whose, str]:
    """What was answered, the later entry before the earlier."""
    answers: dict[Whose, str] = {}
    for kept in entries:
        answers |= {(kept.says.person, fact): value for fact, value in kept.says.facts.items()}
    return answers


def known_answer(value: str | None, kind: FactKind) -> str | None:
    """The value as far as this rulebook may hold it, else None: it stays unknown to it."""
    if value is None:
        return None
    parts = value.split("|") if kind.many else [value]
    known = [part for part in parts if part in kind.values]
    alone = kind.nobody not in known or len(known) == 1
    return "|".join(known) if known and alone and len(set(known)) == len(known) else None


def _write(change: Change, person: str | None, answers: Mapping[str, str | None]) -> None:
    """One entry for each of them: where sheets and colleagues left several, they are taken together."""
    own = [kept for kept in change.now.entries(Facts) if kept.says.person == person]
    merged: dict[str, str] = {}
    for kept in own:
        merged |= kept.says.facts
    merged |= {fact: value for fact, value in answers.items() if value is not None}
    for fact, value in answers.items():
        if value is None:
            merged.pop(fact, None)
    told = Facts(facts=merged, person=person)
    if not own and merged:
        change.add(told)
    first, rest = own[:1], own[1:]
    for kept in first:
        if merged:
            change.change(kept.code, told, expected_revision=kept.revision)
        else:
            rest = own
    for kept in rest:
        change.remove(kept.code, None, expected_revision=kept.revision)


def _check(kind: FactKind | None, person: str | None, value: str | None) -> None:
    """Raises FactUnknownToRules."""
    if kind is None or kind.derived or (kind.of == "household" and person is not None):
        raise FactUnknownToRules
    if value is not None and known_answer(value, kind) != value:
        raise FactUnknownToRules


def _check_people(change: Change, told: Answers) -> None:
    persons = {row.code for row in change.rows if row.kind == Person.kind and not row.removed}
    if not {person for person, _ in told if person is not None} <= persons:
        raise NoSuchEntry(case=change.cover.code)
