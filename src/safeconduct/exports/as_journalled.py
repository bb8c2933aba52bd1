"""Between its steps an export is a row that no key seals: before a list leaves, the journal's word on it is asked."""

from __future__ import annotations

import json
from datetime import UTC
from hashlib import sha256
from typing import Any, Final

from safeconduct.core.errors import SealBroken
from safeconduct.exports.models import Export
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

_DIGITS: Final = 32  # 128 bits of SHA-256


def facts_of(export: Export) -> dict[str, str | int]:
    """What the line of the asking tells: the numbers, and a digest of the list itself."""
    return {
        "recipient": export.recipient_id,
        "cases": len(export.cases),
        "left_out": len(export.left_out),
        "rows": export.row_count,
        "second_eyes": int(export.needs_second_eyes),
        "lapses": _lapses(export),
        "list": _list_of(export),
    }


def facts_of_writing(export: Export, file: bytes) -> dict[str, str | int]:
    """What the line of the writing tells: for whom, until when, of which cases, and a digest of the file."""
    return {
        "recipient": export.recipient_id,
        "cases": len(export.cases),
        "lapses": _lapses(export),
        "list": _list_of(export),
        "file": _digest_of(file),
    }


def check_as_asked(export: Export) -> None:
    """Raises SealBroken where the row is not the list that was asked for, or nobody journalled agreed to it."""
    asked = _last(export, Deed.EXPORT_ASKED)
    agreed = _last(export, Deed.EXPORT_AGREED)
    if asked is None or asked.facts != facts_of(export):
        raise _altered(export)
    if (asked.member, asked.purpose) != (export.asked_by_id, export.purpose):
        raise _altered(export)
    if export.needs_second_eyes and (agreed is None or agreed.member == export.asked_by_id):
        raise _altered(export)


def check_as_written(export: Export, file: bytes) -> None:
    """Raises SealBroken where the file, its recipient, its end or its cases are not those that were written."""
    written = _last(export, Deed.EXPORT_WRITTEN)
    if written is None or not facts_of_writing(export, file).items() <= written.facts.items():
        raise _altered(export)


def _list_of(export: Export) -> str:
    told = json.dumps([export.columns, export.cases, sorted(export.left_out), export.form])
    return _digest_of(told.encode())


def _lapses(export: Export) -> str:
    return export.lapses_at.astimezone(UTC).isoformat().lower()


def _digest_of(told: bytes) -> str:
    return sha256(told).hexdigest()[:_DIGITS]


def _last(export: Export, deed: Deed) -> Any:
    return Line.objects.filter(about=export.code, deed=deed.value).order_by("-number").first()


def _altered(export: Export) -> SealBroken:
    return SealBroken(place=f"export {export.code}")
