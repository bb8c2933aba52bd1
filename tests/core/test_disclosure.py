"""Small counts are hidden, and cannot be had by anybody who knows the rules and the total; what is shown is true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.disclosure import NOT_TOLD, K, Protected, Shown, protect, protect_table
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


def table_of(*rows: tuple[int, ...]) -> dict[str, dict[str, int]]:
    return {f"r{i}": {f"c{j}": n for j, n in enumerate(row)} for i, row in enumerate(rows)}


def test_the_few_are_hidden_and_the_next_smallest_with_them() -> None:
    protected = protect({"Kabul": 40, "Herat": 3, "Farah": 9, "Zabul": 0})
    assert texts(protected) == {"Kabul": "40", "Herat": "<5", "Farah": "5 or more", "Zabul": "0"}
    assert protected.total == Shown("52", 52)


def test_counts_that_equal_the_next_smallest_are_hidden_with_it() -> None:
    """Else whoever knows the rule knew that the one that is hidden is no larger than those that are shown."""
    assert texts(protect({"a": 4, "b": 9, "c": 9, "d": 30})) == {
        "a": "<5",
        "b": "5 or more",
        "c": "5 or more",
        "d": "30",
    }


def test_where_words_would_tell_a_count_there_are_none() -> None:
    """Of a hidden 1 and 5 whose sum is 6, the words alone would tell which is which."""
    told = {"a": NOT_TOLD, "b": NOT_TOLD, "c": "60"}
    assert texts(protect({"a": 1, "b": 5, "c": 60})) == told


def test_where_only_nil_would_be_left_of_a_small_whole_nothing_is_told() -> None:
    for few in ({"a": 1, "b": 0}, {"a": 4, "b": 4}, {"a": 1, "b": 5, "c": 0}):
        assert set(texts(protect(few)).values()) == {NOT_TOLD}
    assert protect({"a": 1, "b": 0}).total == Shown("<5", None)
    assert texts(protect({"yes": 3, "unknown": 187, "no": 0})) == {
        "yes": "<5",
        "unknown": "5 or more",
        "no": "0",
    }


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


def test_a_table_keeps_what_it_can() -> None:
    protected = protect_table(table_of((2, 30, 40), (20, 10, 50), (30, 30, 60)))
    assert [str(shown) for shown in protected.rows.values()] == ["72", "80", "120"]
    assert sum(s.value is None for row in protected.cells.values() for s in row.values()) == 4


def test_a_table_whose_few_would_still_be_told_tells_its_rows_alone() -> None:
    protected = protect_table(table_of((1, 1, 0), (0, 5, 9), (0, 0, 30)))
    assert {str(s) for row in protected.cells.values() for s in row.values()} == {NOT_TOLD}
    assert {str(shown) for shown in protected.columns.values()} == {NOT_TOLD}
    assert [str(shown) for shown in protected.rows.values()] == ["<5", "5 or more", "30"]
    assert protected.total == Shown("46", 46)


def test_a_table_of_fewer_than_five_tells_nothing() -> None:
    protected = protect_table(table_of((1, 0), (0, 3)))
    everything = [*protected.cells.values(), protected.rows, protected.columns]
    assert {str(shown) for line in everything for shown in line.values()} == {NOT_TOLD}
    assert protected.total == Shown("<5", None)


def test_a_table_of_one_row_is_protected_as_a_list() -> None:
    protected = protect_table(table_of((4, 30, 8, 0)))
    assert texts(Protected(protected.columns, protected.total)) == {
        "c0": "<5",
        "c1": "30",
        "c2": "5 or more",
        "c3": "0",
    }
    assert protected.rows["r0"] == protected.total == Shown("42", 42)
    across = protect_table(table_of((4,), (30,), (8,), (0,)))
    assert list(across.rows.values()) == list(protected.columns.values())


# --- by trying every small case ------------------------------------------------


def ways_to_part(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every list of so many counts with that sum."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in ways_to_part(total - first, parts - 1):
            yield (first, *rest)


Pages = dict[tuple[Shown, ...], list[tuple[int, ...]]]


def told_by(pages: Pages) -> Iterator[tuple[tuple[Shown, ...], int, int]]:
    """Pages, places and counts: each hidden count that every case with the same page has alike."""
    for page, cases in pages.items():
        for at, shown in enumerate(page):
            if shown.value is None and len({case[at] for case in cases}) == 1:
                yield page, at, cases[0][at]


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_no_hidden_count_can_be_told_by_who_knows_the_rules_and_the_total(parts: int) -> None:
    """Every list of up to four counts of nil to nine, and every other list of the same total beside it."""
    for total in range(9 * parts + 1):
        pages: Pages = defaultdict(list)
        for case in ways_to_part(total, parts):
            page = tuple(protect({str(at): n for at, n in enumerate(case)}).values())
            pages[page].append(case)
        assert not list(told_by(pages))


@pytest.mark.parametrize(
    ("rows", "columns", "most"),
    [(1, 3, 20), (3, 1, 20), (2, 2, 17), (2, 3, 8), (3, 2, 8), (3, 3, 5), (2, 4, 6)],
)
def test_no_hidden_count_of_a_table_can_be_told_by_who_knows_the_rules_and_the_total(
    rows: int, columns: int, most: int
) -> None:
    for total in range(most + 1):
        pages: Pages = defaultdict(list)
        for case in ways_to_part(total, rows * columns):
            lines = [case[at : at + columns] for at in range(0, rows * columns, columns)]
            kept = protect_table(table_of(*lines))
            shown = [s for row in kept.cells.values() for s in row.values()]
            page = (*shown, *kept.rows.values(), *kept.columns.values())
            pages[page].append((*case, *map(sum, lines), *map(sum, zip(*lines, strict=True))))
        for page, at, count in told_by(pages):
            alone = (rows == 1 and at == columns) or (columns == 1 and at == 2 * rows)
            of_nil = at < rows * columns and page[rows * columns + at // columns].value == 0
            assert alone or (of_nil and count == 0), "but for nil, where the row's total is nil"


# --- for any counts --------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(COUNTS, st.sampled_from([3, 5]))
def test_what_is_shown_is_true_and_the_few_are_not(counts: dict[str, int], k: int) -> None:
    protected = protect(counts, k=k)
    for name, count in counts.items():
        assert protected[name].value in (count, None)
        assert (protected[name].value is None) >= (0 < count < k)
        assert protected[name].text != f"<{k}" or 0 < count < k
        assert protected[name].text != f"{k} or more" or count >= k
    assert protected.total.value == (None if 0 < sum(counts.values()) < k else sum(counts.values()))


@settings(max_examples=200, deadline=None)
@given(COUNTS, st.data())
def test_hidden_counts_without_words_may_change_places(
    counts: dict[str, int], data: st.DataObject
) -> None:
    protected = protect(counts)
    hidden = [name for name, shown in protected.items() if shown.text == NOT_TOLD]
    others = data.draw(st.permutations([counts[name] for name in hidden]))
    assert protect({**counts, **dict(zip(hidden, others, strict=True))}) == protected


@settings(max_examples=200, deadline=None)
@given(COUNTS)
def test_nothing_is_hidden_where_nothing_is_small(counts: dict[str, int]) -> None:
    if not any(0 < count < K for count in counts.values()):
        assert all(shown.value is not None for shown in protect(counts).values())


@settings(max_examples=200, deadline=None)
@given(tables())
def test_a_line_of_a_table_never_hides_one_count_alone(table: dict[str, dict[str, int]]) -> None:
    kept = protect_table(table)
    rows = [[*kept.cells[name].values(), kept.rows[name]] for name in kept.cells]
    columns = list(zip(*rows, strict=True))
    columns = [(*line, total) for line, total in zip(columns, kept.columns.values(), strict=False)]
    told = kept.total.value is not None and NOT_TOLD not in map(str, kept.columns.values())
    for line in [*rows, *columns] if told else ():
        if len(line) > 2:
            assert sum(cell.value is None for cell in line) != 1


@settings(max_examples=200, deadline=None)
@given(tables())
def test_what_a_table_shows_is_true_and_the_few_are_not(table: dict[str, dict[str, int]]) -> None:
    kept = protect_table(table)
    for name, row in table.items():
        for column, count in row.items():
            assert kept.cells[name][column].value in (count, None)
            assert not 0 < count < K or kept.cells[name][column].value is None
        assert kept.rows[name].value in (sum(row.values()), None)
    few = any(0 < count < K for row in table.values() for count in row.values())
    if not few:
        assert all(s.value is not None for row in kept.cells.values() for s in row.values())


def test_a_bridge_between_two_hidden_squares_is_seen() -> None:
    """Each line holds two hidden cells, and yet both hidden cells of row c would follow from the square above it."""
    lines = ((2, 3, 50, 60, 70), (3, 2, 50, 60, 70), (50, 4, 50, 3, 70), (50, 60, 50, 2, 3))
    protected = protect_table(table_of(*lines, (50, 60, 50, 3, 2)))
    hidden = [s for row in protected.cells.values() for s in row.values() if s.value is None]
    assert len(hidden) > 10
    assert str(protected.cells["r0"]["c0"]) == "<5"
