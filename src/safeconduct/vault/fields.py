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
        "matching_judgement.sealed",
        SealedBy.OFFICE,
        "what a member was shown of two cases when they judged, and their note",
        "safeconduct.matching.shred.forget_case",
    ),
    SealedField(
        "matching_withdrawal.sealed",
        SealedBy.OFFICE,
        "why a judgement was taken back",
        "safeconduct.matching.shred.forget_case",
    ),
    SealedField(
        "people_grant.sealed_reason",
        SealedBy.OFFICE,
        "why somebody asks for access to a case",
        "safeconduct.people.shred.forget_case",
    ),
    SealedField(
        "triage_override.sealed_reason",
        SealedBy.OFFICE,
        "why another band than the rulebook's is asked for",
        "safeconduct.triage.shred.forget_case",
    ),
    SealedField(
        "triage_rulesinforce.sealed_why",
        SealedBy.OFFICE,
        "why a rulebook was put in force",
        "safeconduct.triage.shred.forget_by_clock",
    ),
    SealedField(
        "triage_likecases.sealed",
        SealedBy.OFFICE,
        "which cases have the same facts, and how each fared",
        "safeconduct.triage.shred.forget_case",
    ),
    SealedField(
        "desk_keptview.sealed_name",
        SealedBy.OFFICE,
        "the name under which a member keeps a choice of cases",
        "safeconduct.desk.shred.forget_views",
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
    SealedField(
        "intake_deliveredfile.sealed",
        SealedBy.CASE,
        "a file as it was handed in (a delivery has keys as a case has)",
        "safeconduct.intake.shred.forget_what_is_due",
    ),
    SealedField(
        "intake_deliveredfile.sealed_name",
        SealedBy.CASE,
        "what the file was called",
        "safeconduct.intake.shred.forget_what_is_due",
    ),
    SealedField(
        "intake_delivery.sealed_mapping",
        SealedBy.CASE,
        "what a member told of its columns",
        "safeconduct.intake.shred.forget_what_is_due",
    ),
    SealedField(
        "intake_delivery.sealed_preview",
        SealedBy.CASE,
        "what was read of it: columns, the first pleas, rows that are held",
        "safeconduct.intake.shred.forget_what_is_due",
    ),
    SealedField(
        "intake_plea.sealed",
        SealedBy.CASE,
        "the words of a plea that no case holds yet, under its delivery's keys",
        "safeconduct.intake.shred.forget_what_is_due",
    ),
    SealedField("vault_casekey.wrapped", SealedBy.OFFICE, "a case's key", _CASE_SHREDDER),
)

# Bytes that may be read by whoever has the disk: they say nothing of anybody. Each with what it is.
PLAIN_BYTES: Final = {
    "triage_override.voucher": "an HMAC by which the office knows again which band it agreed to",
    "triage_rulesinforce.voucher": "an HMAC by which the office knows again which rulebook it put in force",
    "vault_memberkey.public": "a public key",
    "vault_officekey.voucher": "an HMAC by which a generation of an office's key vouches for the next",
    "vault_memberkey.voucher": "an HMAC by which the office knows the public key again",
    "vault_officekey.public": "a public key",
    "vault_notedhead.hash": "a hash over a hash",
    "exports_recipient.voucher": "an HMAC by which the office knows again whom exports may be encrypted to",
    "exports_export.canary_key": "what an export's canary row was drawn from: tells that row, and nobody",
    "intake_delivery.digest": "an HMAC by which the office knows the same files again",
    "journal_line.hash": "a hash over a line of codes and the hash before",
    "journal_head.hash": "the hash of the last line",
    "people_office.public": "a public key",
    "people_member.voucher": "an HMAC by which the office knows a member's roles and second factors again",
    "people_grant.voucher": "an HMAC by which the office knows again who was given leave to open what",
    "cases_case.card_seal": "an HMAC under the card's key",
    "matching_cardsagreement.voucher": "an HMAC by which the office knows again with whom it shares its cards",
    "matching_compared.mark": "an HMAC under the card's key over what was compared",
    "cases_case.contents_seal": "an HMAC under the contents' key",
    "cases_version.paper_digest": "the hash of a ciphertext",
    "cases_knownoffice.voucher": "an HMAC by which the office knows another's public key again",
}
