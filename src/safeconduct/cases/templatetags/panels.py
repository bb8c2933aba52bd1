"""Parts of the page that other rooms tell."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from safeconduct.cases.views.panels import Panel

register = template.Library()


@register.simple_tag(takes_context=True)
def part(context: Context, panel: Panel) -> SafeString:
    """A panel's template with what the page knows, and over that what the panel tells, by name and as `told`."""
    known: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    known |= {**panel.told, "told": panel.told}
    return render_to_string(panel.template, known)
