"""How much of a stranger's document is read before it is refused. Every number here is a choice, not a law."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The bounds of one document. A page of A4 scanned at 600 dots an inch is 35 million pixels, and fits.

    `given_bytes` bounds the document as given, `kept_bytes` as cleaned; `pixels` one picture or page, `all_pixels`
    all pages of a TIFF together; `text_bytes` a plain text; `seconds` is wall time and processor time and
    `memory_bytes` the address space of the reading process.
    """

    given_bytes: int = 40 * MEGABYTE
    kept_bytes: int = 60 * MEGABYTE
    text_bytes: int = 2 * MEGABYTE
    pages: int = 300
    pixels: int = 80_000_000
    all_pixels: int = 400_000_000
    seconds: int = 30
    memory_bytes: int = 1536 * MEGABYTE
