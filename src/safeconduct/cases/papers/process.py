"""The parent's side: start a child for one document, hand it over by pipe, and weigh the answer.

The desk holds unlocked keys in its memory, so the child is never forked from it to go on in a copy of that memory: it
is a fresh interpreter with an empty environment and no open file but its three pipes. What it answers is believed no
more than the document was: only codes, numbers and bytes are taken, and the bytes' kind is looked at again.
"""

from __future__ import annotations

import hashlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from safeconduct.cases.papers.kinds import kind_of
from safeconduct.cases.papers.limits import MEGABYTE, Limits
from safeconduct.cases.papers.noticed import Notice, sentences
from safeconduct.cases.papers.paper import Kind, Paper
from safeconduct.cases.papers.refusals import refusal
from safeconduct.core.errors import (
    BadPaper,
    PaperNeedsLinux,
    PaperReadersBusy,
    PaperReaderStopped,
    PaperTooManyBytes,
    PaperTooSlow,
)
from safeconduct.sheets.confining import interpreter_for

CHUNK = 1 << 18
ANSWER_LINE = 1 << 16
CHILD = (
    "import sys; sys.path[:] = {path!r}; from safeconduct.cases.papers.child import main; main()"
)
WIDEST = 4000
# Documents read at once in one process: each may take the memory of its limits.
_READERS = threading.BoundedSemaphore(2)

_NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    Kind.PNG: ("png",),
    Kind.WEBP: ("webp",),
    Kind.GIF: ("gif",),
    Kind.TIFF: ("tif", "tiff"),
    Kind.PDF: ("pdf",),
}


def cleaned(raw: bytes, *, told_name: str = "", limits: Limits | None = None) -> Paper:
    """A document without what it carries unseen. Its kind is decided by its content; `told_name` is only compared.

    Raises BadPaper, and PaperNeedsLinux where the system cannot limit a process.
    """
    limits = limits or Limits()
    _check_bytes(raw, limits)
    given = kind_of(raw)
    answer, contents = _asked({"do": "clean", "kind": given}, raw, limits)
    try:
        kind = Kind(answer["kind"])
        numbers = [answer["pages"], answer["width"], answer["height"]]
        noticed = {str(each) for each in answer["noticed"]}
        believable = kind_of(contents) is kind and all(
            isinstance(each, int) or each is None for each in numbers
        )
    except (BadPaper, KeyError, TypeError, ValueError) as error:
        raise PaperReaderStopped from error
    if not believable:
        raise PaperReaderStopped
    ending = Path(told_name).suffix.lower().removeprefix(".")
    known = {each for names in _NAMES.values() for each in names}
    if ending in known and ending not in _NAMES.get(given, ()):
        noticed.add(Notice.OTHER_NAME.name)
    return Paper(
        kind=kind,
        contents=contents,
        pages=numbers[0] or 1,
        width=numbers[1],
        height=numbers[2],
        sha256=hashlib.sha256(contents).hexdigest(),
        noticed=sentences(noticed),
    )


def preview(
    contents: bytes, kind: Kind, *, page: int = 1, width: int = 1000, limits: Limits | None = None
) -> bytes:
    """One page (from 1) as a PNG in memory, at most `width` pixels wide; of a text its beginning in UTF-8.

    A text is not drawn, since the page that shows it has the better letters: serve it as text/plain, escaped.
    Raises BadPaper, and PaperNeedsLinux where the system cannot limit a process.
    """
    limits = limits or Limits()
    order = {"do": "preview", "kind": kind, "page": page, "width": max(16, min(width, WIDEST))}
    answer, drawn = _asked(order, contents, limits)
    if answer.get("kind") != kind or (kind is not Kind.TEXT and not drawn.startswith(b"\x89PNG")):
        raise PaperReaderStopped
    return drawn


def _check_bytes(raw: bytes, limits: Limits) -> None:
    if len(raw) > limits.given_bytes:
        size = -(-len(raw) // MEGABYTE)
        raise PaperTooManyBytes(size=size, limit=limits.given_bytes // MEGABYTE)


def _asked(order: Mapping[str, object], raw: bytes, limits: Limits) -> tuple[dict[str, Any], bytes]:
    """The child's answer and the bytes after it. Raises BadPaper as the child did, or for how the child ended."""
    if not sys.platform.startswith("linux"):
        raise PaperNeedsLinux(system=sys.platform)
    if not _READERS.acquire(timeout=limits.seconds):
        raise PaperReadersBusy
    try:
        said = _conversation(order, raw, limits)
    finally:
        _READERS.release()
    line, _, contents = said.partition(b"\n")
    try:
        answer = json.loads(line) if len(line) <= ANSWER_LINE else None
    except ValueError as error:
        raise PaperReaderStopped from error
    if not isinstance(answer, dict):
        raise PaperReaderStopped
    if "refused" in answer:
        raise refusal(answer["refused"], answer.get("where"))
    return answer, contents


def _conversation(order: Mapping[str, object], raw: bytes, limits: Limits) -> bytes:
    first = json.dumps({**order, "limits": asdict(limits)}).encode() + b"\n"
    child = subprocess.Popen(  # noqa: S603
        interpreter_for(CHILD),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Where a parser complains it may quote the document.
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={},
        cwd="/",
        close_fds=True,
    )
    try:
        said = _exchange(child, [memoryview(first), memoryview(raw)], limits)
        child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        raise PaperTooSlow(seconds=limits.seconds) from None
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()
    if child.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise PaperTooSlow(seconds=limits.seconds)
    if child.returncode != 0:
        raise PaperReaderStopped
    return said


def _exchange(child: subprocess.Popen[bytes], orders: list[memoryview], limits: Limits) -> bytes:
    """Say all that is to be said while hearing what comes, under one deadline. Raises BadPaper."""
    assert child.stdin is not None
    assert child.stdout is not None
    deadline = time.monotonic() + limits.seconds
    heard = bytearray()
    os.set_blocking(child.stdin.fileno(), False)
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdin, selectors.EVENT_WRITE)
        selector.register(child.stdout, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            ready = selector.select(left) if left > 0 else []
            if not ready:
                raise PaperTooSlow(seconds=limits.seconds)
            for key, _ in ready:
                if key.fileobj is child.stdout:
                    chunk = os.read(key.fd, CHUNK)
                    heard += chunk
                    if not chunk:
                        selector.unregister(child.stdout)
                    elif len(heard) > limits.kept_bytes + ANSWER_LINE:
                        raise PaperReaderStopped
                elif not _say(key.fd, orders):
                    selector.unregister(child.stdin)
                    child.stdin.close()
    return bytes(heard)


def _say(pipe: int, orders: list[memoryview]) -> bool:
    """Write as much as goes in; whether anything is left to say. A child that ended is heard out all the same."""
    try:
        written = os.write(pipe, orders[0][:CHUNK])
    except BrokenPipeError:
        return False
    orders[0] = orders[0][written:]
    if not orders[0]:
        orders.pop(0)
    return bool(orders)
