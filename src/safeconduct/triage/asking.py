"""Which questions are asked of whom, with what was answered and what was read from words: for the form of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from safeconduct.cases.entries import Facts, Person
from safeconduct.cases.household import household_of
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.cases.templatetags.told import called
from safeconduct.cases.wording import words_of
from safeconduct.core.rulebook.known import NOT_ASKED, person_facts
from safeconduct.core.rulebook.readings import readings_of
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.triage.actions.facts import Whose, answers_in, known_answer
from safeconduct.triage.assessing import Assessing

FAMILY: Final = "family"  # in an address, beside the codes of persons
_MOST_FIELDS: Final = 300  # on one page; each is sent twice, and a form has some 2000 at most


@dataclass(frozen=True, slots=True)
class Whom:
    """Of whom a question is asked. `answer` is what was told, `read` what words say instead."""

    person: str | None
    name: str
    answer: str | None
    read: str


@dataclass(frozen=True, slots=True)
class Question:
    kind: FactKind
    settles: tuple[str, ...]  # bands and schemes; empty: it would change nothing now
    whom: tuple[Whom, ...]


@dataclass(slots=True)
class Questions:
    """All questions of a case, by the rulebook in force on a day."""

    opened: OpenCase
    assessing: Assessing
    # Names of fields that were sent: asked again whatever stands by now, so that nothing typed is lost.
    sent: frozenset[str] = frozenset()
    answers: dict[Whose, str] = field(init=False)
    people: list[Kept[Person]] = field(init=False)
    settles: dict[str, tuple[str, ...]] = field(init=False)
    _read: dict[Whose, str] = field(init=False)

    def __post_init__(self) -> None:
        household = household_of(self.opened)
        self.people = self.opened.persons
        self.answers = answers_in(self.opened.entries(Facts))
        assessment = self.assessing.assess(household)
        self.settles = {ask.fact: ask.settles for ask in assessment.missing}
        readings = readings_of(household, self.assessing.phrases)
        self._read = {(each.person, each.fact): each.value for each in readings}
        self.assessing.forget()

    @property
    def kinds(self) -> list[FactKind]:
        """Those that are answered, not derived; the ones that would change the outcome most first."""
        kinds = self.assessing.rules.rulebook.facts
        asked = [kinds[fact] for fact in self.settles]
        return [kind for kind in dict.fromkeys([*asked, *kinds.values()]) if not kind.derived]

    def first(self) -> list[Question]:
        """What would change the outcome, asked of everybody whom it may concern; as many as one page holds."""
        found: list[Question] = []
        fields = 0
        for kind in self.kinds:
            if kind.name in self.settles or kind.name in self._sent_facts:
                question = self._of(kind, [*self._asked(kind), None])
                fields += len(question.whom)
                if found and fields > _MOST_FIELDS:
                    break
                found.append(question)
        return found

    def of_family(self) -> list[Question]:
        """Everything that may be told of the family, or of somebody in it."""
        return [self._of(kind, [None]) for kind in self.kinds]

    def of_person(self, code: str) -> list[Question]:
        kept = next(each for each in self.people if each.code == code)
        return [self._of(kind, [kept]) for kind in self.kinds if kept in self._asked(kind)]

    def _of(self, kind: FactKind, whom: Sequence[Kept[Person] | None]) -> Question:
        told = tuple(self._whom(kind, kept) for kept in whom)
        return Question(kind, self.settles.get(kind.name, ()), told)

    def _whom(self, kind: FactKind, kept: Kept[Person] | None) -> Whom:
        person = kept.code if kept else None
        answer = known_answer(self.answers.get((person, kind.name)), kind)
        read = "" if answer else self._read.get((person, kind.name), "")
        return Whom(person, called(kept.says) if kept else "", answer, words_of(kind, read))

    def _asked(self, kind: FactKind) -> list[Kept[Person]]:
        """Persons who may be asked: not the children of their work, nor men whether they are widows."""
        if kind.of == "household":
            return []
        return [
            kept
            for kept in self.people
            if kind.name not in self._not_asked(kept) or name_of(kept.code, kind) in self.sent
        ]

    def _not_asked(self, kept: Kept[Person]) -> set[str]:
        kinds = self.assessing.rules.rulebook.facts
        told = person_facts(kept.says.as_fact(kept.code), kinds, self._day)
        return {name for name, held in told.items() if held == NOT_ASKED}

    @property
    def _sent_facts(self) -> set[str]:
        return {name.partition(".")[2] for name in self.sent}

    @property
    def _day(self) -> date:
        return self.assessing.day


def name_of(person: str | None, kind: FactKind) -> str:
    """The name of a field of the form."""
    return f"{person or FAMILY}.{kind.name}"


def every_whom(questions: Sequence[Question]) -> Iterator[tuple[Question, Whom]]:
    return ((question, whom) for question in questions for whom in question.whom)
