"""Rulebooks: which is in force and why, loading another, seeing who would move, putting it in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safeconduct.core.errors import BadPack, NotOpened, Refused, RulesAltered
from safeconduct.core.rulebook.differences import matrix
from safeconduct.core.rulebook.readable import in_words
from safeconduct.core.rulebook.rules import BANDS, Rule, Rulebook
from safeconduct.jobs.models import Job
from safeconduct.packs.rulebook_text import as_text
from safeconduct.people import pages
from safeconduct.people.doors import DeskRequest, needs
from safeconduct.people.forms import tell
from safeconduct.people.permissions import Right
from safeconduct.people.sentences import refusal_told
from safeconduct.triage import actions
from safeconduct.triage.actions.rules import was_compared
from safeconduct.triage.forms import PutInForceForm, RulesForm
from safeconduct.triage.models import LoadedRules, Reassessment, RulesInForce
from safeconduct.triage.queries import loaded_rules, rules_history, runs
from safeconduct.triage.rules import (
    Rules,
    is_readable,
    rules_by,
    rules_for,
    shipped_rules,
    version_in_force,
)
from safeconduct.triage.sealed import why_of
from safeconduct.triage.vouching import is_vouched_for

ASKED: Final = ("GET", "HEAD", "POST")
ON_A_PAGE: Final = 200
RUNS_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class ToldRule:
    rule: Rule
    when: str


@require_safe
@needs(Right.ASK_FOR_OVERRIDE, Right.CHANGE_RULES)
def rules(request: DeskRequest) -> HttpResponse:
    by = request.present
    told = {
        "now": _now(request),
        "shipped": shipped_rules(),
        "loaded": loaded_rules(by),
        "history": [(row, _why(request, row)) for row in rules_history(by)],
        "runs": runs(by)[:RUNS_SHOWN],
        "may_change": by.may(Right.CHANGE_RULES),
    }
    return render(request, "triage/rules.html", told)


def _now(request: DeskRequest) -> Rules | None:
    """None where it is not as it was loaded, or no rulebook for this software: the page says so and what to do."""
    try:
        return rules_for(request.present.office.code, request.present.ring)
    except (RulesAltered, BadPack) as refusal:
        messages.error(request, f"{refusal_told(refusal)} ({refusal.code})")
        return None


def _why(request: DeskRequest, row: RulesInForce) -> str:
    try:
        if not is_vouched_for(request.present.ring, row):
            raise RulesAltered(version=row.version)
        return why_of(request.present.ring, row)
    except (NotOpened, RulesAltered) as refusal:
        return f"{refusal_told(refusal)} ({refusal.code})"


@require_http_methods(ASKED)
@needs(Right.CHANGE_RULES)
def load(request: DeskRequest) -> HttpResponse:
    """With `from`, one begins from the text of a rulebook that the office has."""
    files = request.FILES if request.method == "POST" else None
    text = _text_of(request, request.GET.get("from", ""))
    form = RulesForm(pages.sent(request), files, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            loaded = actions.load_rules(
                request.present,
                name=form.cleaned_data["name"],
                text=form.cleaned_data["text"],
                at=request.at,
            )
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request, _("Loaded. Compare it with the rulebook in force before it counts.")
            )
            return redirect("triage:rulebook", version=loaded.version)
    return pages.shown(request, "triage/load.html", {"form": form, "shipped": shipped_rules()})


def _text_of(request: DeskRequest, version: str) -> str:
    if version == shipped_rules().version:
        return as_text(settings.OPERATION)
    if not version.isalnum():  # a digest, or what no database is asked for
        return ""
    loaded = LoadedRules.objects.filter(office=request.present.office, version=version).first()
    return loaded.text if loaded else ""


@require_http_methods(ASKED)
@needs(Right.ASK_FOR_OVERRIDE, Right.CHANGE_RULES)
def rulebook(request: DeskRequest, version: str) -> HttpResponse:
    """A rulebook to be read and argued with: every rule, its words, its source.

    Where the one in force cannot be read any more, this one is put in force from here.
    """
    by = request.present
    found = _rules(request, version)
    now = version_in_force(by.office.code, by.ring)
    readable = is_readable(by.office.code, by.ring)
    form = PutInForceForm(pages.sent(request))
    if request.method == "POST":
        if readable or not by.may(Right.CHANGE_RULES):
            raise Http404
        if new := _put(request, form, found.version):
            return redirect("triage:run", run=new.code)
    told = {
        "form": form if not readable and by.may(Right.CHANGE_RULES) else None,
        "rules": found,
        "schemes": _of_schemes(found.rulebook),
        "bands": _of_bands(found.rulebook),
        "points": [(band, found.rulebook.points.by_band[band]) for band in BANDS],
        "extra": found.rulebook.points.extra,
        "counts": found.version == now,
        "compared": was_compared(by, now, found.version),
        "may_change": by.may(Right.CHANGE_RULES),
    }
    return pages.shown(request, "triage/rulebook.html", told)


def _put(request: DeskRequest, form: PutInForceForm, version: str) -> Reassessment | None:
    """None where the form wants mending, which it says."""
    if not form.is_valid():
        return None
    try:
        new = actions.put_in_force(
            request.present, version, why=form.cleaned_data["why"], at=request.at
        )
    except Refused as refusal:
        tell(form, refusal)
        return None
    messages.success(
        request, _("In force from now on. Every open case is being assessed anew by it.")
    )
    return new


def _rules(request: DeskRequest, version: str) -> Rules:
    try:
        found = rules_by(request.present.office.code, version)
    except (RulesAltered, BadPack) as refusal:
        # A text that somebody altered in the database: there is no rulebook of that version.
        raise Http404 from refusal
    if found is None:
        raise Http404
    return found


def _of_schemes(rulebook: Rulebook) -> list[tuple[str, list[ToldRule]]]:
    codes = dict.fromkeys(rule.scheme for rule in rulebook.rules if rule.scheme)
    return [
        (code, _told(rulebook, [r for r in rulebook.rules if r.scheme == code])) for code in codes
    ]


def _of_bands(rulebook: Rulebook) -> list[tuple[str, list[ToldRule]]]:
    found = [
        (band.value, _told(rulebook, [r for r in rulebook.rules if r.band is band]))
        for band in BANDS
    ]
    return [(band, told) for band, told in found if told]


def _told(rulebook: Rulebook, rules: list[Rule]) -> list[ToldRule]:
    return [ToldRule(rule, in_words(rule.when, rulebook)) for rule in rules]


@require_POST
@needs(Right.CHANGE_RULES)
def compare(request: DeskRequest, version: str) -> HttpResponse:
    _rules(request, version)
    try:
        asked = actions.ask_to_compare(request.present, version, at=request.at)
    except Refused as refusal:
        return _not_done(request, refusal)
    return redirect("triage:run", run=asked.code)


@require_POST
@needs(Right.CHANGE_RULES)
def reassess(request: DeskRequest) -> HttpResponse:
    try:
        asked = actions.ask_to_reassess(request.present, at=request.at)
    except Refused as refusal:
        return _not_done(request, refusal)
    return redirect("triage:run", run=asked.code)


def _not_done(request: DeskRequest, refusal: Refused) -> HttpResponse:
    return render(request, "triage/not_done.html", {"refusal": refusal}, status=409)


@require_http_methods(ASKED)
@needs(Right.ASK_FOR_OVERRIDE, Right.CHANGE_RULES)
def run(request: DeskRequest, run: str) -> HttpResponse:
    """How far it is; then who moved. From a comparison the second rulebook is put in force."""
    by = request.present
    asked = (
        Reassessment.objects.filter(code=run, office=by.office).select_related("asked_by").first()
    )
    if asked is None or (request.method == "POST" and not by.may(Right.CHANGE_RULES)):
        raise Http404
    form = PutInForceForm(pages.sent(request))
    if request.method == "POST" and (new := _put(request, form, asked.after)):
        return redirect("triage:run", run=new.code)
    return pages.shown(request, "triage/run.html", _of_run(request, asked) | {"form": form})


def _of_run(request: DeskRequest, asked: Reassessment) -> dict[str, object]:
    by = request.present
    now = version_in_force(by.office.code, by.ring)
    moved = asked.moved.all()
    before, after = request.GET.get("from", ""), request.GET.get("to", "")
    if before in BANDS and after in BANDS:
        moved = moved.filter(band_before=before, band_after=after)
    same = Case(
        When(band_before=F("band_after"), then=1), default=0
    )  # who keeps the band comes last
    page = Paginator(moved.order_by(same, "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    names = {each.version: each.name for each in loaded_rules(by)}
    names[shipped_rules().version] = shipped_rules().name
    may_put = by.may(Right.CHANGE_RULES) and not asked.writes and asked.finished_at is not None
    return {
        "run": asked,
        "job": Job.objects.filter(code=asked.job).first(),
        "matrix": matrix(asked.counts.get("bands", {})),
        "bands": [band.value for band in BANDS],
        "newcomers": sorted(
            (int(most), count) for most, count in asked.counts.get("newcomers", {}).items()
        ),
        "page": page,
        "chosen": (before, after) if before in BANDS and after in BANDS else None,
        "before": names.get(asked.before, asked.before),
        "after": names.get(asked.after, asked.after),
        "may_put": may_put and now == asked.before,
        "counts_now": now == asked.after,
    }
