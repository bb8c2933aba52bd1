"""Offices and the members who work in them. A member belongs to one office."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Office(models.Model):
    """An organisation or team with its own key. `public` is compared with the private key at every unlocking."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=80)
    generation = models.PositiveIntegerField(default=1)
    public = models.BinaryField()
    opened_at = models.DateTimeField()
    # An office outside this deployment: its fingerprint was confirmed by another channel.
    elsewhere = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    CASEWORKER = "caseworker", "caseworker"
    COORDINATOR = "coordinator", "coordinator"
    APPROVER = "approver", "approver"
    AUDITOR = "auditor", "auditor"
    OPERATOR = "operator", "operator"


class Member(AbstractBaseUser):
    """A person working in an office. No password is stored: the passphrase is what opens the member's key."""

    password = None  # type: ignore[assignment]
    last_login = None  # the journal knows who came in; nothing else needs to

    code = models.CharField(max_length=12, primary_key=True)
    handle = models.CharField(max_length=40, unique=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="members")
    roles = models.JSONField(default=list)  # of Role; the operator has that one alone and no office
    # A hash over the second factors; "": none.
    factors = models.CharField(max_length=64, blank=True)
    # Roles and factors as the office left them, each change with another revision (people/vouchers.py).
    standing = models.PositiveIntegerField(default=1)
    voucher = models.BinaryField(max_length=32, null=True)
    voucher_generation = models.PositiveIntegerField(null=True)
    key_revision = models.PositiveIntegerField(default=1)
    # The revision whose recovery code the member says to have written down; 0: none yet.
    recovery_revision = models.PositiveIntegerField(default=1)
    admitted_at = models.DateTimeField()
    # How they read. "": in the language of the door or the browser; the calendar and the digits that go with it.
    language = models.CharField(max_length=8, blank=True)
    calendar = models.CharField(max_length=16, blank=True)
    digits = models.CharField(max_length=16, blank=True)
    welcomed_at = models.DateTimeField(null=True)  # None: invited, and not here yet
    left_at = models.DateTimeField(null=True)

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = BaseUserManager["Member"]()

    def __str__(self) -> str:
        return self.handle

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.left_at is None

    def has_role(self, role: Role) -> bool:
        return role.value in self.roles

    @property
    def has_kept_the_code(self) -> bool:
        return self.recovery_revision == self.key_revision

    def get_session_auth_hash(self) -> str:
        """Sessions end when the member's key is locked anew: another passphrase, or a recovery."""
        return f"{self.code}.{self.key_revision}"


class Grant(models.Model):
    """Leave to open one case that is not the member's own, for a while: asked for, or taken by breaking the glass.

    `voucher` is made with the office's key by whoever asks, and again by whoever decides (people/vouchers.py).
    """

    code = models.CharField(max_length=12, primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="grants")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="grants")
    case = models.CharField(max_length=12, db_index=True)
    broke_glass = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    sealed_reason = models.BinaryField()  # to the office's key: a reason may hold a name
    decided_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, related_name="grants_decided"
    )
    decided_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    ends_at = models.DateTimeField(null=True)
    voucher = models.BinaryField(max_length=32, null=True)
    voucher_generation = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.code


class Notice(models.Model):
    """Glass was broken: shown to this member on every page until they say that they have seen it."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="notices")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="notices")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["grant", "member"], name="one_notice_for_each_member")
        ]


class LockDown(models.Model):
    """Everything is closed for everyone while any row has no `reopened_at`."""

    began_at = models.DateTimeField()
    began_by = models.CharField(max_length=12, blank=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.CharField(max_length=12, blank=True)


class Attempts(models.Model):
    """Tries at one door (a handle, an address, a device: as a keyed digest).

    A token bucket in one column (the generic cell rate algorithm, ITU-T I.371): `full_at` is when it will
    be full again, and every try moves it on.
    """

    door = models.CharField(max_length=64, primary_key=True)
    full_at = models.DateTimeField(db_index=True)
