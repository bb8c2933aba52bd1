"""Another office reads a case, its card alone or all of it, until the share is taken back."""

from __future__ import annotations

import pytest
from tests.cast import Cast, make_member, make_office
from tests.rooms.cases.families import (
    LATER,
    PRINCIPAL,
    STORY,
    again,
    compared,
    family_of,
    paper,
    seen,
    story_of,
    tell_again,
)

from safeconduct.cases import actions
from safeconduct.cases.actions import sharing
from safeconduct.cases.entries import Document, Note
from safeconduct.cases.models import Case, KnownOffice, Version
from safeconduct.cases.reading import OpenCase, paper_of
from safeconduct.cases.wholeness import place_of
from safeconduct.core.errors import (
    FingerprintDiffers,
    NoKey,
    NoRight,
    NoSuchCase,
    NotOpened,
    NotOursToChange,
    NotShared,
    OfficeNotConfirmed,
    SealBroken,
)
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.models import Office, Role
from safeconduct.vault.actions.case_keys import open_case_keys
from safeconduct.vault.models import CaseKey
from safeconduct.vault.sealing import seal
from safeconduct.vault.wrapping import fingerprint, new_pair

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def case(cast: Cast) -> OpenCase:
    return tell_again(family_of(cast.carol), "They moved to the mill.")


def share(opened: OpenCase, cast: Cast, extent: str = "all") -> OpenCase:
    compared(cast.carol, cast.other)
    actions.share_case(opened, cast.other.code, extent=extent, at=LATER)  # type: ignore[arg-type]
    return again(opened)


def test_the_other_office_reads_all_of_it_and_changes_nothing(cast: Cast, case: OpenCase):
    share(case, cast)
    theirs = seen(cast.charlie, case)
    assert theirs.persons[0].says == PRINCIPAL
    code, _ = story_of(theirs)
    assert theirs.entry(code, Note).says.words == "They moved to the mill."
    assert not theirs.is_ours
    with pytest.raises(NotOursToChange):
        actions.add_entry(theirs, STORY, at=LATER)
    with pytest.raises(NotOursToChange):
        actions.share_case(theirs, "NOWHERE", extent="all", at=LATER)
    with pytest.raises(NotOursToChange):
        actions.take_back_share(theirs, [cast.other.code], at=LATER)
    with pytest.raises(NotOursToChange):
        actions.ask_to_shred(theirs, "opened-by-mistake", at=LATER)  # type: ignore[arg-type]


def test_the_card_alone_is_names_and_numbers_and_no_story(cast: Cast, case: OpenCase):
    share(case, cast, "card")
    theirs = seen(cast.charlie, case)
    assert theirs.persons[0].says == PRINCIPAL
    assert {kept.says.kind for kept in theirs.everything()} == {"person", "caller"}
    with pytest.raises(NoKey):
        theirs.entries(Note)
    with pytest.raises(NoKey):
        theirs.history(story_of(case)[0])
    share(case, cast, "all")
    assert seen(cast.charlie, case).entries(Note)
    with pytest.raises(NotShared):
        share(case, cast, "card")


def test_what_is_written_later_is_read_too(cast: Cast, case: OpenCase):
    share(case, cast)
    tell_again(case, "They are safe.")
    assert seen(cast.charlie, case).entries(Note)[0].says.words == "They are safe."


def test_a_key_that_the_cover_does_not_tell_of_opens_nothing(cast: Cast, case: OpenCase):
    """As after a stop between the key store and the main database."""
    shared = share(case, cast)
    Case.objects.filter(code=case.code).update(
        **{name: getattr(case.cover, name) for name in ("shared_with", "revision", "card_seal")}
    )
    assert CaseKey.objects.filter(case=case.code, office=cast.other.code).exists()
    with pytest.raises(NoSuchCase):
        seen(cast.charlie, shared)


def test_caseworkers_share_nothing_and_nobody_shares_with_themselves(cast: Cast, case: OpenCase):
    mine = family_of(cast.alice, PRINCIPAL)
    with pytest.raises(NoRight):
        actions.share_case(mine, cast.other.code, extent="all", at=LATER)
    with pytest.raises(NoRight):
        actions.take_back_share(mine, [cast.other.code], at=LATER)
    with pytest.raises(NotShared):
        actions.share_case(case, cast.home.code, extent="all", at=LATER)
    with pytest.raises(OfficeNotConfirmed):
        actions.share_case(case, "NOWHERE", extent="all", at=LATER)


# --- taking back -----------------------------------------------------------------------------------


@pytest.mark.parametrize("interrupted", [False, True])
def test_the_files_of_the_key_store_forget_what_was_taken_back(
    cast: Cast, case: OpenCase, monkeypatch, django_capture_on_commit_callbacks, interrupted: bool
):
    wiped: list[str] = []
    monkeypatch.setattr(sharing, "wipe_what_was_deleted", lambda: wiped.append("wiped"))
    shared = share(case, cast)
    if interrupted:
        with monkeypatch.context() as stopped:
            stopped.setattr(sharing, "drop_stale_keys", lambda _: 0)
            actions.take_back_share(shared, [cast.other.code], at=LATER)
    with django_capture_on_commit_callbacks(using="keys", execute=True):
        if interrupted:
            assert actions.finish_interrupted(at=LATER).dropped_keys
        else:
            actions.take_back_share(shared, [cast.other.code], at=LATER)
    assert wiped == ["wiped"]


def test_after_taking_back_neither_old_keys_nor_new_ones_are_theirs(cast: Cast, case: OpenCase):
    actions.attach_document(case, paper(), title="her tazkira", at=LATER)
    shared = share(case, cast)
    kept_keys = open_case_keys(cast.charlie.ring, case=case.code, version=1, own=False)
    before = {row.pk: bytes(row.sealed) for row in Version.objects.all()}
    actions.take_back_share(shared, [cast.other.code], at=LATER)
    with pytest.raises(NoSuchCase):
        seen(cast.charlie, case)
    assert not CaseKey.objects.filter(office=cast.other.code).exists()
    ours = again(case)
    assert ours.keys.card.version == 2
    assert {row.key_version for row in Case.objects.all()} == {2}
    assert [past.says for past in ours.history(story_of(ours)[0])] == [
        STORY,
        Note(words="They moved to the mill."),
    ]
    (document,) = ours.entries(Document)
    assert paper_of(ours, document.code, at=LATER)[1] == paper().contents
    after = {row.pk: bytes(row.sealed) for row in Version.objects.all()}
    assert before.keys() == after.keys()
    assert all(before[row] != after[row] for row in before)
    # What they may have kept from when it was theirs opens nothing that stands there now.
    kept = OpenCase(ours.cover, kept_keys, ours.way, cast.charlie, ours.rows)
    with pytest.raises(NotOpened):
        kept.entries(Note)


def test_a_forged_paper_is_not_sealed_anew_as_if_it_were_ours(cast: Cast, case: OpenCase):
    """The other office holds the contents' key: it could have put one in before the share is taken back."""
    code = actions.attach_document(case, paper(), title="her tazkira", at=LATER)
    shared = share(again(case), cast)
    forged = seal(shared.keys.of(Document.part), b"forged", place_of(case.code, code, "paper", 1))
    Version.objects.filter(entry=code).update(paper=forged)
    with pytest.raises(SealBroken):
        actions.take_back_share(shared, [cast.other.code], at=LATER)
    assert again(case).cover.shared_with


def test_others_keep_what_they_were_given(cast: Cast, case: OpenCase):
    third = make_office("A Third Office")
    by_third, _ = make_member("erin", Role.CASEWORKER, office=third)
    share(case, cast)
    compared(cast.carol, third)
    actions.share_case(case, third.code, extent="card", at=LATER)
    actions.take_back_share(case, [cast.other.code], at=LATER)
    theirs = seen(by_third, case)
    assert theirs.persons
    assert not theirs.has_contents
    actions.take_back_share(case, [third.code], at=LATER)
    with pytest.raises(NoSuchCase):
        seen(by_third, case)
    share(case, cast)
    assert seen(cast.charlie, case).entries(Note)


def test_what_was_not_shared_is_not_taken_back(cast: Cast, case: OpenCase):
    with pytest.raises(NotShared):
        actions.take_back_share(case, [cast.other.code], at=LATER)
    assert again(case).keys.card.version == 1


def test_an_interrupted_taking_back_is_ended_and_nothing_that_is_used_is_dropped(
    cast: Cast, case: OpenCase, monkeypatch
):
    shared = share(case, cast)
    monkeypatch.setattr("safeconduct.cases.actions.sharing.drop_stale_keys", lambda _: 0)
    actions.take_back_share(shared, [cast.other.code], at=LATER)
    monkeypatch.undo()
    assert CaseKey.objects.filter(office=cast.other.code).count() == 2
    assert actions.finish_interrupted(at=LATER).dropped_keys == 2
    assert actions.finish_interrupted(at=LATER).dropped_keys == 0
    assert again(case).persons
    other = share(family_of(cast.carol, PRINCIPAL), cast)
    assert actions.finish_interrupted(at=LATER).dropped_keys == 0
    assert seen(cast.charlie, other).persons


# --- whose key it is ----------------------------------------------------------------------------------


def share_as_it_stands(opened: OpenCase, cast: Cast) -> None:
    actions.share_case(opened, cast.other.code, extent="all", at=LATER)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_office_is_compared_before_the_first_share(cast: Cast, case: OpenCase, elsewhere: bool):
    Office.objects.filter(code=cast.other.code).update(elsewhere=elsewhere)
    with pytest.raises(OfficeNotConfirmed):
        share_as_it_stands(case, cast)
    assert not CaseKey.objects.filter(office=cast.other.code).exists()
    told = fingerprint(bytes(cast.other.public))
    with pytest.raises(NoRight):
        actions.confirm_office(cast.alice, cast.other, told_fingerprint=told, at=LATER)
    with pytest.raises(FingerprintDiffers):
        actions.confirm_office(cast.carol, cast.other, told_fingerprint=told[:-1] + "x", at=LATER)
    typed = told.upper().replace(" ", " - ")
    actions.confirm_office(cast.carol, cast.other, told_fingerprint=typed, at=LATER)
    assert Line.objects.filter(deed=Deed.OFFICE_CONFIRMED, about=cast.other.code).count() == 1
    share_as_it_stands(case, cast)
    assert seen(cast.charlie, case).persons


def test_a_key_that_changed_since_is_compared_anew(cast: Cast, case: OpenCase):
    """Whoever puts a key of their own into the office's row is given nothing."""
    share(case, cast)
    Office.objects.filter(code=cast.other.code).update(public=new_pair().public)
    another = family_of(cast.carol, PRINCIPAL)
    with pytest.raises(OfficeNotConfirmed):
        share_as_it_stands(another, cast)
    assert not CaseKey.objects.filter(case=another.code, office=cast.other.code).exists()


def test_what_is_known_of_an_office_cannot_be_put_in(cast: Cast, case: OpenCase):
    compared(cast.carol, cast.other)
    KnownOffice.objects.update(voucher=bytes(32))
    with pytest.raises(OfficeNotConfirmed):
        share_as_it_stands(case, cast)
