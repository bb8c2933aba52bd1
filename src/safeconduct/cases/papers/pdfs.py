"""A PDF made anew from its pages alone: what a reader sees is kept, what acts, tells or hides is left behind.

Nothing is deleted from the old file. A new one is made and only what is known to be of use is taken over, so that
what nobody thought of stays behind too. pikepdf's one door, with `pdf_told` and `pdf_scrub`; keys after ISO 32000-2.
"""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from safeconduct.cases.papers.limits import Limits
from safeconduct.cases.papers.noticed import Notice
from safeconduct.cases.papers.paper import Cleaned, Kind
from safeconduct.cases.papers.pdf_scrub import scrub
from safeconduct.cases.papers.pdf_told import told_by
from safeconduct.core.errors import (
    PaperBroken,
    PaperDrawnByItsProgram,
    PaperLocked,
    PaperTooManyPages,
)

_PAGE = {
    "/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group",
}  # fmt: skip


def clean_pdf(raw: bytes, limits: Limits) -> Cleaned:
    """Raises BadPaper; the parser may raise anything else, which `cleaning` turns into PaperBroken."""
    with _opened(raw) as old, Pdf.new() as new:
        if len(old.pages) > limits.pages:
            raise PaperTooManyPages(limit=limits.pages)
        if not len(old.pages):
            raise PaperBroken(what="no page can be found in it")
        noticed = told_by(old, raw)
        _draw_marks_into_pages(old)
        new.pages.extend(old.pages)
        layers = old.Root.get(Name.OCProperties)
        if isinstance(layers, Dictionary):
            kept = new.copy_foreign(old.make_indirect(layers))
            new.Root.OCProperties = new.make_indirect(_plain_layers(kept))
        for page in new.pages:
            for key in set(page.obj.keys()) - _PAGE:
                del page.obj[key]
            page.externalize_inline_images(min_size=200)
        # A picture taken off a page by its editor often lies in the file still.
        new.remove_unreferenced_resources()
        noticed |= scrub(new)
        width, height = _size(new.pages[0])
        if old.get_warnings():
            noticed.add(Notice.PUT_RIGHT.name)
        return Cleaned(
            kind=Kind.PDF,
            contents=_written(new),
            pages=len(new.pages),
            width=width,
            height=height,
            noticed=frozenset(noticed),
        )


def _opened(raw: bytes) -> Pdf:
    try:
        return pikepdf.open(io.BytesIO(raw), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise PaperLocked from error
    except pikepdf.PdfError as error:
        raise PaperBroken(what="its pages cannot be found") from error


def _draw_marks_into_pages(pdf: Pdf) -> None:
    """Fields, stamps and notes become part of the page where they are seen; what is hidden is not drawn."""
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and Name.XFA in form:
        if pdf.Root.get(Name.NeedsRendering, False):
            raise PaperDrawnByItsProgram
        del form[Name.XFA]
    if isinstance(form, Dictionary):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    for page in pdf.pages:
        if Name.Annots in page.obj:
            del page.obj[Name.Annots]


def _plain_layers(given: Object) -> Dictionary:
    """Which layers there are and which are hidden at first, so that the pages look as they did. Their names go."""
    groups = [group for group in given.get(Name.OCGs, Array()) if isinstance(group, Dictionary)]
    for number, group in enumerate(groups, start=1):
        for key in set(group.keys()) - {"/Type", "/Intent"}:
            del group[key]
        group.Name = pikepdf.String(f"Layer {number}")
    kept = Dictionary(OCGs=Array(groups), D=Dictionary())
    shown = given.get(Name.D, Dictionary())
    for key in ("/BaseState", "/ON", "/OFF"):
        if key in shown:
            kept.D[key] = shown[key]
    return kept


def _size(page: pikepdf.Page) -> tuple[int, int]:
    """Width and height of a page as it is shown, in points."""
    left, bottom, right, top = (float(each) for each in page.cropbox)
    width, height = round(abs(right - left)), round(abs(top - bottom))
    return (height, width) if int(page.obj.get(Name.Rotate, 0)) % 180 else (width, height)


def _written(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    # The identifier is made from the contents: the usual one is made from the clock.
    pdf.save(
        out,
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        encryption=False,
    )
    return out.getvalue()
