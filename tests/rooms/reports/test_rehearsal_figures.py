"""The pages of a rehearsal with their figures drawn: sound throughout, and policies told apart without colour."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from brief_page import Element, read_page
from hypothesis import given, strategies as st
from made_up_operation import made_up_operation
from made_up_rehearsal import made_up_rehearsal, with_luck, without_anything
from sound_page import faults_of

from safeconduct.reports.rehearsal import lines, replay_html
from safeconduct.reports.rehearsal.policies import LOOKS

MADE_ON = date(2026, 11, 21)
OPERATION = made_up_operation()


@pytest.fixture(scope="module")
def page() -> Element:
    rehearsals = (with_luck(0.01, -0.01), made_up_rehearsal(150_000))
    return read_page(replay_html(rehearsals, OPERATION, made_on=MADE_ON))


def test_a_page_of_two_caseloads_is_sound(page: Element) -> None:
    assert faults_of(page) == []
    assert len(page.all("figure")) == 2 * 7 + 1, "seven of each caseload, and the map"


def test_a_page_of_nothing_at_all_is_sound() -> None:
    page = read_page(replay_html([without_anything()], OPERATION, made_on=MADE_ON))
    assert faults_of(page) == []


def test_policies_differ_by_dash_and_by_shape_not_by_colour_alone(page: Element) -> None:
    assert (
        len({look.dash for look in LOOKS.values()}) == len({x.shape for x in LOOKS.values()}) == 3
    )
    (figure,) = [f for f in page.all("figure") if f.attributes["id"] == "moved-0-figure"]
    dashes = {path.attributes.get("stroke-dasharray") for path in figure.all("path")}
    assert {"8,4", "2,3"} <= dashes
    words = {text.text for text in figure.all("text")}
    assert {"planner with standby", "priority order", "first come, first served"} <= words


@given(most=st.floats(min_value=0, max_value=1e7, allow_nan=False))
def test_a_scale_has_a_few_even_steps_from_nought_and_holds_everything(most: float) -> None:
    steps = lines.round_steps(most)
    assert steps[0] == 0
    assert steps[-1] >= most * (1 - 1e-9)
    assert 2 <= len(steps) <= 6
    apart = {round((after - before) / steps[1], 6) for before, after in pairwise(steps)}
    assert apart == {1.0}
