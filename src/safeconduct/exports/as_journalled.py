"""Between its steps an export is a row that no key seals: before a list leaves, the journal's word on it is asked."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from safeconduct.core.errors import SealBroken
from safeconduct.exports.models import Export
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

_DIGITS: Final = 32  # 128 bits of SHA-256


def facts_of(export: Export) -> dict[str, str | int]:
    """What the line of the asking tells: the numbers, and a digest of the list itself."""
    told = json.dumps([export.columns, export.cases, sorted(export.left_out), export.form])
    return {
        "recipient": export.recipient_id,
        "cases": len(export.cases),
        "left_out": len(export.left_out),
        "rows": export.row_count,
        "second_eyes": int(export.needs_second_eyes),
        "list": sha256(told.encode()).hexdigest()[:_DIGITS],
    }


def digest_of(file: bytes) -> str:
    return sha256(file).hexdigest()[:_DIGITS]


def check_as_asked(export: Export) -> None:
    """Raises SealBroken where the row is not the list that was asked for, or nobody journalled agreed to it."""
    asked = _last(export, Deed.EXPORT_ASKED)
    agreed = _last(export, Deed.EXPORT_AGREED)
    if asked is None or asked.facts != facts_of(export) or asked.member != export.asked_by_id:
        raise _altered(export)
    if export.needs_second_eyes and (agreed is None or agreed.member == export.asked_by_id):
        raise _altered(export)


def check_as_written(export: Export, file: bytes) -> None:
    """Raises SealBroken where the file is not the one that was written."""
    written = _last(export, Deed.EXPORT_WRITTEN)
    if written is None or written.facts.get("file") != digest_of(file):
        raise _altered(export)


def _last(export: Export, deed: Deed) -> Any:
    return Line.objects.filter(about=export.code, deed=deed.value).order_by("-number").first()


def _altered(export: Export) -> SealBroken:
    return SealBroken(place=f"export {export.code}")
