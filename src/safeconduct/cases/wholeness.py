"""What holds a case together: two seals that only holders of its keys can make, and the journal's word on both.

The card's seal covers the cover and every version of the card's entries; the contents' seal every version of the rest.
A document's bytes are covered by their digest, and compared when it is opened. The journal keeps, with the revision of
each write, a digest of both seals: a case put back whole from before, or made anew under other keys, is not the case
that the journal last knew. So an altered, moved, cut, added, removed or older row is seen by whoever opens the case
(docs/decisions/0013-the-file.md tells what is not).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final

from safeconduct.cases.models import Case
from safeconduct.cases.rows import EntryRow
from safeconduct.core.errors import SealBroken
from safeconduct.journal.models import Line
from safeconduct.vault.actions.case_keys import CaseKeys
from safeconduct.vault.models import Part
from safeconduct.vault.sealing import Place, SealKey, framed, state_seal

STATE: Final = "state"  # the fact by which a journal line names the digest of both seals
_DIGITS: Final = 40  # 160 bits of SHA-256
_PARTS: Final = frozenset(Part)
# Every column of the cover but the seals themselves, what follows from other columns, and the mark of a shredding
# that has begun.
COVER: Final = (
    "code",
    "office_id",
    "owner_id",
    "state",
    "band",
    "household_size",
    "told_size",
    "set_size",
    "priority",
    "province",
    "schemes",
    "next_due",
    "opened_at",
    "changed_at",
    "keep_until",
    "held",
    "shared_with",
    "revision",
    "cover_revision",
    "key_version",
)


def card_seal(key: SealKey, cover: Case, entries: Iterable[EntryRow]) -> bytes:
    # Sorted: PostgreSQL keeps the names within a JSON column in an order of its own.
    columns = {name: getattr(cover, name) for name in COVER}
    told = json.dumps(columns, sort_keys=True, default=_told)
    return state_seal(key, [told.encode(), *_entries(entries, Part.CARD)], purpose=b"card seal")


def contents_seal(key: SealKey, cover: Case, entries: Iterable[EntryRow]) -> bytes:
    told = framed(cover.code.encode(), _eight(cover.revision), _eight(cover.key_version))
    return state_seal(key, [told, *_entries(entries, Part.CONTENTS)], purpose=b"contents seal")


def seal_anew(keys: CaseKeys, cover: Case, entries: Collection[EntryRow]) -> None:
    """Put both seals on a cover that is about to be saved."""
    cover.card_seal = card_seal(keys.card, cover, entries)
    cover.contents_seal = contents_seal(keys.of(Part.CONTENTS), cover, entries)


def state_of(cover: Case) -> str:
    """What the journal keeps of both seals. It tells nothing to anybody."""
    return sha256(bytes(cover.card_seal) + bytes(cover.contents_seal)).hexdigest()[:_DIGITS]


def check_whole(
    keys: CaseKeys, cover: Case, entries: Collection[EntryRow], *, journalled: tuple[int, str]
) -> None:
    """Raises SealBroken where any row is not as it was written. Without the contents' key the card alone is checked."""
    if journalled != (cover.revision, state_of(cover)):
        raise _broken(cover, "cover", "journal")
    if not compare_digest(card_seal(keys.card, cover, entries), bytes(cover.card_seal)):
        raise _broken(cover, "cover", "card")
    if keys.contents is not None and not compare_digest(
        contents_seal(keys.contents, cover, entries), bytes(cover.contents_seal)
    ):
        raise _broken(cover, "entries", "contents")


def journalled_states(codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """The last revision that the journal knows of each case, and the state it had then. A few hundred codes at most."""
    rows = (
        Line.objects.filter(about__in=codes, revision__isnull=False)
        .order_by("revision", "number")
        .values_list("about", "revision", "facts")
    )
    return {about: (revision or 0, _state_in(facts)) for about, revision, facts in rows}


def place_of(case: str, entry: str, field: str, revision: int) -> Place:
    """Where a version belongs: `field` is the entry's kind, or "paper" for a document's bytes."""
    return Place("cases_version", f"{case}/{entry}", field, revision)


def _entries(entries: Iterable[EntryRow], part: Part) -> Iterator[bytes]:
    for entry in sorted(entries, key=lambda each: each.code):
        # A part that is neither counts with both: no row stands outside the seals.
        if entry.part == part or entry.part not in _PARTS:
            yield _entry(entry)


def _entry(entry: EntryRow) -> bytes:
    versions = [
        (
            each.revision,
            _told(each.written_at),
            each.written_by,
            each.removes,
            sha256(each.sealed).digest(),
            each.paper_digest,
        )
        for each in entry.versions
    ]
    told = (entry.code, entry.number, entry.part, entry.kind, entry.revision, entry.removed)
    # As Python writes them in ASCII: no two different lists of texts and numbers look alike.
    return ascii((told, versions)).encode()


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a cover holds no {type(value).__name__}")


def _state_in(facts: Any) -> str:
    return str(facts.get(STATE, "")) if isinstance(facts, dict) else ""


def _eight(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _broken(cover: Case, field: str, seal: str) -> SealBroken:
    return SealBroken(place=f"case {cover.code}, {field} (the seal of the {seal})")
