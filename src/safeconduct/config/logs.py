"""Logs say what went wrong and where in the code, never what anybody typed or what was opened.

A message of a library may quote a value, and so may the text of an exception ("invalid literal for int(): ..."):
neither is written. What is: the time, the logger, the status of an answer, kinds of exceptions, and lines of code.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Final

from safeconduct.core.errors import Refused

# Ours: their messages are made of fixed words and codes.
_OURS: Final = ("safeconduct", "_granian", "granian")


class CodesOnly(logging.Formatter):
    """One line for each record; below it, for an exception, the way through the code."""

    def format(self, record: logging.LogRecord) -> str:
        when = self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z")
        told = [when, record.levelname.lower(), record.name]
        if record.name.split(".")[0] in _OURS and not record.exc_info:
            told.append(record.getMessage())
        else:
            status = getattr(record, "status_code", None)
            told.append(f"status {status}" if status else f"{record.module}:{record.lineno}")
        lines = [" ".join(told)]
        if record.exc_info and record.exc_info[1] is not None:
            lines.extend(told_without_values(record.exc_info[1]))
        return "\n".join(lines)


def told_without_values(fault: BaseException) -> list[str]:
    """Each exception of the chain by its kind, or its code where it is a refusal, and the lines it came through."""
    lines: list[str] = []
    found: BaseException | None = fault
    seen: set[int] = set()
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        lines.append(f"  {_kind(found)}")
        lines += [
            f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(found.__traceback__)
        ]
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return lines


def _kind(fault: BaseException) -> str:
    return fault.code if isinstance(fault, Refused) and fault.code else type(fault).__qualname__
