"""Who waits and why: by band and reason, then household by household for the most urgent."""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.core.disclosure import NOT_TOLD, K, ProtectedTable, Shown
from safeconduct.core.main_job import Cover, MainJob
from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.reports.brief.counting import (
    by_two,
    few,
    in_words,
    nearly,
    table_row,
    tells,
    told_columns,
    total_row,
)
from safeconduct.reports.brief.departures import departures_in_words
from safeconduct.reports.brief.whys import nearest_change, why_in_words
from safeconduct.reports.marks import mark
from safeconduct.reports.parts import (
    Entries,
    Entry,
    Section,
    Table,
    Words,
    blocks,
    numbers,
)
from safeconduct.reports.wording import count_of, number, plural, sentence

SEATED = "a seat is proposed for them"
NOBODY_YET = "No household has been read yet, so nobody waits for a seat."
NOBODY = "Nobody waits: every household has a seat proposed."
BY_REASON_ALONE = "By band as well they are too few to be told."
POINTS = (
    "Points of priority are the rulebook's own numbers for a band and what adds to it, added up over "
    "the people of a household. An office may change them."
)


def section(job: MainJob, *, listed: int) -> Section:
    """`listed` is how many of the most urgent are listed by their codes; 0 leaves the list out."""
    waiting = those_waiting(job)
    title = "Who waits, and why"
    counts = by_reason_and_band(job)
    if not waiting:
        text = NOBODY if job.covers else NOBODY_YET
        return Section(key="waiting", title=title, blocks=(Words(text=text),))
    return Section(
        key="waiting",
        title=title,
        blocks=blocks(
            Words(text=f"{_how_many(job, waiting)} {_leading(counts)}".strip()),
            _table(counts) if tells(counts.rows.values()) else None,
            *(_most_urgent(job, waiting, listed) if listed else ()),
        ),
    )


def those_waiting(job: MainJob) -> list[Cover]:
    """The households without a seat proposed."""
    return [cover for cover in job.covers if cover.departure is None]


def by_reason_and_band(job: MainJob) -> ProtectedTable:
    """The households that wait, by reason in words and band; of what is told, most frequent reason first.

    Every count of them in the brief comes from this one table, so that no two can be compared.
    Where only a few have a seat they are a row of it, so that the many who wait do not tell the few.
    """
    waiting = those_waiting(job)
    pairs = [(why_in_words(c.seat_why), c.assessment.band.value) for c in waiting]
    seated = [cover for cover in job.covers if cover.departure is not None]
    if 0 < len(seated) < K:
        pairs += [(SEATED, cover.assessment.band.value) for cover in seated]
    return by_two(pairs, columns=[band.value for band in BANDS], last=SEATED)


def waiting_in(job: MainJob, band: Band) -> str:
    """How many of a band wait, as it may be told beside that table, and from that table alone."""
    table = by_reason_and_band(job)
    whole = table.columns.get(band.value, Shown("0", 0))
    if SEATED not in table.cells or table.cells[SEATED][band.value].value == 0:
        return "some" if whole.text == NOT_TOLD else in_words(whole)
    many = f"{K} or more"
    cells = (row[band.value] for why, row in table.cells.items() if why != SEATED)
    return many if any((s.value or 0) >= K or s.text == many for s in cells) else "some"


def _how_many(job: MainJob, waiting: Sequence[Cover]) -> str:
    told = nearly(len(waiting), len(job.covers))
    if told != number(len(waiting)):
        of = f" of the {count_of(len(job.covers), 'household')}"
        return (
            f"{told.capitalize()}{of if told == 'nearly all' else ' households'} wait for a seat."
        )
    people = sum(cover.size for cover in waiting)
    return (
        f"{count_of(len(waiting), 'household')} ({count_of(people, 'person')}) "
        f"{plural(len(waiting), 'waits')} for a seat."
    )


def _leading(counts: ProtectedTable) -> str:
    """The most frequent reasons, as far as the table tells how frequent they are."""
    whys = [why for why, shown in counts.rows.items() if shown.value and why != SEATED]
    if not whys:
        return ""
    first = f"Most often, {whys[0]}."
    return f"{first} Next most often, {whys[1]}." if len(whys) > 1 else first


def _table(counts: ProtectedTable) -> Table:
    with_seats = SEATED in counts.cells
    bands = [mark(band) for band in BANDS if band.value in told_columns(counts)]
    return Table(
        key="waiting-table",
        caption="Households by where they stand and band"
        if with_seats
        else "Households waiting for a seat, by reason and band",
        columns=("Why they wait", "All", *bands),
        rows=tuple((sentence(why).rstrip("."), *table_row(counts, why)) for why in counts.cells),
        total=("All households" if with_seats else "All who wait", *total_row(counts)),
        numbers=numbers(*range(1, len(bands) + 2)),
        note="" if bands else BY_REASON_ALONE,
    )


def most_urgent(waiting: Sequence[Cover]) -> list[Cover]:
    """Those of the two bands that cannot wait, the most urgent first."""
    urgent = [c for c in waiting if c.assessment.band in (Band.EMERGENCY, Band.URGENT)]
    return sorted(
        urgent,
        key=lambda c: (BANDS.index(c.assessment.band), -c.assessment.priority, c.household_id),
    )


def _most_urgent(
    job: MainJob, waiting: Sequence[Cover], listed: int
) -> tuple[Entries | Words, ...]:
    urgent = most_urgent(waiting)
    if not urgent:
        return (Words(text="No household that waits is in the emergency or urgent band."),)
    more = len(urgent) - listed
    rest = (
        f"{few(more).capitalize()} more in these bands wait: see accepted.csv. " if more > 0 else ""
    )
    codes = "A code stands for a household; only the office that holds the case knows who it is."
    return (
        Entries(title="The most urgent who wait", items=_entries(job, urgent[:listed])),
        Words(text=f"{rest}{codes} {POINTS}", quiet=True),
    )


def _entries(job: MainJob, urgent: Sequence[Cover]) -> tuple[Entry, ...]:
    """One entry for all households of a band that wait for the same reason, word by word."""
    alike: dict[tuple[Band, str, str], list[Cover]] = {}
    for cover in urgent:
        why = sentence(
            departures_in_words(cover.seat_reason.removeprefix("Waits: "), job.departures)
        )
        change = sentence(nearest_change(cover))
        alike.setdefault((cover.assessment.band, why, change), []).append(cover)
    return tuple(
        Entry(
            households=tuple((c.household_id, count_of(c.size, "person")) for c in covers),
            mark=mark(band),
            why=why,
            change=change,
        )
        for (band, why, change), covers in alike.items()
    )
