"""A backup's file: lines, compressed, encrypted with age as they are made; whole or not there at all."""

from __future__ import annotations

import io
import json
import os
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final, cast

from safeconduct.config.deployment.backup.cells import line_of
from safeconduct.core.errors import BackupNotOpened, BackupNotWhole, BackupNotWritten, FileNotOpened
from safeconduct.vault.age import Identity, decrypt_stream, encrypt_stream

_LEVEL: Final = 1  # what is sealed does not shrink; what base64 added does
_LONGEST_LINE: Final = 256 * 1024 * 1024


class AsRead(io.RawIOBase):
    """Pieces made one after the other, read as a file is. `trouble`: what stopped them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = bytearray()
        self.trouble: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while size < 0 or len(self._held) < size:
                piece = next(self._pieces, None)
                if piece is None:
                    break
                self._held += piece
        except Exception as wrong:
            self.trouble = wrong
            raise
        taken = bytes(self._held) if size < 0 else bytes(self._held[:size])
        del self._held[: len(taken)]
        return taken


def write_encrypted(path: Path, lines: Iterator[bytes], *, recipients: Sequence[str]) -> str:
    """The lines to a file that only the recipients open. Replaces one that stood there; its SHA-256.

    Raises BackupNotWritten; then nothing of it is left and what stood there before stays.
    """
    part = path.with_name(f".{path.name}.part")
    plain = AsRead(_compressed(_ended(lines)))
    try:
        with open(part, "wb", opener=_for_us_alone) as file:
            encrypt_stream(cast("IO[bytes]", plain), file, recipients)
            file.flush()
            os.fsync(file.fileno())
        told = _digest_of(part)
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as wrong:
        if plain.trouble is not None:
            raise plain.trouble from wrong
        raise BackupNotWritten(
            folder=path.parent, problem=wrong.strerror or "it stopped"
        ) from wrong
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return told


def read_encrypted(path: Path, take: Callable[[Any], None], *, identity: Identity) -> None:
    """Give every line, but the last, to `take`. Raises BackupNotOpened; BackupNotWhole where the end is not the end.

    Lines come before the end was seen: whoever takes them keeps nothing until this returns.
    """
    sink = _Lines(path, take)
    try:
        with path.open("rb") as file:
            decrypt_stream(file, cast("IO[bytes]", sink), identity)
    except (OSError, FileNotOpened) as wrong:
        if sink.trouble is not None:
            raise sink.trouble from wrong
        raise BackupNotOpened(path=path.name) from wrong
    sink.end()


def _ended(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines, and one more that says how many they were and what their SHA-256 is."""
    told, count = sha256(), 0
    for line in lines:
        told.update(line)
        count += 1
        yield line
    yield line_of({"lines": count, "sha256": told.hexdigest()})


def _compressed(lines: Iterator[bytes]) -> Iterator[bytes]:
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    for line in lines:
        yield squeeze.compress(line)
    yield squeeze.flush()


class _Lines(io.RawIOBase):
    """What decryption writes to: it loosens, splits into lines, and holds the last one back.

    `trouble`: what stopped it, which the library in between tells in other words.
    """

    def __init__(self, path: Path, take: Callable[[Any], None]) -> None:
        self._path, self._take = path, take
        self._loosen = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._rest = b""
        self._held: bytes | None = None
        self._told, self._count = sha256(), 0
        self.trouble: Exception | None = None

    def write(self, piece: Any) -> int:
        try:
            self._take_in(bytes(piece))
        except Exception as wrong:
            self.trouble = wrong
            raise
        return len(piece)

    def _take_in(self, piece: bytes) -> None:
        try:
            loose = self._loosen.decompress(piece)
        except zlib.error as wrong:
            raise BackupNotWhole(
                path=self._path.name, problem="it is not compressed as ours are"
            ) from wrong
        *whole, self._rest = (self._rest + loose).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise BackupNotWhole(path=self._path.name, problem="a line does not end")
        for line in whole:
            self._pass_on()
            self._held = line

    def end(self) -> None:
        """The last line must say what came before it."""
        whole = {"lines": self._count, "sha256": self._told.hexdigest()}
        if self._rest or self._held is None or self._parsed(self._held) != whole:
            raise BackupNotWhole(
                path=self._path.name, problem="its last line does not fit what comes before"
            )

    def _pass_on(self) -> None:
        if self._held is None:
            return
        self._told.update(self._held + b"\n")
        self._count += 1
        self._take(self._parsed(self._held))

    def _parsed(self, line: bytes) -> Any:
        try:
            return json.loads(line)
        except ValueError as wrong:
            raise BackupNotWhole(path=self._path.name, problem="a line is not JSON") from wrong


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        told = sha256()
        while piece := file.read(1 << 20):
            told.update(piece)
    return told.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
