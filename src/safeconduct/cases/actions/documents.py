"""Documents: cleaned papers, sealed within the database. docs/decisions/0013-the-file.md says why there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from safeconduct.cases.actions.changing import changing
from safeconduct.cases.actions.entries import refer
from safeconduct.cases.entries import Document
from safeconduct.cases.papers.limits import MEGABYTE
from safeconduct.cases.papers.paper import Paper
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import DocumentTooLarge
from safeconduct.journal.deeds import Deed

LARGEST: Final = 30 * MEGABYTE


def attach_document(
    opened: OpenCase,
    paper: Paper,
    *,
    title: str,
    at: datetime,
    person: str | None = None,
    code: str | None = None,
) -> str:
    """Keep a cleaned paper under a title of the member's own; the entry's code. Raises DocumentTooLarge, CodeTaken."""
    if len(paper.contents) > LARGEST:
        size = -(-len(paper.contents) // MEGABYTE)
        raise DocumentTooLarge(size=size, limit=LARGEST // MEGABYTE)
    told = Document(
        title=title,
        form=str(paper.kind),
        pages=paper.pages,
        size=len(paper.contents),
        sha256=paper.sha256,
        width=paper.width,
        height=paper.height,
        noticed=paper.noticed,
        person=person,
    )
    with changing(opened, Deed.ENTRY_ADDED, at=at) as change:
        refer(change, told)
        added = change.add(told, code=code, paper=paper.contents)
        change.facts |= {"kind": told.kind, "entry": added}
    return added


def title_document(
    opened: OpenCase,
    code: str,
    *,
    title: str,
    person: str | None,
    expected_revision: int,
    at: datetime,
) -> None:
    """Another title, or another person that it belongs to; the paper stays. Raises as `change_entry`."""
    with changing(opened, Deed.ENTRY_CHANGED, at=at) as change:
        told = replace(change.now.entry(code, Document).says, title=title, person=person)
        refer(change, told)
        change.change(code, told, expected_revision=expected_revision)
        change.facts |= {"kind": told.kind, "entry": code}
