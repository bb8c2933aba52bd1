"""A JPEG 2000 picture inside a PDF without its notes. Boxes and marks after ISO/IEC 15444-1 annexes A and I."""

from __future__ import annotations

_CODESTREAM = b"\xff\x4f\xff\x51"
_KEPT = {b"jP  ", b"ftyp", b"jp2h", b"jp2c", b"rreq"}


class Jpeg2000FormError(ValueError):
    """The bytes do not follow the form of JPEG 2000."""


def without_notes(raw: bytes) -> bytes:
    """The same picture without XML, UUID and other boxes and without comments. Raises Jpeg2000FormError."""
    if raw.startswith(_CODESTREAM):
        return _without_comments(raw)
    kept = []
    at = 0
    while at + 8 <= len(raw):
        size, name, head = int.from_bytes(raw[at : at + 4], "big"), raw[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(raw[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(raw) - at
        if size < head:
            raise Jpeg2000FormError
        body = raw[at + head : at + size]
        if name == b"jp2c":
            body = _without_comments(body)
        if name in _KEPT:
            kept.append((len(body) + 8).to_bytes(4, "big") + name + body)
        at += size
    if not any(box[4:8] == b"jp2c" for box in kept):
        raise Jpeg2000FormError
    return b"".join(kept)


def _without_comments(stream: bytes) -> bytes:
    """A codestream without the comments of its main header, which ends where the first tile begins."""
    if not stream.startswith(_CODESTREAM):
        raise Jpeg2000FormError
    kept = [stream[:2]]
    at = 2
    while True:
        mark = stream[at : at + 2]
        if mark == b"\xff\x90":
            break
        size = int.from_bytes(stream[at + 2 : at + 4], "big")
        if len(mark) < 2 or mark[0] != 0xFF or size < 2:
            raise Jpeg2000FormError
        if mark != b"\xff\x64":
            kept.append(stream[at : at + 2 + size])
        at += 2 + size
    return b"".join([*kept, stream[at:]])
