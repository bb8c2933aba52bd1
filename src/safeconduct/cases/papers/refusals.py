"""Refusals by code, so that they can cross the pipe from the reading process and be raised again."""

from __future__ import annotations

from safeconduct.core.errors import BadPaper, PaperReaderStopped


def refusal(code: object, where: object) -> BadPaper:
    """The error of this code with its places filled in; PaperReaderStopped where the answer makes no sense."""
    for kind in BadPaper.__subclasses__():
        if kind.code == code and isinstance(where, dict):
            try:
                return kind(**{str(name): _harmless(value) for name, value in where.items()})
            except (KeyError, IndexError, TypeError):
                break
    return PaperReaderStopped()


def _harmless(value: object) -> object:
    """Numbers as they are; words cut short, since only our own short ones are ever sent."""
    return value if isinstance(value, int) else str(value)[:300]
