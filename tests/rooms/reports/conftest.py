from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import pytest
from brief_page import Element, read_page
from made_up_job import made_up_job
from markupsafe import Markup

from safeconduct.core.main_job import MainJob
from safeconduct.reports import charts
from safeconduct.reports.brief import brief_html
from safeconduct.reports.rehearsal import lines

MADE_ON = date(2021, 8, 21)


@pytest.fixture(scope="module")
def plain_figures() -> Iterator[None]:
    """Figures as their words alone, for tests that look at words: drawing takes a second a page."""

    def bars(rows: Sequence[charts.Bar], *, says: str, **_: object) -> Markup:
        words = [word for row in rows for word in (row.label, row.value)]
        return _in_words(says, words)

    def tiles(shown: Sequence[charts.Tile], *, says: str, **_: object) -> Markup:
        return _in_words(says, [tile.below for tile in shown])

    def drawn(shown: Sequence[lines.Line], *_: object, says: str, **__: object) -> Markup:
        return _in_words(says, [line.name for line in shown])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "bars", bars)
        patch.setattr(charts, "tiles", tiles)
        patch.setattr(lines, "lines", drawn)
        yield


def _in_words(says: str, words: Iterable[str]) -> Markup:
    texts = Markup("").join(Markup("<text>{}</text>").format(word) for word in words)
    return Markup('<svg role="img" aria-label="{}">{}</svg>').format(says, texts)


@pytest.fixture(scope="session")
def job() -> MainJob:
    return made_up_job()


@pytest.fixture(scope="session")
def html(job: MainJob) -> str:
    return brief_html(job, made_on=MADE_ON)


@pytest.fixture(scope="session")
def page(html: str) -> Element:
    return read_page(html)
