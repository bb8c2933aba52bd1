"""A call is a plea too: it is attached at once to the case that was opened while it was taken."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from safeconduct.cases.actions.changing import changing
from safeconduct.cases.entries import PleaTold, Way
from safeconduct.cases.reading import OpenCase
from safeconduct.core.codes import draw_code
from safeconduct.intake.models import LETTERS, End, Plea
from safeconduct.intake.reading import writable
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


def note_call(by: Present, opened: OpenCase, words: str, *, at: datetime) -> Plea:
    """Count the call by which this case came to us. `words` are what was heard, word for word; they may be empty,
    where the form of the call told everything in entries of its own.

    Done twice, it is one plea. Raises NoRight, NotOursToChange, NoSuchCase.
    """
    by.must(Right.TAKE_IN)
    told = writable(words).strip()
    with transaction.atomic():
        known = Plea.objects.filter(case=opened.code, way=Way.CALL, office=by.office).first()
        if known is not None:
            return known
        plea = Plea(
            code=draw_code(LETTERS, secrets.randbelow),
            office=by.office,
            number=1,
            way=Way.CALL,
            received_at=at,
            end=End.ATTACHED,
            case=opened.code,
            owner=by.member,
            ended_at=at,
            ended_by=by.member,
        )
        plea.save(force_insert=True)
        if told:
            with changing(opened, Deed.PLEA_ATTACHED, at=at) as change:
                change.add(
                    PleaTold(plea=plea.code, way=Way.CALL, words=told, received_on=at.date())
                )
                change.facts["plea"] = plea.code
        else:
            write_line(
                Deed.PLEA_ATTACHED, by=by.actor, at=at, about=plea.code, facts={"case": opened.code}
            )
    return plea
