"""What the frame of every page shows of this room."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from safeconduct.core.codes import spelt
from safeconduct.core.errors import NotOpened
from safeconduct.people.models import Notice
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.people.queries import unseen_notices as unseen
from safeconduct.people.reasons import read_reason

register = template.Library()
register.filter(spelt)


@register.simple_tag
def unseen_notices(request: HttpRequest) -> list[Notice]:
    """Broken glass that the reader has not acknowledged; each with its `reason`, and whether its case `opens`."""
    present = getattr(request, "present", None)
    if not isinstance(present, Present):
        return []
    notices = list(unseen(present))
    opens = present.may(Right.OPEN_OWN_CASES) or present.may(Right.OPEN_ALL_CASES)
    for notice in notices:
        notice.opens = opens  # type: ignore[attr-defined]
        try:
            notice.reason = read_reason(present, notice.grant)  # type: ignore[attr-defined]
        except NotOpened:
            continue
    return notices
