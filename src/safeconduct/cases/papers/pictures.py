"""Photographs and scans: decoded and drawn anew, so that only what the eye sees is kept.

Imported only by the reading process and by tests: a parser of strangers' pictures is no guest of the desk.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import (
    ExifTags,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from safeconduct.cases.papers.colours import plain_colours
from safeconduct.cases.papers.limits import Limits
from safeconduct.cases.papers.noticed import Notice
from safeconduct.cases.papers.paper import Cleaned, Kind
from safeconduct.core.errors import (
    PaperBroken,
    PaperTooManyPages,
    PaperTooManyPixels,
    PaperUnknownKind,
)

# Loaded here and by name: later there is no opening of files, so nothing may be left to be found.
_PLUGINS = (
    GifImagePlugin,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
# `Limits.pixels` bounds pictures by what they declare, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
Image.preinit()

QUALITY = 90
_DNG_VERSION = 50706
_LOSSY_TIFF = {"jpeg", "tiff_jpeg", "webp"}

_CAMERA = {"Make", "Model", "Software", "HostComputer", "UniqueCameraModel", "CameraSerialNumber"}
_OWNER = {
    "Artist", "Copyright", "ImageDescription", "DocumentName", "XPAuthor", "XPTitle", "XPComment", "XPSubject",
    "XPKeywords", "UserComment", "CameraOwnerName",
}  # fmt: skip
_TIME = {"DateTime", "DateTimeOriginal", "DateTimeDigitized", "PreviewDateTime"}


def opened(raw: bytes, kind: Kind, limits: Limits) -> Image.Image:
    """A picture whose size is within the limits; nothing is decoded yet. Raises BadPaper."""
    try:
        image = Image.open(io.BytesIO(raw), formats=(kind.name,))
    except (OSError, SyntaxError, struct.error, ValueError) as error:
        raise PaperBroken(what="it does not begin as a picture does") from error
    _check_size(image, limits)
    return image


def _check_size(image: Image.Image, limits: Limits) -> int:
    pixels = image.width * image.height
    if pixels > limits.pixels:
        raise PaperTooManyPixels(
            size=-(-pixels // 1_000_000), limit=max(1, limits.pixels // 1_000_000)
        )
    return pixels


def clean_picture(raw: bytes, kind: Kind, limits: Limits) -> Cleaned:
    """A picture drawn anew: JPEG stays JPEG, PNG and TIFF stay what they are, WebP and GIF become JPEG or PNG.

    Raises BadPaper; parsers may raise anything else, which `cleaning` turns into PaperBroken.
    """
    if kind is Kind.TIFF:
        return _clean_tiff(raw, limits)
    image = opened(raw, kind, limits)
    noticed: set[str] = set()
    drawn = _drawn(image, noticed)
    noticed |= _told_by(image, raw, kind)
    seen = _only_what_is_seen(drawn, noticed)
    out = io.BytesIO()
    lossy = kind is Kind.JPEG or (kind is Kind.WEBP and b"VP8L" not in raw[12:64])
    if lossy and seen.mode in {"L", "RGB"}:
        # Colours at full width: red stamps and blue ink on small papers blur first.
        seen.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True)
        kept = Kind.JPEG
    else:
        seen.save(out, "PNG")
        kept = Kind.PNG
    if kept is not kind:
        noticed.add(Notice.REWRITTEN.name)
    return Cleaned(
        kind=kept,
        contents=out.getvalue(),
        pages=1,
        width=seen.width,
        height=seen.height,
        noticed=frozenset(noticed),
    )


def _clean_tiff(raw: bytes, limits: Limits) -> Cleaned:
    image = opened(raw, Kind.TIFF, limits)
    noticed: set[str] = set()
    out = io.BytesIO()
    sizes = []
    with TiffImagePlugin.AppendingTiffWriter(out) as book:
        for page in _pages(image, limits):
            compression = page.info.get("compression")
            noticed |= _told_by(page, raw, Kind.TIFF)
            drawn = _only_what_is_seen(_drawn(page, noticed), noticed)
            if drawn.mode == "1":
                drawn.save(book, "TIFF", compression="group4")
            elif compression in _LOSSY_TIFF and drawn.mode in {"L", "RGB"}:
                drawn.save(book, "TIFF", compression="jpeg", quality=QUALITY)
            else:
                drawn.save(book, "TIFF", compression="tiff_adobe_deflate")
            book.newFrame()
            sizes.append(drawn.size)
    return Cleaned(
        kind=Kind.TIFF,
        contents=out.getvalue(),
        pages=len(sizes),
        width=sizes[0][0],
        height=sizes[0][1],
        noticed=frozenset(noticed),
    )


def _pages(image: Image.Image, limits: Limits) -> Iterator[Image.Image]:
    """The pages of a TIFF in turn, each within the limits, all together too."""
    if isinstance(image, TiffImagePlugin.TiffImageFile) and _DNG_VERSION in image.tag_v2:
        raise PaperUnknownKind(
            what="the raw picture of a camera", how="Save it as JPEG, and give that."
        )
    total = 0
    for number in range(limits.pages + 1):
        try:
            image.seek(number)
        except EOFError:
            return
        if number == limits.pages:
            raise PaperTooManyPages(limit=limits.pages)
        total += _check_size(image, limits)
        if total > limits.all_pixels:
            raise PaperTooManyPixels(
                size=-(-total // 1_000_000), limit=limits.all_pixels // 1_000_000
            )
        yield image


def page_of(raw: bytes, kind: Kind, number: int, limits: Limits) -> tuple[Image.Image | None, int]:
    """One page (from 1) of a picture, decoded and upright; None, and how many pages there are, where it has none."""
    image = opened(raw, kind, limits)
    pages = 1
    if kind is Kind.TIFF:
        for pages, page in enumerate(_pages(image, limits), start=1):
            if pages == number:
                return _drawn(page, set()), number
    return (_drawn(image, set()), 1) if number == 1 else (None, pages)


def _drawn(image: Image.Image, noticed: set[str]) -> Image.Image:
    """The picture's pixels and nothing else: upright, in plain colours, without any note."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
        image.load()
        upright = image if image.format == "TIFF" else ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, struct.error, ValueError, EOFError) as error:
        raise PaperBroken(what="the picture breaks off or cannot be decoded") from error
    if orientation in range(2, 9):
        noticed.add(Notice.TURNED.name)
    plain, finer = plain_colours(upright)
    if finer:
        noticed.add(Notice.FINER_COLOURS.name)
    # Pillow carries notes along in `info` and writes some of them unasked.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    return bare


def _only_what_is_seen(image: Image.Image, noticed: set[str]) -> Image.Image:
    """Without what was drawn under full transparency; without the transparency where nothing is transparent."""
    if image.mode not in {"LA", "RGBA"}:
        return image
    alpha = image.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return image.convert(image.mode.removesuffix("A"))
    clear = alpha.point(lambda depth: 255 * (depth == 0))
    # One colour under all of it shows nothing; programs leave black, white or the colour that means "clear".
    bands = image.split()[:-1]
    if any(sum(map(bool, band.histogram(clear))) > 1 for band in bands):
        noticed.add(Notice.UNDER_NOTHING.name)
    image.paste(Image.new(image.mode, image.size), mask=clear)
    return image


def _told_by(image: Image.Image, raw: bytes, kind: Kind) -> set[str]:
    """What the picture carries besides itself, by the names of the notices."""
    told = _told_by_exif(image)
    about = image.info
    if any(name in about for name in ("xmp", "XML:com.adobe.xmp", "photoshop", "icc_profile")):
        told.add(Notice.UNSEEN.name)
    texts = getattr(image, "text", {}) if kind is Kind.PNG else {}
    if "comment" in about or set(texts) - {"XML:com.adobe.xmp"}:
        told.add(Notice.COMMENT.name)
    if getattr(image, "is_animated", False) and kind is not Kind.TIFF:
        told.add(Notice.FIRST_OF_MANY.name)
    if _goes_on(raw, kind):
        told.add(Notice.BEHIND_THE_END.name)
    return told


def _told_by_exif(image: Image.Image) -> set[str]:
    told = set()
    try:
        exif = image.getexif()
        inner = exif.get_ifd(ExifTags.IFD.Exif)
        names = {ExifTags.TAGS.get(tag, "") for tag in [*exif, *inner]}
        if exif.get_ifd(ExifTags.IFD.GPSInfo):
            told.add(Notice.PLACE.name)
        if image.format != "TIFF" and exif.get_ifd(ExifTags.IFD.IFD1):
            told.add(Notice.SMALL_PICTURE.name)
    except (OSError, SyntaxError, struct.error, ValueError, KeyError, TypeError, EOFError):
        # Notes too broken to be understood are removed like the others.
        return {Notice.UNSEEN.name}
    for tags, notice in (
        (_TIME, Notice.TIME),
        (_CAMERA, Notice.CAMERA),
        (_OWNER, Notice.OWNER),
        ({"MakerNote", "ImageUniqueID", "BodySerialNumber", "LensSerialNumber"}, Notice.UNSEEN),
    ):
        if names & tags:
            told.add(notice.name)
    return told


def _goes_on(raw: bytes, kind: Kind) -> bool:
    """Whether more than padding follows the end of a picture. GIF and TIFF tell no plain end and are not asked."""
    if kind is Kind.PNG:
        end = raw.rfind(b"IEND\xae\x42\x60\x82")
        rest = raw[end + 8 :] if end >= 0 else b""
    elif kind is Kind.JPEG:
        rest = raw[raw.rfind(b"\xff\xd9") + 2 :]
    elif kind is Kind.WEBP:
        rest = raw[int.from_bytes(raw[4:8], "little") + 8 :]
    else:
        rest = b""
    return bool(rest.strip(b"\0 \r\n"))
