"""After something was told: what follows in other rooms is done, and never undoes it."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _

from safeconduct.cases.following import after_told
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import Refused
from safeconduct.people.doors import DeskRequest


def follow(request: DeskRequest, opened: OpenCase) -> None:
    """Called once the action is done: a refusal of what follows is said, for what was told is saved all the same."""
    try:
        after_told(opened.by, opened.code, at=request.at)
    except Refused:
        messages.warning(
            request,
            _(
                "This is saved. The case could not be assessed anew just now: look at it again later."
            ),
        )
