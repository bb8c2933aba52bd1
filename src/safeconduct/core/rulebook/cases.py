"""Cases as plain data: one JSON object a line (docs/formats.md, `safeconduct triage`).

    {"case_id": "C-1", "size": 4, "province": "AF01",
     "people": [{"person_id": "C-1-1", "relation": "principal", "sex": "M", "birth_date": "1987",
                 "facts": {"occupation": ["driver", "guard"], "employer": "uk_forces"}},
                {"sex": "F", "age": 31}],
     "facts": {"threat": "explicit"}}

Only `case_id` is required. `size` is the number told, where it is larger than the people listed; an
unlisted one is a person of whom nothing is known. A person has `relation` (to the principal), `sex`
(F, M, X), `facts`, and either `birth_date` (2019-03-04, 2019-03 or 2019; with `birth_date_precision`
day, month or year where a full date is not known so exactly) or `age` in completed years on the day
of the assessment. Facts are those of the rulebook; one that may have several values takes a list, or
a text with | between them. A person's fact may be told of the case: then it is told of somebody, and
"no" of everybody. What is absent, empty or null is unknown. Nothing else may stand there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from safeconduct.core.dates.uncertain import Precision, UncertainDate, as_birth
from safeconduct.core.errors import (
    BadCaseValue,
    FactNotTold,
    FactToldElsewhere,
    MissingCaseKey,
    NotACase,
    RepeatedCase,
    UnknownCaseKey,
    UnknownFactTold,
    UnknownValueTold,
)
from safeconduct.core.facts import Household, Person, Relation, Sex
from safeconduct.core.rulebook.rules import FactKind

_CASE = ("case_id", "people", "size", "province", "facts")
_PERSON = (*("person_id", "relation", "sex", "birth_date", "birth_date_precision", "age", "facts"),)
_MOST_PEOPLE = 1000  # in one case: a larger one is a list of cases that lost its line breaks
_OLDEST = 120
_CHOICES: Mapping[type[StrEnum], tuple[str, ...]] = {
    choices: tuple(choice.value for choice in choices) for choices in (Relation, Sex, Precision)
}
_INSTEAD = {
    "age_group": "'birth_date' or 'age'",
    "sex": "'sex' beside 'facts'",
    "relation": "'relation' beside 'facts'",
}


def household_from(
    data: object, *, line: int | str, kinds: Mapping[str, FactKind], on: date
) -> Household:
    """A household from one case. `line` is said in messages ("7", "7 of cases.jsonl"); `kinds` is
    the rulebook's vocabulary, `on` the day ages are told for.

    Raises BadFacts' subclasses, each naming the line, the key and the nearest that is known.
    """
    if not isinstance(data, dict):
        raise NotACase(line=line, problem="it is not a JSON object in braces")
    at = _Place(line=line, where="the case", kinds=kinds, on=on)
    at.check_keys(data, _CASE)
    case_id = at.text(data, "case_id")
    if case_id is None:
        raise MissingCaseKey(
            line=line, of="the case", key="case_id", advice="Use a code that names nobody."
        )
    listed = data.get("people") or []
    if not isinstance(listed, list) or len(listed) > _MOST_PEOPLE:
        raise at.refusal(
            "people", f"it is not a list of up to {_MOST_PEOPLE}", "Put it in [ and ]."
        )
    people = tuple(
        _person(person, number, case_id, at) for number, person in enumerate(listed, start=1)
    )
    _check_ids(people, line)
    return Household(
        household_id=case_id,
        people=people,
        told_size=at.whole(data, "size", most=_MOST_PEOPLE),
        province=at.text(data, "province"),
        facts=at.facts(data, of="household"),
    )


def _person(data: object, number: int, case_id: str, case: _Place) -> Person:
    at = _Place(line=case.line, where=f"person {number}", kinds=case.kinds, on=case.on)
    if not isinstance(data, dict):
        raise at.refusal("people", "it is not a JSON object in braces", "Write it as {...}.")
    at.check_keys(data, _PERSON)
    relation, sex = at.one_of(data, "relation", Relation), at.one_of(data, "sex", Sex)
    return Person(
        person_id=at.text(data, "person_id") or f"{case_id}/{number}",
        relation=Relation(relation) if relation else None,
        sex=Sex(sex) if sex else None,
        birth=at.birth(data),
        facts=at.facts(data, of="person"),
    )


def _check_ids(people: tuple[Person, ...], line: int | str) -> None:
    seen: set[str] = set()
    principals = 0
    for person in people:
        if person.person_id in seen:
            raise RepeatedCase(
                line=line, key="person_id", found=person.person_id, first=" in this case"
            )
        seen.add(person.person_id)
        principals += person.relation is Relation.PRINCIPAL
    if principals > 1:
        raise BadCaseValue(
            line=line,
            where="people",
            problem=f"{principals} of them are the principal",
            advice="Mark one, and say what the others are to that one.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where in the file a value stands: it says so when it refuses one."""

    line: int | str
    where: str
    kinds: Mapping[str, FactKind]
    on: date

    def refusal(self, key: str, problem: str, advice: str) -> BadCaseValue:
        where = f"{self.where}, {key}"
        return BadCaseValue(line=self.line, where=where, problem=problem, advice=advice)

    def check_keys(self, data: Mapping[str, object], known: Collection[str]) -> None:
        for key in data:
            if key not in known:
                raise UnknownCaseKey(
                    line=self.line,
                    found=_short(key),
                    of=self.where,
                    advice=_nearest(key, known, "The keys are"),
                )

    def text(self, data: Mapping[str, object], key: str) -> str | None:
        value = data.get(key)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise self.refusal(key, "it is not a text", 'Put it in quotation marks: "...".')
        return value.strip() or None

    def one_of(self, data: Mapping[str, object], key: str, choices: type[StrEnum]) -> str | None:
        value = self.text(data, key)
        known = _CHOICES[choices]
        if value is not None and value not in known:
            advice = _nearest(value, known, "It may be")
            raise self.refusal(key, f"'{_short(value)}' is not one of its words", advice)
        return value

    def whole(self, data: Mapping[str, object], key: str, *, most: int) -> int | None:
        value = data.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            advice = "Leave it out if it is not known."
            raise self.refusal(key, f"it is not a whole number from 0 to {most}", advice)
        return value

    def birth(self, data: Mapping[str, object]) -> UncertainDate | None:
        age = self.whole(data, "age", most=_OLDEST)
        written = self.text(data, "birth_date")
        precision = self.one_of(data, "birth_date_precision", Precision)
        if written is None:
            return None if age is None else UncertainDate.of_age(age, on=self.on)
        if age is not None:
            advice = "Give one of the two, so that they cannot disagree."
            raise self.refusal("age", "there is a 'birth_date' too", advice)
        born = _date_of(written, precision)
        if born is None:
            advice = "Write it as 2019-03-04, 2019-03 or 2019."
            raise self.refusal("birth_date", "it is not a date", advice)
        if born.earliest > self.on or born.ages_on(self.on)[0] > _OLDEST:
            advice = "Check the year, and that it is a Gregorian one."
            raise self.refusal("birth_date", "nobody alive was born then", advice)
        return born

    def facts(self, data: Mapping[str, object], *, of: str) -> dict[str, str]:
        told = data.get("facts")
        if told is None:
            return {}
        if not isinstance(told, dict):
            raise self.refusal("facts", "it is not a JSON object in braces", "Write it as {...}.")
        found: dict[str, str] = {}
        for name, value in told.items():
            kind = self._kind(name, of)
            values = self._values(kind, value)
            if values:
                found[name] = "|".join(dict.fromkeys(values))
        return found

    def _kind(self, name: str, of: str) -> FactKind:
        where = f"{self.where}, facts"
        kind = self.kinds.get(name)
        if kind is None:
            known = [each.name for each in self.kinds.values() if not each.derived]
            advice = _nearest(name, known, "The facts are")
            raise UnknownFactTold(line=self.line, where=where, found=_short(name), advice=advice)
        if kind.derived:
            instead = _INSTEAD.get(name, "the people with their sex and age")
            raise FactNotTold(line=self.line, where=where, fact=name, instead=instead)
        if of == "person" and kind.of == "household":
            raise FactToldElsewhere(line=self.line, where=where, fact=name)
        return kind

    def _values(self, kind: FactKind, value: object) -> list[str]:
        listed = value if isinstance(value, list) else [] if value is None else [value]
        values: list[str] = []
        for each in listed:
            if not isinstance(each, str):
                advice = f"Write it as one of these texts: {', '.join(kind.values)}."
                raise self.refusal(f"facts, {kind.name}", "it is not a text", advice)
            values += [part.strip() for part in each.split("|") if part.strip()]
        for each in values:
            if each not in kind.values:
                raise UnknownValueTold(
                    line=self.line,
                    where=f"{self.where}, facts",
                    found=_short(each),
                    fact=kind.name,
                    advice=_nearest(each, kind.values, "It may be"),
                )
        if len(set(values)) > 1 and (not kind.many or kind.nobody in values):
            advice = "Give one, or leave the fact out if it is not known which."
            raise self.refusal(f"facts, {kind.name}", "its values contradict each other", advice)
        return values


def _date_of(written: str, precision: str | None) -> UncertainDate | None:
    """2019-03-04, 2019-03 or 2019, no more exactly than `precision` says.

    1 January is the year alone, as everywhere here, unless `precision` says that the day is known.
    """
    parts = written.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 3:
        return None
    try:
        day = date(int(parts[0]), *(int(part) for part in [*parts[1:], "1", "1"][:2]))
    except ValueError:
        return None
    exact = min(len(parts), {"year": 1, "month": 2}.get(precision or "", 3))
    if exact == 1:
        return UncertainDate.of_year(day.year)
    if exact == 2:
        return UncertainDate.of_month(day.year, day.month)
    told = UncertainDate.of_day(day)
    return told if precision == "day" else as_birth(told)


def _nearest(found: str, known: Collection[str], what: str) -> str:
    near = get_close_matches(found, known, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else f"{what} {', '.join(known)}."


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
