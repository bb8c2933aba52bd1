"""Delimited text (.csv, .tsv): which encoding, which delimiter, and rows that survive an unclosed quotation mark."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from safeconduct.core.errors import SheetOpenQuotes

DELIMITERS = ",;\t|"
MOST_OPEN_QUOTES = 50
MOST_LINES = 300  # of one cell: more is not a note, it is an open quotation mark
OPEN_QUOTE = "open quotation mark"
ARABIC = ("cp1256", "iso8859_6", "mac_arabic")
BYTE_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class Text(NamedTuple):
    text: str
    encoding: str
    certain: bool


class Record(NamedTuple):
    """One row. `fault` names what is wrong with its cell number `at` (from 0), where something is."""

    cells: list[str]
    at: int | None = None
    fault: str = ""


def decode(data: bytes) -> Text:
    """The text in the encoding its bytes speak of; guessed, and said to be guessed, where they do not."""
    for mark, encoding in BYTE_MARKS:
        if data.startswith(mark):
            return Text(data.decode(encoding, errors="replace"), encoding, certain=True)
    if wide := wide_encoding(data):
        return Text(data.decode(wide, errors="replace"), wide, certain=True)
    try:
        return Text(data.decode("utf-8"), "utf-8", certain=True)
    except UnicodeDecodeError:
        encoding = _guess(data)
        return Text(data.decode(encoding, errors="replace"), encoding, certain=False)


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 without its mark: about every second byte of digits and delimiters is zero, and letters come out."""
    head = data[:65536]
    nulls = head.count(0)
    if nulls * 20 <= len(head):
        return None
    encoding = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    text = head.decode(encoding, errors="replace")
    usual = sum(
        "\t" <= c < "\u0250" or "\u0600" <= c < "\u0780" or "\ufb50" <= c < "\uff00" for c in text
    )
    return encoding if "\0" not in text and usual >= 0.9 * len(text) else None


def _guess(data: bytes) -> str:
    """The likeliest single-byte encoding. Arabic letters are frequent or absent, never one in a while."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 (slow to load, and most files are UTF-8)

    best = from_bytes(data[:200_000]).best()
    guess = best.encoding if best is not None else "cp1252"
    scores = {encoding: _sense(data[:200_000], encoding) for encoding in (*ARABIC, "cp1252", guess)}
    top = max(scores.values())
    # The first of equals in this order: the code pages of Windows are by far the most common.
    return next(
        encoding
        for encoding in ("cp1252", "cp1256", guess, *ARABIC)
        if scores[encoding] >= top - 0.005
    )


COMMON_ARABIC = frozenset("ابپتجچحخدذرزسشصضطظعغفقکكگلمنوهةیيىأآئؤء")


def _sense(data: bytes, encoding: str) -> float:
    """How much of the non-ASCII text is made of letters that stand beside letters of their own script."""
    text = data.decode(encoding, errors="replace")
    high = [at for at, letter in enumerate(text) if letter > "\x7f"]
    if not high:
        return 0.0
    good = sum(_fits(text, at) for at in high)
    return good / len(high)


def _fits(text: str, at: int) -> float:
    letter = text[at]
    near = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    if letter in COMMON_ARABIC:
        return 1.0 if not any(other.isascii() and other.isalpha() for other in near) else 0.0
    if letter in "\u200c\u200d،؛؟٪«»\xa0–—‘’“”":
        return 0.7
    if letter.isalpha() and "\xc0" <= letter <= "\u0178":
        # An accented Latin letter stands among plain ones.
        return 1.0 if any(other.isascii() and other.isalpha() for other in near) else 0.1
    return 0.0


def delimiter_of(lines: list[str]) -> str:
    """The delimiter by which most of the first rows have the same number of cells, above one."""
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return lines[0][4]
    best, most = ",", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(_widths(lines[:200], delimiter))
        usual = [
            (count * min(width - 1, 12), width) for width, count in widths.items() if width > 1
        ]
        score = max(usual)[0] + 0.01 * len(usual) if usual else 0.0
        if score > most:
            best, most = delimiter, score
    return best


def _widths(lines: list[str], delimiter: str) -> Iterator[int]:
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            if any(cell.strip() for cell in cells):
                yield len(cells)
    except csv.Error:
        return


def records(text: str, delimiter: str, file: str) -> Iterator[Record]:
    """The rows, blank ones too. A quotation mark that swallows the rows below it is taken as a plain mark.

    Raises SheetOpenQuotes where that happens so often that nothing can be trusted.
    """
    csv.field_size_limit(1_000_000)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at = number = opened = first_open = 0
    while at < len(lines):
        for record, taken in _well_formed(lines, at, delimiter):
            number, at = number + 1, at + taken
            yield record
        if at >= len(lines):
            return
        number += 1
        record = _lenient(lines[at], delimiter)
        if record.fault:
            opened += 1
            first_open = first_open or number
        if opened > MOST_OPEN_QUOTES:
            raise SheetOpenQuotes(file=file, row=first_open)
        yield record
        at += 1


def _well_formed(lines: list[str], at: int, delimiter: str) -> Iterator[tuple[Record, int]]:
    """Rows with the number of lines each took, up to the first that breaks the rules of quoting."""
    source = (f"{lines[n]}\n" for n in range(at, len(lines)))
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    used = 0
    try:
        for cells in reader:
            taken = reader.line_num - used
            if taken > MOST_LINES:
                return
            yield Record(cells), taken
            used = reader.line_num
    except csv.Error:
        return


def _lenient(line: str, delimiter: str) -> Record:
    """One line whose quotation marks do not follow the rules, on its own."""
    if line.count('"') % 2 == 0:
        with suppress(csv.Error):
            return Record(next(csv.reader([line], delimiter=delimiter), []))
    cells = line.split(delimiter)
    at = next((n for n, cell in enumerate(cells) if cell.lstrip().startswith('"')), None)
    return Record(cells, at, OPEN_QUOTE if at is not None else "")
