"""Write the pages that are made from the code itself: docs/errors.md and docs/rules/*.md.

.venv/bin/python scripts/write_docs.py              after a change to core/errors or to a rulebook
.venv/bin/python scripts/write_docs.py --examples   run the examples of docs/formats.md too, and write their output
                                                    anew where it changed; read the difference before it is kept
"""

from __future__ import annotations

import re
import string
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from safeconduct.core.errors import Refused
from safeconduct.core.rulebook.readable import as_markdown
from safeconduct.packs import load

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

# Group of the catalogue: its heading here. Another one stands under the name of its class.
HEADINGS = {
    "Refused": "Counts, calendars and folders",
    "BadSheet": "A sheet that was given",
    "SheetTooLarge": "A sheet over a limit",
    "BadTable": "A plain file in one of the public formats",
    "BadPack": "A pack",
    "BadFacts": "A file of cases",
    "LinkageNotRun": "Linkage on Spark",
    "NoPlan": "The planner",
    "BadScenario": "A replay or a drill",
    "NoFigures": "The bench",
    "NotOpened": "Keys and sealed values",
    "NotAllowed": "Members, doors and rights",
    "BadPaper": "A document for a case",
    "NotAsWritten": "The journal",
    "JobNotRun": "Jobs",
    "AcrossRefused": "Two lists without sharing names (experimental)",
    "ExportStopped": "An export",
    "CaseRefused": "The file of a household",
    "IntakeRefused": "What arrives: deliveries and pleas",
    "DeploymentStopped": "A deployment: set-up, backup, restore, upgrade",
    "NotBuilt": "What this version does not have",
}


def pages() -> dict[Path, str]:
    """Every page that is made from the code, with its text."""
    rules = as_markdown(load("afghanistan-2021").rulebook, title="The rules of Afghanistan 2021")
    return {
        DOCS / "errors.md": "\n".join(_errors()) + "\n",
        DOCS / "rules" / "afghanistan-2021.md": rules,
    }


def _errors() -> Iterator[str]:
    yield "# What can be refused, and how to mend it"
    yield ""
    yield (
        "Every message begins with its code. Nothing was changed and nothing was lost when you read one; files are "
        "whole or as before. Words *in italics* stand for what the message names. This page is made from "
        "`core/errors` by `scripts/write_docs.py`: change the catalogue, not the page."
    )
    for group, kinds in sorted(_groups().items(), key=lambda each: each[1][0].code):
        yield from ("", f"## {HEADINGS.get(group.__name__, group.__name__)}", "")
        yield f"{_told(group)} Exit code {group.exit_code}."
        for kind in kinds:
            yield from ("", f"### {kind.code}", "")
            code = f" Exit code {kind.exit_code}." if kind.exit_code != group.exit_code else ""
            yield f"{_told(kind)}{code}"
            yield from ("", f"> {_shown(kind.says)} {_shown(kind.mend)}")


def _groups() -> dict[type[Refused], list[type[Refused]]]:
    """The refusals that are raised, by the class above them, each group in the order of codes."""
    groups: dict[type[Refused], list[type[Refused]]] = {}
    found: list[type[Refused]] = [Refused]
    while found:
        kind = found.pop()
        # The catalogue's own only: other modules may stand below these while tests run.
        below = [
            each
            for each in kind.__subclasses__()
            if each.__module__.startswith("safeconduct.core.errors")
        ]
        found += below
        if kind.code:
            groups.setdefault(kind.__mro__[1], []).append(kind)
    return {group: sorted(kinds, key=lambda kind: kind.code) for group, kinds in groups.items()}


def _told(kind: type[Refused]) -> str:
    return " ".join((kind.__doc__ or "").split())


def _shown(template: str) -> str:
    """A message's words with its places in italics, and no sign in it that Markdown would take for its own."""
    shown = []
    for words, place, _, _ in string.Formatter().parse(template):
        shown.append(re.sub(r"([*_`<\[])", r"\\\1", words))
        if place:
            shown.append(f"*{place.replace('_', ' ')}*")
    return "".join(shown)


def main() -> None:
    """Write the pages, and with --examples what the examples of docs/formats.md say now."""
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
    if "--examples" in sys.argv[1:]:
        # Beside this script: found when it runs as a script, and not needed otherwise.
        from documented_examples import PAGE, brought_up_to_date  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as folder:
            text = brought_up_to_date(PAGE.read_text(encoding="utf-8"), Path(folder))
        PAGE.write_text(text, encoding="utf-8")
        print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    main()
