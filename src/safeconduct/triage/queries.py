"""What lists and the day ask of this room: covers' codes, bands, days and numbers. No case is opened for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, QuerySet, When

from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.triage.models import (
    LikeCases,
    LoadedRules,
    Notice,
    Override,
    Reassessment,
    RulesInForce,
    Standing,
)


@dataclass(frozen=True, slots=True)
class OnTheList:
    """What a line of the worklist tells: how many questions would change the outcome, and the override if there is one.

    `ran_out`: its last day has passed and nobody ended it yet; then `band` is the rulebook's, which counts.
    """

    asks: int
    band: str
    until: date | None = None
    waiting: bool = False
    ran_out: bool = False


def on_the_list(codes: Collection[str], *, on: date) -> dict[str, OnTheList]:
    """By case; a case without an assessment is not among them. In two questions, for a page of a list."""
    told = {
        each.case: OnTheList(asks=each.asks, band=each.band)
        for each in Standing.objects.filter(case__in=codes)
    }
    for row in Override.objects.filter(case__in=codes, ended_at=None):
        standing = told.get(row.case)
        told[row.case] = OnTheList(
            asks=standing.asks if standing else 0,
            band=standing.band if standing else "not assessed",
            until=row.until,
            waiting=row.agreed is None,
            ran_out=row.until < on,
        )
    return told


def ran_out(office: str, *, on: date) -> QuerySet[Override]:
    """Overrides whose last day has passed: until they are ended the cover still has their band. Decide and say."""
    return Override.objects.filter(office=office, ended_at=None, until__lt=on).order_by("until")


def to_decide(by: Present, *, on: date) -> QuerySet[Override]:
    """What waits for a second person who is not oneself. Whether they may open the case is asked when they do."""
    waiting = Override.objects.filter(office=by.member.office_id, agreed=None, ended_at=None)
    if not by.may(Right.AGREE_OVERRIDE):
        return waiting.none()
    return waiting.filter(until__gte=on).exclude(asked_by=by.member)


def live_overrides(by: Present, *, on: date) -> QuerySet[Override]:
    """All of the office that are not ended: what ran out, then what waits, then what counts, the oldest first."""
    rows = Override.objects.filter(office=by.member.office_id, ended_at=None)
    part = Case(When(until__lt=on, then=0), When(agreed=None, then=1), default=2)
    return rows.select_related("asked_by", "decided_by").order_by(part, "asked_at", "code")


def unseen(by: Present) -> QuerySet[Notice]:
    """What was asked or decided about cases that this member looks after or asked for."""
    rows = Notice.objects.filter(member=by.member, seen_at=None)
    return rows.select_related("override").order_by("at", "pk")


def loaded_rules(by: Present) -> QuerySet[LoadedRules]:
    rows = LoadedRules.objects.filter(office=by.office)
    return rows.select_related("loaded_by").defer("text").order_by("-loaded_at", "-pk")


def rules_history(by: Present) -> QuerySet[RulesInForce]:
    rows = RulesInForce.objects.filter(office=by.office)
    return rows.select_related("by", "loaded", "office").order_by("-since", "-pk")


def runs(by: Present) -> QuerySet[Reassessment]:
    return (
        Reassessment.objects.filter(office=by.office)
        .select_related("asked_by")
        .order_by("-asked_at")
    )


def like_reports(by: Present) -> QuerySet[LikeCases]:
    return (
        LikeCases.objects.filter(office=by.office).select_related("asked_by").order_by("-asked_at")
    )
