"""What the frame of every page asks for."""

from __future__ import annotations

from django import template
from django.forms import BaseForm
from django.http import HttpRequest

from safeconduct.desk.ways import Way, present_at, ways_from

register = template.Library()


@register.simple_tag
def ways(request: HttpRequest, nowhere: object = "") -> list[Way]:
    """The ways from this page to the rooms that its reader may enter; `nowhere`: from a page that is none."""
    present = present_at(request)
    return ways_from("" if nowhere else request.path, present) if present else []


@register.simple_tag
def rare(found: list[Way]) -> dict[str, object]:
    """Those that stand under "More", and whether this page is below one of them."""
    apart = [way for way in found if way.rare]
    return {"ways": apart, "here": any(way.here for way in apart)}


@register.simple_tag
def may_all_stay_empty(form: BaseForm) -> bool:
    """Whether none of several fields must be filled: then it is said once, and not beside each of them."""
    fields = form.visible_fields()
    return len(fields) > 1 and not any(field.field.required for field in fields)
