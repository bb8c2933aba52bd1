"""Long work says what it is at: bars where they can be drawn anew, plain lines where they cannot, nothing to a file."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WORK = """
from safeconduct.cli.progress import progress_shown
with progress_shown() as progress:
    for what in ("Reading rows", "Pricing", "Reading rows"):
        progress(what, 0.0)
        progress(what, 0.5)
print("done")
"""


def told(*, term: str, output_is_a_terminal: bool) -> str:
    """What somebody sees at a terminal of that name while this works."""
    ours, theirs = os.openpty()
    try:
        subprocess.run(
            [sys.executable, "-c", WORK],
            env={**os.environ, "TERM": term},
            stdin=subprocess.DEVNULL,
            stdout=theirs if output_is_a_terminal else subprocess.DEVNULL,
            stderr=theirs,
            check=True,
            timeout=60,
        )
        return os.read(ours, 100_000).decode().replace("\r\n", "\n")
    finally:
        os.close(ours)
        os.close(theirs)


@pytest.mark.parametrize(
    ("term", "output_is_a_terminal"), [("xterm-256color", False), ("dumb", True), ("", False)]
)
def test_where_no_bar_can_be_drawn_each_thing_is_a_line(term, output_is_a_terminal):
    seen = told(term=term, output_is_a_terminal=output_is_a_terminal)
    assert seen.removesuffix("done\n") == "Reading rows ...\nPricing ...\n"


def test_at_a_terminal_there_are_bars():
    assert "\x1b[" in told(term="xterm-256color", output_is_a_terminal=True)


def test_into_a_file_nothing_is_told():
    done = subprocess.run(
        [sys.executable, "-c", WORK], capture_output=True, text=True, check=True, timeout=60
    )
    assert (done.stdout, done.stderr) == ("done\n", "")
