"""How a page comes to its case: through `case_for`, for a purpose, or not at all.

A stranger gets 404. A colleague without a way sees the cover, which is in the office's lists anyway, and how to ask.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, Final, ParamSpec

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import cover_of
from safeconduct.cases.reading import LETTERS, OpenCase, case_for
from safeconduct.core.codes import read_code
from safeconduct.core.errors import (
    KeysLocked,
    NoKey,
    NoRight,
    NoSuchCase,
    NoSuchEntry,
    NotOpened,
    NotOursToChange,
    Refused,
)
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.permissions import Right

Rest = ParamSpec("Rest")
PURPOSES_CHOSEN: Final = "purposes"
_REMEMBERED: Final = 200

View = Callable[Concatenate[DeskRequest, OpenCase, Rest], HttpResponse]
Asked = Callable[..., HttpResponseBase]  # (request, code, what the address holds besides)


def in_case(
    *rights: Right, purpose: Purpose | None = None, ours: bool = False
) -> Callable[[View[Rest]], Asked]:
    """A view of one case. `purpose` where the page itself tells it; `ours`: not for a case that is only shared.

    What the view raises becomes a page: 404, 409, or the calm one for a case that did not open.
    """

    def opened_first(view: View[Rest]) -> Asked:
        # An auditor or operator opens no case, an approver neither: for them the page is not there.
        def asked(
            request: DeskRequest, code: str, *args: Rest.args, **kwargs: Rest.kwargs
        ) -> HttpResponse:
            if rights and not any(request.present.may(right) for right in rights):
                raise Http404
            try:
                why = purpose or purpose_of(request, code)
                opened = case_for(request.present, code, why, at=request.at)
            except NoSuchCase:
                return no_way(request, code)
            except KeysLocked:
                raise  # the middleware asks for the passphrase and keeps what was typed
            except NotOpened as refusal:
                return not_opened(request, code, refusal)
            if ours and not opened.is_ours:
                return refused(request, NotOursToChange(case=opened.code), case=opened.code)
            return _answer(request, code, lambda: view(request, opened, *args, **kwargs))

        known: Asked = update_wrapper(asked, view)
        return needs(Right.OPEN_OWN_CASES, Right.OPEN_ALL_CASES)(known)

    return opened_first


def _answer(request: DeskRequest, code: str, view: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return view()
    except KeysLocked:
        raise
    except (NoSuchCase, NoSuchEntry, NoRight, NoKey) as nothing:
        raise Http404 from nothing
    except NotOpened as refusal:
        return not_opened(request, code, refusal)
    except Refused as refusal:
        return refused(request, refusal, case=code)


# --- for what ------------------------------------------------------------------------------------


def purpose_of(request: DeskRequest, code: str) -> Purpose:
    """The purpose that the member chose for this case in this session; casework until they choose."""
    chosen = request.session.get(PURPOSES_CHOSEN, {})
    told = chosen.get(code) if isinstance(chosen, dict) else None
    return Purpose(told) if told in set(Purpose) else Purpose.CASEWORK


def remember_purpose(request: DeskRequest, code: str, purpose: Purpose) -> None:
    """In the session, which is in memory alone; the newest of many."""
    chosen = dict(request.session.get(PURPOSES_CHOSEN, {}))
    chosen.pop(code, None)
    chosen[code] = purpose.value
    request.session[PURPOSES_CHOSEN] = dict(list(chosen.items())[-_REMEMBERED:])


# --- what is shown where nothing opens -------------------------------------------------------------


def no_way(request: DeskRequest, code: str) -> HttpResponse:
    """The cover and how to ask, for a colleague who may; nothing of what was told. For everybody else 404."""
    cover = cover_of(request.present, code)
    if cover is None or cover.office_id != request.present.member.office_id:
        raise Http404
    return render(request, "cases/no_way.html", {"cover": cover})


def not_opened(request: DeskRequest, code: str, refusal: NotOpened) -> HttpResponse:
    """A broken seal or a missing key: said calmly, with the code to tell by telephone, and journalled."""
    with transaction.atomic():
        write_line(
            Deed.CASE_NOT_OPENED,
            by=request.present.actor,
            at=request.at,
            about=read_code(code, LETTERS) or "",
            facts={"error": refusal.code},
        )
    return render(
        request, "cases/not_opened.html", {"refusal": refusal, "told_code": code}, status=409
    )


def refused(request: DeskRequest, refusal: Refused, *, case: str) -> HttpResponse:
    return render(
        request, "cases/refused.html", {"refusal": refusal, "told_code": case}, status=409
    )
