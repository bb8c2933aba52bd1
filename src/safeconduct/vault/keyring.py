"""Unlocked keys: in the memory of this one process, never on disk. Whoever closes the ring drops them all.

Python cannot promise to wipe memory; SECURITY.md says so.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Never

from safeconduct.core.errors import KeysLocked, KeySwapped
from safeconduct.vault.wrapping import public_of


@dataclass(slots=True, repr=False)
class Keyring:
    """What one unlocked member can open: their own private key, and their office's by generation."""

    member: str
    private: bytes
    office: str | None = None
    office_keys: dict[int, bytes] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Keyring(member={self.member!r})"

    def __reduce__(self) -> Never:
        # Jobs are given keys by a pipe, where `jobs` writes them by name: nothing else may carry a ring away.
        raise TypeError("a ring is not pickled")

    def close(self) -> None:
        """Drop every key. Whoever is in the middle of using the ring meets KeysLocked."""
        self.private = b""
        self.office_keys = {}

    def office_key(self, generation: int) -> bytes:
        """The office's private key of that generation. Raises KeysLocked where the ring does not hold it."""
        try:
            return self.office_keys[generation]
        except KeyError:
            raise KeysLocked from None

    def own_key(self) -> bytes:
        """The member's private key. Raises KeysLocked where the ring was closed."""
        if not self.private:
            raise KeysLocked
        return self.private

    def office_public(self, generation: int, *, stored: bytes) -> bytes:
        """The office's public key, reckoned from the private one on this ring, for sealing to one's own office.

        Raises KeysLocked, and KeySwapped where the one stored is another: somebody changed it since the unlocking.
        """
        public = public_of(self.office_key(generation))
        if public != stored:
            raise KeySwapped(about="this office")
        return public


@dataclass(slots=True)
class _Hung:
    ring: Keyring
    whole: bool
    seen: datetime


class Board:
    """Where the rings of all unlocked members hang, each under a token that only its session knows.

    A ring is hung by the passphrase and is `whole` once the second factor agreed: until then `take`
    does not give it out.
    """

    def __init__(self) -> None:
        self._rings: dict[str, _Hung] = {}
        self._lock = threading.Lock()
        self._told: list[Callable[[], None]] = []

    def tell_when_fallen(self, told: Callable[[], None]) -> None:
        """`told` is called each time after rings fell: what was opened with them is to be forgotten with them."""
        self._told.append(told)

    def offices(self) -> set[str]:
        """Of which offices a whole ring hangs here."""
        with self._lock:
            return {
                hung.ring.office for hung in self._rings.values() if hung.whole and hung.ring.office
            }

    def hang(self, ring: Keyring, *, whole: bool, at: datetime) -> str:
        token = secrets.token_urlsafe(32)
        with self._lock:
            self._rings[token] = _Hung(ring, whole, at)
        return token

    def make_whole(self, token: str, *, at: datetime) -> None:
        """The second factor agreed. Raises KeysLocked where the ring is gone."""
        with self._lock:
            hung = self._rings.get(token)
            if hung is None:
                raise KeysLocked
            hung.whole, hung.seen = True, at

    def on_the_way_in(self, token: str) -> Keyring:
        """The ring under it, whole or not: by it a second factor is vouched for, before one agrees.

        Raises KeysLocked.
        """
        with self._lock:
            hung = self._rings.get(token)
            if hung is None:
                raise KeysLocked
            return hung.ring

    def take(self, token: str, *, at: datetime, idle_before: datetime) -> Keyring:
        """The ring, used now. Raises KeysLocked where it is gone, not whole, or idle since before that time."""
        with self._lock:
            hung = self._rings.get(token)
            if hung is None or not hung.whole:
                raise KeysLocked
            if hung.seen >= idle_before:
                hung.seen = at
                return hung.ring
            self._drop(token)
        self._tell()
        raise KeysLocked

    def whole_rings(self, *, idle_before: datetime) -> list[Keyring]:
        """Every ring that is whole and not idle, for jobs that need keys. This is no use by its member."""
        with self._lock:
            hung = self._rings.values()
            return [each.ring for each in hung if each.whole and each.seen >= idle_before]

    def holds(self, token: str) -> bool:
        """Whether a whole ring hangs under it. This is no use by its member."""
        with self._lock:
            hung = self._rings.get(token)
            return hung is not None and hung.whole

    def drop(self, token: str) -> None:
        with self._lock:
            self._drop(token)
        self._tell()

    def drop_where(self, chosen: Callable[[Keyring], bool]) -> int:
        """Drop every ring that is chosen; how many that were."""
        with self._lock:
            tokens = [token for token, hung in self._rings.items() if chosen(hung.ring)]
            for token in tokens:
                self._drop(token)
        self._tell()
        return len(tokens)

    def drop_idle(self, *, idle_before: datetime) -> int:
        with self._lock:
            tokens = [token for token, hung in self._rings.items() if hung.seen < idle_before]
            for token in tokens:
                self._drop(token)
        if tokens:
            self._tell()
        return len(tokens)

    def drop_all(self) -> int:
        return self.drop_where(lambda _: True)

    def __len__(self) -> int:
        with self._lock:
            return len(self._rings)

    def _tell(self) -> None:
        for told in self._told:
            told()

    def _drop(self, token: str) -> None:
        hung = self._rings.pop(token, None)
        if hung is not None:
            hung.ring.close()


# The one board of this process.
BOARD: Final = Board()
