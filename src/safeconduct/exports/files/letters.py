"""What the text of a file that leaves may hold: letters that are seen, one line to a cell, nothing that runs.

Hidden letters are a way for text to leave unseen, or to be seen other than it is (Unicode Technical Report 36).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Letters that show nothing though their category does not say so: fillers, joiners and variation selectors
# (Default_Ignorable_Code_Point of the Unicode Character Database), and the empty Braille pattern.
_SHOWS_NOTHING = frozenset(
    map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0))
) | frozenset(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
# Format characters that are drawn: the signs that enclose digits in Arabic and Syriac.
_DRAWN = frozenset(map(chr, (*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2)))
# Dari and Pashto are misspelt without the first; Indic scripts need the second. Latin letters need neither.
_JOINERS = frozenset("\u200c\u200d")
_FIRST_JOINED = "\u0590"
_UNTOLD = frozenset({"Cs", "Co", "Cn"})  # half a letter, letters for private use, no letter yet
_REPLACEMENT = "\ufffd"

# A spelling that workbooks have for letters by their number (ECMA-376, ST_Xstring). Some readers turn it into that
# letter and some do not, so a cell could be shown other than it was scanned: a space takes its meaning away.
_BY_NUMBER = re.compile(r"_(?=[xX][0-9A-Fa-f]{4}_)")

# What spreadsheet programs run when it begins a cell (OWASP, "CSV Injection"), with its wide, small and raised forms.
FORMULA_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−⩵⩶﬩"
# A cell also begins behind a semicolon, where that is what parts cells: most of Europe.
_BEGINS_FORMULA = re.compile(rf"(^|;)(?=[\s\"']*[{FORMULA_SIGNS}])")
_GUARDED = re.compile(rf"(^|;)'(?=[\s\"']*[{FORMULA_SIGNS}])")


def seen(text: str) -> str:
    """The text as it leaves: on one line, single spaces, only letters that are seen.

    Line breaks and every kind of space become one space. A joiner stays where it stands between two letters. A
    letter that cannot be told becomes a replacement character, so that the loss is seen. What has passed once does
    not change again.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_as_seen, text))
        if not _JOINERS.isdisjoint(text):
            text = "".join(_with_joiners_at_work(text))
    text = " ".join(text.split())
    return _BY_NUMBER.sub("_ ", text) if "_" in text else text


def _as_seen(letter: str) -> str:
    if letter.isspace() or letter in _DRAWN or letter in _JOINERS:
        return letter
    category = unicodedata.category(letter)
    if category in _UNTOLD:
        return "" if letter in _SHOWS_NOTHING else _REPLACEMENT
    return "" if letter in _SHOWS_NOTHING or category in {"Cc", "Cf"} else letter


def _with_joiners_at_work(text: str) -> Iterator[str]:
    for before, letter, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if letter not in _JOINERS or (_is_joined(before) and _is_joined(after)):
            yield letter


def _is_joined(letter: str) -> bool:
    return letter >= _FIRST_JOINED and unicodedata.category(letter)[0] in "LM"


def guarded(text: str) -> str:
    """Text for CSV that no spreadsheet program will run: an apostrophe before whatever could begin a formula."""
    return _BEGINS_FORMULA.sub(r"\1'", text)


def unguarded(text: str) -> str:
    """A guarded text as it was."""
    return _GUARDED.sub(r"\1", text)
