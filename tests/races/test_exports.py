"""Two hands on one export, and two lists that are small only when they are not counted together.

What is scarce: the one decision and the one writing of an export; the rows that one recipient may have in a day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cast import AT, Cast, make_cast
from tests.races.both import Both

from safeconduct.cases.actions.consents import give_consent
from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.entries import Extent, Person
from safeconduct.exports.actions import steps
from safeconduct.exports.actions.recipients import confirm_recipient, name_recipient
from safeconduct.exports.models import Export, Form, Purpose, Recipient
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.vault.age import new_identity

pytestmark = pytest.mark.slow


class Gate:
    """Alice may send one family of three to a confirmed recipient."""

    def __init__(self) -> None:
        self.cast: Cast = make_cast()
        key = new_identity().recipient
        self.recipient = name_recipient(self.cast.carol, name="A Department", age_key=key, at=AT)
        confirm_recipient(
            self.cast.dana, self.recipient.code, heard=self.recipient.age_key[-8:], at=AT
        )
        self.opened = open_case(
            self.cast.alice, [Person(given_name=f"Nobody{n}") for n in range(3)], at=AT
        )
        give_consent(
            self.opened,
            recipient=self.recipient.code,
            extent=Extent.ALL,
            given_on=date(2021, 8, 14),
            told_by="the caller",
            at=AT,
        )

    def ask(self, _turn: int = 0) -> Export:
        return steps.ask_for_export(
            self.cast.alice,
            recipient=self.recipient.code,
            purpose=Purpose.REFERRAL,
            form=Form.CSV,
            columns=["case_code", "full_name"],
            cases=[self.opened.code],
            at=AT,
        )


def told(deed: Deed) -> int:
    return Line.objects.filter(deed=deed).count()


def test_an_export_is_agreed_to_or_refused_and_never_both(both: Both, settings):
    settings.EXPORT_ROW_CAP = 1
    gate = Gate()
    export = gate.ask()
    acts = (steps.agree, steps.refuse)
    ends = both.at_once(4, lambda turn: acts[turn % 2](gate.cast.dana, export.code, at=AT))
    assert sorted(end.told for end in ends) == ["ExportNotReady"] * 3 + ["done"]
    assert told(Deed.EXPORT_AGREED) + told(Deed.EXPORT_REFUSED) == 1


def test_an_export_is_written_once(both: Both):
    gate = Gate()
    export = gate.ask()
    ends = both.at_once(3, lambda _: steps.write_export(gate.cast.alice, export.code, at=AT))
    assert sorted(end.told for end in ends) == ["ExportNotReady"] * 2 + ["done"]
    assert told(Deed.EXPORT_WRITTEN) == 1


def two_ask(both: Both, settings, monkeypatch) -> list[bool]:
    """Two lists, each small by itself, whose askers meet between the count of what was sent and the write."""
    settings.EXPORT_ROW_CAP = 3
    gate = Gate()
    meeting, honest = both.meeting(2), steps._sent_lately

    def slow(*told: Any) -> int:
        rows = honest(*told)
        meeting.here()
        return rows

    monkeypatch.setattr(steps, "_sent_lately", slow)
    return sorted(end.value.needs_second_eyes for end in both.at_once(2, gate.ask))


def test_two_lists_asked_for_at_once_count_each_other(both: Both, settings, monkeypatch):
    assert two_ask(both, settings, monkeypatch) == [False, True]


def test_without_the_recipients_row_held_both_pass_as_small(
    postgresql_alone: Both, settings, monkeypatch
):
    """On SQLite the one writer at a time hides it."""
    monkeypatch.setattr(Recipient.objects, "select_for_update", Recipient.objects.all)
    assert two_ask(postgresql_alone, settings, monkeypatch) == [False, False]


def test_agreeing_without_a_claim_loses_a_refusal(both: Both, settings):
    """Look, then save the whole row: the refusal is overwritten and nobody notices."""
    settings.EXPORT_ROW_CAP = 1
    gate = Gate()
    export = gate.ask()
    meeting = both.meeting(2)

    def decide_unprotected(turn: int) -> None:
        row = Export.objects.get(code=export.code)
        meeting.here()
        if turn == 0:
            row.agreed_at, row.agreed_by = AT, gate.cast.dana.member
        else:
            row.refused_at = AT
        row.save()

    both.at_once(2, decide_unprotected)
    export.refresh_from_db()
    assert (export.agreed_at is None) != (export.refused_at is None)  # one of the two was lost
    assert export.needs_second_eyes
