"""Households that may be one: how many, on what ground, and that nobody was merged."""

from __future__ import annotations

from collections import Counter

from safeconduct.core.disclosure import ProtectedTable
from safeconduct.core.main_job import MainJob
from safeconduct.reports.brief.counting import (
    by_two,
    few,
    in_words,
    table_row,
    tells,
    told_columns,
    total_row,
)
from safeconduct.reports.parts import Section, Table, Words, blocks, numbers
from safeconduct.reports.wording import plural, sentence

DECISIONS = {"same": "very likely the same", "review": "may be the same"}
GROUNDS = 8
OTHER = "another ground"
UNLIKE = ("differ", "apart", "only in part")


def section(job: MainJob) -> Section:
    """How many pairs were found, and by what they are alike."""
    title = "Possible doubles"
    if not job.doubles:
        text = "No two households looked like one family."
        return Section(key="doubles", title=title, blocks=(Words(text=text),))
    households = {code for pair in job.doubles for code in (pair.household_a, pair.household_b)}
    count, counts = len(job.doubles), by_ground(job)
    lead = (
        f"{in_words(counts.total).capitalize()} {plural(count, 'pair')} of households, among "
        f"{few(len(households))} {plural(len(households), 'household')}, may be one family told "
        "twice. Nobody was merged: a person reads both and decides, and can undo it."
    )
    return Section(
        key="doubles",
        title=title,
        blocks=blocks(
            Words(text=lead),
            _table(counts) if tells(counts.rows.values()) else None,
            Words(text="Each pair, with all its reasons, is in doubles.csv.", quiet=True),
        ),
    )


def by_ground(job: MainJob) -> ProtectedTable:
    """The pairs by the reason that weighs most and by what is proposed; of what is told, most frequent first."""
    leading = Counter(_ground(pair.reasons) for pair in job.doubles)
    grounds = {ground for ground, _ in leading.most_common(GROUNDS)}
    pairs = (
        (ground if ground in grounds else OTHER, DECISIONS.get(pair.decision, pair.decision))
        for pair in job.doubles
        for ground in (_ground(pair.reasons),)
    )
    return by_two(pairs, columns=DECISIONS.values(), last=OTHER)


def _table(counts: ProtectedTable) -> Table:
    decisions = [name.capitalize() for name in told_columns(counts)]
    return Table(
        key="doubles-table",
        caption="Pairs by what is alike and weighs most",
        columns=("What is alike", "All", *decisions),
        rows=tuple(
            (sentence(ground).rstrip("."), *table_row(counts, ground)) for ground in counts.cells
        ),
        total=("All pairs", *total_row(counts)),
        numbers=numbers(*range(1, len(decisions) + 2)),
    )


def _ground(reasons: tuple[str, ...]) -> str:
    """The first reason that tells what is alike: neither how many people are, nor what is not alike."""
    told = [
        reason
        for reason in reasons
        if not reason[:1].isdigit() and not any(word in reason for word in UNLIKE)
    ]
    return told[0] if told else "no reason was given"
