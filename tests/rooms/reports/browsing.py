"""Chromium, asked about a page: what it prints, how wide it lays it out, what it fetches and complains of."""

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
needs_browser = [
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
COUNT = """<!doctype html><title>not counted</title><body>
<iframe srcdoc="{page}"></iframe>
<script>
  document.querySelector("iframe").onload = function () {{
    const fetched = this.contentWindow.performance.getEntriesByType("resource");
    document.title = "fetched " + fetched.length;
  }};
</script>"""


def browse(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    assert BROWSER is not None
    command: Sequence[str] = (BROWSER, *QUIETLY, f"--user-data-dir={folder / 'profile'}", *more)
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def printed(folder: Path, html: str) -> tuple[bytes, str | None]:
    """The page on paper: the PDF, and its text where pdftotext is there to read it."""
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(html, encoding="utf-8")
    browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", page.as_uri())
    reader = shutil.which("pdftotext")
    if reader is None:
        return pdf.read_bytes(), None
    text = subprocess.run(
        [reader, str(pdf), "-"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    return pdf.read_bytes(), text


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def widths(folder: Path, html: str, *, width: int, direction: str) -> tuple[int, int]:
    """How wide the page's contents are in a window of a width, and how wide the window is for them."""
    page = folder / "frame.html"
    html = html.replace('dir="ltr"', f'dir="{direction}"', 1)
    page.write_text(MEASURE.format(page=markup.escape(html), width=width), encoding="utf-8")
    shown = browse(folder, "--virtual-time-budget=5000", "--dump-dom", page.as_uri()).stdout
    measured = re.search(r"<title>measured (\d+) of (\d+)</title>", shown)
    assert measured is not None
    return int(measured[1]), int(measured[2])


def fetched_and_said(folder: Path, html: str) -> tuple[int, list[str]]:
    """How many things the page fetched, or tried to, and what it said on the console."""
    page = folder / "frame.html"
    page.write_text(COUNT.format(page=markup.escape(html)), encoding="utf-8")
    more = ("--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom")
    done = browse(folder, *more, page.as_uri())
    counted = re.search(r"<title>fetched (\d+)</title>", done.stdout)
    assert counted is not None
    return int(counted[1]), [line for line in done.stderr.splitlines() if "CONSOLE" in line]
