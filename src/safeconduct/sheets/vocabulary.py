"""The words of strangers' sheets, in English, Dari and Pashto, as data.

words.csv, headings.csv and whose.csv lie beside this file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from safeconduct.core.plain_text import plain


@cache
def meanings(kind: str) -> dict[str, str]:
    """The meaning of every word or phrase of a kind, in plain form: "wife" is "spouse".

    The first line to claim a word keeps it.
    """
    found: dict[str, str] = {}
    for row in listed("words.csv"):
        if row["kind"] == kind:
            for word in row["words"].split("|"):
                found.setdefault(plain(word), row["meaning"])
    assert found, kind
    return found


@cache
def said(kind: str) -> frozenset[str]:
    """The words of a kind, in plain form."""
    return frozenset(meanings(kind))


def listed(name: str) -> Iterator[dict[str, str]]:
    """The lines of one of the files of words."""
    text = files("safeconduct.sheets").joinpath(name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))
