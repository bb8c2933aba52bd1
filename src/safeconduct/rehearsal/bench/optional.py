"""The one door to libraries that only a baseline needs: they may be absent, and that is said aloud."""

from __future__ import annotations

import importlib
import warnings
from types import ModuleType

# How each is installed where it is not: package by module, with what its building needs beside pip.
_NEEDS_ICU = "built on the spot: needs a C++ compiler and ICU's headers, libicu-dev"
INSTALLED_BY = {
    "anyascii": "pip install anyascii",
    "icu": f"pip install PyICU (it is {_NEEDS_ICU})",
    "metaphone": "pip install Metaphone",
    "nomenklatura": f"pip install nomenklatura (it brings PyICU, which is {_NEEDS_ICU})",
    "openpyxl": "pip install openpyxl",
    "recordlinkage": "pip install recordlinkage",
    "splink": "pip install splink",
}


def library(module: str) -> ModuleType | None:
    """The library of a baseline or a module of it, or None where it is not installed."""
    try:
        with warnings.catch_warnings():
            # What others' code warns of on being loaded is theirs to mend.
            warnings.simplefilter("ignore")
            return importlib.import_module(module)
    except ImportError:
        return None


def how_to_get(module: str) -> str:
    """The sentence for a baseline that cannot run without this library."""
    return f"{module} is not installed: {INSTALLED_BY[module]}"
