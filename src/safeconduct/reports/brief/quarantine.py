"""What is held in quarantine: counts by kind and file only, who owns it, by when, and what the
sender of a file should hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from markupsafe import Markup

from safeconduct.core.disclosure import NOT_TOLD, protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.rows import RowEnd
from safeconduct.reports.brief.counting import by_count, in_cell, tells
from safeconduct.reports.parts import (
    Block,
    Pair,
    Points,
    Section,
    Subtitle,
    Table,
    Words,
    numbers,
)
from safeconduct.reports.wording import count_of, day, number, plural, sentence

NOTICED = 60

# The sheets room's short names for why a row is held, in words.
KINDS = {
    "above the headings": "A row above the headings",
    "bad date": "A date that no calendar has, or that lies ahead",
    "error": "A formula that gives an error",
    "formula": "A formula without a saved result",
    "heading again": "The headings, repeated",
    "hidden column": "Filled in hidden columns only, not read",
    "hidden row": "A hidden row, not read",
    "hidden sheet": "A hidden sheet, not read",
    "members unclear": "Members of a family that cannot be told apart",
    "no name column": "A sheet without a column of names",
    "no name": "No name",
    "no submission": "A member whose submission is not in the file",
    "nobody": "A repeated group that tells of nobody",
    "not a name": "A name that does not read as one",
    "note": "A note between the rows",
    "open quotation mark": "A quotation mark that is never closed",
    "other headings": "A row of another table",
    "too long": "More text than a cell can hold",
    "too many cells": "More cells than headings",
    "total": "A row of totals",
    "with its submission": "A member of a submission that is held",
}


def section(job: MainJob, *, for_office: bool) -> Section:
    """Files, sheets and owners are named for the office alone: their names may be people's."""
    shown: list[Block] = [Words(text=_lead(job))]
    if job.held and for_office:
        tables = [_by_kind(job), _by_file(job)]
        shown += [_owners(job), Pair(tables=tuple(table for table in tables if table.rows))]
    elif job.held:
        shown += [table for table in [_by_kind(job)] if table.rows]
    if for_office:
        shown += _noticed(job)
    return Section(key="quarantine", title="Held in quarantine", blocks=tuple(shown))


def _lead(job: MainJob) -> str:
    rows = job.intake
    quarantined = rows.count(RowEnd.QUARANTINED)
    text = (
        f"{count_of(len(rows.rows), 'row')} {plural(len(rows.rows), 'was')} read: "
        f"{number(rows.count(RowEnd.ACCEPTED))} accepted, {number(quarantined)} held in "
        f"quarantine, {number(rows.count(RowEnd.REPEATED))} recognised as repeats of another row. "
    )
    if not quarantined:
        return text + "Nothing is held."
    return text + (
        "A held row is not lost: it has an owner and a date due. quarantined.csv names its cell "
        "and says in one sentence what to mend."
    )


def _told(names: Iterable[str]) -> list[tuple[str, str]]:
    """Names with their counts as they may be told; none where nothing may be."""
    kept = protect(Counter(names))
    if not tells(kept.values()):
        return []
    return [(name, in_cell(kept[name])) for name in by_count(kept)]


def _by_kind(job: MainJob) -> Table:
    return Table(
        key="held-by-kind",
        caption="Held rows by what is wrong",
        columns=("What is wrong", "Rows"),
        rows=tuple(_told(KINDS.get(each.kind, each.kind) for each in job.held)),
        numbers=numbers(1),
    )


def _by_file(job: MainJob) -> Table:
    return Table(
        key="held-by-file",
        caption="Held rows by file",
        columns=("File", "Rows"),
        rows=tuple(_told(each.file for each in job.held)),
        numbers=numbers(1),
    )


def _owners(job: MainJob) -> Words | Table:
    first: dict[str, date] = {}
    for each in job.held:
        first[each.owner] = min(each.due_on, first.get(each.owner, each.due_on))
    if len(first) == 1:
        (owner,) = first
        return Words(text=f"All are with {owner}; the first is due on {day(first[owner])}.")
    counts = dict(_told(each.owner for each in job.held))
    return Table(
        key="held-by-owner",
        caption="Held rows by owner, and the first date due",
        columns=("Owner", "Rows", "First due"),
        rows=tuple(
            (owner, counts.get(owner, NOT_TOLD), day(first[owner]))
            for owner in counts or sorted(first)
        ),
        numbers=numbers(1, 2),
    )


def _noticed(job: MainJob) -> tuple[Subtitle | Points | Words, ...]:
    """What was seen in each file and sheet, together, so that it can be told to its sender in one go."""
    noticed = job.intake.noticed
    if not noticed:
        return ()
    told: dict[str, list[str]] = {}
    for each in noticed[:NOTICED]:
        where = f"{each.file}{', sheet ' + each.sheet if each.sheet else ''}"
        told.setdefault(where, []).append(sentence(each.sentence))
    items = [
        Markup("<strong>{}:</strong> {}").format(where, " ".join(sentences))
        for where, sentences in sorted(told.items())
    ]
    more = len(noticed) - NOTICED
    words = f"{number(more)} more {plural(more, 'is')} left out here."
    rest = (Words(text=words, quiet=True),)
    return (
        Subtitle(text="Noticed in the files: tell whoever sent them"),
        Points(items=tuple(items), columns=True),
        *(rest if more > 0 else ()),
    )
