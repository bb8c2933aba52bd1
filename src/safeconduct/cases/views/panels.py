"""Parts of a case's page that rooms above this one tell: the assessment, the doubles, how the plea arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.module_loading import import_string

from safeconduct.cases.reading import OpenCase

TOP: Final = "top"
SIDE: Final = "below"


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A part of the page: its template, what it tells, and where it stands (`TOP`: before anything else is read)."""

    template: str
    told: Mapping[str, Any]
    place: str = SIDE


def panels_of(opened: OpenCase, *, at: datetime) -> list[Panel]:
    """In the order of the setting; a room with nothing to say of this case says nothing."""
    found = []
    for path in getattr(settings, "CASE_PANELS", ()):
        ask: Callable[..., Panel | None] = import_string(path)
        panel = ask(opened, at=at)
        if panel is not None:
            found.append(panel)
    return found
