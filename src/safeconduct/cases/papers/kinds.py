"""What a document is, by its first bytes. Its name and what it was declared to be are never asked."""

from __future__ import annotations

import io
import re
import zipfile

from safeconduct.cases.papers.paper import Kind
from safeconduct.core.errors import PaperEmpty, PaperNotUtf8, PaperTwoKinds, PaperUnknownKind

_TAKEN = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
)

_PRINT = "Open it, print it to PDF, and give that."
_EACH = "Take out what is in it, and give each document by itself."
_NOT_RUN = "Do not open it. Ask its sender for a photograph or a PDF."
_PHOTO = "Save it as JPEG (a screenshot will do), and give that."
_FILM = "Films and sound are not taken. Give a picture of what matters in it, and tell its words in a note."

_NOT_TAKEN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file, or a saved message", _PRINT),
    (b"{\\rtf", "a rich text file", _PRINT),
    (b"%!PS", "a PostScript file", _PRINT),
    (b"AT&TFORM", "a DjVu file", _PRINT),
    (b"II+\0", "a very large TIFF", _PHOTO),
    (b"MM\0+", "a very large TIFF", _PHOTO),
    (b"BM", "a bitmap", _PHOTO),
    (b"8BPS", "a Photoshop file", _PHOTO),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", _PHOTO),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture", _PHOTO),
    (b"\xff\x0a", "a JPEG XL picture", _PHOTO),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _EACH),
    (b"Rar!\x1a\x07", "a RAR archive", _EACH),
    (b"\x1f\x8b", "a compressed file", _EACH),
    (b"BZh", "a compressed file", _EACH),
    (b"\xfd7zXZ\0", "a compressed file", _EACH),
    (b"MZ", "a Windows program", _NOT_RUN),
    (b"\x7fELF", "a program", _NOT_RUN),
    (b"\xca\xfe\xba\xbe", "a program", _NOT_RUN),
    (b"\xcf\xfa\xed\xfe", "a program", _NOT_RUN),
    (b"#!", "a script", _NOT_RUN),
    (b"OggS", "sound or a film", _FILM),
    (b"ID3", "sound", _FILM),
    (b"\x1aE\xdf\xa3", "a film", _FILM),
)

_HEIC = (
    "On an iPhone choose Settings, Camera, Formats, Most Compatible and take it again, or send it by e-mail or as a "
    "screenshot: then it is a JPEG. Give that."
)
# Tags by which browsers and programs take a text for a page, a drawing or another document of tags.
_TAGS = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:[?]xml|!doctype|html|head|body|svg|script|iframe|meta|title|table|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_NOT_TEXT = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(raw: bytes) -> Kind:
    """The kind of a document.

    Raises PaperEmpty, PaperUnknownKind, PaperTwoKinds for a PDF that is an archive too, PaperNotUtf8.
    """
    if not raw.strip(b"\0 \t\r\n"):
        raise PaperEmpty
    for magic, kind in _TAKEN:
        if raw.startswith(magic):
            return kind
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return Kind.WEBP
    # Scanners put an empty line or a mark of byte order before it; anything more is a second face.
    start = raw[:64].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t ")
    if start.startswith(b"%PDF-"):
        if zipfile.is_zipfile(io.BytesIO(raw)):
            raise PaperTwoKinds(what="a PDF and a ZIP archive")
        return Kind.PDF
    _refuse_known(raw)
    return _text_or_refusal(raw)


def _refuse_known(raw: bytes) -> None:
    for magic, what, how in _NOT_TAKEN:
        # Two letters also begin an honest text; a program or bitmap has bytes that no text has.
        if raw.startswith(magic) and (magic == b"#!" or len(magic) > 2 or _NOT_TEXT.search(raw)):
            raise PaperUnknownKind(what=what, how=how)
    if raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        raise _archive(raw)
    if raw[:4] == b"RIFF":
        raise PaperUnknownKind(what="sound or a film", how=_FILM)
    if raw[4:8] == b"ftyp":
        brand = raw[8:12]
        if brand in {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}:
            raise PaperUnknownKind(what="a HEIC photograph", how=_HEIC)
        if brand in {b"avif", b"avis"}:
            raise PaperUnknownKind(what="an AVIF picture", how=_PHOTO)
        raise PaperUnknownKind(what="a film", how=_FILM)


def _archive(raw: bytes) -> PaperUnknownKind:
    for mark, what in (
        (b"word/", "a Word file"),
        (b"xl/", "an Excel file"),
        (b"ppt/", "a PowerPoint file"),
        (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
        (b"mimetypeapplication/epub", "an electronic book"),
    ):
        if mark in raw[:200_000]:
            return PaperUnknownKind(what=what, how=_PRINT)
    return PaperUnknownKind(what="a ZIP archive", how=_EACH)


def _text_or_refusal(raw: bytes) -> Kind:
    if _TAGS.match(raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n\t \f")):
        raise PaperUnknownKind(what="a web page, a drawing or a file of tags", how=_PRINT)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise PaperNotUtf8
    if b"%PDF-" in raw[:1024]:
        raise PaperTwoKinds(what="a PDF and something that stands before it")
    if b"\0" in raw:
        raise PaperUnknownKind(what="a kind of file that is not known here", how=_PRINT)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(_NOT_TEXT.findall(raw[:4096])) > len(raw[:4096]) // 100:
            raise PaperUnknownKind(what="a file of an unknown kind", how=_PRINT) from error
        raise PaperNotUtf8 from error
    return Kind.TEXT
