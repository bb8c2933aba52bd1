"""A case of Carol's that Charlie's office reads."""

from __future__ import annotations

from tests.cast import AT, Cast
from tests.rooms.triage.callers import again, opened_case

from safeconduct.cases.actions import share_case
from safeconduct.cases.actions.offices import confirm_office
from safeconduct.cases.entries import Told
from safeconduct.cases.reading import OpenCase
from safeconduct.vault.wrapping import fingerprint


def shared_with_charlie(cast: Cast, *told: Told, extent: str = "all") -> OpenCase:
    """As Charlie has it open."""
    opened = opened_case(cast.carol, *told, at=AT)
    heard = fingerprint(bytes(cast.other.public))
    confirm_office(cast.carol, cast.other, told_fingerprint=heard, at=AT)
    share_case(opened, cast.other.code, extent=extent, at=AT)  # type: ignore[arg-type]
    return again(cast.charlie, opened.code, AT)
