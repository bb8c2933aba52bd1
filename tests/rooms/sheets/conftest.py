"""Small workbooks and delimited files, made for one test each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from sheets_at_hand import Cells, csv_text


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as CSV, or bytes as they are, under a name."""

    def write(content: Cells | bytes | str, name: str = "list.csv") -> Path:
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            text = content if isinstance(content, str) else csv_text(content)
            path.write_text(text, encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets of rows as .xlsx; `change` may hide, merge and mar before it is saved."""

    def write(
        *sheets: Cells,
        change: Callable[[openpyxl.Workbook], None] = lambda _book: None,
        name: str = "book.xlsx",
    ) -> Path:
        book = openpyxl.Workbook()
        for number, rows in enumerate(sheets):
            sheet = book.worksheets[0] if number == 0 else book.create_sheet()
            sheet.title = f"List {number + 1}"
            for row in rows:
                sheet.append(list(row))
        change(book)
        book.save(tmp_path / name)
        return tmp_path / name

    return write
