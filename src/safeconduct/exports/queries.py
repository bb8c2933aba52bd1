"""Which exports and recipients a member sees: those of the office, never a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from safeconduct.core.errors import NoSuchExport
from safeconduct.exports.files.columns import columns_named
from safeconduct.exports.models import Export, Recipient
from safeconduct.exports.states import Stand, stand_of
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

ON_A_PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """An export as pages tell it."""

    export: Export
    stand: Stand

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in columns_named(self.export.columns)]

    @property
    def waits(self) -> bool:
        return self.stand is Stand.WAITS

    @property
    def is_ready(self) -> bool:
        return self.stand is Stand.READY

    @property
    def is_written(self) -> bool:
        return self.stand is Stand.WRITTEN

    @property
    def is_alive(self) -> bool:
        return self.stand in {Stand.WAITS, Stand.READY, Stand.WRITTEN}


def exports_for(by: Present, *, at: datetime) -> list[Shown]:
    """One's own; for who agrees or names recipients, all of the office. The newest first."""
    found = _visible(by).select_related("recipient", "asked_by", "agreed_by").defer("file")
    return [
        Shown(export, stand_of(export, at=at)) for export in found.order_by("-asked_at")[:ON_A_PAGE]
    ]


def export_for(by: Present, code: str, *, at: datetime) -> Shown:
    """Raises NoSuchExport."""
    found = _visible(by).filter(code=code).defer("file").first()
    if found is None:
        raise NoSuchExport
    return Shown(found, stand_of(found, at=at))


def recipients_of(by: Present) -> list[Recipient]:
    """The office's, those that were ended last."""
    found = Recipient.objects.filter(office=by.office).select_related("added_by", "confirmed_by")
    return sorted(found, key=lambda each: (each.ended_at is not None, each.name.casefold()))


def confirmed_recipients(by: Present) -> list[Recipient]:
    return [each for each in recipients_of(by) if each.is_confirmed]


def recipients_for_consents(by: Present) -> list[tuple[str, str]]:
    """Who may be named in a consent, as (code, name): pages of rooms below ask through the setting RECIPIENTS_OF."""
    return [(each.code, each.name) for each in recipients_of(by) if each.ended_at is None]


def _visible(by: Present) -> QuerySet[Export]:
    sees_all = by.may(Right.AGREE_EXPORT) or by.may(Right.NAME_RECIPIENTS)
    return Export.objects.filter(
        Q(office=by.office) if sees_all else Q(office=by.office, asked_by=by.member)
    )
