"""May this case's columns go to this recipient on this day? The answer has a reason, a fixed word for the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from safeconduct.cases.actions.consents import consents_for
from safeconduct.cases.entries import Extent
from safeconduct.cases.reading import OpenCase
from safeconduct.exports.files.columns import Column, Part


class LeftOut(StrEnum):
    """Why a case stays out of an export."""

    NO_WAY = "not open to you"
    NOT_OURS = "shared with you by another office"
    NOT_WHOLE = "did not open whole"
    NO_CONSENT = "no consent for this recipient"
    CARD_ONLY = "consent for the card only"
    ONE_PERSON = "consent for one person only"
    CLOSED_TO_US = "its contents are not shared with your office"


def why_left_out(
    opened: OpenCase, recipient: str, columns: Sequence[Column], *, on: date
) -> LeftOut | None:
    """None where the whole household agreed that this recipient is told as much as the columns tell."""
    if not opened.is_ours:
        return LeftOut.NOT_OURS
    if not opened.has_contents:
        return LeftOut.CLOSED_TO_US  # consents stand among the contents
    holding = [kept.says for kept in consents_for(opened, recipient, on=on)]
    whole = [each for each in holding if each.person is None]
    if not whole:
        return LeftOut.ONE_PERSON if holding else LeftOut.NO_CONSENT
    tells_all = any(column.part is Part.CONTENTS for column in columns)
    if tells_all and not any(each.extent is Extent.ALL for each in whole):
        return LeftOut.CARD_ONLY
    return None
