"""Everything that happened in a case, in one line of time, the newest first; each with who and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import (
    Assessed,
    Consent,
    Decision,
    Document,
    Handover,
    Note,
    PleaTold,
    Talk,
    Told,
)
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.journal.queries import lines as lines_of_journal

# By the word that stands in the address, what each is called in the filter.
SHOWS: Final[Mapping[str, Promise]] = {
    "conversations": _("Conversations"),
    "notes": _("Notes"),
    "hand-overs": _("Hand-overs"),
    "assessments": _("Assessments"),
    "decisions": _("Decisions"),
    "consents": _("Consents"),
    "documents": _("Documents"),
    "pleas": _("Pleas"),
    "case": _("The case itself"),
}
# What the journal alone knows. Entries tell the rest, and more of it.
_DEEDS: Final = (
    Deed.CASE_OPENED,
    Deed.COVER_CHANGED,
    Deed.CASE_HANDED_OVER,
    Deed.CASE_SHARED,
    Deed.SHARE_TAKEN_BACK,
    Deed.SHREDDING_ASKED,
    Deed.SHREDDING_REFUSED,
    Deed.OVERRIDE_ASKED,
    Deed.OVERRIDE_AGREED,
    Deed.OVERRIDE_REFUSED,
    Deed.OVERRIDE_ENDED,
    Deed.PAIR_JUDGED,
    Deed.JUDGEMENT_WITHDRAWN,
    Deed.RECORD_GIVEN,
)
_LINES_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened. `template` writes it out from `kept` and `told`."""

    at: datetime
    who: str
    shows: str
    template: str
    kept: Kept[Any] | None = None
    told: Mapping[str, Any]


def timeline(opened: OpenCase, *, show: str = "") -> list[Happening]:
    """All of it, or what the filter shows. Raises NoKey where this office was given the card alone."""
    found = [
        each
        for shows, gather in _GATHERED.items()
        if show in {shows, ""}
        for each in gather(opened)
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def counted(happenings: list[Happening]) -> dict[str, int]:
    """How many of each kind there are, for the filter."""
    return {shows: sum(each.shows == shows for each in happenings) for shows in SHOWS}


def _entries(
    kind: type[Told], shows: str, template: str
) -> Callable[[OpenCase], Iterator[Happening]]:
    """Entries of a kind, each on the day it was first told; the page says where it was changed since."""

    def gather(opened: OpenCase) -> Iterator[Happening]:
        for kept in opened.entries(kind):
            first = opened.row(kept.code).versions[0]
            changed = kept.written_at if kept.revision > first.revision else None
            yield Happening(
                at=first.written_at,
                who=first.written_by,
                shows=shows,
                template=template,
                kept=kept,
                told={"changed": changed, "changed_by": kept.written_by},
            )

    return gather


def _consents(opened: OpenCase) -> Iterator[Happening]:
    """Given, and withdrawn: two things, on two days."""
    for kept in opened.entries(Consent):
        past = opened.history(kept.code)
        gone = [each for each in past if isinstance(each.says, Consent) and each.says.withdrawn_on]
        for version, withdrawn in [(past[0], False), *((each, True) for each in gone[:1])]:
            yield Happening(
                at=version.written_at,
                who=version.written_by,
                shows="consents",
                template="cases/happened/consent.html",
                kept=kept,
                told={"withdrawn": withdrawn},
            )


def _assessments(opened: OpenCase) -> Iterator[Happening]:
    """Where an assessment moved the band, and the first of them."""
    versions = [
        (each, kept)
        for kept in opened.entries(Assessed)
        for each in opened.history(kept.code)
        if isinstance(each.says, Assessed)
    ]
    before = ""
    for version, kept in sorted(versions, key=lambda each: each[0].written_at):
        said = version.says
        assert isinstance(said, Assessed)
        if said.band != before:
            yield Happening(
                at=version.written_at,
                who=version.written_by,
                shows="assessments",
                template="cases/happened/assessed.html",
                kept=kept,
                told={"band": said.band, "before": before, "reasons": said.reasons},
            )
        before = said.band


def _of_the_case(opened: OpenCase) -> Iterator[Happening]:
    """Opened, its cover changed, shared: as the journal knows. Another office is told what its own members did."""
    office = None if opened.is_ours else opened.by.office.code
    for line in _all_lines(opened.code, office):
        facts = line.facts if isinstance(line.facts, dict) else {}
        yield Happening(
            at=line.at,
            who=line.member,
            shows="case",
            template="cases/happened/deed.html",
            told={"deed": line.deed, "band": facts.get("band"), "state": facts.get("now")},
        )


def _all_lines(code: str, office: str | None) -> Iterator[Line]:
    """Every one of them, however many: that the case was opened is the oldest."""
    before = None
    while True:
        page = lines_of_journal(
            about=code, office=office, deeds=_DEEDS, before=before, most=_LINES_AT_ONCE
        )
        yield from page.lines
        if page.older is None:
            return
        before = page.older


_GATHERED: Final[Mapping[str, Callable[[OpenCase], Iterator[Happening]]]] = {
    "conversations": _entries(Talk, "conversations", "cases/happened/talk.html"),
    "notes": _entries(Note, "notes", "cases/happened/note.html"),
    "hand-overs": _entries(Handover, "hand-overs", "cases/happened/handover.html"),
    "assessments": _assessments,
    "decisions": _entries(Decision, "decisions", "cases/happened/decision.html"),
    "consents": _consents,
    "documents": _entries(Document, "documents", "cases/happened/document.html"),
    "pleas": _entries(PleaTold, "pleas", "cases/happened/plea.html"),
    "case": _of_the_case,
}
