"""Every example of docs/formats.md says what the page shows, run through the real command line."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from safeconduct.cli import COMMANDS, ON_A_DEPLOYMENT

pytestmark = pytest.mark.slow


def script(name: str) -> ModuleType:
    """A module of the folder scripts/, which is no package."""
    path = Path(__file__).parents[2] / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


documented = script("documented_examples")
EXAMPLES = list(documented.examples_of(documented.PAGE.read_text(encoding="utf-8")))


def sentence(example) -> str:
    words = re.sub(r"[^\w]+", "_", example.title.lower()).strip("_")
    return f"{example.section.lower().replace(' ', '_')}-{words}"


def slow_or_not(example) -> pytest.param:
    marks = [pytest.mark.slow] if "demo" in example.commands else []
    return pytest.param(example, marks=marks, id=sentence(example))


@pytest.mark.parametrize("example", [slow_or_not(each) for each in EXAMPLES])
def test_the_page_shows_what_is_said(example, tmp_path: Path):
    for step, said in documented.ran(example, tmp_path / "examples"):
        told = "\n".join((f"$ {' '.join(step.words)}", *said))
        mend = "if this is right, run scripts/write_docs.py --examples"
        assert documented.agrees(step.shown, said), f"it says now ({mend}):\n{told}"


# Those of a deployment print codes that are drawn anew each time: test_deployment.py runs them, all of them.
OVER_PLAIN_FILES = [name for name in COMMANDS if name not in ON_A_DEPLOYMENT]


@pytest.mark.parametrize("command", OVER_PLAIN_FILES)
def test_every_command_has_an_example_in_its_own_section(command: str):
    assert any(command in each.commands for each in EXAMPLES if each.section == command)


def test_every_example_has_a_sentence_of_its_own():
    titles = [example.title for example in EXAMPLES]
    assert all(titles)
    assert len(titles) == len(set(titles))


def test_every_example_file_is_used_or_shown():
    page = documented.PAGE.read_text(encoding="utf-8")
    names = [each.name for each in documented.FILES.iterdir()]
    assert [name for name in names if name not in page] == []


@pytest.mark.parametrize(
    ("shown", "said", "agree"),
    [
        (("a ... c",), ["a b c"], True),
        (("a ... c",), ["a b"], False),
        (("a", "...", "d"), ["a", "b", "c", "d"], True),
        (("a", "...", "d"), ["a", "d"], True),
        (("a",), ["a", "b"], False),
        ((), [], True),
        (("0.5",), ["0x5"], False),
    ],
)
def test_dots_stand_for_anything_in_a_line_and_alone_for_any_lines(shown, said, agree):
    assert documented.agrees(shown, said) is agree


def test_an_example_that_no_longer_holds_is_written_anew_and_what_still_holds_stays(tmp_path: Path):
    page = "## seats\n\nExample: a refusal:\n\n```console\n$ safeconduct seats a.csv b.csv -o p.csv\nSC999: no.\n"
    page += "$ echo $?\n...\n```\n"
    told = documented.brought_up_to_date(page, tmp_path)
    assert "SC150: There is no file at a.csv." in told
    assert "SC999" not in told
    assert told.endswith("$ echo $?\n...\n```\n")
