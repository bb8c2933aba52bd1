"""Heads noted in the key store: after the commit, not for every line, and never ahead of the journal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from safeconduct.journal import heads
from safeconduct.journal.actions import BY_ITSELF, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import (
    EVERY,
    EVERY_LINES,
    let_go_of_noted_heads_after,
    note_head,
    noted_heads,
)
from safeconduct.journal.verifying import verify
from safeconduct.vault.models import NotedHead

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _a_new_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "_LAST", heads._LastNoted())


@pytest.fixture
def write(django_capture_on_commit_callbacks):
    def one(deed: Deed = Deed.CASE_SEEN, at: datetime = AT) -> None:
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            write_line(deed, by=BY_ITSELF, at=at)

    return one


def numbers() -> list[int]:
    return list(NotedHead.objects.order_by("number").values_list("number", flat=True))


def test_the_first_line_of_a_process_is_noted_and_then_every_hundredth(write):
    for _ in range(EVERY_LINES + 5):
        write()
    assert numbers() == [1, EVERY_LINES + 1]


def test_after_a_minute_the_next_line_is_noted(write):
    write()
    write(at=AT + EVERY - timedelta(seconds=1))
    write(at=AT + EVERY)
    assert numbers() == [1, 3]


def test_a_grave_deed_is_noted_at_once(write):
    write()
    write()
    write(Deed.GLASS_BROKEN)
    assert numbers() == [1, 3]


def test_a_deed_that_is_undone_leaves_no_head(django_capture_on_commit_callbacks):
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError, match="undone"),
        transaction.atomic(),
    ):
        write_line(Deed.GLASS_BROKEN, by=BY_ITSELF, at=AT)
        raise RuntimeError("undone")
    assert numbers() == []


def test_noting_twice_notes_once(write, django_capture_on_commit_callbacks):
    write()
    with django_capture_on_commit_callbacks(execute=True):
        note_head(AT)
        note_head(AT)
    assert numbers() == [1]


def test_a_deed_stands_though_the_key_store_does_not_answer(write, monkeypatch, caplog):
    def gone(*_a: object, **_k: object) -> None:
        raise OSError("not there")

    monkeypatch.setattr(NotedHead.objects, "bulk_create", gone)
    write(Deed.GLASS_BROKEN)
    assert verify().head.number == 1


def test_the_chain_agrees_with_every_noted_head(write):
    for minute in range(5):
        write(at=AT + EVERY * minute)
    assert verify(noted_heads()).agreed == 5


def test_a_restore_lets_go_of_later_heads_and_says_up_to_where(write):
    for minute in range(5):
        write(at=AT + EVERY * minute)
    assert let_go_of_noted_heads_after(3) == 5
    assert numbers() == [1, 2, 3]
    assert let_go_of_noted_heads_after(3) == 0
