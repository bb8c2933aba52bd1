"""A document's kind is decided by its content; a text keeps its letters and loses its commands."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from papers_by_hand import zip_of

from safeconduct.cases.papers.cleaning import clean
from safeconduct.cases.papers.kinds import kind_of
from safeconduct.cases.papers.limits import Limits
from safeconduct.cases.papers.noticed import Notice, sentences
from safeconduct.cases.papers.paper import Kind
from safeconduct.core.errors import (
    BadPaper,
    PaperEmpty,
    PaperNotUtf8,
    PaperTooManyBytes,
    PaperTwoKinds,
    PaperUnknownKind,
)

LIMITS = Limits()


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (zip_of("word/document.xml"), "a Word file"),
        (zip_of("xl/workbook.xml"), "an Excel file"),
        (zip_of("a.txt"), "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "an old Word or Excel file"),
        (b"<!DOCTYPE html><p>", "a web page"),
        (b"\xef\xbb\xbf \n<svg xmlns='x'>", "a web page, a drawing"),
        (b"<?xml version='1.0'?><svg/>", "a web page, a drawing"),
        (b"<!-- x --><script>", "a web page"),
        (b"MZ\x90\0\3\0\0\0", "a Windows program"),
        (b"\x7fELF\2\1\1", "a program"),
        (b"#!/bin/sh\necho", "a script"),
        (b"{\\rtf1 x}", "a rich text file"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC photograph"),
        (b"\0\0\0\x18ftypisom\0\0\0\0", "a film"),
        (b"RIFF\0\0\0\0WAVEfmt ", "sound or a film"),
        (b"\x13\x37\0\1\2\3\4\5\6", "a kind of file that is not known here"),
    ],
)
def test_other_kinds_are_refused_with_how_to_mend(raw: bytes, what: str):
    with pytest.raises(PaperUnknownKind) as refused:
        kind_of(raw)
    assert str(refused.value.where["what"]).startswith(what)
    assert len(str(refused.value.where["how"])) > 20


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\0" * 50])
def test_nothing_is_refused(raw: bytes):
    with pytest.raises(PaperEmpty):
        kind_of(raw)


def test_a_letter_that_begins_like_a_program_is_a_letter():
    assert kind_of(b"MZ is how she signs. BMW is a car.") is Kind.TEXT
    assert kind_of(b"BM: please call") is Kind.TEXT


def test_a_pdf_behind_something_else_is_refused():
    with pytest.raises(PaperTwoKinds):
        kind_of(b"hello there\n%PDF-1.4")
    assert kind_of(b"\r\n%PDF-1.4") is Kind.PDF


@pytest.mark.parametrize("raw", ["سلام".encode("utf-16"), "سلام".encode("cp1256"), b"caf\xe9"])
def test_text_in_another_encoding_is_not_guessed(raw: bytes):
    with pytest.raises(PaperNotUtf8):
        kind_of(raw)


def test_a_text_keeps_its_letters_and_loses_its_commands():
    told = "\ufeffسلام می\u200cکنم\u200f\r\nA\x1b[2J \u202egnp.exe\u202c \u200bB\U000e0041\u2066C"
    paper = clean(told.encode(), LIMITS)
    assert paper.contents.decode() == "سلام می\u200cکنم\u200f\nA\ufffd[2J gnp.exe BC"
    assert paper.noticed == {"MARK_OF_ORDER", "CONTROLS", "DIRECTION", "UNSEEN_LETTERS"}


def test_a_text_that_is_a_page_behind_unseen_letters_is_refused():
    with pytest.raises(BadPaper):
        clean("\u200b<html><script>".encode(), LIMITS)
    with pytest.raises(BadPaper):
        clean("\u202e\u202d".encode(), LIMITS)


def test_a_text_has_a_limit():
    with pytest.raises(PaperTooManyBytes):
        clean(b"x" * 100, Limits(text_bytes=99))


@given(st.text())
def test_a_clean_text_is_clean(text: str):
    try:
        paper = clean(text.encode(), LIMITS)
    except BadPaper:
        return
    if paper.kind is Kind.TEXT:
        again = clean(paper.contents, LIMITS)
        assert (again.contents, again.noticed) == (paper.contents, frozenset())


@given(st.binary(max_size=200))
def test_any_bytes_have_a_kind_or_a_refusal(raw: bytes):
    try:
        kind = kind_of(raw)
    except BadPaper:
        return
    assert kind in Kind


def test_a_notice_is_ours_or_nothing():
    assert sentences(["PLACE", "<script>", "no such"]) == (Notice.PLACE.value,)
    assert sentences(["TIME", "PLACE"])[0] == Notice.PLACE.value
    assert all(notice.value.endswith((".", "Removed.")) for notice in Notice)
