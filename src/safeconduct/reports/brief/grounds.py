"""What the brief stands on: assumptions, the rulebook's version, and every source."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from safeconduct.core.facts import Source
from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import Operation
from safeconduct.reports.parts import Points, Section, Subtitle, Words, blocks
from safeconduct.reports.sources import linked_whole
from safeconduct.reports.wording import as_of, count_of, listed, number, plural, sentence


def section(job: MainJob) -> Section:
    """The pack, the assumptions and the sources."""
    operation = job.operation
    chosen = tuple(
        Markup('{} <span class="quiet">{}: {}</span>').format(
            sentence(each.sentence), each.name, f"{each.value:g}"
        )
        for each in operation.assumptions.values()
    )
    return Section(
        key="grounds",
        title="What this stands on",
        blocks=blocks(
            Words(
                text=f"Operation pack: {operation.code}. Rulebook version "
                f"{operation.rulebook.version}, "
                f"{count_of(len(operation.rulebook.rules), 'rule')}. It took "
                f"{job.seconds:,.1f} seconds to make. How the failures of the past are prevented, "
                "or cannot go unseen, is told in docs/failures.md."
            ),
            Subtitle(text="Assumptions: numbers that no source gives") if chosen else None,
            Points(items=chosen, columns=True) if chosen else None,
            Subtitle(text="Sources"),
            *_sources(operation),
        ),
    )


def _sources(operation: Operation) -> tuple[Words | Points, ...]:
    used: dict[Source, list[str]] = {}
    for what, source in _every_source(operation):
        key = Source(
            url=source.url, as_of=source.as_of, verified=source.verified, note=_note(source)
        )
        if what not in used.setdefault(key, []):
            used[key].append(what)
    if not used:
        return (Words(text="No source is named."),)
    unread = sum(not source.verified for source in used)
    lead = (
        f"{number(unread)} {plural(unread, 'is')} marked †: asked for, and not confirmed by a source "
        "that was read."
    )
    items = tuple(_line(source, used[source]) for source in sorted(used, key=_order))
    return (*((Words(text=lead),) if unread else ()), Points(items=items, columns=True, small=True))


def _line(source: Source, used: list[str]) -> Markup:
    when = f", {as_of(source.as_of)}" if source.as_of else ""
    mark = "" if source.verified else " † not verified"
    return Markup('{} <span class="quiet">{}{}{}</span>').format(
        linked_whole(source), sentence(listed(used)).rstrip("."), when, mark
    )


def _order(source: Source) -> tuple[bool, str, str]:
    return (not source.verified, source.url or "~", source.as_of or "")


def _note(source: Source) -> str:
    """A note is told only where there is no address: the same page often carries many notes."""
    return "" if source.url else source.note


def _every_source(operation: Operation) -> Iterator[tuple[str, Source]]:
    named = (
        ("schemes", operation.schemes),
        ("provinces", operation.provinces),
        ("control by day", operation.falls),
        ("routes", operation.routes),
        ("muster points", operation.muster_points),
        ("hours to a muster point", operation.reach),
        ("daily counts", operation.daily_counts),
        ("homes offered", operation.localities),
        ("authorities", operation.authorities),
        ("estimates of the need", operation.estimates),
        ("failures", operation.failures),
        ("the rulebook", operation.rulebook.rules),
        ("points of priority", operation.rulebook.points.extra),
    )
    for what, records in named:
        for record in records:
            yield what, record.source
