"""Small made-up caseloads, prepared for their days, and scenarios beside them: fictional and quick."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from safeconduct.core.facts import Source
from safeconduct.core.operation import Departure, Reach
from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.rehearsal.days.records import Claim, Closing, Prepared, Scenario, TrueNeed

STARTS = date(2031, 5, 1)
POINTS = {Band.EMERGENCY: 27, Band.URGENT: 9, Band.PRIORITY: 3, Band.ROUTINE: 1}
NOWHERE = Source(url=None, verified=False)


def at(day: int, hour: float = 12.0) -> datetime:
    """A moment of the scenario: its days count from nought."""
    return datetime.combine(STARTS, time()) + timedelta(days=day, hours=hour)


def claim(name: str, family: str | None = None, *, size: int = 4, **others: object) -> Claim:
    """A plea that tells all: arrived before the first day, urgent, of a scheme that flies."""
    band = others.get("band", Band.URGENT)
    priority = float(POINTS.get(band, 1) * size)
    told = {
        "claim_id": name,
        "family_id": family or name.upper(),
        "arrives": at(-1),
        "size_told": size,
        "size": size,
        "band": band,
        "priority": priority,
        "worth": priority,
        "schemes": ("S",),
        "province": "P1",
        "office": "An office",
        "likely_same": (),
    }
    return Claim(**{**told, **others})


def prepared(*claims: Claim) -> Prepared:
    needs = {
        each.family_id: TrueNeed(
            family_id=each.family_id,
            size=each.size,
            band=each.band,
            eligible=bool(each.schemes),
            priority=each.worth,
            schemes=each.schemes,
            province=each.province,
        )
        for each in claims
    }
    return Prepared(
        operation="made-up",
        caseload_seed=1,
        people=sum(need.size for need in needs.values()),
        claims=tuple(sorted(claims, key=lambda each: (each.arrives, each.claim_id))),
        needs=needs,
    )


def departure(day: int, seats: int, *, hour: float = 12.0, **others: object) -> Departure:
    told = {"departure_id": f"D{day}-{hour:g}", "muster_point": "M", "schemes": ("S",)}
    return Departure(departs_at=at(day, hour), seats=seats, **{**told, **others})


def way(hours: float, province: str = "P1", *, until: date | None = None) -> Reach:
    return Reach(
        province=province,
        muster_point="M",
        hours=hours,
        from_date=None,
        to_date=until,
        source=NOWHERE,
    )


def scenario(*departures: Departure, days: int = 8, **others: object) -> Scenario:
    """Everything certain and at hand, unless told otherwise: nobody fails to come, everything is decided at once."""
    told = {
        "reach": None,
        "closings": (),
        "caseworkers": 1,
        "decisions_each_day": 1_000,
        "no_show": 0.0,
        "standby_shows": 1.0,
        "standby_per_seat": 0.5,
        "known_ahead_days": 3,
        "list_closes_hours": 0,
        "seed": 1,
        "assumptions": (),
    }
    return Scenario(
        operation="made-up",
        starts=STARTS,
        days=days,
        departures=departures,
        **{**told, **others},
    )


def closing(day: int, province: str | None = "P1") -> Closing:
    return Closing(on=at(day).date(), province=province, muster_point=None)


def made_caseload(seed: int, families: int) -> Prepared:
    """Families of all sizes with a plea or three each: some miscounted, some matched, a few matched wrongly."""
    chance = random.Random(seed)
    claims: list[Claim] = []
    for number in range(families):
        size, band = chance.randint(1, 9), chance.choice(BANDS)
        told = chance.choices((1, 2, 3), (6, 3, 1))[0]
        schemes = chance.choices((("S",), ("T",), ("S", "T"), ()), (5, 1, 1, 3))[0]
        names = [f"{number:04}.{each}" for each in range(told)]
        each_priority = [float(POINTS.get(band, 1) * size) * chance.uniform(0.5, 1) for _ in names]
        for name, priority in zip(names, each_priority, strict=True):
            claims.append(
                claim(
                    name,
                    f"F{number:04}",
                    size=size,
                    arrives=at(chance.randint(-2, 6), 12),
                    size_told=max(1, size + chance.choice((-1, 0, 0, 0, 1))),
                    band=band,
                    priority=priority,
                    worth=max(each_priority),
                    schemes=schemes,
                    province=chance.choice(("P1", "P2", "P3", None)),
                    likely_same=tuple(o for o in names if o != name) * (chance.random() < 0.8),
                    not_yet_known=chance.random() < 0.5,
                )
            )
    some = chance.sample(claims, min(2, len(claims)))
    if len(some) == 2 and chance.random() < 0.3:
        claims.remove(some[0])
        claims.append(replace(some[0], likely_same=(*some[0].likely_same, some[1].claim_id)))
    made = prepared(*claims)
    needs = {
        family: replace(
            need,
            priority=need.priority * chance.uniform(0.5, 1.5),
            province=chance.choice(("P1", "P2", "P3")),
        )
        for family, need in made.needs.items()
    }
    return replace(made, needs=needs)


def made_scenario(seed: int, *, seats: int = 40, **others: object) -> Scenario:
    """A bad week: departures of both schemes, a long way, one that ends, one that closes; people who do not come."""
    chance = random.Random(seed)
    departures = tuple(
        departure(
            day,
            chance.randint(1, seats),
            hour=hour,
            schemes=chance.choice((("S",), ("S",), ("T",), ())),
        )
        for day in range(8)
        for hour in (6.0, 15.5)
        if chance.random() < 0.7
    )
    told = {
        "reach": (way(2), way(40, "P2"), way(9, "P3", until=at(5).date())),
        "closings": (closing(chance.randint(1, 8)),) if chance.random() < 0.5 else (),
        "decisions_each_day": chance.choice((0.5, 3.3, 1_000)),
        "no_show": chance.choice((0.0, 0.15, 0.6)),
        "standby_shows": chance.choice((0.0, 0.7, 1.0)),
        "list_closes_hours": chance.choice((0, 12, 24)),
        "known_ahead_days": chance.choice((0, 1, 3)),
        "seed": seed,
    }
    return scenario(*departures, **{**told, **others})
