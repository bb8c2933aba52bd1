"""Seats and homes. SC500 to SC505."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused
from safeconduct.core.errors.tables import BadTable


class NoPlan(Refused):
    """The planner could not give a plan."""

    exit_code = 5


class LockCannotHold(NoPlan):
    """A "must" lock asks for what a hard rule forbids, or for what another lock forbids."""

    code = "SC500"
    says = "The lock that family {family} must board {departure} cannot hold: {because}."
    mend = "Take this lock off, or put right what stands against it."


class LocksOverfill(NoPlan):
    """The "must" locks on a departure ask for more than it has."""

    code = "SC501"
    says = "The 'must' locks on departure {departure} ask for {wanted} {what} and it has {has}."
    mend = "Take off {relax}: that costs the plan least. Or find {short} more {what}."


class UnknownInLock(NoPlan):
    """A lock names a family or a departure that is not in the files."""

    code = "SC502"
    says = "A lock names the {kind} {name}, which was not given."
    mend = "Correct the name in the lock, or add the {kind}."


class RepeatedId(BadTable):
    """One id stands for two things."""

    code = "SC503"
    says = "The {kind} {name} is given twice."
    mend = "Remove one of the two, or give each an id of its own."


class KeptWithStranger(BadTable):
    """A family asks to be kept with one that is not in the file."""

    code = "SC504"
    says = "Family {family} is to be kept with {other}, which is not among the families given."
    mend = "Correct the id in keep_with, add that family, or take it out if it travels otherwise."


class MixedZones(BadTable):
    """Some times have an offset from UTC and some have none: they cannot be compared without a guess."""

    code = "SC505"
    says = "Some times have an offset (such as +04:30 or Z) and some have none."
    mend = "Write every time of both files with an offset, or every time without one."
