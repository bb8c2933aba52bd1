"""Two cases side by side: why they may be one family, who is who, and what a member says of it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import covers_seen
from safeconduct.cases.reading import LETTERS, OpenCase, case_for, way_of
from safeconduct.cases.views.opening import not_opened
from safeconduct.core.codes import read_code
from safeconduct.core.errors import (
    CardsChanged,
    KeysLocked,
    NoSuchCase,
    NotOpened,
    Refused,
    SealBroken,
)
from safeconduct.core.linkage.judgements import Verdict, in_order
from safeconduct.matching import actions, queries
from safeconduct.matching.comparing import side_by_side
from safeconduct.matching.forms import VERDICTS, JudgeForm, WhyForm
from safeconduct.matching.history import Stands, pair_history, standing_of
from safeconduct.matching.models import Judgement, Look, Possible
from safeconduct.matching.rows import rows_of_people
from safeconduct.matching.sealed_words import seal_shown, shown_of
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.permissions import Right

ASKED: Final = ("GET", "HEAD", "POST")
_LOOK_AHEAD: Final = 30


@require_http_methods(ASKED)
@needs(Right.JUDGE_DOUBLES)
def pair(request: DeskRequest, code: str, other: str) -> HttpResponse:
    """Both cases are opened, and two looks journalled. Where one is a colleague's: its cover, and how to ask."""
    cases = _in_order(code, other)
    covers = covers_seen(request.present, cases)
    if not _may_look(request, covers):
        raise Http404
    if closed := [cover for cover in covers.values() if not _is_open(request, cover)]:
        told = {"covers": [covers[each] for each in cases], "closed": closed}
        return render(request, "matching/not_both.html", told)
    if request.method == "POST":
        return _judged(request, cases)
    return _shown(request, cases, whose=_whose(request.GET))


@require_http_methods(ASKED)
@needs(Right.JUDGE_DOUBLES)
def withdraw(request: DeskRequest, judgement: str) -> HttpResponse:
    """Undo: from then on it is as if it had never been said."""
    row = Judgement.objects.filter(code=judgement, office=request.present.office)
    said = row.select_related("by", "case_a", "case_b").first()
    if said is None or hasattr(said, "withdrawal"):
        raise Http404
    cases = said.case_a_id, said.case_b_id
    covers = covers_seen(request.present, cases)
    mine = said.by_id == request.present.member.code
    if not mine and not (len(covers) == 2 and all(_is_open(request, c) for c in covers.values())):
        raise Http404
    form = WhyForm(pages.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            why = form.cleaned_data["why"]
            actions.withdraw(request.present, said.code, why=why, at=request.at)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request, _("Taken back. Both cases stand as if it had never been said.")
            )
            if _may_look(request, covers_seen(request.present, cases)):
                return redirect("matching:pair", code=cases[0], other=cases[1])
            messages.warning(
                request,
                _("One of the two cases is not open to you any more, so they are not shown here."),
            )
            return redirect("matching:list")
    words = {"form": form, "said": said, "says": dict(VERDICTS)[said.verdict]}
    return pages.shown(request, "matching/withdraw.html", words)


def _shown(
    request: DeskRequest,
    cases: tuple[str, str],
    *,
    whose: str,
    form: JudgeForm | None = None,
) -> HttpResponse:
    by, at = request.present, request.at
    opened: list[OpenCase] = []
    for code in cases:
        try:
            opened.append(case_for(by, code, Purpose.MATCHING, at=at))
        except NoSuchCase:
            raise Http404 from None
        except KeysLocked:
            raise
        except NotOpened as refusal:
            return not_opened(request, code, refusal)
    standing = standing_of(cases, by=by)
    possible = Possible.objects.filter(office=by.office, case_a=cases[0], case_b=cases[1]).first()
    told = side_by_side(opened[0], opened[1], among=_among(by.office.code, possible))
    judgement = actions.new_judgement_code()
    sealed = seal_shown(told.shown, code=judgement, by=by)
    fresh = {
        "judgement": judgement,
        "shown": base64.b64encode(sealed).decode(),
        "whose": whose,
    }
    form = form or JudgeForm(initial=fresh)
    return render(
        request,
        "matching/pair.html",
        {
            "told": told,
            "rows": rows_of_people(told, on=at.date()),
            "form": form,
            "fresh": fresh,
            "verdicts": [(value, label, value[0]) for value, label in VERDICTS],
            "possible": possible,
            "standing": standing,
            "to_share": _to_share(standing, opened),
            "may_share": by.may(Right.SHARE_CASES),
            "history": pair_history(by, cases),
            "together": queries.together_with(cases),
            "whose": whose,
            "waits": queries.queue(by, whose=whose).count(),
            "next": _next(request, cases, whose),
        },
        status=400 if form.errors else 200,
    )


def _judged(request: DeskRequest, cases: tuple[str, str]) -> HttpResponse:
    by = request.present
    form = JudgeForm(request.POST)
    whose = _whose(request.POST)
    if not form.is_valid():
        return _shown(request, cases, whose=whose, form=form)
    said = form.cleaned_data
    try:
        shown = shown_of(by, said["shown"], code=said["judgement"])
        actions.judge(
            by,
            cases,
            Verdict(said["verdict"]),
            shown=shown,
            note=said["note"] or "",
            code=said["judgement"],
            at=request.at,
        )
    except SealBroken:
        tell(form, CardsChanged())
        return _shown(request, cases, whose=whose, form=form)
    except KeysLocked:
        raise
    except NoSuchCase:
        raise Http404 from None
    except Refused as refusal:
        tell(form, refusal)
        return _shown(request, cases, whose=whose, form=form)
    messages.success(request, _after(said["verdict"], standing_of(cases, by=by).awaits))
    following = _next(request, cases, whose)
    return redirect(following or reverse("matching:list") + f"?whose={whose}")


def _after(verdict: str, awaits: str) -> str:
    if verdict == Verdict.SAME and awaits:
        return _("Kept: same family. It counts once %(office)s has said so too.") % {
            "office": awaits
        }
    kept = {
        Verdict.SAME: _("Kept: same family. Both cases stay as they are, and stand together."),
        Verdict.DIFFERENT: _("Kept: different families. Nothing will join them."),
        Verdict.UNSURE: _("Kept: unsure. It stays in the queue for another look."),
    }
    return kept[Verdict(verdict)]


def _to_share(standing: Stands, opened: list[OpenCase]) -> list[str]:
    """Our cases whose card an office that is waited for does not hold: nobody there can say anything of them."""
    return [
        case.code
        for case in opened
        if case.is_ours
        and any(
            office not in {case.cover.office_id, *case.cover.shared_with}
            for office in standing.awaited
        )
    ]


def _next(request: DeskRequest, cases: tuple[str, str], whose: str) -> str:
    """The address of the next pair of the queue that this member may open; empty where there is none."""
    ahead = queries.queue(request.present, whose=whose).exclude(case_a=cases[0], case_b=cases[1])
    for row in ahead[:_LOOK_AHEAD]:
        if _is_open(request, row.case_a) and _is_open(request, row.case_b):
            way = {"code": row.case_a_id, "other": row.case_b_id}
            return reverse("matching:pair", kwargs=way) + f"?whose={whose}"
    return ""


def _among(office: str, possible: Possible | None) -> int:
    last = Look.objects.filter(office=office).first()
    return max(possible.among if possible else 0, last.people if last else 0)


def _in_order(code: str, other: str) -> tuple[str, str]:
    one, two = read_code(code, LETTERS), read_code(other, LETTERS)
    if one is None or two is None or one == two:
        raise Http404
    return in_order(one, two)


def _whose(told: QueryDict) -> str:
    whose = told.get("whose", "")
    return whose if whose in {queries.MINE, queries.OFFICE, queries.BETWEEN} else queries.MINE


def _may_look(request: DeskRequest, covers: Mapping[str, Case]) -> bool:
    """Whether the page of these two is there for the member: both are seen, and one of them is the office's own."""
    ours = [cover for cover in covers.values() if not _is_others(request, cover)]
    return len(covers) == 2 and bool(ours)


def _is_others(request: DeskRequest, cover: Case) -> bool:
    return cover.office_id != request.present.member.office_id


def _is_open(request: DeskRequest, cover: Case) -> bool:
    at: datetime = request.at
    try:
        way_of(request.present, cover, at=at)
    except NoSuchCase:
        return False
    return True
