"""Files that would kill, flood or fool a reader are refused with a sentence, and nothing of them is taken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sheets_at_hand import ON, PROVINCES, read, read_here
from sheets_by_hand import LINKS, MAIN, RELATIONSHIPS, ods, text_cell, worksheet, xlsx, zipped

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
    SheetReaderStopped,
    SheetTooHungry,
    SheetTooLarge,
    SheetTooManyBytes,
    SheetTooManyCells,
    SheetTooSlow,
    SheetUnknownFormat,
    SheetUnsafe,
)
from safeconduct.sheets import process
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.process import read_in_child
from safeconduct.sheets.reading import read_sheets

Writer = Callable[..., Path]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512
ODS_CELL = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
FAR_CORNERS = {
    "in the usual order": '<row r="1">{a}</row><row r="1048576">{b}</row>'.format(
        a=text_cell("x", 'r="A1"'), b=text_cell("x", 'r="XFD1048576"')
    ),
    "with attributes in another order": '<row r="1"><c t="inlineStr" s="0" r="XFD1048576"><is><t>x</t></is></c></row>',
    "without an address": f'<row r="1048576">{text_cell("x", "")}</row>',
    "by a row that names no number": '<row r="999999"></row><row>' + text_cell("x", "") + "</row>",
    "by a prefix": '<x:row xmlns:x="' + MAIN + '" r="1048576"><x:c><x:v>1</x:v></x:c></x:row>',
}


@pytest.mark.parametrize("data", FAR_CORNERS.values(), ids=FAR_CORNERS.keys())
def test_it_refuses_a_filled_cell_in_the_far_corner(written: Writer, data: str) -> None:
    with pytest.raises(SheetFarCell, match="List"):
        read(written(xlsx(worksheet(data)), "far.xlsx"))


def test_it_refuses_a_far_cell_of_an_ods(written: Writer) -> None:
    rows = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    far = f"{rows}<table:table-row>{ODS_CELL.format('')}</table:table-row>"
    with pytest.raises(SheetFarCell):
        read(written(ods(far), "far.ods"))


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="1000000">'
        + ODS_CELL.format("")
        + "</table:table-row>",
        "<table:table-row>"
        + ODS_CELL.format('table:number-columns-repeated="16384"')
        + "</table:table-row>",
    ],
    ids=["rows", "columns"],
)
def test_it_refuses_a_cell_that_is_repeated_a_million_times(written: Writer, row: str) -> None:
    with pytest.raises(SheetFarCell):
        read(written(ods(row), "far.ods"))


def test_it_reads_past_a_million_blank_rows_of_an_ods(written: Writer) -> None:
    rows = "<table:table-row>" + ODS_CELL.format("") + "</table:table-row>"
    cell = '<table:table-cell table:number-columns-repeated="16384"/>'
    blank = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    assert len(read(written(ods(rows + blank), "usual.ods")).rows) == 1


def test_it_refuses_a_bomb_before_it_is_opened(written: Writer) -> None:
    bomb = written(
        xlsx(worksheet(""), more={"xl/worksheets/sheet2.xml": b" " * 30_000_000}), "bomb.xlsx"
    )
    with pytest.raises(SheetInflates, match="28 MB"):
        list(read_here(bomb, Limits(inflated_bytes=20_000_000)))
    with pytest.raises(SheetInflates, match="300 times"):
        list(read_here(bomb, Limits()))


def test_it_refuses_declared_entities(written: Writer) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + worksheet(
        f'<row r="1">{text_cell("&b;", "")}</row>'
    )
    with pytest.raises(SheetUnsafe):
        read(written(xlsx(bomb), "entities.xlsx"))


def test_it_refuses_a_locked_workbook(written: Writer) -> None:
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SheetLocked, match="password"):
        read(written(locked, "locked.xlsx"))


def test_it_refuses_a_locked_ods(written: Writer) -> None:
    locked = ods("", manifest=b"<manifest><encryption-data/></manifest>")
    with pytest.raises(SheetLocked):
        read(written(locked, "locked.ods"))


def test_it_tells_an_old_workbook_how_to_become_a_new_one(written: Writer) -> None:
    with pytest.raises(SheetUnknownFormat, match=r"save it as \.xlsx"):
        read(written(OLE + "Workbook".encode("utf-16-le"), "old.xls"))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<html><body><table><tr><td>Name</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf  <!DOCTYPE html>", "web page"),
        (b"%PDF-1.7", "PDF"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "2003",
        ),
        (bytes(range(256)) * 20 + b"\0" * 3000, "not text"),
    ],
)
def test_it_says_what_a_file_is_whatever_its_name(
    written: Writer, content: bytes, what: str
) -> None:
    with pytest.raises(SheetUnknownFormat, match=what):
        read(written(content, "people.xlsx"))


def test_it_refuses_an_archive_of_sheets(written: Writer) -> None:
    with pytest.raises(SheetUnknownFormat, match="ZIP"):
        read(written(zipped({"a.xlsx": xlsx(worksheet(""))}), "many.zip"))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_it_refuses_a_file_cut_short(written: Writer, share: float) -> None:
    whole = xlsx(worksheet(f'<row r="1">{text_cell("x" * 500, "")}</row>'))
    with pytest.raises(SheetBroken):
        read(written(whole[: int(len(whole) * share)], "cut.xlsx"))


def test_it_refuses_two_parts_of_one_name(written: Writer) -> None:
    out = io.BytesIO(xlsx(worksheet("")))
    with zipfile.ZipFile(out, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/worksheets/sheet1.xml", worksheet(""))
    with pytest.raises(SheetUnsafe):
        read(written(out.getvalue(), "twice.xlsx"))


def test_it_refuses_an_empty_file_and_a_missing_one(written: Writer, tmp_path: Path) -> None:
    with pytest.raises(SheetEmpty):
        read(written(b"", "empty.csv"))
    with pytest.raises(SheetNotFound):
        list(read_in_child(tmp_path / "nowhere.csv", Limits()))
    with pytest.raises(SheetNotFound):
        list(read_in_child(tmp_path, Limits()))


def test_it_refuses_two_files_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(SheetNamedTwice):
        read(tmp_path / "a" / "list.csv", tmp_path / "b" / "list.csv")


def test_it_holds_a_row_whose_cell_is_ten_megabytes(written: Writer) -> None:
    intake = read(written(f"Name,Father's name\nAhmad,{'x' * 10_000_000}\nLaila,Karim\n"))
    assert [(row.kind, row.cell) for row in intake.rows] == [("too long", "B2"), ("", None)]


def test_it_reads_text_with_empty_bytes_and_says_so(written: Writer) -> None:
    intake = read(written(b"Name,Father's name,Phone\nAh\0mad,Karim,0700000001\n"))
    assert intake.pleas[0].household.people[0].given_name == "Ahmad"
    assert any("empty bytes" in told.sentence for told in intake.noticed)


def test_it_reads_xml_nested_ten_thousand_deep(written: Writer) -> None:
    deep = "<x>" * 10_000 + "</x>" * 10_000
    data = f'<row r="1">{text_cell("Name", "")}</row>{deep}'
    assert read(written(xlsx(worksheet(data)), "deep.xlsx")).rows == ()


# --- the child ---------------------------------------------------------------------------


def test_the_child_reads_what_the_parent_would(written: Writer) -> None:
    path = written("Name,Phone\nAhmad Karimi,0700 000 001\n")
    assert list(read_in_child(path, Limits())) == list(read_here(path, Limits()))


def test_the_childs_refusal_comes_back_as_the_same_error(written: Writer) -> None:
    path = written(xlsx(worksheet(FAR_CORNERS["in the usual order"])), "far.xlsx")
    with pytest.raises(SheetFarCell) as refused:
        list(read_in_child(path, Limits()))
    assert refused.value.where["cell"] == "XFD1048576"


def test_a_child_that_is_killed_becomes_a_sentence(written: Writer) -> None:
    """Limits that let the far corner through: its reader aborts, and only the child dies of it."""
    path = written(xlsx(worksheet(FAR_CORNERS["in the usual order"])), "far.xlsx")
    lax = Limits(rows=2_000_000, columns=20_000, cells=10**12)
    with pytest.raises((SheetReaderStopped, SheetTooHungry)):
        list(read_in_child(path, lax))


def test_it_stops_a_child_that_takes_too_long(written: Writer) -> None:
    path = written("Name\n")
    with pytest.raises(SheetTooSlow, match="0 seconds"):
        list(read_in_child(path, Limits(seconds=0)))


def test_it_stops_a_child_that_has_said_all_and_stays(
    written: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    stays = "import os, time; os.close(1); os.close(2); time.sleep(60)  # {path!r}"
    monkeypatch.setattr(process, "CHILD", stays)
    monkeypatch.setattr(process, "AFTER_ITS_ANSWER", 0.1)
    with pytest.raises(SheetTooSlow):
        list(read_in_child(written("Name\n"), Limits()))


def test_it_tells_the_child_nothing_that_others_on_the_machine_can_read(
    written: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    begin = process.subprocess.Popen

    def seen(words, **given):
        started.append(words)
        return begin(words, **given)

    monkeypatch.setattr(process.subprocess, "Popen", seen)
    list(read_in_child(written("Name\nAhmad\n", "Karimi_Omar.csv"), Limits()))
    assert started
    assert not any("Karimi" in word for words in started for word in words)


def test_it_stops_a_child_that_wants_too_much_memory(written: Writer) -> None:
    path = written("Name,Notes\n" + f"Ahmad,{'x' * 1000}\n" * 20_000)
    with pytest.raises((SheetTooHungry, SheetReaderStopped)):
        list(read_in_child(path, Limits(memory_bytes=48 * 1024 * 1024)))


def test_it_refuses_a_file_over_the_limit_unread(written: Writer) -> None:
    with pytest.raises(SheetTooManyBytes):
        list(read_in_child(written("Name\n" * 1000), Limits(file_bytes=100)))


def test_it_refuses_a_rectangle_of_too_many_cells(written: Writer) -> None:
    far = text_cell("x", 'r="GG2000"')
    data = f'<row r="1">{text_cell("x", "")}</row><row r="2000">{far}</row>'
    with pytest.raises(SheetTooManyCells):
        list(read_here(written(xlsx(worksheet(data)), "wide.xlsx"), Limits(cells=1000)))


def test_nothing_of_any_file_is_taken_when_one_is_refused(written: Writer) -> None:
    good = written("Name,Phone\nAhmad Karimi,0700 000 001\n", "good.csv")
    bad = written(b"%PDF-1.7", "bad.csv")
    with pytest.raises(BadSheet, match=r"bad\.csv"):
        read(good, bad)


def test_every_refusal_names_the_file_and_how_to_mend_it() -> None:
    assert issubclass(SheetFarCell, SheetTooLarge)
    assert read_sheets([], on=ON, provinces=PROVINCES).rows == ()


def test_it_says_plainly_that_it_needs_linux(
    written: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(SheetNeedsLinux, match="win32"):
        list(read_in_child(written("Name\n"), Limits()))


def test_it_reads_the_list_of_sheets_that_the_package_names_and_no_decoy(written: Writer) -> None:
    """Rows hidden in the real sheet are found, although a harmless one of its name lies where one looks first."""
    hidden = f'<row r="1" hidden="1">{text_cell("Ahmad", "")}</row>'
    real = {
        "_rels/.rels": RELATIONSHIPS.format(
            f'<Relationship Id="m" Type="{LINKS}/officeDocument" Target="real/book.xml"/>'
        ).encode(),
        "real/book.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        '<sheets><sheet name="List" sheetId="1" r:id="r9"/></sheets></workbook>'.encode(),
        "real/_rels/book.xml.rels": RELATIONSHIPS.format(
            f'<Relationship Id="r9" Type="{LINKS}/worksheet" Target="worksheets/sheet9.xml"/>'
        ).encode(),
        "real/worksheets/sheet9.xml": worksheet(hidden).encode(),
    }
    try:
        intake = read(written(xlsx(worksheet(""), more=real), "decoy.xlsx"))
    except BadSheet:
        return
    assert [row.kind for row in intake.rows] == ["hidden row"]
