"""A case is assessed: what the rulebook says now beside what stands, and a write only where something moved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from safeconduct.cases.actions.changing import Change, change_within, size_of
from safeconduct.cases.entries import Assessed
from safeconduct.cases.household import household_of
from safeconduct.cases.models import Case
from safeconduct.cases.queries import offices_of
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.core.errors import NotOursToChange
from safeconduct.core.rulebook import Assessment
from safeconduct.journal.deeds import Deed
from safeconduct.people.present import Present
from safeconduct.triage.assessing import Assessing, OnCover
from safeconduct.triage.models import Override, Standing
from safeconduct.triage.overriding import standing_override, tell_of


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a case stood before an assessment and where it stands after it. `before` is None for the first one."""

    before: Assessed | None
    after: Assessed
    assessment: Assessment
    moved: bool


def assess_case(by: Present, code: str, *, at: datetime) -> bool:
    """Assess one case anew by the rulebook in force; true where anything moved and was written.

    Another office's case is not ours to assess: false. Raises as `case_for`.
    """
    try:
        with transaction.atomic():
            change = change_within(by, code, at=at)
            assessing = Assessing.of(change.cover.office_id, by.ring, at=at)
            stands = assess_within(change, assessing, on=at.date())
            note_standing(change, stands, assessing, written=stands.moved)
            if stands.moved:
                change.finish(Deed.CASE_ASSESSED)
            assessing.forget()
    except NotOursToChange:
        return False
    return stands.moved


def assess_within(change: Change, assessing: Assessing, *, on: date) -> Stands:
    """The assessment within a change that its caller finishes where `moved`: the entry, and the cover.

    `on` is the calendar's day, by which an agreed band counts or has run out; one that has is ended here.
    """
    assessment = assessing.assess(household_of(change.now))
    entry = assessing.entry(assessment)
    stood = last_assessed(change.now)
    agreed, lapsed = standing_override(change.now, on=on)
    if lapsed is not None:
        Override.objects.filter(code=lapsed.code, ended_at=None).update(ended_at=change.at)
        change.facts["ran_out"] = lapsed.code
        tell_of(lapsed, {change.cover.owner_id, lapsed.asked_by_id}, "ran out", at=change.at)
    size = size_of(change.cover, change.rows)
    told = assessing.on_cover(assessment, instead=agreed.band if agreed else None, size=size)
    moved = _covered(change.cover, told) or lapsed is not None
    if stood is None:
        change.add(entry)
        moved = True
    elif says_other(stood.says, entry):
        change.change(stood.code, entry, expected_revision=stood.revision)
        moved = True
    change.facts |= {
        "rules": assessing.rules.version,
        "band": told.band.replace(" ", "-"),
        "asks": len(entry.asks),
    }
    return Stands(stood.says if stood else None, entry, assessment, moved)


def last_assessed(opened: OpenCase) -> Kept[Assessed] | None:
    """What the case keeps of its last assessment. Raises NoKey where this office was given the card alone."""
    kept = opened.entries(Assessed)
    return kept[-1] if kept else None


def would_move(
    opened: OpenCase, assessing: Assessing, assessment: Assessment, *, agreed: str | None
) -> bool:
    """Whether `assess_case` would write; `agreed` is the band of an override that counts today."""
    stood = last_assessed(opened)
    if stood is None or says_other(stood.says, assessing.entry(assessment)):
        return True
    cover = opened.cover
    told = assessing.on_cover(assessment, instead=agreed, size=size_of(cover, list(opened.rows)))
    return tuple(told) != (cover.band, cover.priority, cover.schemes)


def says_other(stood: Assessed, now: Assessed) -> bool:
    """Whether anything but the rules' version and the day differs: those two alone move nobody."""
    return _said(stood) != _said(now)


def _said(entry: Assessed) -> tuple[object, ...]:
    return entry.band, entry.priority, dict(entry.outcomes), entry.reasons, entry.asks


def _covered(cover: Case, told: OnCover) -> bool:
    """Put the band, the points and the schemes on the cover; whether any of them was another before."""
    columns = told._asdict()
    if all(getattr(cover, name) == value for name, value in columns.items()):
        return False
    for name, value in columns.items():
        setattr(cover, name, value)
    cover.cover_revision += 1  # a form that showed the old band must not write it back
    return True


# --- what is kept beside the covers ------------------------------------------------------------------


def note_assessed(
    rows: Iterable[tuple[str, Assessment]], *, rules: str, on: date, revision: int = 1
) -> None:
    """Where these new cases stand, within the transaction that opened them; some hundreds at a time."""
    told = list(rows)
    offices = offices_of([code for code, _ in told])
    put_standings(
        [
            Standing(
                case=code,
                office=offices[code],
                band=assessment.band.value,
                asks=len(assessment.missing),
                rules=rules,
                on=on,
                revision=revision,
            )
            for code, assessment in told
            if code in offices
        ]
    )


def put_standings(standings: Sequence[Standing]) -> None:
    columns = ("office", "band", "asks", "rules", "on", "revision")
    Standing.objects.bulk_create(
        standings, update_conflicts=True, unique_fields=["case"], update_fields=columns
    )


def note_standing(change: Change, stands: Stands, assessing: Assessing, *, written: bool) -> None:
    """Before the change is finished: the revision is the one that it will have where it is `written`."""
    put_standings(
        [
            Standing(
                case=change.cover.code,
                office=change.cover.office_id,
                band=stands.after.band,
                asks=len(stands.after.asks),
                rules=assessing.rules.version,
                on=assessing.day,
                revision=change.cover.revision + written,
            )
        ]
    )
