"""What a list teaches, and what the others of a list say: EM over the levels, groups by average, company."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.linkage.averaging import NEVER_COMPARED, Averaging
from safeconduct.core.linkage.company import SAYS, company_of
from safeconduct.core.linkage.training import Floats, Learnt, learn

# --- groups by average linkage -------------------------------------------------

PEOPLE = 7
EVERY_TWO = [(one, two) for one in range(PEOPLE) for two in range(one + 1, PEOPLE)]
Edges = list[tuple[int, int, float]]


@st.composite
def edges(draw: st.DrawFn) -> Edges:
    """Some pairs with bits, no two alike: where two are alike, which comes first is by their place in the list."""
    chosen = draw(st.lists(st.sampled_from(EVERY_TWO), unique=True, max_size=14))
    bits = draw(
        st.lists(st.integers(-999, 999), unique=True, min_size=len(chosen), max_size=len(chosen))
    )
    return [
        (one, two, said / 100 + 1e-6 * said**2)
        for (one, two), said in zip(chosen, bits, strict=True)
    ]


def by_hand(told: Edges) -> list[list[int]]:
    """Average linkage as it is defined: again and again the two groups whose pairs say most, while that is for them."""
    said = {(one, two): bits for one, two, bits in told}
    groups = [[person] for person in range(PEOPLE)]

    def mean(one: list[int], two: list[int]) -> float:
        pairs = [said.get((min(x, y), max(x, y))) for x in one for y in two]
        if all(bits is None for bits in pairs):
            return -1e9
        return sum(NEVER_COMPARED if bits is None else bits for bits in pairs) / len(pairs)

    while True:
        best, one, two = max(
            (mean(x, y), i, j) for i, x in enumerate(groups) for j, y in enumerate(groups) if i < j
        )
        if best <= 0:
            return sorted(sorted(group) for group in groups if len(group) > 1)
        groups[one] += groups.pop(two)


@settings(max_examples=60)
@given(edges())
def test_groups_are_those_of_average_linkage_by_hand(told: Edges) -> None:
    assert Averaging(told).groups() == by_hand(told)


@settings(max_examples=60)
@given(edges(), st.randoms(use_true_random=False))
def test_nobody_stands_in_two_groups_and_the_order_of_pairs_says_nothing(
    told: Edges, random: np.random.Generator
) -> None:
    groups = Averaging(told).groups()
    members = [member for group in groups for member in group]
    assert len(members) == len(set(members))
    assert set(members) <= {person for one, two, _ in told for person in (one, two)}
    random.shuffle(told)
    assert Averaging((two, one, bits) for one, two, bits in told).groups() == groups


def test_one_pair_strongly_against_keeps_two_groups_apart() -> None:
    chain = [(0, 1, 9.0), (2, 3, 8.0), (1, 2, 4.0)]
    joined = [*chain, (0, 2, 3.0), (0, 3, 3.0), (1, 3, 3.0)]
    assert Averaging(joined).groups() == [[0, 1, 2, 3]]
    against = [*chain, (0, 2, -10.0), (0, 3, 3.0), (1, 3, 2.5)]
    assert Averaging(against).groups() == [[0, 1], [2, 3]]


def test_a_chain_of_single_pairs_makes_no_long_group() -> None:
    """Ten in a row, each beside the next alone: as connected parts they would be one person."""
    chain = [(at, at + 1, 1.0 + at / 100) for at in range(9)]
    assert max(map(len, Averaging(chain).groups())) == 2


def test_no_pair_outvotes_a_group_however_much_it_says() -> None:
    told = [(0, 1, 9.0), (0, 2, 9.0), (1, 2, 9.0), (0, 3, -1000.0), (1, 3, 8.0), (2, 3, 8.0)]
    assert Averaging(told).groups() == [[0, 1, 2, 3]]


def test_of_nothing_there_are_no_groups() -> None:
    assert Averaging([]).groups() == []
    assert Averaging([(0, 1, -3.0)]).groups() == []


# --- company -------------------------------------------------------------------


class Pairs:
    """As much of weighed pairs as company reads."""

    def __init__(self, pairs: list[tuple[int, int]]) -> None:
        self.a, self.b = np.asarray(pairs, dtype=np.int64).reshape(-1, 2).T


def company(told: Edges, apart: set[tuple[int, int]] = frozenset()) -> dict[tuple[int, int], float]:
    """What company says of each pair."""
    pairs = [(one, two) for one, two, _ in told]
    total = np.asarray([bits for _, _, bits in told])
    held = np.asarray([pair in apart for pair in pairs], dtype=bool)
    found = company_of(PEOPLE, Pairs(pairs), total, held)  # type: ignore[arg-type]
    assert (found.together == (found.bits > 0)).all()
    return dict(zip(pairs, found.bits.tolist(), strict=True))


def test_company_speaks_for_those_in_one_group_and_against_all_others() -> None:
    told = [(0, 1, 8.0), (1, 2, 8.0), (0, 2, -1.0), (2, 3, -4.0)]
    assert company(told) == {(0, 1): SAYS, (1, 2): SAYS, (0, 2): SAYS, (2, 3): -SAYS}


def test_two_whom_a_rule_holds_apart_are_brought_together_by_nobody() -> None:
    told = [(0, 1, 8.0), (1, 2, 7.0), (0, 2, 12.0)]
    assert set(company(told).values()) == {SAYS}
    assert company(told, {(0, 2)}) == {(0, 1): SAYS, (1, 2): -SAYS, (0, 2): -SAYS}


def test_company_of_no_pairs_says_nothing() -> None:
    assert company([]) == {}


# --- what a list teaches -------------------------------------------------------

# How often a field agrees among pairs that are one, and among others: each the reverse of what is thought, or not.
TRUE_SHARES = {
    "sex": (0.98, 0.5),
    "birth": (0.9, 0.02),
    "postcode": (0.7, 0.01),
    "province": (0.5, 0.3),
}
THOUGHT_BITS = {
    "sex": (0.9, -7.0),
    "birth": (11.0, -4.0),
    "postcode": (9.0, -1.5),
    "province": (1.5, -0.3),
}
PRIOR = -8.0


def made_list(
    seed: int = 3, ones: int = 300, others: int = 6_000
) -> tuple[dict[str, Floats], np.ndarray]:
    """What the shipped figures say of pairs whose truth is known; one in ten fields is unknown."""
    draw = np.random.default_rng(seed)
    truth = np.arange(ones + others) < ones
    said = {}
    for name, (m, u) in TRUE_SHARES.items():
        agrees = draw.random(len(truth)) < np.where(truth, m, u)
        known = draw.random(len(truth)) < 0.9
        said[name] = np.where(known, np.where(agrees, *THOUGHT_BITS[name]), 0.0)
    said["name"] = np.where(truth, draw.normal(9, 4, len(truth)), draw.normal(-2, 4, len(truth)))
    return said, truth


def total(bits: dict[str, Floats], prior: float) -> Floats:
    return np.sum(list(bits.values()), axis=0) + prior


def f1_at(line: float, bits: Floats, truth: np.ndarray) -> float:
    told = bits >= line
    return float(2 * (told & truth).sum() / (told.sum() + truth.sum()))


def best_f1(bits: Floats, truth: np.ndarray) -> float:
    return max(f1_at(line, bits, truth) for line in np.quantile(bits, np.linspace(0.5, 1, 400)))


@pytest.fixture(scope="module")
def taught() -> tuple[dict[str, Floats], np.ndarray, Learnt]:
    said, truth = made_list()
    return said, truth, learn(said, np.zeros(len(truth)), PRIOR)


def test_what_is_learnt_tells_those_who_are_one_from_others_no_worse_than_what_was_thought(
    taught: tuple[dict[str, Floats], np.ndarray, Learnt],
) -> None:
    said, truth, learnt = taught
    after = total(dict(learnt.bits), learnt.prior)
    assert after[truth].mean() > 5
    assert after[~truth].mean() < -5
    assert best_f1(after, truth) >= best_f1(total(said, PRIOR), truth) > 0.8
    assert f1_at(0, after, truth) >= f1_at(0, total(said, PRIOR), truth)
    assert learnt.sure > 0.9


def test_a_field_that_says_less_than_was_thought_is_believed_less(
    taught: tuple[dict[str, Floats], np.ndarray, Learnt],
) -> None:
    _, _, learnt = taught
    birth, postcode = (np.unique(learnt.bits[name]) for name in ("birth", "postcode"))
    # log2(.9/.02) = 5.5 and not 11; log2(.7/.01) = 6.1 and not 9; half of what was thought stays.
    assert birth[-1] == pytest.approx((11.0 + 5.5) / 2, abs=0.7)
    assert postcode[-1] == pytest.approx((9.0 + 6.1) / 2, abs=0.7)
    assert (np.sign(birth) == [-1, 0, 1]).all()


def test_as_many_are_expected_to_be_one_as_are(
    taught: tuple[dict[str, Floats], np.ndarray, Learnt],
) -> None:
    _, truth, learnt = taught
    expected = (1 / (1 + 2.0 ** -total(dict(learnt.bits), learnt.prior))).sum()
    assert expected == pytest.approx(truth.sum(), rel=0.15)


@settings(max_examples=15)
@given(
    st.integers(0, 50), st.floats(-40, 20), st.sampled_from([0.0, -30.0, 30.0]), st.integers(3, 200)
)
def test_what_is_unknown_stays_unknown_and_no_figure_runs_away(
    seed: int, prior: float, fixed: float, pairs: int
) -> None:
    said, _ = made_list(seed, ones=pairs // 3, others=pairs)
    others = np.full(len(said["sex"]), -60.0)
    others[: pairs // 2] = fixed
    learnt = learn(said, others, prior)
    for name, bits in learnt.bits.items():
        assert not bits[said[name] == 0].any()
        shipped = np.abs(said[name])
        assert (np.abs(bits) <= np.maximum(shipped, (shipped + 16) / 2)).all()
    assert -80 <= learnt.prior <= 60
    assert 0 <= learnt.sure <= 1 + 1e-9


def test_the_same_list_teaches_the_same_and_another_is_named_otherwise(
    taught: tuple[dict[str, Floats], np.ndarray, Learnt],
) -> None:
    said, truth, learnt = taught
    assert learn(said, np.zeros(len(truth)), PRIOR).mark == learnt.mark
    said, truth = made_list(seed=4)
    assert learn(said, np.zeros(len(truth)), PRIOR).mark != learnt.mark


def test_where_all_pairs_are_sure_there_is_nothing_to_learn_from() -> None:
    """One pair, and not one other: that nobody is different says nothing about how people differ."""
    for pairs in (1, 3):
        learnt = learn({"birth": np.full(pairs, 11.0)}, np.full(pairs, 60.0), PRIOR)
        assert learnt.bits["birth"].tolist() == [11.0] * pairs
        assert (learnt.prior, learnt.sure) == (PRIOR, 0.0)
