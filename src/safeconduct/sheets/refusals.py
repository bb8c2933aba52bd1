"""Errors that may be raised in the reading process, by code, so that they can cross the pipe and be raised again."""

from __future__ import annotations

from safeconduct.core.errors import (
    BadSheet,
    SheetBroken,
    SheetEmpty,
    SheetFarCell,
    SheetInflates,
    SheetLocked,
    SheetOpenQuotes,
    SheetReaderStopped,
    SheetTooHungry,
    SheetTooManyBytes,
    SheetTooManyCells,
    SheetTooManySheets,
    SheetTooSlow,
    SheetUnknownFormat,
    SheetUnsafe,
)

_BY_CODE: dict[str, type[BadSheet]] = {
    error.code: error
    for error in (
        SheetBroken,
        SheetEmpty,
        SheetFarCell,
        SheetInflates,
        SheetLocked,
        SheetOpenQuotes,
        SheetReaderStopped,
        SheetTooHungry,
        SheetTooManyBytes,
        SheetTooManyCells,
        SheetTooManySheets,
        SheetTooSlow,
        SheetUnknownFormat,
        SheetUnsafe,
    )
}


def refusal(code: str, where: dict[str, object]) -> BadSheet:
    """The error of this code with its places filled in."""
    return _BY_CODE[code](**where)
