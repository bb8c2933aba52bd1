"""The one door to libraries that only a baseline needs: they may be absent, and that is said aloud."""

from __future__ import annotations

import importlib
from types import ModuleType

# How each is installed where it is not: package by module, with what its building needs beside pip.
INSTALLED_BY = {
    "anyascii": "pip install anyascii",
    "icu": "pip install PyICU (it is built on the spot: needs a C++ compiler and ICU's headers, libicu-dev)",
    "openpyxl": "pip install openpyxl",
}


def library(module: str) -> ModuleType | None:
    """The library of a baseline, or None where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError:
        return None


def how_to_get(module: str) -> str:
    """The sentence for a baseline that cannot run without this library."""
    return f"{module} is not installed: {INSTALLED_BY[module]}"
