"""Cases of whom the same is known and that fared differently: looked for in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import transaction

from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.entries import Decision
from safeconduct.cases.household import household_of
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.reading_many import NotWhole
from safeconduct.core.rulebook import Band, with_told_facts
from safeconduct.core.rulebook.alike import LikeFamilies
from safeconduct.jobs.kinds import Run
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.lent import asker_of
from safeconduct.people.permissions import Right
from safeconduct.triage.assessing import Assessing
from safeconduct.triage.caseload import bands_agreed, own_cases
from safeconduct.triage.models import LikeCases
from safeconduct.triage.sealed import seal_text


def like_cases(run: Run) -> None:
    """Cases of whom the same is known and that fared differently, sealed to the office whole or not at all."""
    by = asker_of(run)
    by.must(Right.OPEN_ALL_CASES)
    report = LikeCases.objects.get(code=str(run.held.facts["run"]), office=by.office)
    assessing = Assessing.of(by.office.code, by.ring, at=run.clock())
    overrides = bands_agreed(by, at=run.clock())
    families: LikeFamilies[dict[str, object]] = LikeFamilies(assessing.assessor)
    cases = broken = 0
    for opened in own_cases(by, run, every_state=True):
        if isinstance(opened, NotWhole):
            broken += 1
            continue
        cases += 1
        household = with_told_facts(household_of(opened), assessing.phrases)
        assessment = assessing.assessor.assess(household)
        agreed, _ = overrides.get(opened.code, (None, False))
        families.put(household, _fared(opened, assessment.band, agreed=agreed is not None))
    groups = [list(group) for group in families.groups() if _differ(group)]
    groups.sort(key=lambda group: (-len(group), str(group[0]["case"])))
    with transaction.atomic():
        office = own_office(by)
        sealed = seal_text(office, json.dumps(groups), "triage_likecases", report.code, "groups")
        report.counts = {
            "cases": cases,
            "broken": broken,
            "unheard": families.unheard,
            "groups": len(groups),
            "in_groups": sum(map(len, groups)),
        }
        report.finished_at = run.clock()
        LikeCases.objects.filter(code=report.code).update(
            sealed=sealed, counts=report.counts, finished_at=report.finished_at
        )
        # One is enough: an older one says of cases what may no longer be so.
        LikeCases.objects.filter(office=by.office, asked_at__lt=report.asked_at).delete()
        write_line(
            Deed.CASES_COMPARED,
            by=by.actor,
            at=run.clock(),
            about=report.code,
            facts={"cases": cases, "groups": len(groups)},
        )
        run.finish()


def _fared(opened: OpenCase, band: Band, *, agreed: bool) -> dict[str, object]:
    """How it went with a case, for the sealed report: codes, bands and outcomes, and no word that was told."""
    decisions = {
        (kept.says.scheme, kept.says.outcome.value): None for kept in opened.entries(Decision)
    }
    return {
        "case": opened.code,
        "state": opened.cover.state,
        "band": opened.cover.band,
        "rulebook": band.value,
        "agreed": agreed,
        "decisions": sorted([list(each) for each in decisions]),
    }


def _differ(group: Sequence[dict[str, object]]) -> bool:
    told = {json.dumps([each["state"], each["band"], each["decisions"]]) for each in group}
    return len(told) > 1
