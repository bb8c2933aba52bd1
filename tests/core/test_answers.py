"""Yes, no and unknown: Kleene's laws, and no way to read unknown as no by accident."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.answers import Answer, all_of, any_of

ANSWERS = st.sampled_from(Answer)
SEVERAL = st.lists(ANSWERS, max_size=5)
few = settings(max_examples=100, deadline=None)


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_has_no_truth_value(answer: Answer) -> None:
    with pytest.raises(TypeError, match="may be unknown"):
        bool(answer)


@few
@given(ANSWERS)
def test_the_opposite_of_the_opposite_is_the_answer(a: Answer) -> None:
    assert ~~a is a
    assert (~a is a) == (a is Answer.UNKNOWN)


@few
@given(SEVERAL)
def test_not_all_is_any_not(answers: list[Answer]) -> None:
    assert ~all_of(answers) is any_of(~a for a in answers)


@few
@given(SEVERAL, SEVERAL)
def test_grouping_and_order_change_nothing(left: list[Answer], right: list[Answer]) -> None:
    for combine in (all_of, any_of):
        assert combine([*left, *right]) is combine([combine(left), combine(right)])
        assert combine([*left, *right]) is combine([*right, *left])
        assert combine([*left, *left]) is combine(left)


@few
@given(ANSWERS, ANSWERS, ANSWERS)
def test_each_distributes_over_the_other(a: Answer, b: Answer, c: Answer) -> None:
    assert all_of([a, any_of([b, c])]) is any_of([all_of([a, b]), all_of([a, c])])
    assert any_of([a, all_of([b, c])]) is all_of([any_of([a, b]), any_of([a, c])])
    assert all_of([a, any_of([a, b])]) is a


def test_nothing_asked_is_all_and_not_any() -> None:
    assert all_of([]) is Answer.YES
    assert any_of([]) is Answer.NO


@few
@given(SEVERAL, st.data())
def test_settling_an_unknown_never_overturns_a_settled_answer(
    answers: list[Answer], data: st.DataObject
) -> None:
    known = st.sampled_from([Answer.YES, Answer.NO])
    settled = [data.draw(known) if a is Answer.UNKNOWN else a for a in answers]
    for combine in (all_of, any_of):
        before = combine(answers)
        assert before is Answer.UNKNOWN or before is combine(settled)
