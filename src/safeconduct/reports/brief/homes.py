"""Homes proposed, by place, beside the homes offered; and why some who have a seat have no home yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from safeconduct.core.allocation import HomeLocality
from safeconduct.core.disclosure import Shown, protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.main_job.homes import offered_homes
from safeconduct.reports.brief import charts
from safeconduct.reports.brief.bands import unverified, why_in_words
from safeconduct.reports.brief.parts import (
    Figure,
    Section,
    Table,
    Words,
    blocks,
    numbers,
)
from safeconduct.reports.brief.seats import distance_in_words
from safeconduct.reports.wording import count_of, number, percent, plural, sentence

MADE_WITH = ("homes_first_year_people", "people_per_home", "large_home_share")


def section(job: MainJob) -> Section:
    offers = [o for o in offered_homes(job.operation, job.share) if o.people]
    placed = sum(cover.locality is not None for cover in job.covers)
    lead = (
        f"{count_of(placed, 'household')}, {count_of(job.homes.seated_people, 'person')}, "
        f"{plural(placed, 'has')} a home proposed. {distance_in_words(job.homes)}"
        if offers
        else "No place has offered homes yet."
    )
    return Section(
        key="homes",
        title="Homes",
        blocks=blocks(
            Words(text=lead),
            _figure(job, offers) if offers else None,
            _without(job),
            _assumed(job) if offers else None,
        ),
    )


def _assumed(job: MainJob) -> Words:
    chosen = job.operation.assumptions
    text = " ".join(chosen[name].sentence for name in MADE_WITH if name in chosen)
    if job.share < 1:
        text += f" This caseload plans with its share of the homes, {percent(job.share)}."
    return Words(text=f"{text} A locality agrees before anyone is told.".strip(), quiet=True)


def _figure(job: MainJob, offers: Sequence[HomeLocality]) -> Figure:
    people: Counter[str] = Counter({offer.locality_id: 0 for offer in offers})
    for cover in job.covers:
        if cover.locality is not None:
            people[cover.locality] += cover.size
    kept = protect(people)
    names = {place.code: place.name for place in job.localities}
    rows = [
        _bar(names[offer.locality_id], offer.people or 0, kept[offer.locality_id])
        for offer in offers
    ]
    says = (
        f"Homes in {count_of(len(rows), 'place')}: people placed, out of the people each can take."
    )
    wide, narrow = charts.twice(
        lambda width, key: charts.bars(rows, width=width, key=key, says=says), "homes"
    )
    return Figure(
        key="homes-figure",
        title="People placed (solid) of those each place can take (outlined); not told (hatched)",
        says=says,
        wide=wide,
        narrow=narrow,
        table=_table(job, offers, kept),
    )


def _bar(name: str, offered: int, kept: Shown) -> charts.Bar:
    value = f"{kept.text} of {number(offered)}"
    if kept.value is None:
        return charts.Bar(label=name, value=value, filled=None, rest=offered)
    rest = max(0, offered - kept.value)
    return charts.Bar(label=name, value=value, filled=kept.value, rest=rest)


def _table(job: MainJob, offers: Sequence[HomeLocality], kept: Mapping[str, Shown]) -> Table:
    places = {place.code: place for place in job.localities}
    return Table(
        key="homes-table",
        caption="Homes by place",
        columns=("Place", "People it can take", "People placed", "Homes", "Large homes"),
        rows=tuple(
            (
                f"{places[offer.locality_id].name}{unverified(places[offer.locality_id].source)}",
                number(offer.people or 0),
                kept[offer.locality_id].text,
                *(_of(offer, resource) for resource in ("homes", "large_homes")),
            )
            for offer in offers
        ),
        numbers=numbers(1, 2, 3, 4),
    )


def _of(offer: HomeLocality, resource: str) -> str:
    amount = offer.resources.get(resource)
    return "not known" if amount is None else number(round(amount))


def _without(job: MainJob) -> Table | None:
    waiting = [c for c in job.covers if c.departure is not None and c.locality is None]
    if not waiting:
        return None
    whys = protect(dict(Counter(why_in_words(c.home_why) for c in waiting).most_common()))
    return Table(
        key="homes-waiting",
        caption="Households with a seat and no home proposed yet",
        columns=("Why", "Households"),
        rows=tuple((sentence(why).rstrip("."), kept.text) for why, kept in whys.items()),
        numbers=numbers(1),
    )
