"""Any picture's colours as plain ones: bilevel, grey, sRGB, with transparency where there is some."""

from __future__ import annotations

import io

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_DEEP = {"I;16", "I;16B", "I;16L", "I;16N", "I", "F"}


def plain_colours(image: Image.Image) -> tuple[Image.Image, bool]:
    """The picture in one of the modes 1, L, LA, RGB, RGBA; and whether depth or a colour profile was given up for it.

    A profile is a note too (it may name a screen and its owner), so its colours are worked in and it is dropped.
    """
    if image.mode == "1":
        return image, False
    if image.mode in _DEEP:
        return _from_deep(image), True
    if image.mode == "P" or "transparency" in image.info:
        transparent = "transparency" in image.info or image.mode in {"PA", "RGBA", "LA"}
        image = image.convert("RGBA" if transparent else "RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"L", "RGB", "RGBA", "CMYK"}:
        matched = _matched(image, profile)
        if matched is not None:
            return matched, True
    if image.mode in {"L", "LA", "RGB", "RGBA"}:
        return image, False
    return image.convert("RGBA" if image.mode in {"PA", "RGBa", "La"} else "RGB"), False


def _from_deep(image: Image.Image) -> Image.Image:
    """Sixteen bits to eight by the usual scale; other depths by their own lowest and highest."""
    wide = image.convert("F")
    low, high = (float(each) for each in wide.getextrema())  # type: ignore[arg-type]
    if image.mode != "F" and low >= 0 and high <= 65_535:
        low, high = 0.0, 65_535.0
    scale = 255.0 / ((high - low) or 1.0)
    return wide.point(lambda depth: depth * scale - low * scale).convert("L")


def _matched(image: Image.Image, profile: bytes) -> Image.Image | None:
    """The picture in sRGB by its own profile; None where the profile cannot be used."""
    wanted = "RGB" if image.mode in {"L", "CMYK"} else image.mode
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if image.mode == "L" or given.profile.xcolor_space.strip() != image.mode.rstrip("A"):
            return None
        if "sRGB" in (given.profile.profile_description or ""):
            return None
        return ImageCms.profileToProfile(image, given, _SRGB, outputMode=wanted)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
