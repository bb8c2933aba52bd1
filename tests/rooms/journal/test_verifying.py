"""Whatever is done to a line behind the product's back is found, and the first such line is named."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given, strategies as st

from safeconduct.core.errors import (
    HeadNotAsWritten,
    HeadUnclear,
    HeldHeadBeyond,
    HeldHeadDiffers,
    JournalCutShort,
    LineMissing,
    LineNotAsWritten,
    NotAsWritten,
)
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.append_only import to_allow_changes
from safeconduct.journal.chain import BEGINNING, hash_of
from safeconduct.journal.deeds import Deed
from safeconduct.journal.heads import HeldHead, head_now, heads_told
from safeconduct.journal.models import Head, Line
from safeconduct.journal.verifying import verify

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
MANY = 12


@pytest.fixture
def journal() -> list[HeldHead]:
    """Twelve lines; the head after each. The database's own refusals are taken away: here somebody does harm."""
    heads = []
    for number in range(1, MANY + 1):
        with transaction.atomic():
            line = write_line(
                Deed.ENTRY_CHANGED,
                by=Actor("M1", "O1"),
                at=AT + timedelta(seconds=number),
                about=f"K{number % 3}",
                revision=number,
                purpose="casework",
                facts={"part": "card", "count": number},
            )
        heads.append(HeldHead(line.number, bytes(line.hash), "a letter"))
    for statement in to_allow_changes(connection.vendor):
        do(statement)
    return heads


def do(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def written_anew(after: int) -> None:
    """A whole new chain from here on, head too: what somebody who knows the software would do."""
    before = BEGINNING if after == 0 else bytes(Line.objects.get(number=after).hash)
    for row in Line.objects.filter(number__gt=after).order_by("number").values():
        row.pop("hash")
        before = hash_of(before, row)
        do("UPDATE journal_line SET hash = %s WHERE number = %s", before, row["number"])
    do("UPDATE journal_head SET hash = %s", before)


LINES = st.fixed_dictionaries(
    {
        "number": st.integers(1, 10**9),
        "at": st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
        "member": st.text(max_size=4),
        "about": st.text(max_size=4),
        "revision": st.none() | st.integers(0, 9),
        "facts": st.dictionaries(
            st.text(max_size=3), st.integers(0, 9) | st.text(max_size=3), max_size=2
        ),
    }
)


@given(LINES, LINES, st.binary(min_size=32, max_size=32))
def test_two_lines_have_one_hash_only_where_they_are_one(one, two, before):
    assert (hash_of(before, one) == hash_of(before, two)) is (one == two)
    assert hash_of(before, one) != hash_of(BEGINNING, one) or before == BEGINNING
    for name in one:
        mixed = {**one, name: two[name]}
        assert (hash_of(before, one) == hash_of(before, mixed)) is (one == mixed)


def test_a_journal_as_it_was_written_holds(journal):
    found = verify(journal)
    assert (found.head.number, found.last_at, found.agreed) == (
        MANY,
        AT + timedelta(seconds=MANY),
        MANY,
    )


def test_an_empty_journal_holds():
    found = verify([HeldHead(0, BEGINNING, "a letter")])
    assert (found.head.number, found.last_at, found.agreed) == (0, None, 1)


CHANGES = {
    "at": "at = '2021-08-15 07:00:00+00'",
    "member": "member = 'M2'",
    "office": "office = ''",
    "deed": "deed = 'case seen'",
    "about": "about = 'K9'",
    "revision": "revision = 99",
    "revision gone": "revision = NULL",
    "purpose": "purpose = 'other'",
    "facts": """facts = '{"part": "card", "count": 99}'""",
    "facts gone": "facts = '{}'",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("number", [1, 7, MANY])
def test_a_changed_line_is_named(journal, change, number):
    do(f"UPDATE journal_line SET {change} WHERE number = %s", number)
    with pytest.raises(LineNotAsWritten) as found:
        verify()
    assert found.value.where["number"] == number


@pytest.mark.parametrize("number", [1, 7, MANY])
def test_a_changed_line_with_its_own_hash_anew_is_named_or_the_one_after_it(journal, number):
    do("UPDATE journal_line SET about = 'K9' WHERE number = %s", number)
    row = Line.objects.filter(number=number).values().get()
    row.pop("hash")
    before = BEGINNING if number == 1 else journal[number - 2].hash
    do("UPDATE journal_line SET hash = %s WHERE number = %s", hash_of(before, row), number)
    with pytest.raises(NotAsWritten) as found:
        verify()
    if number < MANY:
        assert isinstance(found.value, LineNotAsWritten)
        assert found.value.where["number"] == number + 1
    else:
        assert isinstance(found.value, HeadNotAsWritten)


@pytest.mark.parametrize("number", [1, 7, MANY - 1])
def test_a_removed_line_is_named(journal, number):
    do("DELETE FROM journal_line WHERE number = %s", number)
    with pytest.raises(LineMissing) as found:
        verify()
    assert found.value.where == {"number": number, "found": number + 1}


def test_lines_removed_from_the_end_are_noticed(journal):
    do("DELETE FROM journal_line WHERE number > 9")
    with pytest.raises(JournalCutShort) as found:
        verify()
    assert found.value.where == {"number": MANY, "last": 9}


def test_a_journal_emptied_under_its_head_is_noticed(journal):
    do("DELETE FROM journal_line")
    with pytest.raises(JournalCutShort):
        verify()


def test_an_end_cut_off_with_the_head_put_back_is_noticed_by_a_held_head(journal):
    do("DELETE FROM journal_line WHERE number > 9")
    do("UPDATE journal_head SET number = 9, hash = %s", journal[8].hash)
    assert verify(journal[:9]).head.number == 9
    with pytest.raises(HeldHeadBeyond) as found:
        verify(journal)
    assert found.value.where["number"] == 10


def test_a_journal_and_its_head_that_are_gone_are_noticed_by_a_held_head(journal):
    do("DELETE FROM journal_line")
    do("DELETE FROM journal_head")
    with pytest.raises(HeldHeadBeyond):
        verify(journal[-1:])


def test_two_lines_exchanged_are_noticed_at_the_first(journal):
    do("UPDATE journal_line SET number = 100 WHERE number = 4")
    do("UPDATE journal_line SET number = 4 WHERE number = 8")
    do("UPDATE journal_line SET number = 8 WHERE number = 100")
    with pytest.raises(LineNotAsWritten) as found:
        verify()
    assert found.value.where["number"] == 4


def test_a_line_put_in_between_is_noticed(journal):
    for number in range(MANY, 6, -1):
        do("UPDATE journal_line SET number = %s WHERE number = %s", number + 1, number)
    made = Line(number=7, at=AT, deed="case seen", facts={}, hash=secrets.token_bytes(32))
    made.save()
    with pytest.raises(LineNotAsWritten) as found:
        verify()
    assert found.value.where["number"] == 7


def test_a_line_added_at_the_end_without_the_head_is_noticed(journal):
    row = {
        "number": MANY + 1, "at": AT, "member": "", "office": "", "deed": "case seen", "about": "",
        "revision": None, "purpose": "", "facts": {},
    }  # fmt: skip
    Line(**row, hash=hash_of(journal[-1].hash, row)).save()
    with pytest.raises(HeadNotAsWritten):
        verify()


@pytest.mark.parametrize("number", [1, 7, MANY])
def test_a_wrong_number_is_noticed(journal, number):
    do("UPDATE journal_line SET number = 1000 WHERE number = %s", number)
    with pytest.raises((LineMissing, JournalCutShort)):
        verify()


def test_a_chain_written_anew_is_noticed_by_every_held_head_after_the_change(journal):
    do("UPDATE journal_line SET about = 'K9' WHERE number = 5")
    written_anew(4)
    assert verify(journal[:4]).agreed == 4
    for held in journal[4:]:
        with pytest.raises(HeldHeadDiffers) as found:
            verify([*journal[:3], held])
        assert found.value.where == {"number": held.number, "where": "a letter", "fits": 3}


def test_a_head_changed_by_itself_is_noticed(journal):
    do("UPDATE journal_head SET hash = %s", bytes(32))
    with pytest.raises(HeadNotAsWritten):
        verify()


def test_lines_that_are_written_meanwhile_do_not_disturb(journal):
    def write(at: int) -> None:
        if at == 10:
            with transaction.atomic():
                write_line(Deed.CASE_SEEN, by=Actor(), at=AT)

    # The walk tells every 5,000 lines; here the head is moved between the lines and the look at the head.
    with pytest.MonkeyPatch.context() as patched:
        real = head_now
        write_first = iter([10, 0])
        patched.setattr(
            "safeconduct.journal.verifying.head_now", lambda: (write(next(write_first)), real())[1]
        )
        assert verify().head.number == MANY + 1


# --- heads, told and read --------------------------------------------------------------


@given(st.integers(0, 10**12), st.binary(min_size=32, max_size=32))
def test_a_head_is_read_as_it_is_told(number, told):
    held = HeldHead(number, told, "x")
    assert heads_told(f"  {held}\r\nwritten 2021-08-15\n", where="x") == [held]
    assert heads_told(f"{number}:{told.hex().upper()}", where="x") == [held]


def test_a_file_of_many_heads_gives_them_all(journal):
    text = "\n".join(f"{head}\nwritten {AT:%Y-%m-%d %H:%M:%S} UTC" for head in journal)
    assert heads_told(text, where="a letter") == journal


@pytest.mark.parametrize(
    "told", ["", "12", "12:abcd", "a story", f"12:{'a' * 63}", f"12:{'a' * 65}", ":" + "a" * 64]
)
def test_what_is_no_head_is_refused_without_quoting_it(told):
    with pytest.raises(HeadUnclear) as refused:
        heads_told(told, where="what was typed")
    assert not told or told not in str(refused.value)


def test_before_the_first_line_the_head_is_nothing():
    assert (head_now().number, Head.objects.count()) == (0, 0)
