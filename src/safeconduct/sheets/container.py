"""What kind of file is this? Decided by what is in it, never by its name; a look, before anything is opened.

A ZIP file is judged by its directory (sizes, ratios, locks) before a byte of it is inflated.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from enum import StrEnum
from typing import NamedTuple

from safeconduct.core.errors import (
    SheetBroken,
    SheetEmpty,
    SheetInflates,
    SheetLocked,
    SheetTooManySheets,
    SheetUnknownFormat,
    SheetUnsafe,
)
from safeconduct.sheets.delimited import wide_encoding
from safeconduct.sheets.limits import MEGABYTE, Limits


class Kind(StrEnum):
    XLSX = ".xlsx"
    ODS = ".ods"
    TEXT = "delimited text"


class Stranger(NamedTuple):
    """A format we know of and do not read: what to call it, and how its sender can mend it."""

    what: str
    how: str


SAVE_AS = "Open it in a spreadsheet program and save it as .xlsx."
MARKS: tuple[tuple[bytes, Stranger], ...] = (
    (b"%PDF", Stranger("a PDF", "Ask for the spreadsheet it was made from.")),
    (
        b"{\\rtf",
        Stranger("a text document (RTF)", "Copy its table into a spreadsheet, save as .xlsx."),
    ),
    (b"\x89PNG", Stranger("a picture", "Ask for the spreadsheet itself.")),
    (b"\xff\xd8\xff", Stranger("a picture", "Ask for the spreadsheet itself.")),
    (b"GIF8", Stranger("a picture", "Ask for the spreadsheet itself.")),
    (b"\x1f\x8b", Stranger("a compressed file (gzip)", "Unpack it.")),
    (b"7z\xbc\xaf", Stranger("a compressed file (7z)", "Unpack it.")),
    (b"Rar!", Stranger("a compressed file (RAR)", "Unpack it.")),
    (b"BZh", Stranger("a compressed file (bzip2)", "Unpack it.")),
    (b"\xfd7zXZ", Stranger("a compressed file (xz)", "Unpack it.")),
    (b"SQLite format 3", Stranger("a database", "Export its table as .csv.")),
    (b"PAR1", Stranger("a Parquet file", "Export its table as .csv.")),
)
MARKUP: tuple[tuple[bytes, Stranger], ...] = (
    (
        b"urn:schemas-microsoft-com:office:spreadsheet",
        Stranger("an XML spreadsheet of 2003", SAVE_AS),
    ),
    (b"<office:document", Stranger("a flat OpenDocument file", SAVE_AS)),
    (b"<html", Stranger("a web page", SAVE_AS)),
    (b"<!doctype html", Stranger("a web page", SAVE_AS)),
    (b"<table", Stranger("a web page", SAVE_AS)),
    (b"<?xml", Stranger("an XML document", "Ask for it as a spreadsheet.")),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
OLD_WORKBOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


def kind_of(data: bytes, file: str, limits: Limits) -> Kind:
    """The kind of a file that can be read.

    Raises SheetEmpty, SheetUnknownFormat, SheetLocked, SheetBroken, SheetUnsafe, SheetInflates, SheetTooManySheets.
    """
    if not data:
        raise SheetEmpty(file=file)
    if data.startswith(b"PK"):
        return _look_into_zip(data, file, limits)
    if data.startswith(OLE):
        _refuse_compound(data, file)
    for mark, stranger in MARKS:
        if data.startswith(mark):
            raise SheetUnknownFormat(file=file, what=stranger.what, how=stranger.how)
    _refuse_markup(data, file)
    if _is_binary(data):
        raise SheetUnknownFormat(
            file=file, what="not text and no kind of sheet we know", how=SAVE_AS
        )
    return Kind.TEXT


def _refuse_compound(data: bytes, file: str) -> None:
    """An OLE compound file: a locked .xlsx, an old .xls, or something else of that age."""
    if LOCKED_PACKAGE in data:
        raise SheetLocked(file=file)
    if any(name in data for name in OLD_WORKBOOK):
        # Its reader cannot tell which rows are hidden, and hidden rows are never silently read.
        raise SheetUnknownFormat(file=file, what="an old .xls workbook", how=SAVE_AS)
    raise SheetUnknownFormat(
        file=file, what="an old Office document", how="Save its table as .xlsx."
    )


def _refuse_markup(data: bytes, file: str) -> None:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return
    lowered = head.lower()
    for mark, stranger in MARKUP:
        if mark in lowered:
            raise SheetUnknownFormat(file=file, what=stranger.what, how=stranger.how)


def _is_binary(data: bytes) -> bool:
    """Text has hardly any zero bytes, unless it is UTF-16; a few are left out and told of."""
    head = data[:65536]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or wide_encoding(data):
        return False
    return head.count(0) * 3 > len(head)


def _look_into_zip(data: bytes, file: str, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_parts(parts, file, limits)
            return _kind_of_package(package, file)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        ValueError,
        EOFError,
        zlib.error,
    ) as error:
        raise SheetBroken(file=file, what="its compressed parts cannot be opened") from error


def _check_parts(parts: list[zipfile.ZipInfo], file: str, limits: Limits) -> None:
    if len(parts) > limits.parts:
        raise SheetTooManySheets(file=file, count=len(parts), what="parts", limit=limits.parts)
    if any(part.flag_bits & 0x1 for part in parts):
        raise SheetLocked(file=file)
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise SheetUnsafe(file=file, what="two of its parts have the same name")
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise SheetUnsafe(file=file, what="an unusual compression")
    total = sum(part.file_size for part in parts)
    if total > limits.inflated_bytes:
        raise SheetInflates(
            file=file,
            what=f"{total // MEGABYTE} MB, over the {limits.inflated_bytes // MEGABYTE} MB that are read",
        )
    for part in parts:
        if part.file_size > 20 * MEGABYTE and part.file_size > limits.ratio * part.compress_size:
            raise SheetInflates(file=file, what=f"over {limits.ratio} times its size")


PACKAGES: tuple[tuple[str, Stranger], ...] = (
    ("xl/workbook.bin", Stranger("a binary workbook (.xlsb)", SAVE_AS)),
    (
        "word/document.xml",
        Stranger("a text document (.docx)", "Copy its table into a spreadsheet, save as .xlsx."),
    ),
    (
        "ppt/presentation.xml",
        Stranger("a slide show", "Copy its table into a spreadsheet, save as .xlsx."),
    ),
    ("index/document.iwa", Stranger("a Numbers sheet", "Export it as Excel (.xlsx).")),
    ("index.zip", Stranger("a Numbers sheet", "Export it as Excel (.xlsx).")),
)
ARCHIVE = Stranger("a ZIP archive", "Unpack it, and give the sheets inside.")
OTHER_ODF = Stranger(
    "another kind of OpenDocument", "Copy its table into a spreadsheet, save as .xlsx."
)


def _kind_of_package(package: zipfile.ZipFile, file: str) -> Kind:
    by_lowered = {part.filename.lower(): part for part in package.infolist()}
    if "xl/workbook.xml" in by_lowered or (
        "_rels/.rels" in by_lowered
        and any("/worksheets/" in f"/{name}" and name.endswith(".xml") for name in by_lowered)
    ):
        return Kind.XLSX
    if "content.xml" in by_lowered:
        if "mimetype" in by_lowered and not _is_ods(package, by_lowered["mimetype"]):
            raise SheetUnknownFormat(file=file, what=OTHER_ODF.what, how=OTHER_ODF.how)
        manifest = by_lowered.get("meta-inf/manifest.xml")
        if manifest is not None and b"encryption-data" in package.read(manifest):
            raise SheetLocked(file=file)
        return Kind.ODS
    for name, stranger in PACKAGES:
        if name in by_lowered:
            raise SheetUnknownFormat(file=file, what=stranger.what, how=stranger.how)
    raise SheetUnknownFormat(file=file, what=ARCHIVE.what, how=ARCHIVE.how)


def _is_ods(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with package.open(part) as opened:
        return opened.read(200).strip().startswith(ODS_TYPE)
