"""The brief is one page that fetches nothing, that a screen reader can read and a phone can show."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from brief_page import Element, read_page
from made_up_job import SECRETS, made_up_job

from safeconduct.core.main_job import MainJob
from safeconduct.reports import charts, figures
from safeconduct.reports.brief import brief_html

MADE_ON = date(2021, 8, 21)
FETCHING = ("script", "link", "img", "iframe", "object", "embed", "video", "audio", "base", "form")


def test_it_runs_no_script_and_fetches_nothing(page: Element, html: str) -> None:
    assert page.all(*FETCHING) == []
    for element in page.all():
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"<{element.tag} {name}> would run a script"
            if name in {"src", "srcset", "data", "xlink:href"}:
                raise AssertionError(f"<{element.tag} {name}={value}> would be fetched")
            if name == "href":
                assert element.tag == "a"
    for style in page.all("style"):
        assert "url(" not in style.text
        assert "@import" not in style.text
    assert all(url.startswith("#") for url in re.findall(r"url\(([^)]*)\)", html))


def test_it_weighs_less_than_a_megabyte(html: str) -> None:
    assert len(html.encode()) < 1_000_000


def test_no_name_contact_document_or_story_is_in_it(html: str) -> None:
    names = [word for name in SECRETS[:2] for word in name.split()]
    assert not any(told in html for told in (*SECRETS, *names)), "law 3"


def test_every_figure_has_words_for_those_who_do_not_see_it_and_a_table(page: Element) -> None:
    figures = page.all("figure")
    assert len(figures) == 7
    for figure in figures:
        assert figure.all("figcaption")[0].text
        drawings = figure.all("svg")
        assert drawings
        for drawing in drawings:
            assert drawing.attributes["role"] == "img"
            assert drawing.attributes["aria-label"]
            assert "width" not in drawing.attributes
        (details,) = figure.all("details")
        assert details.all("table")
        assert details.all("tr")


def test_figures_keep_their_text_as_text(page: Element) -> None:
    texts = {text.text for figure in page.all("figure") for text in figure.all("text")}
    assert {"Seat proposed", "not published", "Kandahar", "ACRS: the whole quota"} <= texts


def test_every_table_has_a_caption_and_headings_with_scope(page: Element) -> None:
    tables = page.all("table")
    assert len(tables) > 12
    for table in tables:
        assert table.all("caption")[0].text
        headings = table.all("thead")[0].all("th")
        assert {heading.attributes["scope"] for heading in headings} == {"col"}
        for row in table.all("tbody")[0].all("tr"):
            assert len(row.all("th", "td")) == len(headings)
            assert row.all("th")[0].attributes["scope"] == "row"


def test_headings_go_down_one_level_at_a_time(page: Element) -> None:
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_link_within_the_page_arrives(page: Element) -> None:
    ids = Counter(e.attributes["id"] for e in page.all() if "id" in e.attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    for element in page.all():
        for target in element.attributes.get("aria-labelledby", "").split():
            assert target in ids
        href = element.attributes.get("href", "")
        if href.startswith("#"):
            assert href[1:] in ids
        for target in re.findall(r"url\(#([^)]+)\)", element.attributes.get("fill", "")):
            assert target in ids


def test_it_has_landmarks_a_language_and_a_title(page: Element) -> None:
    (root,) = page.all("html")
    assert root.attributes["lang"] == "en-GB"
    assert root.attributes["dir"] == "ltr"
    assert page.all("title")[0].text == "Brief: A made-up evacuation, 20 Aug 2021"
    for landmark in ("header", "main", "nav", "footer"):
        assert len(page.all(landmark)) == 1


def test_styles_name_no_side_so_that_right_to_left_works_later(page: Element) -> None:
    css = page.all("style")[0].text
    assert not re.search(r"(margin|padding|border|inset)-(left|right|top|bottom)\b", css)
    assert not re.search(r"text-align: *(left|right)", css)


@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        (figures.INK, figures.PAPER, 7.0),
        (figures.QUIET, figures.PAPER, 4.5),
        (figures.ACCENT, figures.PAPER, 4.5),
        *((figures.INK, shade, 4.5) for shade in charts.SHADES),
        (figures.OUTLINE, figures.PAPER, 3.0),
    ],
)
def test_what_is_read_stands_out_from_what_it_stands_on(ink: str, paper: str, least: float) -> None:
    """Contrast as WCAG 2.2 reckons it, for text (1.4.3) and for the marks of figures (1.4.11)."""
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least


def test_the_page_and_its_figures_have_the_same_colours(page: Element) -> None:
    css = page.all("style")[0].text
    for name, colour in (
        ("ink", figures.INK),
        ("quiet", figures.QUIET),
        ("accent", figures.ACCENT),
    ):
        assert f"--{name}: {colour};" in css


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_map_on_a_phone_has_every_province_and_what_its_letters_mean(
    page: Element, job: MainJob
) -> None:
    (figure,) = [f for f in page.all("figure") if f.attributes["id"] == "provinces-figure"]
    (narrow,) = [d for d in figure.all("div") if "narrow" in d.names]
    words = [text.text for text in narrow.all("text")]
    legend = {item.text for item in narrow.all("li")}
    for province in job.operation.provinces:
        short = province.iso.rpartition("-")[2]
        assert any(word.split()[0] == short for word in words)
        assert f"{short} {province.name}" in legend


def test_bands_are_told_by_word_and_shape(page: Element) -> None:
    bands = {band.text for band in page.all("span") if "band" in band.names}
    assert bands == {"◆ emergency", "▲ urgent", "● priority", "○ routine", "? not assessed"}


def test_what_no_source_confirms_is_marked(page: Element) -> None:
    (estimates,) = [t for t in page.all("table") if "Published estimates" in t.text]
    assert "† not verified" in estimates.text


@pytest.mark.parametrize("households", [0, 1])
def test_a_small_or_empty_caseload_still_makes_a_whole_page(households: int) -> None:
    page = read_page(brief_html(made_up_job(households), made_on=MADE_ON))
    assert len(page.all("h2")) == 13


@pytest.mark.slow
def test_a_great_caseload_makes_no_heavier_a_brief() -> None:
    job = made_up_job(30_000)
    html = brief_html(job, made_on=MADE_ON)
    assert len(html.encode()) < 300_000
    read_page(html)
