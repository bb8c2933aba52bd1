"""A member who is at the desk with unlocked keys: what every action and every reader asks for."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.errors import NoRight
from safeconduct.journal.actions import Actor
from safeconduct.people.models import Member, Office
from safeconduct.people.permissions import Right, may
from safeconduct.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Present:
    """The member, and the ring that the passphrase and the second factor opened."""

    member: Member
    ring: Keyring

    @property
    def actor(self) -> Actor:
        return Actor(member=self.member.code, office=self.member.office_id or "")

    @property
    def office(self) -> Office:
        """The member's office. The operator has none: whatever needs one is refused before it is asked for."""
        assert self.member.office is not None
        return self.member.office

    def may(self, right: Right) -> bool:
        return may(self.member, right)

    def must(self, right: Right) -> None:
        """Raises NoRight. Pages ask `needs` first; an action asks for itself all the same."""
        if not self.may(right):
            raise NoRight(right=right.value)
