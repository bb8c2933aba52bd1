"""What falls due by the clock alone: cases and deliveries kept long enough, exports that lapsed, tries, orphan keys.

No keys are needed to forget. Each is safe to be cut off at any moment and done again.
"""

from __future__ import annotations

from datetime import datetime

from safeconduct.cases.actions.finishing import finish_interrupted
from safeconduct.cases.actions.shredding import shred_what_is_due
from safeconduct.cases.models import Case
from safeconduct.exports.actions.steps import lapse_due
from safeconduct.intake.shred import deliveries_with_keys, forget_what_is_due as forget_deliveries
from safeconduct.people.shred import forget_attempts
from safeconduct.triage.shred import forget_by_clock
from safeconduct.vault.actions.sweeping import sweep


def forget_what_is_due(at: datetime) -> None:
    """First what was begun and cut off; then what is due now."""
    finish_interrupted(at=at)
    shred_what_is_due(on=at.date(), at=at)
    lapse_due(at=at)
    forget_deliveries(at=at)
    forget_attempts(at=at)
    forget_by_clock(at=at)
    known = set(Case.objects.values_list("code", flat=True)) | deliveries_with_keys()
    sweep(known, at=at)
