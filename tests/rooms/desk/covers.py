"""Covers made by hand, many and quickly: nothing is sealed, so they can be listed and not opened."""

from __future__ import annotations

from datetime import date, timedelta

from tests.cast import AT, code

from safeconduct.cases.models import Band, Case

TODAY: date = AT.date()


def cover(present, **columns) -> Case:
    """Not yet written. `days` is when it is due, from today; None: no day."""
    days = columns.pop("days", None)
    told = {
        "code": code(),
        "office": present.office,
        "owner": present.member,
        "band": Band.ROUTINE.value,
        "next_due": None if days is None else TODAY + timedelta(days=days),
        "opened_at": AT,
        "changed_at": AT,
        "keep_until": TODAY,
    }
    return Case(**{**told, **columns})


def put(*covers: Case) -> list[str]:
    Case.objects.bulk_create(covers)
    return [each.code for each in covers]
