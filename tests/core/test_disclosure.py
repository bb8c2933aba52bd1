"""Small counts are hidden, and cannot be had by subtraction; zeros stay; what is shown is true."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.disclosure import K, Protected, ProtectedTable, Shown, protect, protect_table
from safeconduct.core.errors import CountBelowZero, RaggedCounts

SMALL = st.one_of(st.integers(0, 7), st.integers(0, 40))
COUNTS = st.dictionaries(st.sampled_from("abcdefg"), SMALL, max_size=7)


@st.composite
def tables(draw: st.DrawFn) -> dict[str, dict[str, int]]:
    columns = "vwxyz"[: draw(st.integers(1, 4))]
    rows = "abcde"[: draw(st.integers(1, 4))]
    return {row: {column: draw(SMALL) for column in columns} for row in rows}


def texts(protected: Protected) -> dict[str, str]:
    return {name: str(shown) for name, shown in protected.items()}


def test_the_few_are_hidden_and_the_next_smallest_with_them() -> None:
    protected = protect({"Kabul": 40, "Herat": 3, "Farah": 9, "Zabul": 0})
    assert texts(protected) == {"Kabul": "40", "Herat": "<5", "Farah": "5 or more", "Zabul": "0"}
    assert protected.total == Shown("52", 52)


def test_two_small_counts_guard_each_other() -> None:
    assert texts(protect({"a": 3, "b": 12, "c": 2})) == {"a": "<5", "b": "12", "c": "<5"}


def test_two_ones_do_not_guard_each_other_since_their_sum_tells_both() -> None:
    assert texts(protect({"a": 1, "b": 1, "c": 6, "d": 20}))["c"] == "5 or more"
    assert texts(protect({"a": 4, "b": 4, "c": 6, "d": 20}))["c"] == "5 or more"


def test_someone_who_knows_the_rule_learns_no_more() -> None:
    """Beside a 4, a hidden 5 that was the smallest of two fives would be known to be 5."""
    assert texts(protect({"a": 4, "b": 5, "c": 5})) == {
        "a": "<5",
        "b": "5 or more",
        "c": "5 or more",
    }


def test_where_hiding_every_count_is_not_enough_the_total_is_hidden() -> None:
    protected = protect({"a": 1, "b": 0})
    assert texts(protected) == {"a": "<5", "b": "0"}
    assert protected.total == Shown("<5", None)


def test_without_a_total_beside_them_only_the_few_are_hidden() -> None:
    assert texts(protect({"a": 3, "b": 12}, total_shown=False)) == {"a": "<5", "b": "12"}


def test_thousands_are_written_to_be_read() -> None:
    assert str(protect({"a": 18714})["a"]) == "18,714"


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(CountBelowZero, match="'a'"):
        protect({"a": -1})
    with pytest.raises(CountBelowZero):
        protect_table({"r": {"a": -1}})


def test_a_ragged_table_is_refused() -> None:
    with pytest.raises(RaggedCounts, match="'s'"):
        protect_table({"r": {"a": 1}, "s": {"b": 1}})


def test_nothing_counted_is_nothing_shown() -> None:
    assert len(protect({})) == 0
    assert protect_table({}).total == Shown("0", 0)


def possible(protected: Protected, k: int) -> list[dict[str, int]]:
    """Every way to fill in the hidden counts that agrees with what is shown."""
    hidden = [name for name, shown in protected.items() if shown.value is None]
    total = protected.total.value
    assert total is not None
    left = total - sum(shown.value or 0 for shown in protected.values())
    spans = [range(1, k) if protected[n].text[0] == "<" else range(k, left + 1) for n in hidden]
    return [
        dict(zip(hidden, guess, strict=True)) for guess in product(*spans) if sum(guess) == left
    ]


@settings(max_examples=200, deadline=None)
@given(COUNTS, st.sampled_from([3, 5]))
def test_no_hidden_count_can_be_had_from_the_total(counts: dict[str, int], k: int) -> None:
    protected = protect(counts, k=k)
    for name, count in counts.items():
        assert protected[name].value in (count, None)
        assert (protected[name].value is None) >= (0 < count < k)
        assert count > 0 or protected[name] == Shown("0", 0)
    hidden = [name for name, shown in protected.items() if shown.value is None]
    if protected.total.value is None or len(hidden) > 4:
        return
    assert protected.total.value == sum(counts.values())
    ways = possible(protected, k)
    assert all(len({way[name] for way in ways}) > 1 for name in hidden)


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_nothing_is_hidden_where_nothing_is_small(counts: dict[str, int]) -> None:
    if not any(0 < count < K for count in counts.values()):
        assert all(shown.value is not None for shown in protect(counts).values())


def extended(table: dict[str, dict[str, int]]) -> np.ndarray:
    inner = np.array([list(row.values()) for row in table.values()])
    with_rows = np.hstack([inner, inner.sum(1, keepdims=True)])
    return np.vstack([with_rows, with_rows.sum(0, keepdims=True)])


def as_shown(protected: ProtectedTable) -> list[list[Shown]]:
    rows = [[*protected.cells[name].values(), protected.rows[name]] for name in protected.cells]
    return [*rows, [*protected.columns.values(), protected.total]]


def nothing_follows(table: dict[str, dict[str, int]]) -> None:
    """Linear algebra as the judge: a cell follows exactly when no solution of the sums lets it move."""
    true, shown = extended(table), as_shown(protect_table(table))
    height, width = true.shape
    hidden = [(i, j) for i in range(height) for j in range(width) if shown[i][j].value is None]
    for i, j in product(range(height), range(width)):
        count = int(true[i, j])
        assert shown[i][j].value in (count, None)
        assert count > 0 or shown[i][j] == Shown("0", 0)
        assert not 0 < count < K or (i, j) in hidden
    if not hidden:
        return
    sums = np.zeros((height + width, len(hidden)))
    for n, (i, j) in enumerate(hidden):
        sums[i, n] = -1 if j == width - 1 else 1
        sums[height + j, n] = -1 if i == height - 1 else 1
    _, sizes, basis = np.linalg.svd(sums)
    free = basis[int((sizes > 1e-9).sum()) :]
    assert (np.abs(free).max(axis=0, initial=0) > 1e-9).all()


@settings(max_examples=200, deadline=None)
@given(tables())
def test_no_hidden_cell_of_a_table_follows_from_its_margins(
    table: dict[str, dict[str, int]],
) -> None:
    nothing_follows(table)


@settings(max_examples=200, deadline=None)
@given(tables())
def test_a_line_with_a_hidden_cell_has_at_least_two(table: dict[str, dict[str, int]]) -> None:
    shown = as_shown(protect_table(table))
    for line in [*shown, *zip(*shown, strict=True)]:
        assert sum(cell.value is None for cell in line) != 1


def test_a_row_whose_total_tells_its_ones_hides_another() -> None:
    protected = protect_table({"r": {"a": 1, "b": 1, "c": 30}, "s": {"a": 1, "b": 1, "c": 40}})
    assert [str(shown) for shown in protected.cells["r"].values()] == ["<5", "<5", "5 or more"]


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_row_or_column_alone_tells_what_it_hides(table: dict[str, dict[str, int]]) -> None:
    shown = as_shown(protect_table(table))
    for *parts, total in [*shown, *zip(*shown, strict=True)]:
        line = Protected({str(n): part for n, part in enumerate(parts)}, total)
        hidden = [name for name, part in line.items() if part.value is None]
        if total.value is not None and len(hidden) <= 3:
            ways = possible(line, K)
            assert all(len({way[name] for way in ways}) > 1 for name in hidden)


def test_a_bridge_between_two_hidden_squares_is_seen() -> None:
    """Each line holds two hidden cells, and yet both hidden cells of row c would follow from the square above it."""
    table = {
        "a": {"v": 2, "w": 3, "x": 50, "y": 60, "z": 70},
        "b": {"v": 3, "w": 2, "x": 50, "y": 60, "z": 70},
        "c": {"v": 50, "w": 4, "x": 50, "y": 3, "z": 70},
        "d": {"v": 50, "w": 60, "x": 50, "y": 2, "z": 3},
        "e": {"v": 50, "w": 60, "x": 50, "y": 3, "z": 2},
    }
    protected = protect_table(table)
    assert (
        sum(shown.value is None for row in protected.cells.values() for shown in row.values()) > 10
    )
    nothing_follows(table)
