"""Every write of this room: one function, one transaction, one journal line."""

from safeconduct.matching.actions.cards import agree_cards, end_cards, may_be_ended
from safeconduct.matching.actions.judging import judge, new_judgement_code, withdraw
from safeconduct.matching.actions.looking import ask_to_look, told_anew

__all__ = [
    "agree_cards",
    "ask_to_look",
    "end_cards",
    "judge",
    "may_be_ended",
    "new_judgement_code",
    "told_anew",
    "withdraw",
]
