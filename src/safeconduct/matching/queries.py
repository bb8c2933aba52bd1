"""What lists ask of this room: codes and counts. Nothing here opens a case."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Greatest, Least

from safeconduct.cases.models import Case
from safeconduct.cases.queries import open_covers
from safeconduct.core.linkage.standing import Standing
from safeconduct.matching.models import (
    CardsAgreement,
    Compared,
    Decided,
    Look,
    Possible,
    Together,
)
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present

MINE, OFFICE, BETWEEN = "mine", "office", "between"
OPEN, SETTLED = "open", "settled"


def together_with(codes: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Of each of these cases that stands together with others: all of that family, the lead first."""
    lead_of = dict(Together.objects.filter(case__in=codes).values_list("case", "lead"))
    families: dict[str, list[str]] = {}
    rows = Together.objects.filter(lead__in=set(lead_of.values())).order_by("case")
    for case, lead in rows.values_list("case", "lead"):
        families.setdefault(lead, []).append(case)
    return {
        case: (lead, *(code for code in families[lead] if code != lead))
        for case, lead in lead_of.items()
    }


def pairs_held(office: str, *, settled: bool = False) -> QuerySet[Possible]:
    """Possible doubles of which the office holds both cards now: none with a share that was taken back, or with a case
    whose shredding has begun, although the newest look found it.
    """
    found = Possible.objects.filter(office=office, settled=settled)
    for side in ("case_a", "case_b"):
        held = Q(**{f"{side}__office": office}) | Q(**{f"{side}__shared_with__has_key": office})
        found = found.filter(held, **{f"{side}__shredding_since": None})
    return found


def possible_counts(office: str, codes: Collection[str]) -> dict[str, int]:
    """How many possible doubles still wait to be judged, of each of these cases that has any."""
    counts: dict[str, int] = {}
    for side in ("case_a", "case_b"):
        rows = (
            pairs_held(office)
            .filter(**{f"{side}__in": codes})
            .values_list(side)
            .annotate(many=Count("code"))
        )
        for code, many in rows:
            counts[code] = counts.get(code, 0) + many
    return counts


def not_compared(by: Present) -> QuerySet[Case]:
    """The office's open cases that no look has compared yet, or whose card was told anew since. Raises NoRight."""
    compared = Compared.objects.filter(office=by.office.code, case=OuterRef("code"))
    return open_covers(by).exclude(Exists(compared))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many possible doubles wait for this member, and for anybody of the office."""

    mine: int
    office: int
    between: int


def waiting(by: Present) -> Waiting:
    """Numbers alone, for a desk. Zero for whoever does not judge doubles."""
    if not by.may(Right.JUDGE_DOUBLES):
        return Waiting(0, 0, 0)
    return Waiting(*(queue(by, whose=whose).count() for whose in (MINE, OFFICE, BETWEEN)))


def queue(by: Present, *, whose: str = MINE, state: str = OPEN) -> QuerySet[Possible]:
    """Possible doubles, the surest and most urgent first, covers alone. `mine`: one of the two is the member's own or
    nobody's.
    """
    found = pairs_held(by.office.code, settled=state == SETTLED)
    if whose == MINE:
        found = found.filter(_mine("case_a", by) | _mine("case_b", by))
    elif whose == BETWEEN:
        found = found.exclude(case_a__office=F("case_b__office"))
    return (
        found.annotate(
            # Another office has said "same" and waits for ours: before what nobody looked at.
            awaits=Q(standing=Standing.AWAITED.value),
            sure=Q(decision=Decided.SAME),
            urgency=Least("case_a__urgency", "case_b__urgency"),
            opened=Greatest("case_a__opened_at", "case_b__opened_at"),
        )
        .select_related("case_a", "case_b", "case_a__owner", "case_b__owner")
        .select_related("case_a__office", "case_b__office")
        .order_by("-awaits", "-sure", "urgency", "-probability", "-weight", "code")
    )


def last_look(office: str) -> Look | None:
    """How the newest look of the office went; None before the first one."""
    return Look.objects.filter(office=office, at__isnull=False).first()


def agreements(by: Present) -> QuerySet[CardsAgreement]:
    """Those of the office, those that stand first; and the other side: who shares their cards with us."""
    return (
        CardsAgreement.objects.filter(Q(office=by.office) | Q(other=by.office))
        .select_related("office", "other", "by", "ended_by")
        .annotate(many=Count("cards"))
        .order_by(F("ended_at").asc(nulls_first=True), "-at")
    )


def _mine(side: str, by: Present) -> Q:
    own = Q(**{f"{side}__owner": by.member}) | Q(**{f"{side}__owner": None})
    return own & Q(**{f"{side}__office": by.office.code})
