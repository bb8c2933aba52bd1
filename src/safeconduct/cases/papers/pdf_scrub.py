"""Everything that the pages of a PDF lead to, stripped of what is not drawn; keys after ISO 32000-2."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from safeconduct.cases.papers import jp2_boxes, jpeg_marks
from safeconduct.cases.papers.noticed import Notice
from safeconduct.core.errors import PaperBroken

_DATA = {"/Length", "/Filter", "/DecodeParms", "/Type", "/Subtype", "/Name", "/OC"}
_IMAGE = _DATA | {
    "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask", "/Mask", "/Decode",
    "/Interpolate", "/SMask", "/SMaskInData", "/Matte",
}  # fmt: skip
_FORM = _DATA | {"/FormType", "/BBox", "/Matrix", "/Resources", "/Group"}
# In anything else: what tells of people and programs, leads to other files or acts. No name of these is a letter's.
_PRIVATE = {
    "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/OPI", "/Alternates", "/AF", "/JS", "/AA", "/OpenAction",
    "/EF", "/StructParent", "/StructParents", "/Measure", "/PtData", "/F", "/FFilter", "/FDecodeParms", "/Ref",
}  # fmt: skip
_RESOURCES = {
    "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/ProcSet", "/Properties",
}  # fmt: skip
# Dictionaries whose keys are names that their maker chose.
_NAMED = {
    "/XObject", "/Font", "/Pattern", "/Shading", "/ExtGState", "/ColorSpace", "/CharProcs", "/Colorants",
}  # fmt: skip


def scrub(pdf: Pdf) -> set[str]:
    """Strip what the pages lead to; the names of notices. Raises PaperBroken for a picture that cannot be looked at."""
    told = set()
    seen: set[tuple[int, int]] = set()
    # Each thing with the key under which it stands: that tells what it is.
    left: list[tuple[Object, str]] = [(page.obj, "") for page in pdf.pages]
    while left:
        thing, role = left.pop()
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, Stream):
            told |= _scrub_stream(pdf, thing)
        elif isinstance(thing, Dictionary) and role == "/Resources":
            _keep(thing, _RESOURCES)
            _keep_layers(thing)
        elif isinstance(thing, Dictionary) and role not in _NAMED:
            _scrub_dictionary(thing)
        left.extend(_below(thing))
    return told


def _below(thing: Object) -> Iterator[tuple[Object, str]]:
    if isinstance(thing, Array):
        for each in thing:
            if isinstance(each, Array | Dictionary | Stream):
                yield each, ""
    elif isinstance(thing, Dictionary | Stream):
        for key, each in thing.items():
            if key != "/Parent" and isinstance(each, Array | Dictionary | Stream):
                yield each, key


def _keep(thing: Object, wanted: set[str]) -> None:
    for key in set(thing.keys()) - wanted:
        del thing[key]


def _keep_layers(resources: Object) -> None:
    lists = resources.get(Name.Properties)
    if isinstance(lists, Dictionary):
        for key, each in list(lists.items()):
            # Of the lists that mark parts of a page only those of layers change how it looks.
            if not (isinstance(each, Dictionary) and each.get(Name.Type) in {Name.OCG, Name.OCMD}):
                lists[key] = Dictionary()


def _scrub_dictionary(thing: Object) -> None:
    for key in set(thing.keys()) & _PRIVATE:
        del thing[key]


def _scrub_stream(pdf: Pdf, thing: Object) -> set[str]:
    kind = thing.get(Name.Subtype)
    if Name.F in thing:  # its data would stand in another file
        thing.write(b"")
    if kind == Name.Image:
        _keep(thing, _IMAGE)
        return _without_notes(pdf, thing)
    if kind == Name.Form:
        _keep(thing, _FORM)
        return set()
    if kind == Name.PS:
        thing.write(b"")
    _scrub_dictionary(thing)
    return set()


def _without_notes(pdf: Pdf, image: Object) -> set[str]:
    """Strip a picture of its notes where its coding has a place for any. Its pixels are not touched."""
    filters = _as_list(image.get(Name.Filter))
    codings = {"/DCTDecode": jpeg_marks.without_notes, "/DCT": jpeg_marks.without_notes,
               "/JPXDecode": jp2_boxes.without_notes}  # fmt: skip
    at = next((at for at, each in enumerate(filters) if str(each) in codings), None)
    if at is None:
        return set()
    parameters = _as_list(image.get(Name.DecodeParms))
    raw = image.read_raw_bytes()
    if at:  # packed once more around it
        outer = Stream(pdf, raw, Filter=Array(filters[:at]))
        if parameters[:at]:
            outer.DecodeParms = Array(parameters[:at])
        raw = outer.read_bytes()
    try:
        plain = codings[str(filters[at])](raw)
    except ValueError as error:
        raise PaperBroken(what="a picture inside it cannot be read") from error
    parameter = parameters[at] if at < len(parameters) else None
    usable = parameter if isinstance(parameter, Dictionary) else None
    image.write(plain, filter=Name(str(filters[at])), decode_parms=usable)
    # A few bytes less are only the usual frame around the picture.
    return {Notice.PICTURES_TOLD.name} if len(raw) - len(plain) > 64 else set()


def _as_list(value: Object | None) -> list[Object]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]
