"""Whatever somebody does to the rows of a case behind its back, whoever opens it next is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from tests.cast import AT, Cast
from tests.rooms.cases.families import (
    LATER,
    STORY,
    again,
    compared,
    family_of,
    paper,
    seen,
    story_of,
    tell_again,
)

from safeconduct.cases.actions import (
    add_entry,
    attach_document,
    change_cover,
    remove_entry,
    share_case,
)
from safeconduct.cases.entries import Caller, Document, Note, Person
from safeconduct.cases.models import Case, Entry, Version
from safeconduct.cases.reading import OpenCase, paper_of
from safeconduct.cases.wholeness import COVER, contents_seal, place_of, seal_anew
from safeconduct.core.errors import NoSuchCase, NotOpened, SealBroken
from safeconduct.vault.actions.case_keys import CaseKeys
from safeconduct.vault.models import CaseKey
from safeconduct.vault.sealing import new_seal_key, open_sealed, seal
from safeconduct.vault.wrapping import with_voucher, wrap

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def case(cast: Cast) -> OpenCase:
    """A case with a history: a note told twice, an entry removed, a document."""
    opened = tell_again(family_of(cast.carol), "They moved to the mill.")
    gone = opened.entries(Caller)[0]
    remove_entry(opened, gone.code, expected_revision=gone.revision, at=LATER, why="a slip")
    attach_document(opened, paper(), title="her tazkira", at=LATER)
    return again(opened)


@pytest.fixture
def other(cast: Cast, case: OpenCase) -> OpenCase:
    return tell_again(family_of(cast.carol), "Another family altogether.")


def opens(opened: OpenCase) -> bool:
    try:
        return bool(again(opened))
    except SealBroken:
        return False


@contextmanager
def undone() -> Iterator[None]:
    """What happens within is as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def refused(by: Any, opened: OpenCase, refusal: type[Exception] = SealBroken) -> None:
    with pytest.raises(refusal) as told:
        seen(by, opened)
    if refusal is SealBroken:
        assert opened.code in str(told.value)


# --- the cover -----------------------------------------------------------------------------

ALTERED: dict[str, Any] = {
    "state": "closed",
    "band": "routine",
    "household_size": 1,
    "told_size": 7,
    "set_size": 7,
    "priority": 9.5,
    "province": "AF01",
    "schemes": ["ARAP"],
    "next_due": date(2021, 9, 1),
    "opened_at": AT - timedelta(microseconds=1),
    "changed_at": AT + timedelta(days=9),
    "keep_until": date(2021, 8, 14),
    "held": True,
    "shared_with": {"ELSEWHERE": "all"},
    "revision": 1,
    "cover_revision": 4,
}


def test_every_column_of_the_cover_is_altered_here_or_below():
    assert set(COVER) - set(ALTERED) == {"code", "office_id", "owner_id", "key_version"}
    under_no_seal = {"card_seal", "contents_seal", "shredding_since"}
    columns = {field.attname for field in Case._meta.concrete_fields if not field.generated}
    assert columns - set(COVER) == under_no_seal


def test_an_altered_column(case: OpenCase):
    for column, altered in ALTERED.items():
        assert getattr(case.cover, column) != altered
        with undone():
            Case.objects.filter(code=case.code).update(**{column: altered})
            assert not opens(case), column
    assert opens(case)


def test_an_owner_put_in(cast: Cast, case: OpenCase):
    Case.objects.filter(code=case.code).update(owner=cast.bob.member)
    refused(cast.bob, case)


def test_a_case_moved_to_another_office_opens_to_nobody(cast: Cast, case: OpenCase):
    Case.objects.filter(code=case.code).update(office=cast.other)
    refused(cast.carol, case, NoSuchCase)
    refused(cast.charlie, case, NotOpened)


def test_another_version_of_the_keys(case: OpenCase):
    Case.objects.filter(code=case.code).update(key_version=2)
    refused(case.by, case, NotOpened)


@pytest.mark.parametrize("seal", ["card_seal", "contents_seal"])
def test_a_seal_of_another_case_or_none(case: OpenCase, other: OpenCase, seal: str):
    for put in (bytes(getattr(other.cover, seal)), b"", bytes(32)):
        Case.objects.filter(code=case.code).update(**{seal: put})
        refused(case.by, case)


NONSENSE = {
    "opened_at": "yesterday",
    "keep_until": "soon",
    "revision": "many",
    "schemes": '{"a": 1}',
    "shared_with": "12",
    "card_seal": "text",
}


def test_what_no_column_can_hold(case: OpenCase):
    """SQLite takes anything into any column."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses it itself")
    for column, nonsense in NONSENSE.items():
        with undone(), connection.cursor() as cursor:
            change = f"UPDATE cases_case SET {column} = %s WHERE code = %s"
            cursor.execute(change, [nonsense, case.code])
            assert not opens(case), column
    assert opens(case)


# --- entries and versions ------------------------------------------------------------------------


def versions_of(opened: OpenCase, kind: type[Any]) -> Any:
    return Version.objects.filter(entry__case=opened.code, entry__kind=kind.kind)


def flip(sealed: bytes, at: int = -1) -> bytes:
    altered = bytearray(sealed)
    altered[at] ^= 1
    return bytes(altered)


def swap(column: str, one: Version, two: Version) -> None:
    first, second = getattr(one, column), getattr(two, column)
    Version.objects.filter(pk=one.pk).update(**{column: second})
    Version.objects.filter(pk=two.pk).update(**{column: first})


def story(opened: OpenCase) -> list[Version]:
    return list(versions_of(opened, Note).order_by("revision"))


def flip_a_bit(opened: OpenCase, other: OpenCase) -> None:
    last = story(opened)[-1]
    versions_of(opened, Note).filter(pk=last.pk).update(sealed=flip(bytes(last.sealed)))


def flip_a_bit_of_the_past(opened: OpenCase, other: OpenCase) -> None:
    first = story(opened)[0]
    versions_of(opened, Note).filter(pk=first.pk).update(sealed=flip(bytes(first.sealed), 20))


def truncate(opened: OpenCase, other: OpenCase) -> None:
    last = story(opened)[-1]
    Version.objects.filter(pk=last.pk).update(sealed=bytes(last.sealed)[:-16])


def empty(opened: OpenCase, other: OpenCase) -> None:
    versions_of(opened, Note).update(sealed=b"")


def swap_two_revisions(opened: OpenCase, other: OpenCase) -> None:
    swap("sealed", *story(opened))


def swap_two_entries(opened: OpenCase, other: OpenCase) -> None:
    swap("sealed", *versions_of(opened, Person))


def swap_two_cases(opened: OpenCase, other: OpenCase) -> None:
    swap("sealed", story(opened)[1], story(other)[1])


def play_the_past_again(opened: OpenCase, other: OpenCase) -> None:
    first, last = story(opened)
    Version.objects.filter(pk=last.pk).update(sealed=first.sealed)


def play_the_past_again_as_a_new_revision(opened: OpenCase, other: OpenCase) -> None:
    first, last = story(opened)
    Version.objects.create(
        entry_id=first.entry_id,
        revision=3,
        written_at=last.written_at,
        written_by=last.written_by,
        sealed=first.sealed,
    )
    Entry.objects.filter(code=first.entry_id).update(revision=3)


def go_back_one_revision(opened: OpenCase, other: OpenCase) -> None:
    last = story(opened)[-1]
    Version.objects.filter(pk=last.pk).delete()
    Entry.objects.filter(code=last.entry_id).update(revision=1)


def forget_the_first_revision(opened: OpenCase, other: OpenCase) -> None:
    Version.objects.filter(pk=story(opened)[0].pk).delete()


def number_revisions_otherwise(opened: OpenCase, other: OpenCase) -> None:
    first = story(opened)[0]
    Version.objects.filter(pk=first.pk).update(revision=9)


def say_another_wrote_it(opened: OpenCase, other: OpenCase) -> None:
    versions_of(opened, Note).update(written_by="SOMEBODY")


def say_it_was_written_earlier(opened: OpenCase, other: OpenCase) -> None:
    versions_of(opened, Note).update(written_at=AT - timedelta(days=1))


def say_it_was_removed(opened: OpenCase, other: OpenCase) -> None:
    last = story(opened)[-1]
    Version.objects.filter(pk=last.pk).update(removes=True)
    Entry.objects.filter(code=last.entry_id).update(removed=True)


def say_that_a_past_revision_removed_it(opened: OpenCase, other: OpenCase) -> None:
    Version.objects.filter(pk=story(opened)[0].pk).update(removes=True)


def bring_back_what_was_removed(opened: OpenCase, other: OpenCase) -> None:
    gone = Entry.objects.get(case=opened.code, removed=True)
    Version.objects.filter(entry=gone, removes=True).delete()
    Entry.objects.filter(code=gone.code).update(removed=False, revision=1)


def change_a_kind(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="note").update(kind="threat")


def change_a_part(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="note").update(part="card")


def change_a_part_to_none(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="note").update(part="neither")


def change_the_order(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="note").update(number=99)


def change_a_revision(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="note").update(revision=1)


def remove_an_entry_row(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="note").delete()


def remove_a_person_row(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="person").first().delete()  # type: ignore[union-attr]


def add_an_entry_row(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.create(code="ADDED", case_id=opened.code, number=99, part="contents", kind="note")


def add_an_entry_of_no_part(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.create(code="ADDED", case_id=opened.code, number=99, part="", kind="note")


def add_a_copied_entry(opened: OpenCase, other: OpenCase) -> None:
    last = story(opened)[-1]
    Entry.objects.create(code="ADDED", case_id=opened.code, number=99, part="contents", kind="note")
    Version.objects.create(
        entry_id="ADDED",
        revision=1,
        written_at=last.written_at,
        written_by=last.written_by,
        sealed=last.sealed,
    )


def move_an_entry_here(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=other.code, kind="threat").update(case_id=opened.code)


def move_an_entry_away(opened: OpenCase, other: OpenCase) -> None:
    Entry.objects.filter(case=opened.code, kind="threat").update(case_id=other.code)


def move_a_version_away(opened: OpenCase, other: OpenCase) -> None:
    there = Entry.objects.get(case=other.code, kind="threat")
    versions_of(opened, Note).filter(revision=2).update(entry=there)


def alter_a_paper_digest(opened: OpenCase, other: OpenCase) -> None:
    versions_of(opened, Document).update(paper_digest=bytes(32))


def take_a_paper_digest_away(opened: OpenCase, other: OpenCase) -> None:
    versions_of(opened, Document).update(paper_digest=None)


ATTACKS = (
    flip_a_bit,
    flip_a_bit_of_the_past,
    truncate,
    empty,
    swap_two_revisions,
    swap_two_entries,
    swap_two_cases,
    play_the_past_again,
    play_the_past_again_as_a_new_revision,
    go_back_one_revision,
    forget_the_first_revision,
    number_revisions_otherwise,
    say_another_wrote_it,
    say_it_was_written_earlier,
    say_it_was_removed,
    say_that_a_past_revision_removed_it,
    bring_back_what_was_removed,
    change_a_kind,
    change_a_part,
    change_a_part_to_none,
    change_the_order,
    change_a_revision,
    remove_an_entry_row,
    remove_a_person_row,
    add_an_entry_row,
    add_an_entry_of_no_part,
    add_a_copied_entry,
    move_an_entry_here,
    move_an_entry_away,
    move_a_version_away,
    alter_a_paper_digest,
    take_a_paper_digest_away,
)


def test_a_row_that_is_not_as_it_was_written(case: OpenCase, other: OpenCase):
    for attack in ATTACKS:
        with undone():
            attack(case, other)
            assert not opens(case), attack.__name__
    assert opens(case)
    assert opens(other)


@pytest.mark.parametrize("attack", [flip_a_bit, remove_an_entry_row])
def test_nobody_writes_over_what_is_broken(
    case: OpenCase, other: OpenCase, attack: Callable[[OpenCase, OpenCase], None]
):
    """A write seals anew: it must not make an alteration look as if a member had written it."""
    attack(case, other)
    with pytest.raises(SealBroken):
        add_entry(case, STORY, at=LATER)
    refused(case.by, case)


@pytest.mark.parametrize("what", ["flipped", "cut", "another's", "gone"])
def test_a_document_that_is_not_as_it_was_written(case: OpenCase, other: OpenCase, what: str):
    attach_document(other, paper(b"another picture"), title="a letter", at=LATER)
    (entry,) = case.entries(Document)
    sealed = bytes(versions_of(case, Document).get().paper)
    put = {
        "flipped": flip(sealed),
        "cut": sealed[:-1],
        "another's": versions_of(other, Document).get().paper,
        "gone": None,
    }[what]
    versions_of(case, Document).update(paper=put)
    with pytest.raises(SealBroken):
        paper_of(seen(case.by, case), entry.code, at=LATER)


def test_another_paper_sealed_for_the_same_place_is_not_it(case: OpenCase):
    """By somebody with the contents' key, or played again from a copy that went another way."""
    (entry,) = case.entries(Document)
    place = place_of(case.code, entry.code, "paper", entry.revision)
    put = seal(case.keys.of(Document.part), b"a forged picture", place)
    versions_of(case, Document).update(paper=put)
    with pytest.raises(SealBroken):
        paper_of(seen(case.by, case), entry.code, at=LATER)


def test_a_version_opens_in_its_own_place_alone(case: OpenCase, other: OpenCase):
    """Whatever the seals say: also the ciphertext by itself belongs to its case, entry, kind and revision."""
    row = case.row(story_of(case)[0])
    key, last = case.keys.of(row.part), row.versions[-1]
    own = (case.code, row.code, row.kind, last.revision)
    assert open_sealed(key, last.sealed, place_of(*own))
    for part, another in enumerate((other.code, "ANOTHER", "threat", last.revision - 1)):
        elsewhere = [*own[:part], another, *own[part + 1 :]]
        with pytest.raises(SealBroken):
            open_sealed(key, last.sealed, place_of(*elsewhere))


def test_the_contents_seal_is_of_one_revision_of_the_case(case: OpenCase):
    key = case.keys.of(Note.part)
    assert contents_seal(key, case.cover, case.rows) == bytes(case.cover.contents_seal)
    case.cover.revision += 1
    assert contents_seal(key, case.cover, case.rows) != bytes(case.cover.contents_seal)


# --- older wholes -----------------------------------------------------------------------------------


def rows_now(code: str) -> list[Any]:
    entries = list(Entry.objects.filter(case=code))
    versions = list(Version.objects.filter(entry__case=code))
    return [*Case.objects.filter(code=code), *entries, *versions]


def put_back(code: str, rows: list[Any]) -> None:
    """Exactly these rows, as somebody with an older copy of the database would."""
    Version.objects.filter(entry__case=code).delete()
    Entry.objects.filter(case=code).delete()
    for row in rows:
        row.save()


def test_a_whole_older_case_put_back(case: OpenCase):
    before = rows_now(case.code)
    tell_again(case, "They were seen, and left.")
    put_back(case.code, before)
    refused(case.by, case)


def test_an_older_cover_put_back(case: OpenCase):
    before = Case.objects.get(code=case.code)
    change_cover(case, expected_revision=case.cover.cover_revision, at=LATER, band="emergency")
    before.save()
    refused(case.by, case)


def test_older_entries_under_the_new_cover(case: OpenCase):
    before = rows_now(case.code)
    tell_again(case, "They were seen, and left.")
    put_back(case.code, before[1:])
    refused(case.by, case)


def test_a_case_made_anew_under_keys_of_an_intruder(cast: Cast, case: OpenCase):
    """By somebody who once had the office's key, so that it opens; the journal knows the case's state."""
    keys = CaseKeys(case.code, new_seal_key(), new_seal_key())
    for row in CaseKey.objects.filter(case=case.code):
        purpose = f"case {case.code} {row.part} version 1 to office {row.office} generation 1"
        purpose = with_voucher(cast.carol.ring.office_key(1), purpose)
        key = keys.of(row.part).raw
        CaseKey.objects.filter(pk=row.pk).update(
            wrapped=wrap(bytes(cast.home.public), key, purpose=purpose)
        )
    Entry.objects.filter(case=case.code).delete()
    forged = Case.objects.get(code=case.code)
    seal_anew(keys, forged, [])
    forged.save()
    refused(case.by, case)


def test_two_cases_that_change_places(case: OpenCase, other: OpenCase):
    one, two = rows_now(case.code)[0], rows_now(other.code)[0]
    one.code, two.code = two.code, one.code
    Entry.objects.filter(case=case.code).update(number=0)
    one.save(), two.save()
    refused(case.by, case)
    refused(other.by, other)


# --- an office with the card alone -------------------------------------------------------------------


@pytest.fixture
def shared(cast: Cast, case: OpenCase) -> OpenCase:
    compared(cast.carol, cast.other)
    share_case(case, cast.other.code, extent="card", at=LATER)
    return case


def test_the_card_alone_is_checked_by_whom_it_was_shared_with(
    cast: Cast, shared: OpenCase, other: OpenCase
):
    assert not seen(cast.charlie, shared).has_contents
    swap_two_entries(shared, other)
    refused(cast.charlie, shared)


def test_the_contents_are_not_theirs_to_check(cast: Cast, shared: OpenCase, other: OpenCase):
    flip_a_bit(shared, other)
    assert seen(cast.charlie, shared).persons
    refused(cast.carol, shared)


def test_everything_is_whole_when_nobody_touched_it(cast: Cast, case: OpenCase, other: OpenCase):
    code, revision = story_of(seen(cast.carol, case))
    assert revision == 2
    assert len(seen(cast.carol, case).history(code)) == 2
    assert seen(cast.carol, other).persons
