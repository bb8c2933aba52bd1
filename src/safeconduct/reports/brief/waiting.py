"""Who waits and why: by band and reason, then household by household for the most urgent."""

from __future__ import annotations

from collections import Counter

from safeconduct.core.disclosure import ProtectedTable
from safeconduct.core.main_job import Cover, MainJob
from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.reports.brief.bands import mark, nearest_change, why_in_words
from safeconduct.reports.brief.counting import by_two, few, table_row, total_row
from safeconduct.reports.brief.parts import (
    Entries,
    Entry,
    Section,
    Table,
    Words,
    blocks,
    numbers,
)
from safeconduct.reports.wording import count_of, plural, sentence


def section(job: MainJob, *, listed: int) -> Section:
    """`listed` is how many of the most urgent are listed by their codes; 0 leaves the list out."""
    waiting = those_waiting(job)
    title = "Who waits, and why"
    if not waiting:
        nobody = "Nobody waits: every household has a seat proposed." if job.covers else _NOBODY
        return Section(key="waiting", title=title, blocks=(Words(text=nobody),))
    people = sum(cover.size for cover in waiting)
    lead = (
        f"{count_of(len(waiting), 'household')} ({count_of(people, 'person')}) "
        f"{plural(len(waiting), 'waits')} for a seat. {_leading(waiting)}"
    )
    return Section(
        key="waiting",
        title=title,
        blocks=blocks(
            Words(text=lead),
            _table(by_reason_and_band(job)),
            *(_most_urgent(waiting, listed) if listed else ()),
        ),
    )


_NOBODY = "No household has been read yet, so nobody waits for a seat."


def those_waiting(job: MainJob) -> list[Cover]:
    return [cover for cover in job.covers if cover.departure is None]


def by_reason_and_band(job: MainJob) -> ProtectedTable:
    """The households that wait, by reason in words and band; most frequent reason first.

    Every count of them in the brief comes from this one table, so that no two can be compared.
    """
    waiting = those_waiting(job)
    whys = [why for why, _ in Counter(why_in_words(c.seat_why) for c in waiting).most_common()]
    pairs = ((why_in_words(c.seat_why), c.assessment.band.value) for c in waiting)
    return by_two(pairs, rows=whys, columns=[band.value for band in BANDS])


def _leading(waiting: list[Cover]) -> str:
    whys = [why for why, _ in Counter(why_in_words(c.seat_why) for c in waiting).most_common(2)]
    first = f"Most often, {whys[0]}."
    return f"{first} Next most often, {whys[1]}." if len(whys) > 1 else first


def _table(counts: ProtectedTable) -> Table:
    return Table(
        key="waiting-table",
        caption="Households waiting for a seat, by reason and band",
        columns=("Why they wait", *(mark(band) for band in BANDS), "All"),
        rows=tuple((sentence(why).rstrip("."), *table_row(counts, why)) for why in counts.cells),
        total=("All who wait", *total_row(counts)),
        numbers=numbers(*range(1, len(BANDS) + 2)),
    )


def _most_urgent(waiting: list[Cover], listed: int) -> tuple[Entries | Words, ...]:
    urgent = [c for c in waiting if c.assessment.band in (Band.EMERGENCY, Band.URGENT)]
    if not urgent:
        return (Words(text="No household that waits is in the emergency or urgent band."),)
    urgent.sort(
        key=lambda c: (BANDS.index(c.assessment.band), -c.assessment.priority, c.household_id)
    )
    entries = tuple(
        Entry(
            code=cover.household_id,
            mark=mark(cover.assessment.band),
            what=count_of(cover.size, "person"),
            why=sentence(cover.seat_reason),
            change=sentence(nearest_change(cover)),
        )
        for cover in urgent[:listed]
    )
    more = len(urgent) - listed
    rest = (
        f" {few(more).capitalize()} more in these bands wait: see accepted.csv." if more > 0 else ""
    )
    return (
        Entries(title="The most urgent who wait", items=entries),
        Words(
            text="A code stands for a household; only the office that holds the case knows who it "
            f"is. Leave this list out of a copy that goes further.{rest}",
            quiet=True,
        ),
    )
