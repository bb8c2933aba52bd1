"""What screens ask of the journal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.queries import last_revision, lines

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)


@pytest.fixture
def written() -> None:
    """Ten lines: looks of M0 and changes of M1 in turn, about K0 to K2, revisions on the changes."""
    for n in range(1, 11):
        with transaction.atomic():
            write_line(
                Deed.ENTRY_CHANGED if n % 2 else Deed.CASE_SEEN,
                by=Actor(f"M{n % 2}", "O1"),
                at=AT,
                about=f"K{n % 3}",
                revision=n if n % 2 else None,
            )


def numbers(**asked: object) -> list[int]:
    return [line.number for line in lines(**asked).lines]  # type: ignore[arg-type]


def test_lines_are_found_by_case_member_office_and_deed_newest_first(written):
    assert numbers(about="K1") == [10, 7, 4, 1]
    assert numbers(member="M0") == [10, 8, 6, 4, 2]
    assert numbers(about="K1", member="M1") == [7, 1]
    assert numbers(deeds=[Deed.ENTRY_CHANGED], about="K0") == [9, 3]
    assert numbers(office="O2") == []


def test_pages_follow_each_other_to_the_first_line(written):
    seen, before = [], None
    while True:
        page = lines(most=4, before=before)
        seen.append([line.number for line in page.lines])
        if page.older is None:
            break
        before = page.older
    assert seen == [[10, 9, 8, 7], [6, 5, 4, 3], [2, 1]]


def test_a_page_that_is_just_full_has_none_older(written):
    assert lines(most=10).older is None


def test_the_last_revision_of_a_case(written):
    assert [last_revision(f"K{n}") for n in range(4)] == [9, 7, 5, None]


def test_the_last_revision_is_found_in_the_index(written):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL chooses by size")
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT MAX(revision) FROM journal_line WHERE about = 'K1' AND revision IS NOT NULL"
        )
        assert "USING COVERING INDEX last_revision" in str(cursor.fetchall())
