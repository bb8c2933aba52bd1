"""Is there something in this text that nobody sees, or that a program would run? The scanner's own view of it."""

from __future__ import annotations

import re
import unicodedata

# Apart from the two joiners, only the signs of Arabic and Syriac that enclose digits: both are drawn.
_FORMATS_THAT_MAY_STAND = re.compile("[\u200c\u200d\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2]")
# Unicode's Default_Ignorable_Code_Point where the category does not tell it, and the empty Braille pattern.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0000-\U000e0fff]"
)
_JOINER_IN_VAIN = re.compile(
    "(?:^|[\u0000-\u058f])[\u200c\u200d]|[\u200c\u200d](?:$|[\u0000-\u058f])"
)
_BY_NUMBER = re.compile("_x[0-9a-f]{4}_", re.IGNORECASE)
_UNSEEN = "it holds a letter that is not seen or that turns the direction of others"
_RUN_BY_PROGRAMS = frozenset("=+-@\u2212")


def unfit(text: str) -> str | None:
    """What is wrong with a text of ours, in words; None where all of it is seen, on one line."""
    if "_" in text and _BY_NUMBER.search(text):
        return "it spells a letter by its number, which some programs turn into that letter"
    if text[:1] == " " or text[-1:] == " " or "  " in text:
        return "it has spaces at its ends or in a row, which could carry a hidden mark"
    if text.isascii() and text.isprintable():
        return None
    if "\0" in text:
        return "it holds a NUL"
    if any(
        letter.isspace() or unicodedata.category(letter)[0] == "Z"
        for letter in text
        if letter != " "
    ):
        return "it holds a line break or an unusual space"
    return _UNSEEN if _hides(text) else None


def _hides(text: str) -> bool:
    if _BLANK.search(text) or _JOINER_IN_VAIN.search(text):
        return True
    return any(
        unicodedata.category(letter)[0] == "C" and not _FORMATS_THAT_MAY_STAND.match(letter)
        for letter in text
    )


def begins_formula(text: str) -> bool:
    """Whether a spreadsheet program might run this text as it stands in a CSV file."""
    return any(_runs(piece) for piece in text.split(";"))


def _runs(piece: str) -> bool:
    first = piece.lstrip('\t\r\n \u00a0"')[:1]
    return unicodedata.normalize("NFKC", first)[:1] in _RUN_BY_PROGRAMS if first else False
