"""The journal's head is one row: several write at once, and the lines stand in one order. Or else they would not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import count

import pytest
from django.db import IntegrityError, connection, transaction
from tests.races.both import Both, Meeting
from tests.races.kills import at_every_moment, at_odd_moments

from safeconduct.journal import heads
from safeconduct.journal.actions import BY_ITSELF, Actor, write_line
from safeconduct.journal.append_only import refuses_changes, to_allow_changes
from safeconduct.journal.chain import BEGINNING, hash_of
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import note_head, noted_heads
from safeconduct.journal.models import Head, Line
from safeconduct.journal.verifying import verify

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)


def write(about: str = "") -> Line:
    with transaction.atomic():
        return write_line(Deed.CASE_SEEN, by=BY_ITSELF, at=AT, about=about)


def write_some(times: int, about: str) -> int:
    for _ in range(times):
        write(about)
    return times


# --- without protection ---------------------------------------------------------------


def write_unprotected(about: str, meeting: Meeting) -> None:
    """As `write_line` would be if it read the head without keeping others from it."""
    head = Head.objects.get(id=1)
    meeting.here()
    row = {
        "number": head.number + 1, "at": AT, "member": "", "office": "", "deed": "case seen", "about": about,
        "revision": None, "purpose": "", "facts": {},
    }  # fmt: skip
    with transaction.atomic():
        line = Line(**row, hash=hash_of(bytes(head.hash), row))
        line.save()
        Head.objects.filter(id=1).update(number=line.number, hash=line.hash)


def test_without_the_lock_two_writers_want_one_number_and_a_deed_is_lost(both: Both):
    write()
    meeting = both.meeting(2)
    ends = both.at_once(2, lambda turn: write_unprotected(f"K{turn}", meeting))
    assert sorted(end.told for end in ends) == ["IntegrityError", "done"]
    assert isinstance(next(end.trouble for end in ends if end.trouble), IntegrityError)


def test_without_the_lock_and_the_wall_the_chain_forks(both: Both):
    """With no unique number either, both lines follow the same one: nobody could say which was first."""
    write()
    both.spoil()
    with connection.cursor() as cursor:
        for statement in to_allow_changes(connection.vendor):
            cursor.execute(statement)
        cursor.execute("ALTER TABLE journal_line RENAME TO walled")
        cursor.execute("CREATE TABLE journal_line AS SELECT * FROM walled")
    meeting = both.meeting(2)
    ends = both.at_once(2, lambda turn: write_unprotected(f"K{turn}", meeting))
    assert [end.told for end in ends] == ["done", "done"]
    assert Line.objects.filter(number=2).count() == 2


# --- with it ------------------------------------------------------------------------------


def test_the_very_first_lines_written_at_once_stand_in_one_order(both: Both):
    ends = both.at_once(4, lambda turn: write_some(1, f"K{turn}"))
    assert [end.told for end in ends] == ["done"] * 4
    assert verify().head.number == 4


def test_many_lines_by_many_threads_stand_in_one_order(both: Both):
    ends = both.at_once(4, lambda turn: write_some(12, f"K{turn}"))
    assert [end.told for end in ends] == ["done"] * 4
    assert verify().head.number == 48
    assert Line.objects.filter(about="K2").count() == 12


@pytest.mark.slow
def test_many_lines_by_several_processes_stand_in_one_order(both: Both):
    assert both.in_processes([(write_some, (20, f"K{n}")) for n in range(2)]) == [20, 20]
    assert verify(noted_heads()).head.number == 40
    assert noted_heads(), "each process notes its first"


def test_a_deed_that_is_undone_lets_the_next_writer_on(both: Both):
    def deed(turn: int) -> None:
        with transaction.atomic():
            write_line(Deed.CASE_SEEN, by=BY_ITSELF, at=AT)
            if turn == 0:
                raise RuntimeError("undone")

    ends = both.at_once(4, deed)
    assert sorted(end.told for end in ends) == ["RuntimeError", "done", "done", "done"]
    assert verify().head.number == 3


def test_others_read_and_verify_while_lines_are_written(both: Both):
    write()

    def either(turn: int) -> int:
        if turn:
            return write_some(30, "K1")
        return [verify().head.number for _ in range(10)][-1]

    assert [end.told for end in both.at_once(2, either)] == ["done", "done"]
    assert verify().head.number == 31


def test_heads_are_noted_after_the_commit_and_never_before(both: Both, monkeypatch):
    monkeypatch.setattr(heads, "_LAST", heads._LastNoted())
    with transaction.atomic():
        write_line(Deed.GLASS_BROKEN, by=BY_ITSELF, at=AT)
        note_head(AT)
        assert noted_heads() == []
    assert [head.number for head in noted_heads()] == [1]


def test_the_refusals_of_the_database_stand_in_a_new_deployment(both: Both):
    assert refuses_changes(connection)


# --- killed -------------------------------------------------------------------------------------


def deeds_told(member: str, endless: bool) -> list[int]:
    """Two lines in one deed, as a deed with a consequence has; acknowledged by the second's number."""
    told = []
    for turn in count():
        with transaction.atomic():
            write_line(Deed.ENTRY_CHANGED, by=Actor(member), at=AT, revision=turn)
            last = write_line(Deed.COVER_CHANGED, by=Actor(member), at=AT, revision=turn)
        print(json.dumps({"number": last.number, "hash": bytes(last.hash).hex()}), flush=True)
        told.append(last.number)
        if not endless:
            return told
    return told


def every_acknowledged_line_is_there_once(acknowledged: list[str]) -> None:
    for told in map(json.loads, acknowledged):
        assert bytes(Line.objects.get(number=told["number"]).hash).hex() == told["hash"]
    found = verify(noted_heads())
    # No deed is half there: its two lines are both there, or neither is.
    assert found.head.number % 2 == 0
    assert found.head.hash != BEGINNING or found.head.number == 0


@pytest.mark.slow
def test_killed_at_every_statement_and_commit_of_a_deed(both: Both):
    moments = 0
    seen: list[str] = []
    for killed in at_every_moment(both, deeds_told, "M1", False):
        seen += killed.acknowledged
        every_acknowledged_line_is_there_once(seen)
        moments += 1
    assert moments > 8


@pytest.mark.slow
def test_killed_at_odd_moments_of_many_deeds(both: Both):
    seen: list[str] = []
    for killed in at_odd_moments(both, deeds_told, "M1", True, times=8):
        seen += killed.acknowledged
        every_acknowledged_line_is_there_once(seen)
    assert len(seen) >= 8
