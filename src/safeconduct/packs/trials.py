"""Trials beside the rules: what they must say of made-up people. A caseworker can write one.

    - trial: A driver employed through a contractor is raised as a special case
      on: 2021-08-20
      people:
        - {relation: principal, sex: M, age: 34, occupation: driver, employer: uk_forces, employment: contractor}
      facts: {threat: explicit}
      expect:
        band: urgent
        schemes: {LOTR: yes, ARAP-2: no}
        asks: [in_hiding]
        says: [through a contractor]

`size` and `province` stand beside `people`, as in the cases of `safeconduct triage`; a person's facts
stand beside sex and age.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from safeconduct.core.answers import Answer
from safeconduct.core.errors import BadFacts, TrialNotUnderstood
from safeconduct.core.facts import Household
from safeconduct.core.rulebook.cases import household_from
from safeconduct.core.rulebook.rules import BANDS, Band, Rulebook
from safeconduct.core.rulebook.trial import Trial
from safeconduct.packs.located import Fields, Located
from safeconduct.packs.reading import read_yaml
from safeconduct.packs.rulebook import Folder, files_ending

_TRIAL = ("trial", "on", "people", "facts", "size", "province", "expect")
_EXPECT = ("band", "schemes", "asks", "asks_not", "says")
_OF_PERSON = ("person_id", "relation", "sex", "birth_date", "birth_date_precision", "age")


def load_trials(folder: Folder, rulebook: Rulebook) -> tuple[Trial, ...]:
    """The trials of a rulebook's folder: every file that ends in .cases.yaml, in order of names.

    Raises BadPack's subclasses with file and line.
    """
    return tuple(
        _trial(entry, rulebook)
        for file in files_ending(folder, ".cases.yaml")
        for entry in read_yaml(file).items()
    )


def _trial(entry: Located, rulebook: Rulebook) -> Trial:
    fields = entry.fields(_TRIAL, required=("trial", "on", "expect"), of="a trial")
    expect = fields["expect"].fields(_EXPECT, of="what is expected")
    on, band = fields["on"].date(), expect.get("band")
    outcomes = expect.get("schemes")
    return Trial(
        sentence=fields.text("trial"),
        on=on,
        household=_household(fields, rulebook, on),
        band=Band(band.one_of(tuple(BANDS))) if band else None,
        schemes={
            code: Answer(outcome.one_of(tuple(Answer)))
            for code, outcome in (outcomes.pairs() if outcomes else ())
        },
        asks=_texts(expect, "asks"),
        asks_not=_texts(expect, "asks_not"),
        says=_texts(expect, "says"),
        at=f"{entry.file}, line {entry.line}",
    )


def _texts(fields: Fields, name: str) -> tuple[str, ...]:
    value = fields.get(name)
    return value.texts() if value else ()


def _household(fields: Fields, rulebook: Rulebook, on: date) -> Household:
    """As a case of the command's format, read by the same reader."""
    facts = fields.get("facts")
    data = {
        "case_id": "a trial",
        "people": [dict(_person(person)) for person in fields.items("people")],
        "size": fields.whole("size"),
        "province": fields.text("province"),
        "facts": {name: _plain(value) for name, value in facts.pairs()} if facts else None,
    }
    try:
        return household_from(data, line=fields.entry.line, kinds=rulebook.facts, on=on)
    except BadFacts as problem:
        fields.entry.refuse(TrialNotUnderstood, problem=str(problem))


def _person(written: Located) -> Iterator[tuple[str, object]]:
    facts: dict[str, object] = {}
    for name, value in written.pairs():
        if name == "age":
            yield name, value.whole()
        elif name in _OF_PERSON:
            yield name, value.text()
        else:
            facts[name] = _plain(value)
    yield "facts", facts


def _plain(value: Located) -> object:
    return list(value.texts()) if value.is_list else value.text()
