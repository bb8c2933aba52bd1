"""The one sheet of a workbook as written: every row, cell and column width against the table."""

from __future__ import annotations

import re
from collections import deque
from itertools import chain

from safeconduct.exports.files.scanning.cell_text import unfit
from safeconduct.exports.files.scanning.expected_parts import MAIN, WAYS
from safeconduct.exports.files.scanning.findings import Findings
from safeconduct.exports.files.scanning.sins import attribute_in_words, element_in_words
from safeconduct.exports.files.scanning.strict_xml import StrictReader
from safeconduct.exports.files.table import Cell, Table

_PARENTS = {
    "worksheet": "",
    "cols": "worksheet",
    "sheetData": "worksheet",
    "col": "cols",
    "row": "sheetData",
    "c": "row",
    "v": "c",
    "is": "c",
    "t": "is",
}
_WHOLE = "the sheet"
_TEXT_WITHIN = ["is", "t"]
_NARROWEST = 4  # letters; a narrower column shows nothing of what stands in it
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?", re.ASCII)
_WHOLE_NUMBER = re.compile(r"-?\d+", re.ASCII)
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


class SheetReader:
    """Streams over the sheet. A class, because its handlers are called for every cell and need to know the place."""

    def __init__(self, expected: Table, found: Findings) -> None:
        self._expected, self._found = expected, found
        self._letters = [_letters(number) for number in range(1, len(expected.columns) + 1)]
        self._rows = chain([expected.headings], expected.rows)
        self._path = [""]
        self._order: list[str] = []  # the children of worksheet
        self._columns = self._row = 0
        self._due: deque[tuple[list[str], Cell]] = (
            deque()
        )  # cells of this row that are still to come
        self._cell: Cell = None  # what the open cell should hold
        self._where = _WHOLE
        self._within: list[str] = []
        self._words: list[str] = []

    def read(self, data: bytes) -> None:
        reader = StrictReader(WAYS, start=self._start, text=self._text, end=self._end)
        if not reader.read(data, _WHOLE, self._found):
            return
        due = len(self._expected.rows) + 1
        if self._row != due:
            self._found.add(_WHOLE, f"has {self._row} rows, where {due} are expected")
        if self._columns != len(self._letters):
            self._found.add(_WHOLE, "does not tell the width of each column once")
        if self._order != ["cols", "sheetData"]:
            self._found.add(_WHOLE, "has its cells in another order than every export, or twice")

    def _start(self, name: str, attributes: list[str]) -> None:
        if _PARENTS.get(name) != self._path[-1]:
            self._found.add(self._where, element_in_words(name))
        elif name == "c":
            self._start_cell(attributes)
        elif name in {"is", "t", "v"}:
            self._within.append(name)
            self._compare(attributes, [], self._where)
        elif name == "row":
            self._start_row(attributes)
        elif name == "col":
            self._start_column(attributes)
        else:
            self._compare(attributes, ["xmlns", MAIN] if name == "worksheet" else [], _WHOLE)
            if name != "worksheet":
                self._order.append(name)
        self._path.append(name)

    def _text(self, text: str) -> None:
        if self._path[-1] in {"t", "v"}:
            self._words.append(text)
        else:
            self._found.add(self._where, "holds text where none belongs")

    def _end(self, name: str) -> None:
        self._path.pop()
        if name == "c" and self._path[-1] == "row":
            self._end_cell()
        elif name == "row" and self._path[-1] == "sheetData":
            self._end_row()

    def _start_row(self, attributes: list[str]) -> None:
        self._row += 1
        row = next(self._rows, ())
        self._where = f"row {self._row}"
        if not row:
            self._found.add(self._where, "is a row more than were asked for")
        self._compare(attributes, ["r", str(self._row)], self._where)
        self._due = deque(
            (self._attributes(letters, cell), cell)
            for letters, cell in zip(self._letters, row, strict=False)
            if cell is not None
        )

    def _attributes(self, letters: str, cell: Cell) -> list[str]:
        """What a cell of ours is written with: its address, its style, its type."""
        address = f"{letters}{self._row}"
        if not isinstance(cell, str):
            return ["r", address, "s", "0"]
        return ["r", address, "s", "2" if self._row == 1 else "1", "t", "inlineStr"]

    def _end_row(self) -> None:
        for (_, address, *_rest), _ in self._due:
            self._found.add(f"cell {address}", "is missing")
        self._due.clear()
        self._where = _WHOLE

    def _start_cell(self, attributes: list[str]) -> None:
        self._within, self._words = [], []
        if self._due and self._due[0][0] == attributes:
            self._where, self._cell = f"cell {attributes[1]}", self._due.popleft()[1]
            return
        told = dict(zip(attributes[::2], attributes[1::2], strict=True))
        address = told.get("r", "")
        if not _ADDRESS.fullmatch(address):
            self._where, self._cell = f"row {self._row}", None
            self._found.add(self._where, "holds a cell that does not tell where it stands")
            return
        self._where = f"cell {address}"
        while self._due and any(other[0][1] == address for other in self._due):
            due, self._cell = self._due.popleft()
            if due[1] == address:
                self._compare(attributes, due, self._where)
                return
            self._found.add(f"cell {due[1]}", "is missing")
        self._cell = None
        self._found.add(self._where, "is filled, where nothing should stand")
        self._compare(attributes, attributes[:2], self._where)

    def _end_cell(self) -> None:
        text = "".join(self._words)
        if isinstance(self._cell, str):
            if self._within != _TEXT_WITHIN or text != self._cell:
                self._found.add(self._where, "does not hold what the table holds")
            if wrong := unfit(text):
                self._found.add(self._where, f"is not fit to leave: {wrong}")
        elif self._cell is not None and (self._within != ["v"] or not _is(self._cell, text)):
            self._found.add(self._where, "does not hold what the table holds")
        self._where = f"row {self._row}"

    def _start_column(self, attributes: list[str]) -> None:
        self._columns += 1
        number = self._columns
        where = f"column {_letters(number)}"
        if number > len(self._letters):
            self._found.add(where, "is a column more than were asked for")
            return
        width = self._expected.columns[number - 1].width
        if width < _NARROWEST:
            self._found.add(where, "is too narrow for anything in it to be seen")
        due = ["min", str(number), "max", str(number), "width", str(width), "customWidth", "1"]
        self._compare(attributes, due, where)

    def _compare(self, attributes: list[str], due: list[str], where: str) -> None:
        if attributes == due:
            return
        told = dict(zip(attributes[::2], attributes[1::2], strict=True))
        wanted = dict(zip(due[::2], due[1::2], strict=True))
        for key, value in told.items():
            if wanted.get(key) != value:
                self._found.add(where, attribute_in_words(key, value))
        if wanted.keys() - told.keys():
            self._found.add(where, "lacks an attribute that every export has")
        if told == wanted:
            self._found.add(where, "tells its attributes in another order than every export")


def _is(number: float, text: str) -> bool:
    """Whether the text is this number, told in the one way: 5 and not 5.0 or 05."""
    if not _NUMBER.fullmatch(text):
        return False
    told = (
        float(text)
        if isinstance(number, float)
        else int(text)
        if _WHOLE_NUMBER.fullmatch(text)
        else None
    )
    return told == number and str(told) == text


def _letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    text = ""
    while column:
        text = chr(ord("A") + (column - 1) % 26) + text
        column = (column - 1) // 26
    return text
