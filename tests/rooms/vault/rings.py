"""Members' rings and offices, made in the key store alone: these tests need no other room."""

from __future__ import annotations

from datetime import UTC, datetime

from safeconduct.vault.actions.members import new_member_key
from safeconduct.vault.actions.offices import give_office_key, new_office_key, open_office_keys
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.wrapping import public_of

AT = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
PASSPHRASE = "four plain words here"
OFFICE = "HOME"


class Team:
    """Alice and Bob in one office, as the key store and the main database (generation, public) know it."""

    def __init__(self) -> None:
        self.alice, self.recovery = new_member_key(member="ALICE", passphrase=PASSPHRASE)
        self.public = new_office_key(self.alice, office=OFFICE)
        self.generation = 1
        self.bob, _ = new_member_key(member="BOB", passphrase=PASSPHRASE)
        give_office_key(self.alice, member="BOB", public=public_of(self.bob.private))
        self.open(self.bob)

    def open(self, ring: Keyring) -> None:
        open_office_keys(ring, office=OFFICE, generation=self.generation, public=self.public)

    def again(self, ring: Keyring) -> Keyring:
        """The same member after another log-in."""
        fresh = Keyring(ring.member, ring.private)
        self.open(fresh)
        return fresh


def stranger() -> Keyring:
    ring, _ = new_member_key(member="CHARLIE", passphrase=PASSPHRASE)
    new_office_key(ring, office="OTHER")
    return ring
