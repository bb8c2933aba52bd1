"""The operation that ships, read once in each process: to read it takes longer than most tests."""

from __future__ import annotations

import functools

from safeconduct.core.operation import Operation
from safeconduct.packs import load


@functools.cache
def shipped() -> Operation:
    return load("afghanistan-2021")
