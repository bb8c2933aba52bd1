"""A cast and what it made, standing for all tests of a file: made once, because making takes longer than a test.

What a test writes is taken back after it, as everywhere; what stands here, after the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace

from django.test import TestCase
from pytest_django import DjangoDbBlocker

from safeconduct.people.present import Present


class _Both(TestCase):
    """Django's own way of taking back what was written."""

    databases = frozenset({"default", "keys"})


@contextmanager
def furnishing(blocker: DjangoDbBlocker) -> Iterator[None]:
    """For a fixture of a module, which yields within it. In its tests both databases are as they stand here."""
    with blocker.unblock():
        atomics = _Both._enter_atomics()
    try:
        yield
    finally:
        with blocker.unblock():
            _Both._rollback_atomics(atomics)


def own(present: Present) -> Present:
    """Somebody of the cast with a ring of their own, which a test may close."""
    ring = replace(present.ring, office_keys=dict(present.ring.office_keys))
    return Present(copy(present.member), ring)
