"""Papers of a case: attached, looked at page by page. Their bytes are never on a disk in clear, nor handed out."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from safeconduct.cases import actions
from safeconduct.cases.actions.changing import new_entry_code
from safeconduct.cases.entries import Document
from safeconduct.cases.forms import DocumentForm
from safeconduct.cases.papers import Kind, cleaned, preview
from safeconduct.cases.reading import OpenCase, paper_of
from safeconduct.cases.views import choices
from safeconduct.cases.views.entries import say_noticed
from safeconduct.cases.views.opening import in_case
from safeconduct.cases.views.shown import names_of
from safeconduct.core.errors import BadPaper, PaperHasNoSuchPage, PaperNeedsLinux, Refused
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest
from safeconduct.people.forms import tell
from safeconduct.people.sentences import refusal_told

WIDTH: Final = 1000
# The picture is a picture and nothing else, wherever it is opened.
_PICTURE_ALONE: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
}


@require_http_methods(["GET", "HEAD", "POST"])
@in_case(ours=True)
def attach(request: DeskRequest, opened: OpenCase) -> HttpResponse:
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DocumentForm(
        *posted,
        on=request.at.date(),
        people=choices.people_in(opened),
        initial={"reserved": new_entry_code()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            code = _attached(request, opened, form)
        except (BadPaper, PaperNeedsLinux) as refusal:
            form.add_error("file", f"{refusal_told(refusal)} ({refusal.code})")
        except Refused as refusal:
            tell(form, refusal)
        else:
            say_noticed(request, form)
            messages.success(request, _("Attached: cleaned and sealed."))
            return redirect("cases:document", code=opened.code, entry=code)
    return pages.shown(request, "cases/attach.html", {"opened": opened, "form": form})


def _attached(request: DeskRequest, opened: OpenCase, form: DocumentForm) -> str:
    told = form.cleaned_data
    file = told["file"]
    paper = cleaned(file.read(), told_name=file.name or "")
    return actions.attach_document(
        opened,
        paper,
        title=told["title"] or _("a document"),
        person=told["person"] or None,
        code=told["reserved"],
        at=request.at,
    )


@require_safe
@in_case()
def document(request: DeskRequest, opened: OpenCase, entry: str, page: int = 1) -> HttpResponse:
    kept = opened.entry(entry, Document)
    if not 1 <= page <= max(1, kept.says.pages):
        raise Http404
    told = {
        "opened": opened,
        "kept": kept,
        "page": page,
        "person": names_of(opened).get(kept.says.person or ""),
        "text": None,
        "pages": range(1, kept.says.pages + 1),
    }
    if kept.says.form == Kind.TEXT:
        says, plain = paper_of(opened, entry, at=request.at)
        told["text"] = preview(plain, Kind(says.form)).decode()
    return render(request, "cases/document.html", told)


@require_safe
@in_case()
def picture(request: DeskRequest, opened: OpenCase, entry: str, page: int) -> HttpResponse:
    """One page as a PNG: drawn in memory, kept by nobody."""
    says, plain = paper_of(opened, entry, at=request.at)
    if says.form == Kind.TEXT:
        raise Http404
    try:
        drawn = preview(plain, Kind(says.form), page=page, width=WIDTH)
    except PaperHasNoSuchPage as nothing:
        raise Http404 from nothing
    except BadPaper as refusal:
        said = f"{refusal_told(refusal)} ({refusal.code})"
        return HttpResponse(said, status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(drawn, content_type="image/png", headers=_PICTURE_ALONE)
