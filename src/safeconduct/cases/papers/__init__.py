"""Documents that a caseworker attaches to a case: cleaned and shown, and never on a disk.

Bytes in, bytes out; no database here. A stranger's bytes are parsed in a child process under limits (`child`,
`process`) that holds no key, may open nothing and ends with its one document. Its doors are `cleaned` and `preview`.
The way through: kinds -> pictures, pdfs or texts -> noticed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from safeconduct.cases.papers.limits import Limits
    from safeconduct.cases.papers.paper import Kind, Paper
    from safeconduct.cases.papers.process import cleaned, preview

__all__ = ["Kind", "Limits", "Paper", "cleaned", "preview"]

_ROOMS = {
    "Kind": "paper",
    "Limits": "limits",
    "Paper": "paper",
    "cleaned": "process",
    "preview": "process",
}


def __getattr__(name: str) -> object:
    """Load a part when it is asked for: the child process, which is in here too, must start quickly."""
    if name in _ROOMS:
        return getattr(import_module(f"safeconduct.cases.papers.{_ROOMS[name]}"), name)
    raise AttributeError(name)
