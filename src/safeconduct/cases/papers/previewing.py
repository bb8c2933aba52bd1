"""A page as a picture in memory: what the reading process does for a preview. pypdfium2's one door."""

from __future__ import annotations

import io

from safeconduct.cases.papers.limits import MEGABYTE, Limits
from safeconduct.cases.papers.paper import Kind
from safeconduct.core.errors import BadPaper, PaperBroken, PaperHasNoSuchPage, PaperTooHungry

# How much higher than wide a preview may be: a strip of paper, not a thread that fills the memory.
TALLEST = 4
TEXT_SHOWN = 200_000


def draw(raw: bytes, kind: Kind, *, page: int, width: int, limits: Limits) -> bytes:
    """One page (from 1) as PNG at most `width` pixels wide; of a text its beginning in UTF-8, to be shown as text.

    Raises BadPaper and nothing else.
    """
    try:
        if kind is Kind.TEXT:
            return _beginning(raw, page)
        if kind is Kind.PDF:
            return _pdf_page(raw, page=page, width=width)
        return _picture(raw, kind, page=page, width=width, limits=limits)
    except BadPaper:
        raise
    except (MemoryError, RecursionError) as error:
        raise PaperTooHungry(limit=limits.memory_bytes // MEGABYTE) from error
    except Exception as error:
        # Parsers raise almost anything over bytes built to confuse them.
        raise PaperBroken(what="it is not built as its kind should be") from error


def load(kind: Kind) -> None:
    """Import what the preview of this kind needs, while files may still be opened."""
    if kind is Kind.PDF:
        import PIL.PngImagePlugin  # noqa: PLC0415 (heavy; only the process that reads needs it)
        import pypdfium2  # noqa: F401, PLC0415

        PIL.Image.preinit()
    elif kind is not Kind.TEXT:
        import safeconduct.cases.papers.pictures  # noqa: F401, PLC0415


def _beginning(raw: bytes, page: int) -> bytes:
    if page != 1:
        raise PaperHasNoSuchPage(page=page, pages=1)
    return raw[:TEXT_SHOWN].decode("utf-8", "ignore").encode("utf-8")


def _pdf_page(raw: bytes, *, page: int, width: int) -> bytes:
    import pypdfium2  # noqa: PLC0415 (as in `load`)

    document = pypdfium2.PdfDocument(raw)
    try:
        pages = len(document)
        if not 1 <= page <= pages:
            raise PaperHasNoSuchPage(page=page, pages=pages)
        sheet = document[page - 1]
        wide, high = sheet.get_size()
        scale = min(width / max(wide, 1), TALLEST * width / max(high, 1))
        bitmap = sheet.render(scale=scale, may_draw_forms=False)
        out = io.BytesIO()
        bitmap.to_pil().save(out, "PNG", compress_level=3)
        return out.getvalue()
    finally:
        document.close()


def _picture(raw: bytes, kind: Kind, *, page: int, width: int, limits: Limits) -> bytes:
    from PIL import Image  # noqa: PLC0415 (as in `load`)

    from safeconduct.cases.papers.pictures import page_of  # noqa: PLC0415 (as in `load`)

    image, pages = page_of(raw, kind, page, limits)
    if image is None:
        raise PaperHasNoSuchPage(page=page, pages=pages)
    image = image.convert(
        "L" if image.mode in {"1", "L"} else "RGBA" if "A" in image.mode else "RGB"
    )
    image.thumbnail((width, TALLEST * width), reducing_gap=2.0)
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=3)
    return out.getvalue()
