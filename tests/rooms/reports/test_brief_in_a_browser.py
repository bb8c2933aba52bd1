"""The brief as a browser shows it: whole pages on paper, and no sideways scrolling on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import needs_browser, pages_of, printed, widths

pytestmark = needs_browser


def test_it_prints_on_a4_in_a_handful_of_pages_with_every_table(tmp_path: Path, html: str) -> None:
    pdf, text = printed(tmp_path, html)
    assert 6 <= pages_of(pdf) <= 14
    (width, height) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0]
    assert (round(float(width)), round(float(height))) in {(595, 842), (596, 842)}
    if text is None:
        return
    assert "Each step from pleas to homes" in text, "tables behind figures are shown in print"
    assert "The figure as a table" not in text
    assert "Page 1 of" in text
    assert text.count("Software proposes; a named person decides.") > 5, "at the foot of each page"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 360, 600, 1200])
def test_it_never_scrolls_sideways(tmp_path: Path, html: str, width: int, direction: str) -> None:
    wide, room = widths(tmp_path, html, width=width, direction=direction)
    assert wide <= room <= width
