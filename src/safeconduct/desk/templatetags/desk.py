"""What the frame of every page asks for."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from safeconduct.desk.ways import Way, present_at, ways_from

register = template.Library()


@register.simple_tag
def ways(request: HttpRequest) -> list[Way]:
    """The ways from this page to the rooms that its reader may enter."""
    present = present_at(request)
    return ways_from(request.path, present) if present else []
