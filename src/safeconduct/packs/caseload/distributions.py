"""Reading distributions.yaml: the weights and rates with which a fictional caseload is drawn, each with its source."""

from __future__ import annotations

from collections.abc import Mapping

from safeconduct.core.errors import MissingField, UnknownField
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.packs.caseload.keys import DISTRIBUTIONS, OPTIONAL_DISTRIBUTIONS, RATES, Form
from safeconduct.packs.caseload.profiles import choices_of, weighed
from safeconduct.packs.caseload.records import Distribution, Rate
from safeconduct.packs.located import Located, did_you_mean
from safeconduct.packs.sources import SOURCE_COLUMNS, source_of

_FORMS: Mapping[str, Form] = {**DISTRIBUTIONS, **OPTIONAL_DISTRIBUTIONS}


def distributions_of(written: Located, kinds: Mapping[str, FactKind]) -> Mapping[str, Distribution]:
    """The distributions by name: those every model has, and those named like a fact of the rulebook.

    Raises MissingField, UnknownField and NotAmongChoices with file and line, beside what `Located` raises.
    """
    found = {name: _distribution(name, entry, kinds) for name, entry in written.pairs()}
    for name in DISTRIBUTIONS:
        if name not in found:
            written.refuse(MissingField, of="the distributions", field=name)
    return found


def rates_of(written: Located, kinds: Mapping[str, FactKind]) -> Mapping[str, Rate]:
    """The rates by name: those every model has, and those named like a fact that is yes or no."""
    found = {name: _rate(name, entry, kinds) for name, entry in written.pairs()}
    for name in RATES:
        if name not in found:
            written.refuse(MissingField, of="the rates", field=name)
    return found


def _distribution(name: str, entry: Located, kinds: Mapping[str, FactKind]) -> Distribution:
    kind = kinds.get(name)
    if name not in _FORMS and (kind is None or kind.derived):
        _refuse_name(name, entry, [*_FORMS, *_drawn(kinds)], of="the distributions")
    required = ("what", "choices")
    fields = entry.fields((*required, *SOURCE_COLUMNS), required=required, of=f"'{name}'")
    written = fields["choices"]
    choices = choices_of(written, _FORMS[name]) if kind is None else weighed(written, kind)
    return Distribution(
        name=name, what=fields.text("what"), choices=choices, source=source_of(fields)
    )


def _rate(name: str, entry: Located, kinds: Mapping[str, FactKind]) -> Rate:
    kind = kinds.get(name)
    is_fact = kind is not None and {"yes", "no"} <= set(kind.values) and not kind.derived
    if name not in RATES and not is_fact:
        facts = (each for each in _drawn(kinds) if "yes" in kinds[each].values)
        _refuse_name(name, entry, [*RATES, *facts], of="the rates")
    required = ("what", "value")
    of_whom = ("from_age", "to_age", "unmarried") if kind and kind.of == "person" else ()
    known = (*required, *of_whom, *SOURCE_COLUMNS)
    fields = entry.fields(known, required=required, of=f"'{name}'")
    unmarried = fields.get("unmarried")
    return Rate(
        name=name,
        what=fields.text("what"),
        value=fields["value"].number(least=0, most=1),
        source=source_of(fields),
        from_age=fields.whole("from_age", least=0, most=120),
        to_age=fields.whole("to_age", least=0, most=120),
        unmarried=unmarried is not None and unmarried.yes_or_no(),
    )


def _drawn(kinds: Mapping[str, FactKind]) -> list[str]:
    return [name for name, kind in kinds.items() if not kind.derived]


def _refuse_name(name: str, entry: Located, known: list[str], *, of: str) -> None:
    advice = did_you_mean(name, known, what="They are")
    entry.refuse(UnknownField, line=entry.key_line, found=name, of=of, advice=advice)
