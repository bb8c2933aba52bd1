"""Who looks after a case, which other office reads it, and how it is forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from safeconduct.cases import actions
from safeconduct.cases.actions.shredding import reason_of
from safeconduct.cases.forms import (
    AgreeForm,
    CompareForm,
    HandOverForm,
    HandOverManyForm,
    HoldEndForm,
    HoldForm,
    ShareForm,
    ShreddingForm,
    TakeBackForm,
)
from safeconduct.cases.models import Ground
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import cover_of, owned_by, shreddings_asked
from safeconduct.cases.reading import LETTERS, OpenCase
from safeconduct.cases.views import choices
from safeconduct.cases.views.opening import in_case
from safeconduct.core.codes import read_code
from safeconduct.core.errors import (
    ChangedMeanwhile,
    NoSuchCase,
    NotOpened,
    Refused,
)
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.models import Member, Office
from safeconduct.people.permissions import Right
from safeconduct.people.sentences import refusal_told

ASKED = ("GET", "HEAD", "POST")


@require_http_methods(ASKED)
@in_case(Right.HAND_OVER, purpose=Purpose.HANDING_OVER, ours=True)
def hand_over(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    if opened.is_lent:
        raise Http404
    form = HandOverForm(
        pages.sent(request),
        on=request.at.date(),
        choices=choices.may_own(opened),
        initial={"expected": opened.cover.cover_revision},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(
                opened,
                Member.objects.get(code=form.cleaned_data["to"]),
                note=form.cleaned_data["note"],
                expected_revision=form.cleaned_data["expected"] or 0,
                at=request.at,
            )
        except ChangedMeanwhile as refusal:
            form.put("expected", str(opened.cover.cover_revision))
            tell(form, refusal)
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("Handed over. They find your note in the case."))
            return redirect("cases:list")
    return pages.shown(request, "cases/hand_over.html", {"opened": opened, "form": form})


@require_http_methods(ASKED)
@needs(Right.OPEN_ALL_CASES)
def hand_over_all(request: DeskRequest, member: str) -> HttpResponse:
    """Everything that a colleague owns, also one who has left: one note, sealed in each case."""
    leaves = Member.objects.filter(code=member, office=request.present.office).first()
    if leaves is None:
        raise Http404
    form = HandOverManyForm(
        pages.sent(request),
        on=request.at.date(),
        choices=choices.colleagues_but(request.present, leaves),
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.hand_over_all(
                request.present,
                leaves=leaves,
                to=Member.objects.get(code=form.cleaned_data["to"]),
                note=form.cleaned_data["note"],
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("Cases handed over: %(count)d.") % {"count": len(given)})
            return redirect("cases:list")
    told = {"leaves": leaves, "owned": owned_by(request.present, leaves), "form": form}
    return pages.shown(request, "cases/hand_over_all.html", told)


# --- another office reads it -----------------------------------------------------------------------


@require_http_methods(ASKED)
@in_case(Right.SHARE_CASES, ours=True)
def share(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    offices = choices.other_offices(opened.by)
    form = ShareForm(pages.sent(request), on=request.at.date(), choices=offices)
    if request.method == "POST" and form.is_valid():
        try:
            actions.share_case(
                opened,
                form.cleaned_data["office"],
                extent=form.cleaned_data["extent"],
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            return redirect("cases:case", code=opened.code)
    told = {"opened": opened, "form": form, "offices": offices}
    return pages.shown(request, "cases/share.html", told)


@require_http_methods(ASKED)
@in_case(Right.SHARE_CASES, ours=True)
def take_back(request: DeskRequest, opened: OpenCase, office: str) -> HttpResponse:
    if office not in opened.cover.shared_with:
        raise Http404
    form = TakeBackForm(pages.sent(request))
    if request.method == "POST" and form.is_valid():
        actions.take_back_share(opened, [office], at=request.at)
        messages.success(request, _("Taken back. The case has new keys, which they never had."))
        return redirect("cases:case", code=opened.code)
    told = {"opened": opened, "form": form, "office": Office.objects.get(code=office)}
    return pages.shown(request, "cases/take_back.html", told)


@require_http_methods(ASKED)
@needs(Right.SHARE_CASES)
def compare(request: DeskRequest, office: str) -> HttpResponse:
    """Another office's key, compared by telephone. The fingerprint is typed as it is heard, so it is not shown here."""
    other = get_object_or_404(Office.objects.exclude(code=request.present.office.code), code=office)
    form = CompareForm(pages.sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_office(
                request.present,
                other,
                told_fingerprint=form.cleaned_data["fingerprint"],
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("It is their key. Cases can be shared with them."))
            return redirect("cases:list")
    return pages.shown(request, "cases/compare.html", {"other": other, "form": form})


# --- held, or forgotten ------------------------------------------------------------------------------


@require_http_methods(ASKED)
@in_case(Right.SHRED_CASES, ours=True)
def hold(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    form = HoldForm(pages.sent(request), on=request.at.date())
    if request.method == "POST" and form.is_valid():
        actions.hold(opened, form.cleaned_data["words"], at=request.at)
        return redirect("cases:case", code=opened.code)
    return pages.shown(request, "cases/hold.html", {"opened": opened, "form": form, "ends": False})


@require_http_methods(ASKED)
@in_case(Right.SHRED_CASES, ours=True)
def end_hold(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    form = HoldEndForm(pages.sent(request), on=request.at.date())
    if request.method == "POST" and form.is_valid():
        actions.end_hold(opened, why=form.cleaned_data["why"], at=request.at)
        return redirect("cases:case", code=opened.code)
    return pages.shown(request, "cases/hold.html", {"opened": opened, "form": form, "ends": True})


@require_http_methods(ASKED)
@in_case(Right.SHRED_CASES, purpose=Purpose.SHREDDING, ours=True)
def shred(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    """A coordinator asks; nothing goes before an approver agrees."""
    form = ShreddingForm(pages.sent(request), on=request.at.date())
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_shred(
                opened,
                Ground(form.cleaned_data["ground"]),
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("Asked. An approver of your office decides."))
            return redirect("cases:case", code=opened.code)
    return pages.shown(request, "cases/shred.html", {"opened": opened, "form": form})


@require_safe
@needs(Right.AGREE_SHREDDING)
def shreddings(request: DeskRequest) -> HttpResponse:
    """What an approver has to decide. No case is opened for it."""
    return render(
        request, "cases/shreddings.html", {"asked": list(shreddings_asked(request.present))}
    )


@require_http_methods(ASKED)
@needs(Right.AGREE_SHREDDING)
def agree(request: DeskRequest, code: str) -> HttpResponse:
    """The second pair of eyes. By the cover and the reason alone; the code is typed, so that no other is meant."""
    asked = shreddings_asked(request.present).filter(case=code).first()
    if asked is None or cover_of(request.present, code) is None:
        raise Http404
    form = AgreeForm(pages.sent(request))
    try:
        reason = reason_of(request.present, asked)
    except NotOpened as refusal:
        reason = f"{refusal_told(refusal)} ({refusal.code})"
    if request.method == "POST" and "refuse" in request.POST:
        actions.refuse_to_shred(request.present, asked.case_id, at=request.at)
        messages.success(request, _("The case stays."))
        return redirect("cases:shreddings")
    if request.method == "POST" and form.is_valid():
        if read_code(form.cleaned_data["code"], LETTERS) != asked.case_id:
            form.add_error("code", _("This is not the code of this case."))
        else:
            try:
                actions.agree_to_shred(request.present, asked.case_id, at=request.at)
            except NoSuchCase as gone:
                raise Http404 from gone
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(request, _("Shredded. Every backup forgets it too."))
                return redirect("cases:shreddings")
    return pages.shown(
        request, "cases/agree.html", {"asked": asked, "form": form, "reason": reason}
    )
