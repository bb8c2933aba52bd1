"""A plain text made harmless: what commands a screen or hides from the eye is taken out, every letter stays."""

from __future__ import annotations

import re

from safeconduct.cases.papers.kinds import kind_of
from safeconduct.cases.papers.limits import MEGABYTE, Limits
from safeconduct.cases.papers.noticed import Notice
from safeconduct.cases.papers.paper import Cleaned, Kind
from safeconduct.core.errors import PaperNotUtf8, PaperTooManyBytes, PaperTwoKinds

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
# Embeddings, overrides and isolates: Boucher and Anderson, Trojan Source (2021). The plain marks of direction
# (U+200E, U+200F, U+061C) and the joiners (U+200C, U+200D) belong to how Dari and Pashto are written and stay.
_DIRECTION = re.compile(r"[\u202a-\u202e\u2066-\u206f]")
_UNSEEN = re.compile(
    r"[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
    r"\U000e0000-\U000e0fff]"
)


def clean_text(raw: bytes, limits: Limits) -> Cleaned:
    """The text in UTF-8, one line end for all. Raises BadPaper."""
    if len(raw) > limits.text_bytes:
        most = limits.text_bytes // MEGABYTE
        raise PaperTooManyBytes(size=-(-len(raw) // MEGABYTE), limit=most)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PaperNotUtf8 from error
    noticed = set()
    if text.startswith("\ufeff"):
        text = text[1:]
        noticed.add(Notice.MARK_OF_ORDER.name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\x85", "\n")
    for pattern, instead, notice in (
        (_CONTROLS, "\ufffd", Notice.CONTROLS),
        (_DIRECTION, "", Notice.DIRECTION),
        (_UNSEEN, "", Notice.UNSEEN_LETTERS),
    ):
        text, times = pattern.subn(instead, text)
        if times:
            noticed.add(notice.name)
    contents = text.encode("utf-8")
    if kind_of(contents) is not Kind.TEXT:  # what stood before it was unseen
        raise PaperTwoKinds(what="a text and something else")
    return Cleaned(
        kind=Kind.TEXT,
        contents=contents,
        pages=1,
        width=None,
        height=None,
        noticed=frozenset(noticed),
    )
