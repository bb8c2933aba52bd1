"""What one office can look through: the names and numbers on its cards, in memory, while somebody's keys are open."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from safeconduct.core.names import forget as forget_names
from safeconduct.core.names.searching import NameIndex
from safeconduct.desk.search.people import Somebody


@dataclass(frozen=True, slots=True, repr=False)
class Read:
    """A card as it was read."""

    code: str
    revision: int
    is_ours: bool
    people: tuple[Somebody, ...]


@dataclass(slots=True, repr=False)
class OfficeIndex:
    """`stale`: codes whose cards are to be read, or read anew; `seen`: the last line of the journal that was looked
    at for changes, None before the first look. Whoever writes holds `writing`; reading asks for no lock.
    """

    office: str
    names: NameIndex = field(default_factory=NameIndex)
    cards: dict[str, Read] = field(default_factory=dict)
    people: dict[str, Somebody] = field(default_factory=dict)
    stale: set[str] = field(default_factory=set)
    seen: int | None = None
    writing: threading.Lock = field(default_factory=threading.Lock)
    # Whoever reads a long time says so: nobody waits for it.
    is_being_read: bool = False
    # Somebody was dropped since the last `fold`: their names and numbers are still in memory.
    dropped: bool = False
    _gone: bool = False
    _here: threading.Lock = field(default_factory=threading.Lock)

    @property
    def all(self) -> int:
        """How many cards there are, read or not."""
        return len(self.cards) + sum(code not in self.cards for code in list(self.stale))

    @property
    def is_whole(self) -> bool:
        return self.seen is not None and not self.stale

    def put(self, read: Iterable[Read]) -> None:
        """Take these in place of what was read of the same cases. Nothing is kept once it was forgotten."""
        some = list(read)
        with self._here:
            if self._gone:
                return
            for each in some:
                self._let_go(each.code)
                self.cards[each.code] = each
                self.people.update((who.key, who) for who in each.people)
            self.names.add_many((each.code, [who.findable for who in each.people]) for each in some)
            self.stale.difference_update(each.code for each in some)
            if self._gone:
                self._clear()

    def drop(self, codes: Iterable[str]) -> None:
        """Cases that are shredded, or not the office's to read any more."""
        with self._here:
            for code in codes:
                self.stale.discard(code)
                if self._let_go(code):
                    self.names.drop(code)
                    self.dropped = True

    def fold(self) -> None:
        """Let go of what `drop` only put out of sight (law 14). It takes a second or two for 150,000 people."""
        if self.dropped:
            self.dropped = False
            self.names.fold()

    def forget(self) -> None:
        """Everything, for good: the keys are closed. It waits for nobody; what is being put finds no place here."""
        self._gone = True
        self._clear()

    @property
    def is_gone(self) -> bool:
        return self._gone

    def _clear(self) -> None:
        self.names = NameIndex()
        self.cards, self.people, self.stale, self.seen = {}, {}, set(), None
        forget_names()

    def _let_go(self, code: str) -> bool:
        before = self.cards.pop(code, None)
        for who in before.people if before else ():
            self.people.pop(who.key, None)
        return before is not None
