"""Signs that nobody sees: letters need some of them, others turn a text around or hide within it.

Kept: the joiner and the non-joiner (Dari and Pashto are not written without them) and the two marks of direction.
Taken out and said: embeddings, overrides and isolates (Unicode UAX 9: a name written with them can read as another),
spaces without width, soft hyphens, tags, and commands to a machine.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_KEPT: Final = frozenset("\t\n\u200c\u200d\u200e\u200f\u061c")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs"})  # categories: commands, formats, half a letter


def is_hidden(sign: str) -> bool:
    """Whether it is taken out of what somebody types."""
    return sign not in _KEPT and unicodedata.category(sign) in _HIDDEN


def without_hidden(text: str) -> str:
    """The text in composed letters (NFC) with plain ends of lines, without the signs that nobody sees."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", "".join(sign for sign in text if not is_hidden(sign)))


def hidden_in(text: str) -> bool:
    """Whether anything but the end of a line would be taken out."""
    return any(is_hidden(sign) for sign in text if sign != "\r")


def shown(text: object) -> str:
    """A stored text with hidden signs made visible, as ⟨U+202E⟩: it may have come in by another way than a form."""
    text = str(text)
    if not any(is_hidden(sign) for sign in text):
        return text
    return "".join(f"⟨U+{ord(sign):04X}⟩" if is_hidden(sign) else sign for sign in text)
