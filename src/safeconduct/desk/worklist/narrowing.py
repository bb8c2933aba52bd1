"""Which covers a list shows: a choice in codes, and the ranges of the index that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from itertools import product
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Contains

from safeconduct.cases.listing import covers_of, covers_shared_with
from safeconduct.cases.models import Band, Case, State
from safeconduct.desk.worklist.marks import MARKED, follows
from safeconduct.people.models import Member
from safeconduct.people.present import Present

ANY: Final = "any"
UNKNOWN: Final = "unknown"
MINE, NOBODYS = "mine", "nobodys"
OURS: Final = "ours"
# Days and sizes are chosen from a few; a day at a time or a number of one's own would be a search for one family.
NOW, OVERDUE, TODAY, WEEK, NO_DAY = "now", "overdue", "today", "week", "none"
DUE: Final = (NOW, OVERDUE, TODAY, WEEK, NO_DAY)
SIZES: Final[dict[str, tuple[int, int]]] = {
    "1": (1, 1),
    "2-4": (2, 4),
    "5-7": (5, 7),
    "8-": (8, 10_000),
}
_WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What is chosen; "" is everything. `whose` and `office` may be codes, `marks` are names of `MARKED`."""

    whose: str = ""
    office: str = ""
    state: str = State.OPEN.value
    band: str = ""
    province: str = ""
    scheme: str = ""
    due: str = ""
    size: str = ""
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Narrow:
        """From what a form found good, or from what was kept; names that nobody knows are left out."""
        known = [each.name for each in fields(cls)]
        chosen = {name: told[name] for name in known if told.get(name)}
        if "marks" in chosen:
            chosen["marks"] = tuple(each for each in MARKED if each in chosen["marks"])
        return cls(**chosen)

    def chosen(self) -> dict[str, Any]:
        """What differs from the list as it opens, as it stands in an address."""
        usual = Narrow()
        told = {name: list(x) if name == "marks" else x for name, x in asdict(self).items()}
        return {name: x for name, x in told.items() if getattr(self, name) != getattr(usual, name)}

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """The same for the hidden fields of a form, one by one."""
        told = self.chosen().items()
        return [(name, each) for name, x in told for each in (x if isinstance(x, list) else [x])]

    def address(self, **more: str) -> str:
        """What stands behind the question mark."""
        return urlencode({**self.chosen(), **more}, doseq=True)


def sources(narrow: Narrow, by: Present, *, on: date) -> list[QuerySet[Case]]:
    """Querysets with nothing in common which together are the list; of a merged family its lead alone."""
    columns = _columns(narrow, on=on, office=by.office.code)
    states, owners, covers = _states(narrow), list(_owners(narrow, by)), _covers(narrow, by)
    alike = [each.filter(columns, _any(owners), state__in=states) for each in covers]
    behind = follows(alike)
    return [
        each.filter(columns, owner, state=state).exclude(behind).select_related("owner", "office")
        for state, owner, each in product(states, owners, covers)
    ]


def _states(narrow: Narrow) -> list[str]:
    return list(State.values) if narrow.state == ANY else [narrow.state]


def _owners(narrow: Narrow, by: Present) -> Iterator[Q]:
    if narrow.whose == MINE:
        yield Q(owner=by.member)
    elif narrow.whose == NOBODYS:
        yield Q(owner=None)
        if left := left_members(by):
            yield Q(owner__in=left)
    elif narrow.whose:
        yield Q(owner=narrow.whose)
    else:
        yield Q()


def _covers(narrow: Narrow, by: Present) -> list[QuerySet[Case]]:
    home = by.office.code
    if narrow.office == OURS or narrow.whose in {MINE, NOBODYS}:
        return [covers_of(home)]
    if narrow.office:
        return [covers_shared_with(home).filter(office=narrow.office)]
    return [covers_of(home), covers_shared_with(home)]


def left_members(by: Present) -> list[str]:
    """Who left the office: what they owned is nobody's."""
    left = Member.objects.filter(office=by.office, left_at__isnull=False)
    return list(left.values_list("code", flat=True))


def _columns(narrow: Narrow, *, on: date, office: str) -> Q:
    found = Q()
    if narrow.band:
        found &= Q(urgency=Band.values.index(narrow.band))
    if narrow.province:
        found &= Q(province="" if narrow.province == UNKNOWN else narrow.province)
    if narrow.scheme:
        found &= _scheme(narrow.scheme)
    if narrow.due:
        found &= _due(narrow.due, on=on)
    if narrow.size:
        found &= _size(narrow.size)
    for mark in narrow.marks:
        found &= MARKED[mark](office)
    return found


def _scheme(code: str) -> Q:
    """As the column's text in either database: codes hold neither quotes nor signs that LIKE knows."""
    return Q(Contains(Cast("schemes", TextField()), f'"{code}"'))


def _due(due: str, *, on: date) -> Q:
    if due == NOW:
        return Q(due_by__lte=on)
    if due == OVERDUE:
        return Q(due_by__lt=on)
    if due == TODAY:
        return Q(due_by=on)
    if due == WEEK:
        return Q(due_by__gte=on, due_by__lt=on + _WEEK)
    return Q(due_by=date.max)


def _size(size: str) -> Q:
    if size == UNKNOWN:
        return Q(household_size=None)
    fewest, most = SIZES[size]
    return Q(household_size__range=(fewest, most))


def _any(choices: list[Q]) -> Q:
    found = choices[0]
    for each in choices[1:]:
        found |= each
    return found
