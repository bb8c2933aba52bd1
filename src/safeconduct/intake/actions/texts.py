"""A message that was pasted, or words written down: one plea, sealed before its receipt is shown (law 2)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from safeconduct.cases.actions.offices import own_office
from safeconduct.cases.actions.opening import new_case_code
from safeconduct.cases.entries import Way
from safeconduct.cases.wording import operation
from safeconduct.core.codes import draw_code
from safeconduct.core.errors import NoWordsTold, TextSentBefore, TextTooLong
from safeconduct.intake.due import held_until
from safeconduct.intake.held import NOT_LOOKED_AT
from safeconduct.intake.models import LETTERS, Delivery, End, Plea, State
from safeconduct.intake.reading import LONGEST_TEXT, writable
from safeconduct.intake.sealing import PleaWords, digests, new_keys, seal_words
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

# So long the same words are taken for the same message: a form sent twice, or two who share one inbox.
THE_SAME_FOR: Final = timedelta(hours=1)


def receive_text(
    by: Present, text: str, *, at: datetime, way: Way = Way.TEXT, again: bool = False
) -> Plea:
    """The plea, whose code is the receipt; whoever pasted it looks after it until it has its end.

    Raises NoRight, NoWordsTold, TextTooLong; TextSentBefore where the office took the very same words within the last
    hour, unless `again`.
    """
    by.must(Right.TAKE_IN)
    words = writable(text.replace("\r\n", "\n")).strip()
    if not words:
        raise NoWordsTold
    if len(words) > LONGEST_TEXT:
        raise TextTooLong(found=len(words), limit=LONGEST_TEXT)
    with transaction.atomic():
        office = own_office(by)  # held: of two who send the same at once, one is told
        marks = digests(by.ring, {"": words.encode()})
        before = _taken_before(by, marks, at=at)
        if before is not None and not again:
            raise TextSentBefore(plea=before.code)
        code = new_case_code()
        key = new_keys(by, code)
        delivery = Delivery.objects.create(
            code=code,
            office=by.office,
            way=way.value,
            state=State.DONE,
            by=by.member,
            at=at,
            on=operation().day_on(at.date()),
            size=len(words.encode()),
            digest=marks[office.row.generation],
            rows=1,
            accepted=0,
            quarantined=1,
            repeated=0,
            households=0,
            ended_at=at,
        )
        plea = Plea(
            code=draw_code(LETTERS, secrets.randbelow),
            office=by.office,
            delivery=delivery,
            number=1,
            way=way.value,
            received_at=at,
            end=End.QUARANTINED,
            why=NOT_LOOKED_AT,
            owner=by.member,
            due=held_until(at.date()),
        )
        plea.sealed = seal_words(key, plea, PleaWords(origins=(), cells=[("", words)], fields={}))
        plea.save(force_insert=True)
        write_line(Deed.PLEA_TAKEN, by=by.actor, at=at, about=plea.code, facts={"way": way.value})
    return plea


def _taken_before(by: Present, marks: Mapping[int, bytes], *, at: datetime) -> Plea | None:
    """The newest plea of the same words, unless it was taken longer ago."""
    same = Plea.objects.filter(
        office=by.office,
        delivery__way=Way.TEXT,
        delivery__digest__in=list(marks.values()),
        received_at__gt=at - THE_SAME_FOR,
    )
    return same.order_by("-received_at", "code").first()
