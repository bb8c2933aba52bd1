"""Two members changed one entry: both texts side by side. Nobody overwrites anybody, and nothing typed is lost.

What only one of the two changed is taken as that one wrote it; where both did, both are shown and a person chooses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict

from safeconduct.cases.entries import Told
from safeconduct.cases.forms import EntryForm
from safeconduct.cases.views.telling import names_within, shows

PICK: Final = "pick-"
THEIRS: Final = "theirs"


@dataclass(frozen=True, slots=True)
class Clash:
    """One field that both wrote differently. `pick` is the name of the choice in the page's form."""

    name: str
    pick: str
    label: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Meeting:
    """The two texts brought together: `values` fill the form, `clashes` want a person."""

    values: dict[str, Any]
    clashes: list[Clash]
    taken: list[Any]  # labels of fields that only the colleague changed


def meet(
    form: EntryForm, *, base: Told | None, theirs: Told, mine: Told, names: Mapping[str, str]
) -> Meeting:
    """`base` is what both began from; None where it is not known, and then every difference is a clash."""
    meeting = Meeting({}, [], [])
    for name in form.named():
        was = getattr(base, name) if base else None
        their, my = getattr(theirs, name), getattr(mine, name)
        label = form.fields[name].label
        if base is not None and my == was and their != was:
            meeting.values[name] = their
            meeting.taken.append(label)
            continue
        meeting.values[name] = my
        if their not in {my, was} if base is not None else their != my:
            both = [shows(each, names_within(name, each) or names) for each in (their, my)]
            clash = Clash(name, PICK + name, label, *both)
            meeting.clashes.append(clash)
    return meeting


def with_picks(data: QueryDict, form: type[EntryForm], theirs: Told | None) -> QueryDict:
    """What was posted, with the colleague's text in every field where it was picked."""
    picked = [name for name in form.named() if data.get(PICK + name) == THEIRS]
    if theirs is None or not picked:
        return data
    changed = data.copy()
    for name in picked:
        raw = form.base_fields[name].prepare_value(getattr(theirs, name))
        values = raw if isinstance(raw, (tuple, list)) else ["" if raw is None else str(raw)]
        changed.setlist(name, [str(each) for each in values])
    return changed
