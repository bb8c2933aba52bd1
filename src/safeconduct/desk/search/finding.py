"""Who is looked for, found among what the asker may open now: everything else is a number, without a name or a code."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from safeconduct.cases.listing import covers_held
from safeconduct.cases.models import Case
from safeconduct.cases.queries import cover_of
from safeconduct.core.batches import batched
from safeconduct.core.errors import NothingSought
from safeconduct.core.names.searching import Hit, Matched
from safeconduct.desk.search.index import OfficeIndex
from safeconduct.desk.search.people import Somebody
from safeconduct.desk.search.reading import note_changes, read_few
from safeconduct.desk.search.shelf import SHELF
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.access import cases_granted, way_to
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

MOST: Final = 30
FEWEST_SIGNS: Final = 2
# A database takes so many values in one question, and no number without end.
_ASKED_TOGETHER: Final = 2_000
_WAITS: Final = 2.0  # seconds, for another's small reading


@dataclass(frozen=True, slots=True, repr=False)
class Met:
    """Somebody who fits, and what of them met what was typed."""

    who: Somebody
    matched: tuple[Matched, ...]


@dataclass(frozen=True, slots=True, repr=False)
class FoundCase:
    """A case that its reader may open, with those on it who fit, the best first."""

    cover: Case
    met: tuple[Met, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Sought:
    """`others`: cases of the office that fit and are not open to the asker, at least so many. `by_code`: a colleague's
    cover, where the query was its code. `read` of `all` cards could be looked through.
    """

    cases: tuple[FoundCase, ...]
    more: bool
    others: int
    by_code: Case | None
    read: int
    all: int


@dataclass(slots=True)
class _MayOpen:
    """Of some cases, those that the asker may open now: the one question of law 4, asked of each."""

    by: Present
    index: OfficeIndex
    at: datetime
    covers: dict[str, Case] = field(default_factory=dict)
    others: int = 0

    def __call__(self, codes: Sequence[str]) -> Collection[str]:
        granted = cases_granted(self.by, at=self.at)
        seen = {
            case.code
            for some in batched(codes, _ASKED_TOGETHER)
            for case in self._that_may_open(some, granted)
            if way_to(
                self.by,
                case=case.code,
                office=case.office_id,
                owner=case.owner_id,
                shared_with=set(case.shared_with),
                at=self.at,
                granted=granted,
            )
        }
        ours = {code for code in codes if (card := self.index.cards.get(code)) and card.is_ours}
        self.others += len(ours - seen)
        return seen

    def _that_may_open(self, codes: Sequence[str], granted: Collection[str]) -> Iterable[Case]:
        """Fewer covers to load; `way_to` alone decides."""
        found = covers_held(self.by.office.code).filter(code__in=codes)
        if not self.by.may(Right.OPEN_ALL_CASES):
            own = Q(owner=None) | Q(owner=self.by.member) | Q(code__in=granted)
            found = found.filter(own | Q(is_shared=True))
        for case in found.select_related("owner", "office"):
            self.covers[case.code] = case
            yield case


def seek(by: Present, query: str, *, at: datetime, most: int = MOST) -> Sought:
    """One line of the journal, with numbers: what was typed is written nowhere. Raises NoRight, NothingSought;
    KeysLocked where the keys fell meanwhile, though the index is that of colleagues whose keys are open.
    """
    if not by.may(Right.OPEN_ALL_CASES):
        by.must(Right.OPEN_OWN_CASES)
    if len(query.strip()) < FEWEST_SIGNS:
        raise NothingSought
    index = SHELF.of(by.office.code)
    just_read = _brought_up_to_date(index, by, at=at)
    opens = _MayOpen(by, index, at)
    found = index.names.find(query, most, among=opens)
    by.ring.own_key()
    cases = tuple(_by_case(found.hits, index, opens.covers))
    by_code = cover_of(by, query)
    if by_code is not None and any(each.cover.code == by_code.code for each in cases):
        by_code = None
    facts: dict[str, str | int] = {"hits": len(found.hits), "cases": len(cases)}
    if just_read:
        facts["cards"] = just_read
    with transaction.atomic():
        write_line(Deed.CASES_SOUGHT, by=by.actor, at=at, facts=facts)
    return Sought(cases, found.more, opens.others, by_code, len(index.cards), index.all)


def _brought_up_to_date(index: OfficeIndex, by: Present, *, at: datetime) -> int:
    """How many cards were read. Nobody waits for a long reading: what stands is looked through, and it is said."""
    if index.is_being_read or not index.writing.acquire(timeout=_WAITS):
        return 0
    try:
        note_changes(index, by)
        return read_few(index, by, at=at)
    finally:
        index.writing.release()


def _by_case(
    hits: Iterable[Hit], index: OfficeIndex, covers: dict[str, Case]
) -> Iterable[FoundCase]:
    """A case once, where the best of it stands. Somebody dropped meanwhile is left out."""
    met: dict[str, list[Met]] = {}
    for hit in hits:
        who = index.people.get(hit.key)
        if who is not None and hit.group in covers:
            met.setdefault(hit.group, []).append(Met(who, hit.matched))
    return [FoundCase(covers[code], tuple(some)) for code, some in met.items()]
