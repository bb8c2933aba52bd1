"""A database's values as JSON and back, exactly: the journal's hashes cover microseconds.

(Django's own JSON encoder cuts times to milliseconds, which would break every line of the chain.)
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import models


def line_of(told: object) -> bytes:
    """One line of JSON, ended."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_told)
    return text.encode() + b"\n"


def _told(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"a backup holds no {type(value).__name__}")


def row_of(fields: Sequence[models.Field[Any, Any]], cells: Sequence[Any]) -> dict[str, Any]:
    """The row as a model takes it, by column. Raises ValueError or ValidationError where a cell is not of its kind."""
    return {field.attname: _value(field, cell) for field, cell in zip(fields, cells, strict=True)}


def _value(field: models.Field[Any, Any], cell: Any) -> Any:
    if cell is None or isinstance(field, models.JSONField):
        return cell
    if isinstance(field, models.BinaryField):
        return b64decode(cell, validate=True)
    return field.to_python(cell)
