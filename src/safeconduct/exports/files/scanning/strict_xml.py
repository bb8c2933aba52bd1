"""A reader of XML to which every byte must mean something: no spare blank, no second way to write a thing.

Whoever asks is told of elements and text as with any reader; meanwhile each event is written out again in the one way
that is allowed here and compared with the bytes. A comment, an instruction, an entity, a blank between attributes:
whatever the elements and text do not account for is found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from safeconduct.exports.files.scanning.findings import Findings

Start = Callable[[str, list[str]], None]
Words = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a kind of document is written: how it begins, and which elements close themselves (None: all empty ones)."""

    beginning: bytes
    closing_themselves: frozenset[str] | None = None


class StrictReader:
    """Reads one document. `start` is given a name and [attribute, value, attribute, value ...] in the order written."""

    def __init__(self, ways: Ways, *, start: Start, text: Words, end: Words) -> None:
        self._ways, self._start, self._text, self._end = ways, start, text, end
        self._data, self._at, self._open = b"", 0, ""
        self._lost: int | None = None  # the first byte that is not accounted for

    def read(self, data: bytes, where: str, found: Findings) -> bool:
        """Read it all, adding findings; whether it could be read to its end."""
        self._data = data
        parser = expat.ParserCreate("UTF-8")  # whatever the document says of itself
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        parser.CommentHandler = lambda _: found.add(where, "holds a comment of XML")
        parser.ProcessingInstructionHandler = lambda *_: found.add(
            where, "holds an instruction to programs"
        )
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        self._account(self._ways.beginning)
        # HTML's first line is no XML: its document begins behind it.
        skipped = len(self._ways.beginning) if self._is_html(data) else 0
        try:
            parser.Parse(data[skipped:], True)
        except _Declared:
            found.add(where, "declares a document type or an entity")
            return False
        except expat.ExpatError as problem:
            found.add(f"{where}, line {problem.lineno}", "is not well-formed")
            return False
        if self._lost is None and self._at != len(data):
            self._lost = self._at
        if self._lost is not None:
            found.add(
                f"{where}, byte {self._lost + 1}",
                "holds bytes that its elements and text do not account for",
            )
        return True

    def _is_html(self, data: bytes) -> bool:
        return self._ways.beginning.startswith(b"<!DOCTYPE") and data.startswith(
            self._ways.beginning
        )

    def _account(self, written: bytes) -> None:
        if self._lost is None:
            if self._data.startswith(written, self._at):
                self._at += len(written)
            else:
                self._lost = self._at

    def _on_start(self, name: str, attributes: list[str]) -> None:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        told = "".join(f' {key}="{_quoted(value)}"' for key, value in pairs)
        self._account(f"{'>' if self._open else ''}<{name}{told}".encode())
        self._open = name
        self._start(name, attributes)

    def _on_text(self, text: str) -> None:
        self._account(f"{'>' if self._open else ''}{_escaped(text)}".encode())
        self._open = ""
        self._text(text)

    def _on_end(self, name: str) -> None:
        closes = self._ways.closing_themselves
        if self._open and (closes is None or name in closes):
            self._account(b"/>")
        else:
            self._account(f"{'>' if self._open else ''}</{name}>".encode())
        self._open = ""
        self._end(name)


class _Declared(Exception):  # noqa: N818 (a way out of the parser, never seen outside)
    pass


def _refuse(*_: object) -> None:
    raise _Declared


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', "&quot;")
