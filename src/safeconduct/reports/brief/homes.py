"""Homes proposed, by place, beside the homes offered; and why some who have a seat have no home yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.core.allocation import HomeLocality
from safeconduct.core.disclosure import K, Shown, protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.main_job.homes import called, offered_homes
from safeconduct.core.operation import Operation
from safeconduct.reports import charts
from safeconduct.reports.brief.counting import by_count, few, in_cell, nearly, parts_of, tells
from safeconduct.reports.brief.seats import distance_in_words
from safeconduct.reports.brief.whys import why_in_words
from safeconduct.reports.marks import unverified
from safeconduct.reports.parts import (
    Figure,
    Section,
    Table,
    Words,
    blocks,
    numbers,
)
from safeconduct.reports.wording import count_of, number, percent, plural, sentence

MEASURE = "homes given and nearness to the caller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a place offers and who is placed there; or some places together, whose people are few."""

    name: str
    can_take: int
    placed: int
    homes: int | None
    large: int | None


def section(job: MainJob) -> Section:
    """The homes proposed by place, and why some with a seat have none yet."""
    offers = [o for o in offered_homes(job.operation, job.share) if o.people]
    if not offers:
        text = (
            "This caseload's share of the homes comes to no whole home."
            if job.operation.localities
            else "No place has offered homes yet."
        )
        return Section(key="homes", title="Homes", blocks=(Words(text=text),))
    return Section(
        key="homes",
        title="Homes",
        blocks=blocks(Words(text=_lead(job)), _figure(job, offers), _without(job), _assumed(job)),
    )


def _lead(job: MainJob) -> str:
    placed = sum(cover.locality is not None for cover in job.covers)
    seated = sum(cover.departure is not None for cover in job.covers)
    told = nearly(placed, seated)
    if told == number(placed):
        people = count_of(job.homes.seated_people, "person")
        who = f"{count_of(placed, 'household')}, {people}, {plural(placed, 'has')} a home proposed."
    else:
        of = "households with a seat" if told == "nearly all" else "households"
        who = f"{told.capitalize()} {of} have a home proposed."
    return f"{who} {distance_in_words(job.homes, MEASURE)}"


def without_home(job: MainJob) -> Mapping[str, Shown]:
    """Why households with a seat have no home yet, as it may be told beside how many have one."""
    seated = [cover for cover in job.covers if cover.departure is not None]
    whys = Counter(why_in_words(c.home_why) for c in seated if c.locality is None)
    placed, waiting = len(seated) - whys.total(), len(job.covers) - len(seated)
    return parts_of(whys, others=((placed, len(seated)), (waiting, len(job.covers))))


def _assumed(job: MainJob) -> Words:
    text = ""
    if job.share < 1:
        text = f"This caseload plans with its share of the homes, {percent(job.share)}. "
    text += (
        "How many homes there are, and how large, is assumed: see “What this stands on”. A place agrees "
        "before anyone is told."
    )
    return Words(text=text, quiet=True)


def _figure(job: MainJob, offers: Sequence[HomeLocality]) -> Figure:
    shown = told_together(_with_people(job, offers))
    rows = [_bar(each) for each in shown]
    says = f"Homes in {count_of(len(offers), 'place')}: people placed, out of the people each can take."
    wide, narrow = charts.twice(
        lambda width, key: charts.bars(rows, width=width, key=key, says=says), "homes"
    )
    together = len(shown) < len(offers)
    return Figure(
        key="homes-figure",
        title="People placed (solid) of those each place can take (outlined)",
        says=says,
        wide=wide,
        narrow=narrow,
        beside=True,
        table=_table(job.operation, shown),
        note="Places are told together where one of them would tell of one to four people."
        if together
        else "",
    )


def _with_people(job: MainJob, offers: Sequence[HomeLocality]) -> list[Offer]:
    people = Counter[str]()
    for cover in job.covers:
        people[cover.locality or ""] += cover.size
    return [
        Offer(
            name=offer.locality_id,
            can_take=offer.people or 0,
            placed=people[offer.locality_id],
            homes=_of(offer, "homes"),
            large=_of(offer, "large_homes"),
        )
        for offer in offers
    ]


def told_together(offers: Sequence[Offer]) -> list[Offer]:
    """The places, those whose people are few told as one with as many others as it takes."""
    kept = protect({each.name: each.placed for each in offers})
    apart = [each for each in offers if kept[each.name].value is not None]
    joined = [each for each in offers if kept[each.name].value is None]
    while joined and sum(each.placed for each in joined) < K and any(e.placed for e in apart):
        least = min((each for each in apart if each.placed), key=lambda each: each.placed)
        apart.remove(least)
        joined.append(least)
    if not joined:
        return apart
    others = "other places, together" if apart else "places, together"
    both = Offer(
        name=f"{number(len(joined))} {others}" if len(joined) > 1 else joined[0].name,
        can_take=sum(each.can_take for each in joined),
        placed=sum(each.placed for each in joined),
        homes=_sum(each.homes for each in joined),
        large=_sum(each.large for each in joined),
    )
    return [*apart, both]


def _sum(amounts: Iterable[int | None]) -> int | None:
    """Their sum; unknown where one is."""
    known = list(amounts)
    return None if None in known else sum(amount or 0 for amount in known)


def _bar(offer: Offer) -> charts.Bar:
    value = f"{few(offer.placed).replace('fewer than ', '<')} of {number(offer.can_take)}"
    if 0 < offer.placed < K:
        return charts.Bar(label=offer.name, value=value, filled=None, rest=offer.can_take)
    rest = max(0, offer.can_take - offer.placed)
    return charts.Bar(label=offer.name, value=value, filled=offer.placed, rest=rest)


def _table(operation: Operation, shown: Sequence[Offer]) -> Table:
    sources = {called(each, operation.localities): each.source for each in operation.localities}
    return Table(
        key="homes-table",
        caption="Homes by place, and the people that they take",
        columns=("Place", "Can take", "Placed", "Homes", "Large homes"),
        rows=tuple(
            (
                f"{each.name}{unverified(sources[each.name]) if each.name in sources else ''}",
                number(each.can_take),
                few(each.placed).replace("fewer than ", "<"),
                _known(each.homes),
                _known(each.large),
            )
            for each in shown
        ),
        numbers=numbers(1, 2, 3, 4),
    )


def _of(offer: HomeLocality, resource: str) -> int | None:
    amount = offer.resources.get(resource)
    return None if amount is None else round(amount)


def _known(amount: int | None) -> str:
    return "not known" if amount is None else number(amount)


def _without(job: MainJob) -> Table | None:
    whys = without_home(job)
    if not tells(whys.values()):
        return None
    return Table(
        key="homes-waiting",
        caption="Households with a seat and no home proposed yet",
        columns=("Why", "Households"),
        rows=tuple((sentence(why).rstrip("."), in_cell(whys[why])) for why in by_count(whys)),
        numbers=numbers(1),
    )
