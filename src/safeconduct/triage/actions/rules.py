"""Rulebooks of an office: loaded, compared with the one in force on the caseload, put in force with a reason."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.wording import operation
from safeconduct.core.codes import draw_code
from safeconduct.core.errors import (
    RulesInForceAlready,
    RulesNeedName,
    RulesNeedReason,
    RulesNotCompared,
    RulesNotLoaded,
)
from safeconduct.jobs.actions import ask_for
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.packs.rulebook_text import digest_of, read_rulebook
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.reasons import LONGEST, SHORTEST
from safeconduct.triage.models import LikeCases, LoadedRules, Reassessment, RulesInForce
from safeconduct.triage.rules import (
    CALLED,
    Rules,
    is_readable,
    rules_by,
    rules_for,
    version_in_force,
)
from safeconduct.triage.sealed import seal_text
from safeconduct.triage.vouching import vouch_for

COMPARE: Final = "triage.compare"
REASSESS: Final = "triage.reassess"
LIKE: Final = "triage.like"
LETTERS: Final = 8
LONGEST_NAME: Final = 60


def load_rules(by: Present, *, name: str, text: str, at: datetime) -> LoadedRules:
    """Keep a rulebook of the office's own; it is not in force by that. The same text twice is kept once.

    Raises NoRight, RulesNeedName, and what `read_rulebook` raises: each names the line and the mend.
    """
    by.must(Right.CHANGE_RULES)
    called = " ".join(name.split())
    if not called or len(called) > LONGEST_NAME:
        raise RulesNeedName(most=LONGEST_NAME)
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rulebook = read_rulebook(
        plain, called=CALLED, schemes=[each.code for each in operation().schemes]
    )
    with transaction.atomic():
        own_office(by)  # held: of two who load the same, one is first
        version = digest_of(plain)
        before = LoadedRules.objects.filter(office=by.office, version=version).first()
        if before is not None:
            return before
        loaded = LoadedRules.objects.create(
            office=by.office,
            version=version,
            name=called,
            text=plain,
            loaded_by=by.member,
            loaded_at=at,
        )
        write_line(
            Deed.RULES_LOADED,
            by=by.actor,
            at=at,
            about=by.office.code,
            facts={"rules": version, "count": len(rulebook.rules)},
        )
    return loaded


def ask_to_compare(by: Present, version: str, *, at: datetime) -> Reassessment:
    """A job that assesses every open case by the rulebook in force and by this one, and changes nothing.

    Raises NoRight, RulesNotLoaded, RulesInForceAlready, JobAlreadyAsked.
    """
    by.must(Right.CHANGE_RULES)
    with transaction.atomic():
        office = own_office(by).row
        now, other = rules_for(office.code, by.ring), _known(by, version)
        if now.version == other.version:
            raise RulesInForceAlready
        run = _run(by, before=now.version, after=other.version, writes=False, at=at)
        _ask(by, run, COMPARE, at=at)
    return run


def put_in_force(by: Present, version: str, *, why: str, at: datetime) -> Reassessment:
    """From now on this rulebook counts in the office; a job assesses every open case anew by it.

    Raises NoRight, RulesNotLoaded, RulesInForceAlready, RulesNotCompared, RulesNeedReason; JobAlreadyAsked while the
    cases are being assessed anew by an earlier change.
    """
    by.must(Right.CHANGE_RULES)
    told = why.strip()[:LONGEST]
    if len(told) < SHORTEST:
        raise RulesNeedReason(letters=SHORTEST)
    with transaction.atomic():
        office = own_office(by)
        now, other = version_in_force(office.row.code, by.ring), _known(by, version)
        # One that was altered cannot be compared with; it is not to stay for that.
        if is_readable(office.row.code, by.ring):
            if now == other.version:
                raise RulesInForceAlready
            if not was_compared(by, now, other.version):
                raise RulesNotCompared
        row = RulesInForce.objects.create(
            office=office.row,
            loaded=LoadedRules.objects.filter(office=office.row, version=version).first(),
            version=other.version,
            since=at,
            by=by.member,
            sealed_why=b"",
            voucher=b"",
            voucher_generation=office.row.generation,
        )
        row.sealed_why = seal_text(office, told, "triage_rulesinforce", str(row.pk), "why")
        vouch_for(by.ring, row, office.row)
        row.save(update_fields=["sealed_why", "voucher", "voucher_generation"])
        run = _run(by, before=now, after=other.version, writes=True, at=at)
        _ask(by, run, REASSESS, at=at)
        write_line(
            Deed.RULES_IN_FORCE,
            by=by.actor,
            at=at,
            about=office.row.code,
            facts={"rules": other.version, "before": now, "run": run.code},
        )
    return run


def ask_to_reassess(by: Present, *, at: datetime) -> Reassessment:
    """Every open case anew by the rulebook in force: after a new day of the operation, or a newer software.

    Raises NoRight, JobAlreadyAsked.
    """
    by.must(Right.CHANGE_RULES)
    with transaction.atomic():
        version = rules_for(own_office(by).row.code, by.ring).version
        run = _run(by, before=version, after=version, writes=True, at=at)
        _ask(by, run, REASSESS, at=at)
    return run


def ask_for_like_cases(by: Present, *, at: datetime) -> LikeCases:
    """A job that looks for like cases that fared differently. Raises NoRight, JobAlreadyAsked."""
    by.must(Right.OPEN_ALL_CASES)
    with transaction.atomic():
        office = own_office(by).row
        report = LikeCases(
            code=draw_code(LETTERS, secrets.randbelow),
            office=office,
            rules=rules_for(office.code, by.ring).version,
            on=operation().day_on(at.date()),
            asked_by=by.member,
            asked_at=at,
        )
        report.job = _job(by, LIKE, report.code, at=at)
        report.save(force_insert=True)
    return report


def was_compared(by: Present, before: str, after: str) -> bool:
    done = Reassessment.objects.filter(office=by.office, before=before, after=after, writes=False)
    return done.filter(finished_at__isnull=False).exists()


def _known(by: Present, version: str) -> Rules:
    found = rules_by(by.office.code, version)
    if found is None:
        raise RulesNotLoaded
    return found


def _run(by: Present, *, before: str, after: str, writes: bool, at: datetime) -> Reassessment:
    return Reassessment(
        code=draw_code(LETTERS, secrets.randbelow),
        office=by.office,
        writes=writes,
        before=before,
        after=after,
        on=operation().day_on(at.date()),
        asked_by=by.member,
        asked_at=at,
    )


def _ask(by: Present, run: Reassessment, kind: str, *, at: datetime) -> None:
    run.job = _job(by, kind, run.code, at=at)
    run.save(force_insert=True)


def _job(by: Present, kind: str, run: str, *, at: datetime) -> str:
    """One of a kind at a time in an office: a second run over the same cases would only slow the first down."""
    asked = ask_for(
        kind,
        {"run": run},
        by=by.actor,
        at=at,
        needs_keys=True,
        subject=by.office.code,
        alone=True,
    )
    return asked.code
