"""Reading a stranger's spreadsheet: every row ends as accepted, quarantined or a repeat, and the counts add up.

The file is parsed in a child process under limits (`child`, `process`); what comes back is cells and nothing else.
The way through the room: container -> scan, workbook or delimited -> grid -> headings -> columns -> rows -> households.
Its door is `read_sheets`; columns are corrected through a mapping.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeconduct.sheets.limits import Limits
    from safeconduct.sheets.mapping import Mapping, load_mapping, save_mapping
    from safeconduct.sheets.reading import read_sheets

__all__ = ["Limits", "Mapping", "load_mapping", "read_sheets", "save_mapping"]

_ROOMS = {
    "Limits": "limits",
    "Mapping": "mapping",
    "load_mapping": "mapping",
    "save_mapping": "mapping",
    "read_sheets": "reading",
}


def __getattr__(name: str) -> object:
    """Load a part of the room when it is asked for: the child process, which is in it, must start quickly."""
    if name in _ROOMS:
        return getattr(import_module(f"safeconduct.sheets.{_ROOMS[name]}"), name)
    raise AttributeError(name)
