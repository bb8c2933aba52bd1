"""Where the indexes of all offices stand in this process: one for each whose keys are open, none for any other."""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import Final

from safeconduct.desk.search.index import OfficeIndex
from safeconduct.vault.keyring import BOARD, Board


class Shelf:
    """By office. An index goes as soon as the last ring of its office falls, however it fell."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._indexes: dict[str, OfficeIndex] = {}
        self._lock = threading.Lock()
        board.tell_when_fallen(self.forget_where_no_ring_hangs)

    def of(self, office: str) -> OfficeIndex:
        """The office's; a new and empty one where there is none."""
        with self._lock:
            return self._indexes.setdefault(office, OfficeIndex(office))

    def standing(self) -> list[OfficeIndex]:
        with self._lock:
            return list(self._indexes.values())

    def forget_where_no_ring_hangs(self) -> None:
        self._forget_but(self._board.offices())

    def forget_all(self) -> None:
        """Whichever rings hang: in a lock-down, which another process may have begun."""
        self._forget_but(())

    def _forget_but(self, open_here: Collection[str]) -> None:
        with self._lock:
            fallen = [office for office in self._indexes if office not in open_here]
            gone = [self._indexes.pop(office) for office in fallen]
        for index in gone:
            index.forget()


# The one of this process, beside the one board.
SHELF: Final = Shelf(BOARD)
