"""A line of the journal: what it takes, what it refuses, and that it is there for good."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from hypothesis import given, strategies as st

import safeconduct
from safeconduct.core.codes import ALPHABET, draw_code
from safeconduct.core.errors import HeadNotAsWritten, JournalTakesNoWords
from safeconduct.journal.actions import BY_ITSELF, Actor, write_line
from safeconduct.journal.append_only import refuses_changes
from safeconduct.journal.deeds import Deed
from safeconduct.journal.facts import checked_facts
from safeconduct.journal.models import Head, Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)


def write(**more: object) -> Line:
    with transaction.atomic():
        return write_line(Deed.CASE_SEEN, **{"by": BY_ITSELF, "at": AT, **more})  # type: ignore[arg-type]


# --- words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "two words",
        "a" * 41,
        "Rahimi",
        "his brother.",
        "tab\there",
        "line\n",
        "نام",
        447_700_900_123,
        1.5,
        True,
        None,
        ["a"],
        "",
        "+447700900123",
    ],
)
def test_a_fact_that_is_no_code_and_no_small_number_is_refused(value):
    with pytest.raises(JournalTakesNoWords) as refused:
        write(facts={"reason": value})
    assert "the fact reason" in str(refused.value)
    assert str(value) not in str(refused.value) or value in {"", "a", None, True}
    assert Line.objects.count() == 0


def test_a_fact_whose_name_is_a_story_is_refused_without_quoting_it():
    with pytest.raises(JournalTakesNoWords) as refused:
        write(facts={"the brother of Rahimi": 1})
    assert "Rahimi" not in str(refused.value)


@pytest.mark.parametrize(
    "more",
    [
        {"about": "a family of six"},
        {"about": "K" * 41},
        {"purpose": "Rahimi's brother called"},
        {"by": Actor(member="somebody here")},
        {"by": Actor(member="K" * 13)},
        {"by": Actor(office="Harbour Street")},
    ],
)
def test_no_column_takes_a_story(more):
    with pytest.raises(JournalTakesNoWords):
        write(**more)
    assert Line.objects.count() == 0


@pytest.mark.parametrize(
    "value", ["K7Q4MX2PD", "by-passphrase", "SC730", "caseworker,approver", "age:x25519", 0, -3]
)
def test_codes_fixed_words_and_small_numbers_are_taken(value):
    assert write(facts={"what": value}).facts == {"what": value}


@given(st.lists(st.integers(0, len(ALPHABET) - 1), min_size=8, max_size=8))
def test_every_code_that_we_draw_is_taken(drawn):
    numbers = iter(drawn)
    code = draw_code(8, lambda _: next(numbers))
    assert checked_facts({"code": code}) == {"code": code}


@given(st.text(max_size=60))
def test_what_is_taken_has_no_space_and_at_most_forty_signs(text):
    try:
        taken = checked_facts({"what": text})["what"]
    except JournalTakesNoWords:
        return
    assert isinstance(taken, str)
    assert taken.isascii()
    assert not any(sign.isspace() for sign in taken)
    assert len(taken) <= 40
    assert taken in {taken.upper(), taken.lower()}


def test_every_deed_fits_its_column():
    assert max(len(deed.value) for deed in Deed) <= 40


# --- order -------------------------------------------------------------------------


def test_lines_are_numbered_from_one_and_the_head_is_the_last():
    lines = [write(about=f"K{n}", revision=n) for n in range(1, 4)]
    assert [line.number for line in lines] == [1, 2, 3]
    head = Head.objects.get()
    assert (head.number, bytes(head.hash)) == (3, bytes(lines[-1].hash))


def test_a_line_of_a_deed_that_was_undone_is_not_there():
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        write_line(Deed.CASE_SEEN, by=BY_ITSELF, at=AT)
        raise RuntimeError("undone")
    assert Line.objects.count() == 0
    assert write().number == 1


def test_a_line_without_the_transaction_of_a_deed_is_refused(monkeypatch):
    with monkeypatch.context() as alone, pytest.raises(AssertionError, match="transaction"):
        alone.setattr(connections["default"], "in_atomic_block", False)
        write_line(Deed.CASE_SEEN, by=BY_ITSELF, at=AT)
    assert Line.objects.count() == 0


def test_a_head_that_was_put_back_to_nothing_is_noticed_at_the_next_line():
    write()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_head_kept" + _on("journal_head"))
        cursor.execute("DELETE FROM journal_head")
    with pytest.raises(HeadNotAsWritten):
        write()


# --- for good -----------------------------------------------------------------------


def _on(table: str) -> str:
    return f" ON {table}" if connection.vendor == "postgresql" else ""


@pytest.mark.parametrize(
    "harm",
    [
        lambda line: line.save(),
        lambda line: line.delete(),
        lambda _: Line.objects.all().delete(),
        lambda _: Line.objects.filter(number=1).update(about="K2"),
        lambda line: Line.objects.bulk_update([line], ["about"]),
        lambda _: Line.objects.update_or_create(number=1, defaults={"about": "K2"}),
    ],
)
def test_the_model_changes_and_removes_no_line(harm):
    line = write(about="K1")
    with pytest.raises(NotImplementedError):
        harm(line)
    assert Line.objects.get().about == "K1"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_line SET about = 'K2' WHERE number = 1",
        "UPDATE journal_line SET number = 7",
        "DELETE FROM journal_line",
        "DELETE FROM journal_head",
        "UPDATE journal_head SET number = 5",
        "UPDATE journal_head SET number = 0",
        "UPDATE journal_head SET hash = '00'",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_line(statement):
    write(about="K1")
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Line.objects.get().about == "K1"


def test_the_refusals_of_the_database_stand_after_every_migration():
    assert refuses_changes(connection)


def test_it_is_told_when_somebody_took_them_away():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER journal_line_stays" + _on("journal_line"))
    assert not refuses_changes(connection)


def test_no_code_of_the_product_changes_or_removes_a_line():
    """Whatever touches `Line` or `Head` outside of the journal reads."""
    room = Path(safeconduct.__file__).parent
    writing = {
        "update",
        "delete",
        "bulk_update",
        "bulk_create",
        "create",
        "save",
        "update_or_create",
        "get_or_create",
    }
    found, looked_at = [], []
    for path in room.rglob("*.py"):
        if path.parent.name == "migrations" or path == room / "journal" / "actions.py":
            continue
        text = path.read_text(encoding="utf-8")
        if "Line.objects" not in text and "Head.objects" not in text:
            continue
        looked_at.append(path.name)
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in writing
            ):
                told = ast.unparse(node.func)
                if told.startswith(("Line.objects", "Head.objects")):
                    found.append(f"{path.relative_to(room)}:{node.lineno} {told}")
    assert "verifying.py" in looked_at
    assert found == []


def test_times_are_told_alike_whatever_zone_they_came_in():
    kabul = AT.astimezone(datetime.strptime("+0430", "%z").tzinfo)
    first = write(at=kabul + timedelta(microseconds=1))
    assert Line.objects.get(number=first.number).at == AT + timedelta(microseconds=1)
