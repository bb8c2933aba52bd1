"""The parent's side: start the child, read what it says under a deadline, and turn its death into a sentence."""

from __future__ import annotations

import fcntl
import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from safeconduct.core.errors import (
    BadSheet,
    SheetEmpty,
    SheetNamedTwice,
    SheetNeedsLinux,
    SheetNotFound,
    SheetReaderStopped,
    SheetTooHungry,
    SheetTooManyBytes,
    SheetTooSlow,
)
from safeconduct.sheets.cells import clean
from safeconduct.sheets.confining import interpreter_for
from safeconduct.sheets.limits import MEGABYTE, READS, Limits
from safeconduct.sheets.parse import Message
from safeconduct.sheets.refusals import refusal

CHUNK = 1 << 20
# Seconds in which a child that has said all must be gone.
AFTER_ITS_ANSWER = 5.0
LONGEST_NAME = 120
CHILD = "import sys; sys.path[:] = {path!r}; from safeconduct.sheets.child import main; main()"


def read_in_child(path: Path, limits: Limits) -> Iterator[Message]:
    """The messages of one file, read in a child process. See `parse` for their form.

    Raises BadSheet, and SheetNeedsLinux where the system cannot limit a process.
    """
    if not sys.platform.startswith("linux"):
        raise SheetNeedsLinux(system=sys.platform)
    with _opened(path, limits) as opened:
        yield from _messages(opened, path.name, limits)


def read_bytes_in_child(content: bytes, name: str, limits: Limits) -> Iterator[Message]:
    """The same for a file that somebody sent and that never touches the disk. `name` is what it was called.

    Raises BadSheet, and SheetNeedsLinux where the system cannot limit a process.
    """
    if not sys.platform.startswith("linux"):
        raise SheetNeedsLinux(system=sys.platform)
    name = file_name(name)
    _check_size(len(content), name, limits)
    with _in_memory(content) as opened:
        yield from _messages(opened, name, limits)


def reader_of(contents: Mapping[str, bytes]) -> Callable[[Path, Limits], Iterator[Message]]:
    """A reader for `reading.read_sheets` of files held in memory, by `file_name` of what they were called.

    The paths to give with it are Path(file_name(told)). It raises SheetNotFound for any other path, and
    SheetNamedTwice (at once) where two files are called the same.
    """
    held: dict[str, bytes] = {}
    for told, content in contents.items():
        name = file_name(told)
        if name in held:
            raise SheetNamedTwice(file=name)
        held[name] = content

    def read(path: Path, limits: Limits) -> Iterator[Message]:
        if path.name not in held:
            raise SheetNotFound(file=path.name)
        return read_bytes_in_child(held[path.name], path.name, limits)

    return read


def file_name(told: str) -> str:
    """What a sent file is called: no folders, nothing that is not seen, not endless; "sheet" where nothing is left."""
    last = told.encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rpartition("/")[2]
    plain = " ".join(clean(last).split())
    if len(plain) > LONGEST_NAME:
        stem, dot, suffix = plain.rpartition(".")
        suffix = dot + suffix if stem and len(suffix) <= 5 else ""
        plain = plain[: LONGEST_NAME - len(suffix)] + suffix
    return plain if plain.strip(". ") else "sheet"


def _in_memory(content: bytes) -> BinaryIO:
    """The bytes as a file that lies nowhere and that the child cannot change. What /proc calls it tells nothing."""
    opened = os.fdopen(os.memfd_create("sheet", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "w+b")
    opened.write(content)
    opened.flush()
    opened.seek(0)
    sealed = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    fcntl.fcntl(opened.fileno(), fcntl.F_ADD_SEALS, sealed)
    return opened


def _opened(path: Path, limits: Limits) -> BinaryIO:
    try:
        # Not to be held up by a named pipe: opened without waiting, and refused below.
        opened = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
    except OSError as error:
        raise SheetNotFound(file=path.name) from error
    about = os.fstat(opened.fileno())
    try:
        if not stat.S_ISREG(about.st_mode):
            raise SheetNotFound(file=path.name)
        _check_size(about.st_size, path.name, limits)
    except BadSheet:
        opened.close()
        raise
    return opened


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size == 0:
        raise SheetEmpty(file=name)
    if size > limits.file_bytes:
        told = -(-size // MEGABYTE)
        raise SheetTooManyBytes(file=name, size=told, limit=limits.file_bytes // MEGABYTE)


def _messages(opened: BinaryIO, file: str, limits: Limits) -> Iterator[Message]:
    told = json.dumps({"file": file, "limits": asdict(limits)})
    child = subprocess.Popen(  # noqa: S603
        interpreter_for(CHILD),
        stdin=opened,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Not as an argument: those can be read by everybody on the machine, and a file may bear a name.
        env={"LC_ALL": "C.UTF-8", READS: told},
        cwd="/",
        close_fds=True,
    )
    done = False
    last_words = bytearray()
    try:
        for line in _lines(child, file, limits, last_words):
            message = _understood(line, file)
            if "refused" in message:
                raise refusal(message["refused"], message["where"])
            done = done or "done" in message
            yield message
        try:
            child.wait(timeout=AFTER_ITS_ANSWER)
        except subprocess.TimeoutExpired:
            raise SheetTooSlow(file=file, seconds=limits.seconds) from None
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        for pipe in (child.stdout, child.stderr):
            if pipe is not None:
                pipe.close()
    if not done:
        raise _why_it_died(child.returncode, bytes(last_words), file, limits)


def _understood(line: bytes, file: str) -> Message:
    try:
        message = json.loads(line.decode("utf-8", "surrogatepass"))
    except ValueError as error:
        raise SheetReaderStopped(file=file, what="its answer broke off") from error
    assert isinstance(message, dict)
    return message


def _lines(
    child: subprocess.Popen[bytes], file: str, limits: Limits, last_words: bytearray
) -> Iterator[bytes]:
    """Lines of the child's answer, until it ends. Its last words are kept to be weighed, never to be shown."""
    assert child.stdout is not None
    assert child.stderr is not None
    deadline = time.monotonic() + limits.seconds
    waiting = bytearray()
    heard = 0
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        selector.register(child.stderr, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            ready = selector.select(left) if left > 0 else []
            if not ready:
                raise SheetTooSlow(file=file, seconds=limits.seconds)
            for key, _ in ready:
                chunk = os.read(key.fd, CHUNK)
                if not chunk:
                    selector.unregister(key.fileobj)
                elif key.fileobj is child.stderr:
                    last_words += chunk[: 4096 - len(last_words)]
                else:
                    heard += len(chunk)
                    if heard > limits.memory_bytes:
                        raise SheetTooHungry(file=file, limit=limits.memory_bytes // MEGABYTE)
                    waiting += chunk
                    if b"\n" in chunk:
                        *whole, waiting = waiting.split(b"\n")
                        yield from map(bytes, whole)


def _why_it_died(code: int, last_words: bytes, file: str, limits: Limits) -> BadSheet:
    if code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return SheetTooSlow(file=file, seconds=limits.seconds)
    if b"memory allocation" in last_words or b"MemoryError" in last_words:
        return SheetTooHungry(file=file, limit=limits.memory_bytes // MEGABYTE)
    return SheetReaderStopped(file=file, what="something in it cannot be read")
