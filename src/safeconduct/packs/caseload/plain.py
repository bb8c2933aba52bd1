"""The plain model: a fictional caseload of an operation whose pack says nothing of its caseload.

Made from the operation alone: its provinces, its days and its rulebook's vocabulary. People are known by numbers, not
by names. Every number here is an assumption of ours and says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from safeconduct.core.facts import Sex, Source
from safeconduct.core.operation import Operation
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.packs.caseload.records import (
    Arrivals,
    CaseloadModel,
    Distribution,
    Profile,
    Rate,
)

ASSUMED = Source(
    url=None,
    verified=False,
    note="An assumption of ours: this pack says nothing of its caseload.",
)

# Five people on average with a long tail, a little over half of them children: round numbers of ours.
_DISTRIBUTIONS: Mapping[str, tuple[str, Mapping[str, float]]] = {
    "household_size": (
        "People in a family, children too",
        {"1": 8, "2": 9, "3": 12, "4": 15, "5": 18, "6": 15, "7": 10, "8": 6, "9": 4, "10": 2, "12": 1},
    ),
    "adults_beside_principal": (
        "Adults of the family beside the principal",
        {"alone": 25, "spouse": 50, "spouse+parent": 10, "parent": 5, "sibling": 5, "spouse+sibling": 5},
    ),
    "child_age": ("Ages of those under 18", {str(age): 1 for age in range(18)}),
    "principal_age": (
        "Age of the principal",
        {"18-24": 15, "25-34": 40, "35-44": 25, "45-59": 15, "60-75": 5},
    ),
    "offices_per_family": ("Offices that hear of a family", {"1": 70, "2": 20, "3": 10}),
    "calls_per_office": ("Times that one office hears of a family", {"1": 90, "2": 10}),
    "office_kind": ("Kinds of offices", {"Charity": 1, "Constituency office": 1, "Volunteers": 1}),
    "birth_precision": (
        "How a date of birth is told",
        {"day": 50, "first_of_january": 10, "month": 5, "year": 15, "age": 15, "unknown": 5},
    ),
    "name_script": ("In which script names are written", {"latin": 1}),
    "order_of_names": ("In which order names are written", {"given_family": 1}),
    "given_names_in_a_name": ("Given names that one person has", {"1": 1}),
}  # fmt: skip
_RATES: Mapping[str, tuple[str, float]] = {
    "has_family_name": ("Families with a family name", 0.0),
    "told_family_name": ("People with a family name of whom it is told", 0.0),
    "told_father_name": ("People of whom their father's name is told", 0.0),
    "told_sex": ("People of whom their sex is told", 0.9),
    "told_birth": ("People of whom a date of birth or an age is told", 0.85),
    "told_phone": ("People with a telephone of whom a number is told", 0.7),
    "told_passport": ("People with a passport of whom its number is told", 0.6),
    "told_tazkira": ("People with an identity document of whom its number is told", 0.6),
    "told_province": ("Pleas that tell the province", 0.85),
    "told_relation": ("People of whom it is told what they are to the principal", 0.85),
    "told_fact": ("Facts of the principal's story that a plea tells", 0.75),
    "told_threat": ("Pleas that tell a threat there is", 0.75),
    "told_other_fact": ("Other facts that are so and that a plea tells", 0.6),
    "told_size": ("Pleas in which the caller gives a number of people", 0.8),
    "named_of_family": ("People of a family who are told one by one", 0.75),
    "slip_of_pen": ("Names with a slip of the pen", 0.0),
    "variant_spelling": ("Names spelled otherwise than the family spells them", 0.0),
    "day_month_swapped": ("Days of birth with day and month swapped", 0.02),
    "birth_off": ("Births told a year or two off", 0.03),
    "document_slip": ("Numbers of documents with a slip", 0.03),
    "phone_of_caller_abroad": ("Told telephones that are the caller's", 0.1),
    "phone_changed": ("People with two numbers, an older and a newer", 0.1),
    "moved_province": ("Families who have moved to the province of the muster point", 0.1),
    "title_written": ("Adults whose title stands before the name", 0.0),
    "patronymic_as_family_name": ("Pleas that give the father's name for the family's", 0.0),
    "woman_keeps_own_name": ("Married women with a family name of their own", 0.0),
    "has_passport": ("People with a passport", 0.5),
    "has_tazkira": ("People with another identity document", 0.0),
    "kin_of_another_family": ("Families whose principal is the brother or sister of another family's", 0.1),
    "caller_of_several": ("Other families whose callers speak for another family too", 0.06),
    "phone_shared": ("Families with kin or callers in common who have one telephone between them", 0.15),
    "kabul_pull": ("Families drawn to the province of the muster point beside their share by population", 0.0),
}  # fmt: skip


def plain_model(operation: Operation) -> CaseloadModel:
    """The model of an operation whose pack has no folder `caseload`."""
    return CaseloadModel(
        names=(),
        profiles=(_anybody(operation.rulebook.facts),),
        distributions={
            name: Distribution(name=name, what=what, choices=choices, source=ASSUMED)
            for name, (what, choices) in _DISTRIBUTIONS.items()
        },
        rates={
            name: Rate(name=name, what=what, value=value, source=ASSUMED)
            for name, (what, value) in _RATES.items()
        },
        arrivals=evenly(operation),
    )


def _anybody(kinds: Mapping[str, FactKind]) -> Profile:
    """One kind of principal, of whom every fact is drawn evenly from its values."""
    told = [kind for kind in kinds.values() if not kind.derived and kind.of_province is None]
    evenly = {kind.name: dict.fromkeys(kind.values, 1.0) for kind in told}
    return Profile(
        name="anybody",
        what="A principal of whom every fact is drawn evenly from the rulebook's vocabulary",
        weight=1.0,
        sex={Sex.FEMALE: 1.0, Sex.MALE: 1.0},
        facts={kind.name: evenly[kind.name] for kind in told if kind.of == "person"},
        household_facts={kind.name: evenly[kind.name] for kind in told if kind.of == "household"},
        words=(),
        source=ASSUMED,
    )


def evenly(operation: Operation) -> tuple[Arrivals, ...]:
    """Every day of the operation with the same share of the pleas."""
    days = (operation.ends - operation.starts).days + 1
    return tuple(
        Arrivals(on=operation.starts + timedelta(days=day), share=1 / days, source=ASSUMED)
        for day in range(days)
    )
