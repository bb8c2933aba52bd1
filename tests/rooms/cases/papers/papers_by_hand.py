"""Fictional documents made on the spot, with what real ones carry unseen: places, names, scripts, deleted words."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw, PngImagePlugin

OWNER = "Farhad Fictional"
DELETED = "Hidden at the blue gate"
SCRIPT = "app.alert('hello')"
INSIDE = b"the words of the attached file"


def photograph(width: int = 64, height: int = 48) -> Image.Image:
    """A small picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), "blue")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height), fill="red")
    return image


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def notes(orientation: int = 1) -> Image.Exif:
    """What a telephone writes into a photograph."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Fictional Phones"
    exif[0x013B] = OWNER
    exif.get_ifd(0x8769)[0x9003] = "2021:08:15 10:00:00"
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (34.0, 31.0, 31.0), "E", (69.0, 10.0, 42.0)
    place[29] = "2021:08:15"
    return exif


def jpeg_with_place(orientation: int = 1) -> bytes:
    return saved(photograph(), "JPEG", exif=notes(orientation), comment=OWNER.encode(), quality=90)


def png_with_words() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", OWNER)
    words.add_itxt("XML:com.adobe.xmp", f"<x>{OWNER}</x>")
    return saved(photograph(), "PNG", pnginfo=words, exif=notes())


def tiff_of_three() -> bytes:
    pages = [photograph(), photograph(40, 30).convert("L"), photograph(32, 32).convert("1")]
    return saved(
        pages[0], "TIFF", save_all=True, append_images=pages[1:], tiffinfo={315: OWNER, 270: OWNER}
    )


def pdf_of(pages: int = 1, words: str = "We ask for help") -> Pdf:
    pdf = Pdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(f"BT /F1 24 Tf 72 700 Td ({words}) Tj ET".encode())
    return pdf


def written(pdf: Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def pdf_with_everything() -> bytes:
    """A PDF that acts, tells and carries: each thing is removed."""
    pdf = pdf_of(2)
    pdf.docinfo[Name.Author] = String(OWNER)
    with pdf.open_metadata() as about:
        about["dc:creator"] = [OWNER]
    script = Dictionary(S=Name.JavaScript, JS=String(SCRIPT))
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script])))
    pdf.attachments["list.txt"] = INSIDE
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Drawn=Dictionary(Private=String(OWNER)))
    page.Unheard = String(OWNER)
    page.Thumb = pdf.make_stream(OWNER.encode())
    link = Dictionary(S=Name.URI, URI=String("https://tracking.example/farhad"))
    box = Array([10, 10, 100, 40])
    shown = pdf.make_stream(b"0 0 90 30 re f", Subtype=Name.Form, BBox=Array([0, 0, 90, 30]))
    page.Annots = Array([
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=link),
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=box, T=String(OWNER), Contents=String(DELETED)),
        Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=box, T=String(OWNER), AP=Dictionary(N=shown)),
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box,
                   A=Dictionary(S=Name.Launch, F=String("calc.exe"))),
    ])  # fmt: skip
    return written(pdf)


def pdf_with_deleted_words() -> bytes:
    """Two revisions in one file: the second replaces the words of the first, which are still in its bytes."""
    first = written(
        pdf_of(words=DELETED),
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
    )
    pdf = pikepdf.open(io.BytesIO(first))
    number = pdf.pages[0].obj.Contents.objgen[0]
    size = int(pdf.trailer.Size)
    root = pdf.trailer.Root.objgen[0]
    start = int(first.rsplit(b"startxref", 1)[1].split()[0])
    words = b"BT /F1 24 Tf 72 700 Td (Good news) Tj ET"
    at = len(first)
    more = b"%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        len(words),
        words,
    )
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (
        number,
        at,
        size,
        root,
        start,
    )
    return first + more + table + b"startxref\n%d\n%%%%EOF\n" % (at + len(more))


def pdf_with_photograph(*, packed: bool = False) -> bytes:
    """A page that shows a JPEG with place and owner in it; `packed` once more by Flate around it."""
    pdf = pdf_of()
    image = pdf.make_stream(
        jpeg_with_place(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=64,
        Height=48,
        BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB,
        Filter=Name.DCTDecode,
        Metadata=pdf.make_stream(OWNER.encode()),
    )
    if packed:
        import zlib  # noqa: PLC0415

        image.write(
            zlib.compress(jpeg_with_place()), filter=Array([Name.FlateDecode, Name.DCTDecode])
        )
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(Im0=image)
    page.Contents = pdf.make_stream(b"q 400 0 0 300 72 300 cm /Im0 Do Q")
    return written(pdf)


def form_filled_in() -> bytes:
    pdf = pdf_of()
    looks = pdf.make_stream(
        b"BT /F1 12 Tf (Zahra) Tj ET", Subtype=Name.Form, BBox=Array([0, 0, 90, 30])
    )
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String("Zahra"),
            Rect=Array([72, 600, 200, 630]),
            F=4,
            AP=Dictionary(N=looks),
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field])))
    return written(pdf)


def zip_of(name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, "<w/>")
    return out.getvalue()


def everything_in(pdf: bytes) -> bytes:
    """All that a PDF says anywhere: its bytes, its streams unpacked, its strings, its keys."""
    said = [pdf]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for thing in [*opened.objects, opened.trailer]:
            said.append(repr(thing).encode("utf-8", "replace"))
            if isinstance(thing, pikepdf.Stream):
                said.append(thing.read_raw_bytes())
                try:
                    said.append(thing.read_bytes())
                except pikepdf.PdfError:  # a picture's own coding
                    continue
    return b"\n".join(said)


MADE: dict[str, Callable[[], bytes]] = {
    "jpeg": jpeg_with_place,
    "png": png_with_words,
    "gif": lambda: saved(photograph(), "GIF", comment=OWNER),
    "webp": lambda: saved(photograph(), "WEBP", exif=notes()),
    "webp lossless": lambda: saved(photograph(), "WEBP", lossless=True),
    "tiff": tiff_of_three,
    "pdf": pdf_with_everything,
    "pdf with photograph": pdf_with_photograph,
    "pdf form": form_filled_in,
    "text": "سلام, we ask for help\nhttps://example.org\n".encode,
}


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The same bytes with a few of them changed, cut out, doubled or cut off."""
    told = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(max(1, len(told)))
        match chance.randrange(5):
            case 0:
                told[at : at + 1] = bytes((chance.randrange(256),))
            case 1:
                del told[at : at + chance.randrange(1, 40)]
            case 2:
                told[at:at] = told[at : at + chance.randrange(1, 40)]
            case 3:
                told[at : at + 4] = chance.choice(
                    (b"\xff\xff\xff\xff", b"\0\0\0\0", b"9999", b"<<[[")
                )
            case _:
                del told[max(20, at) :]
    return bytes(told)
