"""What this room tells on the page of a case: what it may be the same family as, or stands together with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from safeconduct.cases.models import Case
from safeconduct.cases.queries import covers_seen
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.views.panels import Panel
from safeconduct.matching.models import Compared, Judgement, Possible
from safeconduct.matching.queries import together_with
from safeconduct.people.permissions import Right


@dataclass(frozen=True, slots=True)
class Other:
    """Another case in the light of this one. `possible` or `judgements` are there, by what it is."""

    cover: Case
    possible: Possible | None = None
    judgements: tuple[Judgement, ...] = ()


def doubles(opened: OpenCase, *, at: datetime) -> Panel | None:  # noqa: ARG001
    """Covers and codes of other cases, no more: whoever may open them sees the rest on the page of the pair."""
    by = opened.by
    if not by.may(Right.JUDGE_DOUBLES):
        return None
    family = together_with([opened.code]).get(opened.code, ())
    possible = [
        row
        for row in Possible.objects.filter(
            Q(case_a=opened.code) | Q(case_b=opened.code), office=by.office, settled=False
        ).order_by("-probability", "code")
        if not {row.case_a_id, row.case_b_id} <= set(family)
    ]
    others = {code for row in possible for code in (row.case_a_id, row.case_b_id)} | set(family)
    covers = covers_seen(by, others - {opened.code})
    told = {
        "opened": opened,
        "together": [
            Other(covers[code], judgements=_same_said(opened.code, code))
            for code in family
            if code in covers
        ],
        "beyond": sum(code not in covers and code != opened.code for code in family),
        "possible": [
            Other(covers[_other(row, opened.code)], row)
            for row in possible
            if _other(row, opened.code) in covers
        ],
        "compared": Compared.objects.filter(case=opened.code, office=by.office.code).first(),
    }
    return Panel(template="matching/panel.html", told=told)


def _other(row: Possible, code: str) -> str:
    return str(row.case_b_id if row.case_a_id == code else row.case_a_id)


def _same_said(one: str, two: str) -> tuple[Judgement, ...]:
    """Who called these very two the same, not taken back; none where they are together through a third."""
    first, second = sorted((one, two))
    rows = Judgement.objects.filter(
        case_a=first, case_b=second, verdict="same", withdrawal__isnull=True
    )
    return tuple(rows.select_related("by", "office").order_by("at", "code"))
