"""The documents hold: made pages are current, every option is told, words have one meaning, links lead somewhere, and
nothing in the project names the machine it was made on.
"""

from __future__ import annotations

import functools
import importlib
import json
import re
import runpy
import shutil
import subprocess
from pathlib import Path

import click
import pytest

from safeconduct.cli import COMMANDS, EXIT_CODES, safeconduct

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "build", "dist"}
SOURCES_OF_DATA = "src/safeconduct/packs/"


@functools.cache
def our_files() -> tuple[Path, ...]:
    """The files that belong to the project: those that git knows or would take; without git, all but what is built."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        paths = [ROOT / name for name in told.split("\0") if name]
    else:
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(part in NOT_OURS or "cache" in part for part in path.relative_to(ROOT).parts)
        ]
    return tuple(sorted(path for path in paths if path.is_file()))


PAGES = [path for path in our_files() if path.suffix == ".md"]
NAMES = [str(path.relative_to(ROOT)) for path in PAGES]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# --- pages that are made from the code -------------------------------------------


MADE = runpy.run_path(str(ROOT / "scripts" / "write_docs.py"))["pages"]()


@pytest.mark.parametrize("page", MADE, ids=lambda page: page.name)
def test_pages_made_from_the_code_are_current(page: Path):
    assert page.is_file(), "run scripts/write_docs.py"
    assert read(page) == MADE[page], "run scripts/write_docs.py"


# --- formats.md --------------------------------------------------------------------


def section(command: str) -> str:
    parts = re.split(r"^## (.+)$", read(ROOT / "docs" / "formats.md"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[command]


def options(command: str) -> list[str]:
    found = safeconduct.get_command(click.Context(safeconduct), command)
    assert found is not None
    every = [found, *(found.commands.values() if isinstance(found, click.Group) else ())]
    params = [each for command in every for each in command.params]
    return [spelt for each in params if isinstance(each, click.Option) for spelt in each.opts]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_every_command_is_told_in_its_section(command: str):
    # What the examples happen to use is not yet told.
    words = re.sub(r"^```.*?^```", "", section(command), flags=re.MULTILINE | re.DOTALL)
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", words))
    assert [option for option in options(command) if option not in told] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_is_told_that_the_command_does_not_have(command: str):
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", section(command)))
    assert told - set(options(command)) == set()


# Every column, field and key of the public formats, where the code keeps it: (section, module, names of its lists).
COLUMNS = [
    ("brief", "reports.tables", "ACCEPTED_COLUMNS QUARANTINED_COLUMNS REPEATED_COLUMNS DOUBLES_COLUMNS"),
    ("brief", "sheets.mapping", "COLUMNS"),
    ("brief", "sheets.fields", "FIELDS"),
    ("link", "cli.link", "REQUIRED OPTIONAL PAIR_COLUMNS FURTHER"),
    ("across", "cli.across", "MAPPING_COLUMNS PAIR_COLUMNS FOUND_COLUMNS"),
    ("triage", "cli.triage", "COLUMNS"),
    ("triage", "core.rulebook.cases", "_CASE _PERSON"),
    ("seats", "cli.seats", "FAMILY_NEEDS FAMILY_MAY_HAVE DEPARTURE_NEEDS DEPARTURE_MAY_HAVE REACH_NEEDS LOCK_NEEDS"),
    ("homes", "cli.homes", "FAMILY_NEEDS LOCALITY_NEEDS SCORE_NEEDS"),
    ("simulate", "rehearsal.caseload.files", "TRUE_PEOPLE_COLUMNS TRUE_FAMILIES_COLUMNS TRUE_PLEAS_COLUMNS"),
    ("simulate", "rehearsal.caseload.files", "DISTRIBUTIONS_COLUMNS"),
    ("replay", "reports.rehearsal.tables", "POLICIES_COLUMNS DAYS_COLUMNS SENSITIVITY_COLUMNS"),
    ("replay", "reports.rehearsal.tables", "ENDS_COLUMNS ASSUMPTIONS_COLUMNS"),
    ("drill", "rehearsal.days.scenario_file", "FIELDS"),
    ("Packs", "packs.loading", "_OPERATION _FILES"),
    ("Packs", "packs.schemes", "_SCHEME _AUTHORITY"),
    ("Packs", "packs.country", "_PROVINCE _FALL _ROUTE _MUSTER _CONFIDENCE _STATUS"),
    ("Packs", "packs.reach", "_COLUMNS _NAMES"),
    ("Packs", "packs.homes", "_COLUMNS"),
    ("Packs", "packs.counts", "_COLUMNS"),
    ("Packs", "packs.figures", "_ESTIMATE _FAILURE _AIRCRAFT _COLUMN"),
    ("Packs", "packs.rulebook", "_RULE _FACT _SOURCE"),
    ("Packs", "packs.trials", "_TRIAL _EXPECT"),
    ("Packs", "packs.caseload.loading", "KINDS _FILES _NAME _WORDS _ARRIVALS"),
    ("Packs", "packs.caseload.profiles", "_PROFILE"),
    ("Packs", "packs.caseload.keys", "DISTRIBUTIONS OPTIONAL_DISTRIBUTIONS RATES"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "module", "lists"), COLUMNS, ids=[module for _, module, _ in COLUMNS]
)
def test_every_column_that_the_code_knows_is_told(part: str, module: str, lists: str):
    known = importlib.import_module(f"safeconduct.{module}")
    names = {name for each in lists.split() for name in getattr(known, each)}
    told = set(re.findall(r"[\w.]+\w", section(part)))
    assert sorted(names - told) == []


def test_every_key_of_the_summary_is_told(demo):
    summary = json.loads((demo.out / "summary.json").read_text(encoding="utf-8"))
    told = set(re.findall(r"`(\w+)`", section("brief")))
    assert sorted(set(summary) - told) == []


@pytest.mark.parametrize("page", ["docs/formats.md", "docs/operator.md"])
def test_every_exit_code_is_told(page: str):
    told = re.findall(r"^\| (\d+) \|", read(ROOT / page), flags=re.MULTILINE)
    assert told == re.findall(r"(\d+) [a-z]", EXIT_CODES)


# --- words ---------------------------------------------------------------------------


def test_every_word_is_explained_once():
    rows = re.findall(r"^\| (.+?) \|", read(ROOT / "docs" / "words.md"), flags=re.MULTILINE)
    words = [
        word.strip().lower()
        for row in rows
        for told in re.findall(r"\*\*(.+?)\*\*", row)
        for word in told.split(",")
    ]
    assert len(words) > 30
    assert sorted(words) == sorted(set(words))


# --- links -----------------------------------------------------------------------------


def links(page: Path) -> list[str]:
    """Where the links of a page lead, code left out."""
    text = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    found = re.findall(r"\]\(<?([^)\s>]+)", text) + re.findall(
        r"^\[[^\]]+\]: (\S+)", text, re.MULTILINE
    )
    return [link for link in found if not re.match(r"[a-z]+:", link)]


def anchors(page: Path) -> set[str]:
    """The places of a page that a link may name, spelt as they are on common forges."""
    text = read(page)
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    spelt = {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in headings}
    return spelt | set(re.findall(r'<a id="([^"]+)"', text))


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_within_the_project_leads_somewhere(page: Path):
    lost = []
    for link in links(page):
        name, _, place = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        whole = target.exists() and (not place or place in anchors(target))
        if not whole:
            lost.append(link)
    assert lost == []


# --- nothing of the machine ----------------------------------------------------------------

# Spelt in pieces, so that this file is not found by itself.
MACHINE = re.compile(
    r"(?<![\w.:/-])/(?:work|root|home/[a-z]\w*|Users/\w+)/" + r"|" + r"[A-Z]:\\" + r"Users\\"
)
REGISTRY = re.compile(
    r"\b(?:pypi\." + r"org|pythonhosted\." + r"org|registry\.npmjs|anaconda\." + r"org|conda\.io"
    r"|proxy\.golang|crates\." + r"io|index-" + r"url\s*[=\s]\s*http)"
)


def texts() -> list[tuple[str, str]]:
    found = []
    for path in our_files():
        raw = path.read_bytes()
        if b"\0" not in raw[:8000]:
            found.append((str(path.relative_to(ROOT)), raw.decode("utf-8", errors="replace")))
    return found


def test_nothing_names_a_path_of_the_machine_it_was_made_on():
    assert [(name, MACHINE.findall(text)) for name, text in texts() if MACHINE.search(text)] == []


def test_nothing_names_a_host_that_packages_come_from():
    # A pack may cite such a page as the source of a fact; nothing is ever fetched from there.
    named = [
        name
        for name, text in texts()
        if REGISTRY.search(text) and not (name.startswith(SOURCES_OF_DATA) and name.endswith("csv"))
    ]
    assert named == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see /" + "home/someone/notes", True),
        ("see https://site.example/" + "work/order", False),
        ("the tests/" + "home/ folder", False),
    ],
)
def test_a_path_of_a_machine_is_told_from_an_address(text: str, found: bool):
    assert bool(MACHINE.search(text)) is found
