"""Photographs and scans: what the eye sees stays, and nothing else."""

from __future__ import annotations

import io

import pytest
from papers_by_hand import (
    OWNER,
    jpeg_with_place,
    notes,
    photograph,
    png_with_words,
    saved,
    tiff_of_three,
    zip_of,
)
from PIL import Image, ImageCms

from safeconduct.cases.papers.cleaning import clean
from safeconduct.cases.papers.limits import Limits
from safeconduct.cases.papers.paper import Cleaned, Kind
from safeconduct.core.errors import (
    PaperBroken,
    PaperTooManyBytes,
    PaperTooManyPages,
    PaperTooManyPixels,
)

LIMITS = Limits()


def seen(paper: Cleaned) -> Image.Image:
    return Image.open(io.BytesIO(paper.contents))


def test_the_place_of_a_photograph_is_gone_from_its_bytes():
    raw = jpeg_with_place()
    assert b"Fictional Phones" in raw
    assert OWNER.encode() in raw
    paper = clean(raw, LIMITS)
    assert paper.kind is Kind.JPEG
    assert {"PLACE", "TIME", "CAMERA", "OWNER", "COMMENT"} <= paper.noticed
    for told in (b"Exif", b"Fictional", OWNER.encode(), b"2021:08:15", b"\xff\xe1", b"\xff\xfe"):
        assert told not in paper.contents
    assert not seen(paper).getexif()


def test_a_photograph_without_notes_is_told_to_have_none():
    assert clean(saved(photograph(), "JPEG"), LIMITS).noticed == frozenset()


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_photograph_is_turned_before_its_notes_go(orientation: int):
    # A camera held otherwise: the picture stored so that turning it gives red at the left again.
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    for kind in ("JPEG", "PNG", "TIFF"):
        stored = photograph().transpose(turns[orientation])
        paper = clean(saved(stored, kind, exif=notes(orientation)), LIMITS)
        assert "TURNED" in paper.noticed
        assert (paper.width, paper.height) == (64, 48)
        red, _, blue = seen(paper).convert("RGB").getpixel((5, 24))
        assert red > 200
        assert blue < 60


def test_words_in_a_png_are_gone():
    paper = clean(png_with_words(), LIMITS)
    assert paper.kind is Kind.PNG
    assert {"COMMENT", "UNSEEN", "PLACE"} <= paper.noticed
    assert OWNER.encode() not in paper.contents
    assert [name for name in (b"tEXt", b"iTXt", b"eXIf", b"iCCP") if name in paper.contents] == []
    assert seen(paper).tobytes() == photograph().tobytes()


def test_every_page_of_a_tiff_is_kept_and_its_notes_are_not():
    paper = clean(tiff_of_three(), LIMITS)
    assert (paper.kind, paper.pages, paper.width, paper.height) == (Kind.TIFF, 3, 64, 48)
    assert "OWNER" in paper.noticed
    assert OWNER.encode() not in paper.contents
    with seen(paper) as book:
        sizes = []
        for page in range(3):
            book.seek(page)
            sizes.append((book.size, book.mode))
    assert sizes == [((64, 48), "RGB"), ((40, 30), "L"), ((32, 32), "1")]


def test_of_an_animation_the_first_picture_is_kept_and_told():
    raw = saved(
        photograph(), "GIF", save_all=True, append_images=[photograph().rotate(90)], comment=OWNER
    )
    paper = clean(raw, LIMITS)
    assert paper.kind is Kind.PNG
    assert {"FIRST_OF_MANY", "COMMENT", "REWRITTEN"} <= paper.noticed
    assert OWNER.encode() not in paper.contents


def test_webp_becomes_what_every_program_opens():
    assert clean(saved(photograph(), "WEBP", quality=90), LIMITS).kind is Kind.JPEG
    paper = clean(saved(photograph(), "WEBP", lossless=True), LIMITS)
    assert paper.kind is Kind.PNG
    assert seen(paper).tobytes() == photograph().tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_stands_behind_the_end_of_a_picture_is_dropped(kind: str):
    paper = clean(saved(photograph(), kind) + zip_of(), LIMITS)
    assert b"PK\x05\x06" not in paper.contents
    assert kind == "GIF" or "BEHIND_THE_END" in paper.noticed


def test_what_was_drawn_under_transparency_is_gone_and_what_is_seen_stays():
    image = photograph().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 255))
    image.paste((10, 200, 30, 0), (0, 0, 20, 20))
    image.paste((250, 250, 250, 0), (4, 4, 8, 8))
    paper = clean(saved(image, "PNG"), LIMITS)
    assert "UNDER_NOTHING" in paper.noticed
    assert seen(paper).getpixel((5, 5)) == (0, 0, 0, 0)
    assert seen(paper).getpixel((60, 40)) == (0, 0, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "F", "YCbCr", "LAB"])
def test_every_way_of_telling_colours_is_read(mode: str):
    if mode == "LAB":
        to_lab = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
        )
        image = ImageCms.applyTransform(photograph(), to_lab)
    elif mode == "I;16":
        image = photograph().convert("L").convert("I").point(lambda v: v * 257).convert("I;16")
    else:
        image = photograph().convert(mode)
    paper = clean(saved(image, "TIFF"), LIMITS)
    grey = seen(paper).convert("L")
    left, right = grey.getpixel((10, 24)), grey.getpixel((54, 24))
    if mode == "1":  # one bit is one or the other
        assert {left, right} <= {0, 255}
        return
    # Real numbers have no usual scale: from their lowest to their highest.
    wanted = {"F": (255, 0)}.get(mode, (76, 29))
    assert (left, right) == pytest.approx(wanted, abs=12)


def test_a_colour_profile_is_worked_in_and_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    paper = clean(saved(photograph(), "JPEG", icc_profile=profile), LIMITS)
    assert b"ICC_PROFILE" not in paper.contents
    assert "UNSEEN" in paper.noticed


def test_a_small_paper_stays_readable():
    # Strokes one pixel wide, as thin as the letters of a small tazkira: they keep nearly all of their depth.
    lines = Image.new("RGB", (200, 200), "white")
    for at in range(0, 200, 4):
        lines.paste((140, 20, 30), (at, 0, at + 1, 200))
    paper = clean(saved(lines, "JPEG", quality=95, subsampling=0), LIMITS)
    kept = seen(paper).convert("L")
    inks = [kept.getpixel((at, 100)) for at in range(8, 190, 4)]
    gaps = [kept.getpixel((at + 2, 100)) for at in range(8, 190, 4)]
    assert max(inks) < 90
    assert min(gaps) > 225


def test_a_bomb_is_refused_before_it_is_opened():
    bomb = saved(Image.new("1", (12_000, 12_000)), "PNG")
    assert len(bomb) < 40_000
    with pytest.raises(PaperTooManyPixels):
        clean(bomb, LIMITS)


def test_many_pages_are_refused_by_their_number_and_by_their_sum():
    raw = tiff_of_three()
    with pytest.raises(PaperTooManyPages):
        clean(raw, Limits(pages=2))
    with pytest.raises(PaperTooManyPixels):
        clean(raw, Limits(all_pixels=64 * 48 + 100))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_half_a_picture_is_refused(kind: str):
    raw = saved(Image.effect_noise((200, 200), 40), kind)
    with pytest.raises(PaperBroken):
        clean(raw[: len(raw) // 2], LIMITS)


def test_what_grows_too_large_by_cleaning_is_refused():
    raw = saved(Image.effect_noise((600, 600), 90).convert("RGB"), "WEBP", lossless=True)
    with pytest.raises(PaperTooManyBytes):
        clean(raw, Limits(kept_bytes=50_000))
