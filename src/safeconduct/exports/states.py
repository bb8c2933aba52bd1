"""Where an export stands, told by its times. One place: pages, actions and the expiry agree on it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db.models import Q

from safeconduct.exports.models import Export


class Stand(StrEnum):
    """Each ends the sentence "this export ..."."""

    WAITS = "waits for a second pair of eyes"
    READY = "is ready to be written"
    WRITTEN = "is written and can be fetched"
    REFUSED = "was refused"
    LAPSED = "has lapsed"


def stand_of(export: Export, *, at: datetime) -> Stand:
    if export.refused_at is not None:
        return Stand.REFUSED
    if export.lapsed_at is not None or export.lapses_at <= at:
        return Stand.LAPSED
    if export.waits_for_second_eyes:
        return Stand.WAITS
    return Stand.READY if export.written_at is None else Stand.WRITTEN


def alive(at: datetime) -> Q:
    """Neither refused nor lapsed: the condition of every claim on an export."""
    return Q(refused_at=None, lapsed_at=None, lapses_at__gt=at)
