"""The ZIP file around a workbook, read from its bytes: every byte belongs to a header, a part or the directory.

Two readers of one ZIP file may see two files, for its names and sizes stand in it twice and its parts may lie anywhere
(PKWARE, APPNOTE.TXT 6.3.10). Ours has one reading: parts without a gap, then the directory, then its end.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from safeconduct.exports.files.scanning.findings import Findings
from safeconduct.exports.files.scanning.sins import part_in_words

MOST_INFLATED = 1 << 30
_WHOLE = "the package"
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
# As every part of ours is told: version 2.0, no flags, deflated, no time (1 January 1980), no extras, no comment.
_AS_OURS = (20, 0, 8, 0, 33)
_ATTRIBUTES = 0o600 << 16


@dataclass(frozen=True, slots=True)
class _Entry:
    name: bytes
    fixed: tuple[int, ...]  # version, flags, method, time, date
    sizes: tuple[int, ...]  # checksum, squeezed, whole
    offset: int


def parts_of(data: bytes, allowed: frozenset[str], found: Findings) -> dict[str, bytes]:
    """The parts that are allowed, by name, with findings for all else. Of a name that stands twice, the first."""
    end = data.rfind(b"PK\5\6")
    if end < 0 or len(data) < end + _END.size:
        found.add(_WHOLE, "has no directory: it is cut short or no ZIP file")
        return {}
    _, disk, first_disk, here, entries, size, start, comment = _END.unpack_from(data, end)
    if comment or len(data) != end + _END.size:
        found.add(_WHOLE, "has a comment, or bytes behind its end")
    if disk or first_disk or here != entries or start + size != end:
        found.add(_WHOLE, "has a directory that does not stand where its end says")
    listed = _directory(data[:end], start, entries, found)
    inflated: dict[str, bytes] = {}
    at = 0
    for number, entry in enumerate(sorted(listed, key=lambda each: each.offset), 1):
        name = entry.name.decode("utf-8", "replace")
        where = f"part {number} of the package"
        if name in inflated:
            found.add(where, "stands under a name that another part has")
        elif name not in allowed:
            found.add(where, part_in_words(name))
        if entry.offset != at:
            found.add(where, "has bytes before it that belong to no part")
        raw, at = _raw(data, entry, where, found)
        whole = _inflated(raw, entry, where, found)
        if name in allowed and whole is not None:
            inflated.setdefault(name, whole)
    if at != start:
        found.add(_WHOLE, "has bytes between its parts and its directory that belong to neither")
    for name in sorted(allowed - inflated.keys()):
        found.add(_WHOLE, f"lacks its part {name}")
    return inflated


def _directory(data: bytes, start: int, entries: int, found: Findings) -> list[_Entry]:
    listed: list[_Entry] = []
    at = start
    for number in range(1, entries + 1):
        where = f"entry {number} of the directory"
        if at + _CENTRAL.size > len(data) or data[at : at + 4] != b"PK\1\2":
            found.add(where, "is missing or cut short")
            return listed
        _, made_by, *told = _CENTRAL.unpack_from(data, at)
        fixed, sizes, (name, extra, comment, disk, inner, outer, offset) = (
            tuple(told[:5]),
            tuple(told[5:8]),
            told[8:],
        )
        if extra or comment:
            found.add(where, "has an extra field or a comment")
        if made_by != 20 or fixed != _AS_OURS or (disk, inner, outer) != (0, 0, _ATTRIBUTES):
            found.add(
                where, "tells of a time, a machine, a flag or a way of packing that ours never has"
            )
        at += _CENTRAL.size
        listed.append(_Entry(data[at : at + name], fixed, sizes, offset))
        at += name + extra + comment
    if at != len(data):
        found.add("the directory", "has bytes behind its last entry")
    return listed


def _raw(data: bytes, entry: _Entry, where: str, found: Findings) -> tuple[bytes, int]:
    """The squeezed bytes of a part, and where they end."""
    at = entry.offset
    if at + _LOCAL.size > len(data) or data[at : at + 4] != b"PK\3\4":
        found.add(where, "is not where the directory says")
        return b"", at
    _, *told, length, extra = _LOCAL.unpack_from(data, at)
    at += _LOCAL.size
    name = data[at : at + length]
    if (tuple(told[:5]), tuple(told[5:]), name) != (entry.fixed, entry.sizes, entry.name) or extra:
        found.add(where, "is told of otherwise in its own header than in the directory")
    at += length + extra
    return data[at : at + entry.sizes[1]], at + entry.sizes[1]


def _inflated(raw: bytes, entry: _Entry, where: str, found: Findings) -> bytes | None:
    checksum, squeezed, size = entry.sizes
    if size > MOST_INFLATED or entry.fixed[2] not in {0, 8}:
        found.add(where, "is too large to look into, or packed in an unusual way")
        return None
    if entry.fixed[2] == 0:
        whole, rest = raw, b""
    else:
        reader = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            whole = reader.decompress(raw, size + 1)
        except zlib.error:
            found.add(where, "cannot be unpacked")
            return None
        rest = reader.unused_data + reader.unconsumed_tail
        if not reader.eof or _squeezed(whole) != raw:
            # The spare bits of a packed stream can carry what no reader shows.
            found.add(where, "is not packed as its contents are packed here")
    if len(whole) != size or zlib.crc32(whole) != checksum or len(raw) != squeezed or rest:
        found.add(where, "is not of the size or the checksum that it is said to have")
    return whole


def _squeezed(whole: bytes) -> bytes:
    writer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return writer.compress(whole) + writer.flush()
