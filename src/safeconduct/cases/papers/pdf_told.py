"""What a PDF carries besides its pages, so that the caseworker hears of it. Looks only; changes nothing."""

from __future__ import annotations

import re

from pikepdf import Array, Dictionary, Name, Object, Pdf, PdfError, Stream

from safeconduct.cases.papers.noticed import Notice

_ACTIONS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute", "/GoToE", "/Hide", "/SetOCGState",
}  # fmt: skip
_LEADING_AWAY = {"/URI", "/GoToR", "/Thread"}
_FILES = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
_FIELDS_AND_LINKS = {"/Widget", "/Link", "/Popup"}


def told_by(pdf: Pdf, raw: bytes) -> set[str]:
    """The names of the notices due. Raises what pikepdf raises over a broken file."""
    told = _by_the_root(pdf)
    if pdf.is_encrypted:
        told.add(Notice.RESTRICTED.name)
    # A file made for the web ("linearized") has two ends from the start.
    if len(re.findall(rb"%%EOF", raw)) > (2 if pdf.is_linearized else 1):
        told.add(Notice.EARLIER.name)
    for thing in pdf.objects:
        if isinstance(thing, Dictionary | Stream):
            told |= _by_one(thing)
    for page in pdf.pages:
        told |= _by_a_page(page.obj)
        if tuple(page.mediabox) != tuple(page.cropbox):
            told.add(Notice.CUT.name)
    return told


def _by_the_root(pdf: Pdf) -> set[str]:
    told = set()
    about = pdf.trailer.get(Name.Info)
    if isinstance(about, Dictionary):
        told.add(Notice.ABOUT_ITSELF.name)
        if str(about.get(Name.Author, "")).strip():
            told.add(Notice.WRITER.name)
    if Name.Metadata in pdf.Root:
        told.add(Notice.ABOUT_ITSELF.name)
        if b"creator" in _read(pdf.Root.Metadata):
            told.add(Notice.WRITER.name)
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary):
        if len(form.get(Name.Fields, Array())):
            told.add(Notice.FORM.name)
        if int(form.get(Name.SigFlags, 0)) & 1:
            told.add(Notice.SIGNED.name)
    names = pdf.Root.get(Name.Names, Dictionary())
    if Name.EmbeddedFiles in names or Name.Collection in pdf.Root:
        told.add(Notice.FILES_INSIDE.name)
    layers = pdf.Root.get(Name.OCProperties)
    if isinstance(layers, Dictionary):
        shown = layers.get(Name.D, Dictionary())
        if len(shown.get(Name.OFF, Array())) or shown.get(Name.BaseState) == Name.OFF:
            told.add(Notice.LAYERS.name)
    return told


def _read(stream: Object) -> bytes:
    try:
        return stream.read_bytes() if isinstance(stream, Stream) else b""
    except PdfError:
        return b""


def _by_one(thing: Object) -> set[str]:
    told = set()
    keys = set(thing.keys())
    # What an annotation or the opening of the file does may stand inside of it. To go to a page is no program.
    acts = {
        str(each.get(Name.S))
        for each in (thing, thing.get(Name.A), thing.get(Name.OpenAction))
        if isinstance(each, Dictionary) and isinstance(each.get(Name.S), Name)
    }
    if keys & {"/JS", "/AA"} or acts & _ACTIONS:
        told.add(Notice.PROGRAM.name)
    if acts & _LEADING_AWAY:
        told.add(Notice.LINKS.name)
    if "/EF" in keys:
        told.add(Notice.FILES_INSIDE.name)
    if keys & {"/PieceInfo", "/Metadata"}:
        told.add(Notice.ABOUT_ITSELF.name)
    if thing.get(Name.FT) == Name.Sig and Name.V in thing:
        told.add(Notice.SIGNED.name)
    return told


def _by_a_page(page: Object) -> set[str]:
    told = set()
    marks = page.get(Name.Annots)
    for mark in marks if isinstance(marks, Array) else ():
        if not isinstance(mark, Dictionary):
            continue
        told |= _by_one(mark)
        kind = str(mark.get(Name.Subtype, ""))
        if kind in _FILES:
            told.add(Notice.FILES_INSIDE.name)
        elif kind not in _FIELDS_AND_LINKS:
            told.add(Notice.MARKS.name)
    return told
