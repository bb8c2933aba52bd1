"""What a fictional caseload is drawn with, by name: the distributions and rates that a model must have.

Beside these a model may have a distribution or a rate named like a fact of the rulebook: that fact is then drawn
with it, wherever a family's profile does not settle it (`minority`, `threat`, `in_hiding`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

ALONE = ("", "alone")
"""The choices of `adults_beside_principal` for a principal without another adult."""

_RELATIVE = "(spouse|parent|sibling|other_relative)"


class Form(NamedTuple):
    """How a choice of a distribution is written, and how messages say so. `rises`: the second number is the larger."""

    pattern: re.Pattern[str]
    said: str
    rises: bool = False

    def allows(self, choice: str) -> bool:
        found = self.pattern.fullmatch(choice)
        return found is not None and not (self.rises and int(found[1]) > int(found[2]))


def _one_of(*words: str) -> Form:
    return Form(re.compile("|".join(words)), f"It may be: {', '.join(words)}.")


def _whole(pattern: str, first: int, last: int) -> Form:
    return Form(re.compile(pattern), f"It is a whole number from {first} to {last}.")


DISTRIBUTIONS: Mapping[str, Form] = MappingProxyType(
    {
        "household_size": _whole("[1-9]|1[0-9]|20", 1, 20),
        "adults_beside_principal": Form(
            re.compile(rf"|alone|{_RELATIVE}(\+{_RELATIVE}){{0,7}}"),
            "It is 'alone', or one to eight of spouse, parent, sibling and other_relative, with + between them.",
        ),
        "child_age": _whole("[0-9]|1[0-7]", 0, 17),
        "principal_age": Form(
            re.compile("(1[89]|[2-9][0-9])-(1[89]|[2-9][0-9])"),
            "It is a first and a last age in years, from 18 to 99, such as 25-34.",
            rises=True,
        ),
        "offices_per_family": _whole("[1-9]", 1, 9),
        "calls_per_office": _whole("[1-9]", 1, 9),
        "office_kind": Form(re.compile(r"\S.*"), "It is a few words."),
        "birth_precision": _one_of("day", "first_of_january", "month", "year", "age", "unknown"),
        "name_script": _one_of("latin", "native", "both"),
        "order_of_names": _one_of("given_family", "family_given", "one_field"),
        "given_names_in_a_name": _whole("[123]", 1, 3),
    }
)
"""Every model has these."""

PHONE_BEGINS = "phone_begins"
OPTIONAL_DISTRIBUTIONS: Mapping[str, Form] = MappingProxyType(
    {PHONE_BEGINS: Form(re.compile(r"\+[1-9][0-9]{2,5}"), "It is the start of a number: +9370.")}
)

RATES: tuple[str, ...] = (
    "has_family_name", "told_family_name", "told_father_name", "told_sex", "told_birth", "told_phone",
    "told_passport", "told_tazkira", "told_province", "told_relation", "told_fact", "told_threat",
    "told_other_fact", "told_size", "named_of_family", "slip_of_pen", "variant_spelling", "day_month_swapped",
    "birth_off", "document_slip", "phone_of_caller_abroad", "phone_changed", "moved_province", "title_written",
    "patronymic_as_family_name", "woman_keeps_own_name", "has_passport", "has_tazkira", "kabul_pull",
    "kin_of_another_family", "caller_of_several", "phone_shared",
)  # fmt: skip
"""Every model has these, each between 0 and 1."""
