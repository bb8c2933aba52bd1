"""Every open case by another rulebook, compared or anew, in a process of its own that was lent the office's keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from safeconduct.cases.actions.changing import change_within
from safeconduct.cases.entries import Assessed
from safeconduct.cases.household import household_of
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.reading_many import NotWhole
from safeconduct.core.answers import Answer
from safeconduct.core.errors import NoSuchCase, RulesNotLoaded
from safeconduct.core.rulebook import Band, with_told_facts
from safeconduct.core.rulebook.differences import Difference, Placed, bands_told, newcomers
from safeconduct.jobs.kinds import Run
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.lent import asker_of
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.triage.actions.assessing import (
    assess_within,
    note_standing,
    put_standings,
    would_move,
)
from safeconduct.triage.assessing import Assessing
from safeconduct.triage.caseload import STEP, bands_agreed, own_cases
from safeconduct.triage.models import Moved, Reassessment, Standing
from safeconduct.triage.rules import Rules, rules_by


def compare(run: Run) -> None:
    """Every open case by two rulebooks. Nothing of a case is changed; the result is kept whole or not at all."""
    by = asker_of(run)
    by.must(Right.CHANGE_RULES)
    asked = Reassessment.objects.get(code=str(run.held.facts["run"]), office=by.office)
    first = Assessing.by(_rules(by, asked.before), at=asked.asked_at)
    then = Assessing.by(_rules(by, asked.after), at=asked.asked_at)
    found = Difference()
    placed: tuple[list[Placed], list[Placed]] = ([], [])
    broken = 0
    for opened in own_cases(by, run):
        if isinstance(opened, NotWhole):
            broken += 1
            continue
        household = with_told_facts(household_of(opened), first.phrases)
        before = Placed.by(opened.code, first.assessor.assess(household))
        after = Placed.by(opened.code, then.assessor.assess(household))
        found.note(before, after)
        placed[0].append(before)
        placed[1].append(after)
    _finish_run(run, by, asked, found, placed, broken=broken)


def reassess(run: Run) -> None:
    """Every open case anew by the rulebook in force. Each case is a transaction of its own, with its move noted in it.

    Killed and run again it goes on: what stands already as the rulebook says is left alone.
    """
    by = asker_of(run)
    by.must(Right.CHANGE_RULES)
    asked = Reassessment.objects.get(code=str(run.held.facts["run"]), office=by.office)
    assessing = Assessing.of(by.office.code, by.ring, at=run.clock())
    asked.after = assessing.rules.version
    overrides = bands_agreed(by, at=run.clock())
    after: Counter[Band] = Counter()
    unmoved: list[Standing] = []
    broken = 0
    for opened in own_cases(by, run):
        if isinstance(opened, NotWhole):
            broken += 1
            continue
        assessment = assessing.assess(household_of(opened))
        after[assessment.band] += 1
        agreed, ran_out = overrides.get(opened.code, (None, False))
        if ran_out or would_move(opened, assessing, assessment, agreed=agreed):
            _move(by, opened.code, asked, assessing, at=run.clock())
        else:
            asks = len(assessment.missing)
            unmoved.append(_standing(opened, assessing, assessment.band, asks))
        if len(unmoved) >= STEP:
            _put_unmoved(unmoved)
            unmoved = []
    _put_unmoved(unmoved)
    asked.counts = _counts(list(asked.moved.all()), after, broken=broken)
    with transaction.atomic():
        _close(run, by, asked)


def _counts(moved: Sequence[Moved], after: Counter[Band], *, broken: int) -> dict[str, object]:
    """`after`: by the band that the rulebook says now, of the cases that moved as of those that did not."""
    bands: Counter[tuple[Band, Band]] = Counter()
    for each in moved:
        bands[Band(each.band_before), Band(each.band_after)] += 1
    for (_, band), count in list(bands.items()):
        after[band] -= count
    for band, count in after.items():
        if count > 0:
            bands[band, band] += count
    return {
        "cases": sum(bands.values()),
        "broken": broken,
        "moved": len(moved),
        "bands": bands_told(bands),
        "asks_gained": sum(max(0, each.asks_after - each.asks_before) for each in moved),
        "asks_lost": sum(max(0, each.asks_before - each.asks_after) for each in moved),
    }


def _rules(by: Present, version: str) -> Rules:
    found = rules_by(by.office.code, version)
    if found is None:
        raise RulesNotLoaded
    return found


def _move(
    by: Present, code: str, asked: Reassessment, assessing: Assessing, *, at: datetime
) -> None:
    try:
        with transaction.atomic():
            change = change_within(by, code, at=at)
            stands = assess_within(change, assessing, on=at.date())
            note_standing(change, stands, assessing, written=stands.moved)
            if stands.moved:
                _note_move(asked, code, stands.before, stands.after)
                change.facts["run"] = asked.code
                change.finish(Deed.CASE_ASSESSED)
    except NoSuchCase:
        return  # shredded or handed to nobody's reach meanwhile


def _note_move(asked: Reassessment, code: str, before: Assessed | None, after: Assessed) -> None:
    """The first move in this run counts: a run after a kill must not make "from" out of what the first run wrote."""
    had = _yes(before)
    has = _yes(after)
    Moved.objects.get_or_create(
        run=asked,
        case=code,
        defaults={
            "band_before": before.band if before else Band.NOT_ASSESSED.value,
            "band_after": after.band,
            "priority_before": float(before.priority) if before else 0.0,
            "priority_after": float(after.priority),
            "asks_before": len(before.asks) if before else 0,
            "asks_after": len(after.asks),
            "schemes_gained": sorted(has - had),
            "schemes_lost": sorted(had - has),
        },
    )


def _yes(entry: Assessed | None) -> set[str]:
    told = entry.outcomes if entry else {}
    return {scheme for scheme, outcome in told.items() if outcome == Answer.YES.value}


def _standing(opened: OpenCase, assessing: Assessing, band: Band, asks: int) -> Standing:
    return Standing(
        case=opened.code,
        office=opened.cover.office_id,
        band=band.value,
        asks=asks,
        rules=assessing.rules.version,
        on=assessing.day,
        revision=opened.cover.revision,
    )


def _put_unmoved(standings: list[Standing]) -> None:
    """Where somebody wrote since the case was read, what they noted stands."""
    with transaction.atomic():
        codes = [each.case for each in standings]
        known = Standing.objects.select_for_update().filter(case__in=codes)
        later = {each.case: each.revision for each in known}
        put_standings([s for s in standings if s.case in later and later[s.case] <= s.revision])
        new = [each for each in standings if each.case not in later]
        Standing.objects.bulk_create(new, ignore_conflicts=True)  # no row was there to be held


def _finish_run(
    run: Run,
    by: Present,
    asked: Reassessment,
    found: Difference,
    placed: tuple[list[Placed], list[Placed]],
    *,
    broken: int,
) -> None:
    with transaction.atomic():
        Moved.objects.bulk_create(
            (
                Moved(
                    run=asked,
                    case=before.case,
                    band_before=before.band.value,
                    band_after=after.band.value,
                    priority_before=before.priority,
                    priority_after=after.priority,
                    asks_before=len(before.asks),
                    asks_after=len(after.asks),
                    schemes_gained=sorted(after.schemes - before.schemes),
                    schemes_lost=sorted(before.schemes - after.schemes),
                )
                for before, after in found.moved
            ),
            batch_size=500,
        )
        asked.counts = {
            "cases": found.cases,
            "broken": broken,
            "moved": len(found.moved),
            "bands": bands_told(found.bands),
            "asks_gained": found.asks_gained,
            "asks_lost": found.asks_lost,
            "newcomers": newcomers(*placed),
        }
        _close(run, by, asked)


def _close(run: Run, by: Present, asked: Reassessment) -> None:
    """Within the transaction of the result: both are kept or neither."""
    asked.finished_at = run.clock()
    asked.save(update_fields=["after", "counts", "finished_at"])
    write_line(
        Deed.CASES_ASSESSED if asked.writes else Deed.CASES_COMPARED,
        by=by.actor,
        at=run.clock(),
        about=asked.code,
        facts={
            "rules": asked.after,
            "before": asked.before,
            "cases": asked.counts["cases"],
            "moved": asked.counts["moved"],
            "broken": asked.counts["broken"],
        },
    )
    run.finish()
