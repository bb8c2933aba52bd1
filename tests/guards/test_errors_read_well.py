"""Every refusal is clear, gentle, concise, thorough and actionable: its words are part of the product."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from pathlib import Path

import pytest

import safeconduct
from safeconduct.core import errors
from safeconduct.core.errors import Refused

HARSH = re.compile(
    r"\b(invalid|illegal|fatal|abort|bad|wrong|error|failed|must not|forbidden|stupid)\b",
    re.IGNORECASE,
)


def every_refusal() -> list[type[Refused]]:
    found, queue = [], [Refused]
    while queue:
        kind = queue.pop()
        queue.extend(kind.__subclasses__())
        if not kind.__subclasses__() and kind is not Refused:
            found.append(kind)
    return sorted(found, key=lambda kind: kind.code)


REFUSALS = every_refusal()
NAMES = [kind.__name__ for kind in REFUSALS]


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_it_keeps_every_refusal_in_the_catalogue():
    for module in pkgutil.walk_packages(safeconduct.__path__, "safeconduct."):
        if "__main__" not in module.name:
            importlib.import_module(module.name)
    elsewhere = [
        kind.__qualname__
        for kind in every_refusal()
        if not kind.__module__.startswith(errors.__name__)
    ]
    assert elsewhere == [], "refusals belong in core/errors"


def test_it_gives_every_refusal_a_code_of_its_own():
    codes = [kind.code for kind in REFUSALS]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"SC\d{3}", code) for code in codes), codes


@pytest.mark.parametrize("kind", REFUSALS, ids=NAMES)
def test_it_says_what_and_where_and_how_to_mend(kind):
    assert kind.says.strip(), "says: what is the matter, and where"
    assert kind.mend.strip(), "mend: what to do now"
    words = {name: f"<{name}>" for name in places(kind.says) | places(kind.mend)}
    said = str(kind(**words))
    assert said[-1] in ".?>)", said
    assert len(said) < 600, "concise"


@pytest.mark.parametrize("kind", REFUSALS, ids=NAMES)
def test_it_is_gentle(kind):
    said = f"{kind.says} {kind.mend}"
    assert not HARSH.search(said), HARSH.search(said)
    assert "!" not in said
    assert not re.search(r"\b[A-Z]{5,}\b", said), "nothing is shouted"


@pytest.mark.parametrize("kind", REFUSALS, ids=NAMES)
def test_it_is_explained_in_the_docs(kind):
    documented = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
    assert kind.code in documented, "run scripts/write_docs.py"
