"""Is there a backup, is it young, and do the keys lie elsewhere?"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.home import Home, last_backup, lie_together, recipient_of
from safeconduct.core.errors import RecipientUnclear

_OLD: Final = timedelta(days=7)


def no_recipient(home: Home, _serving: Serving) -> str | None:
    try:
        recipient_of(home)
    except RecipientUnclear:
        return "Nobody is named whom backups could be encrypted to."
    return None


def backup_old(home: Home, serving: Serving) -> str | None:
    last = last_backup(home)
    if last is None:
        return "No backup was made yet."
    return "The last backup is older than a week." if serving.at - last.at > _OLD else None


def backups_together(home: Home, _serving: Serving) -> str | None:
    """The folders may have been moved or linked together since."""
    last = last_backup(home)
    if last is not None and lie_together(last.to, last.keys_to):
        return "The backup and the backup of the keys lie in one folder."
    return None


CHECKS: Final = (
    Check(
        "SCD50",
        no_recipient,
        "Put an age recipient whose identity is in safe hands into backup-recipient.txt.",
        grave=False,
    ),
    Check("SCD51", backup_old, "safeconduct backup, best every night from a timer.", grave=False),
    Check(
        "SCD52",
        backups_together,
        "Keep them in two places: whoever takes one should not have the other.",
        grave=False,
    ),
)
