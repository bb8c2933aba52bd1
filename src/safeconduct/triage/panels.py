"""What this room tells on the page of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from safeconduct.cases.reading import OpenCase
from safeconduct.cases.views.asking import asked_of_persons
from safeconduct.cases.views.panels import TOP, Panel
from safeconduct.core.errors import BadPack, RulesAltered
from safeconduct.people.permissions import Right
from safeconduct.triage.told import told_of


def assessment(opened: OpenCase, *, at: datetime) -> Panel | None:
    """How urgent and why, by the rulebook in force now. Nothing is said of a case that is open by its card alone."""
    if not opened.has_contents:
        return None
    template = "triage/panel.html"
    may = opened.is_ours and opened.by.may(Right.ASK_FOR_OVERRIDE)
    try:
        told = told_of(opened, at=at)
    except (RulesAltered, BadPack) as refusal:
        return Panel(template=template, told={"refusal": refusal}, place=TOP)
    # The page itself asks each person's age, sex and relation, with the place where the answer is written.
    below = asked_of_persons(opened)
    told = replace(told, asks=[each for each in told.asks if each.fact not in below])
    return Panel(template=template, told={"assessment": told, "may_override": may}, place=TOP)
