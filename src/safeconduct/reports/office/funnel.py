"""From the first plea to a safe home: how many come to each step, and what keeps the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _, ngettext

from safeconduct.cases.models import Band, State
from safeconduct.reports.office.caseload import Caseload, people_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`households` or `pleas` came so far; `part` of the widest step, 0 to 1; `others` says what keeps the rest."""

    name: Promise
    count: int
    part: float
    people: int | None = None
    others: tuple[str, ...] = ()


def steps(caseload: Caseload) -> list[Step]:
    """Pleas, pleas with an end, families, assessed, may be eligible, settled: each a part of the one before."""
    covers = caseload.covers
    assessed = [each for each in covers if each.band != Band.NOT_ASSESSED]
    eligible = [each for each in covers if each.schemes]
    settled = [each for each in covers if each.state == State.SETTLED]
    ended = caseload.pleas - caseload.without_an_end
    widest = max(1, caseload.pleas, len(covers))

    def step(name: Promise, count: int, *others: str, people: int | None = None) -> Step:
        kept = tuple(filter(None, others))
        return Step(name=name, count=count, part=count / widest, people=people, others=kept)

    return [
        step(_("Pleas"), caseload.pleas),
        step(_("With an end that a person can see"), ended, _no_end(caseload), _held(caseload)),
        step(_("Families with a case"), len(covers), people=people_in(covers)),
        step(
            _("Assessed"),
            len(assessed),
            _too_little(len(covers) - len(assessed)),
            people=people_in(assessed),
        ),
        step(
            _("May be eligible for a scheme"),
            len(eligible),
            _none_fits(len(covers) - len(eligible)),
            people=people_in(eligible),
        ),
        step(_("Settled"), len(settled), people=people_in(settled)),
    ]


def _no_end(caseload: Caseload) -> str:
    count = caseload.without_an_end
    told = ngettext(
        "%d plea has no end: see to it first", "%d pleas have no end: see to them first", count
    )
    return told % count if count else ""


def _held(caseload: Caseload) -> str:
    count = caseload.ends.get("quarantined", 0)
    told = ngettext("%d of them is held in quarantine", "%d of them are held in quarantine", count)
    return told % count if count else ""


def _too_little(count: int) -> str:
    told = ngettext(
        "too little is known of %d family: ask on the next call",
        "too little is known of %d families: ask on the next call",
        count,
    )
    return told % count if count else ""


def _none_fits(count: int) -> str:
    told = ngettext(
        "for %d family no scheme fits by what is known so far",
        "for %d families no scheme fits by what is known so far",
        count,
    )
    return told % count if count else ""
