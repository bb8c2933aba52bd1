"""Reading a stranger's spreadsheet: every row ends as accepted, quarantined or a repeat, and the counts add up.

The file is parsed in a child process under limits (`child`, `process`); what comes back is cells and nothing else.
The way through the room: container -> scan, workbook or delimited -> grid -> headings -> columns -> rows -> households.
Its doors are `read_sheets`, `read_kobo` (the export of a form) and `read_text` (pasted words); columns are corrected
through a mapping. `reader_of` reads what was sent from memory, never from the disk.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeconduct.sheets.kobo import is_kobo_export, read_kobo
    from safeconduct.sheets.limits import Limits
    from safeconduct.sheets.mapping import Mapping, load_mapping, save_mapping
    from safeconduct.sheets.pasted import Pasted, read_text
    from safeconduct.sheets.process import file_name, reader_of
    from safeconduct.sheets.reading import read_sheets

__all__ = [
    "Limits",
    "Mapping",
    "Pasted",
    "file_name",
    "is_kobo_export",
    "load_mapping",
    "read_kobo",
    "read_sheets",
    "read_text",
    "reader_of",
    "save_mapping",
]

_ROOMS = {
    "Limits": "limits",
    "Mapping": "mapping",
    "Pasted": "pasted",
    "file_name": "process",
    "is_kobo_export": "kobo",
    "load_mapping": "mapping",
    "save_mapping": "mapping",
    "read_kobo": "kobo",
    "read_sheets": "reading",
    "read_text": "pasted",
    "reader_of": "process",
}


def __getattr__(name: str) -> object:
    """Load a part of the room when it is asked for: the child process, which is in it, must start quickly."""
    if name in _ROOMS:
        return getattr(import_module(f"safeconduct.sheets.{_ROOMS[name]}"), name)
    raise AttributeError(name)
