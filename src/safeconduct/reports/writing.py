"""Writing files whole or not at all: what is seen at a path is always finished, also after Ctrl-C
or a kill.
"""

from __future__ import annotations

import csv
import errno
import fcntl
import io
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from safeconduct.core.errors import BeingWritten, CannotWrite, WouldReplaceInput
from safeconduct.core.plain_text import neutral

UNFINISHED = ".part-"
_NEW, _OLD = "new", "old"


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
def folder_written_whole(folder: Path, subfolders: Sequence[str] = ()) -> Iterator[Path]:
    """Give an empty folder to fill, with its `subfolders`; its files take their places only when the block ends well.

    While they move, Ctrl-C waits, and no other run may write there. Files that were in `folder` before and have
    no new version stay as they were. Raises CannotWrite, BeingWritten.

    No file system moves many files in one step. Earlier versions are therefore all taken away before the first new
    one is put: whoever looks meanwhile, or after a kill, may miss files and never sees two versions mixed. The next
    run to write there first ends what a killed one had begun. A loss of power may still cost what was moved last.
    """
    unfinished: Path | None = None
    try:
        for each in (folder, *(folder / name for name in subfolders)):
            each.mkdir(parents=True, exist_ok=True)
        with ExitStack() as held:
            for each in (folder, *(folder / name for name in subfolders)):
                held.enter_context(_alone_in(each))
            _end_what_was_killed(folder)
            run = Path(
                held.enter_context(tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=folder))
            )
            unfinished = run / _NEW
            for each in (unfinished, *(unfinished / name for name in subfolders)):
                each.mkdir()
            yield unfinished
            with _ctrl_c_waiting():
                _put_in_place(run, folder)
    except CannotWrite as refusal:
        # Told of the file that was asked for, not of its unfinished double.
        told = Path(str(refusal.where["path"]))
        if unfinished is not None and told.is_relative_to(unfinished):
            told = folder / told.relative_to(unfinished)
        raise CannotWrite(path=told, problem=refusal.where["problem"]) from refusal
    except OSError as problem:
        raise CannotWrite(path=folder, problem=problem.strerror) from problem


def _put_in_place(run: Path, folder: Path) -> None:
    """Take earlier versions away to the run's folder, then put the new ones; put all back where that fails.

    The folder of earlier versions is the sign that the new ones are whole: a run that was killed later is ended.
    """
    new, old = run / _NEW, run / _OLD
    made = sorted(each.relative_to(new) for each in new.rglob("*") if each.is_file())
    for name in made:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    for each in {old, *((old / name).parent for name in made)}:
        each.mkdir(parents=True, exist_ok=True)
    try:
        for name in made:
            if (folder / name).exists():
                (folder / name).replace(old / name)
        for name in made:
            (new / name).replace(folder / name)
    except OSError:
        for name in made:
            if not (new / name).exists():
                (folder / name).replace(new / name)
            if (old / name).exists():
                (old / name).replace(folder / name)
        raise


def _end_what_was_killed(folder: Path) -> None:
    """Runs that were killed: what was whole takes its place, the rest goes. Nobody else writes here now."""
    for run in sorted(folder.glob(f"{UNFINISHED}*")):
        if (run / _OLD).is_dir():
            with _ctrl_c_waiting():
                _put_in_place(run, folder)
        shutil.rmtree(run)


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
    line = io.StringIO(newline="")
    csv.writer(line).writerow(_texts(cells, exact=exact))
    return line.getvalue()


def write_csv(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, exact: bool = False
) -> None:
    """Write a whole CSV file in UTF-8 with a heading line.

    `exact` is for the engines' plain files, whose ids must join back to the user's own input letter by letter.
    """
    with written_whole(path) as file:
        writer = csv.writer(file)  # its lines end in CRLF, its quotes are as few as they can be
        writer.writerow(_texts(columns))
        # What `_texts` does to exact cells the csv module does itself, several times as fast; but for a cell alone.
        writer.writerows(
            row if exact and len(row) > 1 else _texts(row, exact=exact) for row in rows
        )


def _texts(cells: Iterable[object], *, exact: bool = False) -> list[str]:
    """Cells as they are written. A row that is one empty cell is an empty line: the csv module would quote it."""
    texts = ["" if cell is None else str(cell) for cell in _as_wanted(cells, exact=exact)]
    return texts if texts != [""] else []


def _as_wanted(cells: Iterable[object], *, exact: bool) -> Iterable[object]:
    return cells if exact else (neutral(cell) if isinstance(cell, str) else cell for cell in cells)
