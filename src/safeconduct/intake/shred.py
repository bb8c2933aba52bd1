"""How this room forgets: files when they were kept long enough, words of pleas when a case holds them or they ended.

The keys of a delivery go when nothing is sealed under them any more that somebody waits for: every backup forgets then.
A delivery that was read and never imported, or whose import was undone, is not forgotten by the clock: its pleas have
no end, and stand on every desk until a member imports or leaves them (law 1). Once it is ended, and a family of it
asked to be forgotten, its file goes at the next round: it still has their row.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from safeconduct.cases.actions.mistakes import is_a_slip
from safeconduct.cases.entries import Way
from safeconduct.cases.models import Ground, Shredding
from safeconduct.intake.models import ENDED, WITH_CASE, DeliveredFile, Delivery, End, Plea
from safeconduct.journal.actions import BY_ITSELF, Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.vault.actions.case_keys import KEYS, shred_case_keys
from safeconduct.vault.actions.wiping import wipe_what_was_deleted


def forget_what_is_due(*, at: datetime) -> int:
    """Safe to be cut off anywhere and done again; how many deliveries were forgotten."""
    before = at - settings.KEEP_DELIVERIES
    asked = asked_to_be_forgotten().filter(delivery=OuterRef("code"))
    due = Delivery.objects.filter(
        Q(ended_at__lte=before) | Exists(asked), state__in=ENDED, forgotten_at=None
    )
    codes = list(due.values_list("code", flat=True))
    for code in codes:
        forget_files(code, at=at)
    Plea.objects.filter(
        delivery__forgotten_at__isnull=False, sealed__isnull=False, ended_at__lte=before
    ).exclude(end__in=[End.QUARANTINED, End.NONE]).update(sealed=None)
    _forget_keys(at=at)
    return len(codes)


def forget_files(code: str, *, at: datetime, by: Actor = BY_ITSELF) -> None:
    """The files of one delivery, its mapping and its preview, and where rows stood; its pleas and counts stay.

    Nothing where its import is being undone by now: the words of its pleas would stand nowhere.
    """
    with transaction.atomic():
        still = Delivery.objects.filter(code=code, forgotten_at=None, state__in=ENDED)
        if still.update(forgotten_at=at, sealed_mapping=None, sealed_preview=None):
            DeliveredFile.objects.filter(delivery=code).delete()
            # Kept for a second import alone, which there will not be.
            Plea.objects.filter(delivery=code, end__in=WITH_CASE).update(sealed=None)
            Delivery.objects.filter(code=code, way=Way.TEXT).update(digest=None)
            write_line(Deed.DELIVERY_FORGOTTEN, by=by, at=at, about=code)


def forget_case(code: str) -> int:
    """The pleas of a case that is shredded end with it; how many they were. The rows stay out of any later import.

    Where they stood is kept, sealed, as long as the file is: then it goes with it. Within the transaction in which the
    case's rows go. A case that an undo takes back leaves its pleas to the undo: they are to be read again.
    """
    asked = Shredding.objects.filter(case=code).first()
    if asked is not None and is_a_slip(asked):
        return 0
    ended = Plea.objects.filter(case=code, end=End.ATTACHED)
    ended.filter(Q(delivery=None) | Q(delivery__forgotten_at__isnull=False)).update(sealed=None)
    return ended.update(end=End.SHREDDED, why=asked.ground if asked is not None else "")


def asked_to_be_forgotten() -> QuerySet[Plea]:
    """Pleas whose case was shredded because the family asked for it."""
    return Plea.objects.filter(end=End.SHREDDED, why=Ground.ASKED_BY_FAMILY)


def deliveries_with_keys() -> set[str]:
    """Whose keys the sweep of the key store must leave."""
    return set(Delivery.objects.filter(shredded_at=None).values_list("code", flat=True))


def _forget_keys(*, at: datetime) -> None:
    """Keys first, then the mark: cut off between, it is done again."""
    words = Plea.objects.filter(delivery=OuterRef("code"), sealed__isnull=False)
    over = Delivery.objects.filter(~Exists(words), forgotten_at__isnull=False, shredded_at=None)
    codes = list(over.values_list("code", flat=True))
    for code in codes:
        shred_case_keys(code)
    if codes:
        transaction.on_commit(wipe_what_was_deleted, using=KEYS, robust=True)
        Delivery.objects.filter(code__in=codes).update(shredded_at=at)
