"""A visitor without a browser: follows links, reads forms, fills them in and sends them, over real HTTP.

It knows nothing of the code behind the pages, so it sees what a person with scripts off would see.
"""

from __future__ import annotations

import http.cookiejar
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin


@dataclass
class Form:
    """One form of a page, with what it would send if nothing were typed."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Page:
    status: int
    url: str
    text: str
    headers: Mapping[str, str]
    body: bytes
    forms: list[Form]

    def form(self, *fields: str) -> Form:
        """The first form that has all these fields."""
        for each in self.forms:
            if set(fields) <= each.names:
                return each
        raise AssertionError(
            f"{self.url} ({self.status}) has no form with {fields}; it has {[sorted(f.names) for f in self.forms]}"
        )


class Visitor:
    """One person with one jar of cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        # No proxy of the environment: the server is on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), jar)

    def get(self, path: str) -> Page:
        return self._fetch(urllib.request.Request(urljoin(self.base, path)))

    def send(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str | list[str]] | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> Page:
        """Fill in and send a form of that page. A value that the form has no field for is refused."""
        strange = set(values or {}) - form.names
        assert not strange, f"no such fields on {page.url}: {strange}"
        told = dict(form.values)
        for name, value in (values or {}).items():
            told[name] = value if isinstance(value, list) else [value]
        url = urljoin(page.url, form.action)
        pairs = [(name, value) for name, each in told.items() for value in each]
        if form.method == "get":
            return self.get(f"{url.split('?')[0]}?{urlencode(pairs)}")
        if form.files:
            body, kind = _multipart(pairs, files or {})
        else:
            body, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Origin": self.base.rstrip("/"), "Referer": page.url}
        return self._fetch(urllib.request.Request(url, data=body, headers=headers))

    def _fetch(self, request: urllib.request.Request) -> Page:
        try:
            answer = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            body = answer.read()
        text = body.decode("utf-8", errors="replace")
        return Page(
            answer.status or 0,
            answer.url,
            text,
            dict(answer.headers),
            body,
            _forms(text, answer.url),
        )


def _multipart(
    pairs: list[tuple[str, str]], files: Mapping[str, tuple[str, bytes]]
) -> tuple[bytes, str]:
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in pairs
    ]
    for name, (told, body) in files.items():
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{told}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        parts.append(head.encode() + body + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""
        self._area = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
        if self._form is None:
            return
        name = told.get("name", "")
        if tag == "input" and name:
            self._input(self._form, name, told)
        elif tag == "button" and name:
            self._form.names.add(name)
            self._form.choices.setdefault(name, []).append(told.get("value", ""))
        elif tag == "select" and name:
            self._select = name
            self._form.names.add(name)
        elif tag == "option" and self._select:
            self._form.choices.setdefault(self._select, []).append(told.get("value", ""))
            if "selected" in told:
                self._form.values.setdefault(self._select, []).append(told.get("value", ""))
        elif tag == "textarea" and name:
            self._area = name
            self._form.names.add(name)
            self._text = []

    def _input(self, form: Form, name: str, told: dict[str, str]) -> None:
        form.names.add(name)
        kind = told.get("type", "text")
        if kind == "file":
            form.files.add(name)
        elif kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(told.get("value", "on"))
            if "checked" in told:
                form.values.setdefault(name, []).append(told.get("value", "on"))
        elif kind not in {"submit", "image", "reset"}:
            form.values.setdefault(name, []).append(told.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._form and self._area:
            # HTML drops one line break right after the opening tag.
            self._form.values[self._area] = ["".join(self._text).removeprefix("\n")]
            self._area = ""
        elif tag == "select":
            self._close_select()
        elif tag == "form":
            self._form = None

    def _close_select(self) -> None:
        if self._form and self._select not in self._form.values:
            options = self._form.choices.get(self._select, [])
            if options:
                self._form.values[self._select] = [options[0]]
        self._select = ""


def _forms(text: str, url: str) -> list[Form]:
    reader = _Reader(url)
    reader.feed(text)
    return reader.forms
