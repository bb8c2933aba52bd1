"""Writing files whole or not at all: what is seen at a path is always finished, also after Ctrl-C
or a kill.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from safeconduct.core.errors import BeingWritten, CannotWrite, WouldReplaceInput
from safeconduct.core.plain_text import neutral

UNFINISHED = ".part-"


@contextmanager
def written_whole(path: Path) -> Iterator[IO[str]]:
    """Give a UTF-8 text file to write to; it takes its place at `path` only when the block ends well.

    Until then it has another name beside `path`, so that the move is one step of the file system.
    Only its owner may read it: what we write is about people at risk. Raises CannotWrite.
    """
    unfinished: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        unfinished = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as problem:
        raise CannotWrite(path=path, problem=problem.strerror) from problem
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)


@contextmanager
def folder_written_whole(folder: Path) -> Iterator[Path]:
    """Give an empty folder to fill; its files take their places in `folder` only when the block ends well.

    While they move, Ctrl-C waits, and no other run may write there. Files that were in `folder` before and have
    no new version stay as they were. Raises CannotWrite, BeingWritten.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder), tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder) as name:
            for left in folder.glob(f"{UNFINISHED}*"):
                if left != Path(name):  # of a run that was killed: nobody else writes here now
                    shutil.rmtree(left)
            unfinished = Path(name)
            yield unfinished
            with _ctrl_c_waiting():
                for made in sorted(unfinished.iterdir()):
                    made.replace(folder / made.name)
    except CannotWrite as refusal:
        # Told of the file that was asked for, not of its unfinished double.
        name = Path(str(refusal.where["path"])).name
        raise CannotWrite(path=folder / name, problem=refusal.where["problem"]) from refusal
    except OSError as problem:
        raise CannotWrite(path=folder, problem=problem.strerror) from problem


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """A lock that goes with the process: a run that was killed leaves none behind."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as taken:
        raise BeingWritten(path=folder) from taken
    finally:
        os.close(handle)


@contextmanager
def _ctrl_c_waiting() -> Iterator[None]:
    """Ctrl-C is heard when the block is done: it lasts for a handful of renames.

    A handler of our own and not a mask: the engines have threads, and any of them could take the signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if pressed:
            signal.raise_signal(signal.SIGINT)


def refuse_to_replace(out: Path, given: Iterable[Path]) -> None:
    """Raises WouldReplaceInput where `out` is one of the files that are read."""
    if any(out.resolve() == each.resolve() for each in given):
        raise WouldReplaceInput(path=out)


def csv_line(cells: Iterable[object], *, exact: bool = False) -> str:
    """One line of CSV (RFC 4180). Cells are made neutral, but for `exact` ones."""
    as_text = _exact if exact else _neutral
    return ",".join(_quoted(as_text(cell)) for cell in cells) + "\r\n"


def write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, exact: bool = False
) -> None:
    """Write a whole CSV file in UTF-8 with a heading line.

    `exact` is for the engines' plain files, whose ids must join back to the user's own input letter by letter.
    """
    with written_whole(path) as file:
        file.write(csv_line(columns))
        file.writelines(csv_line(row, exact=exact) for row in rows)


def _neutral(cell: object) -> str:
    return neutral(cell) if isinstance(cell, str) else _exact(cell)


def _exact(cell: object) -> str:
    return "" if cell is None else str(cell)


def _quoted(text: str) -> str:
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
