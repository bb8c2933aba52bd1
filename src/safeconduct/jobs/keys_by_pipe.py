"""Keys from the desk to the process of one job: framed bytes through a pipe, nothing in arguments, environment or disk.

Each frame is its length in four bytes, the highest first, and so many bytes: first the lease, then names and keys in
turn, to the end of the pipe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO, Final

from safeconduct.core.errors import KeysNotGiven

_MOST: Final = 1 << 20


def put_keys(pipe: IO[bytes], *, lease: str, keys: Mapping[str, bytes]) -> None:
    """Write all of it and close the pipe."""
    with pipe:
        _put(pipe, lease.encode())
        for name, key in keys.items():
            _put(pipe, name.encode())
            _put(pipe, key)


def take_keys(pipe: IO[bytes]) -> tuple[str, dict[str, bytes]]:
    """The lease and the keys, once the other side has closed. Raises KeysNotGiven where it ends before its end."""
    frames = list(_frames(pipe))
    if len(frames) % 2 == 0:
        raise KeysNotGiven
    lease, *rest = frames
    names = (name.decode() for name in rest[::2])
    return lease.decode(), dict(zip(names, rest[1::2], strict=True))


def _put(pipe: IO[bytes], told: bytes) -> None:
    pipe.write(len(told).to_bytes(4, "big") + told)


def _frames(pipe: IO[bytes]) -> Iterator[bytes]:
    while head := pipe.read(4):
        length = int.from_bytes(head, "big")
        if len(head) < 4 or length > _MOST:
            raise KeysNotGiven
        told = pipe.read(length)
        if len(told) < length:
            raise KeysNotGiven
        yield told
