"""Tables for the tests: a fixed one that shows every kind of cell, and any table at all."""

from __future__ import annotations

import io
import zipfile

from hypothesis import strategies as st

from safeconduct.exports.files.columns import COLUMNS, Column, Kind, columns_named
from safeconduct.exports.files.scanning import scan
from safeconduct.exports.files.table import MOST_DIGITS, Given, Table, table_of
from safeconduct.exports.files.writing import EARLIEST, SQUEEZE, as_xlsx

SHEET = "xl/worksheets/sheet1.xml"
WORKBOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"

# Fictional. The telephones are of the range kept for drama.
A_TABLE = table_of(
    columns_named(["case_code", "household_size", "full_name", "birth_date", "phones"]),
    [
        ["K7Q4MX2PD", 5, "Zarvesh Parzavand", "1984", "+447700900123"],
        ["M2P4K7QXA", 3, "زرویش می\u200cپرز", None, "+447700900456|+447700900789"],
        ["Q4MX2PK7B", None, "A & B <of> \"C\"; 'D'", "1991-03-20", None],
    ],
)

NASTY = st.sampled_from(
    [
        "=1+1",
        "+447700900123",
        "-5",
        "@name",
        "＝1",
        "⩵1",
        " =1",
        "\t=1",
        "'=1",
        "''=1",
        "x;=1",
        'x; "=1',
        ";;'=1",
        "'",
        '"',
        '"",""',
        "a,b",
        "a\r\nb",
        "_x0041_",
        "_x005F_x0041_",
        "_X202e_",
        "]]>",
        "&amp;",
        "<c/>",
        "\u202egnp.exe",
        "\u2066a\u2069",
        "می\u200cخواهم",
        "a\u200cb",
        "\u200cالف\u200c",
        "\ufeffx",
        "\0",
        "\x0b",
        "\x85",
        "\u2028",
        "\ud800",
        "\ufffe",
        "\U000e0041",
        "\U0001f469\u200d\U0001f4bb",
        "e\u0301",
        "00123",
        "1e5",
        "TRUE",
        "#N/A",
        "  two  ",
        "\u3164",
        "",
    ]
)
ANY_TEXT = st.one_of(
    st.text(st.characters(), max_size=12),  # surrogates and unassigned too
    NASTY,
    st.lists(NASTY, max_size=3).map("".join),
)
_CELLS: dict[Kind, st.SearchStrategy[Given]] = {
    Kind.TEXT: st.one_of(st.none(), ANY_TEXT),
    Kind.NUMBER: st.one_of(
        st.none(),
        st.integers(-MOST_DIGITS + 1, MOST_DIGITS - 1),
        st.floats(-1e14, 1e14, allow_nan=False),
    ),
    Kind.DATE: st.one_of(st.none(), st.dates(), st.sampled_from(["1984", "1984-03", ""])),
}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any table of at most five columns and five rows."""
    columns: list[Column] = draw(
        st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=5, unique=True)
    )
    row = st.tuples(*(_CELLS[column.kind] for column in columns))
    return table_of(columns, draw(st.lists(row, max_size=5)))


# --- planting a sin in a workbook of ours -----------------------------------------


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Parts in a package whose every header is as ours, so that only the sin can be found."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            part = zipfile.ZipInfo(name, EARLIEST)
            part.create_system = 0
            package.writestr(part, data, zipfile.ZIP_DEFLATED, SQUEEZE)
    return file.getvalue()


def patched(part: str, old: str, new: str, table: Table = A_TABLE) -> bytes:
    """A workbook of ours with the first `old` of one part made `new`."""
    parts = parts_of(as_xlsx(table))
    assert old.encode() in parts[part], "this test plants nothing"
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    return packed(parts)


def with_part(name: str, data: bytes = b"<x/>") -> bytes:
    return packed({**parts_of(as_xlsx(A_TABLE)), name: data})


def told(data: bytes, table: Table = A_TABLE) -> str:
    """All that a scan says."""
    return "\n".join(map(str, scan(data, table)))
