"""What is imported when: heavy engines load when they are used. What a tier collects: no more than its own tests."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

HEAVY = {
    "numpy",
    "highspy",
    "duckdb",
    "altair",
    "vl_convert",
    "python_calamine",
    "charset_normalizer",
    "jinja2",
    "django",
    "cryptography",
    "pyrage",
    "PIL",
    "pikepdf",
}


def loaded_by(statement: str) -> set[str]:
    code = (
        f"{statement}\nimport sys; print(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_it_imports_nothing_heavy_with_the_package():
    assert not loaded_by("import safeconduct") & HEAVY


def test_it_shows_help_without_loading_an_engine():
    code = "from click.testing import CliRunner\nfrom safeconduct.cli import safeconduct\n"
    code += "assert CliRunner().invoke(safeconduct, ['--help']).exit_code == 0"
    assert not loaded_by(code) & HEAVY


def test_it_loads_a_pack_without_an_engine():
    assert not loaded_by("import safeconduct.packs") & HEAVY


@pytest.mark.parametrize("tier", ["browser", "spark"])
def test_a_tier_that_names_its_folders_misses_none_of_its_tests(tier: str):
    script = (ROOT / "scripts" / "test.sh").read_text()
    (line,) = re.findall(rf"^ *tier {tier} .*$", script, re.MULTILINE)
    folders = [ROOT / each for each in line.split() if each.startswith("tests/")]
    marked = [
        path
        for path in (ROOT / "tests").rglob("*.py")
        if re.search(rf"mark\.{tier}\b", path.read_text(encoding="utf-8"))
    ]
    assert marked
    assert [path for path in marked if not any(path.is_relative_to(each) for each in folders)] == []
