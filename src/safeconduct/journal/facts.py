"""What a line may hold beside its fixed columns: codes and small numbers. No story fits, and no telephone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from safeconduct.core.errors import JournalTakesNoWords

NO_FACTS: Final[Mapping[str, str | int]] = {}
# A code as we draw them or as authorities have them (K7Q4MX2PD, SC730), or a fixed word of ours (by-passphrase).
# Signs between, never a space; no letters of both cases, as a name has them.
_CODE: Final = re.compile(r"[0-9A-Z][0-9A-Z_./:+,-]{0,39}|[0-9a-z][0-9a-z_./:+,-]{0,39}")
_NAME: Final = re.compile(r"[a-z][a-z_]{0,39}")
# The deeds and purposes of the rooms above: fixed words, which may be several.
_WORDS: Final = re.compile(r"[a-z][a-z -]{0,39}")
# Under every telephone number with its area or country, as a number.
_MOST: Final = 999_999_999


def checked_facts(facts: Mapping[str, str | int]) -> dict[str, str | int]:
    """The facts as they are. Raises JournalTakesNoWords, which names the fact and quotes nothing."""
    for name, value in facts.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise JournalTakesNoWords(place="the name of a fact")
        if not (_is_code(value) if isinstance(value, str) else _is_small_number(value)):
            raise JournalTakesNoWords(place=f"the fact {name}")
    return dict(facts)


def checked_code(code: str, *, place: str, most: int = 40) -> str:
    """A code or nothing. Raises JournalTakesNoWords."""
    if code and not (_is_code(code) and len(code) <= most):
        raise JournalTakesNoWords(place=place)
    return code


def checked_words(words: str, *, place: str) -> str:
    """A fixed word of ours or nothing. Raises JournalTakesNoWords."""
    if words and not (isinstance(words, str) and _WORDS.fullmatch(words)):
        raise JournalTakesNoWords(place=place)
    return words


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _is_small_number(value: object) -> bool:
    return type(value) is int and -_MOST <= value <= _MOST
