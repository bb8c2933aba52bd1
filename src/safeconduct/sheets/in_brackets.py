"""A name with its details in brackets, "laila karimi (wife, 30)": the brackets say where the name ends.

They settle what is doubtful without them: an initial that could be a sex, and a name that begins in lower case.
"""

from __future__ import annotations

import re
from datetime import date

from safeconduct.core.names.titles import TITLES
from safeconduct.core.plain_text import plain
from safeconduct.sheets.member import (
    Member,
    chunks_of,
    is_bare_name,
    is_capital,
    known_names,
    read_member,
)
from safeconduct.sheets.vocabulary import said

_NAME_AND_DETAILS = re.compile(r"(?P<name>[^()\[\],،;:/]+?)\s*\((?P<details>[^()]+)\)")


def read_in_brackets(piece: str, on: date) -> Member | None:
    """One person from a name and the relation or age in brackets behind it. None where either is anything else."""
    match = _NAME_AND_DETAILS.fullmatch(piece)
    if match is None:
        return None
    name = match["name"]
    member = read_member(chunks_of(match["details"]), on)
    if member is None or member.name or member.words:
        return None
    if _is_a_note(name) or not is_bare_name(name[:1].upper() + name[1:]):
        return None
    if member.relation is None and (member.birth is None or is_unsure(name)):
        return None
    member.name = name
    return member


def is_unsure(name: str) -> bool:
    """A lower-case start, and not all of it names that we know: "zarmina", and "school teacher"."""
    words = _words(name)
    known = not words.isdisjoint(known_names()) and words <= known_names() | TITLES
    return not is_capital(name) and not known


def _is_a_note(name: str) -> bool:
    """Titles alone; or in lower case a word that list makers write about a person and not as their name."""
    words = _words(name)
    others = said("note") | said("placeholder") | said("vague age")
    return words <= said("title") or (not is_capital(name) and not words.isdisjoint(others))


def _words(name: str) -> set[str]:
    return {plain(word).strip(".") for word in name.split()}
