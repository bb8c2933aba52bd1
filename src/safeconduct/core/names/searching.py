"""People looked for by a part of a name in any script, by a number or a code, in memory alone.

    index = NameIndex()
    index.add_many(cases)                     # (group, people) of each, read as they come
    index.find("Zahera Ahm", among=may_see)   # a Found: hits, best first, with what met what

Everybody is weighed at every question: nobody is passed over because too many bear a name. Reading asks for no lock:
it looks at what stood when it began. Writing waits for other writing. What was put or dropped is seen by every
question asked after the call came back.

Names are held in memory in clear as long as the index lives: `forget` lets all of it go.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from threading import Lock

import numpy as np

from safeconduct.core.names import memory
from safeconduct.core.names.many_hearing import Bools
from safeconduct.core.names.searching_query import read_query
from safeconduct.core.names.searching_records import Findable, Found, Hit, Matched
from safeconduct.core.names.searching_scoring import Fitting
from safeconduct.core.names.searching_shelf import Rows, Shelf, rows_of, together_as_one

__all__ = ["Findable", "Found", "Hit", "Matched", "NameIndex"]

_Placed = tuple[Shelf, Bools]
_Candidate = tuple[float, str, int, int]
"""Minus the score, key, row, place of the shelf."""

Among = Callable[[Sequence[str]], Collection[str]]
"""Of some groups, those that the asker may see."""

# Two shelves are made one as long as the older holds less than so many times the people of the newer: of 150,000
# there are then seven shelves at most.
_GROWTH = 6
# A shelf of which so much is dropped is made anew: what was dropped shall not stay in memory for long.
_DROPPED = 0.25
_FIRST_ASKED, _ASKED_GROWS = 100, 4


@dataclass(frozen=True, slots=True, repr=False)
class _Standing:
    """All shelves, the oldest first, and which of their rows still stand. Never changed: another takes its place."""

    shelves: tuple[Shelf, ...] = ()
    alive: tuple[Bools, ...] = ()

    def __len__(self) -> int:
        return sum(int(alive.sum()) for alive in self.alive)


@dataclass(slots=True, repr=False)
class _Reading:
    """Groups that are being read to be put: all that were `read`, and what others put or dropped `meanwhile`."""

    read: set[str]
    meanwhile: set[str]
    is_void: bool = False


class NameIndex:
    """Who is where, by name and number. Groups (cases) are put and dropped as a whole."""

    def __init__(self) -> None:
        self._standing = _Standing()
        self._writing = Lock()
        self._readings: list[_Reading] = []

    def __len__(self) -> int:
        """How many people can be found."""
        return len(self._standing)

    def __repr__(self) -> str:
        return f"<NameIndex: {len(self)} people>"

    def put(self, group: str, people: Iterable[Findable]) -> None:
        """Take these for all that a group holds, in place of what it held."""
        self.add_many([(group, people)])

    def add_many(
        self,
        groups: Iterable[tuple[str, Iterable[Findable]]],
        *,
        told: Callable[[int], None] | None = None,
    ) -> None:
        """Put many groups at once: much quicker than one after the other. `told` hears how many people were read,
        group by group; none of them is found before all of them are. What others put or dropped meanwhile stays as
        they left it, and after a `forget` nothing that was being read is put.
        """
        reading = _Reading(set(), set())
        with self._writing:
            self._readings.append(reading)
        try:
            self._put_up(rows_of(_each(groups, reading, told)).by_key(), reading)
        finally:
            with self._writing:
                self._readings.remove(reading)
        if reading.is_void:
            memory.forget()

    def _put_up(self, rows: Rows, reading: _Reading) -> None:
        shelf = Shelf(rows) if rows.keys else None
        with self._writing:
            if reading.is_void:
                return
            newer = np.array([group in reading.meanwhile for group in rows.groups], dtype=bool)
            shelves = _without(self._standing, reading.read - reading.meanwhile)
            if shelf is not None and not newer.all():
                shelves.append((shelf, ~newer))
            self._note(reading.read)
            self._standing = _stood(_grown(shelves))

    def drop(self, group: str) -> None:
        """Let go of a group; nothing happens where it is not known. `fold` also takes its words out of memory."""
        with self._writing:
            self._note({group})
            self._standing = _stood(_without(self._standing, {group}))

    def fold(self) -> None:
        """Make all shelves one, and everything dropped gone.

        Others who write wait for it: a second or two for 150,000 people.
        """
        with self._writing:
            shelves = _without(self._standing, ())
            if len(shelves) > 1 or not all(alive.all() for _, alive in shelves):
                self._standing = _stood([_as_one(shelves)])
        memory.forget()

    def forget(self) -> None:
        """Let everybody go, and what was remembered of names for speed (law 14). A question that is being answered
        holds what it looks at until it is answered.
        """
        with self._writing:
            self._standing = _Standing()
            for reading in self._readings:
                reading.is_void = True
        memory.forget()

    def _note(self, groups: set[str]) -> None:
        """Whoever is still reading these groups began earlier, and knows less."""
        for reading in self._readings:
            reading.meanwhile |= groups

    def find(self, query: str, most: int = 50, *, among: Among | None = None) -> Found:
        """Who fits what was typed, the best first; of equals in the order of their keys.

        The last part may be a beginning, unless a space follows it. With `among` only groups it lets through are
        shown and counted; it is asked about some at a time, each once, the best first, until `most` are found.
        """
        standing, asked = self._standing, read_query(query)
        fitting = [
            Fitting(shelf, alive, asked)
            for shelf, alive in zip(standing.shelves, standing.alive, strict=True)
        ]
        candidates = merge(*(_ranked(fits, at) for at, fits in enumerate(fitting)))
        step = max(2 * most, _FIRST_ASKED)
        kept: list[Hit] = []
        count = 0
        seen: dict[str, bool] = {}
        while some := list(islice(candidates, step)):
            some = _let_through(some, fitting, among, seen)
            count += len(some)
            kept += [fitting[at].hit(row, -score) for score, _, row, at in some[: 2 * most + 1]]
            if among is None or count > most:
                break
            step *= _ASKED_GROWS
        kept.sort(key=lambda hit: (-hit.score, hit.key))
        total = count if among is not None and count <= most else None
        if among is None:
            total = sum(len(fits.rows) for fits in fitting)
        return Found(tuple(kept[:most]), total is None or total > most, total)


def _each(
    groups: Iterable[tuple[str, Iterable[Findable]]],
    reading: _Reading,
    told: Callable[[int], None] | None,
) -> Iterator[tuple[str, Findable]]:
    """Everybody with their group, which is noted as read; nobody more once the reading is void."""
    count = 0
    for group, people in groups:
        if reading.is_void:
            return
        reading.read.add(group)
        for person in people:
            count += 1
            yield group, person
        if told is not None:
            told(count)


def _ranked(fits: Fitting, at: int) -> Iterator[_Candidate]:
    for score, key, row in fits.ranked():
        yield score, key, row, at


def _let_through(
    some: list[_Candidate],
    fitting: Sequence[Fitting],
    among: Among | None,
    seen: dict[str, bool],
) -> list[_Candidate]:
    """Those whose groups may be seen; `seen` is what was answered before, and is added to."""
    if among is None:
        return some
    groups = [fitting[at].group_of(row) for _, _, row, at in some]
    new = [group for group in dict.fromkeys(groups) if group not in seen]
    may_be_seen = set(among(new)) if new else set()
    seen.update((group, group in may_be_seen) for group in new)
    return [one for one, group in zip(some, groups, strict=True) if seen[group]]


def _without(standing: _Standing, groups: Collection[str]) -> list[_Placed]:
    """All shelves, with nobody of these groups alive."""
    shelves: list[_Placed] = []
    for shelf, alive in zip(standing.shelves, standing.alive, strict=True):
        rows = [row for group in groups for row in shelf.groups.get(group, ())]
        left = alive
        if rows:
            left = alive.copy()
            left[rows] = False
        shelves.append((shelf, left))
    return shelves


def _grown(shelves: list[_Placed]) -> list[_Placed]:
    """The newest made one with those before it, until each is far larger than the next."""
    begin, size = len(shelves), 0
    for older in reversed([int(alive.sum()) for _, alive in shelves]):
        if size and older >= _GROWTH * size:
            break
        size += older
        begin -= 1
    newest = shelves[begin:]
    return shelves[:begin] + ([_as_one(newest)] if len(newest) > 1 else newest)


def _as_one(shelves: Sequence[_Placed]) -> _Placed:
    rows = together_as_one([(shelf.rows, alive) for shelf, alive in shelves])
    return Shelf(rows), np.ones(len(rows.keys), dtype=bool)


def _stood(shelves: Sequence[_Placed]) -> _Standing:
    """Shelves as they stand from now on: without empty ones, and those of which much was dropped made anew."""
    kept: list[_Placed] = []
    for shelf, alive in shelves:
        left = int(alive.sum())
        if left and (len(shelf) - left) > _DROPPED * len(shelf):
            kept.append(_as_one([(shelf, alive)]))
        elif left:
            kept.append((shelf, alive))
    return _Standing(tuple(shelf for shelf, _ in kept), tuple(alive for _, alive in kept))
