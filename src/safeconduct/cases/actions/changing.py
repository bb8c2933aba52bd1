"""How every write to a case goes: locked, checked, changed, sealed anew and journalled, or not done at all.

    with changing(opened, Deed.ENTRY_ADDED, at=at) as change:
        change.add(Note(words="..."))

When the block ends the case has its next revision, its seals and its one line; where it raises, nothing happened.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction

from safeconduct.cases.entries import Hold, Person, Told
from safeconduct.cases.entries.removal import Removal
from safeconduct.cases.models import Case, Entry, Version
from safeconduct.cases.reading import OpenCase, opened_within
from safeconduct.cases.rows import EntryRow, VersionRow
from safeconduct.cases.wholeness import STATE, place_of, seal_anew, state_of
from safeconduct.core.codes import draw_code, read_code
from safeconduct.core.errors import (
    CaseFull,
    ChangedMeanwhile,
    CodeTaken,
    NoSuchEntry,
    NotOursToChange,
)
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.present import Present
from safeconduct.vault.actions.case_keys import CaseKeys
from safeconduct.vault.sealing import open_sealed, seal

ENTRY_LETTERS: Final = 12
MOST_ENTRIES: Final = 5_000


@dataclass(slots=True)
class Change:
    """A case under change, its row locked. `now` reads what stands; `facts` go into the journal's line."""

    now: OpenCase
    cover: Case
    keys: CaseKeys
    rows: list[EntryRow]
    by: Actor
    at: datetime
    facts: dict[str, str | int] = field(default_factory=dict)
    # Where the same was saved before (a form sent twice): nothing is written and nothing journalled.
    repeated: bool = False

    def add(self, told: Told, *, code: str | None = None, paper: bytes | None = None) -> str:
        """A new entry; its code. A form may reserve the code, so that sending it twice saves once.

        Raises CodeTaken, CaseFull, NoSuchEntry for what is no code, and what `to_bytes` raises.
        """
        known = code and read_code(code, ENTRY_LETTERS)
        if code and not known:
            raise NoSuchEntry(case=self.cover.code)
        if known and Entry.objects.filter(code=known).exists():
            return self._saved_before(known, told)
        if len(self.rows) >= MOST_ENTRIES:
            raise CaseFull(limit=MOST_ENTRIES)
        number = max((each.number for each in self.rows), default=0) + 1
        row = EntryRow(known or new_entry_code(), number, told.part.value, told.kind, 0, False, [])
        Entry.objects.create(
            code=row.code, case=self.cover, number=number, part=row.part, kind=row.kind, revision=0
        )
        self.rows.append(row)
        self._write(row, told.to_bytes(), paper=paper)
        return row.code

    def change(
        self, code: str, told: Told, *, expected_revision: int, paper: bytes | None = None
    ) -> None:
        """Raises ChangedMeanwhile where the entry stands at another revision; NoSuchEntry for another kind."""
        row = self._standing(code, expected_revision)
        if row.kind != told.kind:
            raise NoSuchEntry(case=self.cover.code)
        self._write(row, told.to_bytes(), paper=paper)

    def remove(self, code: str, why: str | None, *, expected_revision: int) -> None:
        row = self._standing(code, expected_revision)
        self._write(row, Removal(why=why).to_bytes(), removes=True)

    def finish(self, deed: Deed, *, purpose: str = "") -> None:
        """The next revision, the seals, the line."""
        cover = self.cover
        cover.revision += 1
        cover.changed_at = self.at
        cover.keep_until = (self.at + settings.KEEP_CASES).date()
        cover.household_size = size_of(cover, self.rows)
        cover.held = any(row.kind == Hold.kind and not row.removed for row in self.rows)
        seal_anew(self.keys, cover, self.rows)
        cover.save(force_update=True)
        write_line(
            deed,
            by=self.by,
            at=self.at,
            about=cover.code,
            revision=cover.revision,
            purpose=purpose,
            facts={**self.facts, STATE: state_of(cover)},
        )

    def _standing(self, code: str, expected: int) -> EntryRow:
        row = next((each for each in self.rows if each.code == code), None)
        if row is None:
            raise NoSuchEntry(case=self.cover.code)
        if row.revision != expected:
            raise ChangedMeanwhile(
                case=self.cover.code, entry=code, expected=expected, current=row.revision
            )
        if row.removed:
            raise NoSuchEntry(case=self.cover.code)
        return row

    def _write(
        self, row: EntryRow, plain: bytes, *, removes: bool = False, paper: bytes | None = None
    ) -> None:
        row.revision, row.removed = row.revision + 1, removes
        key = self.keys.of(row.part)
        sealed = seal(key, plain, place_of(self.cover.code, row.code, row.kind, row.revision))
        sealed_paper = digest = None
        if paper is not None:
            place = place_of(self.cover.code, row.code, "paper", row.revision)
            sealed_paper = seal(key, paper, place)
            digest = sha256(sealed_paper).digest()
        version = VersionRow(row.revision, self.at, self.by.member, removes, sealed, digest)
        row.versions.append(version)
        Entry.objects.filter(code=row.code).update(revision=row.revision, removed=removes)
        Version.objects.create(entry_id=row.code, paper=sealed_paper, **version._asdict())

    def _saved_before(self, code: str, told: Told) -> str:
        row = next((each for each in self.rows if each.code == code), None)
        if row is None or row.kind != told.kind:
            raise CodeTaken
        first = row.versions[0]
        place = place_of(self.cover.code, code, row.kind, first.revision)
        if open_sealed(self.keys.of(row.part), first.sealed, place) != told.to_bytes():
            raise CodeTaken
        self.repeated = True
        return code


@contextmanager
def changing(opened: OpenCase, deed: Deed, *, at: datetime, purpose: str = "") -> Iterator[Change]:
    """The case as it stands now, locked. Raises as `case_for`, and NotOursToChange for another office's case."""
    with transaction.atomic():
        change = change_within(opened.by, opened.code, at=at)
        yield change
        if not change.repeated:
            change.finish(deed, purpose=purpose)


def change_within(by: Present, code: str, *, at: datetime) -> Change:
    """A change that its caller finishes in the same transaction."""
    now = opened_within(by, code, at=at)
    if not now.is_ours:
        raise NotOursToChange(case=now.code)
    return Change(now, now.cover, now.keys, list(now.rows), by.actor, at)


def size_of(cover: Case, rows: list[EntryRow]) -> int | None:
    """Everybody counts: the number set, else the larger of those named and the number told; None is unknown."""
    if cover.set_size is not None:
        return cover.set_size
    named = sum(row.kind == Person.kind and not row.removed for row in rows)
    return max(named, cover.told_size or 0) or None


def new_entry_code() -> str:
    """Drawn when a form is shown, or when an entry is written: 60 bits, so that none is drawn twice."""
    return draw_code(ENTRY_LETTERS, secrets.randbelow)
