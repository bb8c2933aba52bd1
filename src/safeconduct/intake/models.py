"""What arrived, and what became of it: deliveries with their files, and pleas with their ends.

Columns in clear are codes, numbers, dates and fixed words. What was told is sealed: a delivery has keys of its own,
made and wrapped like a case's, so that to destroy them makes every backup forget the file.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from safeconduct.cases.entries import Way
from safeconduct.people.models import Member, Office

LETTERS = 10  # of a plea's code: a hundred and fifty thousand of them may come at once
WAYS = [
    (Way.SHEET.value, "a sheet"),
    (Way.FORM.value, "an export of a form"),
    (Way.CALL.value, "a call"),
    (Way.TEXT.value, "a text"),
]


class State(models.TextChoices):
    """How far a delivery is. `LEFT`: given up before any of it was imported, or after its import was undone."""

    TAKEN = "taken", "taken, not yet read"
    READ = "read", "read, not yet imported"
    IMPORTING = "importing", "being imported"
    DONE = "done", "imported"
    UNDOING = "undoing", "being undone"
    UNDONE = "undone", "imported and undone again"
    LEFT = "left", "left"


# States in which the words of its rows stand in no case yet.
WAITING = (State.TAKEN, State.READ, State.UNDONE)
ENDED = (State.DONE, State.LEFT)


class Delivery(models.Model):
    """A sheet, an export of a form, or a text, as it was handed in.

    `rows` are always `accepted` + `quarantined` + `repeated` + `left_out`, the last being rows of a family whose case
    was shredded since; `households` are the pleas that the accepted rows are of.
    `revision` counts every write of the sealed columns. `round` counts imports: one that was undone may be done anew.
    """

    code = models.CharField(max_length=12, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="deliveries")
    way = models.CharField(max_length=8, choices=WAYS)
    state = models.CharField(max_length=12, choices=State, default=State.TAKEN)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # The day of reading: a second run reads ages and dates as the first did.
    on = models.DateField()
    size = models.PositiveBigIntegerField(default=0)  # bytes of all its files
    read_hidden = models.BooleanField(default=False)
    # By which the office knows the same bytes again, and of which generation of its key.
    digest = models.BinaryField(max_length=32, null=True)
    rows = models.PositiveIntegerField(null=True)
    accepted = models.PositiveIntegerField(null=True)
    quarantined = models.PositiveIntegerField(null=True)
    repeated = models.PositiveIntegerField(null=True)
    left_out = models.PositiveIntegerField(default=0)
    households = models.PositiveIntegerField(null=True)
    trouble = models.CharField(
        max_length=8, blank=True
    )  # the code of the refusal that ended its reading
    revision = models.PositiveIntegerField(default=1)
    round = models.PositiveIntegerField(default=1)
    job = models.CharField(max_length=12, blank=True)  # the last that was asked for it
    begun_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=24, blank=True)  # why it was undone or left: a fixed word
    forgotten_at = models.DateTimeField(null=True)  # the files are gone
    shredded_at = models.DateTimeField(null=True)  # and its keys: no backup has them either
    sealed_mapping = models.BinaryField(null=True)
    sealed_preview = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["office", "-at"], name="deliveries_of_an_office"),
            models.Index(fields=["state", "ended_at"], name="deliveries_to_forget"),
        ]

    def __str__(self) -> str:
        return self.code


class DeliveredFile(models.Model):
    """One file of a delivery, sealed with its name."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files")
    number = models.PositiveIntegerField()
    sealed_name = models.BinaryField()
    # Last in the row, and never loaded with it.
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "number"], name="one_file_of_each_number")
        ]


class End(models.TextChoices):
    """Where a plea ended, for everybody of the office to see (law 1)."""

    NONE = "", "no end yet"
    ATTACHED = "attached", "attached to a case"
    QUARANTINED = "quarantined", "held"
    WITHDRAWN = "withdrawn", "withdrawn, or nothing to be done"
    # It was attached. Where its rows stood stays sealed until the file goes, so that none is read into a case again.
    SHREDDED = "shredded", "its case was shredded"


# Ends that name a case; the code of a shredded one names nothing any more.
WITH_CASE = (End.ATTACHED, End.SHREDDED)


class Plea(models.Model):
    """One plea and its end. Its words are sealed here only until a case holds them.

    `number` is its place in the reading of its delivery; `rows` how many rows it is told in. `why` is a fixed word: of
    a held row why it is held, of a withdrawn plea why, of a shredded one the ground. `ended_by` is empty where the
    import itself ended it.
    """

    code = models.CharField(max_length=12, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="pleas")
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, null=True, related_name="pleas"
    )
    round = models.PositiveIntegerField(default=1)
    number = models.PositiveIntegerField()
    way = models.CharField(max_length=8, choices=WAYS)
    received_at = models.DateTimeField()
    rows = models.PositiveIntegerField(default=1)
    end = models.CharField(max_length=12, choices=End, blank=True, default=End.NONE)
    case = models.CharField(max_length=12, blank=True, db_index=True)
    why = models.CharField(max_length=32, blank=True)
    owner = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery", "round", "number"], name="one_plea_of_each_number"
            ),
            models.CheckConstraint(
                condition=models.Q(end__in=WITH_CASE) ^ models.Q(case=""),
                name="attached_to_a_case",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["office", "end", "due", "code"], name="pleas_by_their_end")
        ]

    def __str__(self) -> str:
        return self.code
