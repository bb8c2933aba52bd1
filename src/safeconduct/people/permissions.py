"""Which role may do what. The one table; everything else asks it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from safeconduct.people.models import Member, Role


class Right(StrEnum):
    """What may be allowed, each as the end of the sentence "you may ..."."""

    SEE_COVERS = "see your office's covers"
    OPEN_OWN_CASES = "open the cases that you own or that nobody owns"
    OPEN_ALL_CASES = "open every case of your office"
    OPEN_NEW_CASES = "open a new case"
    ASK_FOR_ACCESS = "ask for access to a case"
    BREAK_GLASS = "break the glass for a case of your office"
    DECIDE_ACCESS = "decide who is given access"
    HAND_OVER = "hand a case over"
    SHARE_CASES = "share a case with another office"
    SHRED_CASES = "have a case shredded"
    AGREE_SHREDDING = "agree that a case is shredded"
    ASK_FOR_EXPORT = "ask for an export"
    AGREE_EXPORT = "agree to an export that somebody else asked for"
    NAME_RECIPIENTS = "name whom exports may be encrypted to"
    TAKE_IN = "take in pleas and sheets"
    JUDGE_DOUBLES = "judge whether two cases are one family"
    SHARE_CARDS = "share cards with another office for matching"
    ASK_FOR_OVERRIDE = "ask for another band than the rulebook's"
    AGREE_OVERRIDE = "agree to another band than the rulebook's"
    CHANGE_RULES = "put a rulebook in force"
    SEE_FIGURES = "see your office's figures"
    READ_JOURNAL = "read your office's journal"
    ADMIT_MEMBERS = "invite members, change their roles and part with them"
    LOCK_DOWN = "lock everything down"
    REOPEN = "re-open after a lock-down"
    SEE_DEPLOYMENT = "see how the deployment fares"


_CASEWORK: Final = frozenset(
    {
        Right.SEE_COVERS,
        Right.OPEN_OWN_CASES,
        Right.OPEN_NEW_CASES,
        Right.ASK_FOR_ACCESS,
        Right.BREAK_GLASS,
        Right.HAND_OVER,
        Right.ASK_FOR_EXPORT,
        Right.TAKE_IN,
        Right.JUDGE_DOUBLES,
        Right.ASK_FOR_OVERRIDE,
        Right.AGREE_OVERRIDE,
        Right.SEE_FIGURES,
        Right.LOCK_DOWN,
    }
)
RIGHTS: Final[dict[Role, frozenset[Right]]] = {
    Role.CASEWORKER: _CASEWORK,
    Role.COORDINATOR: _CASEWORK
    | {
        Right.OPEN_ALL_CASES,
        Right.SHARE_CASES,
        Right.SHARE_CARDS,
        Right.CHANGE_RULES,
        Right.SHRED_CASES,
        Right.NAME_RECIPIENTS,
        Right.ADMIT_MEMBERS,
    },
    Role.APPROVER: frozenset(
        {
            Right.SEE_COVERS,
            Right.SEE_FIGURES,
            Right.DECIDE_ACCESS,
            Right.AGREE_EXPORT,
            Right.AGREE_SHREDDING,
            Right.LOCK_DOWN,
            Right.REOPEN,
        }
    ),
    Role.AUDITOR: frozenset({Right.READ_JOURNAL, Right.LOCK_DOWN}),
    Role.OPERATOR: frozenset({Right.SEE_DEPLOYMENT, Right.LOCK_DOWN}),
}


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    return frozenset().union(*(RIGHTS[Role(role)] for role in roles))


def may(member: Member, right: Right) -> bool:
    """Whether one of the member's roles allows it. A member who left may nothing."""
    return member.is_active and right in rights_of(member.roles)
