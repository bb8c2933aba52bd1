"""What every answer of the desk has and has not: headers, cookies, hosts, sizes."""

from __future__ import annotations

import re
from urllib.parse import urlparse

import pytest
from django.test import Client
from tests.cast import AT, at_the_desk

from safeconduct.config.settings import UPLOAD_LIMIT

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def alice(cast, settings):
    settings.CLOCK = lambda: AT
    return at_the_desk(cast.alice)


@pytest.mark.parametrize(
    "path", ["/", "/nothing/here/", "/door/", "/jobs/", "/static/desk/desk.css"]
)
def test_every_answer_is_shut_in(alice, path: str):
    answer = alice.get(path)
    answer.close()
    told = answer.headers
    policy = told["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["X-Frame-Options"] == "DENY"
    assert told["Referrer-Policy"] == "same-origin", (
        "another one has browsers hide where a form comes from"
    )
    assert told["Cross-Origin-Opener-Policy"] == "same-origin"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in told["Permissions-Policy"]
    assert "Access-Control-Allow-Origin" not in told
    if not path.startswith("/static/"):
        assert told["Cache-Control"] == "no-store"


def test_pages_lead_nowhere_outside(alice):
    for path in ("/", "/jobs/", "/me/", "/office/", "/cases/", "/access/", "/nothing/"):
        page = alice.get(path).content.decode()
        for address in re.findall(r"""(?:href|src|action)=["']([^"']*)""", page):
            told = urlparse(address)
            assert not told.scheme, (path, address)
            assert not told.netloc, (path, address)
        assert " style=" not in page, path
        assert not re.search(r"<script(?![^>]*src=)", page), path


def test_the_cookie_travels_to_this_site_alone(alice):
    cookie = Client().get("/door/").cookies["desk"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["expires"], "it ends with the browser"


def test_it_answers_under_its_own_name_alone():
    assert Client(headers={"host": "elsewhere.example"}).get("/door/").status_code == 400


def test_a_body_that_is_too_large_is_refused_before_it_is_read():
    answer = Client().post(
        "/door/", data=b"", content_type="text/plain", CONTENT_LENGTH=str(UPLOAD_LIMIT * 2)
    )
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


@pytest.mark.parametrize("length", ["", "x", "-1", "99999999999999999999999"])
def test_a_strange_length_is_no_fault(length: str):
    answer = Client().post("/door/", data=b"", content_type="text/plain", CONTENT_LENGTH=length)
    assert answer.status_code in {200, 400, 403, 413}


def test_a_document_of_the_largest_size_stays_in_memory(settings):
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE > UPLOAD_LIMIT
    assert len(settings.FILE_UPLOAD_HANDLERS) == 1


def test_a_form_without_its_token_is_refused_kindly():
    answer = Client(enforce_csrf_checks=True).post("/door/", {"handle": "Zarghuna"})
    assert answer.status_code == 403
    assert "Zarghuna" not in answer.content.decode()
    assert "too old" in answer.content.decode()
