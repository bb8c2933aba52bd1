"""Every write to a case: one function, one transaction, one journal line."""

from safeconduct.cases.actions.changing import new_entry_code
from safeconduct.cases.actions.consents import consents_for, give_consent, withdraw_consent
from safeconduct.cases.actions.covers import change_cover
from safeconduct.cases.actions.decisions import record_decision
from safeconduct.cases.actions.documents import attach_document, title_document
from safeconduct.cases.actions.entries import add_entry, change_entry, remove_entry
from safeconduct.cases.actions.finishing import finish_interrupted
from safeconduct.cases.actions.holds import end_hold, hold
from safeconduct.cases.actions.offices import confirm_office
from safeconduct.cases.actions.opening import new_case_code, open_case
from safeconduct.cases.actions.opening_many import NewCase, open_cases
from safeconduct.cases.actions.owners import hand_over, hand_over_all, take_over
from safeconduct.cases.actions.sharing import share_case, take_back_share
from safeconduct.cases.actions.shredding import (
    agree_to_shred,
    ask_to_shred,
    refuse_to_shred,
    shred_what_is_due,
)
from safeconduct.cases.actions.talks import change_talk, record_talk

__all__ = [
    "NewCase",
    "add_entry",
    "agree_to_shred",
    "ask_to_shred",
    "attach_document",
    "change_cover",
    "change_entry",
    "change_talk",
    "confirm_office",
    "consents_for",
    "end_hold",
    "finish_interrupted",
    "give_consent",
    "hand_over",
    "hand_over_all",
    "hold",
    "new_case_code",
    "new_entry_code",
    "open_case",
    "open_cases",
    "record_decision",
    "record_talk",
    "refuse_to_shred",
    "remove_entry",
    "share_case",
    "shred_what_is_due",
    "take_back_share",
    "take_over",
    "title_document",
    "withdraw_consent",
]
