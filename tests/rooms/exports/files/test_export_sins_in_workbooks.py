"""The scanner finds each sin that is planted in a workbook. F18: 18,714 people in the hidden rows of a spreadsheet.

Most sins are planted in a workbook of ours, so that nothing but the sin is there to be found; those at the end are made
by openpyxl, as somebody's program would make them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet
from tables_at_hand import (
    A_TABLE,
    SHEET,
    STYLES,
    WORKBOOK,
    packed,
    parts_of,
    patched,
    told,
    with_part,
)

from safeconduct.core.errors import FileNotAsExpected
from safeconduct.exports.files.scanning import refuse_unless_clean, scan
from safeconduct.exports.files.table import Table
from safeconduct.exports.files.writing import as_xlsx

CLEAN = as_xlsx(A_TABLE)


def test_it_finds_nothing_in_a_workbook_without_sin() -> None:
    assert scan(CLEAN, A_TABLE) == []
    assert scan(packed(parts_of(CLEAN)), A_TABLE) == [], "the planting itself is no sin"


# --- F18: what is there and not shown ---------------------------------------------------


def test_f18_a_hidden_row() -> None:
    assert "Row 3 is hidden." in told(patched(SHEET, '<row r="3">', '<row r="3" hidden="1">'))


def test_f18_a_row_of_no_height() -> None:
    sin = patched(SHEET, '<row r="3">', '<row r="3" ht="0" customHeight="1">')
    assert "Row 3 has a height of its own" in told(sin)


def test_f18_all_rows_of_no_height() -> None:
    sin = patched(SHEET, "<cols>", '<sheetFormatPr defaultRowHeight="0" zeroHeight="1"/><cols>')
    assert "a format for all rows, which may hide them" in told(sin)


def test_f18_a_hidden_column() -> None:
    sin = patched(SHEET, 'customWidth="1"/>', 'customWidth="1" hidden="1"/>')
    assert "Column A is hidden." in told(sin)


def test_f18_a_column_of_no_width() -> None:
    sin = patched(SHEET, 'width="16" customWidth', 'width="0" customWidth')
    assert "Column A has a width that is not its column's" in told(sin)


def test_f18_a_collapsed_group_of_rows() -> None:
    sin = told(patched(SHEET, '<row r="3">', '<row r="3" outlineLevel="1" collapsed="1">'))
    assert "belongs to a group that may be collapsed" in sin
    assert "is a collapsed group" in sin


def test_f18_a_grouped_column() -> None:
    sin = patched(SHEET, 'customWidth="1"/>', 'customWidth="1" outlineLevel="1"/>')
    assert "Column A belongs to a group" in told(sin)


@pytest.mark.parametrize(
    ("state", "words"), [("hidden", "is hidden, or may be"), ("veryHidden", "so that no menu")]
)
def test_f18_a_second_sheet_that_is_hidden(state: str, words: str) -> None:
    parts = parts_of(CLEAN)
    parts["xl/worksheets/sheet2.xml"] = parts[SHEET]
    parts[WORKBOOK] = parts[WORKBOOK].replace(
        b"</sheets>",
        f'<sheet name="All" sheetId="2" state="{state}" r:id="rId3"/></sheets>'.encode(),
    )
    found = told(packed(parts))
    assert words in found
    assert "is another sheet" in found
    assert "a sheet that no export has" in found


def test_f18_our_own_sheet_hidden() -> None:
    assert "is hidden, or may be" in told(
        patched(WORKBOOK, 'sheetId="1"', 'sheetId="1" state="hidden"')
    )


def test_f18_a_filter() -> None:
    sin = patched(SHEET, "</sheetData>", '</sheetData><autoFilter ref="A1:E4"/>')
    assert "a filter, which hides rows" in told(sin)


def test_f18_another_view_that_hides_rows() -> None:
    sin = patched(
        SHEET,
        "</sheetData>",
        '</sheetData><customSheetViews><customSheetView guid="x"/></customSheetViews>',
    )
    assert "another view of the sheet" in told(sin)


def test_f18_a_frozen_pane_scrolled_past_rows() -> None:
    pane = '<pane ySplit="2" topLeftCell="A900" state="frozen"/>'
    views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    found = told(patched(SHEET, "<cols>", f"{views}<cols>"))
    assert "a view of the sheet" in found
    assert "a pane that may hide rows" in found


def test_f18_merged_cells_over_others() -> None:
    sin = patched(
        SHEET, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:E4"/></mergeCells>'
    )
    assert "merged cells, of which only one is seen" in told(sin)


# --- more than was asked for -------------------------------------------------------------

MORE = '<row r="5"><c r="A5" s="1" t="inlineStr"><is><t>more</t></is></c></row></sheetData>'


def test_a_row_more() -> None:
    found = told(patched(SHEET, "</sheetData>", MORE))
    assert "Row 5 is a row more than were asked for" in found
    assert "has 5 rows, where 4 are expected" in found


def test_a_row_less() -> None:
    sheet = parts_of(CLEAN)[SHEET].decode()
    last = sheet[sheet.index('<row r="4">') : sheet.index("</sheetData>")]
    assert "has 3 rows, where 4 are expected" in told(patched(SHEET, last, ""))


@pytest.mark.parametrize("address", ["F2", "XFD2", "A1048576"])
def test_a_cell_outside_of_the_table(address: str) -> None:
    cell = f'<c r="{address}" s="1" t="inlineStr"><is><t>more</t></is></c></row>'
    assert f"Cell {address} is filled, where nothing should stand" in told(
        patched(SHEET, "</row>", cell)
    )


def test_a_cell_where_the_table_has_none() -> None:
    cell = '<c r="C4" s="1"'
    more = '<c r="B4" s="0"><v>7</v></c>'
    assert "Cell B4 is filled, where nothing should stand" in told(
        patched(SHEET, cell, more + cell)
    )


def test_a_cell_twice() -> None:
    cell = '<c r="A2" s="1" t="inlineStr"><is><t>K7Q4MX2PD</t></is></c>'
    assert "Cell A2 is filled, where nothing" in told(patched(SHEET, cell, cell + cell))


def test_a_cell_that_tells_no_place() -> None:
    assert "does not tell where it stands" in told(patched(SHEET, '<c r="A2" ', "<c "))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<t>1984</t>", "<t>1985</t>"),
        ("<t>1984</t>", "<t/>"),
        ("<v>5</v>", "<v>6</v>"),
        ("<v>5</v>", "<v>5.0</v>"),
        ("<v>5</v>", "<v>05</v>"),
        ("<v>5</v>", "<v/>"),
        ("<v>5</v>", "<v>5</v><v>6</v>"),
        ("<v>5</v>", "<is><t>5</t></is>"),
    ],
)
def test_a_value_that_is_not_the_tables(old: str, new: str) -> None:
    assert "does not hold what the table holds" in told(patched(SHEET, old, new))


def test_a_missing_cell() -> None:
    assert "Cell B2 is missing" in told(patched(SHEET, '<c r="B2" s="0"><v>5</v></c>', ""))


def test_a_number_where_text_should_stand() -> None:
    sin = patched(
        SHEET,
        '<c r="D2" s="1" t="inlineStr"><is><t>1984</t></is></c>',
        '<c r="D2" s="1"><v>1984</v></c>',
    )
    assert "Cell D2" in told(sin)


def test_the_last_cell_of_a_row_missing() -> None:
    sheet = parts_of(CLEAN)[SHEET].decode()
    last = sheet[sheet.index('<c r="E2"') : sheet.index("</row>", sheet.index('<c r="E2"'))]
    assert told(patched(SHEET, last, "")) == "Cell E2 is missing."


def test_a_column_more() -> None:
    more = '<col min="6" max="6" width="16" customWidth="1"/></cols>'
    found = told(patched(SHEET, "</cols>", more))
    assert "Column F is a column more than were asked for" in found
    assert "does not tell the width of each column once" in found


def test_a_column_that_is_asked_for_too_narrow() -> None:
    narrow = tuple(replace(column, width=1) for column in A_TABLE.columns)
    table = Table(narrow, A_TABLE.rows)
    assert "Column A is too narrow for anything in it to be seen" in told(as_xlsx(table), table)


@pytest.mark.parametrize("data", ["<sheetData/>", "<cols/>"])
def test_cells_or_columns_told_twice(data: str) -> None:
    found = told(patched(SHEET, "</worksheet>", f"{data}</worksheet>"))
    assert found == "The sheet has its cells in another order than every export, or twice."


def test_a_cell_without_its_type() -> None:
    assert "Cell A2 lacks an attribute" in told(patched(SHEET, ' s="1" t="inlineStr"', ' s="1"'))


def test_attributes_in_another_order() -> None:
    sin = patched(SHEET, '<c r="A2" s="1"', '<c s="1" r="A2"')
    assert told(sin) == "Cell A2 tells its attributes in another order than every export."


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "a  b", "_x0041_"])
def test_a_text_that_was_asked_for_and_is_not_fit_to_leave(text: str) -> None:
    table = Table(A_TABLE.columns[:1], ((text,),))  # past `table_of`, as a slip would
    assert "Cell A2 is not fit to leave" in told(as_xlsx(table), table)


# --- what runs, leads out or remembers --------------------------------------------------


def test_a_formula() -> None:
    found = told(patched(SHEET, "<v>5</v>", "<f>2+3</f><v>5</v>"))
    assert "Cell B2 holds a formula" in found


def test_a_text_typed_as_the_result_of_a_formula() -> None:
    sin = patched(SHEET, '<c r="A2" s="1" t="inlineStr">', '<c r="A2" s="1" t="str">')
    assert "Cell A2 is of a type that is not its column's" in told(sin)


def test_a_link_from_a_cell() -> None:
    sin = patched(
        SHEET,
        "</sheetData>",
        '</sheetData><hyperlinks><hyperlink ref="A2" r:id="rId1"/></hyperlinks>',
    )
    assert "holds a link" in told(sin)


def test_a_relationship_that_leads_outside() -> None:
    sin = patched(
        "xl/_rels/workbook.xml.rels",
        'Target="styles.xml"',
        'Target="https://example.org/" TargetMode="External"',
    )
    assert "leads outside of the file" in told(sin)


def test_a_defined_name() -> None:
    sin = patched(
        WORKBOOK,
        "</sheets>",
        '</sheets><definedNames><definedName name="x">List!$A$1</definedName></definedNames>',
    )
    assert "a defined name" in told(sin)


def test_a_list_of_allowed_values() -> None:
    sin = patched(
        SHEET,
        "</sheetData>",
        '</sheetData><dataValidations count="1"><dataValidation type="list" sqref="A1">'
        '<formula1>"one,two"</formula1></dataValidation></dataValidations>',
    )
    assert "a list of allowed values" in told(sin)


PARTS = {
    "xl/pivotCache/pivotCacheRecords1.xml": "a pivot cache",
    "xl/pivotTables/pivotTable1.xml": "a pivot table",
    "xl/externalLinks/externalLink1.xml": "a link to another workbook",
    "xl/comments1.xml": "holds comments",
    "xl/threadedComments/threadedComment1.xml": "holds comments",
    "xl/persons/person.xml": "names the persons who commented",
    "customXml/item1.xml": "is custom XML",
    "docProps/core.xml": "who made it, and when",
    "docProps/app.xml": "properties of the document",
    "docProps/custom.xml": "properties of the document",
    "xl/vbaProject.bin": "is a macro",
    "xl/media/image1.png": "is an image",
    "xl/drawings/drawing1.xml": "is a drawing",
    "xl/embeddings/oleObject1.bin": "a document within the document",
    "xl/sharedStrings.xml": "texts apart from the cells",
    "xl/worksheets/sheet2.xml": "is another sheet",
    "xl/printerSettings/printerSettings1.bin": "tells of a printer",
    "xl/revisions/revisionLog1.xml": "earlier revisions",
    "xl/theme/theme1.xml": "is a theme",
    "xl/calcChain.xml": "a chain of formulas",
    "xl/connections.xml": "a connection to a database",
    "notes.txt": "is a part that no export has",
}


@pytest.mark.parametrize(("name", "words"), PARTS.items(), ids=PARTS.keys())
def test_a_part_that_no_export_has(name: str, words: str) -> None:
    assert words in told(with_part(name))


# --- what is there and cannot be read --------------------------------------------------


def test_a_number_format_that_shows_nothing() -> None:
    sin = patched(
        STYLES,
        "<fonts",
        '<numFmts count="1"><numFmt numFmtId="164" formatCode=";;;"/></numFmts><fonts',
    )
    assert "a number format of its own" in told(sin)


def test_a_style_that_uses_another_number_format() -> None:
    assert "by a number format that ours does not have" in told(
        patched(STYLES, 'numFmtId="49"', 'numFmtId="164"')
    )


def test_white_letters_on_white() -> None:
    sin = patched(STYLES, '<font><sz val="11"/>', '<font><color rgb="FFFFFFFF"/><sz val="11"/>')
    assert "a colour for letters" in told(sin)


def test_letters_of_no_size() -> None:
    assert "An element sz of the part xl/styles.xml" in told(
        patched(STYLES, '<sz val="11"/>', '<sz val="1"/>')
    )


def test_a_format_that_blanks_values() -> None:
    sin = patched(
        SHEET,
        "</sheetData>",
        '</sheetData><conditionalFormatting sqref="A1:E4"><cfRule type="expression" dxfId="0" priority="1"/>'
        "</conditionalFormatting>",
    )
    assert "a format that depends on values" in told(sin)


def test_a_cell_with_another_style() -> None:
    sin = patched(SHEET, '<c r="A2" s="1"', '<c r="A2" s="2"')
    assert "Cell A2 has a style that is not its kind's" in told(sin)


def test_a_text_within_a_text() -> None:
    sin = patched(SHEET, "<is><t>1984</t></is>", "<is><t>1984</t><rPh><t>more</t></rPh></is>")
    assert "a reading aid with text of its own" in told(sin)


def test_a_header_for_printing() -> None:
    sin = patched(
        SHEET,
        "</sheetData>",
        "</sheetData><headerFooter><oddHeader>more</oddHeader></headerFooter>",
    )
    assert "a header or footer for printing" in told(sin)


def test_an_extension() -> None:
    assert "an extension of some program" in told(
        patched(SHEET, "</sheetData>", "</sheetData><extLst/>")
    )


def test_text_between_cells() -> None:
    assert "Row 2 holds text where none belongs" in told(
        patched(SHEET, '<row r="2">', '<row r="2">more')
    )


def test_a_comment_of_xml() -> None:
    assert "holds a comment of XML" in told(
        patched(SHEET, "<sheetData>", "<!-- more --><sheetData>")
    )


def test_an_instruction_to_programs() -> None:
    assert "holds an instruction" in told(patched(SHEET, "<sheetData>", "<?more ?><sheetData>"))


def test_a_declared_entity() -> None:
    sin = patched(SHEET, "<worksheet", '<!DOCTYPE worksheet [<!ENTITY e "more">]><worksheet')
    assert "declares a document type or an entity" in told(sin)


def test_blanks_between_attributes() -> None:
    sin = patched(SHEET, '<row r="2">', '<row  r="2" >')
    assert "holds bytes that its elements and text do not account for" in told(sin)


def test_a_second_way_to_write_a_letter() -> None:
    assert "do not account for" in told(patched(SHEET, "<t>1984</t>", "<t>&#49;984</t>"))


def test_a_sheet_that_is_cut_short() -> None:
    assert "is not well-formed" in told(patched(SHEET, "</sheetData></worksheet>", ""))


# --- the package ----------------------------------------------------------------------------


def test_bytes_behind_the_end() -> None:
    assert "bytes behind its end" in told(CLEAN + b"more")


def test_bytes_before_the_start() -> None:
    sin = b"PK more" + CLEAN
    assert zipfile.ZipFile(io.BytesIO(sin)).testzip() is None, "a reader sees nothing of it"
    assert "does not stand where its end says" in told(sin)


def test_a_comment_of_the_package() -> None:
    file = io.BytesIO(CLEAN)
    with zipfile.ZipFile(file, "a") as package:
        package.comment = b"more"
    assert "has a comment, or bytes behind its end" in told(file.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_under_a_name_that_another_has() -> None:
    file = io.BytesIO(CLEAN)
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(SHEET, b"<worksheet/>")
    assert "stands under a name that another part has" in told(file.getvalue())


def test_a_part_that_was_deleted_from_the_directory_only() -> None:
    extra = with_part("more.xml")
    offset = extra.index(b"PK\1\2", extra.rindex(b"PK\3\4"))
    entries = list(zipfile.ZipFile(io.BytesIO(extra)).infolist())
    last = extra.rindex(b"PK\1\2")
    end = extra.rindex(b"PK\5\6")
    directory = extra[offset:last]
    closing = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, len(entries) - 1, len(entries) - 1, len(directory), offset, 0
    )
    assert len(extra) == end + 22
    sin = extra[:offset] + directory + closing
    assert zipfile.ZipFile(io.BytesIO(sin)).testzip() is None, "a reader sees nothing of it"
    assert "bytes between its parts and its directory" in told(sin)


def test_a_part_with_two_names() -> None:
    sin = CLEAN.replace(b"xl/styles.xml", b"xl/stylez.xml", 1)
    assert "told of otherwise in its own header than in the directory" in told(sin)


def test_a_time_of_writing() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts_of(CLEAN).items():
            package.writestr(zipfile.ZipInfo(name, (2021, 8, 15, 9, 0, 0)), data)
    assert "tells of a time, a machine" in told(file.getvalue())


FIRST = CLEAN.index(b"PK\1\2")  # the directory
END = CLEAN.rindex(b"PK\5\6")


def rewritten(data: bytes, at: int, form: str, value: int) -> bytes:
    """With one number of a header made another."""
    size = struct.calcsize(form)
    return data[:at] + struct.pack(form, value) + data[at + size :]


def with_gap(at: int, size_too: bool = False) -> bytes:
    """With four bytes more at a place, and an end that knows of them."""
    sin = CLEAN[:at] + b"more" + CLEAN[at:]
    if size_too:
        return rewritten(sin, END + 4 + 12, "<L", END - FIRST + 4)
    return rewritten(sin, END + 4 + 16, "<L", FIRST + 4)


def test_a_part_that_is_left_out() -> None:
    parts = parts_of(CLEAN)
    del parts[STYLES]
    assert "The package lacks its part xl/styles.xml" in told(packed(parts))


def test_bytes_between_two_parts() -> None:
    last, its_entry = CLEAN.rindex(b"PK\3\4"), CLEAN.rindex(b"PK\1\2")
    sin = rewritten(with_gap(last), its_entry + 4 + 42, "<L", last + 4)
    assert zipfile.ZipFile(io.BytesIO(sin)).testzip() is None, "a reader sees nothing of it"
    assert told(sin) == "Part 6 of the package has bytes before it that belong to no part."


def test_bytes_between_parts_and_directory() -> None:
    assert "has bytes between its parts and its directory" in told(with_gap(FIRST))


def test_bytes_behind_the_directory() -> None:
    assert "The directory has bytes behind its last entry" in told(with_gap(END, size_too=True))


def test_a_directory_with_an_entry_too_few() -> None:
    sin = rewritten(rewritten(CLEAN, END + 8, "<H", 7), END + 10, "<H", 7)
    assert "Entry 7 of the directory is missing or cut short" in told(sin)


def test_an_extra_field_of_the_directory() -> None:
    name = struct.unpack_from("<H", CLEAN, FIRST + 28)[0]
    sin = with_gap(FIRST + 46 + name, size_too=True)
    assert "Entry 1 of the directory has an extra field" in told(
        rewritten(sin, FIRST + 30, "<H", 4)
    )
    assert "Entry 1 of the directory has an extra field" in told(
        rewritten(sin, FIRST + 32, "<H", 4)
    )


def test_an_extra_field_of_a_part() -> None:
    name = struct.unpack_from("<H", CLEAN, 26)[0]
    sin = rewritten(with_gap(30 + name), 28, "<H", 4)
    assert "Part 1 of the package is told of otherwise in its own header" in told(sin)


def test_a_part_that_is_not_where_it_is_said_to_be() -> None:
    assert "is not where the directory says" in told(rewritten(CLEAN, FIRST + 42, "<L", 1))


@pytest.mark.parametrize(("field", "form", "value"), [(24, "<L", 1 << 31), (10, "<H", 12)])
def test_a_part_that_is_too_large_or_packed_in_an_unusual_way(
    field: int, form: str, value: int
) -> None:
    found = told(rewritten(CLEAN, FIRST + field, form, value))
    assert "is too large to look into, or packed in an unusual way" in found


def test_a_part_that_cannot_be_unpacked() -> None:
    name = struct.unpack_from("<H", CLEAN, 26)[0]
    assert "Part 1 of the package cannot be unpacked" in told(rewritten(CLEAN, 30 + name, "<B", 7))


@pytest.mark.parametrize("field", [16, 24])
def test_a_part_of_another_size_or_checksum_than_it_says(field: int) -> None:
    found = told(rewritten(CLEAN, FIRST + field, "<L", 600))
    assert "Part 1 of the package is not of the size or the checksum" in found


def test_spare_bits_of_a_packed_part() -> None:
    """The last byte of a packed part may have bits that say nothing: each could carry something out."""
    found = 0
    for start in (
        at for at in range(4, len(CLEAN)) if CLEAN.startswith((b"PK\3\4", b"PK\1\2"), at)
    ):
        sin = bytearray(CLEAN)
        sin[start - 1] ^= 0x80
        try:
            same = parts_of(bytes(sin)) == parts_of(CLEAN)
        except (zipfile.BadZipFile, zlib.error):
            continue
        if same and CLEAN[start - 1 : start] != b"l":  # not a letter of a name in the directory
            found += 1
            assert "is not packed as its contents are packed here" in told(bytes(sin))
    assert found > 0, "no part of this workbook has spare bits"


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\3\4", CLEAN[:-1], CLEAN[: len(CLEAN) // 2], b"PK\5\6" * 40]
)
def test_a_file_that_is_none(data: bytes) -> None:
    assert scan(data, A_TABLE)


# --- as somebody's program would make them -------------------------------------------------


def hide_a_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True


def hide_a_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def hide_a_sheet(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("All").sheet_state = "veryHidden"


def write_a_formula(sheet: Worksheet) -> None:
    sheet["B2"] = "=SUM(1,4)"


def comment(sheet: Worksheet) -> None:
    sheet["A2"].comment = Comment("more", "somebody")


def name_a_range(sheet: Worksheet) -> None:
    sheet.parent.defined_names["x"] = DefinedName("x", attr_text="List!$A$1")


def validate(sheet: Worksheet) -> None:
    rule = DataValidation(type="list", formula1='"one,two"')
    rule.add("A2")
    sheet.add_data_validation(rule)


def filter_rows(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:E4"


def write_in_white(sheet: Worksheet) -> None:
    sheet["A2"].font = Font(color="FFFFFFFF")


def show_nothing(sheet: Worksheet) -> None:
    sheet["A2"].number_format = ";;;"


MADE: dict[Callable[[Worksheet], None], str] = {
    hide_a_row: "Row 3 is hidden.",
    hide_a_column: "is hidden.",
    hide_a_sheet: "is hidden so that no menu shows it",
    write_a_formula: "Cell B2 holds a formula",
    comment: "holds comments",
    name_a_range: "a defined name",
    validate: "a list of allowed values",
    filter_rows: "a filter, which hides rows",
    write_in_white: "a colour for letters",
    show_nothing: "a number format of its own",
}


@pytest.mark.parametrize("sin", MADE, ids=lambda sin: sin.__name__)
def test_a_sin_made_by_another_program(sin: Callable[[Worksheet], None]) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(CLEAN))
    sin(workbook.worksheets[0])
    file = io.BytesIO()
    workbook.save(file)
    found = told(file.getvalue())
    assert MADE[sin] in found
    assert "who made it, and when" in found, "openpyxl always tells"


# --- how findings read -----------------------------------------------------------------------


def test_a_finding_quotes_nothing_of_the_file() -> None:
    parts = {**parts_of(CLEAN), "Parzavand.txt": b"Parzavand"}
    parts[SHEET] = (
        parts[SHEET].replace(b"Zarvesh", b"Bohlol").replace(b"<t>1984", b'<t Parz="x">1984')
    )
    parts[SHEET] = parts[SHEET].replace(b"<sheetData>", b"<Parzavand/><sheetData>")
    found = told(packed(parts))
    assert len(found.splitlines()) > 3
    assert not any(word in found for word in ("Parz", "Bohlol", "Zarvesh", "1984"))


def test_ten_thousand_sins_of_a_kind_are_counted_and_not_listed() -> None:
    rows = "".join(f'<row r="{number}" hidden="1"/>' for number in range(5, 10_005))
    found = scan(patched(SHEET, "</sheetData>", f"{rows}</sheetData>"), A_TABLE)
    assert len(found) < 60
    assert any("Each of 9980 more places is hidden" in str(each) for each in found)


def test_a_file_that_does_not_pass_is_refused_with_the_first_finding() -> None:
    with pytest.raises(FileNotAsExpected, match="Row 3 is hidden"):
        refuse_unless_clean(scan(patched(SHEET, '<row r="3">', '<row r="3" hidden="1">'), A_TABLE))
    refuse_unless_clean(scan(CLEAN, A_TABLE))
