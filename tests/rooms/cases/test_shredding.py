"""A case is forgotten by two people or by the clock, and nothing of it can be read again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.cases.families import LATER, PRINCIPAL, STORY, TODAY, again, family_of, paper, seen

from safeconduct.cases import actions
from safeconduct.cases.actions.shredding import reason_of
from safeconduct.cases.models import Case, Entry, Ground, Shredding, Version
from safeconduct.cases.queries import (
    cover_of,
    covers_for,
    due_for_shredding,
    missing_cases,
    overdue_and_open,
    shreddings_asked,
)
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import (
    CaseStillOpen,
    KeptByHold,
    NoRight,
    NoSuchCase,
    NotByOneself,
    NotOpened,
    ShreddingNotAsked,
)
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.models import Role
from safeconduct.vault.models import CaseKey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LONG_AFTER = TODAY + timedelta(days=3 * 365)


@pytest.fixture
def case(cast: Cast) -> OpenCase:
    opened = family_of(cast.carol)
    actions.attach_document(opened, paper(), title="her tazkira", at=AT)
    return again(opened)


def close(opened: OpenCase) -> OpenCase:
    now = again(opened)
    actions.change_cover(now, expected_revision=now.cover.cover_revision, state="closed", at=LATER)
    return again(opened)


def nothing_is_left(code: str) -> bool:
    rows = Case.objects.filter(code=code).exists() or Entry.objects.filter(case=code).exists()
    return not (rows or Version.objects.exists() or CaseKey.objects.filter(case=code).exists())


def test_a_coordinator_asks_and_an_approver_agrees(cast: Cast, case: OpenCase):
    reason = "The mother telephoned and asked for it."
    actions.ask_to_shred(case, Ground.ASKED_BY_FAMILY, reason=reason, at=LATER)
    (asked,) = shreddings_asked(cast.dana)
    assert reason_of(cast.dana, asked) == reason
    assert b"mother" not in bytes(asked.sealed_reason or b"")
    actions.agree_to_shred(cast.dana, case.code, at=LATER)
    assert nothing_is_left(case.code)
    assert not Shredding.objects.exists()
    with pytest.raises(NoSuchCase):
        seen(cast.carol, case)
    line = Line.objects.get(deed=Deed.CASE_SHREDDED)
    assert (line.about, line.member) == (case.code, cast.dana.member.code)
    assert line.facts == {"ground": "asked-by-the-family", "asked_by": cast.carol.member.code}
    assert missing_cases() == set()


def test_nobody_shreds_alone(cast: Cast, case: OpenCase):
    with pytest.raises(NoRight):
        actions.ask_to_shred(family_of(cast.alice, STORY), Ground.ASKED_BY_FAMILY, at=LATER)
    with pytest.raises(ShreddingNotAsked):
        actions.agree_to_shred(cast.dana, case.code, at=LATER)
    cast.carol.member.roles = [Role.COORDINATOR, Role.APPROVER]
    cast.carol.member.save()
    actions.ask_to_shred(case, Ground.ASKED_BY_FAMILY, at=LATER)
    with pytest.raises(NotByOneself):
        actions.agree_to_shred(cast.carol, case.code, at=LATER)
    for by in (cast.alice, cast.audrey, cast.otto, cast.charlie):
        with pytest.raises(NoRight):
            actions.agree_to_shred(by, case.code, at=LATER)
    assert again(case).persons


def test_an_approver_of_another_office_decides_nothing(cast: Cast, case: OpenCase):
    actions.ask_to_shred(case, Ground.ASKED_BY_FAMILY, at=LATER)
    cast.charlie.member.roles = [Role.APPROVER]
    assert not shreddings_asked(cast.charlie)
    for decide in (actions.agree_to_shred, actions.refuse_to_shred):
        with pytest.raises(NoSuchCase):
            decide(cast.charlie, case.code, at=LATER)


def test_a_no_keeps_the_case(cast: Cast, case: OpenCase):
    actions.ask_to_shred(case, Ground.SAME_FAMILY_TWICE, at=LATER)
    actions.refuse_to_shred(cast.dana, case.code, at=LATER)
    with pytest.raises(ShreddingNotAsked):
        actions.agree_to_shred(cast.dana, case.code, at=LATER)
    assert again(case).persons


def test_a_hold_is_stronger_than_both_and_than_the_clock(cast: Cast, case: OpenCase):
    actions.ask_to_shred(case, Ground.ASKED_BY_FAMILY, at=LATER)
    actions.hold(case, "A court asked for it.", at=LATER)
    with pytest.raises(KeptByHold):
        actions.agree_to_shred(cast.dana, case.code, at=LATER)
    with pytest.raises(KeptByHold):
        actions.ask_to_shred(case, Ground.ASKED_BY_FAMILY, at=LATER)
    close(case)
    assert actions.shred_what_is_due(on=LONG_AFTER, at=LATER) == []
    actions.end_hold(case, at=LATER)
    assert actions.shred_what_is_due(on=LONG_AFTER, at=LATER) == [case.code]


def test_the_clock_shreds_what_is_done_with_and_shows_what_is_not(cast: Cast, case: OpenCase):
    done = close(family_of(cast.carol, PRINCIPAL))
    due = done.cover.keep_until
    assert actions.shred_what_is_due(on=due, at=LATER) == []
    assert actions.shred_what_is_due(on=due + timedelta(days=1), at=LATER) == [done.code]
    assert not CaseKey.objects.filter(case=done.code).exists()
    line = Line.objects.get(deed=Deed.CASE_SHREDDED)
    assert (line.member, line.office, line.facts) == ("", "", {"ground": "kept-long-enough"})
    assert [cover.code for cover in overdue_and_open(LONG_AFTER)] == [case.code]
    assert not due_for_shredding(LONG_AFTER)
    with pytest.raises(CaseStillOpen):
        actions.ask_to_shred(case, Ground.KEPT_LONG_ENOUGH, at=LATER)


def test_a_write_winds_the_clock_up_again(cast: Cast, case: OpenCase):
    done = close(case)
    on = done.cover.keep_until + timedelta(days=1)
    assert list(due_for_shredding(on)) == [done.cover]
    actions.add_entry(done, STORY, at=LATER + timedelta(days=30))
    assert not due_for_shredding(on)


def test_a_case_whose_shredding_began_is_nobodys_to_open_and_is_ended_later(
    cast: Cast, case: OpenCase, monkeypatch
):
    """Stopped after the mark, and again after the keys."""
    actions.ask_to_shred(case, Ground.ASKED_BY_FAMILY, at=LATER)
    monkeypatch.setattr("safeconduct.cases.actions.shredding.finish_shredding", lambda *_, **__: [])
    actions.agree_to_shred(cast.dana, case.code, at=LATER)
    monkeypatch.undo()
    assert CaseKey.objects.filter(case=case.code).exists()
    with pytest.raises(NoSuchCase):
        seen(cast.carol, case)
    with pytest.raises(NoSuchCase):
        actions.add_entry(case, STORY, at=LATER)
    with pytest.raises(NoSuchCase):
        actions.agree_to_shred(cast.dana, case.code, at=LATER)
    assert cover_of(cast.carol, case.code) is None
    assert covers_for(cast.carol, at=LATER) == []
    CaseKey.objects.filter(case=case.code, part="card").delete()
    assert actions.finish_interrupted(at=LATER).shredded == 1
    assert nothing_is_left(case.code)
    assert Line.objects.get(deed=Deed.CASE_SHREDDED).member == cast.dana.member.code
    assert actions.finish_interrupted(at=LATER).shredded == 0


def test_an_older_copy_of_the_rows_opens_no_more(cast: Cast, case: OpenCase):
    """What a backup of the main database would bring back."""
    rows = [
        *Case.objects.all(),
        *Entry.objects.all(),
        *Version.objects.all(),
    ]
    actions.ask_to_shred(case, Ground.ASKED_BY_FAMILY, at=LATER)
    actions.agree_to_shred(cast.dana, case.code, at=LATER)
    for row in rows:
        row.save(force_insert=True)
    with pytest.raises(NotOpened):
        seen(cast.carol, case)


def test_rows_that_somebody_removed_are_missed(cast: Cast, case: OpenCase):
    Case.objects.filter(code=case.code).delete()
    assert missing_cases() == {case.code}
