"""Many new cases at once, as a sheet brings them: the same rows as `open_case` writes, in a few statements.

Each case has keys of its own and a line of its own in the journal, as if it had been opened by itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from safeconduct.cases.actions.changing import ENTRY_LETTERS, size_of
from safeconduct.cases.actions.covers import checked_cover, in_order
from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.entries import Told
from safeconduct.cases.models import Band, Case, Entry, Version
from safeconduct.cases.reading import LETTERS
from safeconduct.cases.rows import EntryRow, VersionRow
from safeconduct.cases.wholeness import STATE, place_of, seal_anew, state_of
from safeconduct.core.codes import draw_code
from safeconduct.journal.actions import Told as ToldLine, write_lines
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.actions.case_keys import CaseKeys, new_many_case_keys
from safeconduct.vault.models import CaseKey
from safeconduct.vault.sealing import seal


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What one case begins with. `told` holds entries with the codes they get, so that one may name another."""

    told: Sequence[tuple[str, Told]]
    told_size: int | None = None
    province: str = ""
    schemes: Collection[str] = ()
    band: str = Band.NOT_ASSESSED
    priority: float = 0.0
    next_due: date | None = None
    facts: dict[str, str | int] = field(default_factory=dict)  # for the journal's line


def open_cases(
    by: Present, new: Sequence[NewCase], *, at: datetime, owned: bool = False
) -> list[str]:
    """Open them all, or none; their codes in the same order. A few hundred at a time.

    Entries whose code is empty get one. Raises NoRight, CoverNotCodes, KeySwapped, and what `to_bytes` raises.
    """
    by.must(Right.OPEN_NEW_CASES)
    if not new:
        return []
    with transaction.atomic():
        office = own_office(by)
        covers = [_cover(each, code, by, at, owned=owned) for each, code in _coded(new)]
        plain = [[(code, told, told.to_bytes()) for code, told in each.told] for each in new]
        keys = new_many_case_keys(
            by.ring,
            cases=[cover.code for cover in covers],
            office=office.row.code,
            generation=office.row.generation,
            public=office.public,
        )
        rows = [
            _sealed(cover, keys[cover.code], told, by=by.member.code, at=at)
            for cover, told in zip(covers, plain, strict=True)
        ]
        insert_sealed(covers, rows)
        write_lines(
            Deed.CASE_OPENED,
            [
                ToldLine(
                    about=cover.code,
                    revision=cover.revision,
                    facts={**each.facts, "entries": len(told), STATE: state_of(cover)},
                )
                for cover, each, told in zip(covers, new, plain, strict=True)
            ],
            by=by.actor,
            at=at,
        )
    return [cover.code for cover in covers]


def _coded(new: Sequence[NewCase]) -> list[tuple[NewCase, str]]:
    """Each with a code that no case has or had."""
    codes: set[str] = set()
    while len(codes) < len(new):
        drawn = {draw_code(LETTERS, secrets.randbelow) for _ in range(len(new) - len(codes))}
        drawn -= set(Case.objects.filter(code__in=drawn).values_list("code", flat=True))
        drawn -= set(CaseKey.objects.filter(case__in=drawn).values_list("case", flat=True))
        drawn -= set(Line.objects.filter(about__in=drawn).values_list("about", flat=True))
        codes |= drawn
    return list(zip(new, sorted(codes), strict=True))


def _cover(each: NewCase, code: str, by: Present, at: datetime, *, owned: bool) -> Case:
    cover = Case(
        code=code,
        office=by.office,
        owner=by.member if owned else None,
        told_size=each.told_size,
        province=each.province,
        schemes=in_order(each.schemes),
        band=each.band,
        priority=each.priority,
        next_due=each.next_due,
        opened_at=at,
        changed_at=at,
        keep_until=(at + settings.KEEP_CASES).date(),
        revision=1,
    )
    checked_cover(cover)
    return cover


def _sealed(
    cover: Case,
    keys: CaseKeys,
    told: Sequence[tuple[str, Told, bytes]],
    *,
    by: str,
    at: datetime,
) -> list[EntryRow]:
    rows = []
    for number, (reserved, each, plain) in enumerate(told, 1):
        code = reserved or draw_code(ENTRY_LETTERS, secrets.randbelow)
        place = place_of(cover.code, code, each.kind, 1)
        sealed = seal(keys.of(each.part), plain, place)
        version = VersionRow(1, at, by, False, sealed, None)
        rows.append(EntryRow(code, number, each.part.value, each.kind, 1, False, [version]))
    cover.household_size = size_of(cover, rows)
    seal_anew(keys, cover, rows)
    return rows


def insert_sealed(covers: Sequence[Case], rows: Sequence[Sequence[EntryRow]]) -> None:
    """Covers with the sealed entries of each, new all of them, in three statements."""
    Case.objects.bulk_create(covers)
    Entry.objects.bulk_create(
        Entry(
            code=row.code,
            case=cover,
            number=row.number,
            part=row.part,
            kind=row.kind,
            revision=row.revision,
        )
        for cover, told in zip(covers, rows, strict=True)
        for row in told
    )
    Version.objects.bulk_create(
        Version(entry_id=row.code, **version._asdict())
        for told in rows
        for row in told
        for version in row.versions
    )
