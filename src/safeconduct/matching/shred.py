"""How this room forgets a case that is shredded."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from safeconduct.matching.models import (
    Apart,
    Compared,
    Judgement,
    LentCard,
    Possible,
    Together,
)
from safeconduct.matching.standing import hold_the_book, region_of, settle


def forget_case(code: str) -> None:
    """Every word on it, every possible double, every mark; whoever stood together only through it is apart again.

    Within the transaction in which its rows go. No key is needed.
    """
    hold_the_book()
    beside: Collection[str] = region_of([code]).codes - {code}
    of_it = Q(case_a=code) | Q(case_b=code)
    Judgement.objects.filter(of_it).delete()
    Possible.objects.filter(of_it).delete()
    Apart.objects.filter(of_it).delete()
    Compared.objects.filter(case=code).delete()
    LentCard.objects.filter(case=code).delete()
    Together.objects.filter(case=code).delete()
    settle([code, *beside])
