"""A case is opened, written and read again; nothing that was told is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.cases.families import (
    CALLER,
    CHILD,
    LATER,
    ONE_OF_EACH,
    PRINCIPAL,
    STORY,
    TODAY,
    again,
    family_of,
    paper,
    seen,
    story_of,
    tell_again,
)

from safeconduct.cases import actions
from safeconduct.cases.entries import (
    Caller,
    Consent,
    Decision,
    Document,
    Extent,
    Hold,
    Note,
    Outcome,
    Person,
)
from safeconduct.cases.models import Case, Entry, Version
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for, history_for, paper_of
from safeconduct.core.errors import (
    CaseFull,
    ChangedMeanwhile,
    CodeTaken,
    CoverNotCodes,
    DocumentTooLarge,
    KeySwapped,
    LettersUnwritable,
    NoRight,
    NoSuchCase,
    NoSuchEntry,
)
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.models import Office
from safeconduct.vault.models import CaseKey
from safeconduct.vault.wrapping import new_pair

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


# --- opening -------------------------------------------------------------------------------


def test_what_was_told_is_read_back(cast: Cast):
    opened = seen(cast.alice, family_of(cast.alice, *ONE_OF_EACH))
    assert [kept.says for kept in opened.persons] == [PRINCIPAL, CHILD]
    everything = [kept.says for kept in opened.everything()]
    assert len(everything) == len(ONE_OF_EACH)
    assert all(told in everything for told in ONE_OF_EACH)
    kept = opened.entries(Caller)[0]
    assert (kept.says, kept.revision) == (CALLER, 1)
    assert (kept.written_at, kept.written_by) == (AT, cast.alice.member.code)


def test_a_case_is_found_by_its_code_as_it_was_heard(cast: Cast):
    code = family_of(cast.alice).code
    heard = f" {code[:4].lower()}-{code[4:]} "
    assert case_for(cast.alice, heard, Purpose.CASEWORK, at=AT).code == code


def test_a_code_that_is_none_opens_nothing(cast: Cast):
    family_of(cast.alice)
    for told in ("", "K", "\0", "' OR 1=1", "ك" * 9, "0" * 9, "A" * 5000):
        with pytest.raises(NoSuchCase):
            case_for(cast.alice, told, Purpose.CASEWORK, at=AT)


def test_the_same_form_sent_twice_opens_one_case(cast: Cast):
    code = actions.new_case_code()
    first = family_of(cast.alice, code=code)
    second = family_of(cast.alice, code=code)
    assert first.code == second.code == code
    assert Case.objects.count() == 1
    assert Line.objects.filter(deed=Deed.CASE_OPENED).count() == 1
    with pytest.raises(CodeTaken):
        family_of(cast.charlie, code=code)


def test_a_code_that_was_ever_used_is_not_used_again(cast: Cast):
    opened = family_of(cast.alice)
    Case.objects.filter(code=opened.code).delete()
    with pytest.raises(CodeTaken):
        family_of(cast.alice, code=opened.code)


def test_who_may_not_open_cases_opens_none(cast: Cast):
    for by in (cast.dana, cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            family_of(by)
    assert not Case.objects.exists()
    assert not CaseKey.objects.exists()


def test_a_refused_entry_leaves_no_case_and_no_key(cast: Cast):
    with pytest.raises(LettersUnwritable):
        family_of(cast.alice, PRINCIPAL, Note(words="broken \ud800"))
    assert not Case.objects.exists()
    assert not CaseKey.objects.exists()


def test_no_case_is_sealed_to_an_office_key_that_was_put_in(cast: Cast):
    Office.objects.filter(code=cast.home.code).update(public=new_pair().public)
    with pytest.raises(KeySwapped):
        family_of(cast.alice)
    assert not Case.objects.exists()


# --- entries ---------------------------------------------------------------------------------


def test_an_entry_is_added_changed_and_removed_and_all_of_it_is_kept(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    code = actions.add_entry(opened, STORY, at=AT)
    actions.change_entry(opened, code, Note(words="They moved."), expected_revision=1, at=LATER)
    actions.remove_entry(opened, code, expected_revision=2, at=LATER, why="told by mistake")
    opened = again(opened)
    assert opened.entries(Note) == []
    assert opened.removed() == [code]
    past = history_for(opened, code, at=LATER)
    assert [each.says for each in past] == [STORY, Note(words="They moved."), None]
    assert [each.why for each in past] == [None, None, "told by mistake"]
    assert Line.objects.latest("number").deed == Deed.HISTORY_SEEN
    with pytest.raises(NoSuchEntry):
        opened.entry(code, Note)


def test_nobody_overwrites_anybody(cast: Cast):
    """Both began from revision 1. The second is told, and nothing of either is lost."""
    opened = family_of(cast.alice, STORY)
    code, revision = story_of(opened)
    by_bob = seen(cast.carol, opened)
    actions.change_entry(
        opened, code, Note(words="They moved."), expected_revision=revision, at=LATER
    )
    with pytest.raises(ChangedMeanwhile) as told:
        actions.change_entry(
            by_bob, code, Note(words="They are ill."), expected_revision=revision, at=LATER
        )
    where = told.value.where
    assert (where["entry"], where["expected"], where["current"]) == (code, 1, 2)
    now = again(opened)
    assert now.entry(code, Note).says.words == "They moved."
    actions.change_entry(
        by_bob, code, Note(words="They moved, and are ill."), expected_revision=2, at=LATER
    )
    assert len(again(opened).history(code)) == 3


def test_what_was_removed_meanwhile_is_not_changed(cast: Cast):
    opened = family_of(cast.alice, STORY)
    code, revision = story_of(opened)
    actions.remove_entry(opened, code, expected_revision=revision, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        actions.change_entry(opened, code, STORY, expected_revision=revision, at=LATER)
    with pytest.raises(NoSuchEntry):
        actions.change_entry(opened, code, STORY, expected_revision=2, at=LATER)


def test_the_same_form_sent_twice_adds_one_entry(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    code = actions.new_entry_code()
    lines = Line.objects.count()
    assert actions.add_entry(opened, STORY, at=AT, code=code) == code
    assert actions.add_entry(opened, STORY, at=AT, code=code) == code
    assert Entry.objects.filter(kind="note").count() == 1
    assert Line.objects.count() == lines + 1
    with pytest.raises(CodeTaken):
        actions.add_entry(opened, Note(words="another text"), at=AT, code=code)
    with pytest.raises(CodeTaken):
        actions.add_entry(family_of(cast.alice, PRINCIPAL), STORY, at=AT, code=code)


def test_an_entry_names_only_persons_of_its_own_case(cast: Cast):
    opened, other = family_of(cast.alice), family_of(cast.alice)
    theirs, note = other.persons[0].code, opened.entries(Note)[0].code
    for person in (theirs, note, "nobody"):
        with pytest.raises(NoSuchEntry):
            actions.add_entry(opened, Note(words="of whom?", person=person), at=AT)
        with pytest.raises(NoSuchEntry):
            actions.record_decision(
                opened, scheme="ARAP", outcome=Outcome.GRANTED, members=[person], at=AT
            )
    mine = opened.persons[1].code
    actions.add_entry(opened, Note(words="She has a fever.", person=mine), at=AT)


def test_an_entry_of_another_kind_or_another_case_is_not_found(cast: Cast):
    opened, other = family_of(cast.alice), family_of(cast.alice)
    code = opened.persons[0].code
    with pytest.raises(NoSuchEntry):
        actions.change_entry(opened, code, STORY, expected_revision=1, at=LATER)
    with pytest.raises(NoSuchEntry):
        actions.change_entry(other, code, PRINCIPAL, expected_revision=1, at=LATER)
    with pytest.raises(NoSuchEntry):
        opened.entry(code, Note)


def test_a_case_does_not_grow_without_end(cast: Cast, monkeypatch):
    monkeypatch.setattr("safeconduct.cases.actions.changing.MOST_ENTRIES", 2)
    opened = family_of(cast.alice, PRINCIPAL, CHILD)
    with pytest.raises(CaseFull):
        actions.add_entry(opened, STORY, at=AT)


# --- the cover ---------------------------------------------------------------------------------


def test_everybody_counts(cast: Cast):
    """Law 6: those named, or the number told where it is larger; set by hand where somebody knows better."""
    assert family_of(cast.alice, STORY).cover.household_size is None
    opened = family_of(cast.alice, PRINCIPAL, CHILD)
    assert opened.cover.household_size == 2
    actions.change_cover(opened, expected_revision=1, at=LATER, told_size=8)
    assert again(opened).cover.household_size == 8
    for _ in range(7):
        actions.add_entry(opened, Person(), at=LATER)
    assert again(opened).cover.household_size == 9
    gone = again(opened).persons[-1]
    actions.remove_entry(opened, gone.code, expected_revision=1, at=LATER)
    assert again(opened).cover.household_size == 8
    actions.change_cover(opened, expected_revision=2, at=LATER, set_size=3)
    assert again(opened).cover.household_size == 3
    actions.change_cover(opened, expected_revision=3, at=LATER, set_size=None)
    assert again(opened).cover.household_size == 8


@pytest.mark.parametrize(
    "given",
    [
        {"province": "in hiding near the mill"},
        {"province": "AF01\n"},
        {"schemes": ["her brother works for them"]},
        {"schemes": ["ARAP", None]},
        {"schemes": [f"S{n}" for n in range(41)]},
        {"band": "very urgent"},
        {"state": "gone"},
        {"told_size": 0},
        {"told_size": 1_000},
        {"set_size": True},
        {"next_due": "2021-09-01"},
        {"next_due": AT},
    ],
)
def test_no_story_slips_onto_a_cover(cast: Cast, given):
    opened = family_of(cast.alice, PRINCIPAL)
    with pytest.raises(CoverNotCodes):
        actions.change_cover(opened, expected_revision=1, at=LATER, **given)


def test_a_cover_changed_by_another_is_not_overwritten(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    actions.change_cover(opened, expected_revision=1, at=LATER, band="urgent")
    actions.add_entry(opened, STORY, at=LATER)  # does not get into the way of a cover's writer
    with pytest.raises(ChangedMeanwhile):
        actions.change_cover(opened, expected_revision=1, at=LATER, band="routine")
    assert again(opened).cover.band == "urgent"


def test_the_retention_clock_begins_anew_with_every_write_and_not_with_a_look(cast: Cast, settings):
    opened = family_of(cast.alice, PRINCIPAL)
    keep = settings.KEEP_CASES
    assert opened.cover.keep_until == (AT + keep).date()
    later = AT + timedelta(days=100)
    case_for(cast.alice, opened.code, Purpose.CASEWORK, at=later)
    assert again(opened).cover.keep_until == (AT + keep).date()
    actions.add_entry(opened, STORY, at=later)
    assert again(opened).cover.keep_until == (later + keep).date()


# --- consents, decisions, documents, holds -----------------------------------------------------------


def test_a_consent_holds_for_one_recipient_from_its_day_until_it_is_withdrawn(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    code = actions.give_consent(
        opened,
        recipient="R1",
        extent=Extent.CARD,
        given_on=TODAY,
        told_by="herself, by telephone",
        until=TODAY + timedelta(days=30),
        at=AT,
    )
    opened = again(opened)

    def holds(recipient: str, days: int) -> bool:
        on = TODAY + timedelta(days=days)
        return [each.code for each in actions.consents_for(opened, recipient, on=on)] == [code]

    assert [holds("R1", days) for days in (-1, 0, 30, 31)] == [False, True, True, False]
    assert not holds("R2", 0)
    actions.withdraw_consent(
        opened,
        code,
        withdrawn_on=TODAY + timedelta(days=5),
        told_by="her brother",
        expected_revision=1,
        at=LATER,
    )
    opened = again(opened)
    assert [holds("R1", days) for days in (4, 5, 6)] == [True, False, False]
    told = opened.entry(code, Consent).says
    assert (told.told_by, told.withdrawal_told_by) == ("herself, by telephone", "her brother")


def test_a_decision_names_its_members(cast: Cast):
    opened = family_of(cast.alice)
    mother = opened.persons[0].code
    code = actions.record_decision(
        opened,
        scheme="ARAP",
        outcome=Outcome.GRANTED,
        members=[mother],
        reference="ARAP-0001",
        decided_on=TODAY,
        valid_until=TODAY + timedelta(days=90),
        at=AT,
    )
    told = again(opened).entry(code, Decision).says
    assert (told.members, told.scheme, told.reference) == ((mother,), "ARAP", "ARAP-0001")


def test_a_document_is_read_back_as_it_was_cleaned_and_each_look_is_journalled(cast: Cast):
    opened = family_of(cast.alice)
    clean = paper(b"picture of a tazkira " * 500)
    code = actions.attach_document(
        opened, clean, title="tazkira of the mother", person=opened.persons[0].code, at=AT
    )
    told, contents = paper_of(again(opened), code, at=LATER)
    assert contents == clean.contents
    assert (told.title, told.form, told.size) == ("tazkira of the mother", "jpeg", 10_500)
    assert Line.objects.latest("number").deed == Deed.PAPER_SEEN
    stored = Version.objects.get(entry=code)
    assert b"tazkira" not in bytes(stored.paper) + bytes(stored.sealed)
    assert len(bytes(stored.paper)) > len(contents)  # padded
    actions.title_document(
        opened, code, title="her tazkira", person=None, expected_revision=1, at=LATER
    )
    told, contents = paper_of(again(opened), code, at=LATER)
    assert (told.title, told.person, contents) == ("her tazkira", None, clean.contents)


def test_a_document_that_is_too_large_is_refused(cast: Cast, monkeypatch):
    monkeypatch.setattr("safeconduct.cases.actions.documents.LARGEST", 2**20)
    opened = family_of(cast.alice)
    with pytest.raises(DocumentTooLarge, match="2 MB"):
        actions.attach_document(opened, paper(bytes(2**20 + 1)), title="a scan", at=AT)


def test_a_document_comes_with_its_paper_and_no_other_way(cast: Cast):
    opened = family_of(cast.alice)
    told = Document(title="x", form="jpeg", pages=1, size=1, sha256="0")
    with pytest.raises(NoSuchEntry):
        actions.add_entry(opened, told, at=AT)


def test_anybody_holds_a_case_and_a_coordinator_ends_the_hold(cast: Cast):
    opened = family_of(cast.alice)
    code = actions.hold(opened, "An inquiry asked for it.", at=AT)
    assert again(opened).cover.held
    with pytest.raises(NoRight):
        actions.remove_entry(opened, code, expected_revision=1, at=AT)
    with pytest.raises(NoRight):
        actions.end_hold(opened, at=AT)
    by_carol = seen(cast.carol, opened)
    actions.end_hold(by_carol, at=LATER, why="The inquiry is over.")
    assert not again(by_carol).cover.held
    assert again(by_carol).entries(Hold) == []
    with pytest.raises(NoSuchEntry):
        actions.end_hold(by_carol, at=LATER)


# --- nothing in clear -----------------------------------------------------------------------------------


def test_no_row_and_no_line_holds_a_word_that_was_told(cast: Cast):
    opened = tell_again(family_of(cast.alice, *ONE_OF_EACH), "They moved to the mill.")
    rows = [
        repr(sorted(vars(row).items(), key=str))
        for model in (Case, Entry, Version, Line)
        for row in model.objects.all()
    ]
    on_disk = "\n".join(rows)
    for word in ("Zarmina", "زرمینه", "7700900", "P0000001", "mill", "hens", "ARAP", "interpreter"):
        assert word not in on_disk
    assert "Zarmina" not in repr(opened)
    assert "Zarmina" not in repr(opened.keys)
