"""Cases that an import opened by mistake go again at once, before anybody did anything with them: keys, then rows.

No approver is asked: nothing is lost that does not stand in what was imported. Where a member did anything but look
since, in the case or beside it (a judgement, another band asked for), it stays, and goes the way of any other
shredding.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Min

from safeconduct.cases.actions.shredding import finish_shredding
from safeconduct.cases.models import Case, Ground, Shredding
from safeconduct.journal.actions import Actor
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

# What the software itself writes into a case, in the name of whoever imports: the band and its reasons.
_BY_ITSELF = (Deed.CASE_OPENED, Deed.CASE_ASSESSED)
_LOOKS = (
    Deed.CASE_SEEN,
    Deed.CASE_NOT_OPENED,
    Deed.CARDS_SEEN,
    Deed.COVERS_SEEN,
    Deed.HISTORY_SEEN,
    Deed.PAPER_SEEN,
)
# Lines about something else that name a case beside it, by the fact that does: the second of two cases that were
# judged, and the case that a call was noted of.
_BESIDE = (
    ("with", (Deed.PAIR_JUDGED, Deed.JUDGEMENT_WITHDRAWN)),
    ("case", (Deed.PLEA_ATTACHED,)),
)


def opened_by_mistake(codes: Collection[str], *, office: str, by: Actor, at: datetime) -> list[str]:
    """Shred those of these cases with which nobody did anything since they were opened; codes of those that are gone.

    A case that is gone already counts as gone: this may be run again. Cases that are held, or that nobody but an
    approver may shred by now (its shredding was asked for), stay.
    """
    with transaction.atomic():
        found = Case.objects.select_for_update().filter(code__in=codes, office=office)
        there = {case.code: case for case in found}
        written = _written_about(there)
        asked = set(
            Shredding.objects.filter(case__in=there, case__shredding_since=None).values_list(
                "case", flat=True
            )
        )
        going = [
            case
            for case in there.values()
            if case.code not in written | asked and not case.held and not case.shared_with
        ]
        begun = [case for case in going if case.shredding_since is None]
        Shredding.objects.bulk_create(
            Shredding(
                case=case,
                ground=Ground.OPENED_BY_MISTAKE,
                asked_by_id=by.member,
                asked_at=at,
                agreed_by_id=by.member,
                agreed_at=at,
            )
            for case in begun
        )
        Case.objects.filter(code__in=[case.code for case in begun]).update(shredding_since=at)
    finish_shredding([case.code for case in going], at=at)
    stayed = set(there) - {case.code for case in going}
    return [code for code in codes if code not in stayed]


def is_a_slip(asked: Shredding) -> bool:
    """Whether it is one of those above: of any other that is asked for, a second person agrees."""
    alone = asked.asked_by_id is not None and asked.asked_by_id == asked.agreed_by_id
    return alone and asked.ground == Ground.OPENED_BY_MISTAKE


def _written_about(cases: Collection[str]) -> set[str]:
    """Those about which a member did anything but look. Asked by the journal's indexes: there may be many lines."""
    lines = Line.objects.exclude(member="")
    about = lines.filter(about__in=cases).exclude(deed__in=(*_BY_ITSELF, *_LOOKS))
    opened = Line.objects.filter(about__in=cases, deed=Deed.CASE_OPENED)
    since = opened.aggregate(first=Min("number"))["first"] or 0
    written = set(about.values_list("about", flat=True))
    for fact, deeds in _BESIDE:
        named = {f"facts__{fact}__in": list(cases)}
        beside = lines.filter(deed__in=deeds, number__gt=since, **named)
        written |= set(beside.values_list(f"facts__{fact}", flat=True))
    return written
