"""The child process: it confines itself, reads one file from its standard input, and writes messages as JSON lines.

It is given no place on the disk. `process` starts it in a fresh interpreter.
"""

from __future__ import annotations

import gc
import json
import os
import sys

import python_calamine  # noqa: F401 (loaded before the limits fall, so that no file need be opened after)

from safeconduct.core.errors import BadSheet, SheetTooHungry
from safeconduct.sheets.confining import give_up
from safeconduct.sheets.limits import MEGABYTE, READS, Limits
from safeconduct.sheets.parse import parse


def confine(limits: Limits) -> None:
    """Give up, for good, memory, time, files and other processes beyond the limits."""
    give_up(memory_bytes=limits.memory_bytes, seconds=limits.seconds, open_files=32)


def main() -> None:
    """Read `file` and `limits` from the environment, the bytes from standard input."""
    told = json.loads(os.environ.pop(READS))
    limits = Limits(**told["limits"])
    file = told["file"]
    confine(limits)
    gc.disable()  # cells hold no cycles, and this process ends soon
    out = sys.stdout.buffer
    try:
        data = sys.stdin.buffer.read()
        for message in parse(data, file, limits):
            out.write(
                json.dumps(message, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
            )
    except BadSheet as error:
        out.write(json.dumps({"refused": error.code, "where": error.where}).encode() + b"\n")
    except MemoryError:
        most = limits.memory_bytes // MEGABYTE
        where = {"file": file, "limit": most}
        out.write(json.dumps({"refused": SheetTooHungry.code, "where": where}).encode() + b"\n")
    out.flush()
