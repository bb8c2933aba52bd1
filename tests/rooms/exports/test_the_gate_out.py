"""The one gate out: who may ask, what stays behind, what leaves and how it is read again."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from tests.cast import AT
from tests.rooms.exports.gates import FAMILY, NAMES, Gate, deeds

from safeconduct.cases.actions.consents import withdraw_consent
from safeconduct.cases.actions.entries import add_entry
from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.entries import Consent, Extent
from safeconduct.cases.purposes import Purpose as Look
from safeconduct.cases.reading import case_for
from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import (
    AgeKeyTwice,
    ConsentsChanged,
    ExportNotReady,
    FileNotAsExpected,
    KeyHeardDiffers,
    MoreThanAgreed,
    NoRight,
    NoSuchExport,
    NotARecipient,
    NotByOneself,
    NothingMayLeave,
    RecipientNotConfirmed,
)
from safeconduct.exports.actions import steps
from safeconduct.exports.actions.recipients import (
    confirm_recipient,
    end_recipient,
    name_recipient,
)
from safeconduct.exports.actions.record import give_record
from safeconduct.exports.consents import LeftOut
from safeconduct.exports.models import Export, Form
from safeconduct.exports.queries import export_for, exports_for
from safeconduct.exports.states import Stand, stand_of
from safeconduct.exports.tracing import traced
from safeconduct.journal.deeds import Deed
from safeconduct.vault.age import decrypted, new_identity

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

# --- the whole way ---------------------------------------------------------------------------


def test_a_list_leaves_encrypted_with_a_canary_and_every_step_is_journalled(gate: Gate):
    export = gate.ask()
    steps.write_export(gate.cast.alice, export.code, at=AT)
    file = steps.fetch(gate.cast.alice, export.code, at=AT)
    plain = decrypted(file, gate.identity).decode()
    assert "Zarghuna Testi" in plain
    assert b"Zarghuna" not in file
    assert len(plain.splitlines()) == 1 + 2 + 1  # headings, two persons, the canary
    assert deeds(export.code) == [Deed.EXPORT_ASKED, Deed.EXPORT_WRITTEN, Deed.EXPORT_FETCHED]


def test_a_leaked_row_is_traced_to_its_export(gate: Gate):
    export, other = gate.ask(), gate.ask()
    for each in (export, other):
        steps.write_export(gate.cast.alice, each.code, at=AT)
    plain = decrypted(steps.fetch(gate.cast.alice, other.code, at=AT), gate.identity).decode()
    rows = [[cell.strip('"') for cell in line.split(",")] for line in plain.splitlines()]
    found = [each for row in rows if (each := traced(gate.cast.carol, row))]
    assert [each.code for each in found] == [other.code]


def test_a_workbook_has_one_sheet_and_nothing_beside_it(gate: Gate):
    export = gate.ask(form=Form.XLSX)
    steps.write_export(gate.cast.alice, export.code, at=AT)
    plain = decrypted(steps.fetch(gate.cast.alice, export.code, at=AT), gate.identity)
    book = openpyxl.load_workbook(io.BytesIO(plain))
    assert len(book.worksheets) == 1
    assert book.worksheets[0].sheet_state == "visible"


def test_f18_what_is_written_is_read_again_and_thrown_away_if_it_holds_more(
    gate: Gate, monkeypatch
):
    export = gate.ask()
    write = steps.as_csv
    monkeypatch.setattr(steps, "as_csv", lambda table: write(table) + b'"one row more"\r\n')
    with pytest.raises(FileNotAsExpected):
        steps.write_export(gate.cast.alice, export.code, at=AT)
    export.refresh_from_db()
    assert export.file is None
    assert deeds(export.code)[-1] == Deed.EXPORT_STOPPED


# --- consent ----------------------------------------------------------------------------------


def test_a_case_without_consent_stays_and_the_reason_is_told(gate: Gate):
    silent = open_case(gate.cast.alice, FAMILY, at=AT)
    export = gate.ask(cases=[gate.opened.code, silent.code])
    assert export.cases == [gate.opened.code]
    assert export.left_out == {silent.code: LeftOut.NO_CONSENT.value}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"until": date(2021, 8, 14)}, LeftOut.NO_CONSENT),
        ({"given_on": date(2021, 8, 16)}, LeftOut.NO_CONSENT),
        ({"person": "first"}, LeftOut.ONE_PERSON),
    ],
    ids=["lapsed", "not yet", "for one person"],
)
def test_a_consent_counts_on_its_days_and_for_whom_it_was_given(
    gate: Gate, told: dict, why: LeftOut
):
    family = open_case(gate.cast.alice, FAMILY, at=AT)
    if "person" in told:
        told = {"person": family.persons[0].code}
    gate.consent(family, **told)
    with pytest.raises(NothingMayLeave, match=why.value):
        gate.ask(cases=[family.code])


def test_consent_for_the_card_lets_no_contents_go(gate: Gate):
    with pytest.raises(NothingMayLeave, match="card only"):
        gate.ask(columns=[*NAMES, "place"])


def test_a_consent_for_another_recipient_is_none_for_this_one(gate: Gate):
    other = name_recipient(gate.cast.carol, name="Else", age_key=new_identity().recipient, at=AT)
    confirm_recipient(gate.cast.dana, other.code, heard=other.age_key[-8:], at=AT)
    with pytest.raises(NothingMayLeave, match="no consent"):
        gate.ask(recipient=other.code)


def test_a_consent_withdrawn_after_the_asking_keeps_the_case_here(gate: Gate):
    gate.consent(gate.opened, Extent.ALL)
    export = gate.ask()

    opened = case_for(gate.cast.alice, gate.opened.code, Look.CASEWORK, at=AT)
    for kept in opened.entries(Consent):
        withdraw_consent(
            case_for(gate.cast.alice, gate.opened.code, Look.CASEWORK, at=AT),
            kept.code,
            withdrawn_on=AT.date(),
            told_by="the caller",
            expected_revision=kept.revision,
            at=AT,
        )
    with pytest.raises(NothingMayLeave):
        steps.write_export(gate.cast.alice, export.code, at=AT)


def test_a_consent_withdrawn_after_the_writing_keeps_the_file_here(gate: Gate):
    export = gate.ask()
    steps.write_export(gate.cast.alice, export.code, at=AT)
    opened = case_for(gate.cast.alice, gate.opened.code, Look.CASEWORK, at=AT)
    (kept,) = opened.entries(Consent)
    withdraw_consent(
        opened,
        kept.code,
        withdrawn_on=AT.date(),
        told_by="the caller",
        expected_revision=kept.revision,
        at=AT,
    )
    with pytest.raises(ConsentsChanged):
        steps.fetch(gate.cast.alice, export.code, at=AT)
    export.refresh_from_db()
    assert export.file is None


# --- second eyes -------------------------------------------------------------------------------


@pytest.fixture
def long_list(gate: Gate, settings) -> Export:
    settings.EXPORT_ROW_CAP = 1
    return gate.ask()


def test_above_the_cap_somebody_else_agrees_first(gate: Gate, long_list: Export):
    with pytest.raises(ExportNotReady):
        steps.write_export(gate.cast.alice, long_list.code, at=AT)
    steps.agree(gate.cast.dana, long_list.code, at=AT)
    steps.write_export(gate.cast.alice, long_list.code, at=AT)


def test_nobody_agrees_to_their_own(gate: Gate, settings):
    settings.EXPORT_ROW_CAP = 1
    alice = gate.cast.alice
    alice.member.roles = ["caseworker", "approver"]
    export = gate.ask()
    with pytest.raises(NotByOneself):
        steps.agree(alice, export.code, at=AT)


def test_what_was_refused_is_never_written(gate: Gate, long_list: Export):
    steps.refuse(gate.cast.dana, long_list.code, at=AT)
    for step, by in ((steps.write_export, gate.cast.alice), (steps.agree, gate.cast.dana)):
        with pytest.raises(ExportNotReady):
            step(by, long_list.code, at=AT)


def test_many_small_lists_count_as_one_long_one(gate: Gate, settings):
    settings.EXPORT_ROW_CAP = 3
    assert not gate.ask().needs_second_eyes
    assert gate.ask().needs_second_eyes
    tomorrow = AT + timedelta(days=1, minutes=1)
    assert not gate.ask(at=tomorrow).needs_second_eyes


def test_a_list_that_grew_is_asked_for_again(gate: Gate):
    export = gate.ask()
    add_entry(gate.opened, FAMILY[0], at=AT)
    with pytest.raises(MoreThanAgreed):
        steps.write_export(gate.cast.alice, export.code, at=AT)


# --- recipients -----------------------------------------------------------------------------------


def test_a_key_that_nobody_compared_is_written_to_by_nobody(gate: Gate):
    other = name_recipient(gate.cast.carol, name="Else", age_key=new_identity().recipient, at=AT)
    with pytest.raises(RecipientNotConfirmed):
        gate.ask(recipient=other.code)
    with pytest.raises(NotByOneself):
        confirm_recipient(gate.cast.carol, other.code, heard=other.age_key[-8:], at=AT)


@pytest.mark.parametrize("heard", ["", "qqqqqqqq", "\u06f1" * 8, "the whole key"])
def test_another_key_than_the_one_named_is_heard(gate: Gate, heard: str):
    other = name_recipient(gate.cast.carol, name="Else", age_key=new_identity().recipient, at=AT)
    told = other.age_key if heard == "the whole key" else heard
    with pytest.raises(KeyHeardDiffers):
        confirm_recipient(gate.cast.dana, other.code, heard=told, at=AT)
    with pytest.raises(RecipientNotConfirmed):
        gate.ask(recipient=other.code)


def test_the_signs_are_heard_in_groups(gate: Gate):
    other = name_recipient(gate.cast.carol, name="Else", age_key=new_identity().recipient, at=AT)
    heard = f" {other.age_key[-8:-4].upper()} {other.age_key[-4:]} "
    confirm_recipient(gate.cast.dana, other.code, heard=heard, at=AT)
    other.refresh_from_db()
    assert other.is_confirmed


def test_one_key_is_one_recipient(gate: Gate):
    with pytest.raises(AgeKeyTwice):
        name_recipient(gate.cast.carol, name="Twin", age_key=gate.identity.recipient, at=AT)


def test_what_is_no_public_key_is_refused(gate: Gate):
    with pytest.raises(NotARecipient):
        name_recipient(gate.cast.carol, name="Else", age_key="age1notakey", at=AT)


def test_ending_a_recipient_takes_its_files_away(gate: Gate):
    export = gate.ask()
    steps.write_export(gate.cast.alice, export.code, at=AT)
    end_recipient(gate.cast.carol, gate.recipient.code, at=AT)
    export.refresh_from_db()
    assert export.file is None
    with pytest.raises(ExportNotReady):
        steps.fetch(gate.cast.alice, export.code, at=AT)


# --- the end of it ------------------------------------------------------------------------------------


def test_an_export_lapses_and_its_file_with_it(gate: Gate):
    export = gate.ask()
    steps.write_export(gate.cast.alice, export.code, at=AT)
    late = AT + timedelta(days=4)
    with pytest.raises(ExportNotReady):
        steps.fetch(gate.cast.alice, export.code, at=late)
    assert steps.lapse_due(at=late) == 1
    assert steps.lapse_due(at=late) == 0
    export.refresh_from_db()
    assert export.file is None
    assert stand_of(export, at=late) is Stand.LAPSED


def test_a_withdrawn_export_is_gone(gate: Gate):
    export = gate.ask()
    steps.write_export(gate.cast.alice, export.code, at=AT)
    steps.withdraw(gate.cast.alice, export.code, at=AT)
    with pytest.raises(ExportNotReady):
        steps.fetch(gate.cast.alice, export.code, at=AT)


# --- Alice, Bob, Charlie -----------------------------------------------------------------------------------


def test_charlie_sees_no_export_and_asks_for_none_of_ours(gate: Gate):
    export = gate.ask()
    charlie = gate.cast.charlie
    assert exports_for(charlie, at=AT) == []
    for step in (steps.write_export, steps.fetch, steps.withdraw):
        with pytest.raises(NoSuchExport):
            step(charlie, export.code, at=AT)
    with pytest.raises(NoSuchExport):
        gate.ask(by=charlie)


def test_bob_sees_none_of_alices_and_cannot_send_her_case(gate: Gate):
    export = gate.ask()
    with pytest.raises(NoSuchExport):
        export_for(gate.cast.bob, export.code, at=AT)
    with pytest.raises(NothingMayLeave, match="not open to you"):
        gate.ask(by=gate.cast.bob)


@pytest.mark.parametrize("who", ["dana", "audrey", "otto"])
def test_who_does_no_casework_asks_for_no_export(gate: Gate, who: str):
    with pytest.raises(NoRight):
        gate.ask(by=getattr(gate.cast, who))


def test_dana_sees_what_she_decides_about_but_never_the_file(gate: Gate, long_list: Export):
    assert export_for(gate.cast.dana, long_list.code, at=AT).waits
    with pytest.raises((NoRight, NoSuchExport)):
        steps.fetch(gate.cast.dana, long_list.code, at=AT)


# --- the family's own record ------------------------------------------------------------------------------------


def test_a_family_is_given_all_that_is_told_of_it_and_no_members_name(gate: Gate):
    page = give_record(gate.cast.alice, gate.opened.code, at=AT).decode()
    assert "Zarghuna" in page
    assert "alice" not in page
    assert deeds(gate.opened.code)[-1] == Deed.RECORD_GIVEN


def test_a_year_stays_a_year_and_an_age_is_left_open(gate: Gate):
    for birth in (UncertainDate.of_year(1990), UncertainDate.of_age(30, on=AT.date())):
        family = open_case(gate.cast.alice, at=AT)
        add_entry(family, replace(FAMILY[0], birth=birth), at=AT)
        gate.consent(family)
        export = gate.ask(cases=[family.code])
        steps.write_export(gate.cast.alice, export.code, at=AT)
        plain = decrypted(steps.fetch(gate.cast.alice, export.code, at=AT), gate.identity).decode()
        (line,) = [line for line in plain.splitlines() if "Zarghuna" in line]
        assert ('"1990"' in line) is (str(birth) == "1990")
