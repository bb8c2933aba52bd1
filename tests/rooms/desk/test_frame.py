"""The frame of every page: whose way leads where, forms that say what wants mending, error pages that quote nothing."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from tests.cast import AT

from safeconduct.desk import errors, views
from safeconduct.desk.ways import ROOMS, ways_from

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TYPED = "Zarghuna-Noorzai"


def asked(path="/", present=None, **told) -> HttpRequest:
    request = RequestFactory().get(path, told)
    request.at = AT
    if present is not None:
        request.present = present
    return request


def test_everybody_is_led_only_where_they_may_go(cast):
    for present in cast.everybody().values():
        urls = {way.url for way in ways_from("/", present)}
        assert ("/journal/" in urls) == ("auditor" in present.member.roles)
    assert {way.url for way in ways_from("/", cast.otto)} <= {"/", "/jobs/", "/me/", "/lock-down/"}


def test_the_page_one_is_on_is_told_to_those_who_do_not_see_it(cast):
    page = views.jobs(asked("/jobs/", cast.alice)).content.decode()
    assert re.search(r'<a href="/jobs/" aria-current="page">', page)
    assert page.count("aria-current") == 1


def test_a_page_without_anybody_shows_no_way_and_no_office():
    page = render_to_string("404.html", request=asked("/"))
    assert "<nav" not in page


def test_no_page_asks_for_anything_outside(cast):
    for view, present in (
        (views.home, cast.carol),
        (views.jobs, cast.otto),
        (views.journal, cast.audrey),
    ):
        page = view(asked("/", present)).content.decode()
        assert not re.findall(r"(?:https?:)?//[\w.]+", page)
        assert "style=" not in page
        assert "<script" not in page


@pytest.mark.parametrize("status", [400, 403, 404, 413, 500])
def test_error_pages_quote_nothing_typed(status: int):
    fault = SuspiciousOperation(TYPED)
    request = asked(f"/cases/{TYPED}/", q=TYPED)
    response = {
        400: lambda: errors.not_understood(request, fault),
        403: lambda: errors.token_too_old(request, reason=TYPED),
        404: lambda: errors.nothing_here(request, fault),
        413: lambda: errors.not_understood(request, RequestDataTooBig(TYPED)),
        500: lambda: errors.our_fault(request),
    }[status]()
    assert response.status_code == status
    assert TYPED not in response.content.decode()
    assert "<h1>" in response.content.decode()


class Asking(forms.Form):
    told = forms.CharField(label="What was told", help_text="In their own words.")
    sort = forms.ChoiceField(
        label="Which sort", choices=[("a", "one"), ("b", "two")], widget=forms.RadioSelect
    )
    agreed = forms.BooleanField(label="They agreed")
    more = forms.CharField(label="More", required=False)


def test_a_form_says_on_top_and_beside_each_field_what_wants_mending():
    page = render_to_string("desk/form.html", {"form": Asking({})})
    assert "3 things want mending" in page
    for name in ("told", "sort", "agreed"):
        assert f'<a href="#id_{name}' in page
        assert f'id="id_{name}_error"' in page
    assert page.index("</label>") < page.index("<input")
    assert 'aria-describedby="id_told_helptext id_told_error"' in page
    assert page.count("(may stay empty)") == 1


def test_every_label_leads_to_a_field_that_exists():
    page = render_to_string("desk/form.html", {"form": Asking({})})
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    assert len(ids) == len(re.findall(r'\sid="([^"]+)"', page))
    named = set(re.findall(r'(?:for|href)="#?(id_[^"]+)"', page))
    assert named <= ids


def test_a_form_that_is_asked_for_the_first_time_complains_of_nothing():
    page = render_to_string("desk/form.html", {"form": Asking()})
    assert "mend" not in page
    assert "wrong" not in page


def test_rooms_have_one_way_each():
    assert len({room.url_name for room in ROOMS}) == len(ROOMS)


def test_one_room_at_most_is_said_to_be_here(cast):
    """The pages of one case lie below the address of the bands agreed, and are none of its pages."""
    for path, here in {
        "/triage/": {"/triage/"},
        "/triage/rules/": {"/triage/rules/"},
        "/triage/ABCDEFGHJ/ask/": set(),
    }.items():
        assert {way.url for way in ways_from(path, cast.carol) if way.here} == here
