"""What every view of this room does: nothing that is not of the office is there, and a refusal is told in its words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from safeconduct.core.errors import (
    KeysLocked,
    NoRight,
    NoSuchDelivery,
    NoSuchPlea,
    Refused,
)
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.permissions import Right
from safeconduct.people.sentences import in_readers_words

Rest = ParamSpec("Rest")
View = Callable[Concatenate[DeskRequest, Rest], HttpResponse]


def for_who_takes_in(view: View[Rest]) -> Callable[..., HttpResponseBase]:
    """404 for what is not theirs to see; 409, calmly, for a step that is not taken as things stand."""

    @wraps(view)
    def asked(request: DeskRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except KeysLocked:
            raise  # the middleware asks for the passphrase and keeps what was typed
        except (NoSuchDelivery, NoSuchPlea, NoRight) as nothing:
            raise Http404 from nothing
        except Refused as refusal:
            _in_words(refusal)
            told = {"refusal": refusal, "back": kwargs.get("delivery"), "plea": kwargs.get("plea")}
            return render(request, "intake/refused.html", told, status=409)

    return needs(Right.TAKE_IN)(asked)


def _in_words(refusal: Refused) -> None:
    """The state of a delivery and the end of a plea are fixed words, stored in English."""
    for name in refusal.where.keys() & {"state", "end"}:
        refusal.where[name] = in_readers_words(str(refusal.where[name]))
