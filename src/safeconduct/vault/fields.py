"""Every sealed field of the product in one table: what it holds, which key seals it, and who forgets it.

A test walks every binary column of every model: one that stands neither here nor among `PLAIN_BYTES` fails the build.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class SealedBy(StrEnum):
    """Whose key opens it."""

    CASE = "the case's key for that part, card or contents"
    OFFICE = "the office's key pair"
    MEMBER = "the member's key pair"
    WORDS = "what a member knows or was handed: passphrase, recovery code, invitation"
    RECIPIENT = "the age key of whom it is for"
    SERVER = "the server's own key"


@dataclass(frozen=True, slots=True)
class SealedField:
    """`field` is table.column. `forgotten_by` is the function that ends it, as a dotted path."""

    field: str
    sealed_by: SealedBy
    holds: str
    forgotten_by: str


_CASE_SHREDDER: Final = "safeconduct.vault.actions.case_keys.shred_case_keys"
_MEMBER_LEAVES: Final = "safeconduct.people.actions.leaving.leave"

SEALED_FIELDS: Final = (
    SealedField(
        "cases_version.sealed",
        SealedBy.CASE,
        "an entry as it was told: people, callers, places, threats, notes, consents, decisions",
        _CASE_SHREDDER,
    ),
    SealedField("cases_version.paper", SealedBy.CASE, "a document's bytes", _CASE_SHREDDER),
    SealedField(
        "cases_shredding.sealed_reason",
        SealedBy.OFFICE,
        "why a case is to be shredded",
        "safeconduct.cases.actions.shredding.finish_shredding",
    ),
    SealedField(
        "people_grant.sealed_reason",
        SealedBy.OFFICE,
        "why somebody asks for access to a case",
        "safeconduct.people.shred.forget_case",
    ),
    SealedField(
        "mfa_authenticator.data",
        SealedBy.SERVER,
        "the secret of a member's second factor (the passkey's public key stands in clear)",
        _MEMBER_LEAVES,
    ),
    SealedField(
        "exports_export.file",
        SealedBy.RECIPIENT,
        "an export: an age file from the moment it exists",
        "safeconduct.exports.actions.steps.lapse_due",
    ),
    SealedField(
        "vault_memberkey.by_passphrase",
        SealedBy.WORDS,
        "the member's private key",
        _MEMBER_LEAVES,
    ),
    SealedField(
        "vault_memberkey.by_recovery", SealedBy.WORDS, "the member's private key", _MEMBER_LEAVES
    ),
    SealedField(
        "vault_memberkey.by_invitation",
        SealedBy.WORDS,
        "the key pair that an invitation opens, until the member has a pair of their own",
        _MEMBER_LEAVES,
    ),
    SealedField(
        "vault_officekey.wrapped",
        SealedBy.MEMBER,
        "the office's private key of one generation",
        "safeconduct.vault.actions.offices.new_generation",
    ),
    SealedField("vault_casekey.wrapped", SealedBy.OFFICE, "a case's key", _CASE_SHREDDER),
)

# Bytes that may be read by whoever has the disk: they say nothing of anybody. Each with what it is.
PLAIN_BYTES: Final = {
    "vault_memberkey.public": "a public key",
    "vault_officekey.voucher": "an HMAC by which a generation of an office's key vouches for the next",
    "vault_memberkey.voucher": "an HMAC by which the office knows the public key again",
    "vault_officekey.public": "a public key",
    "vault_notedhead.hash": "a hash over a hash",
    "exports_recipient.voucher": "an HMAC by which the office knows again whom exports may be encrypted to",
    "exports_export.canary_key": "what an export's canary row was drawn from: tells that row, and nobody",
    "journal_line.hash": "a hash over a line of codes and the hash before",
    "journal_head.hash": "the hash of the last line",
    "people_office.public": "a public key",
    "people_member.voucher": "an HMAC by which the office knows a member's roles and second factors again",
    "people_grant.voucher": "an HMAC by which the office knows again who was given leave to open what",
    "cases_case.card_seal": "an HMAC under the card's key",
    "cases_case.contents_seal": "an HMAC under the contents' key",
    "cases_version.paper_digest": "the hash of a ciphertext",
    "cases_knownoffice.voucher": "an HMAC by which the office knows another's public key again",
}
