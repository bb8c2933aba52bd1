"""Through the office's whole caseload, as each job of this room goes: opened case by case, beside what was agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from safeconduct.cases.models import State
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import how_many_open
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.reading_many import NotWhole, open_cards
from safeconduct.jobs.kinds import Run
from safeconduct.people.present import Present
from safeconduct.triage.models import Override
from safeconduct.triage.vouching import is_vouched_for

STEP: Final = 200  # cases between two words of how far it is


def own_cases(by: Present, run: Run, *, every_state: bool = False) -> Iterator[OpenCase | NotWhole]:
    """The office's own cases, opened one after another; the look is journalled as one line."""
    total = how_many_open(by.office.code)
    done = 0
    for each in open_cards(by, at=run.clock(), purpose=Purpose.REVIEW, contents=True):
        if isinstance(each, OpenCase):
            ours = each.cover.office_id == by.office.code
            if not ours or not (every_state or each.cover.state == State.OPEN):
                continue
        yield each
        done += 1
        if done % STEP == 0:
            run.step(done, max(total, done))
    run.step(done, max(total, done))


def bands_agreed(by: Present, *, at: datetime) -> dict[str, tuple[str | None, bool]]:
    """By case: the band that an override puts there today (None: none that counts), and whether it has run out."""
    rows = Override.objects.filter(office=by.office, ended_at=None)
    told = {}
    for row in rows:
        ran_out = row.until < at.date()
        counts = row.agreed is True and not ran_out and is_vouched_for(by.ring, row)
        told[row.case] = (row.band if counts else None, ran_out)
    return told
