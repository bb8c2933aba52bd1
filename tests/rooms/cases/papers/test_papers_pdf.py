"""A PDF is made anew from its pages: what acts, tells or hides stays behind, for real, in the bytes."""

from __future__ import annotations

import io

import pikepdf
import pytest
from papers_by_hand import (
    DELETED,
    INSIDE,
    OWNER,
    SCRIPT,
    everything_in,
    form_filled_in,
    pdf_of,
    pdf_with_deleted_words,
    pdf_with_everything,
    pdf_with_photograph,
    photograph,
    saved,
    written,
    zip_of,
)
from pikepdf import Array, Dictionary, Name, String

from safeconduct.cases.papers.cleaning import clean
from safeconduct.cases.papers.jp2_boxes import without_notes as jp2_without_notes
from safeconduct.cases.papers.jpeg_marks import without_notes as jpeg_without_notes
from safeconduct.cases.papers.limits import Limits
from safeconduct.cases.papers.paper import Kind
from safeconduct.core.errors import (
    PaperBroken,
    PaperDrawnByItsProgram,
    PaperLocked,
    PaperTooManyPages,
    PaperTwoKinds,
)

LIMITS = Limits()


def test_what_acts_tells_and_hides_is_gone():
    raw = pdf_with_everything()
    said = everything_in(raw)
    paper = clean(raw, LIMITS)
    kept = everything_in(paper.contents)
    for told in (
        OWNER,
        SCRIPT,
        DELETED,
        "tracking.example",
        "calc.exe",
        "list.txt",
        INSIDE.decode(),
    ):
        assert told.encode() in said, "the test is not looking where it should"
        assert told.encode() not in kept
    for key in ("JavaScript", "/JS", "/AA", "OpenAction", "EmbeddedFile", "/URI", "/Launch", "Annots", "/Info",
                "Metadata", "PieceInfo", "Thumb", "/Names", "AcroForm"):  # fmt: skip
        assert key.encode() not in kept, key
    assert {"WRITER", "ABOUT_ITSELF", "PROGRAM", "LINKS", "FILES_INSIDE", "MARKS"} == paper.noticed


def test_its_pages_stay_with_their_words_and_stamps():
    paper = clean(pdf_with_everything(), LIMITS)
    assert (paper.kind, paper.pages, paper.width, paper.height) == (Kind.PDF, 2, 595, 842)
    kept = everything_in(paper.contents)
    assert b"We ask for help" in kept
    assert b"0 0 90 30 re f" in kept, "a stamp that is seen becomes part of the page"


def test_what_was_deleted_in_a_later_revision_is_gone():
    raw = pdf_with_deleted_words()
    assert DELETED.encode() in raw
    paper = clean(raw, LIMITS)
    kept = everything_in(paper.contents)
    assert DELETED.encode() not in kept
    assert b"Good news" in kept
    assert "EARLIER" in paper.noticed


@pytest.mark.parametrize("packed", [False, True])
def test_a_photograph_inside_loses_its_notes_and_none_of_its_pixels(packed: bool):
    raw = pdf_with_photograph(packed=packed)
    assert b"Fictional Phones" in everything_in(raw) or packed
    paper = clean(raw, LIMITS)
    kept = everything_in(paper.contents)
    assert "PICTURES_TOLD" in paper.noticed
    for told in (b"Fictional", b"Exif", b"2021:08:15", OWNER.encode()):
        assert told not in kept

    def pixels(pdf: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            image = pikepdf.PdfImage(opened.pages[0].obj.Resources.XObject.Im0)
            return image.as_pil_image().convert("RGB").tobytes()

    assert pixels(paper.contents) == pixels(pdf_with_photograph())


def test_a_picture_inside_that_cannot_be_looked_at_is_refused():
    pdf = pikepdf.open(io.BytesIO(pdf_with_photograph()))
    pdf.pages[0].obj.Resources.XObject.Im0.write(b"\xff\xd8\xff\xe1\xff\xff", filter=Name.DCTDecode)
    with pytest.raises(PaperBroken):
        clean(written(pdf), LIMITS)


def test_a_photograph_written_into_the_page_itself_loses_its_notes():
    from papers_by_hand import jpeg_with_place  # noqa: PLC0415

    pdf = pdf_of()
    frame = b"q 64 0 0 48 0 0 cm BI /W 64 /H 48 /BPC 8 /CS /RGB /F /DCT ID "
    pdf.pages[0].obj.Contents = pdf.make_stream(frame + jpeg_with_place() + b"\nEI Q")
    kept = everything_in(clean(written(pdf), LIMITS).contents)
    assert b"Fictional" not in kept
    assert b"DCTDecode" in kept


def test_a_picture_without_its_notes_ends_where_it_ends():
    raw = saved(photograph(), "JPEG", comment=b"x" * 100)
    plain = jpeg_without_notes(b"junk" + raw + b"PK trailing")
    assert plain.startswith(b"\xff\xd8")
    assert plain.endswith(b"\xff\xd9")
    assert b"PK trailing" not in plain
    assert jpeg_without_notes(plain) == plain


def test_a_progressive_picture_keeps_all_its_scans():
    raw = saved(photograph(200, 200), "JPEG", progressive=True, exif=b"Exif\0\0" + b"x" * 64)
    plain = jpeg_without_notes(raw)
    assert plain.count(b"\xff\xda") == raw.count(b"\xff\xda") > 1
    assert b"Exif" not in plain


def test_jpeg_2000_loses_its_boxes_and_comments():
    from PIL import Image  # noqa: PLC0415

    raw = saved(photograph(), "JPEG2000", comment=OWNER.encode())
    box = b"uuid" + b"\x01" * 16 + OWNER.encode()
    raw += (len(box) + 4).to_bytes(4, "big") + box
    plain = jp2_without_notes(raw)
    assert OWNER.encode() in raw
    assert OWNER.encode() not in plain
    with Image.open(io.BytesIO(plain)) as first, Image.open(io.BytesIO(raw)) as second:
        assert first.tobytes() == second.tobytes()


def test_what_was_filled_in_stays_as_it_was_seen():
    paper = clean(form_filled_in(), LIMITS)
    kept = everything_in(paper.contents)
    assert b"(Zahra) Tj" in kept
    assert b"Widget" not in kept
    assert "FORM" in paper.noticed


def test_a_form_that_only_its_program_draws_is_refused():
    pdf = pdf_of()
    pdf.Root.NeedsRendering = True
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=String("<xdp/>"))
    with pytest.raises(PaperDrawnByItsProgram):
        clean(written(pdf), LIMITS)


def test_a_signature_is_told_since_it_can_no_longer_be_checked():
    pdf = pdf_of()
    field = pdf.make_indirect(
        Dictionary(FT=Name.Sig, T=String("s"), V=Dictionary(Type=Name.Sig, Name=String(OWNER)))
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    paper = clean(written(pdf), LIMITS)
    assert "SIGNED" in paper.noticed
    assert OWNER.encode() not in everything_in(paper.contents)


def test_a_password_is_asked_to_be_taken_off():
    raw = written(pdf_of(), encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(PaperLocked):
        clean(raw, LIMITS)


def test_a_lock_without_a_password_is_not_kept_and_is_told():
    raw = written(pdf_of(), encryption=pikepdf.Encryption(owner="a", user=""))
    paper = clean(raw, LIMITS)
    assert "RESTRICTED" in paper.noticed
    assert not pikepdf.open(io.BytesIO(paper.contents)).is_encrypted


def test_hidden_layers_stay_hidden_and_are_told_without_their_names():
    pdf = pdf_of()
    layers = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(OWNER))) for _ in range(2)]
    pdf.pages[0].obj.Resources.Properties = Dictionary(
        MC0=layers[0], MC1=layers[1], MC2=Dictionary(Owner=String(OWNER))
    )
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array(layers), D=Dictionary(OFF=Array(layers[1:]), Creator=String(OWNER))
    )
    paper = clean(written(pdf), LIMITS)
    assert "LAYERS" in paper.noticed
    assert OWNER.encode() not in everything_in(paper.contents)
    kept = pikepdf.open(io.BytesIO(paper.contents))
    hidden = kept.Root.OCProperties.D.OFF[0]
    assert hidden.objgen == kept.pages[0].obj.Resources.Properties.MC1.objgen


def test_what_no_page_draws_is_gone():
    pdf = pdf_of()
    put_aside = pdf.make_stream(OWNER.encode(), Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    resources = pdf.pages[0].obj.Resources
    resources.XObject = Dictionary(Fm0=put_aside)
    resources.Unheard = Dictionary(Of=String(DELETED))
    raw = written(pdf)
    assert OWNER.encode() in everything_in(raw)
    kept = everything_in(clean(raw, LIMITS).contents)
    assert OWNER.encode() not in kept
    assert DELETED.encode() not in kept
    assert b"We ask for help" in kept
    assert b"Helvetica" in kept


def test_a_page_cut_to_a_part_is_told():
    pdf = pdf_of()
    pdf.pages[0].obj.CropBox = Array([100, 100, 300, 400])
    paper = clean(written(pdf), LIMITS)
    assert "CUT" in paper.noticed
    assert (paper.width, paper.height) == (200, 300)


def test_a_pdf_that_is_also_an_archive_is_refused():
    with pytest.raises(PaperTwoKinds):
        clean(written(pdf_of()) + zip_of(), LIMITS)


def test_too_many_pages_are_refused():
    with pytest.raises(PaperTooManyPages):
        clean(written(pdf_of(4)), Limits(pages=3))


def test_half_a_pdf_is_put_right_and_told_or_refused():
    raw = written(pdf_of(3), compress_streams=False)
    paper = clean(raw[: raw.rindex(b"xref")], LIMITS)
    assert "PUT_RIGHT" in paper.noticed
    with pytest.raises(PaperBroken):
        clean(raw[:60], LIMITS)


def test_the_same_file_cleans_to_the_same_bytes():
    raw = pdf_with_everything()
    assert clean(raw, LIMITS).contents == clean(raw, LIMITS).contents
