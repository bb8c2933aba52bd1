"""The pages of a rehearsal as a browser shows them: quiet, whole on paper, and never scrolling sideways."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from browsing import fetched_and_said, needs_browser, pages_of, printed, widths
from made_up_operation import made_up_operation
from made_up_rehearsal import made_up_needs, made_up_rehearsal, with_luck

from safeconduct.reports.rehearsal import drill_html, replay_html

pytestmark = needs_browser
MADE_ON = date(2026, 11, 21)


@pytest.fixture(scope="module")
def replayed() -> str:
    rehearsals = (with_luck(0.01, -0.01, 0.02, 0.03, 0.015), made_up_rehearsal(150_000))
    return replay_html(rehearsals, made_up_operation(), made_on=MADE_ON)


@pytest.fixture(scope="module")
def drilled() -> str:
    operation = made_up_operation()
    return drill_html(made_up_rehearsal(), made_up_needs(), operation, made_on=MADE_ON)


def test_they_fetch_nothing_and_say_nothing_on_the_console(
    tmp_path: Path, replayed: str, drilled: str
) -> None:
    for html in (replayed, drilled):
        assert fetched_and_said(tmp_path, html) == (0, [])


def test_a_request_and_a_word_on_the_console_would_be_seen(tmp_path: Path, drilled: str) -> None:
    told = '<img src="http://nowhere.invalid/x.png"><script>console.log("a word")</script></main>'
    fetched, said = fetched_and_said(tmp_path, drilled.replace("</main>", told, 1))
    assert fetched == 1
    assert any("a word" in line for line in said)


def test_they_print_with_every_table_behind_a_figure(tmp_path: Path, drilled: str) -> None:
    pdf, text = printed(tmp_path, drilled)
    assert 6 <= pages_of(pdf) <= 14
    if text is None:
        return
    assert "Priority moved and share of the bound, by policy" in text
    assert "The figure as a table" not in text
    assert text.count("Simulated people; assumptions are listed at the end.") > 5


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 400, 1200])
def test_they_never_scroll_sideways(
    tmp_path: Path, replayed: str, drilled: str, width: int, direction: str
) -> None:
    for html in (replayed, drilled):
        wide, room = widths(tmp_path, html, width=width, direction=direction)
        assert wide <= room <= width
