"""The chain: each line's hash covers the line and the hash before it (SHA-256). No database here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final

BEGINNING: Final = bytes(32)


def hash_of(before: bytes, line: Mapping[str, Any]) -> bytes:
    """32 bytes. `line` holds every column but the hash; times are told in UTC to the microsecond."""
    told = json.dumps(
        line, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_told
    )
    return sha256(before + told.encode()).digest()


def _told(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"a journal line holds no {type(value).__name__}")
