"""What a document is once it is clean."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class Kind(enum.StrEnum):
    """What a document is, by its content. WebP and GIF are taken but not kept: they become JPEG or PNG."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    TIFF = "tiff"
    PDF = "pdf"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A cleaned document, ready to be sealed.

    `width` and `height` are those of its first page: pixels of a picture, points (1/72 inch) of a PDF, None of a text.
    `sha256` is of the cleaned bytes, in hex; whoever has the document can tell it by this, so it is sealed too.
    `noticed` says in sentences what was removed or should be known; it never quotes the document.
    """

    kind: Kind
    contents: bytes = field(repr=False)
    pages: int
    width: int | None
    height: int | None
    sha256: str
    noticed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What the reading process hands back; `noticed` by code (`noticed.Notice`), for its words are not trusted."""

    kind: Kind
    contents: bytes = field(repr=False)
    pages: int
    width: int | None
    height: int | None
    noticed: frozenset[str]
