"""Small figures of plain shapes: read aloud they are silent, for the words stand beside them."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def bar(part: float, kind: str = "") -> SafeString:
    """A bar of that part of its width, 0 to 1; what is more than nothing is seen. `kind` is a class of the sheet."""
    width = 0 if part <= 0 else max(0.8, min(100.0, part * 100))
    return format_html(
        '<svg class="bar {}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="10"/></svg>',
        kind,
        f"{width:.1f}",
    )


@register.filter
def out_of(count: float, most: float) -> float:
    """The part that the one is of the other; 0 of nothing."""
    return count / most if most else 0.0
