"""A case with a consent, and a recipient whose key was named by one member and confirmed by another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.cast import AT, Cast

from safeconduct.cases.actions.consents import give_consent
from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.entries import Extent, Person
from safeconduct.cases.reading import OpenCase
from safeconduct.exports.actions import steps
from safeconduct.exports.actions.recipients import confirm_recipient, name_recipient
from safeconduct.exports.models import Export, Form, Purpose, Recipient
from safeconduct.journal.models import Line
from safeconduct.people.present import Present
from safeconduct.vault.age import Identity, new_identity

NAMES = ["case_code", "household_size", "full_name", "birth_date"]
FAMILY = (
    Person(given_name="Zarghuna", family_name="Testi"),
    Person(given_name="Babrak", family_name="Testi"),
)


@dataclass
class Gate:
    """Alice's case with a consent, and a recipient whose key Carol named and Dana confirmed."""

    cast: Cast
    recipient: Recipient
    identity: Identity
    opened: OpenCase

    def ask(self, by: Present | None = None, **told: object) -> Export:
        usual = {
            "recipient": self.recipient.code,
            "purpose": Purpose.REFERRAL,
            "form": Form.CSV,
            "columns": NAMES,
            "cases": [self.opened.code],
            "at": AT,
        }
        return steps.ask_for_export(by or self.cast.alice, **(usual | told))

    def consent(self, opened: OpenCase, extent: Extent = Extent.CARD, **told: object) -> str:
        usual = {"given_on": date(2021, 8, 14), "told_by": "the caller, by telephone"}
        return give_consent(
            opened, recipient=self.recipient.code, extent=extent, at=AT, **(usual | told)
        )


def gate_of(cast: Cast) -> Gate:
    identity = new_identity()
    recipient = name_recipient(cast.carol, name="A Department", age_key=identity.recipient, at=AT)
    confirm_recipient(cast.dana, recipient.code, heard=recipient.age_key[-8:], at=AT)
    recipient.refresh_from_db()
    made = Gate(cast, recipient, identity, open_case(cast.alice, FAMILY, at=AT))
    made.consent(made.opened)
    return made


def deeds(code: str) -> list[str]:
    return list(Line.objects.filter(about=code).order_by("number").values_list("deed", flat=True))
