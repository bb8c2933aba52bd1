"""Which door opens for whom. Every view of every room stands behind `needs`, or is listed as a door without a key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.http import Http404, HttpRequest, HttpResponseBase

from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

Rest = ParamSpec("Rest")

# By URL name: what opens without an unlocked key. All else is closed. A guard test holds this list.
DOORS_WITHOUT_A_KEY: Final = frozenset(
    {
        "people:door",
        "people:second_factor",
        "people:set_up",
        "people:set_up_picture",
        "people:open_again",
        "people:welcome",
        "people:recover",
        "people:recovery_code",
        "people:go_out",
        "people:language",
    }
)
# What a member may see before the recovery code is written down.
BEFORE_THE_CODE_IS_KEPT: Final = frozenset(
    {"people:recovery_code", "people:another_code", "people:go_out"}
)
# What an approver needs to come in and to open again. These pages show nothing of any office.
OPEN_IN_LOCK_DOWN: Final = frozenset(
    {"people:door", "people:second_factor", "people:open_up", "people:go_out", "people:language"}
)


class DeskRequest(HttpRequest):
    """A request as a view behind a door sees it."""

    at: datetime  # the one time of this request, told by the clock
    present: Present


def needs(
    *rights: Right,
) -> Callable[
    [Callable[Concatenate[DeskRequest, Rest], HttpResponseBase]],
    Callable[Concatenate[Any, Rest], HttpResponseBase],
]:
    """A view for members with any one of the rights; without `rights`, for every unlocked member.

    Everybody else gets 404: that a page exists is nobody's business.
    """

    def behind_the_door(
        view: Callable[Concatenate[DeskRequest, Rest], HttpResponseBase],
    ) -> Callable[Concatenate[Any, Rest], HttpResponseBase]:
        @wraps(view)
        def asked(
            request: DeskRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponseBase:
            present = getattr(request, "present", None)
            if present is None or (rights and not any(present.may(right) for right in rights)):
                raise Http404
            return view(request, *args, **kwargs)

        asked.needs = rights  # type: ignore[attr-defined]
        return asked

    return behind_the_door
