"""One document in, one clean document out, in this very process: what the child does once it is confined."""

from __future__ import annotations

from safeconduct.cases.papers.kinds import kind_of
from safeconduct.cases.papers.limits import MEGABYTE, Limits
from safeconduct.cases.papers.paper import Cleaned, Kind
from safeconduct.cases.papers.texts import clean_text
from safeconduct.core.errors import BadPaper, PaperBroken, PaperTooHungry, PaperTooManyBytes


def clean(raw: bytes, limits: Limits) -> Cleaned:
    """Raises BadPaper and nothing else: whatever a parser says of a stranger's bytes is a refusal."""
    kind = kind_of(raw)
    try:
        cleaned = _by_kind(raw, kind, limits)
    except BadPaper:
        raise
    except (MemoryError, RecursionError) as error:
        raise PaperTooHungry(limit=limits.memory_bytes // MEGABYTE) from error
    except Exception as error:
        # Parsers raise almost anything over bytes built to confuse them.
        raise PaperBroken(what="it is not built as its kind should be") from error
    if len(cleaned.contents) > limits.kept_bytes:
        size = -(-len(cleaned.contents) // MEGABYTE)
        raise PaperTooManyBytes(size=size, limit=limits.kept_bytes // MEGABYTE)
    return cleaned


def load(kind: Kind) -> None:
    """Import what the cleaning of this kind needs, while files may still be opened."""
    if kind is Kind.TEXT:
        return
    if kind is Kind.PDF:
        import safeconduct.cases.papers.pdfs  # noqa: PLC0415 (heavy; only the process that reads needs it)
    else:
        import safeconduct.cases.papers.pictures  # noqa: F401, PLC0415


def _by_kind(raw: bytes, kind: Kind, limits: Limits) -> Cleaned:
    if kind is Kind.TEXT:
        return clean_text(raw, limits)
    if kind is Kind.PDF:
        from safeconduct.cases.papers.pdfs import clean_pdf  # noqa: PLC0415 (as in `load`)

        return clean_pdf(raw, limits)
    from safeconduct.cases.papers.pictures import clean_picture  # noqa: PLC0415 (as in `load`)

    return clean_picture(raw, kind, limits)
