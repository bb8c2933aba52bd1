"""Whatever is posted to a page of a case, the page answers: saved, or what wants mending, or not there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.rooms.cases_pages.conftest import WITHOUT_A_FORM
from tests.rooms.everyform import forms_at, post_anything, post_harm

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "keys"])]

KINDS = "person caller safe_contact place tie threat said talk note consent decision".split()


@pytest.fixture(autouse=True)
def _the_forms_alone(settings):
    """Thousands of forms are sent: what follows of each in other rooms is tried elsewhere."""
    settings.AFTER_TOLD = ""


def urls_with_forms(pages) -> list[str]:
    paths = ["/cases/new/", *(f"add/{kind}/" for kind in KINDS), "cover/", "hand-over/", "share/"]
    paths += ["hold/", "hold/end/", "shred/", ""]
    paths += [
        f"entry/{code}/" for kind, code in pages.entries.items() if kind not in WITHOUT_A_FORM
    ]
    paths += [
        f"entry/{pages.entries['note']}/remove/",
        f"entry/{pages.entries['consent']}/withdraw/",
    ]
    paths += [f"/cases/offices/{pages.cast.other.code}/compare/"]
    return [pages.url(path) for path in paths]


def test_every_page_that_should_have_a_form_has_one(pages):
    for url in urls_with_forms(pages):
        assert forms_at(pages.clients["carol"], url), url


def test_every_unkind_value_is_answered(pages):
    for kind in ("person", "consent", "decision", "said", "talk"):
        assert post_harm(pages.clients["carol"], pages.url(f"add/{kind}/"))
    assert post_harm(pages.clients["carol"], "/cases/new/")


def test_every_unkind_value_in_every_field_of_every_page_is_answered(pages):
    for url in urls_with_forms(pages):
        assert post_harm(pages.clients["carol"], url, field_by_field=True), url


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_anything_posted_anywhere_is_answered(pages, data):
    url = data.draw(st.sampled_from(urls_with_forms(pages)))
    post_anything(pages.clients["carol"], url, data.draw)


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_file_is_answered(pages, data):
    post_anything(pages.clients["carol"], pages.url("add/document/"), data.draw)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    verb=st.sampled_from(
        [
            "entry/{}/",
            "entry/{}/history/",
            "entry/{}/remove/",
            "document/{}/",
            "add/{}/",
            "caller/{}/",
        ]
    ),
    told=st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="/?#%"), min_size=1, max_size=30
    ),
)
def test_any_address_is_answered(pages, verb, told):
    assert pages.get("carol", verb.format(told)).status_code in {200, 301, 302, 400, 404}
