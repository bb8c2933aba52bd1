"""Why a row is held, in one sentence with its mend. Nothing of the sheet is quoted."""

from __future__ import annotations

from safeconduct.sheets.told import Hold

SENTENCES: dict[str, str] = {
    "hidden row": "This row is hidden and was not read; unhide it, or ask for hidden rows to be read.",
    "hidden sheet": "This sheet is hidden and was not read; unhide it, or ask for hidden sheets to be read.",
    "hidden column": "This row is filled in hidden columns only; unhide them, or ask for what is hidden to be read.",
    "no name column": "No column of names was recognised in this sheet; give each column a heading, or a mapping.",
    "no name": "No name is told in this row; write the name, or write “unnamed” for a child not yet named.",
    "note": "This row looks like a note; if it is a person, fill in the name and one other cell.",
    "total": "This row looks like a total; remove it, or write the name of a person.",
    "other headings": "This row is of another table, with other headings; put that table on a sheet of its own.",
    "heading again": "This row repeats the headings; remove it.",
    "above the headings": "This row stands above the headings and may be a person; move it below them.",
    "not a name": "This cell does not read as the name of one person; write the name alone, the rest elsewhere.",
    "members unclear": "The members cannot be told apart in this cell; write one per line as name, relation, age.",
    "no submission": "No submission of this file is the one this row is of; export the form whole, and give that.",
    "nobody": "This row of a repeated group tells of nobody and nothing; if it is a person, write the name or the age.",
    "with its submission": "The submission that this row is of is held; settle that row, and this one goes with it.",
    "too many cells": "This row has more cells than there are headings; put a cell that holds the delimiter in quotes.",
    "formula": "This formula has no saved result; open the file in a spreadsheet program, save it, give it again.",
    "error": "This cell holds an error of a formula; correct it, or write the value.",
    "too long": "This cell holds more text than a cell can hold; shorten it, or keep the text in a document.",
    "open quotation mark": "A quotation mark opens in this cell and is never closed; remove it, or close it.",
}
DATE_MENDS = "write the date as year-month-day, the year alone, or leave the cell empty"


def hold(kind: str, cell: str) -> Hold:
    """A row held for a reason of the table above."""
    return Hold(kind, cell, SENTENCES[kind])


def hold_date(problem: str, cell: str) -> Hold:
    """A row held for a date of birth or an age that cannot be read; the sentence of core/dates says why."""
    return Hold("bad date", cell, f"{problem.rstrip('.')}; {DATE_MENDS}.")
