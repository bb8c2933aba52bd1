"""What comes by standard input, or from a file that was named in its place: text in UTF-8, whatever the locale."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from safeconduct.core.errors import NotGiven

STANDARD_INPUT = "-"
_LONGEST = 1 << 20


def first_line(what: str) -> str:
    """Of standard input, without its end. Raises NotGiven."""
    return text_given(what, STANDARD_INPUT).split("\n", 1)[0].rstrip("\r")


def text_given(what: str, where: str) -> str:
    """All of the file named, or of standard input. Raises NotGiven."""
    try:
        if where != STANDARD_INPUT:
            with Path(where).open("rb") as file:
                raw = file.read(_LONGEST)
        elif sys.stdin is None:
            raise NotGiven(what=what, problem="standard input is closed")
        elif sys.stdin.isatty():
            # Not shown while it is typed or pasted.
            return str(click.prompt(what, hide_input=True, err=True))
        else:
            raw = sys.stdin.buffer.read(_LONGEST)
        return raw.decode("utf-8-sig")
    except OSError as wrong:
        raise NotGiven(what=what, problem=wrong.strerror) from wrong
    except UnicodeDecodeError:
        raise NotGiven(what=what, problem="it is no text in UTF-8") from None
