"""Marks of a report: bands by word and shape, never by colour alone; and what no source confirms."""

from __future__ import annotations

from markupsafe import Markup

from safeconduct.core.facts import Source
from safeconduct.core.rulebook.rules import Band

SHAPES = {
    Band.EMERGENCY: "◆",
    Band.URGENT: "▲",
    Band.PRIORITY: "●",
    Band.ROUTINE: "○",
    Band.NOT_ASSESSED: "?",
}


def mark(band: Band) -> Markup:
    """The band as a shape and a word, kept on one line."""
    return Markup('<span class="band"><span aria-hidden="true">{}</span> {}</span>').format(
        SHAPES[band], band.value
    )


def unverified(source: Source) -> str:
    """The visible mark of what no source read confirms."""
    return "" if source.verified else " † not verified"
