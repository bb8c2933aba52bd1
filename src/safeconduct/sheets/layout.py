"""Where the headings of a sheet are: not always in its first row, sometimes in two, sometimes nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from safeconduct.core.plain_text import says_unknown
from safeconduct.sheets.fields import NAME_FIELDS
from safeconduct.sheets.grid import Grid, Line, Value
from safeconduct.sheets.headings import Heading, field_of_group, heading_words, recognise, whose

LOOKED_AT = 60  # rows that are not blank: headings further down are headings in the middle
_HAS_DIGIT = re.compile(r"\d")
LONGEST_HEADING = 150  # forms ask whole questions


@dataclass(slots=True)
class Layout:
    """The headings found. `last_row` is the last row of the heading block, 0 where there is none."""

    headings: dict[int, Heading]
    texts: dict[int, str]
    first_row: int = 0
    last_row: int = 0
    two_rows: bool = False
    known: bool = False

    folded: dict[int, str] = field(default_factory=dict)

    def repeats(self, line: Line) -> bool:
        """Whether a row further down says the headings again, in the same words or others."""
        return self._says_again(line) or self._means_again(line)

    def is_other(self, line: Line, names: frozenset[int]) -> bool:
        """Whether a row further down heads another table: at least three columns, and no name among the names."""
        told = _words_alone(line)
        if told is None:
            return False
        found = {index: heading for index, text in told.items() if (heading := recognise(text))}
        exact = {index for index, heading in found.items() if heading.is_exact}
        named = NAME_FIELDS | {"members", "caller_name"}
        return (
            len({found[index].field for index in exact}) >= 3
            and len(exact) * 3 >= len(told) * 2
            and any(found[index].field.name in named for index in exact)
            and all(index in exact for index in names & told.keys())
        )

    def _means_again(self, line: Line) -> bool:
        told = _words_alone(line)
        if told is None:
            return False
        same = sum(
            (found := recognise(text)) is not None
            and found.is_exact
            and index in self.headings
            and found.field == self.headings[index].field
            for index, text in told.items()
        )
        return same >= 3 and same * 3 >= len(told) * 2

    def _says_again(self, line: Line) -> bool:
        if not self.folded:
            self.folded = {index: _folded(text) for index, text in self.texts.items()}
        told = same = 0
        for index, value in enumerate(line.cells):
            if value is None:
                continue
            told += 1
            if isinstance(value, str) and _folded(value) == self.folded.get(index):
                same += 1
            elif same == 0 and told == 4:
                return False  # the usual row: not worth a look at all of its cells
        return same >= 2 and same * 3 >= told * 2


def _words_alone(line: Line) -> dict[int, str] | None:
    """The texts of a row of three cells or more; None where any holds a figure, as most rows of people do."""
    told: dict[int, str] = {}
    for index, value in enumerate(line.cells):
        if value is None:
            continue
        if not isinstance(value, str) or len(value) > LONGEST_HEADING or _HAS_DIGIT.search(value):
            return None
        told[index] = value.strip()
    return told if len(told) >= 3 else None


def _folded(text: str) -> str:
    return " ".join(text.lower().split())


def layout_of(grid: Grid) -> Layout:
    """The headings of a sheet, from its visible rows and columns."""
    if grid.form:
        return _layout_of_form(grid, grid.form.headings)
    lines = []
    for line in grid.visible():
        lines.append(line)
        if len(lines) == LOOKED_AT:
            break
    columns = [index for index in range(grid.width) if index not in grid.hidden_columns]
    for at, line in enumerate(lines):
        if _is_heading(line, columns) and not _comes_again(line, lines, columns):
            return _with_neighbours(lines, at, columns, grid)
    return _unknown_headings(lines, columns)


def _layout_of_form(grid: Grid, rows: tuple[int, int]) -> Layout:
    """The headings where a form's server wrote them. Those of hidden columns are not looked at."""
    first, last = rows
    line = next(line for line in grid.lines if line.number == first)
    texts = {
        index: _text(line.cell(index))
        for index in line.filled()
        if index not in grid.hidden_columns
    }
    found = {index: known for index, text in texts.items() if text and (known := recognise(text))}
    return Layout(found, _told(texts), first, last, known=True)


def _with_neighbours(lines: list[Line], at: int, columns: list[int], grid: Grid) -> Layout:
    """One heading row, or two that belong together."""
    line = lines[at]
    if at + 1 < len(lines) and _is_lower_row(lines, at, columns):
        return _joined(line, lines[at + 1], columns)
    above = lines[at - 1] if at else None
    if above and above.number == line.number - 1 and _is_upper_row(above, columns, grid):
        return _joined(above, line, columns)
    texts = {index: _text(line.cell(index)) for index in columns}
    found = {
        index: heading for index, text in texts.items() if text and (heading := recognise(text))
    }
    return Layout(found, _told(texts), line.number, line.number, known=True)


def _joined(upper: Line, lower: Line, columns: list[int]) -> Layout:
    headings: dict[int, Heading] = {}
    texts: dict[int, str] = {}
    over = ""
    for index in columns:
        top, bottom = _text(upper.cell(index)), _text(lower.cell(index))
        over = top or (over if bottom else "")
        heading = field_of_group(over if bottom else top, bottom)
        if heading:
            headings[index] = heading
        texts[index] = bottom or top
    return Layout(headings, _told(texts), upper.number, lower.number, two_rows=True, known=True)


def _told(texts: dict[int, str]) -> dict[int, str]:
    return {index: text for index, text in texts.items() if text}


def _is_heading(line: Line, columns: list[int]) -> bool:
    """At least two different fields, told by at least two in five of its cells, which are all short texts."""
    values = [line.cell(index) for index in columns if line.cell(index) is not None]
    texts = [text for value in values if (text := _text(value))]
    if not texts or len(texts) < 0.6 * len(values) or any(_is_figure(text) for text in texts):
        return False
    found = [heading for text in texts if (heading := recognise(text))]
    fields = {heading.field for heading in found if heading.confidence >= 0.6}
    if len(values) == 1:
        return found != [] and found[0].is_exact and found[0].field.name in {"full_name", "members"}
    exact = sum(heading.is_exact for heading in found)
    return len(fields) >= 2 and exact >= 1 and len(found) * 5 >= len(values) * 2


def _comes_again(line: Line, lines: list[Line], columns: list[int]) -> bool:
    """Whether what looks like headings is data: "principal" and "no" come again in their columns, beside others."""
    texts = {index: _folded(text) for index in columns if (text := _text(line.cell(index)))}
    known = {index for index in texts if recognise(_text(line.cell(index)))}
    again: set[int] = set()
    for other in lines:
        same = {index for index, text in texts.items() if _folded(_text(other.cell(index))) == text}
        if len(same) < 0.9 * len(texts):  # else it is the row itself, or says the headings again
            again |= same & known
    return len(again) * 2 >= len(known)


def _is_lower_row(lines: list[Line], at: int, columns: list[int]) -> bool:
    """Whether the row below is of the headings too: under groups of columns, or the same in another language."""
    upper, lower = lines[at], lines[at + 1]
    texts = {i: _text(lower.cell(i)) for i in columns if lower.cell(i) is not None}
    if len(texts) < 2 or not all(texts.values()) or lower.number != upper.number + 1:
        return False
    exact = {
        i: found.field for i, text in texts.items() if (found := recognise(text)) and found.is_exact
    }
    if len(exact) < 2 or len(exact) * 2 < len(texts) or _comes_again(lower, lines, columns):
        return False
    grouped = any(upper.cell(index) is None for index in texts)
    same = sum(
        (above := recognise(_text(upper.cell(index)))) is not None and above.field == field
        for index, field in exact.items()
    )
    return grouped or same == len(exact)


def _is_upper_row(above: Line, columns: list[int], grid: Grid) -> bool:
    """A row of group headings: "Applicant" over several columns."""
    texts = [text for index in columns if (text := _text(above.cell(index)))]
    merged = [box for box in grid.merges if box[0] == above.number and box[3] > box[1]]
    speaks = sum(whose(heading_words(text)) is not None and len(text) < 40 for text in texts)
    if len(texts) == 1:  # a title over the whole sheet is not a group
        return False
    return speaks >= 1 and (speaks * 2 >= len(texts) or len(merged) >= 2)


def _unknown_headings(lines: list[Line], columns: list[int]) -> Layout:
    """Headings in words we do not know: short texts over columns of numbers and dates."""
    for at, line in enumerate(lines[:5]):
        texts = {index: _text(line.cell(index)) for index in columns}
        told = _told(texts)
        filled = [index for index in columns if line.cell(index) is not None]
        if (
            len(told) < 3
            or len(told) < len(filled)
            or any(_has_digit(text) or says_unknown(text) for text in told.values())
        ):
            continue
        below = lines[at + 1 : at + 21]
        harder = sum(_mostly_figures([other.cell(index) for other in below]) for index in told)
        if len(below) >= 2 and harder >= 2:
            return Layout({}, told, line.number, line.number)
    return Layout({}, {})


def _mostly_figures(values: list[Value]) -> bool:
    filled = [value for value in values if value is not None]
    hard = sum(not isinstance(value, str) or _has_digit(value) for value in filled)
    return len(filled) >= 2 and hard * 5 >= len(filled) * 4


def _is_figure(text: str) -> bool:
    """A telephone, a number of a document, a date: never in a heading."""
    return sum(letter.isdigit() for letter in text) >= 6


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _text(value: Value) -> str:
    """A cell that could be a heading, or nothing."""
    if isinstance(value, str) and len(value) <= LONGEST_HEADING:
        return value.strip()
    return ""


def looks_like_data(line: Line) -> bool:
    """A row above the headings that may be a person: never dropped as a title.

    A title is one cell; "Date: | 20 August" is a label with its value. Anything else is for a person to see.
    """
    values = [value for value in line.cells if value is not None]
    labelled = (
        isinstance(values[0], str) and values[0].rstrip().endswith((":", "：")) if values else True
    )
    return len(values) >= 2 and not (labelled and len(values) == 2)
