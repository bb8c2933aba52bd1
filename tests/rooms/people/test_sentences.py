"""Sentences that are composed in English are known again by their templates, and told in the reader's language."""

from __future__ import annotations

import string
from collections import Counter
from datetime import date

import pytest
from django.utils.translation import gettext, override

from safeconduct.cases.wording import operation, question_of, rule_sentence, scheme_named
from safeconduct.core.dates import DateProblem, DateProblemKind
from safeconduct.core.errors import (
    ExportNotRead,
    FormEncrypted,
    SheetEmpty,
    SheetInflates,
    SheetLocked,
    SheetNotFound,
    SheetTooManyBytes,
    SheetTooManySheets,
    SheetUnknownFormat,
    SheetUnsafe,
)
from safeconduct.core.rulebook import sentences as of_rules
from safeconduct.people.sentences import TEMPLATES, in_readers_words, refusal_told
from safeconduct.sheets import container, remarks
from safeconduct.sheets.reasons import hold_date

LANGUAGES = ("prs", "ps")
COMPOSED = (
    *(each.format(cells="3 cells") for each in remarks._SENTENCES.values()),
    *(each.format(cells="1 cell") for each in remarks._SENTENCES.values()),
    "Its heading says so, and 87% of its cells look like it, and speaks of whoever filled in the form.",
    "Its heading says so; it stands right behind the first name.",
    "Columns C, E and F were not recognised or not needed, and left unread.",
    "The number of the family was taken to the rows below it in 12 rows where it is blank.",
    "births lie 7 years apart",
    *(hold_date(DateProblem(kind).text, "B4").reason for kind in DateProblemKind),
)
# Formats, programs and the words of a form are called alike everywhere.
CALLED_SO = set(
    "xlsx xls xlsb ods csv docx gzip bzip save as public key survey type name entity".split()
)
REFUSALS = (
    *(kind(file="list.zip") for kind in (SheetNotFound, SheetEmpty, SheetLocked)),
    *(
        SheetUnknownFormat(file="list.zip", what=each.what, how=each.how)
        for _marks, each in (*container.MARKS, *container.MARKUP, *container.PACKAGES)
    ),
    SheetTooManyBytes(file="list.xlsx", size=61, limit=60),
    SheetInflates(file="list.xlsx", what="over 200 times its size"),
    SheetInflates(file="list.xlsx", what="900 MB, over the 800 MB that are read"),
    SheetTooManySheets(file="list.xlsx", count=3000, what="sheets", limit=2000),
    SheetUnsafe(file="list.xlsx", what="it declares entities"),
    FormEncrypted(file="form.xlsx", what="its settings hold a public_key"),
    ExportNotRead(file="form.xlsx", what="it is the definition of a form"),
)


def left_in_english(told: str) -> list[str]:
    """Words of three letters and more; names of schemes and of files stand in Latin letters everywhere."""
    latin = "".join(each if each in string.ascii_letters else " " for each in told)
    return [each for each in latin.split() if len(each) > 2 and each.islower()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", COMPOSED)
def test_what_was_filled_in_is_told_in_the_readers_language(language, sentence):
    with override(language):
        told = in_readers_words(sentence)
    assert told != sentence
    assert "{" not in told
    assert left_in_english(told) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "refusal", REFUSALS, ids=lambda each: f"{each.code} {each.where.get('what', '')}"
)
def test_why_a_sheet_is_not_taken_is_told_in_the_readers_language(language, refusal):
    assert refusal_told(refusal) == str(refusal)
    with override(language):
        told = refusal_told(refusal)
    name = refusal.where["file"]
    assert f"\u2068{name}\u2069" in told, "a stranger's name stands apart from what is around it"
    left = set(left_in_english(told.replace(str(name), ""))) - CALLED_SO
    assert not left
    assert not set("0123456789") & set(told.replace("(7z)", "").replace("bzip2", "")), (
        "digits are the reader's"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_of_the_shipped_rulebook_can_be_read_out(language):
    rules, kinds = operation().rulebook.rules, operation().rulebook.facts
    for rule in rules:
        for template in filter(None, (rule.reason, rule.reason_not, rule.reason_unless)):
            held = {
                name: frozenset(kinds[name].values[:2])
                for name in of_rules.places_in(template) - set(of_rules.WHO)
            }
            sentence = of_rules.reason_sentence(template, who="the wife", held=held, kinds=kinds)
            with override(language):
                assert left_in_english(rule_sentence(sentence)) == [], rule.rule_id


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_and_days_within_a_sentence_are_told_too(language):
    facts = operation().rulebook.facts
    asked = [facts["occupation"].question, facts["threat"].question]
    scheme = operation().schemes[0]
    with override(language):
        told = rule_sentence(of_rules.not_assessed(asked))
        assert all(gettext(each) in told for each in asked)
        told = rule_sentence(of_rules.not_yet_known(operation().rulebook.rules[0], asked))
        assert left_in_english(told) == []
        told = rule_sentence(of_rules.closed(scheme.name, date(2021, 8, 28)))
        assert "۱۴۰۰" in told
        assert question_of("occupation") != facts["occupation"].question
        assert scheme_named(scheme.code).endswith(f"({scheme.code})")


def test_in_english_and_where_nothing_is_known_a_sentence_stays_as_it_is():
    with override("en-gb"):
        assert in_readers_words(COMPOSED[0]) == COMPOSED[0]
    with override("prs"):
        assert in_readers_words("A sentence of an office's own rulebook.").startswith("A sentence")
        assert in_readers_words("") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_begins_with_a_latin_name_still_reads_from_the_right(language):
    with override(language):
        assert scheme_named("ARAP-1").startswith("\u200f")


def test_names_of_files_and_what_only_looks_like_a_day_stay_as_they_are():
    with override("prs"):
        assert "note" in in_readers_words("note, sheet total, row 12")
        assert "total" in in_readers_words("note, sheet total, row 12")
        assert "99 Foo 2021" in in_readers_words(
            "99 Foo 2021 closed on 99 Foo 2021 and takes nobody new."
        )


def test_no_template_stands_twice():
    assert [each for each, count in Counter(TEMPLATES).items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_band_among_what_a_question_would_settle_is_told_too(language):
    with override(language):
        assert scheme_named("emergency") == gettext("emergency") != "emergency"
