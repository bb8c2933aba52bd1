"""A JPEG inside a PDF without its notes: the picture's own segments are copied, all others are left out.

Nothing is decoded, so nothing is lost. Segments after ITU-T T.81 annex B; JFIF 1.02; Adobe technical note 5116.
"""

from __future__ import annotations

import re

_NEXT_MARK = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_ALONE = {0x01, *range(0xD0, 0xD8)}
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
# Frames, tables, restart interval: all that a decoder needs. 0xC8 and 0xDE, 0xDF (extensions) are in no real file.
_PICTURE = {*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD} - {0xC8}


class JpegFormError(ValueError):
    """The bytes do not follow the form of a JPEG."""


def without_notes(raw: bytes) -> bytes:
    """The same picture without application segments, comments and what follows its end.

    Raises JpegFormError. A missing end is put right.
    """
    at = raw.find(b"\xff\xd8\xff")
    if at < 0:
        raise JpegFormError
    kept = [b"\xff\xd8"]
    scans = 0
    at += 2
    while True:
        mark, at = _mark(raw, at)
        if mark in {_END, None}:
            break
        if mark in _ALONE or mark == _START:
            continue
        size = int.from_bytes(raw[at : at + 2], "big")
        segment = raw[at : at + size]
        if size < 2 or len(segment) < size:
            raise JpegFormError
        at += size
        head = bytes((0xFF, mark or 0))
        if mark == _SCAN:
            found = _NEXT_MARK.search(raw, at)
            end = found.start() if found else len(raw)
            kept += [head, segment, raw[at:end]]
            at = end
            scans += 1
        elif mark in _PICTURE:
            kept += [head, segment]
        elif mark == 0xE0 and segment[2:7] == b"JFIF\0" and size >= 16:
            kept += [head, b"\0\x10", segment[2:14], b"\0\0"]  # without its thumbnail
        elif mark == 0xEE and segment[2:7] == b"Adobe" and size >= 14:
            kept += [head, b"\0\x0e", segment[2:14]]  # tells how its colours are coded
    if not scans:
        raise JpegFormError
    return b"".join([*kept, b"\xff\xd9"])


def _mark(raw: bytes, at: int) -> tuple[int | None, int]:
    """The next mark and where its segment begins; None at the end of the bytes."""
    if at >= len(raw):
        return None, at
    if raw[at] != 0xFF:
        raise JpegFormError
    while at < len(raw) and raw[at] == 0xFF:
        at += 1
    return (raw[at], at + 1) if at < len(raw) else (None, at)
