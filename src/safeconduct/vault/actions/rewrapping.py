"""After an office's new generation: every case key of that office wrapped to it, in steps.

Each step is a transaction of its own and finds by itself what is left, so that the work can be cut off anywhere and
begun again, twice at once too. Cases stay open to everybody meanwhile: members hold both generations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from safeconduct.core.errors import KeyDoesNotFit
from safeconduct.vault.actions.case_keys import KEYS, opened_row, purpose_of
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import CaseKey
from safeconduct.vault.sealing import SealKey
from safeconduct.vault.wrapping import Unwrapper, with_voucher, wrap

STEP = 500


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """How far it is. `broken` are the codes of cases with a key that does not open: told, and left as they are."""

    after: int = 0
    done: int = 0
    left: int = 0
    broken: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        return self.left == 0


def rewrap_step(
    ring: Keyring,
    *,
    office: str,
    generation: int,
    public: bytes,
    before: Rewrapped | None = None,
    step: int = STEP,
) -> Rewrapped:
    """Wrap the next `step` keys of older generations. `before` is what the last step returned, None at the start.

    `generation` and `public` are the office's current ones, as the main database has them. Raises KeysLocked where
    the ring lacks a generation, KeySwapped where `public` is not the one of that generation on the ring.
    """
    before = before or Rewrapped()
    own_public = ring.office_public(generation, stored=public)
    ready: dict[int, Unwrapper] = {}
    broken: list[str] = []
    with transaction.atomic(using=KEYS):
        rows = list(
            _older(office, generation)
            .filter(id__gt=before.after)
            .select_for_update()
            .order_by("id")[:step]
        )
        wrapped_anew = []
        for row in rows:
            try:
                key, own = _opened(ring, row, ready)
            except KeyDoesNotFit:
                broken.append(row.case)
                continue
            purpose = purpose_of(row.case, row.part, row.version, row.office, generation)
            if own:
                purpose = with_voucher(ring.office_key(generation), purpose)
            row.wrapped, row.generation = wrap(own_public, key.raw, purpose=purpose), generation
            wrapped_anew.append(row)
        # One question for each row: a bulk update would spell the whole step out as one case distinction.
        for row in wrapped_anew:
            row.save(update_fields=["wrapped", "generation"])
    after = rows[-1].id if rows else before.after
    return Rewrapped(
        after=after,
        done=before.done + len(wrapped_anew),
        left=_older(office, generation).filter(id__gt=after).count(),
        broken=(*before.broken, *broken),
    )


def rewrapping(
    ring: Keyring, *, office: str, generation: int, public: bytes, step: int = STEP
) -> Iterator[Rewrapped]:
    """All steps, one after the other; at least one is told."""
    so_far = None
    while so_far is None or not so_far.finished:
        so_far = rewrap_step(
            ring, office=office, generation=generation, public=public, before=so_far, step=step
        )
        yield so_far


def _opened(ring: Keyring, row: CaseKey, ready: dict[int, Unwrapper]) -> tuple[SealKey, bool]:
    """The key, and whether the office vouches for it: it is wrapped anew in the form in which it was found."""
    try:
        return opened_row(ring, row, ready, own=True), True
    except KeyDoesNotFit:
        # Lent by another office, as far as can be seen here. It gains no voucher, and opens as no case of ours.
        return opened_row(ring, row, ready, own=False), False


def _older(office: str, generation: int) -> QuerySet[CaseKey]:
    return CaseKey.objects.filter(office=office, generation__lt=generation)
