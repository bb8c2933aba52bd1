"""What follows when something was told of a case. It stands in rooms above this one, so that a setting names it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils.module_loading import import_string

from safeconduct.cases.reading import OpenCase
from safeconduct.people.present import Present


def after_told(by: Present, code: str, *, at: datetime) -> None:
    """To be called by a page once its action is done and committed: what follows never undoes what was told."""
    path = getattr(settings, "AFTER_TOLD", "")
    if path:
        follow: Callable[..., None] = import_string(path)
        follow(by, code, at=at)


def after_call(opened: OpenCase, *, at: datetime) -> None:
    """A case was opened from a call: the call is a plea, and is counted among what arrived."""
    path = getattr(settings, "AFTER_CALL", "")
    if path:
        follow: Callable[..., None] = import_string(path)
        follow(opened, at=at)
