"""A page of a family's own record as written: an allow-list of elements, attributes and styles, and every word."""

from __future__ import annotations

import re

from safeconduct.exports.files.scanning.cell_text import unfit
from safeconduct.exports.files.scanning.findings import Finding, Findings
from safeconduct.exports.files.scanning.strict_xml import StrictReader, Ways
from safeconduct.exports.files.subject import Record

_WAYS = Ways(beginning=b"<!DOCTYPE html>\n", closing_themselves=frozenset({"meta", "br"}))
_WHOLE = "the page"

_PARENTS = {
    "html": "",
    "head": "html",
    "meta": "head",
    "title": "head",
    "style": "head",
    "body": "html",
    "main": "body",
    "h1": "main",
    "p": "main",
    "section": "main",
    "h2": "section",
    "table": "section",
    "tr": "table",
    "th": "tr",
    "td": "tr",
    "bdi": "td",
    "br": "td",
}
_WITH_TEXT = frozenset({"title", "style", "h1", "p", "h2", "th", "bdi"})
_HEAD = [
    ["charset", "utf-8"],
    ["http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src 'unsafe-inline'"],
    ["name", "viewport", "content", "width=device-width, initial-scale=1"],
]  # fmt: skip
_HTML = re.compile(r"lang [a-z]{2,3}(-[A-Za-z0-9]{2,8})* dir (ltr|rtl)", re.ASCII)

# Styles that can neither hide a thing nor fetch one: no display, position, colour or clip; sizes of half a letter up.
_RULE = re.compile(r"([a-z0-9,]+)\{([^{}]*)\}")
_SIZE = r"(0|\.[3-9]em|[1-9](\.\d)?em)"
_STYLES = {
    "margin": rf"{_SIZE}( (auto|{_SIZE}))*",
    "max-width": r"[2-9]\dem",
    "padding": rf"{_SIZE}( {_SIZE})*",
    "font-family": r"sans-serif",
    "font-size": r"1(\.\d)?em",
    "font-weight": r"600",
    "line-height": r"1\.\d",
    "width": r"(100|3\d)%",
    "border-collapse": r"collapse",
    "border-bottom": r"1px solid #999",
    "break-after": r"avoid",
    "break-inside": r"avoid",
    "text-align": r"start",
    "vertical-align": r"top",
}

_ELEMENTS = {
    "script": "a script",
    "link": "a link to something outside",
    "a": "a link",
    "img": "an image",
    "iframe": "a page within the page",
    "object": "a document within the document",
    "embed": "a document within the document",
    "form": "a form",
    "input": "a field of a form, which may be hidden",
    "template": "a template, which is not shown",
    "noscript": "other contents for some browsers",
    "svg": "a drawing, which may hold scripts",
    "details": "a part that is folded away",
    "dialog": "a part that is not shown",
    "base": "an address that all links lead to",
    "meta": "metadata that no page has",
}
_ATTRIBUTES = {
    "hidden": "is hidden",
    "style": "has a style of its own, which may hide it",
    "class": "has an attribute that no page has",
    "src": "fetches something",
    "srcset": "fetches something",
    "href": "leads somewhere",
    "background": "fetches something",
    "http-equiv": "gives browsers an order that no page of ours gives",
}


def scan_html(data: bytes, expected: Record) -> list[Finding]:
    """All findings of a page that should hold this record, every word in its place, and nothing else."""
    found = Findings()
    _PageReader(expected, found).read(data)
    return found.listed()


class _PageReader:
    def __init__(self, expected: Record, found: Findings) -> None:
        self._expected, self._found = expected, found
        self._path = [""]
        self._told: list[str] = []  # element and words, in their order
        self._metas: list[list[str]] = []
        self._words = ""

    def read(self, data: bytes) -> None:
        if not data.startswith(_WAYS.beginning):
            self._found.add(_WHOLE, "does not begin as every page does")
        reader = StrictReader(_WAYS, start=self._start, text=self._text, end=self._end)
        if not reader.read(data, _WHOLE, self._found):
            return
        if self._metas != _HEAD:
            self._found.add(
                _WHOLE, "has metadata that no page has, or lacks some that every page has"
            )
        due = _due(self._expected)
        if len(self._told) != len(due):
            self._found.add(
                _WHOLE, f"has {len(self._told)} elements, where {len(due)} are expected"
            )
        for number, (told, wanted) in enumerate(zip(self._told, due, strict=False), 1):
            if told != wanted:
                self._found.add(f"element {number}", "does not hold what the record holds")

    def _start(self, name: str, attributes: list[str]) -> None:
        where = f"element {len(self._told) + 1}"
        self._leave_words()
        if _PARENTS.get(name) != self._path[-1]:
            self._found.add(where, f"holds {_ELEMENTS.get(name, 'an element that no page has')}")
        self._path.append(name)
        self._told.append(name)
        if name == "meta":
            self._metas.append(attributes)
        elif not _attributes_fit(name, attributes):
            self._explain(where, attributes)

    def _explain(self, where: str, attributes: list[str]) -> None:
        """Attributes are named one by one; those of ours are told as a group."""
        for key in attributes[::2]:
            if key.startswith("on"):
                self._found.add(where, "holds a script")
            elif key in _ATTRIBUTES:
                self._found.add(where, _ATTRIBUTES[key])
        self._found.add(where, "does not have the attributes that it has in every page")

    def _text(self, text: str) -> None:
        self._words += text
        if self._path[-1] not in _WITH_TEXT:
            self._found.add(f"element {len(self._told)}", "holds text where none belongs")

    def _end(self, _: str) -> None:
        self._leave_words()
        self._path.pop()

    def _leave_words(self) -> None:
        """What was read since the last element began or ended."""
        if not self._words:
            return
        if self._path[-1] == "style":
            self._check_style(self._words)
        else:
            if wrong := unfit(self._words):
                self._found.add(f"element {len(self._told)}", f"is not fit to leave: {wrong}")
            self._told.append(f"={self._words}")
        self._words = ""

    def _check_style(self, style: str) -> None:
        if _RULE.sub("", style):
            self._found.add(
                "the style", "holds more than plain rules: it may fetch or hide something"
            )
        for selectors, declarations in _RULE.findall(style):
            if not set(selectors.split(",")) <= _PARENTS.keys():
                self._found.add("the style", "has a rule for what no page has")
            for declaration in declarations.split(";"):
                name, _, value = declaration.partition(":")
                if not re.fullmatch(_STYLES.get(name, "(?!)"), value):
                    self._found.add(
                        "the style", "has a rule that no page has: it may hide something"
                    )


def _attributes_fit(name: str, attributes: list[str]) -> bool:
    if name == "html":
        return len(attributes) == 4 and bool(_HTML.fullmatch(" ".join(attributes)))
    return attributes == (["scope", "row"] if name == "th" else [])


def _due(record: Record) -> list[str]:
    """Elements and words in the order of the page; the style has no words here."""
    due = ["html", "head", "meta", "meta", "meta", "title", *_words(record.title), "style"]
    due += ["body", "main", "h1", *_words(record.title)]
    for words in record.introduction:
        due += ["p", *_words(words)]
    for section in record.sections:
        due += ["section", "h2", *_words(section.heading), "table"]
        for label, told in section.rows:
            due += ["tr", "th", *_words(label), "td"]
            for number, line in enumerate((told or record.unknown).split("\n")):
                due += [*(["br"] if number else []), "bdi", *_words(line)]
    return due


def _words(words: str) -> list[str]:
    return [f"={words}"] if words else []
