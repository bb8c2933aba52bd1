"""How what was found is told."""

from __future__ import annotations

from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

from safeconduct.core.names.searching import Matched
from safeconduct.core.names.searching_records import CODE, DOCUMENT, FATHER, NAME, PHONE

register = template.Library()
_WHAT: Final = {
    NAME: _("name:"),
    FATHER: _("father:"),
    PHONE: _("telephone:"),
    DOCUMENT: _("paper:"),
    CODE: _("case:"),
}


@register.filter
def how_met(part: Matched) -> str:
    """Which part of a person met what was typed."""
    return str(_WHAT.get(part.what, part.what))
