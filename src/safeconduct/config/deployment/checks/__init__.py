"""`safeconduct doctor`: is this deployment safe to serve?

Each check has a number, a hint, and a place in docs/operator.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from safeconduct.config.deployment.checks import (
    backups,
    databases,
    files,
    keys,
    machine,
    records,
    web,
)
from safeconduct.config.deployment.checks.checking import Check, Finding, Serving
from safeconduct.config.deployment.home import Home

CHECKS: Final[tuple[Check, ...]] = (
    *files.CHECKS,
    *web.CHECKS,
    *databases.CHECKS,
    *records.CHECKS,
    *keys.CHECKS,
    *backups.CHECKS,
    *machine.CHECKS,
)


def look_at(home: Home, serving: Serving) -> Iterator[Finding]:
    """What is amiss. A check that has nothing to look at is silent: that it is missing is another's finding."""
    for check in CHECKS:
        told = check.look(home, serving)
        if told is not None:
            yield Finding(check.number, check.grave, told, check.mend)
