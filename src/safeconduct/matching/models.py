"""Which cases may be one family, who said what of that, and which stand together because of it.

Covers alone: codes, numbers and times. What a member was shown and what they wrote beside it is sealed to their office.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from safeconduct.cases.models import Case
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.people.models import Member, Office


class Decided(models.TextChoices):
    """What the software proposes of two cases. A member decides (law 12)."""

    SAME = "same", "proposed as the same family"
    REVIEW = "review", "to be looked at"


class Book(models.Model):
    """One row. Whoever changes which cases stand together holds it, so that two do so one after the other."""

    id = models.PositiveSmallIntegerField(primary_key=True)


class Look(models.Model):
    """How the newest look for doubles went, of each office. `wanted` counts who asked, so that none is passed over."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, primary_key=True)
    wanted = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True)
    cards = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    found = models.PositiveIntegerField(default=0)
    # Codes of cases that did not open whole: nobody is lost in a list.
    not_whole = models.JSONField(default=list)


class Compared(models.Model):
    """A case whose card an office has compared with everybody; without a row it is "not yet compared".

    `mark` is made with the card's own key over what was compared: it tells nothing, and another note in the case
    leaves it as it is.
    """

    case = models.CharField(max_length=12)
    office = models.CharField(max_length=12)
    at = models.DateTimeField()
    revision = models.PositiveBigIntegerField()  # of the case, when it was compared
    mark = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "office"], name="compared_once_by_each_office")
        ]


class Possible(models.Model):
    """Two cases that may be one family, as an office's look found them. `case_a` has the smaller code.

    `among`: so many people stood in the list; the odds fall as it grows. `settled`: this office has said what it
    makes of them; `standing` is how the pair stands by all that was said (core/linkage/standing), "" where nothing was.
    """

    code = models.CharField(max_length=16, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    case_a = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    case_b = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    decision = models.CharField(max_length=8, choices=Decided)
    probability = models.FloatField()
    weight = models.FloatField()
    pairs = models.PositiveIntegerField(default=1)  # of people who may be one
    among = models.PositiveIntegerField()
    found_at = models.DateTimeField()
    model = models.CharField(max_length=64)
    standing = models.CharField(max_length=12, blank=True)
    settled = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "case_a", "case_b"], name="found_once_by_each_office"
            ),
            models.CheckConstraint(
                condition=models.Q(case_a__lt=models.F("case_b")), name="possible_in_order"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["office", "settled"], name="still_to_be_judged")]


class Judgement(models.Model):
    """A member's word on two cases. Nothing of it is altered later; a withdrawal is a row of its own.

    `sealed` holds what the software had shown and the member's note, for the office for which they spoke.
    """

    code = models.CharField(max_length=16, primary_key=True)
    case_a = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    case_b = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in Verdict]
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    model = models.CharField(max_length=64, blank=True)  # empty: nothing was proposed
    weight = models.FloatField(null=True)  # bits
    probability = models.FloatField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(case_a__lt=models.F("case_b")), name="judged_in_order"
            )
        ]


class Withdrawal(models.Model):
    """A judgement does not count any more. `sealed`: why, for the office of whoever took it back."""

    judgement = models.OneToOneField(
        Judgement, on_delete=models.CASCADE, primary_key=True, related_name="withdrawal"
    )
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sealed = models.BinaryField()


class Together(models.Model):
    """A case that stands together with others; `lead` is the one whose line stands in lists for all of them.

    Computed from the judgements that are live (standing.py), never a source of anything.
    """

    case = models.CharField(max_length=12, primary_key=True)
    lead = models.CharField(max_length=12)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["lead"], name="the_families")]


class Apart(models.Model):
    """Two cases that a rule of the software holds apart: no chain of others joins them, only a word on these two."""

    case_a = models.CharField(max_length=12)
    case_b = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_a", "case_b"], name="apart_once")
        ]


class CardsAgreement(models.Model):
    """One office lets another compare its cards and shows no contents. It stands until it is ended.

    `voucher` is made with the office's key by whoever agrees, and by whoever ends it (agreements.py).
    """

    code = models.CharField(max_length=16, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    voucher = models.BinaryField(max_length=32)
    voucher_generation = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "other"],
                condition=models.Q(ended_at=None),
                name="one_live_agreement_for_each_office",
            )
        ]


class LentCard(models.Model):
    """A case whose card was shared because of an agreement, and is taken back when that ends."""

    agreement = models.ForeignKey(CardsAgreement, on_delete=models.CASCADE, related_name="cards")
    case = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "case"], name="lent_once")
        ]
