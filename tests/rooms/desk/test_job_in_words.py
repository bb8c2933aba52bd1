"""A job in words: what it does, and for one that did not end well what happens next and what to do."""

from __future__ import annotations

import pytest
from tests.cast import AT, at_the_desk

from safeconduct.config.job_kinds import job_kinds
from safeconduct.desk.job_words import DOES, does, next_for
from safeconduct.jobs.actions import NEVER_ENDED
from safeconduct.jobs.models import Job
from safeconduct.people.actions.leaving import REWRAP

TOLD = {"code": "J0B", "kind": REWRAP, "asked_at": AT, "due_at": AT}


def after(trouble: str, *, operator: bool = False, **told) -> str:
    job = Job(last_trouble=trouble, **(TOLD | told))
    return " ".join(next_for(job, at=AT, sees_deployment=operator))


def test_every_kind_is_told_in_words():
    assert set(DOES) == set(job_kinds())
    assert REWRAP not in does(Job(**TOLD))


def test_a_kind_of_another_version_is_told_by_its_name():
    assert does(Job(**(TOLD | {"kind": "of-tomorrow"}))) == "of-tomorrow"


def test_nothing_is_said_of_a_job_without_trouble():
    assert after("") == ""
    assert after("SC601", finished_at=AT) == ""


def test_what_is_tried_again_says_when_and_that_nothing_is_to_be_done():
    told = after("OperationalError", needs_keys=True)
    assert "15 August 2021 06:00 UTC" in told
    assert "you need do nothing" in told


def test_what_was_given_up_says_whom_to_tell_and_what_stands_meanwhile():
    told = after("OperationalError", given_up_at=AT)
    assert "not tried again" in told
    assert "Cases open as before" in told
    assert "Tell the operator of this deployment its code, J0B" in told
    assert "safeconduct doctor" not in told


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        ("SC601", "docs/errors.md"),
        ("OperationalError", "look for J0B"),
        (NEVER_ENDED, "no run came to its end"),
    ],
)
def test_the_operator_is_told_where_to_look(trouble, expected):
    assert expected in after(trouble, given_up_at=AT, operator=True)


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_page_tells_it(cast, settings):
    settings.CLOCK = lambda: AT
    office = cast.home.code
    Job.objects.create(**TOLD, office=office, given_up_at=AT, last_trouble="OperationalError")
    page = at_the_desk(cast.bob).get("/jobs/").content.decode()
    assert str(DOES[REWRAP]).split()[0] in page
    assert "Tell the operator" in page
    assert REWRAP not in page
