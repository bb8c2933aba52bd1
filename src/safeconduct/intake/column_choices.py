"""What a column may be taken for, in words, and how sure the reading was of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy as _lazy

from safeconduct.intake.preview import Preview
from safeconduct.intake.reading import PERSON_FIELDS, ROW_FIELDS

SURE: Final = 0.9
LIKELY: Final = 0.6
# Others told in the row of a person, as far as a form offers them.
_OTHERS: Final[Mapping[str, Promise]] = {
    "spouse": _lazy("wife or husband"),
    "child": _lazy("a child"),
    "parent": _lazy("a parent"),
    "member": _lazy("another of the family"),
}
_OF_OTHERS: Final = ("full_name", "given_name", "birth", "sex", "phone", "passport", "tazkira")

Group = tuple[str, list[tuple[str, str]]]


def choices_for(preview: Preview) -> list[Group]:
    """(group, [(field, words)]); whatever a column was taken for by itself is among them."""
    groups: list[Group] = [
        (_("The person of the row"), _worded(PERSON_FIELDS)),
        (_("The family, and who asks for it"), _worded(ROW_FIELDS)),
        *(
            (
                _("Of the same row: %(who)s") % {"who": str(who)},
                [(f"{name}.{field}", _(PERSON_FIELDS[field])) for field in _OF_OTHERS],
            )
            for name, who in _OTHERS.items()
        ),
    ]
    offered = {field for _group, fields in groups for field, _words in fields}
    taken = {each["field"] for each in preview.columns if each["field"]}
    rest = sorted(taken - offered)
    if rest:
        groups.append((_("As it was read"), [(field, _in_words(field)) for field in rest]))
    return groups


def shown_columns(preview: Preview) -> list[dict[str, Any]]:
    """Each column with how sure its reading is, in words, and what it is taken for."""
    return [
        {
            **column,
            "sure": _sure(column),
            "doubtful": bool(column["field"]) and column["confidence"] < LIKELY,
        }
        for column in preview.columns
    ]


def _sure(column: Mapping[str, Any]) -> str:
    if not column["field"]:
        return _("left unread")
    if column["confidence"] >= SURE:
        return _("sure")
    return _("likely") if column["confidence"] >= LIKELY else _("a guess: please look")


def _in_words(field: str) -> str:
    who, dot, name = field.rpartition(".")
    words = _({**PERSON_FIELDS, **ROW_FIELDS}.get(name, name))
    return f"{who}: {words}" if dot else words


def _worded(fields: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(field, _(words)) for field, words in fields.items()]
