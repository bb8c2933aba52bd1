"""What is imported when: heavy engines load when they are used."""

from __future__ import annotations

import subprocess
import sys

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
