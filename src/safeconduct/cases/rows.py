"""The rows of cases as they stand, without the bytes of documents. Not checked here: see wholeness.py."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max

from safeconduct.cases.models import Entry
from safeconduct.vault.models import Part


class VersionRow(NamedTuple):
    """What an entry said at one revision, sealed. `paper_digest` is of a document's sealed bytes."""

    revision: int
    written_at: datetime
    written_by: str
    removes: bool
    sealed: bytes
    paper_digest: bytes | None


@dataclass(slots=True)
class EntryRow:
    """An entry with its versions, oldest first."""

    code: str
    number: int
    part: str
    kind: str
    revision: int
    removed: bool
    versions: list[VersionRow]


_ENTRY = ("case_id", "code", "number", "part", "kind", "revision", "removed")
_VERSION = tuple(f"versions__{name}" for name in VersionRow._fields)


def rows_of(codes: Collection[str], *, card_alone: bool = False) -> dict[str, list[EntryRow]]:
    """Every entry of these cases in the order told, removed ones too; or those of the card alone.

    One query; a few hundred codes at most. Raises ValueError or TypeError where a column holds what was never
    written there.
    """
    found: dict[str, dict[str, EntryRow]] = {code: {} for code in codes}
    entries_of = Entry.objects.filter(case_id__in=codes)
    if card_alone:
        entries_of = entries_of.filter(part=Part.CARD)
    query = entries_of.values_list(*_ENTRY, *_VERSION)
    for case, code, number, part, kind, revision, removed, *told in query.iterator(2000):
        entries = found[case]
        entry = entries.get(code)
        if entry is None:
            entry = entries[code] = EntryRow(code, number, part, kind, revision, removed, [])
        if told[0] is not None:
            entry.versions.append(_version(told))
    return {case: _in_order(entries.values()) for case, entries in found.items()}


def _version(told: Sequence[Any]) -> VersionRow:
    revision, written_at, written_by, removes, sealed, digest = told
    paper_digest = None if digest is None else bytes(digest)
    return VersionRow(revision, written_at, written_by, removes, bytes(sealed), paper_digest)


def _in_order(entries: Collection[EntryRow]) -> list[EntryRow]:
    for entry in entries:
        if len(entry.versions) > 1:
            entry.versions.sort()
    return sorted(entries, key=lambda entry: (entry.number, entry.code))


def card_written_at(code: str) -> datetime | None:
    """When something of its card was written last; nothing of what it says. None for no case."""
    newest: datetime | None = Entry.objects.filter(case_id=code, part=Part.CARD).aggregate(
        last=Max("versions__written_at")
    )["last"]
    return newest
