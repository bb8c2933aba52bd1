"""Which cases the software's rules hold apart, so that no chain of others joins them (docs/judgements.md, rule 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import combinations

from safeconduct.cases.reading_many import NotWhole, some_cards_for_the_software
from safeconduct.core.linkage.between import households_apart, pairs_between
from safeconduct.core.linkage.judgements import in_order
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.names import forget
from safeconduct.matching.marks import records_of
from safeconduct.matching.models import Apart, Look
from safeconduct.matching.standing import region_of
from safeconduct.people.present import Present


def note_apart_around(by: Present, cases: tuple[str, str], *, at: datetime) -> None:
    """Before these two are called the same: of everybody whom that may bring together, who is held apart.

    The cards are compared by the software and shown to nobody: the member may not open all of them. Nothing is to be
    compared where the two bring along no third.
    """
    codes = region_of(cases).codes
    if len(codes) < 3:
        return
    told = {
        opened.code: records_of(opened)
        for opened in some_cards_for_the_software(by, sorted(codes), at=at)
        if not isinstance(opened, NotWhole)
    }
    look = Look.objects.filter(office=by.office).first()
    note_apart(told, among=look.people if look else 0)


def note_apart(told: Mapping[str, Sequence[LinkRecord]], *, among: int) -> None:
    """Written anew for every two of these cases. The caller holds the book."""
    pairs = pairs_between(list(told.values()), among=among).pairs
    forget()
    home = {record.person_id: code for code, records in told.items() for record in records}
    apart = households_apart(pairs, home)
    before = {
        (row.case_a, row.case_b): row.pk
        for row in Apart.objects.filter(case_a__in=told, case_b__in=told)
    }
    among_these = {in_order(*two) for two in combinations(told, 2)}
    gone = [pk for two, pk in before.items() if two in among_these - apart]
    Apart.objects.filter(pk__in=gone).delete()
    Apart.objects.bulk_create(
        Apart(case_a=one, case_b=two) for one, two in sorted(apart - before.keys())
    )
