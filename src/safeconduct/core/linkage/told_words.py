"""Places, trades and codes as told, made comparable: case, marks and gaps do not make them different."""

from __future__ import annotations

import re

from safeconduct.core.plain_text import plain, says_unknown

_GAPS = re.compile(r"[^\w]+")
_NOT_OF_A_CODE = re.compile(r"[\W_]+")


def normal_words(text: str) -> str | None:
    """A place, address or trade: its words in lower case, one space between; None where it says "unknown"."""
    if says_unknown(text):
        return None
    return _GAPS.sub(" ", plain(text)).strip() or None


def normal_code(text: str) -> str | None:
    """A number or code of any office: letters and digits alone, in lower case; None where it says nothing.

    One figure throughout ("0000000") is a placeholder.
    """
    if says_unknown(text):
        return None
    code = _NOT_OF_A_CODE.sub("", plain(text))
    return code if len(set(code)) > 1 else None
