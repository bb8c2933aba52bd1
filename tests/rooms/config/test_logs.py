"""Logs hold codes, places and kinds; never a value."""

from __future__ import annotations

import logging

import pytest
from django.test import Client, override_settings
from django.urls import path
from hypothesis import given, strategies as st

from safeconduct.config.logs import CodesOnly, told_without_values
from safeconduct.core.errors import NoKey

TYPED = "Zarghuna Noorzai"


def written(name: str, message: str, *args: object, fault: BaseException | None = None) -> str:
    told = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, args, told)
    return CodesOnly().format(record)


def caught(make) -> BaseException:
    try:
        make()
    except Exception as fault:  # noqa: BLE001 (whichever it is)
        return fault
    raise AssertionError("it should have failed")


@given(st.text(min_size=6))
def test_no_library_gets_a_value_into_the_log(typed: str):
    assert typed not in written("django.request", "%s: %s", "Not Found", typed).partition(" ")[2]
    assert written("anything", typed) == written("anything", "another message")


def test_an_exception_is_told_by_its_kind_and_its_place():
    def inner():
        int(TYPED)

    def outer():
        try:
            inner()
        except ValueError as wrong:
            raise KeyError(TYPED) from wrong

    told = written("django.request", "Internal Server Error: %s", TYPED, fault=caught(outer))
    assert TYPED not in told
    assert "ValueError" in told
    assert "KeyError" in told
    assert "test_logs.py" in told


def test_a_refusal_is_told_by_its_code():
    def refuse():
        raise NoKey(about=TYPED)

    assert told_without_values(caught(refuse))[0].strip() == "SC703"


def test_a_chain_that_turns_upon_itself_ends():
    one, other = ValueError(), KeyError()
    one.__cause__, other.__cause__ = other, one
    assert len(told_without_values(one)) == 2


def test_our_own_messages_are_written():
    assert "job K7Q4 done" in written("safeconduct.jobs", "job %s done", "K7Q4")


def broken(request):
    told = request.POST["told"]
    raise RuntimeError(told)


urlpatterns = [path("broken/", broken)]
handler500 = "safeconduct.desk.errors.our_fault"


@pytest.mark.django_db(databases=["default", "keys"])
@override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[])
def test_a_fault_of_ours_shows_and_logs_nothing_typed():
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record):
            heard.append(CodesOnly().format(record))

    ear = Ear()
    logging.getLogger("django.request").addHandler(ear)
    try:
        answer = Client(raise_request_exception=False).post("/broken/?q=Zarghuna", {"told": TYPED})
    finally:
        logging.getLogger("django.request").removeHandler(ear)
    assert answer.status_code == 500
    assert TYPED not in answer.content.decode()
    assert "RuntimeError" in "\n".join(heard)
    assert "Zarghuna" not in "\n".join(heard)


def test_the_settings_send_every_log_through_it(settings):
    handlers = settings.LOGGING["handlers"]
    formatter = settings.LOGGING["formatters"]["codes"]["()"]
    assert formatter == f"{CodesOnly.__module__}.{CodesOnly.__qualname__}"
    assert all(each["formatter"] == "codes" for each in handlers.values())
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
    assert not settings.DEBUG
