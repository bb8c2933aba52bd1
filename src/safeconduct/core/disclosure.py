"""Counts that protect the few.

A count of one to four says something about somebody. It is hidden (primary suppression), and so are as many
others as are needed that it cannot be had by subtracting the shown from a total (secondary suppression). Zero is
shown where it can be. This is the usual practice of official statistics: the Government Statistical Service's and
the ONS's guidance on disclosure control for tables, and Hundepool et al., "Statistical Disclosure Control"
(Wiley 2012), chapter 4.

The reader is taken to know these very rules, and the total. A rule that hides more because a hidden count is 1
tells that it is 1 (Kenthapadi, Mishra and Nissim, "Simulatable auditing", PODS 2005). So what is hidden, and
in which words, follows from what is shown alone; where that would tell a count, nothing is told but the total.

What it does not do: protect against someone who knows some of the people counted, or who compares two tables of
the same people made differently or on different days. Nor does it put the counts in order: an order by
hidden counts tells of them.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from safeconduct.core.errors import CountBelowZero, RaggedCounts

K = 5
NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it may be shown: "12" with its value; "<5", "5 or more" or "not told" with none."""

    text: str
    value: int | None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Protected(Mapping[str, Shown]):
    """Counts by name as they may be shown, and their total as it may be shown beside them."""

    cells: Mapping[str, Shown]
    total: Shown

    def __getitem__(self, name: str) -> Shown:
        return self.cells[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A two-way table with its margins, each count as it may be shown."""

    cells: Mapping[str, Mapping[str, Shown]]
    rows: Mapping[str, Shown]
    columns: Mapping[str, Shown]
    total: Shown


def protect(counts: Mapping[str, int], *, k: int = K, total_shown: bool = True) -> Protected:
    """Hide the counts from 1 to k - 1, and others where those could be had from the total.

    Others are the smallest that is not small, with all that equal it. Hidden counts read "<k" and "k or more" where
    the smallest of the others may then still have been another number; else all read "not told", and any of
    them may be any other. Where only nil would be left beside a total below k for each count, all read
    "not told", nil too. So of two or more counts no hidden one can be told, whoever knows the exact
    total. With `total_shown` false, no total is known and none but the few are hidden.
    Raises CountBelowZero.
    """
    _check(counts.items())
    few = {name for name, count in counts.items() if 0 < count < k}
    total = sum(counts.values())
    whole = _shown(total, not total_shown or 0 < total < k, k)
    if not (few and total_shown):
        return Protected({name: _shown(n, name in few, k) for name, n in counts.items()}, whole)
    least = min((count for count in counts.values() if count >= k), default=0)
    hidden = few | {name for name, count in counts.items() if count == least > 0}
    left = [count for name, count in counts.items() if count and name not in hidden]
    if not left and total < k * len(counts):
        return Protected(dict.fromkeys(counts, Shown(NOT_TOLD, None)), whole)
    worded = _may_vary(sum(counts[name] for name in hidden), len(few), len(hidden), left, k)
    cells = {name: _shown(n, name in hidden, k, worded=worded) for name, n in counts.items()}
    return Protected(cells, whole)


def protect_table(table: Mapping[str, Mapping[str, int]], *, k: int = K) -> ProtectedTable:
    """The same for rows by columns whose margins and grand total stand beside them.

    Which counts are hidden beside the few follows from where nil, the few and the others stand, never from how
    many they are; inner counts are hidden before margins. Where a hidden count could still be told, only the rows'
    totals are, as `protect` tells them, and the grand total; and where that is below k, nothing. Counts that
    all stand in one row or column are protected as one list. Raises CountBelowZero or RaggedCounts.
    """
    names, columns = list(table), list(next(iter(table.values()), {}))
    for name, row in table.items():
        if set(row) != set(columns):
            raise RaggedCounts(row=name)
        _check(row.items())
    grid = [[*(table[name][column] for column in columns)] for name in names]
    shown = _shown_grid(grid, k)
    width, height = len(columns), len(names)
    return ProtectedTable(
        cells={n: dict(zip(columns, shown[i], strict=False)) for i, n in enumerate(names)},
        rows={name: shown[i][width] for i, name in enumerate(names)},
        columns=dict(zip(columns, shown[height], strict=False)),
        total=shown[height][width],
    )


def _check(counts: Iterable[tuple[str, int]]) -> None:
    for name, count in counts:
        if count < 0:
            raise CountBelowZero(name=name)


def _shown(count: int, hidden: bool, k: int, *, worded: bool = True) -> Shown:
    if not hidden:
        return Shown(f"{count:,}", count)
    if not worded:
        return Shown(NOT_TOLD, None)
    return Shown(f"<{k}" if count < k else f"{k} or more", None)


def _may_vary(whole: int, few: int, hidden: int, left: list[int], k: int) -> bool:
    """Whether hidden counts with a known sum, so many of them few and the others alike, leave those others two
    numbers or more: then the few, too, may each have been another.
    """
    alike = hidden - few
    low = max(k, -(-(whole - (k - 1) * few) // alike))
    high = (whole - few) // alike
    return min([high, *(count - 1 for count in left)]) > low


# --- two-way tables ------------------------------------------------------------------

Cell = tuple[int, int]
Grid = list[list[int]]


def _shown_grid(inner: Grid, k: int) -> list[list[Shown]]:
    """The rows with their margins as they may be shown; the last row holds the columns' totals."""
    sums = [sum(row) for row in inner]
    downward = [sum(column) for column in zip(*inner, strict=True)]
    total, width = sum(sums), len(inner[0]) if inner else 0
    grid = [*([*row, whole] for row, whole in zip(inner, sums, strict=True)), [*downward, total]]
    if total < k and total:
        nothing = [[Shown(NOT_TOLD, None)] * (width + 1) for _ in grid]
        nothing[-1][-1] = _shown(total, True, k)
        return nothing
    if sum(map(bool, sums)) == 1:
        return _one_row(grid, k)
    if sum(map(bool, downward)) == 1:
        turned = _one_row([list(column) for column in zip(*grid, strict=True)], k)
        return [list(row) for row in zip(*turned, strict=True)]
    hidden = _hidden_in(grid, k)
    if all(_can_move(grid, hidden, cell, k) for cell in hidden):
        return [
            [_shown(count, (i, j) in hidden, k) for j, count in enumerate(row)]
            for i, row in enumerate(grid)
        ]
    rows = [*_listed(sums, k), _shown(total, False, k)]
    return [[*[Shown(NOT_TOLD, None)] * width, whole] for whole in rows]


def _one_row(grid: Grid, k: int) -> list[list[Shown]]:
    """A table all of whose counts stand in one row, whose total is then the grand total."""
    total = grid[-1][-1]
    line = [*_listed(grid[-1][:-1], k), _shown(total, False, k)]
    return [line if row[-1] else [_shown(0, False, k)] * len(row) for row in grid]


def _listed(counts: list[int], k: int) -> list[Shown]:
    kept = protect({str(at): count for at, count in enumerate(counts)}, k=k)
    return list(kept.values())


def _hidden_in(grid: Grid, k: int) -> set[Cell]:
    """The cells to hide of a table whose last row and column are its margins: the few, and for each the rest of a
    cycle of cells, so that no subtraction gives it (D. Gusfield, "A graph theoretic approach to statistical data
    security", SIAM J. Comput. 17, 1988). The grand total is never among them.
    """
    filled = {(i, j) for i, row in enumerate(grid) for j, count in enumerate(row) if count}
    filled.discard((len(grid) - 1, len(grid[0]) - 1))
    few = {(i, j) for i, j in filled if grid[i][j] < k}
    others: set[Cell] = set()
    for cell in sorted(few):
        others |= _cheapest_cycle(grid, filled, few, others, cell)
    return few | others


def _cheapest_cycle(
    grid: Grid, filled: set[Cell], few: set[Cell], others: set[Cell], cell: Cell
) -> set[Cell]:
    """The cells that, hidden with this one, close a cycle through it: Dijkstra's shortest path between its row and its
    column. Others hidden already cost nothing; the few cost more than another, for a 1 cannot give way; margins
    most. Empty where there is no such cycle. It looks at no count but whether it is few.
    """
    bottom, right = len(grid) - 1, len(grid[0]) - 1
    start, goal = cell[0], bottom + 1 + cell[1]  # rows are nodes 0 to bottom, columns follow
    lines: dict[int, list[tuple[Cell, int]]] = {}
    for i, j in sorted(filled - {cell}):
        lines.setdefault(i, []).append(((i, j), bottom + 1 + j))
        lines.setdefault(bottom + 1 + j, []).append(((i, j), i))
    seen: set[int] = set()
    queue: list[tuple[int, int, tuple[Cell, ...]]] = [(0, start, ())]
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == goal:
            return set(path)
        if node in seen:
            continue
        seen.add(node)
        for step, other in lines.get(node, ()):
            margin = step[0] == bottom or step[1] == right
            price = 0 if step in others else 3 if step in few else 2 + 1_000 * margin
            heapq.heappush(queue, (cost + price, other, (*path, step)))
    return set()


def _can_move(grid: Grid, hidden: Collection[Cell], cell: Cell, k: int) -> bool:
    """Whether a hidden count could be one more or one less, with others, so that every sum holds and every
    hidden count keeps its words.

    Counts flow from the grand total through the rows' totals, the rows, the columns and the columns' totals, so
    another table is a cycle of steps along or against that flow; were any other number possible, such a
    cycle would be (flow decomposition: Ahuja, Magnanti and Orlin, "Network Flows", 1993, section 3.5).
    """
    bottom, right = len(grid) - 1, len(grid[0]) - 1
    steps: dict[int, list[int]] = {}
    ways: list[tuple[int, int]] = []
    for i, j in hidden:
        row, column, count = i, bottom + 1 + j, grid[i][j]
        ends = (column, row) if i == bottom or j == right else (row, column)
        more, less = count >= k or count < k - 1, count > k or 1 < count < k
        for way, open_ in ((ends, more), (ends[::-1], less)):
            if open_ and (i, j) == cell:
                ways.append(way)
            elif open_:
                steps.setdefault(way[0], []).append(way[1])
    return any(_reaches(steps, end, start) for start, end in ways)


def _reaches(steps: Mapping[int, list[int]], start: int, goal: int) -> bool:
    seen, queue = {start}, deque([start])
    while queue:
        node = queue.popleft()
        if node == goal:
            return True
        for other in steps.get(node, ()):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return False
