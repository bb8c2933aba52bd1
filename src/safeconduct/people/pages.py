"""Pages with a form. Where the form wants mending, the answer says so to programs too: 400."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, an empty one too; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def shown(request: HttpRequest, template: str, told: Mapping[str, Any]) -> HttpResponse:
    """The page; 400 where any of its forms was sent and is not taken."""
    wants_mending = any(
        each.is_bound and not each.is_valid()
        for each in told.values()
        if isinstance(each, BaseForm | BaseFormSet)
    )
    return render(request, template, dict(told), status=400 if wants_mending else 200)
