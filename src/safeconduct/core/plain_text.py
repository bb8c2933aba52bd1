"""Text of any keyboard made plain for reading dates and numbers. Names have their own ways in core/names."""

from __future__ import annotations

import unicodedata

# Letters that one word is typed with on Arabic, Dari and Pashto keyboards, and marks that are not seen.
_LETTERS = {ord(a): b for a, b in zip("يىېۍئكګةۀأإآٱؤ", "یییییکگههااااو", strict=True)}
_UNSEEN = {0x0640, *range(0x064B, 0x0653), *range(0x200B, 0x2010), *range(0x202A, 0x202F)}
_UNSEEN |= {*range(0x2066, 0x206A), 0xFEFF, 0x00AD}
_TABLE: dict[int, str | None] = {**_LETTERS, **dict.fromkeys(_UNSEEN)}

_UNKNOWN_WORDS = frozenset(
    """
    unknown|unkown|unknow|unk|not known|n/a|na|n.a|n.a.|n\\a|not applicable|not available
    not provided|not given|not stated|not sure|unsure|don't know|dont know|do not know|dk
    none|nil|null|nan|#n/a|missing|blank|empty|no data|no info|no information
    tbc|tba|tbd|t.b.c|t.b.c.|to be confirmed|to follow|pending|awaiting|xx|xxx|xxxx
    dd/mm/yyyy|00/00/0000|0000-00-00
    نامعلوم|نا معلوم|نامشخص|معلوم نیست|معلوم نشده|نمی دانم|نمیدانم|ندارد|نیست|معلوم نه دی|نه دی معلوم|نلری
    """.replace("\n", "|")
    .replace("    ", "")
    .split("|")
) - {""}
_MARKS = frozenset("-–—−?؟._/*,،: ")


def plain(text: str) -> str:
    """Lower case; digits of any script as 0-9; one form of each letter; no marks that are not seen."""
    if text.isascii():
        return text.strip().lower()
    text = unicodedata.normalize("NFKC", text).translate(_TABLE)
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return text.strip().lower()


def says_unknown(text: str | None) -> bool:
    """Whether a cell is empty or says in words that nothing is known: "n/a", "-", "TBC", "نامعلوم"."""
    if not text:
        return True
    told = " ".join(plain(text).split()).strip("()[]\"'")
    return told in _KNOWN_AS_UNKNOWN or _MARKS.issuperset(told)


_KNOWN_AS_UNKNOWN = frozenset(plain(word) for word in _UNKNOWN_WORDS)


# A cell that begins with one of these is run as a formula by spreadsheet programs (OWASP, "CSV Injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """Text that no spreadsheet program will run: what starts like a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def without_apostrophe(text: str) -> str:
    """A neutral text as it was."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA_STARTS) else text
