"""What was read of a plea's words, as a form shows it before a member opens the case. Nothing is taken by itself."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from safeconduct.cases.entries import Way
from safeconduct.core.facts import Person
from safeconduct.intake.models import Plea
from safeconduct.intake.reading import read_words
from safeconduct.intake.sealing import PleaWords

Shown = dict[str, Any]
# A field of a sheet: the form's field that its cells are shown in.
_OF_CALLER = {
    "caller_name": "caller_name",
    "caller_relation": "caller_relation",
    "caller_phone": "caller_phones",
    "place": "place",
    "threat": "threat",
    "told_size": "told_size",
}
_OF_PERSON = {
    "full_name": "given_name",
    "given_name": "given_name",
    "family_name": "family_name",
    "native_name": "native_name",
    "birth": "birth",
    "age": "birth",
    "phone": "phones",
}


def prefilled(plea: Plea, words: PleaWords, *, on: date) -> tuple[Shown, list[Shown]]:
    """Of the household, and of each person. Dates stand as they are known, to be kept by their fields."""
    if plea.way in {Way.TEXT, Way.CALL}:
        return _of_text(words.as_text(), on=on)
    return _of_cells(words)


def _of_text(text: str, *, on: date) -> tuple[Shown, list[Shown]]:
    read = read_words(text, on=on).plea
    household, caller = read.household, read.caller
    shown: Shown = {
        "caller_name": caller.name,
        "caller_phones": caller.phones,
        "caller_relation": caller.relation,
        "told_size": household.told_size,
        "province": household.province,
        "place": household.place,
    }
    return shown, [_person(person) for person in household.people]


def _person(person: Person) -> Shown:
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "native_name": person.native_name,
        "birth": person.birth,
        "relation": str(person.relation or ""),
        "phones": person.phones,
    }


def _of_cells(words: PleaWords) -> tuple[Shown, list[Shown]]:
    household: defaultdict[str, list[str]] = defaultdict(list)
    person: defaultdict[str, list[str]] = defaultdict(list)
    for heading, text in words.cells:
        field = words.fields.get(heading, "")
        if field in _OF_CALLER:
            household[_OF_CALLER[field]].append(text)
        elif field in _OF_PERSON:
            person[_OF_PERSON[field]].append(text)
    shown = {name: "\n".join(texts) for name, texts in household.items()}
    one = {name: ("\n" if name == "phones" else " ").join(told) for name, told in person.items()}
    return shown, [one] if one else []
