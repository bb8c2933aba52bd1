"""A member has the files of a delivery forgotten before the clock does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safeconduct.core.errors import FileStillNeeded
from safeconduct.intake.models import ENDED
from safeconduct.intake.queries import delivery_for
from safeconduct.intake.shred import forget_files
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


def forget_file(by: Present, code: str, *, at: datetime) -> None:
    """Its import cannot be undone after that. Raises NoRight, NoSuchDelivery, FileStillNeeded."""
    by.must(Right.TAKE_IN)
    with transaction.atomic():
        delivery = delivery_for(by, code, locked=True)
        if delivery.state not in ENDED:
            raise FileStillNeeded(state=delivery.get_state_display())
        forget_files(code, at=at, by=by.actor)
