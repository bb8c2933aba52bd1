"""A fictional caseload as rows of the public formats, and the truth beside it in files of its own.

What an engine reads (people.csv, cases.jsonl) holds only what was told; what is true stands in truth_*.csv, so that
nobody measures an engine on files that hold the answers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household, Person, Source
from safeconduct.core.rulebook import Assessment
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload import assumed
from safeconduct.rehearsal.caseload.dates import iso_birth, told_age
from safeconduct.rehearsal.caseload.records import Caseload

PEOPLE_COLUMNS = (
    "person_id", "household_id", "office", "given_name", "family_name", "father_name", "native_name", "sex",
    "birth_date", "birth_date_precision", "phone", "passport", "tazkira", "province",
)  # fmt: skip
TRUE_PEOPLE_COLUMNS = ("person_id", "true_person_id", "true_family_id")
TRUE_FAMILIES_COLUMNS = (
    "family_id", "size", "province", "band", "priority", "schemes", "profile", "pleas"
)  # fmt: skip
TRUE_PLEAS_COLUMNS = ("plea_id", "family_id", "received_on", "office")
DISTRIBUTIONS_COLUMNS = (
    "kind", "name", "choice", "value", "what", "source", "as_of", "verified", "note"
)  # fmt: skip

Row = tuple[object, ...]


def people_rows(caseload: Caseload) -> Iterator[Row]:
    """Everybody who is named in a plea, once for each plea, in the format of `link`."""
    for each in caseload.pleas:
        household = each.plea.household
        for person in household.people:
            yield (
                person.person_id,
                household.household_id,
                household.office,
                person.given_name,
                person.family_name,
                person.father_name,
                person.native_name,
                person.sex,
                *iso_birth(person.birth),
                "|".join(person.phones),
                person.passport,
                person.tazkira,
                household.province,
            )


def case_lines(caseload: Caseload) -> Iterator[str]:
    """Every plea as a case in the format of `triage`, one JSON object a line, with the facts that were told.

    An age stands as it was told on the day of the plea.
    """
    for each in caseload.pleas:
        case = _case(each.plea.household, each.plea.received_on or date.min)
        yield json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n"


def _case(household: Household, received_on: date) -> dict[str, object]:
    case: dict[str, object] = {"case_id": household.household_id}
    if household.told_size is not None:
        case["size"] = household.told_size
    if household.province is not None:
        case["province"] = household.province
    case["people"] = [_person(person, received_on) for person in household.people]
    if household.facts:
        case["facts"] = dict(household.facts)
    return case


def _person(person: Person, received_on: date) -> dict[str, object]:
    told: dict[str, object] = {"person_id": person.person_id}
    if person.relation is not None:
        told["relation"] = person.relation.value
    if person.sex is not None:
        told["sex"] = person.sex.value
    if person.birth is not None:
        age = told_age(person.birth, received_on)
        if age is None:
            told["birth_date"], told["birth_date_precision"] = iso_birth(person.birth)
        else:
            told["age"] = age
    if person.facts:
        told["facts"] = dict(person.facts)
    return told


# --- the truth ------------------------------------------------------------------------------


def true_people_rows(caseload: Caseload) -> Iterator[Row]:
    """Who each told person is in truth."""
    for each in caseload.pleas:
        for person_id, true_id in each.people.items():
            yield person_id, true_id, each.family_id


def true_families_rows(caseload: Caseload, needs: Mapping[str, Assessment]) -> Iterator[Row]:
    """Every family as it is. `schemes` are those it may be eligible for by all its facts, `pleas` its pleas."""
    pleas = Counter(each.family_id for each in caseload.pleas)
    for family in caseload.families:
        household, need = family.household, needs[family.family_id]
        yield (
            family.family_id,
            household.size,
            household.province,
            need.band,
            need.priority,
            "|".join(need.schemes_with(Answer.YES)),
            family.profile,
            pleas[family.family_id],
        )


def true_pleas_rows(caseload: Caseload) -> Iterator[Row]:
    """Of which family each plea speaks, and when it came to which office."""
    for each in caseload.pleas:
        plea = each.plea
        yield plea.plea_id, each.family_id, plea.received_on, plea.household.office


# --- what it was drawn from -----------------------------------------------------------------


def distribution_rows(model: CaseloadModel) -> Iterator[Row]:
    """Everything that was drawn from, with its source, or "assumption" where there is none.

    Behind the model's own stands what the code assumes beside it.
    """
    for drawn in model.distributions.values():
        for choice, weight in drawn.choices.items():
            source = _source(drawn.source)
            yield "distribution", drawn.name, choice, weight, drawn.what, *source
    for rate in model.rates.values():
        yield "rate", rate.name, None, rate.value, rate.what, *_source(rate.source)
    for profile in model.profiles:
        what = profile.what
        yield "profile", profile.name, None, profile.weight, what, *_source(profile.source)
    for day in model.arrivals:
        what = "Share of the pleas that arrives on the day."
        yield "arrivals", "arrivals", day.on, day.share, what, *_source(day.source)
    for name in model.names:
        what = "How common the name is among its kind."
        yield "name", name.kind, name.name, name.weight, what, *_source(name.source)
    ours = _source(assumed.OURS)
    for number in assumed.NUMBERS:
        yield "in the code", number.name, None, number.value, number.sentence, *ours
    for draw in assumed.DRAWS:
        for choice, weight in draw.choices.items():
            yield "in the code", draw.name, choice, weight, draw.what, *_source(draw.source)


def _source(source: Source) -> Row:
    verified = "yes" if source.verified else "no"
    return source.url or "assumption", source.as_of, verified, source.note
