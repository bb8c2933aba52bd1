"""A workbook as written: an allow-list of parts, elements and attributes, against the table it should hold."""

from __future__ import annotations

from collections import Counter

from safeconduct.exports.files.scanning.container import parts_of
from safeconduct.exports.files.scanning.expected_parts import SAME_IN_ALL, SHEET, WAYS
from safeconduct.exports.files.scanning.findings import Finding, Findings
from safeconduct.exports.files.scanning.sheet import SheetReader
from safeconduct.exports.files.scanning.sins import attribute_in_words, element_in_words
from safeconduct.exports.files.scanning.strict_xml import StrictReader
from safeconduct.exports.files.table import Table

ALLOWED = frozenset({*SAME_IN_ALL, SHEET})
_Pairs = tuple[tuple[str, str], ...]
_Element = tuple[str, _Pairs]  # its path, and its attributes in their order


def scan_xlsx(data: bytes, expected: Table) -> list[Finding]:
    """All findings of a workbook that should hold this table in its one sheet, and nothing else."""
    found = Findings()
    parts = parts_of(data, ALLOWED, found)
    for name, lines in SAME_IN_ALL.items():
        if name in parts:
            _FixedPart(name, lines, found).read(parts[name])
    if SHEET in parts:
        SheetReader(expected, found).read(parts[SHEET])
    return found.listed()


class _FixedPart:
    """A part that is the same in every export: its elements are counted against the expected ones, then their order."""

    def __init__(self, name: str, lines: tuple[str, ...], found: Findings) -> None:
        self._where, self._found = f"the part {name}", found
        self._due = [_element(line) for line in lines]
        self._path: list[str] = []
        self._told: list[_Element] = []

    def read(self, data: bytes) -> None:
        reader = StrictReader(WAYS, start=self._start, text=self._text, end=self._end)
        if reader.read(data, self._where, self._found) and self._told != self._due:
            self._explain()

    def _start(self, name: str, attributes: list[str]) -> None:
        self._path.append(name)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        self._told.append(("/".join(self._path), tuple(pairs)))

    def _text(self, _: str) -> None:
        self._found.add(self._where, "holds text where none belongs")

    def _end(self, _: str) -> None:
        self._path.pop()

    def _explain(self) -> None:
        missing = list((Counter(self._due) - Counter(self._told)).elements())
        for path, attributes in (Counter(self._told) - Counter(self._due)).elements():
            element = path.rpartition("/")[2]
            twin = next((each for each in missing if each[0] == path), None)
            if twin is None:
                self._found.add(self._where, element_in_words(element))
            else:
                missing.remove(twin)
            of_that_path = next((each[1] for each in self._due if each[0] == path), None)
            allowed = twin[1] if twin else of_that_path
            if allowed is not None:
                self._explain_attributes(element, attributes, allowed)
        if missing:
            self._found.add(self._where, "lacks an element that every export has")
        if Counter(self._told) == Counter(self._due):
            self._found.add(self._where, "tells its elements in another order than every export")

    def _explain_attributes(self, element: str, told: _Pairs, allowed: _Pairs) -> None:
        where = f"an element {element} of {self._where}"
        for pair in told:
            if pair not in allowed:
                self._found.add(where, attribute_in_words(*pair))
        if {key for key, _ in allowed} - {key for key, _ in told}:
            self._found.add(where, "lacks an attribute that every export has")
        if told != allowed and sorted(told) == sorted(allowed):
            self._found.add(where, "tells its attributes in another order than every export")


def _element(line: str) -> _Element:
    """An element as `expected_parts` tells it."""
    path, *attributes = line.split(" ")
    pairs = (attribute.partition("=") for attribute in attributes)
    return path, tuple((key, value) for key, _, value in pairs)
