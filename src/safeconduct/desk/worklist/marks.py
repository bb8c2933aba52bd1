"""What other rooms know of a cover: possible doubles, what is to be asked, another band for a while, one family.

As conditions on covers, for choosing among them; and for the few covers of a page, told in a few queries.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from safeconduct.cases.listing import covers_held
from safeconduct.cases.models import Case
from safeconduct.matching.models import Compared, Together
from safeconduct.matching.queries import pairs_held, possible_counts, together_with
from safeconduct.triage.models import Override, Standing
from safeconduct.triage.queries import OnTheList, on_the_list

NOT_COMPARED, DOUBLE, ASKS, OVERRIDE = "not-compared", "double", "asks", "override"


@dataclass(frozen=True, slots=True)
class Marks:
    """Of one cover: `beside` are the others of its family, `rules` how it stands by the rulebook, None where nobody
    of the office assessed it.
    """

    doubles: int = 0
    not_compared: bool = False
    beside: tuple[str, ...] = ()
    rules: OnTheList | None = None


def _not_compared(office: str) -> Q:
    return ~Q(Exists(Compared.objects.filter(case=OuterRef("code"), office=office)))


def _double(office: str) -> Q:
    open_pairs = pairs_held(office)
    return Q(code__in=open_pairs.values("case_a")) | Q(code__in=open_pairs.values("case_b"))


def _asks(office: str) -> Q:
    return Q(Exists(Standing.objects.filter(case=OuterRef("code"), office=office, asks__gt=0)))


def _override(office: str) -> Q:
    live = Override.objects.filter(office=office, ended_at=None)
    return Q(code__in=live.values("case"))


# By the name that stands in an address: which covers bear the mark, as an office sees them.
MARKED: Final[dict[str, Callable[[str], Q]]] = {
    NOT_COMPARED: _not_compared,
    DOUBLE: _double,
    ASKS: _asks,
    OVERRIDE: _override,
}


def follows(alike: Iterable[QuerySet[Case]]) -> Q:
    """Covers that stand behind the lead of their family, where that lead is in the same list (`alike`)."""
    leads = Q()
    for each in alike:
        leads |= Q(Exists(each.filter(code=OuterRef("lead"))))
    behind = Together.objects.filter(case=OuterRef("code")).exclude(lead=F("case"))
    return Q(Exists(behind.filter(leads)))


def marks_of(cases: Collection[Case], *, office: str, on: date) -> dict[str, Marks]:
    """Of the covers of a page, a few dozen, as the office sees them."""
    codes = [case.code for case in cases]
    doubles = possible_counts(office, codes)
    beside = together_with(codes)
    family = {each for some in beside.values() for each in some}
    # What is not shared with the office, or no more, is not told by its code either.
    held = covers_held(office).filter(code__in=family)
    here = set(held.values_list("code", flat=True))
    # What another office's rulebook says of a case that it shares is not ours to list.
    rules = on_the_list([case.code for case in cases if case.office_id == office], on=on)
    compared = set(
        Compared.objects.filter(case__in=codes, office=office).values_list("case", flat=True)
    )
    return {
        code: Marks(
            doubles=doubles.get(code, 0),
            not_compared=code not in compared,
            beside=tuple(each for each in beside.get(code, ()) if each != code and each in here),
            rules=rules.get(code),
        )
        for code in codes
    }
