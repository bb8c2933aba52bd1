"""Two people, or several, field by field: what all tell alike, what differs, what one alone tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Person
from safeconduct.cases.reading import Kept
from safeconduct.cases.templatetags.told import age, heard, listed, relation, told
from safeconduct.core.dates import UncertainDate
from safeconduct.core.identifiers import normal_passport, normal_phone, normal_tazkira
from safeconduct.core.names import compare
from safeconduct.matching.comparing import PersonPair, SideBySide

SAME, DIFFERS, ONE_ALONE = "same", "differs", "one alone"
WRITTEN_OTHERWISE = "written otherwise"
_SEX: Final = {"F": _("female"), "M": _("male"), "X": _("another")}


@dataclass(frozen=True, slots=True)
class Row:
    """One field of two people. `how`: whether they tell the same, differ, or one of them alone tells it."""

    label: Promise
    left: Any
    right: Any
    how: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two people set beside each other, or one who has nobody beside them."""

    left: Kept[Person] | None
    right: Kept[Person] | None
    found: PersonPair | None
    rows: tuple[Row, ...]


def rows_of_people(told: SideBySide, *, on: date) -> list[Aligned]:
    """Those who may be one person first, then those of one case alone; each as the files tell of them."""
    return [
        *(
            Aligned(each.left, each.right, each, tuple(_rows(each.left.says, each.right.says, on)))
            for each in told.as_read()
        ),
        *(Aligned(kept, None, None, tuple(_rows(kept.says, None, on))) for kept in told.only_left),
        *(Aligned(None, kept, None, tuple(_rows(None, kept.says, on))) for kept in told.only_right),
    ]


def shown_value(name: str, value: Any, on: date) -> Any:
    """A field of a person as it is shown; empty where it was not told."""
    if value in {None, ""} or value == ():
        return ""
    show: Callable[[Any], Any] = _SHOWN.get(name, told)
    if name == "birth":
        return f"{heard(value)} ({age(value, on)})"
    return show(value)


def _sex(value: Any) -> str:
    return str(_SEX.get(str(getattr(value, "value", value)), value))


FIELDS: Final[Sequence[tuple[str, Promise]]] = (
    ("native_name", _("In their own letters")),
    ("father_name", _("Father")),
    ("relation", _("Relation")),
    ("sex", _("Sex")),
    ("birth", _("Born")),
    ("phones", _("Telephones")),
    ("passport", _("Passport")),
    ("tazkira", _("Tazkira")),
    ("nationality", _("Nationality")),
)
_SHOWN: Final[dict[str, Callable[[Any], Any]]] = {
    "relation": relation,
    "sex": _sex,
    "phones": listed,
}


def _rows(left: Person | None, right: Person | None, on: date) -> Iterator[Row]:
    for name, label in FIELDS:
        one = getattr(left, name) if left else None
        two = getattr(right, name) if right else None
        shown = shown_value(name, one, on), shown_value(name, two, on)
        if any(shown):
            yield Row(label, *shown, _how(name, one, two))


def _how(name: str, one: Any, two: Any) -> str:
    if not one or not two:
        return ONE_ALONE
    if isinstance(one, tuple):
        alike = set(map(_dialled, one)) & set(map(_dialled, two))
        return SAME if alike else DIFFERS
    if one == two:
        return SAME
    return WRITTEN_OTHERWISE if alike_otherwise(name, one, two) else DIFFERS


def alike_otherwise(name: str, one: Any, two: Any) -> bool:
    """Two values written differently that do not contradict: a number with other gaps, a birth less well known, a name
    in other letters.
    """
    if isinstance(one, UncertainDate):
        return bool(one.earliest <= two.latest and two.earliest <= one.latest)
    if name in _NAMES:
        return compare(one, two).score >= _NAMES_AGREE
    normal = _NORMAL.get(name)
    return normal is not None and normal(one) is not None and normal(one) == normal(two)


def _dialled(phone: str) -> str:
    return normal_phone(phone) or phone


_NAMES: Final = frozenset({"given_name", "family_name", "father_name", "native_name"})
# From here on linkage takes two fathers' names for one (core/linkage/name_scores).
_NAMES_AGREE: Final = 0.8
_NORMAL: Final[dict[str, Callable[[str], object]]] = {
    "passport": normal_passport,
    "tazkira": normal_tazkira,
    "nationality": str.casefold,
}
