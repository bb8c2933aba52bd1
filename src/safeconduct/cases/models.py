"""A case: the cover that the database may sort, and the sealed entries that only its keys open.

What is sealed is read by cases/reading.py, reading_many.py, rows.py, shred.py and cases/actions/ alone; covers also by
queries.py, and by what compares their codes with the key store's: a guard test holds that. How the rows are held
together by the two seals is told in cases/wholeness.py.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from safeconduct.people.models import Member, Office
from safeconduct.vault.models import Part


class State(models.TextChoices):
    OPEN = "open", "open"
    SETTLED = "settled", "settled"
    WITHDRAWN = "withdrawn", "withdrawn by the family"
    CLOSED = "closed", "closed"


class Band(models.TextChoices):
    EMERGENCY = "emergency", "emergency"
    URGENT = "urgent", "urgent"
    PRIORITY = "priority", "priority"
    ROUTINE = "routine", "routine"
    NOT_ASSESSED = "not assessed", "not assessed"


# By which columns a list of covers is sorted, all upwards: the most urgent first.
IN_ORDER = ("urgency", "due_by", "behind", "code")


class Case(models.Model):
    """The cover. Nothing here names anybody. The two seals hold the cover and the entries together.

    `household_size` follows from what was told: the number set by a member if there is one, else the larger of the
    persons named and the number told (law 6). None: nobody was named and no number told.
    """

    code = models.CharField(max_length=12, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="cases")
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="cases")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    band = models.CharField(max_length=12, choices=Band, default=Band.NOT_ASSESSED)
    household_size = models.PositiveIntegerField(null=True)
    told_size = models.PositiveIntegerField(null=True)
    set_size = models.PositiveIntegerField(null=True)
    # The rulebook's points for the whole household: within a band the greater goes first.
    priority = models.FloatField(default=0.0)
    province = models.CharField(max_length=8, blank=True)  # a P-code; empty: unknown
    schemes = models.JSONField(default=list)
    # What a list is sorted by. It follows from the band, so that no seal need hold it.
    urgency = models.GeneratedField(
        expression=models.Case(
            *(models.When(band=band, then=place) for place, band in enumerate(Band.values)),
            default=len(Band.values),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    next_due = models.DateField(null=True)
    # What has no day due stands behind what has; and the greater priority first, though all is sorted upwards.
    due_by = models.GeneratedField(
        expression=Coalesce(F("next_due"), Value(date.max)),
        output_field=models.DateField(),
        db_persist=True,
    )
    behind = models.GeneratedField(
        expression=-F("priority"), output_field=models.FloatField(), db_persist=True
    )
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    keep_until = models.DateField()  # the retention clock: due for shredding after that day
    held = models.BooleanField(default=False)  # an entry of the kind hold says why
    shared_with = models.JSONField(default=dict)  # other offices' codes: "card" or "all"
    is_shared = models.GeneratedField(
        expression=models.Case(models.When(shared_with={}, then=False), default=True),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    revision = models.PositiveBigIntegerField(default=1)
    cover_revision = models.PositiveBigIntegerField(default=1)
    key_version = models.PositiveIntegerField(default=1)
    card_seal = models.BinaryField(max_length=32)
    contents_seal = models.BinaryField(max_length=32)
    # Its shredding was agreed and has begun; nobody opens it any more. Not under the seals: the clock has no keys.
    shredding_since = models.DateTimeField(null=True)

    class Meta:
        # A page of the list is one range of one of the first three (desk/worklist/paging.py).
        indexes: ClassVar = [
            models.Index(
                fields=["office", "state", *IN_ORDER, "owner"],
                condition=Q(shredding_since=None),
                name="the_worklist",
            ),
            models.Index(
                fields=["office", "owner", "state", *IN_ORDER],
                condition=Q(shredding_since=None),
                name="a_members_worklist",
            ),
            models.Index(
                fields=["state", *IN_ORDER],
                condition=Q(is_shared=True, shredding_since=None),
                name="what_others_share",
            ),
            models.Index(fields=["office", "changed_at"], name="what_changed_lately"),
            models.Index(fields=["keep_until"], name="the_retention_clock"),
        ]

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """One thing told of a case: a person, a note, a consent ... What it says stands in its versions."""

    code = models.CharField(max_length=26, primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField()  # the first, the second ... of its case
    part = models.CharField(max_length=8, choices=Part)
    kind = models.CharField(max_length=20)
    revision = models.PositiveIntegerField(default=1)
    removed = models.BooleanField(default=False)


class Version(models.Model):
    """An entry as it was written at one revision: sealed, and never written otherwise. The history is these rows."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=12)
    removes = models.BooleanField(default=False)
    sealed = models.BinaryField()
    # A document's bytes, sealed. Last in the row and never loaded with it; the digest is under the contents' seal.
    paper_digest = models.BinaryField(max_length=32, null=True)
    paper = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["entry", "revision"], name="one_version_for_each_revision"
            )
        ]


class KnownOffice(models.Model):
    """Another office's public key as this office compared it, by another channel.

    `voucher` is made with this office's own key of that generation: whoever alters a row here is seen.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="known_offices")
    other = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    voucher = models.BinaryField(max_length=32)
    voucher_generation = models.PositiveIntegerField()
    noted_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["office", "other"], name="one_key_known_of_each_office")
        ]


class Ground(models.TextChoices):
    """Why a case is shredded."""

    ASKED_BY_FAMILY = "asked-by-the-family", "the family asked for it"
    KEPT_LONG_ENOUGH = "kept-long-enough", "it was kept as long as it may be"
    OPENED_BY_MISTAKE = "opened-by-mistake", "it was opened by mistake"
    SAME_FAMILY_TWICE = "same-family-twice", "the family has another case"


class Shredding(models.Model):
    """A shredding that was asked for, or has begun. It goes with its case; the journal keeps who and when."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="shredding")
    ground = models.CharField(max_length=24, choices=Ground)
    sealed_reason = models.BinaryField(null=True)  # to the office's key: a reason may hold a name
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
