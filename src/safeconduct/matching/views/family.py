"""A family that several cases tell of, in one view; and how to take it apart again."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import covers_seen
from safeconduct.cases.reading import LETTERS, OpenCase, case_for
from safeconduct.cases.views.opening import not_opened
from safeconduct.core.codes import read_code
from safeconduct.core.errors import KeysLocked, NoSuchCase, NotOpened
from safeconduct.core.linkage.judgements import Verdict, in_order
from safeconduct.matching import queries
from safeconduct.matching.families import members_of
from safeconduct.matching.history import Said, pair_history
from safeconduct.matching.standing import persons_in, region_of
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.permissions import Right


@require_safe
@needs(Right.JUDGE_DOUBLES)
def family(request: DeskRequest, code: str) -> HttpResponse:
    """Each case that is open to the member is opened and journalled; of the others, the cover and how to ask."""
    known = read_code(code, LETTERS)
    if known is None or not covers_seen(request.present, [known]):
        raise Http404
    codes = queries.together_with([known]).get(known, (known,))
    covers = covers_seen(request.present, codes)
    opened: list[OpenCase] = []
    for each in codes:
        try:
            opened.append(case_for(request.present, each, Purpose.MATCHING, at=request.at))
        except NoSuchCase:
            continue
        except KeysLocked:
            raise
        except NotOpened as refusal:
            return not_opened(request, each, refusal)
    here = {case.code for case in opened}
    if not here:
        raise Http404
    last = queries.last_look(request.present.office.code)
    told = {
        "code": known,
        "codes": codes,
        "opened": opened,
        "closed": [cover for cover in covers.values() if cover.code not in here],
        "beyond": len(codes) - len(covers),
        "members": members_of(opened, among=last.people if last else 0, on=request.at.date()),
        "said": _said(request, set(covers), here),
        "resting": _resting(known, here),
    }
    return render(request, "matching/family.html", told)


def _said(request: DeskRequest, seen: set[str], here: set[str]) -> list[Said]:
    """The words that hold this family together, each with its undo.

    What was written beside a word is for whoever has both cases open; of others, that it was said and by whom.
    """
    pairs = {
        in_order(word.record_a, word.record_b)
        for word in region_of(seen).words
        if {word.record_a, word.record_b} <= seen
    }
    return [
        said if set(pair) <= here else _alone(request, said)
        for pair in sorted(pairs)
        for said in pair_history(request.present, pair)
        if said.counts and said.row.verdict == Verdict.SAME
    ]


def _alone(request: DeskRequest, said: Said) -> Said:
    own = said.row.by_id == request.present.member.code
    return replace(said, words=None, why=None, may_withdraw=said.may_withdraw and own)


def _resting(code: str, here: set[str]) -> list[tuple[str, str]]:
    """Two cases that are together only through others: nobody compared them."""
    persons = persons_in(region_of([code]))
    return [pair for pair in persons.resting_on_others if set(pair) <= here]
