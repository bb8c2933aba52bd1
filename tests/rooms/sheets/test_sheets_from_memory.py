"""A sheet that somebody sent is read from memory: the same limits and refusals, and no trace of it on the machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from kobo_by_hand import MAIN, MEMBER, book, export, form, member, submission
from sheets_at_hand import ON, PROVINCES, csv_text, read, read_here
from sheets_by_hand import text_cell, worksheet, xlsx, zipped

from safeconduct.core.errors import (
    BadSheet,
    SheetBroken,
    SheetEmpty,
    SheetFarCell,
    SheetInflates,
    SheetLocked,
    SheetNamedTwice,
    SheetNeedsLinux,
    SheetNotFound,
    SheetTooLarge,
    SheetTooManyBytes,
    SheetTooSlow,
    SheetUnknownFormat,
    SheetUnsafe,
)
from safeconduct.core.facts import Origin
from safeconduct.core.rows import Intake, RowEnd
from safeconduct.sheets import process
from safeconduct.sheets.kobo import read_kobo
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.parse import parse
from safeconduct.sheets.process import file_name, read_bytes_in_child, reader_of
from safeconduct.sheets.reading import read_sheets
from safeconduct.sheets.told_cells import LONGEST, text_of

Writer = Callable[..., Path]
LIST = csv_text(
    [["Name", "Father's name", "Phone"], ["Roya Karimi", "Hassan", "0700 123 456"]]
).encode()
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
FAR = worksheet(
    f'<row r="1048576">{text_cell("x", chr(114) + "=" + chr(34) + "XFD1048576" + chr(34))}</row>'
)
PAGE = b"<!doctype html><html><script>alert(1)</script><table><tr><td>Name</td></tr></table></html>"
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>' + worksheet(
    f'<row r="1">{text_cell("&a;", "")}</row>'
)
# What is sent in place of a sheet, and what it is refused for.
HOSTILE: dict[str, tuple[bytes, type[BadSheet]]] = {
    "nothing": (b"", SheetEmpty),
    "a web page called a sheet": (PAGE, SheetUnknownFormat),
    "a web page before an archive": (PAGE + zipped({"a.csv": LIST}), SheetUnknownFormat),
    "a web page before a workbook": (PAGE + xlsx(worksheet("")), SheetUnknownFormat),
    "an archive that ends in a web page": (zipped({"index.html": PAGE, "a.csv": LIST}) + PAGE, SheetUnknownFormat),
    "an archive of sheets": (zipped({"a.csv": LIST}), SheetUnknownFormat),
    "a picture before a workbook": (b"\x89PNG\r\n\x1a\n" + xlsx(worksheet("")), SheetUnknownFormat),
    "a gif that is a script": (b"GIF89a/*" + LIST + b"*/=1;alert(1)", SheetUnknownFormat),
    "a pdf before a workbook": (b"%PDF-1.7\n" + xlsx(worksheet("")), SheetUnknownFormat),
    "a pdf": (b"%PDF-1.7\n%%EOF", SheetUnknownFormat),
    "a letter": (zipped({"word/document.xml": b"<w/>"}), SheetUnknownFormat),
    "a database": (b"SQLite format 3\0" + b"\0" * 100, SheetUnknownFormat),
    "a gzip": (b"\x1f\x8b\x08" + b"\0" * 30, SheetUnknownFormat),
    "an svg": (b'<?xml version="1.0"?><svg onload="alert(1)"/>', SheetUnknownFormat),
    "an old workbook": (OLE + "Workbook".encode("utf-16-le"), SheetUnknownFormat),
    "a program": (b"\x7fELF" + b"\0" * 2000, SheetUnknownFormat),
    "a locked workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), SheetLocked),
    "a workbook cut short": (xlsx(worksheet(""))[:-40], SheetBroken),
    "two letters of an archive": (b"PK", SheetBroken),
    "a far cell": (xlsx(FAR), SheetFarCell),
    "declared entities": (xlsx(ENTITIES), SheetUnsafe),
    "a bomb": (xlsx(worksheet(""), more={"xl/x.xml": b" " * 30_000_000}), SheetInflates),
}  # fmt: skip


def read_memory(content: bytes, name: str = "list.csv", **given: Any) -> Intake:
    """Through the child process."""
    name = file_name(name)
    return read_sheets(
        [Path(name)], on=ON, provinces=PROVINCES, reader=reader_of({name: content}), **given
    )


@pytest.mark.parametrize(("content", "error"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_sheet_is_refused_from_memory_for_the_same_reason(
    written: Writer, content: bytes, error: type[BadSheet]
) -> None:
    name = "list.xlsx"
    if not content:
        with pytest.raises(error):
            list(read_bytes_in_child(content, name, Limits()))
        return
    path = written(content, name)
    with pytest.raises(error) as of_path:
        list(read_here(path, Limits()))
    with pytest.raises(error) as of_memory:
        list(read_bytes_in_child(content, name, Limits()))
    assert str(of_memory.value) == str(of_path.value)


def _parse(content: bytes, path: Path, limits: Limits) -> Iterator[Any]:
    return parse(content, path.name, limits)


def test_a_sheet_from_memory_is_the_sheet_from_the_disk(workbook: Writer) -> None:
    path = workbook(
        [["Name", "DOB", "Phone"], ["Roya Karimi", date(1990, 2, 3), "0700 123 456"]],
        name="book.xlsx",
    )
    assert read_memory(path.read_bytes(), "book.xlsx") == read(path)


def test_several_files_are_read_from_memory_in_one_call() -> None:
    held = {"a.csv": LIST, "b.csv": LIST.replace(b"Roya", b"Mina")}
    paths = [Path(name) for name in held]
    intake = read_sheets(paths, on=ON, provinces=PROVINCES, reader=reader_of(held))
    assert [row.origin.file for row in intake.rows] == ["a.csv", "b.csv"]


def test_a_name_that_was_not_given_is_not_looked_for_on_the_disk(written: Writer) -> None:
    path = written(LIST, "there.csv")
    with pytest.raises(SheetNotFound):
        read_sheets([path], on=ON, provinces=PROVINCES, reader=reader_of({"other.csv": LIST}))


def test_two_files_that_would_be_called_the_same_are_refused() -> None:
    with pytest.raises(SheetNamedTwice):
        reader_of({"a/list.csv": LIST, "b/list.csv": LIST})


def test_a_file_over_the_limit_is_refused_before_it_is_copied() -> None:
    with pytest.raises(SheetTooManyBytes, match="1 MB"):
        list(read_bytes_in_child(LIST, "list.csv", Limits(file_bytes=10)))


def test_a_child_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(SheetTooSlow):
        list(read_bytes_in_child(LIST, "list.csv", Limits(seconds=0)))


def test_it_says_plainly_that_it_needs_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(SheetNeedsLinux):
        list(read_bytes_in_child(LIST, "list.csv", Limits()))


def test_nothing_of_a_sent_file_stands_where_others_can_read_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not its name in the words of the command, not its content in the environment, and no file anywhere."""
    started: list[Any] = []
    begin = process.subprocess.Popen

    def seen(words: list[str], **given: Any) -> Any:
        fd = given["stdin"].fileno()
        started.append(
            (
                words,
                given["env"],
                str(Path(f"/proc/self/fd/{fd}").readlink()),
                os.fstat(fd).st_nlink,
            )
        )
        return begin(words, **given)

    monkeypatch.setattr(process.subprocess, "Popen", seen)
    read_memory(LIST, "Karimi_Roya.csv")
    ((words, env, link, links),) = started
    assert not any("Karimi" in word or "Hassan" in word for word in words)
    assert not any("Hassan" in value for value in env.values())
    assert "Karimi" not in link
    assert link.startswith("/memfd:")
    assert links == 0


def test_the_child_cannot_change_what_was_sent() -> None:
    opened = process._in_memory(LIST)
    with opened, pytest.raises(PermissionError):
        os.write(opened.fileno(), b"x")


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("list.csv", "list.csv"),
        ("C:\\Users\\Omar\\list.csv", "list.csv"),
        ("../../etc/passwd", "passwd"),
        ("/etc/", "sheet"),
        ("", "sheet"),
        (".", "sheet"),
        ("..", "sheet"),
        ("a\0b.csv", "ab.csv"),
        ("list\u202exslx.exe", "listxslx.exe"),
        ("li\u200bst\ufeff.csv", "list.csv"),
        ("a\nb\tc.csv", "a b c.csv"),
        ("\ud800.csv", "?.csv"),
        ("لیست فامیل.xlsx", "لیست فامیل.xlsx"),
        ("n" * 500 + ".xlsx", "n" * 115 + ".xlsx"),
        ("n" * 500, "n" * 120),
        ("=cmd|' /C calc'!A0.csv", "C calc'!A0.csv"),
    ],
)
def test_a_sent_file_is_called_by_a_plain_name(told: str, name: str) -> None:
    assert file_name(told) == name
    assert file_name(name) == name
    assert Path(name).name == name


@pytest.mark.parametrize(
    "told", ["\u202e" * 50_000 + ".csv", "x" * 300_000 + ".csv", "\ud800\udfff.csv"]
)
def test_no_name_stops_the_reading(told: str) -> None:
    assert len(read_memory(LIST, told).rows) == 1


# --- the doors of forms ---------------------------------------------------------------


@pytest.mark.parametrize(("content", "error"), list(HOSTILE.values())[1:], ids=list(HOSTILE)[1:])
@pytest.mark.parametrize("which", ["export", "form"])
def test_the_refusals_hold_for_exports_and_forms(
    content: bytes, error: type[BadSheet], which: str
) -> None:
    good = {"export": export([submission(1, head="Karim Rahimi")]), "form": form()}
    held = {**good, which: content}

    def reader(path: Path, limits: Limits) -> Iterator[Any]:
        return _parse(held[path.name], path, limits)

    with pytest.raises(error):
        read_kobo(Path("export"), Path("form"), on=ON, provinces=PROVINCES, reader=reader)


def test_an_export_and_its_form_are_read_in_the_child() -> None:
    held = {
        "export.xlsx": export(
            [submission(1, head="Karim Rahimi", head_sex=2)], [member(1, 1, "Laila", "sp", 38, 1)]
        ),
        "form.xlsx": form(),
    }
    intake = read_kobo(
        Path("export.xlsx"), Path("form.xlsx"), on=ON, provinces=PROVINCES, reader=reader_of(held)
    )
    assert [len(plea.household.people) for plea in intake.pleas] == [2]


NAMES = {
    "an override": "Laila\u202e Karimi",
    "isolates": "\u2066Laila\u2069 Karimi",
    "no width": "Lai\u200bla Karimi",
    "a mark of bytes": "\ufeffLaila Karimi",
    "a soft hyphen": "Lai\u00adla Karimi",
    "marks of direction": "\u200eLaila\u200f Karimi",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_signs_that_are_not_seen_leave_the_name_and_stay_in_the_cell(name: str) -> None:
    kept: dict[Origin, Any] = {}
    content = export([submission(1, head="Karim Rahimi")], [member(1, 1, name, "sp", 38, 1)])
    held = {"export.xlsx": content}

    def reader(path: Path, limits: Limits) -> Iterator[Any]:
        return _parse(held[path.name], path, limits)

    intake = read_kobo(
        Path("export.xlsx"),
        on=ON,
        provinces=PROVINCES,
        reader=reader,
        keep=lambda at, cells: kept.update({at: cells}),
    )
    assert intake.pleas[0].household.people[1].given_name == "Laila Karimi"
    assert name in dict(kept[Origin("export.xlsx", "members", 2)]).values()
    assert any("not seen" in remark.sentence for remark in intake.noticed)


@pytest.mark.parametrize(
    "formula", ["=1+1", '=HYPERLINK("http://x","Laila")', '=WEBSERVICE("http://x")']
)
def test_a_formula_in_an_export_is_never_worked_out(formula: str) -> None:
    content = book(
        {
            "Pleas": [MAIN, submission(1, head="Karim")],
            "members": [MEMBER, member(1, 1, formula, "sp", 38, 1)],
        }
    )
    held = {"export.xlsx": content}

    def reader(path: Path, limits: Limits) -> Iterator[Any]:
        return _parse(held[path.name], path, limits)

    intake = read_kobo(Path("export.xlsx"), on=ON, provinces=PROVINCES, reader=reader)
    assert [row.kind for row in intake.rows] == ["", "formula"]


# --- what the rows say ----------------------------------------------------------------


def kept_of(path: Path, **given: Any) -> dict[Origin, tuple[tuple[str, str], ...]]:
    kept: list[tuple[Origin, Any]] = []
    intake = read_sheets(
        [path],
        on=ON,
        provinces=PROVINCES,
        reader=read_here,
        keep=lambda at, cells: kept.append((at, cells)),
        **given,
    )
    assert [origin for origin, _ in kept] == [row.origin for row in intake.rows]
    return dict(kept)


def test_every_row_is_handed_on_under_its_headings(written: Writer) -> None:
    rows = [
        ["Name", "DOB", "HR file", "Phone", "", "Comments"],
        ["Roya Karimi", "1990", 17, "0700 123 456", "loose", "Says  she is\nin hiding"],
        ["", "31/31/2020", "", "", "", "note"],
        ["Total", "", 2],
    ]
    kept = kept_of(written(rows))
    assert list(kept.values()) == [
        (
            ("Name", "Roya Karimi"),
            ("DOB", "1990"),
            ("HR file", "17"),
            ("Phone", "0700 123 456"),
            ("E", "loose"),
            ("Comments", "Says  she is\nin hiding"),
        ),
        (("DOB", "31/31/2020"), ("Comments", "note")),
        (("Name", "Total"), ("HR file", "2")),
    ]


def test_a_sheet_without_headings_is_handed_on_by_letters(written: Writer) -> None:
    kept = kept_of(written([["qq", 12, 13], ["ww", 14, 15]]))
    assert next(iter(kept.values())) == (("A", "qq"), ("B", "12"), ("C", "13"))


def _hide(made: openpyxl.Workbook) -> None:
    sheet = made.worksheets[0]
    sheet.column_dimensions["B"].hidden = True
    sheet.row_dimensions[3].hidden = True
    made.worksheets[1].sheet_state = "hidden"


def test_what_is_hidden_is_handed_on_only_when_it_is_read(workbook: Writer) -> None:
    head = ["Name", "Secret", "Phone"]
    path = workbook(
        [head, ["Roya", "hers", "0700 123 456"], ["Mina", "his", "0700 123 457"]],
        [head, ["Omar", "theirs", "0700 123 458"]],
        change=_hide,
        name="book.xlsx",
    )
    shut, opened = kept_of(path), kept_of(path, read_hidden=True)
    assert [dict(cells).get("Name") for cells in shut.values()] == ["Roya", None, None]
    assert "hers" not in repr(shut)
    assert [dict(cells)["Secret"] for cells in opened.values()] == ["hers", "his", "theirs"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 3), "x" * LONGEST + " … (3 more letters, not kept)"),
        (True, "yes"),
        (12, "12"),
        (12.5, "12.5"),
        (date(1990, 2, 3), "1990-02-03"),
        ("=1+1", "=1+1"),
        ("\u202eLaila", "\u202eLaila"),
    ],
)
def test_a_cell_is_handed_on_word_for_word_and_a_cut_is_told(value: Any, text: str) -> None:
    assert text_of(value) == text


def test_a_cell_that_cannot_be_read_says_why(written: Writer) -> None:
    path = written(
        xlsx(
            worksheet(
                f'<row r="1">{text_cell("Name", "")}{text_cell("Phone", "")}</row>'
                '<row r="2"><c r="A2"><f>1+1</f></c><c r="B2"><v>5</v></c></row>'
            )
        ),
        "book.xlsx",
    )
    assert list(kept_of(path).values())[-1] == (
        ("Name", "(a formula without a saved result)"),
        ("Phone", "5"),
    )


def test_reading_is_the_same_with_and_without_handing_on(written: Writer) -> None:
    path = written([["Name", "DOB"], ["Roya Karimi", "1990"], ["", "x"], ["Roya Karimi", "1990"]])
    kept: list[Any] = []
    intake = read_sheets(
        [path], on=ON, provinces=PROVINCES, reader=read_here, keep=lambda *told: kept.append(told)
    )
    assert intake == read(path)
    assert intake.count(RowEnd.ACCEPTED) + intake.count(RowEnd.QUARANTINED) + intake.count(
        RowEnd.REPEATED
    ) == len(kept)


def test_too_large_is_an_error_of_its_own_kind() -> None:
    with pytest.raises(SheetTooLarge):
        read_memory(LIST, limits=Limits(file_bytes=5))
