"""One line for every act and every look. Codes, numbers and fixed words only: never contents."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Lines(models.QuerySet["Line"]):
    """Lines are read, and added by `actions.write_line`. The database itself refuses the rest (append_only.py)."""

    def update(self, **_columns: Any) -> int:
        raise NotImplementedError("a line of the journal is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NotImplementedError("a line of the journal is never removed")

    def bulk_update(self, *_lines: Any, **_columns: Any) -> int:
        raise NotImplementedError("a line of the journal is never changed")


class Line(models.Model):
    """Never changed, never removed. `number` counts from 1 without a gap; `hash` covers the line and that before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    member = models.CharField(max_length=12, blank=True)
    office = models.CharField(max_length=12, blank=True)
    deed = models.CharField(max_length=40)
    about = models.CharField(max_length=40, blank=True)
    revision = models.PositiveBigIntegerField(null=True)
    purpose = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    hash = models.BinaryField(max_length=32)

    objects = Lines.as_manager()

    class Meta:
        base_manager_name = "objects"
        indexes: ClassVar = [
            models.Index(fields=["about", "number"], name="lines_about"),
            models.Index(fields=["member", "number"], name="lines_of_a_member"),
            models.Index(fields=["deed", "number"], name="lines_of_a_deed"),
            # Every opening of a case asks for its last revision.
            models.Index(
                fields=["about", "revision"],
                name="last_revision",
                condition=models.Q(revision__isnull=False),
            ),
        ]

    def save(self, **how: Any) -> None:
        if not self._state.adding:
            raise NotImplementedError("a line of the journal is never changed")
        super().save(**{**how, "force_insert": True})

    def delete(self, using: Any = None, keep_parents: bool = False) -> tuple[int, dict[str, int]]:
        raise NotImplementedError("a line of the journal is never removed")


class Head(models.Model):
    """The one row that every writer must move: the lines stand in one order (docs/scarcity.md)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="the_journal_has_one_head")
        ]
