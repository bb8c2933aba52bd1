"""What a member keeps for themselves: choices of cases, each under a name of their own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from safeconduct.people.models import Member


class KeptView(models.Model):
    """A choice of cases under a name. The choice is codes; the name is sealed: "Karimi family" would be a leak."""

    code = models.CharField(max_length=12, primary_key=True)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="views")
    sealed_name = models.BinaryField()  # to the office's key
    chosen = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["member", "kept_at"], name="views_of_a_member")]

    def __str__(self) -> str:
        return self.code
