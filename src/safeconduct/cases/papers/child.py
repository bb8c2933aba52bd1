"""The child process: it confines itself, reads one document from its standard input, answers, and ends.

It is started by `process` in a fresh interpreter with an empty environment. An order and an answer are one line of
JSON, followed by bytes as they are.
"""

from __future__ import annotations

import gc
import json
import sys
from typing import Any

from safeconduct.cases.papers import cleaning, previewing
from safeconduct.cases.papers.limits import MEGABYTE, Limits
from safeconduct.cases.papers.paper import Kind
from safeconduct.core.errors import BadPaper, PaperTooHungry
from safeconduct.sheets.confining import give_up


def confine(limits: Limits) -> None:
    """Give up, for good, memory and time beyond the limits, and all opening of files, sockets and processes.

    Three open files are allowed and three are open (in, out, errors): whatever a parser is brought to do, it can
    neither read a key from the disk nor send one away.
    """
    give_up(memory_bytes=limits.memory_bytes, seconds=limits.seconds, open_files=3)


def main() -> None:
    """Read the order and the document, write the answer."""
    order = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**order["limits"])
    kind = Kind(order["kind"])
    work = cleaning if order["do"] == "clean" else previewing
    work.load(kind)
    confine(limits)
    gc.disable()  # one document, then the end
    raw = sys.stdin.buffer.read()
    answer: dict[str, Any]
    contents = b""
    try:
        if work is cleaning:
            done = cleaning.clean(raw, limits)
            contents = done.contents
            answer = {
                "kind": done.kind,
                "pages": done.pages,
                "width": done.width,
                "height": done.height,
                "noticed": sorted(done.noticed),
            }
        else:
            contents = previewing.draw(
                raw, kind, page=order["page"], width=order["width"], limits=limits
            )
            answer = {"kind": kind}
    except BadPaper as error:
        answer = {"refused": error.code, "where": error.where}
    except MemoryError:
        most = limits.memory_bytes // MEGABYTE
        answer = {"refused": PaperTooHungry.code, "where": {"limit": most}}
    out = sys.stdout.buffer
    out.write(json.dumps(answer).encode("ascii") + b"\n")
    out.write(contents)
    out.flush()
