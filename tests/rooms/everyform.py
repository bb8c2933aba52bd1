"""Any list of pages with forms, and whatever anybody may post to them: always an answer, never a fault of ours.

    for url in urls:
        post_harm(client, url)                    # every unkind value in every field, one by one

    @given(data=st.data())
    def test_...(data):
        post_anything(client, data.draw(st.sampled_from(urls)), data.draw)

Fields are read from the page itself, as `tests.visitor` reads them: a page that grows a field is covered at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from hypothesis import strategies as st
from tests.visitor import Form, _forms

# What has broken forms elsewhere: commands, halves, turned text, numbers beyond any column, dates of no calendar,
# markup, formulas, keys of other tables, and much of it.
UNKIND = (
    "",
    "\x00",
    "a\x00b\x1b[31m\x7f",
    "\u202eevil\u2066\u200b\ufeff",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ request.session }}{% debug %}",
    '=HYPERLINK("http://evil")',
    "99999999999999999999999999",
    "-1",
    "٣٤",
    "1e999",
    "NaN",
    "0000-00-00",
    "31/02/1400",
    "9999-12-31",
    "10000-01-01",
    "0001-01-01",
    "1400/13/45",
    "on",
    "'; DROP TABLE cases_case; --",
    "../../etc/passwd",
    "ع" * 400,
    "x" * 120_000,
)
WAYS_OUT = {"/door/out/"}
# Asked of no test's client: whatever stands in it is taken.
CSRF = "csrfmiddlewaretoken"
_NUMBER = re.compile(r"\d+")
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
_BYTES = st.binary(max_size=300) | st.sampled_from(
    [
        b"",
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"plain text",
        b"PK\x03\x04",
        b"GIF89a",
    ]
)
Draw = Callable[[Any], Any]


def forms_at(client: Client, url: str) -> list[Form]:
    """The forms of a page that are sent, each with where it is sent to; but for the one that ends the session."""
    page = client.get(url)
    found = _forms(page.content.decode(), url)
    for form in found:
        form.action = form.action or url
    return [form for form in found if form.method == "post" and form.action not in WAYS_OUT]


def post_harm(
    client: Client,
    url: str,
    *,
    field_by_field: bool = False,
    before: set[tuple[str, str]] | None = None,
) -> int:
    """Every unkind value in all fields of the page's forms at once, and `field_by_field` in each by itself while the
    others stand; how many were sent. What was saved is undone again.

    `before`: fields that were tried by themselves on an earlier page, by their view: they are not tried so again, but
    all at once, and those of this page are added. Of several alike ("person-0-name", "person-1-name") the first stands
    for all.
    """
    sent = 0
    for form in forms_at(client, url):
        names = set(form.names) - {CSRF}
        targets = [names]
        if field_by_field:
            alone = list(_not_tried(form, names, set() if before is None else before))
            targets = [{name} for name in alone] + ([] if names == set(alone) else [names])
        for some in targets:
            with undone():
                for value in UNKIND if some else UNKIND[:1]:
                    unkind = {name: _file(value) if name in form.files else value for name in some}
                    told = _standing(form) | unkind
                    is_no_fault(client.post(form.action, told), form.action, unkind)
                    sent += 1
    return sent


def _not_tried(form: Form, names: set[str], before: set[tuple[str, str]]) -> Iterator[str]:
    view = resolve(urlsplit(form.action).path).view_name
    for name in sorted(names):
        field = view, _NUMBER.sub("N", name)
        if field not in before:
            before.add(field)
            yield name


@contextmanager
def undone() -> Iterator[None]:
    """What is written to either database within stays unwritten."""
    with transaction.atomic(), transaction.atomic(using="keys"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")


def post_anything(client: Client, url: str, draw: Draw) -> None:
    """One of the page's forms with drawn fields: missing, repeated, of another kind, and files of any bytes."""
    forms = forms_at(client, url)
    if not forms:
        return
    form = draw(st.sampled_from(forms))
    told: dict[str, Any] = {}
    for name in sorted(form.names):
        choices = [*form.choices.get(name, []), *form.values.get(name, [])] or [""]
        value = st.none() | _TEXT | st.sampled_from(UNKIND) | st.sampled_from(choices)
        if name in form.files:
            drawn = draw(st.none() | st.builds(SimpleUploadedFile, _TEXT.filter(_can_name), _BYTES))
        else:
            drawn = draw(value | st.lists(_TEXT, max_size=3))
        if drawn is not None:
            told[name] = drawn
    # What one example saves, the next would be offered: Hypothesis wants every example to find the same.
    with undone():
        is_no_fault(client.post(form.action, told), form.action, told)


def is_no_fault(answer: HttpResponse, url: str, told: Mapping[str, object]) -> None:
    assert 200 <= answer.status_code < 500, (url, answer.status_code, told)


def _standing(form: Form) -> dict[str, Any]:
    return {name: values for name, values in form.values.items() if name not in form.files}


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("paper.pdf", text.encode())


def _can_name(name: str) -> bool:
    try:
        return bool(SimpleUploadedFile(name, b"").name)
    except Exception:  # noqa: BLE001 (Django refuses names that are paths, in several ways)
        return False
