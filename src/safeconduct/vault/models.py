"""The key store: wrapped keys only, in a database of their own, outside the main one and its backups.

Rows name members, offices and cases by their codes: there is no foreign key between the two databases.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Part(models.TextChoices):
    """The two keys of a case: what search and matching need, and all the rest."""

    CARD = "card"
    CONTENTS = "contents"


class MemberKey(models.Model):
    """A member's key pair; the private key locked by passphrase and by recovery code, or by an invitation alone.

    `voucher` is the office's, of that generation: it once agreed that this public key is this member's.
    """

    member = models.CharField(max_length=12, primary_key=True)
    public = models.BinaryField()
    revision = models.PositiveIntegerField(default=1)
    by_passphrase = models.BinaryField(null=True)
    by_recovery = models.BinaryField(null=True)
    by_invitation = models.BinaryField(null=True)
    invited_until = models.DateTimeField(null=True)
    voucher = models.BinaryField(null=True)
    voucher_generation = models.PositiveIntegerField(null=True)


class OfficeKey(models.Model):
    """An office's key pair of one generation, the private key wrapped to one member.

    `public` is what a restored main database is brought up to; every unlocking compares it with the private key.
    `voucher` is made with the generation before: nobody who can merely write here puts in a generation of their own.
    """

    office = models.CharField(max_length=12)
    generation = models.PositiveIntegerField()
    member = models.CharField(max_length=12, db_index=True)
    public = models.BinaryField()
    wrapped = models.BinaryField()
    voucher = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "generation", "member"], name="one_copy_for_each_member"
            )
        ]


class CaseKey(models.Model):
    """One of a case's two keys, in one version, wrapped to an office.

    `orphan_since`: when a sweep first found that the main database knows no such case or version.
    """

    case = models.CharField(max_length=12)
    part = models.CharField(max_length=8, choices=Part)
    version = models.PositiveIntegerField()
    office = models.CharField(max_length=12)
    generation = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    orphan_since = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "part", "version", "office"], name="one_case_key_for_each_office"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["office", "generation"], name="still_to_wrap")]


class NotedHead(models.Model):
    """The journal's last head that was noted here, apart from the journal: it may lag, never lead."""

    number = models.PositiveBigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)
    noted_at = models.DateTimeField()
