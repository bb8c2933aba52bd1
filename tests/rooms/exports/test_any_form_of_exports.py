"""Whatever is posted to a page of exports, it answers: done, or what wants mending, or not there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.everyform import forms_at, post_anything, post_harm

from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.entries import Person
from safeconduct.exports.actions.recipients import confirm_recipient, name_recipient
from safeconduct.vault.age import new_identity

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def carol(cast: Cast):
    return at_the_desk(cast.carol)


@pytest.fixture
def urls(cast: Cast) -> list[str]:
    case = open_case(cast.carol, [Person(given_name="Nobody")], at=AT).code
    known = name_recipient(cast.carol, name="A Department", age_key=new_identity().recipient, at=AT)
    confirm_recipient(cast.dana, known.code, heard=known.age_key[-8:], at=AT)
    other = name_recipient(cast.carol, name="Else", age_key=new_identity().recipient, at=AT).code
    pages = f"ask/ recipients/ recipients/{other}/confirm/ trace/ record/{case}/"
    return [f"/exports/{page}" for page in pages.split()]


def test_every_page_that_should_have_a_form_has_one(carol, urls):
    assert all(forms_at(carol, url) for url in urls)


def test_every_unkind_value_is_answered(carol, urls):
    for url in urls:
        assert post_harm(carol, url), url


@pytest.mark.slow
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_anything_posted_anywhere_is_answered(carol, urls, data):
    post_anything(carol, data.draw(st.sampled_from(urls)), data.draw)
