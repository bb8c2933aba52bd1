"""A family's own record: whole, readable by itself, and with nothing in it that fetches, runs or hides."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st
from tables_at_hand import ANY_TEXT

from safeconduct.core.errors import PageLanguageUnclear, RecordEmpty
from safeconduct.exports.files.scanning import scan_html
from safeconduct.exports.files.subject import STYLE, Direction, Record, Section, as_page

RECORD = Record(
    title="What we hold of you",
    unknown="not known",
    introduction=("Keep this page where nobody else reads it.",),
    sections=(
        Section("People", (("Name", "Zarvesh زرویش"), ("Born", None))),
        Section("Told by you", (("Story", "First line <b>\nsecond & last"),)),
    ),
)
CLEAN = as_page(RECORD, language="en", direction="ltr")

texts = ANY_TEXT
sections = st.builds(
    Section, texts, st.lists(st.tuples(texts, st.none() | texts), min_size=1, max_size=3).map(tuple)
)
records = st.builds(
    Record,
    title=texts,
    unknown=texts,
    introduction=st.lists(texts, max_size=2).map(tuple),
    sections=st.lists(sections, min_size=1, max_size=3).map(tuple),
)


class Shown(HTMLParser):
    """The words of a page as a browser's parser sees them, and its elements."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: set[str] = set()
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)

    def handle_data(self, data: str) -> None:
        if data not in {STYLE, "\n"}:
            self.words.append(data)


@given(records)
def test_every_word_of_any_record_is_on_its_page_in_its_order(record: Record) -> None:
    page = as_page(record, language="fa-AF", direction="rtl")
    assert scan_html(page, record) == []
    due = [record.title, record.title, *record.introduction]
    for section in record.sections:
        due.append(section.heading)
        for label, told in section.rows:
            due += [label, *(told or record.unknown).split("\n")]
    assert Shown(page).words == [words for words in due if words]


@given(records)
def test_nothing_on_any_page_runs_or_fetches(record: Record) -> None:
    elements = Shown(as_page(record, language="ps", direction="rtl")).elements
    assert elements <= {
        *("html", "head", "meta", "title", "style", "body", "main"),
        *("h1", "h2", "p", "section", "table", "tr", "th", "td", "bdi", "br"),
    }


@pytest.mark.parametrize(
    ("language", "direction"), [("fa-AF", "rtl"), ("ps", "rtl"), ("en", "ltr")]
)
def test_it_tells_its_language_and_direction(language: str, direction: Direction) -> None:
    page = as_page(RECORD, language=language, direction=direction).decode()
    assert f'<html lang="{language}" dir="{direction}">' in page


def test_unknown_is_told_in_words() -> None:
    assert b'<th scope="row">Born</th><td><bdi>not known</bdi></td>' in CLEAN


def test_lines_stay_lines_and_letters_stay_letters() -> None:
    assert b"<bdi>First line &lt;b&gt;</bdi><br/><bdi>second &amp; last</bdi>" in CLEAN


@pytest.mark.parametrize(
    ("language", "direction"),
    [("", "ltr"), ('en"', "ltr"), ("en", "up"), ("english language", "ltr")],
)
def test_a_language_or_direction_that_is_none_is_refused(language: str, direction: str) -> None:
    with pytest.raises(PageLanguageUnclear):
        as_page(RECORD, language=language, direction=direction)  # type: ignore[arg-type]


def test_an_empty_record_is_refused() -> None:
    with pytest.raises(RecordEmpty):
        as_page(Record(title="x", unknown="-", sections=()), language="en", direction="ltr")
    with pytest.raises(RecordEmpty, match="section 2"):
        as_page(
            Record(title="x", unknown="-", sections=(RECORD.sections[0], Section("Empty", ()))),
            language="en",
            direction="ltr",
        )


SINS = [
    ("a script", "<table>", "<script>1</script><table>", "holds a script"),
    ("an order to run", "<table>", '<table onclick="x">', "holds a script"),
    ("an image", "<table>", '<img src="https://example.org/x.png"/><table>', "holds an image"),
    ("a link", "<table>", '<a href="https://example.org/">x</a><table>', "holds a link"),
    ("a style sheet", "</head>", '<link rel="stylesheet" href="//example.org"/></head>', "outside"),
    ("a page within", "<table>", "<iframe></iframe><table>", "holds a page within the page"),
    ("a base address", "</head>", '<base href="//example.org/"/></head>', "an address that all"),
    ("a refresh", "</head>", '<meta http-equiv="refresh" content="0;//example.org"/></head>', "metadata"),
    ("an author", "</head>", '<meta name="author" content="x"/></head>', "metadata"),
    ("no policy", "default-src 'none'", "default-src *", "metadata"),
    ("a comment", "<table>", "<!-- more --><table>", "holds a comment"),
    ("a hidden element", "<p>", '<p hidden="">', "is hidden"),
    ("a style of its own", "<p>", '<p style="display:none">', "a style of its own"),
    ("a hidden field", "<p>", '<input type="hidden" value="x"/><p>', "a field of a form"),
    ("a folded part", "<p>", "<details>x</details><p>", "folded away"),
    ("a template", "<p>", "<template>x</template><p>", "a template"),
    ("a style that hides", "h1{", "td{display:none}h1{", "may hide something"),
    ("a style in white", "h1{", "td{color:#fff}h1{", "may hide something"),
    ("a style of no size", "font-size:1.5em", "font-size:0", "may hide something"),
    ("a style that fetches", "h1{", "@import url(//example.org);h1{", "fetch"),
    ("a style for another", "h1{", ".x{margin:0}h1{", "fetch or hide"),
    ("words more", "<table>", "<p>more</p><table>", "holds an element that no page has"),
    ("words elsewhere", "</section>", "more</section>", "text where none belongs"),
    ("a letter not seen", "Zarvesh", "Zar\u202evesh", "a letter that is not seen"),
    ("another word", "Zarvesh", "Bohlol", "does not hold what the record holds"),
    ("a row less", '<tr><th scope="row">Born</th><td><bdi>not known</bdi></td></tr>', "", "elements, where"),
    ("bytes behind", "</html>", "</html>\n", "do not account for"),
    ("a doctype of its own", "<!DOCTYPE html>\n", "<!DOCTYPE html SYSTEM 'x'>\n", "does not begin as"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"), [sin[1:] for sin in SINS], ids=[sin[0] for sin in SINS]
)
def test_the_scanner_finds(old: str, new: str, words: str) -> None:
    page = CLEAN.decode()
    assert old in page, "this test plants nothing"
    found = "\n".join(map(str, scan_html(page.replace(old, new, 1).encode(), RECORD)))
    assert words in found
    assert "Bohlol" not in found
