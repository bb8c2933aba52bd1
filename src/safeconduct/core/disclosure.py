"""Counts that protect the few.

A count of one to four says something about somebody. It is hidden (primary suppression), and so are as many
others as are needed that it cannot be had by subtracting the shown from a total (secondary suppression). Zero is
shown. This is the usual practice of official statistics: the Government Statistical Service's and the ONS's
guidance on disclosure control for tables, and Hundepool et al., "Statistical Disclosure Control" (Wiley 2012),
chapter 4. That a cell of a two-way table can be worked out exactly when it lies on no cycle of hidden cells is
D. Gusfield, "A graph theoretic approach to statistical data security", SIAM J. Comput. 17 (1988).

What it does not do: protect against someone who knows some of the people counted, or who compares two
tables of the same people made differently or on different days.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from safeconduct.core.errors import CountBelowZero, RaggedCounts

K = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A count as it may be shown: "12" with its value, or "<5" or "5 or more" with none."""

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

    Others are the smallest that are not zero, until no hidden count can be told exactly even by someone who
    knows these rules. Where hiding every count is not enough, the total is hidden too: show `.total`, not your
    own. With `total_shown` false, no total will stand beside the counts and none else is hidden.
    Raises CountBelowZero.
    """
    _check(counts.items())
    hidden = {name for name, count in counts.items() if 0 < count < k}
    total = sum(counts.values())
    hide_total = not total_shown or 0 < total < k
    while hidden and not hide_total:
        left = [count for name, count in counts.items() if count and name not in hidden]
        if _is_safe([counts[name] for name in hidden], k, min(left, default=None)):
            break
        if not left:
            hide_total = True
            break
        hidden.add(min(counts, key=lambda n: (n in hidden or not counts[n], counts[n])))
    cells = {name: _shown(count, name in hidden, k) for name, count in counts.items()}
    return Protected(cells, _shown(total, hide_total, k))


def protect_table(table: Mapping[str, Mapping[str, int]], *, k: int = K) -> ProtectedTable:
    """The same for rows by columns whose margins and grand total stand beside them.

    Every row and column with a hidden count has at least two, each hidden count lies on a cycle of hidden ones (so that
    no subtraction gives it), and no row or column alone gives one by its bounds. Inner counts are hidden
    before margins. Raises CountBelowZero or RaggedCounts.
    """
    names, columns = list(table), list(next(iter(table.values()), {}))
    for name, row in table.items():
        if set(row) != set(columns):
            raise RaggedCounts(row=name)
        _check(row.items())
    inner = [[table[name][column] for column in columns] for name in names]
    grid = [[*row, sum(row)] for row in inner]
    grid.append([sum(column) for column in zip(*grid, strict=True)] or [0])
    hidden = _hidden_in(grid, k)

    def line(i: int) -> dict[str, Shown]:
        cells = zip(columns, grid[i], strict=False)
        return {c: _shown(count, (i, j) in hidden, k) for j, (c, count) in enumerate(cells)}

    width, height = len(columns), len(names)
    return ProtectedTable(
        cells={name: line(i) for i, name in enumerate(names)},
        rows={n: _shown(grid[i][width], (i, width) in hidden, k) for i, n in enumerate(names)},
        columns=line(height),
        total=_shown(grid[height][width], (height, width) in hidden, k),
    )


def _check(counts: Iterable[tuple[str, int]]) -> None:
    for name, count in counts:
        if count < 0:
            raise CountBelowZero(name=name)


def _shown(count: int, hidden: bool, k: int) -> Shown:
    if not hidden:
        return Shown(f"{count:,}", count)
    return Shown(f"<{k}" if count < k else f"{k} or more", None)


def _is_safe(values: list[int], k: int, ceiling: int | None) -> bool:
    """Whether hidden counts whose sum is known could each have been another number.

    It is known of each whether it is below k; and that one that is not is at most the `ceiling`, the
    smallest count that was left.
    """
    whole = sum(values)
    top = whole if ceiling is None else ceiling
    bounds = [(1, k - 1) if value < k else (k, max(top, k)) for value in values]
    lows, highs = sum(low for low, _ in bounds), sum(high for _, high in bounds)
    return all(
        min(high, whole - (lows - low)) > max(low, whole - (highs - high)) for low, high in bounds
    )


# --- two-way tables ------------------------------------------------------------------

Cell = tuple[int, int]


def _hidden_in(grid: list[list[int]], k: int) -> set[Cell]:
    """The cells to hide of a table whose last row and column are its margins."""
    cells = [(i, j) for i, row in enumerate(grid) for j in range(len(row))]
    hidden = {(i, j) for i, j in cells if 0 < grid[i][j] < k}
    for cell in sorted(hidden):
        hidden |= _cheapest_cycle(grid, hidden, cell)
    while more := _unsafe_line(grid, hidden, k):
        hidden.add(more)
        hidden |= _cheapest_cycle(grid, hidden, more)
    return hidden


def _unsafe_line(grid: list[list[int]], hidden: set[Cell], k: int) -> Cell | None:
    """Of a row or column whose hidden counts can be told from its shown total, the next cell to hide."""
    height, width = len(grid), len(grid[0])
    rows = [[(i, j) for j in range(width)] for i in range(height)]
    columns = [[(i, j) for i in range(height)] for j in range(width)]
    for *parts, total in rows + columns:
        values = [grid[i][j] for i, j in parts if (i, j) in hidden]
        if not values or total in hidden or _is_safe(values, k, None):
            continue
        left = [(i, j) for i, j in parts if grid[i][j] and (i, j) not in hidden]
        return min(left, key=lambda cell: grid[cell[0]][cell[1]], default=total)
    return None


def _cheapest_cycle(grid: list[list[int]], hidden: set[Cell], cell: Cell) -> set[Cell]:
    """The cells that, hidden with this one, close a cycle through it: Dijkstra's shortest path between its
    row and its column over cells that are not zero. Hidden cells cost nothing, margins the most.

    There is always one: the margins of a cell that is not zero are not zero.
    """
    height, width = len(grid), len(grid[0])
    dear = 1 + sum(map(sum, grid))
    start, goal = cell[0], height + cell[1]  # rows are nodes 0 to height - 1, columns follow
    seen: set[int] = set()
    queue: list[tuple[int, int, tuple[Cell, ...]]] = [(0, start, ())]
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == goal:
            return set(path)
        if node in seen:
            continue
        seen.add(node)
        is_row = node < height
        for other in range(width if is_row else height):
            step = (node, other) if is_row else (other, node - height)
            value = grid[step[0]][step[1]]
            if step == cell or not value:
                continue
            margin = step[0] == height - 1 or step[1] == width - 1
            price = 0 if step in hidden else value + 1 + dear * margin
            heapq.heappush(queue, (cost + price, other + height * is_row, (*path, step)))
    return set()
