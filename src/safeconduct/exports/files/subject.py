"""A family's own record as one page to print or keep (GDPR, article 15): whole by itself, without a script or a link.

The words of headings and labels come from whoever asks, in the family's language; what is told stands as it was told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

from safeconduct.core.errors import PageLanguageUnclear, RecordEmpty
from safeconduct.exports.files.letters import seen

Direction = Literal["ltr", "rtl"]
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and under it what is known: (label, what was told). None is unknown. Made fit to be seen."""

    heading: str
    rows: tuple[tuple[str, str | None], ...]

    def __post_init__(self) -> None:
        rows = tuple((seen(label), _seen_lines(told)) for label, told in self.rows)
        object.__setattr__(self, "heading", seen(self.heading))
        object.__setattr__(self, "rows", rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that is held of one household, made fit to be seen. `unknown` is the word for it in the page's language."""

    title: str
    unknown: str
    sections: tuple[Section, ...]
    introduction: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", seen(self.title))
        object.__setattr__(self, "unknown", seen(self.unknown))
        object.__setattr__(self, "introduction", tuple(map(seen, self.introduction)))


def _seen_lines(told: str | None) -> str | None:
    """What was told, line by line, without what is not seen; None where nothing is left."""
    lines = (seen(line) for line in (told or "").splitlines())
    return "\n".join(line for line in lines if line) or None


# Printed in black on white; a row is not torn apart between two sheets of paper.
STYLE = (
    "body{margin:2em auto;max-width:44em;padding:0 1em;font-family:sans-serif;line-height:1.5}"
    "h1{font-size:1.5em}"
    "h2{font-size:1.2em;margin:1.5em 0 .5em;break-after:avoid}"
    "table{width:100%;border-collapse:collapse}"
    "tr{break-inside:avoid}"
    "th,td{border-bottom:1px solid #999;padding:.3em .5em;text-align:start;vertical-align:top}"
    "th{width:35%;font-weight:600}"
)
# Should a slip ever let something in: a browser that reads this fetches and runs nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_page(record: Record, *, language: str, direction: Direction) -> bytes:
    """The record as HTML in UTF-8 that is also XML.

    Lines of what was told stay lines; letters that are not seen are left out. Raises PageLanguageUnclear, RecordEmpty.
    """
    if not _LANGUAGE.fullmatch(language) or direction not in {"ltr", "rtl"}:
        raise PageLanguageUnclear
    if not record.sections:
        raise RecordEmpty(number=0)
    for number, section in enumerate(record.sections, 1):
        if not section.rows:
            raise RecordEmpty(number=number)
    title = escape(record.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}"><head><meta charset="utf-8"/>'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><h1>{title}</h1>"
        f"{''.join(f'<p>{escape(words)}</p>' for words in record.introduction)}"
        f"{''.join(_section(section, record.unknown) for section in record.sections)}"
        "</main></body></html>"
    ).encode()


def _section(section: Section, unknown: str) -> str:
    return f"<section><h2>{escape(section.heading)}</h2><table>{''.join(_rows(section, unknown))}</table></section>"


def _rows(section: Section, unknown: str) -> Iterator[str]:
    for label, told in section.rows:
        yield f'<tr><th scope="row">{escape(label)}</th><td>{_lines(told or unknown)}</td></tr>'


def _lines(told: str) -> str:
    # Each line by itself finds its own direction: a telephone number in a page of Dari, a Dari name in one of English.
    return "<br/>".join(f"<bdi>{escape(line)}</bdi>" for line in told.split("\n"))
