"""Reading profiles.yaml: the kinds of principals, every fact checked against the rulebook's vocabulary."""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.core.errors import (
    EmptyCondition,
    FactIsDerived,
    FactOutOfPlace,
    MissingField,
    NotAmongChoices,
    UnknownFact,
    UnknownFactValue,
)
from safeconduct.core.facts import Sex
from safeconduct.core.rulebook.rules import CONTEXTS, FactKind
from safeconduct.packs.caseload.keys import DISTRIBUTIONS, Form
from safeconduct.packs.caseload.records import OPEN, Profile, Told
from safeconduct.packs.located import Located, did_you_mean
from safeconduct.packs.sources import SOURCE_COLUMNS, Codes, source_of

_PROFILE = (
    *("profile", "what", "weight", "sex", "principal_age", "facts", "household_facts", "words"),
)
LEAST = 0.0001
"""The least weight a choice may have: what can never be drawn is left out, not given nought."""

_Choices = Mapping[str, float]


def profiles_of(written: Located, kinds: Mapping[str, FactKind]) -> tuple[Profile, ...]:
    """The profiles in their order. `kinds` is the rulebook's vocabulary.

    Raises UnknownFact, UnknownFactValue, FactIsDerived and FactOutOfPlace with file and line, beside what
    `Located` raises.
    """
    codes = Codes()
    profiles = tuple(_profile(entry, kinds, codes) for entry in written.items())
    if not profiles:
        written.refuse(MissingField, of="profiles.yaml", field="profile")
    return profiles


def _profile(entry: Located, kinds: Mapping[str, FactKind], codes: Codes) -> Profile:
    required = ("profile", "what", "weight", "sex")
    fields = entry.fields((*_PROFILE, *SOURCE_COLUMNS), required=required, of="a profile")
    sex = fields["sex"].fields(tuple(Sex), of="the sexes of a profile")
    ages = fields.get("principal_age")
    if not sex.mapping:
        fields["sex"].refuse(MissingField, of="a profile", field="sex")
    return Profile(
        name=codes.take(fields["profile"]),
        what=fields.text("what"),
        weight=fields["weight"].number(least=LEAST),
        sex={each: sex[each].number(least=LEAST) for each in Sex if each in sex},
        facts=_facts(fields.get("facts"), kinds, of="person"),
        household_facts=_facts(fields.get("household_facts"), kinds, of="household"),
        words=tuple(_told(each) for each in fields.items("words")),
        source=source_of(fields),
        ages=choices_of(ages, DISTRIBUTIONS["principal_age"]) if ages else {},
    )


def _facts(
    written: Located | None, kinds: Mapping[str, FactKind], *, of: str
) -> Mapping[str, _Choices]:
    """Facts with the weights of their values. A person's fact told of the household is true of each of its people."""
    facts: dict[str, _Choices] = {}
    for name, value in written.pairs() if written else ():
        kind = kind_of(value, name, kinds, line=value.key_line)
        if of == "person" and kind.of == "household":
            value.refuse(
                FactOutOfPlace,
                line=value.key_line,
                fact=name,
                of=kind.of,
                spoken_of=of,
                advice="Write it under 'household_facts:'.",
            )
        facts[name] = weighed(value, kind)
    return facts


def kind_of(
    at: Located, name: str, kinds: Mapping[str, FactKind], *, line: int | None = None
) -> FactKind:
    """The fact of this name, which must be one that is told."""
    kind = kinds.get(name)
    line = line or at.line
    if kind is None:
        told = [each for each, known in kinds.items() if not known.derived]
        at.refuse(UnknownFact, line=line, found=name, advice=did_you_mean(name, told))
    if kind.derived:
        at.refuse(FactIsDerived, line=line, found=name)
    return kind


def weighed(written: Located, kind: FactKind) -> _Choices:
    """The weights of a fact's values, each a value of the vocabulary (or several with | where it may have several)."""
    choices: dict[str, float] = {}
    for value, weight in written.pairs():
        checked = value if value == OPEN else checked_value(weight, value, kind)
        choices[checked] = weight.number(least=LEAST)
    if not choices:
        written.refuse(EmptyCondition, found=kind.name)
    return choices


def checked_value(at: Located, value: str, kind: FactKind) -> str:
    """A value that the fact may have; several are separated by | and stand in the order of the vocabulary."""
    parts = [part.strip() for part in value.split("|")] if kind.many else [value]
    for part in parts:
        if part not in kind.values:
            advice = did_you_mean(part, kind.values, what="It may be")
            at.refuse(UnknownFactValue, line=at.key_line, found=part, fact=kind.name, advice=advice)
    return "|".join(each for each in kind.values if each in parts)


def choices_of(written: Located, form: Form) -> Mapping[str, float]:
    """The weights of choices that are written in one form. Raises NotAmongChoices with the line of another."""
    choices: dict[str, float] = {}
    for choice, weight in written.pairs():
        if not form.allows(choice):
            weight.refuse(
                NotAmongChoices,
                line=weight.key_line,
                field="choices",
                found=choice[:60],
                advice=form.said,
            )
        choices[choice] = weight.number(least=LEAST)
    if not choices:
        written.refuse(MissingField, of="a distribution", field="choices")
    return choices


def _told(entry: Located) -> Told:
    fields = entry.fields(("context", "words"), required=("context", "words"), of="words")
    return Told(context=fields["context"].one_of(CONTEXTS), words=fields.text("words"))
