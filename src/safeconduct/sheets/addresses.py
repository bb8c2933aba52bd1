"""Cell addresses as a spreadsheet shows them: row 7 of column 4 is D7. Rows and columns count from 1."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=20_000)
def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def address(row: int, column: int) -> str:
    return f"{letters(column)}{row}"


@lru_cache(maxsize=20_000)
def column_number(text: str) -> int | None:
    """The number of a column by its letters; None where they are no letters."""
    if not (text.isascii() and text.isalpha() and len(text) <= 4):
        return None
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def split_address(text: str) -> tuple[int, int] | None:
    """Row and column of an address; None where it is not one."""
    plain = text.replace("$", "")
    stem = plain.rstrip("0123456789")
    column = column_number(stem)
    digits = plain[len(stem) :]
    if column is None or not digits or len(digits) > 9:
        return None
    return int(digits), column
