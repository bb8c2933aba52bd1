"""What this room tells on the page of a case: how and when it reached us, and every plea that is attached to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from safeconduct.cases.entries import PleaTold
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.cases.views.panels import Panel
from safeconduct.intake.models import Plea
from safeconduct.intake.queries import pleas_of_case
from safeconduct.people.permissions import Right

TEMPLATE: Final = "intake/arrival.html"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A plea of this case; `told` has its words, where the case holds any of it."""

    plea: Plea
    told: Kept[PleaTold] | None


def arrival(opened: OpenCase, *, at: datetime) -> Panel | None:  # noqa: ARG001
    """Nothing for a case that another office shared: how it arrived is theirs to know."""
    if not opened.is_ours or not opened.has_contents:
        return None
    words = {kept.says.plea: kept for kept in opened.entries(PleaTold)}
    found = [Arrived(plea, words.get(plea.code)) for plea in pleas_of_case(opened.by, opened.code)]
    if not found:
        return None
    links = opened.by.may(Right.TAKE_IN)
    return Panel(template=TEMPLATE, told={"arrived": found, "links": links})
