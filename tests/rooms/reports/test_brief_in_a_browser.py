"""The brief as a browser shows it: whole pages on paper, and no sideways scrolling on a phone."""

from __future__ import annotations

import html as markup
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

BROWSER = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        BROWSER is None, reason="Chromium is not installed, so no page was looked at"
    ),
]
QUIETLY = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --disable-extensions"
).split()
MEASURE = """<!doctype html><title>not measured</title><body style="margin:0">
<iframe srcdoc="{page}" style="width:{width}px;height:900px;border:0"></iframe>
<script>
  document.querySelector("iframe").onload = function () {{
    const page = this.contentDocument, root = page.documentElement;
    const bodies = [...page.querySelectorAll("details")];
    bodies.forEach(each => each.open = true);
    document.title = "measured " + root.scrollWidth + " of " + root.clientWidth;
  }};
</script>"""


def _browse(folder: Path, *more: str) -> str:
    assert BROWSER is not None
    command: Sequence[str] = (BROWSER, *QUIETLY, f"--user-data-dir={folder / 'profile'}", *more)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def test_it_prints_on_a4_in_a_handful_of_pages_with_every_table(tmp_path: Path, html: str) -> None:
    page, printed = tmp_path / "brief.html", tmp_path / "brief.pdf"
    page.write_text(html, encoding="utf-8")
    _browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}", page.as_uri())
    pdf = printed.read_bytes()
    assert 6 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 14
    (width, height) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)[0]
    assert (round(float(width)), round(float(height))) in {(595, 842), (596, 842)}
    reader = shutil.which("pdftotext")
    if reader is None:
        return
    text = subprocess.run(
        [reader, str(printed), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert "Each step from pleas to homes" in text, "tables behind figures are shown in print"
    assert "The figure as a table" not in text
    assert "Page 1 of" in text
    assert text.count("Software proposes; a named person decides.") > 5, "at the foot of each page"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 360, 600, 1200])
def test_it_never_scrolls_sideways(tmp_path: Path, html: str, width: int, direction: str) -> None:
    page = tmp_path / "frame.html"
    html = html.replace('dir="ltr"', f'dir="{direction}"', 1)
    page.write_text(MEASURE.format(page=markup.escape(html), width=width), encoding="utf-8")
    shown = _browse(tmp_path, "--virtual-time-budget=5000", "--dump-dom", page.as_uri())
    measured = re.search(r"<title>measured (\d+) of (\d+)</title>", shown)
    assert measured is not None
    assert int(measured[1]) <= int(measured[2]) <= width
