"""What this room keeps: where each case stands by the rulebook, overrides, rulebooks, runs over the whole caseload.

Codes, bands, days and numbers. Whatever somebody wrote in words is sealed to the office.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safeconduct.cases.models import Band
from safeconduct.people.models import Member, Office


class Standing(models.Model):
    """What the rulebook said of a case last: its own band, also where another one was agreed for a while.

    `asks` is how many unknown facts would change the outcome; `revision` the case's, as it was assessed.
    """

    case = models.CharField(max_length=12, primary_key=True)
    office = models.CharField(max_length=12)
    band = models.CharField(max_length=12, choices=Band)
    asks = models.PositiveIntegerField(default=0)
    rules = models.CharField(max_length=16)
    on = models.DateField()
    revision = models.PositiveBigIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "asks"], name="asks_of_an_office")]


class Override(models.Model):
    """Another band than the rulebook's: asked for with a reason, agreed by a second person, until a day.

    Waiting while `agreed` is None; over once `ended_at` is set (refused, withdrawn, ended, or run out). `voucher` is
    made with the office's key by whoever asks and again by whoever agrees: a row made by hand changes no band.
    """

    code = models.CharField(max_length=12, primary_key=True)
    case = models.CharField(max_length=12, db_index=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=12, choices=Band)
    until = models.DateField()
    sealed_reason = models.BinaryField()  # to the office's key: a reason may hold a name
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    decided_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # None beside `ended_at`: it ran out.
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    voucher = models.BinaryField(max_length=32)
    voucher_generation = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_live_override_of_each_case"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["office", "until"], condition=Q(ended_at=None), name="live_overrides"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Notice(models.Model):
    """Something was asked or decided about the band of a case: told to whoever looks after it, until they saw it."""

    override = models.ForeignKey(Override, on_delete=models.CASCADE, related_name="notices")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=12)  # asked, agreed, refused, ended, ran out
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)


class LoadedRules(models.Model):
    """A rulebook of the office's own, as one text. In clear: rules name nobody. `version` is the digest of the text."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    version = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    text = models.TextField()
    loaded_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "version"], name="each_rulebook_once_in_an_office"
            )
        ]


class RulesInForce(models.Model):
    """From when on which rulebook counted in an office; the newest counts now. `loaded` None: the one that ships.

    `voucher` is made with the office's key by whoever put it in force: a row made by hand puts nothing in force.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    loaded = models.ForeignKey(LoadedRules, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.CharField(max_length=16)  # as it was then
    since = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    sealed_why = models.BinaryField()  # to the office's key
    voucher = models.BinaryField(max_length=32)
    voucher_generation = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "since"], name="rules_of_an_office")]


class Reassessment(models.Model):
    """A run over the whole caseload by two rulebooks: only compared, or (`writes`) assessed anew by the second.

    `counts` has small numbers alone: cases, those that did not open, band to band, asks gained and lost.
    """

    code = models.CharField(max_length=12, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    writes = models.BooleanField()
    before = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    on = models.DateField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job = models.CharField(max_length=12, blank=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.code


class Moved(models.Model):
    """A case that the second rulebook puts elsewhere. Bands are the rulebooks', whatever was agreed for it."""

    run = models.ForeignKey(Reassessment, on_delete=models.CASCADE, related_name="moved")
    case = models.CharField(max_length=12, db_index=True)
    band_before = models.CharField(max_length=12, choices=Band)
    band_after = models.CharField(max_length=12, choices=Band)
    priority_before = models.FloatField()
    priority_after = models.FloatField()
    asks_before = models.PositiveIntegerField()
    asks_after = models.PositiveIntegerField()
    schemes_gained = models.JSONField(default=list)
    schemes_lost = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "case"], name="each_case_moves_once_in_a_run")
        ]


class LikeCases(models.Model):
    """Cases of whom the same is known and that fared differently. Which they are, and how, is sealed to the office.

    That two cases have the same facts, or what an authority decided, is more than a cover may tell.
    """

    code = models.CharField(max_length=12, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    rules = models.CharField(max_length=16)
    on = models.DateField()
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job = models.CharField(max_length=12, blank=True)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)

    def __str__(self) -> str:
        return self.code
