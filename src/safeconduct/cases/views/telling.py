"""An entry as lines of label and value, for its history, for removing it, and where two texts meet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Told
from safeconduct.cases.forms import FORMS
from safeconduct.cases.forms.card import RELATIONS, SEXES
from safeconduct.cases.forms.contents import LANGUAGES
from safeconduct.cases.forms.cover import BANDS, STATES
from safeconduct.cases.forms.entry_form import WHOLE_HOUSEHOLD
from safeconduct.cases.forms.fields import Words
from safeconduct.cases.forms.records import EXTENTS, OUTCOMES
from safeconduct.cases.forms.signs import shown as seen
from safeconduct.cases.forms.talks import DIRECTIONS, THE_HOUSEHOLD, WAYS
from safeconduct.cases.templatetags.told import day, heard, listed, told, words, yes_no
from safeconduct.cases.wording import (
    answer_in_words,
    province_named,
    question_of,
    rule_sentence,
    scheme_named,
)
from safeconduct.core.dates import UncertainDate

NAMES_OF_KINDS: Final[Mapping[str, Promise]] = {
    "person": _("person"),
    "caller": _("caller"),
    "safe_contact": _("safe contact"),
    "place": _("place"),
    "tie": _("tie"),
    "threat": _("threat"),
    "facts": _("answers to the rulebook"),
    "said": _("what was told in words"),
    "assessed": _("assessment"),
    "talk": _("conversation"),
    "note": _("note"),
    "plea": _("plea as it arrived"),
    "document": _("document"),
    "consent": _("consent"),
    "decision": _("decision"),
    "handover": _("hand-over"),
    "hold": _("hold"),
}
# Labels of what no form asks for.
_OTHERS: Final[Mapping[str, Promise]] = {
    "to": _("Handed to"),
    "note": _("What they must know"),
    "previous": _("Before that"),
    "person": _("Who this is about"),
    "withdrawn_on": _("Withdrawn on"),
    "withdrawal_told_by": _("Who withdrew it, and how"),
    "pages": _("Pages"),
    "plea": _("Code of the plea"),
    "way": _("How it reached us"),
    "received_on": _("Received on"),
    "origins": _("Where it stood"),
    "words": _("Word for word"),
    "rules": _("Digest of the rules"),
    "on": _("As of"),
    "band": _("Band"),
    "priority": _("Points"),
    "reasons": _("Why"),
    "asks": _("What is unknown and would change it"),
}
# What a field says that is empty, where that is more than "unknown".
_OF_ALL: Final[Mapping[str, Promise]] = {"person": WHOLE_HOUSEHOLD, "caller": THE_HOUSEHOLD}
_ANSWERS: Final[Mapping[str, Promise]] = {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")}
_UNSAID: Final = frozenset({"form", "size", "sha256", "width", "height", "noticed"})
# Sentences, each on a line of its own where they are several.
_LONG: Final = frozenset({"note", "withdrawal_told_by", "words", "reasons", "asks", "origins"})
_ONLY_IF_TOLD: Final = frozenset({"withdrawn_on", "withdrawal_told_by"})
_CHOICES: Final = {
    str(value): label
    for value, label in (
        *SEXES,
        *RELATIONS,
        *EXTENTS,
        *OUTCOMES,
        *LANGUAGES,
        *DIRECTIONS,
        *WAYS,
    )
}

_CALLED: Final[Mapping[str, Callable[[str], str]]] = {
    "province": province_named,
    "scheme": scheme_named,
    "schemes": scheme_named,
    "band": lambda code: str(dict(BANDS).get(code, code)),
    "asks": question_of,
    "reasons": rule_sentence,
    "state": lambda code: str(dict(STATES).get(code, code)),
}
_WORDED: Final[Mapping[type, Callable[[Any], Any]]] = {
    bool: yes_no,
    UncertainDate: heard,
    date: day,
    StrEnum: lambda value: _CHOICES.get(value, value),
}


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One field: what it asks, and what was told, ready for the page."""

    name: str
    label: Any
    shows: Any


def lines_of(says: Told, names: Mapping[str, str]) -> list[ToldLine]:
    """Every field that a person reads. `names` are those of persons and members, by code."""
    form = FORMS.get(says.kind)
    asked = form.base_fields if form else {}
    lines: list[ToldLine] = []
    for each in fields(says):
        value = getattr(says, each.name)
        if each.name in _UNSAID or (each.name in _ONLY_IF_TOLD and value is None):
            continue
        if isinstance(value, Mapping):
            lines += _lines_within(each.name, value)
            continue
        field = asked.get(each.name)
        label = field.label if field else _OTHERS.get(each.name, each.name)
        long = isinstance(field, Words) or each.name in _LONG
        about_all = _OF_ALL.get(each.name) if value is None else None
        known = names_within(each.name, value) or names
        lines.append(ToldLine(each.name, label, about_all or shows(value, known, long=long)))
    return lines


def _lines_within(field: str, value: Mapping[str, str]) -> list[ToldLine]:
    """A line for each answer to the rulebook, or for each scheme that it speaks of."""
    if field == "outcomes":
        schemes = ((scheme_named(code), _ANSWERS.get(said, said)) for code, said in value.items())
        return [ToldLine(field, seen(name), told(said)) for name, said in schemes]
    asked = (answer_in_words(*both) for both in value.items())
    return [ToldLine(field, capfirst(seen(ask)), told(said)) for ask, said in asked]


def names_within(field: str, value: Any) -> dict[str, str]:
    """What the codes in a field of that name are called; empty for a field that holds none."""
    called = _CALLED.get(field)
    codes = value if isinstance(value, (tuple, list)) else [value]
    return {code: called(code) for code in codes if isinstance(code, str)} if called else {}


def shows(value: Any, names: Mapping[str, str], *, long: bool = False) -> Any:
    """One value as a reader sees it; escaped."""
    if value is None or value == "":
        return format_html('<span class="quiet">{}</span>', _("unknown"))
    if isinstance(value, (tuple, list)):
        called = [names.get(each) or _CHOICES.get(each, each) for each in value]
        if long:
            return words("\n".join(map(str, called))) if called else "–"
        return listed([str(each) for each in called]) or "–"
    for kind, worded in _WORDED.items():
        if isinstance(value, kind):
            return worded(value)
    if str(value) in names:
        return told(names[str(value)])
    return words(value) if long else told(value)
