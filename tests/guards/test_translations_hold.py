"""The translations hold: no sentence is stale, every translation names the same things, and what is served is what is
written. What is not translated yet is told, and fails nothing: scripts/write_translations.py --missing shows it.
"""

from __future__ import annotations

import runpy
from pathlib import Path

import polib
import pytest
from django.utils import translation

from safeconduct.people.reviewed import standing_of

ROOT = Path(__file__).parents[2]
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "write_translations.py"))
LANGUAGES = tuple(SCRIPT["LANGUAGES"])
SAID = SCRIPT["said_everywhere"]()


def test_everything_is_in_step():
    assert SCRIPT["out_of_step"]() == [], "run scripts/write_translations.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_translated_is_told(language):
    missing = len(SCRIPT["not_translated"](language, SAID))
    if missing:
        pytest.skip(f"{language}: {missing} of {len(SAID)} sentences are not translated yet")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_marked_fuzzy_for_gettext_would_leave_it_out(language):
    assert [each.msgid for each in SCRIPT["written"](language) if each.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_a_page_counts_what_a_speaker_reviewed(language):
    catalogue = SCRIPT["written"](language)
    by_machine = sum("machine-made" in each.tcomment for each in catalogue)
    untranslated = sum(not SCRIPT["is_translated"](each) for each in catalogue)
    standing = standing_of(language)
    assert standing.all == len(catalogue)
    assert standing.reviewed == len(catalogue) - by_machine - untranslated


@pytest.mark.parametrize(
    ("language", "told"), [("prs", "دوسیهٔ نو"), ("ps", "نوې دوسیه"), ("en-gb", "New case")]
)
def test_the_catalogues_are_those_that_pages_speak(language, told):
    with translation.override(language):
        assert translation.gettext("New case") == told


# --- the script itself: what it finds, and what it refuses --------------------------------


def entry(there: str, here: str, several: str = "", others: str = "") -> polib.POEntry:
    if several:
        return polib.POEntry(msgid=there, msgid_plural=several, msgstr_plural={0: here, 1: others})
    return polib.POEntry(msgid=there, msgstr=here)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (entry("due %(on)s", "نوبت"), "its translation"),
        (entry("at {place}", "در {جای}"), "its translation"),
        (entry("at {place}", "در {there}"), "its translation"),
        (entry('<span class="code">%(a)s</span>', "<b>%(a)s</b>"), "its translation"),
        (entry("Case ", "دوسیه"), "space"),
        (entry("One case.", "%(n)s دوسیه", "%(m)s cases", "%(m)s دوسیه"), "nothing fills"),
        (entry("One case.", "یک دوسیه", "%(m)s cases", "دوسیه‌ها"), "its translation"),
    ],
)
def test_a_translation_that_names_other_things_is_found(wrong, why):
    assert why in " ".join(SCRIPT["wrong_in"](wrong))


@pytest.mark.parametrize(
    "right",
    [
        entry("due %(on)s", "نوبت: %(on)s"),
        entry("One case.", "یک دوسیه.", "%(m)s cases", "%(m)s دوسیه"),
        entry("not translated %(yet)s", ""),
    ],
)
def test_one_that_names_the_same_is_taken(right):
    assert list(SCRIPT["wrong_in"](right)) == []


def test_words_are_found_wherever_they_stand():
    assert "desk/templates/desk/home.html" in SAID["Your day", ""]
    assert "cases/forms/cover.py" in SAID["settled", ""]  # gettext_lazy by another name
    assert "journal/deeds.py" in SAID["case shredded", ""]  # fixed words
    assert (
        "One thing wants mending",
        "%(howmany)s things want mending",
    ) in SAID  # a plural, trimmed
    assert "core/errors/people.py" in SAID["These two do not open a door together.", ""]


def test_what_a_speaker_reviewed_is_not_overwritten_by_a_machine(monkeypatch):
    reviewed = entry("New case", "دوسیهٔ جدید")
    by_machine = entry("Cases", "قضیه‌ها")
    by_machine.tcomment = SCRIPT["BY_MACHINE"]
    known = polib.POFile()
    known.extend([reviewed, by_machine])
    made = SCRIPT["made"]
    monkeypatch.setitem(made.__globals__, "written", lambda language: known)
    said = {("New case", ""): ["a.html"], ("Cases", ""): ["a.html"], ("New", ""): ["a.html"]}
    taken = {"New case": "دوسیهٔ نو", "Cases": "دوسیه‌ها", "New": "نو"}
    found = {each.msgid: each for each in made("prs", said, taken)}
    assert found["New case"].msgstr == "دوسیهٔ جدید"
    assert found["Cases"].msgstr == "دوسیه‌ها"
    assert SCRIPT["is_by_machine"](found["New"])
    assert not SCRIPT["is_by_machine"](found["New case"])
