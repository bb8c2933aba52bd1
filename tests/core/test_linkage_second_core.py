"""Two cores tell of names what one tells, and where the second fails, the first does all of the work."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from safeconduct.core.linkage import LinkRecord, name_scores, second_core
from safeconduct.core.linkage.name_scores import NameScores, Rarity, rarity_of
from safeconduct.core.linkage.people import UNKNOWN, Numbers, people_of
from safeconduct.core.linkage.second_core import in_two
from safeconduct.core.linkage.weights import SHIPPED
from safeconduct.core.names.many import NameTable
from safeconduct.core.names.many_weighing import ManyScores

NAMES = [
    "Naeem Barech",
    "نعیم بریڅ",
    "Naim",
    "Torpekai Zakhilwal",
    "تورپیکۍ",
    "Nur Ahmad",
    "Noorahmad",
    "?",
]
NEARLY = SHIPPED.name_nearly


@pytest.fixture(scope="module")
def table() -> NameTable:
    return NameTable(NAMES)


@pytest.fixture(scope="module")
def rarity() -> Rarity:
    """Counted in a list long enough: it travels to the other process with all that it counted."""
    return rarity_of(
        people_of([LinkRecord(person_id=str(at), given_name=NAMES[at % 7]) for at in range(1_001)])
    )


def every_two() -> tuple[Numbers, Numbers]:
    left, right = np.divmod(np.arange(len(NAMES) ** 2, dtype=np.int64), len(NAMES))
    return left[:-1], right[:-1]


def same_in_one(table: NameTable, rarity: Rarity) -> None:
    """What two cores tell is what one tells, figure by figure."""
    left, right = every_two()
    found = in_two(table, left, right, rarity=rarity, nearly=NEARLY)
    wanted = table.scores(left, right, rarity=rarity, nearly=NEARLY)
    assert len(found.fit) == len(left)
    assert wanted.agreed.max() > 5
    for name in ManyScores.__slots__:
        np.testing.assert_array_equal(getattr(found, name), getattr(wanted, name))


class Watched(NameTable):
    """A table that remembers how many pairs it was asked for here."""

    def __init__(self) -> None:
        super().__init__(NAMES)
        self.asked: list[int] = []

    def __reduce__(self) -> tuple[type[NameTable], tuple[list[str]]]:
        return NameTable, (NAMES,)

    def scores(self, a: Numbers, b: Numbers, **more: object) -> ManyScores:
        self.asked.append(len(a))
        return super().scores(a, b, **more)  # type: ignore[arg-type]


def test_two_cores_tell_what_one_tells_and_each_scores_half(rarity: Rarity) -> None:
    table = Watched()
    same_in_one(table, rarity)
    pairs = len(NAMES) ** 2 - 1
    assert table.asked == [pairs // 2, pairs]


@pytest.mark.parametrize(
    "instead",
    [
        "raise SystemExit(3)",
        "import sys; sys.stdin.buffer.read(); raise SystemExit(3)",
        "import sys; sys.stdin.buffer.read(); sys.stdout.write('killed')",
        "import pickle, sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(pickle.dumps([1] * 99)[:-3])",
    ],
    ids=["begins not", "dies of it", "says something else", "ends in the middle"],
)
def test_where_the_other_process_fails_the_first_scores_all(
    table: NameTable, rarity: Rarity, monkeypatch: pytest.MonkeyPatch, instead: str
) -> None:
    monkeypatch.setattr(second_core, "_ASKED", instead)
    same_in_one(table, rarity)


def test_no_process_is_left_behind(
    table: NameTable, rarity: Rarity, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Popen(subprocess.Popen[bytes]):
        def __init__(self, *told: object, **more: object) -> None:
            super().__init__(*told, **more)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(second_core.subprocess, "Popen", Popen)
    monkeypatch.setattr(second_core, "_ASKED", "raise SystemExit(3)")
    same_in_one(table, rarity)
    assert [process.returncode for process in started] == [3]


def test_only_many_pairs_are_worth_a_second_core(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(
        table: NameTable, left: Numbers, right: Numbers, *, rarity: Rarity, nearly: float
    ) -> ManyScores:
        asked.append(len(left))
        return table.scores(left, right, rarity=rarity, nearly=nearly)

    monkeypatch.setattr(name_scores, "in_two", counted)
    monkeypatch.setattr(name_scores, "WORTH_TWO", 10)
    people = people_of([LinkRecord(person_id=name, given_name=name) for name in NAMES[:-1]])
    names = NameScores(people, rarity_of(people), SHIPPED)
    few, many = np.full((2, 9), 0), np.full((2, 10), 0)
    unknown = np.array([[UNKNOWN], [0]])
    names.scores_and_bits(*few)
    names.scores_and_bits(*np.concatenate((few, unknown), axis=1))
    assert asked == []
    names.scores_and_bits(*many)
    names.scores(*many)
    assert asked == [10]
