"""Who may be sent what, and every export that was asked for, agreed, written, fetched or let lapse."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from safeconduct.people.models import Member, Office


class Recipient(models.Model):
    """An organisation that exports are encrypted to. A second member confirmed its age key by another channel.

    `voucher` is made then, with the office's own key of that generation: whoever alters name or key here is seen.
    """

    code = models.CharField(max_length=12, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="recipients")
    name = models.CharField(max_length=80)
    age_key = models.CharField(max_length=80)
    added_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    voucher = models.BinaryField(max_length=32, null=True)
    voucher_generation = models.PositiveIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "age_key"],
                condition=models.Q(ended_at=None),
                name="one_live_recipient_for_each_key",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class Purpose(models.TextChoices):
    """Why a list leaves. Fixed words: they stand in the journal."""

    REFERRAL = "raising with an authority", "raising with an authority"
    MANIFEST = "manifest of a departure", "manifest of a departure"
    HOMES = "placing in homes", "placing in homes"
    DOUBLES = "comparing lists for doubles", "comparing lists for doubles"
    HANDOVER = "handing over to another organisation", "handing over to another organisation"


class Form(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel workbook"


class Export(models.Model):
    """One export. `file` is an age file from the moment it exists; it goes when the export lapses."""

    code = models.CharField(max_length=12, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="exports")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="exports")
    purpose = models.CharField(max_length=40, choices=Purpose)
    form = models.CharField(max_length=8, choices=Form)
    columns = models.JSONField(default=list)
    cases = models.JSONField(default=list)  # codes of those that may go
    left_out = models.JSONField(default=dict)  # code: why not
    row_count = models.PositiveIntegerField()  # as asked for; the canary is not counted
    asked_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    needs_second_eyes = models.BooleanField(default=False)
    agreed_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    lapses_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)
    file = models.BinaryField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    fetched_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    # What makes the canary again (exports/tracing.py). Not sealed, for it outlives the office's keys: whoever reads it
    # learns of a household that does not exist.
    canary_key = models.BinaryField(max_length=32, null=True)
    canary_attempt = models.PositiveIntegerField(null=True)
    canary_letters = models.PositiveIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["office", "asked_at"], name="exports_by_office")]

    @property
    def waits_for_second_eyes(self) -> bool:
        return self.needs_second_eyes and self.agreed_at is None and self.refused_at is None
