"""A CSV file as written: read by RFC 4180 at its strictest, against the table it should hold."""

from __future__ import annotations

import re

from safeconduct.exports.files.scanning.cell_text import begins_formula, unfit
from safeconduct.exports.files.scanning.findings import Finding, Findings
from safeconduct.exports.files.table import Cell, Table

_CELL = re.compile(r'"((?:[^"]|"")*)"(,|\r\n)')
_WHOLE = "the file"


def scan_csv(data: bytes, expected: Table) -> list[Finding]:
    """All findings of a CSV file that should hold this table: every cell in quotes, lines ending in CRLF, UTF-8."""
    found = Findings()
    for sign, what in (
        (b"\xef\xbb\xbf", "begins with a byte order mark"),
        (b"\xff\xfe", "is not in UTF-8, or begins with another byte order mark"),
        (b"\xfe\xff", "is not in UTF-8, or begins with another byte order mark"),
    ):
        if data.startswith(sign):
            found.add(_WHOLE, what)
    if b"\0" in data:
        found.add(_WHOLE, "holds a NUL")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        found.add(f"byte {problem.start + 1}", "is not UTF-8")
        return found.listed()
    _compare(_lines(text, found), expected, found)
    return found.listed()


def _lines(text: str, found: Findings) -> list[list[str]]:
    """The cells of each line, as far as the text can be read."""
    lines: list[list[str]] = [[]]
    at = 0
    while at < len(text):
        match = _CELL.match(text, at)
        if match is None:
            found.add(
                f"line {len(lines)}",
                "is not written as cells in quotation marks, or bytes stand behind its end",
            )
            break
        lines[-1].append(match[1].replace('""', '"'))
        if match[2] != ",":
            lines.append([])
        at = match.end()
    if lines[-1]:
        found.add(f"line {len(lines)}", "does not end as a line ends")
        return lines
    return lines[:-1]


def _compare(lines: list[list[str]], expected: Table, found: Findings) -> None:
    wanted: list[tuple[Cell, ...]] = [expected.headings, *expected.rows]
    if len(lines) != len(wanted):
        found.add(_WHOLE, f"has {len(lines)} lines, where {len(wanted)} are expected")
    for number, line in enumerate(lines, 1):
        row = wanted[number - 1] if number <= len(wanted) else ()
        if len(line) != len(row):
            found.add(f"line {number}", f"has {len(line)} cells, where {len(row)} are expected")
        for column, cell in enumerate(line, 1):
            due = row[column - 1] if column <= len(row) else None
            _check(cell, due, f"line {number}, cell {column}", found)


def _check(cell: str, due: Cell, where: str, found: Findings) -> None:
    is_number = isinstance(due, int | float)
    if begins_formula(cell) and not (is_number and cell == str(due)):
        found.add(where, "begins as a formula, which a spreadsheet program would run")
    if wrong := unfit(cell):
        found.add(where, f"is not fit to leave: {wrong}")
    is_text = isinstance(due, str)
    if not (_is_guarded(cell, str(due)) if is_text else cell == ("" if due is None else str(due))):
        found.add(where, "is not what the table holds")


def _is_guarded(cell: str, due: str) -> bool:
    """Whether the cell is what is due, but for apostrophes where a formula could have begun, and for none elsewhere."""
    pieces, wanted = cell.split(";"), due.split(";")
    return len(pieces) == len(wanted) and all(
        piece == (f"'{want}" if begins_formula(want.lstrip(" '\"")) else want)
        for piece, want in zip(pieces, wanted, strict=True)
    )
