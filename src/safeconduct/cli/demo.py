"""`safeconduct demo`: the main job on the shipped operation, end to end."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import click

from safeconduct.cli.brief import A_FOLDER, Wishes, make_brief, tell

PACK = "afghanistan-2021"


@click.command()
@click.option(
    "-o",
    "--out",
    type=A_FOLDER,
    default=Path("build/demo"),
    show_default=True,
    help="The folder to write to.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def demo(out: Path, as_json: bool) -> None:
    """Make a brief from six messy sheets of fictional people, for the operation of August 2021."""
    folder = resources.files("safeconduct.packs") / "afghanistan_2021" / "sheets"
    with resources.as_file(folder) as sheets:
        files = sorted(
            each for each in sheets.iterdir() if each.suffix in {".xlsx", ".ods", ".csv"}
        )
        if not as_json:
            click.echo(f"Reading {len(files)} sheets of fictional people ...", err=True)
        job = make_brief(files, Wishes(pack=PACK, owner="the demo office"), out)
    tell(job, out, as_json=as_json)
