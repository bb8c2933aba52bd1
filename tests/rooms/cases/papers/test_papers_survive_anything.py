"""Whatever the bytes are: a clean document or a refusal, and what is clean stays clean."""

from __future__ import annotations

import random

import pytest
from papers_by_hand import MADE, mutated

from safeconduct.cases.papers.cleaning import clean
from safeconduct.cases.papers.limits import Limits
from safeconduct.cases.papers.paper import Kind
from safeconduct.cases.papers.previewing import draw
from safeconduct.core.errors import BadPaper, PaperHasNoSuchPage

SMALL = Limits(pixels=1_000_000, all_pixels=2_000_000, pages=20)


@pytest.mark.parametrize("name", MADE)
def test_what_is_clean_stays_clean(name: str):
    once = clean(MADE[name](), SMALL)
    twice = clean(once.contents, SMALL)
    assert (twice.kind, twice.pages, twice.noticed) == (once.kind, once.pages, frozenset())


@pytest.mark.parametrize("name", MADE)
def test_thirty_mutations_of_each_are_cleaned_or_refused(name: str):
    raw = MADE[name]()
    chance = random.Random(name)
    ends = {"cleaned": 0, "refused": 0}
    for _ in range(30):
        try:
            paper = clean(mutated(raw, chance), SMALL)
        except BadPaper:
            ends["refused"] += 1
        else:
            assert clean(paper.contents, SMALL).kind is paper.kind
            ends["cleaned"] += 1
    assert sum(ends.values()) == 30
    assert ends["refused"] < 30, "mutations are mild: some must survive, or nothing was tried"


@pytest.mark.parametrize("name", MADE)
def test_every_clean_document_has_a_preview(name: str):
    paper = clean(MADE[name](), SMALL)
    drawn = draw(paper.contents, paper.kind, page=paper.pages, width=40, limits=SMALL)
    assert drawn.startswith(b"\x89PNG") or paper.kind is Kind.TEXT
    for page in (0, paper.pages + 1):
        with pytest.raises(PaperHasNoSuchPage):
            draw(paper.contents, paper.kind, page=page, width=40, limits=SMALL)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TEXT])
def test_a_preview_of_what_is_no_document_is_refused(kind: Kind):
    with pytest.raises(BadPaper):
        draw(b"nothing of the kind", kind, page=1, width=40, limits=SMALL)
