"""One way in (law 4): whoever reads a case comes through here, and the journal says so.

`case_for` opens one case; `open_cards` (reading_many.py) all that a member may open, one after another. Both check that
a case is as it was written before anything is read of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Generic, TypeVar

from django.db import transaction

from safeconduct.cases.entries import KINDS, Document, Person, Told
from safeconduct.cases.entries.removal import Removal
from safeconduct.cases.models import Case, Version
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.rows import EntryRow, VersionRow, rows_of
from safeconduct.cases.wholeness import check_whole, journalled_states, place_of
from safeconduct.core.codes import read_code
from safeconduct.core.errors import NoSuchCase, NoSuchEntry, SealBroken
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.access import Way, way_to
from safeconduct.people.present import Present
from safeconduct.vault.actions.case_keys import CaseKeys, open_case_keys
from safeconduct.vault.models import Part
from safeconduct.vault.sealing import open_sealed

LETTERS = 8  # of a case's code, and the check sign
T_co = TypeVar("T_co", bound=Told, covariant=True)


@dataclass(frozen=True, slots=True)
class Kept(Generic[T_co]):
    """An entry as it stands: what it says, at which revision, and who wrote that when."""

    code: str
    revision: int
    says: T_co
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True)
class Past:
    """An entry as it was at one revision. `says` is None where it was removed then; `why` is what was said of it."""

    revision: int
    says: Told | None
    why: str | None
    written_at: datetime
    written_by: str


@dataclass(frozen=True, slots=True, repr=False)
class OpenCase:
    """A case that was opened and found whole. Every action on a case asks for one. Its repr shows the code alone."""

    cover: Case
    keys: CaseKeys
    way: Way
    by: Present
    rows: tuple[EntryRow, ...]

    def __repr__(self) -> str:
        return f"OpenCase({self.code})"

    @property
    def code(self) -> str:
        return self.cover.code

    @property
    def has_contents(self) -> bool:
        """Whether the office holds the contents' key too, or was given the card alone."""
        return self.keys.contents is not None

    @property
    def is_ours(self) -> bool:
        """Whether it may be changed here: a case that another office shared is read only."""
        return self.way is not Way.SHARED

    @property
    def is_lent(self) -> bool:
        """Whether it is open for a while only: granted, or by broken glass."""
        return self.way in {Way.GRANTED, Way.BROKEN_GLASS}

    def entries(self, kind: type[T_co]) -> list[Kept[T_co]]:
        """All of one kind that stand, in the order told. Raises NoKey for contents that this office was not given."""
        self.keys.of(kind.part)
        return [
            self._kept(row, kind) for row in self.rows if row.kind == kind.kind and not row.removed
        ]

    def everything(self) -> list[Kept[Told]]:
        """All that stands and that this office can open, kind by kind in the order in which a case is read."""
        kinds = [kind for kind in KINDS.values() if kind.part == Part.CARD or self.has_contents]
        return [kept for kind in kinds for kept in self.entries(kind)]

    def entry(self, code: str, kind: type[T_co]) -> Kept[T_co]:
        """One that stands. Raises NoSuchEntry, also where it is of another kind."""
        row = self.row(code)
        if row.removed or row.kind != kind.kind:
            raise NoSuchEntry(case=self.code)
        return self._kept(row, kind)

    def entry_of_any_kind(self, code: str) -> Kept[Told]:
        row = self.row(code)
        if row.removed:
            raise NoSuchEntry(case=self.code)
        return self._kept(row, KINDS[row.kind])

    def kind_of(self, code: str) -> type[Told]:
        """The kind of an entry, also of one that was removed. Raises NoSuchEntry."""
        return KINDS[self.row(code).kind]

    def history(self, code: str) -> list[Past]:
        """What an entry said at every revision, the oldest first; also of one that was removed."""
        row = self.row(code)
        return [self._past(row, version) for version in row.versions]

    def removed(self) -> list[str]:
        """The codes of entries that were removed, in the order told."""
        return [row.code for row in self.rows if row.removed]

    def card_alone(self) -> OpenCase:
        """The same case without its contents: for whoever needs the card only."""
        keys = CaseKeys(self.code, self.keys.card, None)
        rows = tuple(row for row in self.rows if row.part == Part.CARD)
        return OpenCase(self.cover, keys, self.way, self.by, rows)

    @property
    def persons(self) -> list[Kept[Person]]:
        return self.entries(Person)

    def row(self, code: str) -> EntryRow:
        """An entry's row, removed ones too. Raises NoSuchEntry."""
        for row in self.rows:
            if row.code == code:
                return row
        raise NoSuchEntry(case=self.code)

    def _kept(self, row: EntryRow, kind: type[T_co]) -> Kept[T_co]:
        last = row.versions[-1]
        says = kind.from_bytes(self._plain(row, last))
        return Kept(row.code, last.revision, says, last.written_at, last.written_by)

    def _past(self, row: EntryRow, version: VersionRow) -> Past:
        plain = self._plain(row, version)
        says = None if version.removes else KINDS[row.kind].from_bytes(plain)
        why = Removal.from_bytes(plain).why if version.removes else None
        return Past(version.revision, says, why, version.written_at, version.written_by)

    def _plain(self, row: EntryRow, version: VersionRow) -> bytes:
        place = place_of(self.code, row.code, row.kind, version.revision)
        return open_sealed(self.keys.of(row.part), version.sealed, place)


# --- one case ------------------------------------------------------------------------------


def case_for(by: Present, code: str, purpose: Purpose, *, at: datetime) -> OpenCase:
    """Open a case; the look is journalled.

    Raises NoSuchCase for a code that is none, another office's, or not open to this member; SealBroken where the case
    is not as it was written; KeysLocked where the keys were closed meanwhile.
    """
    with transaction.atomic():
        opened = opened_within(by, code, at=at)
        write_line(
            Deed.CASE_SEEN,
            by=by.actor,
            at=at,
            about=opened.code,
            purpose=purpose.value,
            facts={"way": told_way(opened.way), "part": "all" if opened.has_contents else "card"},
        )
    return opened


def history_for(opened: OpenCase, code: str, *, at: datetime) -> list[Past]:
    """An entry's whole history, journalled as a look of its own."""
    past = opened.history(code)
    with transaction.atomic():
        write_line(
            Deed.HISTORY_SEEN,
            by=opened.by.actor,
            at=at,
            about=opened.code,
            facts={"entry": code, "versions": len(past)},
        )
    return past


def paper_of(opened: OpenCase, code: str, *, at: datetime) -> tuple[Document, bytes]:
    """A document and its bytes as they were cleaned, journalled. Raises NoSuchEntry; SealBroken for other bytes."""
    kept = opened.entry(code, Document)
    with transaction.atomic():
        plain = paper_at(opened, code, kept.revision)
        write_line(
            Deed.PAPER_SEEN,
            by=opened.by.actor,
            at=at,
            about=opened.code,
            facts={"entry": code, "revision": kept.revision},
        )
    return kept.says, plain


def paper_at(opened: OpenCase, code: str, revision: int) -> bytes:
    """A document's bytes as of a revision: those last given up to then. Raises SealBroken, NoSuchEntry."""
    row = opened.row(code)
    given = [each for each in row.versions if each.paper_digest and each.revision <= revision]
    if not given:
        raise NoSuchEntry(case=opened.code)
    last = given[-1]
    place = place_of(opened.code, code, "paper", last.revision)
    sealed = Version.objects.values_list("paper", flat=True).get(
        entry_id=code, revision=last.revision
    )
    if sealed is None or sha256(sealed).digest() != last.paper_digest:
        raise SealBroken(place=place)
    return open_sealed(opened.keys.of(row.part), bytes(sealed), place)


def way_of(by: Present, cover: Case, *, at: datetime) -> Way:
    """Raises NoSuchCase where no way leads to it, or its shredding has begun."""
    way = way_to(
        by,
        case=cover.code,
        office=cover.office_id,
        owner=cover.owner_id,
        shared_with=set(cover.shared_with),
        at=at,
    )
    if way is None or cover.shredding_since is not None:
        raise NoSuchCase
    return way


def opened_within(
    by: Present, code: str, *, at: datetime, led_by: Callable[..., Way] = way_of
) -> OpenCase:
    """Open a case within a transaction that journals it, and hold its row until that ends. Raises as `case_for`."""
    known = read_code(code, LETTERS)
    try:
        # Locked: on PostgreSQL a writer between our queries would look like a broken seal.
        cover = Case.objects.select_for_update().filter(code=known).first() if known else None
        if cover is None:
            raise NoSuchCase
        way = led_by(by, cover, at=at)
        return opened_from(
            by, cover, way, rows_of([cover.code])[cover.code], journalled_states([cover.code])
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
    ) as broken:  # a column holds what nobody writes there
        raise SealBroken(place=f"case {known}") from broken


def opened_from(
    by: Present,
    cover: Case,
    way: Way,
    rows: list[EntryRow],
    journalled: Mapping[str, tuple[int, str]],
    *,
    keys: CaseKeys | None = None,
) -> OpenCase:
    """The case with its keys, checked. `keys`, where they were opened already."""
    if keys is None:
        own = cover.office_id == by.ring.office
        keys = open_case_keys(by.ring, case=cover.code, version=cover.key_version, own=own)
    check_whole(keys, cover, rows, journalled=journalled.get(cover.code, (0, "")))
    return OpenCase(cover, keys, way, by, tuple(rows))


def told_way(way: Way) -> str:
    """The way as a journal's fact."""
    return way.name.lower().replace("_", "-")
