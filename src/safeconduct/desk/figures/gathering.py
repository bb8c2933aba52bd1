"""What the figures are reckoned from, asked of the rooms that know it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count

from safeconduct.cases.counting import Counted, covers_to_count
from safeconduct.cases.models import State
from safeconduct.intake.models import Plea
from safeconduct.intake.queries import without_an_end
from safeconduct.matching.models import Together
from safeconduct.matching.queries import not_compared, pairs_held
from safeconduct.people.models import Member
from safeconduct.people.present import Present
from safeconduct.reports.office.caseload import Caseload
from safeconduct.triage.models import Standing


def caseload_of(by: Present, *, at: datetime) -> Caseload:
    """The office's families, pleas and open questions; one journal line. Raises NoRight."""
    covers = covers_to_count(by, at=at)
    office = by.office.code
    ends = Plea.objects.filter(office=office).values_list("end").annotate(Count("code"))
    unjudged = pairs_held(office)
    return Caseload(
        covers=one_of_each_family(covers, dict(Together.objects.values_list("case", "lead"))),
        at=at,
        ends=dict(ends.order_by()),
        without_an_end=without_an_end(office, on=at.date()).count(),
        not_compared=frozenset(not_compared(by).values_list("code", flat=True)),
        doubtful=frozenset(
            case for pair in unjudged.values_list("case_a", "case_b") for case in pair
        ),
        with_asks=frozenset(
            Standing.objects.filter(office=office, asks__gt=0).values_list("case", flat=True)
        ),
        handles=dict(
            Member.objects.filter(office=office, left_at=None).values_list("code", "handle")
        ),
    )


def one_of_each_family(covers: Iterable[Counted], led: Mapping[str, str]) -> list[Counted]:
    """Of the office's own cases of one family the one that leads here, by the rule for leads: what is open and was
    opened first. The family's lead itself may be another office's case, and everybody counts.
    """
    families: dict[str, Counted] = {}
    by_rank = sorted(covers, key=lambda each: (each.state != State.OPEN, each.opened_at, each.code))
    for each in by_rank:
        families.setdefault(led.get(each.code, each.code), each)
    return list(families.values())
