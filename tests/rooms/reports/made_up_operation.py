"""A made-up operation, shaped like the shipped one but small, for reports to be tried on. Not facts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from safeconduct.core.facts import Source
from safeconduct.core.operation import (
    Assumption,
    DailyCount,
    Departure,
    Estimate,
    Fall,
    Locality,
    MusterPoint,
    Operation,
    Province,
    Route,
    Scheme,
)
from safeconduct.core.rulebook.rules import Band, Condition, Points, Rule, Rulebook

NEWS = Source(url="https://news.example/chronology", as_of="2021-08-16")
GUIDANCE = Source(url="https://guidance.example/schemes", as_of="2021-09-13")
UNREAD = Source(url=None, as_of="2021-08", verified=False, note="asked for, not found in a source")

# name, name in Dari, row, column, day of August 2021 it fell, confidence
PROVINCES = """
Jawzjan,جوزجان,0,2,7,high
Balkh,بلخ,0,3,14,high
Kunduz,قندوز,0,4,8,high
Takhar,تخار,0,5,8,high
Badakhshan,بدخشان,0,6,11,high
Faryab,فاریاب,1,1,14,medium
Sar-e Pul,سرپل,1,2,8,high
Samangan,سمنگان,1,3,9,high
Baghlan,بغلان,1,4,10,high
Panjshir,پنجشیر,1,5,37,medium
Nuristan,نورستان,1,6,15,low
Kunar,کنر,1,7,14,high
Herat,هرات,2,0,12,medium
Badghis,بادغیس,2,1,12,high
Ghor,غور,2,2,13,high
Bamyan,بامیان,2,3,15,low
Parwan,پروان,2,4,15,low
Kapisa,کاپیسا,2,5,15,medium
Laghman,لغمان,2,6,14,low
Nangarhar,ننگرهار,2,7,15,high
Daykundi,دایکندی,3,2,14,medium
Maidan Wardak,میدان وردک,3,3,15,medium
Kabul,کابل,3,4,15,high
Logar,لوگر,3,5,13,high
Paktia,پکتیا,3,6,14,medium
Khost,خوست,3,7,15,medium
Farah,فراه,4,0,10,medium
Helmand,هلمند,4,1,13,high
Uruzgan,ارزگان,4,2,13,high
Ghazni,غزنی,4,3,12,high
Paktika,پکتیکا,4,4,14,high
Nimroz,نیمروز,5,0,6,high
Kandahar,کندهار,5,2,13,high
Zabul,زابل,5,3,13,high
"""
CARRIED = ((16, 204), (19, 963), (21, 1982), (22, 1904), (23, 1384), (24, 1349), (25, 3016))
REGIONS = (("North", 110), ("Midlands", 90), ("South", 130), ("Wales", 40), ("Scotland", 60))


def made_up_operation() -> Operation:
    return Operation(
        code="made-up-2021",
        name="A made-up evacuation",
        starts=date(2021, 8, 13),
        ends=date(2021, 8, 28),
        summary="Made up, to try reports on.",
        assumptions={
            "load_factor": Assumption(
                name="load_factor",
                value=0.02,
                sentence="One seat in fifty of those published is taken to be within reach of the office.",
            )
        },
        schemes=_schemes(),
        provinces=_provinces(),
        falls=_falls(),
        routes=(
            Route(
                name="The eastern crossing",
                neighbour="A neighbour",
                kind="crossing",
                from_date=date(2021, 8, 15),
                to_date=None,
                status="closed",
                source=NEWS,
            ),
        ),
        muster_points=(
            MusterPoint(
                code="KBL",
                name="Kabul airport",
                province="AF23",
                opened=date(2021, 8, 14),
                closed=date(2021, 8, 28),
                source=NEWS,
            ),
        ),
        reach=(),
        daily_counts=_daily_counts(),
        departures=departures(),
        localities=tuple(
            Locality(
                code=name.lower(), name=name, people=people, large_homes=3, towns=(), source=UNREAD
            )
            for name, people in REGIONS
        ),
        authorities=(),
        estimates=(
            Estimate(
                code="special-cases-applied",
                group="people, with dependants, who applied as special cases",
                as_of="2021-08-25",
                low=75_000,
                high=150_000,
                stated_by="an official, in written evidence",
                source=Source(
                    url="https://evidence.example/41257", as_of="2021-12-07", verified=False
                ),
            ),
        ),
        failures=(),
        phrases=(),
        rulebook=_rulebook(),
    )


def departures(scale: float = 1.0) -> tuple[Departure, ...]:
    return tuple(
        Departure(
            departure_id=f"D{august}",
            departs_at=datetime(2021, 8, august, 12),
            muster_point="KBL",
            seats=max(1, round(people * 0.03 * scale)),
            derived="published count times the load factor",
        )
        for august, people in CARRIED
    )


def _daily_counts() -> tuple[DailyCount, ...]:
    people, total, rows = dict(CARRIED), 0, []
    for days in range(15):
        on = date(2021, 8, 13) + timedelta(days=days)
        carried = people.get(on.day)
        total += carried or 0
        derived = "difference of two cumulative counts" if on.day > 20 else ""
        rows.append(
            DailyCount(
                on=on,
                people=carried,
                cumulative=total if carried else None,
                derived=derived if carried else "",
                source=NEWS,
            )
        )
    return tuple(rows)


def _schemes() -> tuple[Scheme, ...]:
    def scheme(code: str, name: str, **more: object) -> Scheme:
        given: dict[str, object] = {
            "parent": None,
            "opened": date(2021, 4, 1),
            "closed": date(2025, 7, 1),
            "opened_text": "2021-04-01",
            "closed_text": "2025-07-01",
            "quota_people": None,
            "quota_first_year": None,
            "lead": "A department",
            "application": "yes",
            "note": "",
            "precedent": False,
            "source": GUIDANCE,
            **more,
        }
        return Scheme(code=code, name=name, **given)  # type: ignore[arg-type]

    return (
        scheme("ARAP", "Relocations and assistance policy"),
        scheme("ARAP-1", "Relocations, category 1", parent="ARAP"),
        scheme(
            "ACRS",
            "Citizens resettlement scheme",
            quota_people=20_000,
            quota_first_year=5_000,
            opened=date(2022, 1, 6),
            opened_text="2022-01-06",
        ),
        scheme("LOTR", "Special cases", opened=None, opened_text="August 2021", source=UNREAD),
        scheme("BN", "British nationals and dependants"),
        scheme(
            "VPRS",
            "Vulnerable Persons Resettlement Scheme (Syria)",
            quota_people=20_000,
            opened=date(2014, 1, 1),
            opened_text="January 2014",
            closed=date(2021, 2, 28),
            closed_text="February 2021",
            note="20,319 people arrived.",
            precedent=True,
        ),
    )


def _provinces() -> tuple[Province, ...]:
    rows = [line.split(",") for line in PROVINCES.split("\n") if line]
    return tuple(
        Province(
            pcode=f"AF{at:02}",
            iso=f"AF-{name[:3].upper()}",
            name=name,
            name_dari=dari,
            spellings=(),
            capital=name,
            capital_latitude=None,
            capital_longitude=None,
            population_thousands=None,
            tile_row=int(row),
            tile_column=int(column),
            source=NEWS,
        )
        for at, (name, dari, row, column, _, _) in enumerate(rows, start=1)
    )


def _falls() -> tuple[Fall, ...]:
    rows = [line.split(",") for line in PROVINCES.split("\n") if line]
    falls = []
    for at, row in enumerate(rows, start=1):
        on = date(2021, 7, 31) + timedelta(days=int(row[4]))
        falls.append(
            Fall(
                pcode=f"AF{at:02}",
                fell_on=on,
                earliest_reported=on,
                latest_reported=on + timedelta(days=0 if row[5] == "high" else 1),
                confidence=row[5],
                source=NEWS,
            )
        )
    return tuple(sorted(falls, key=lambda fall: fall.fell_on))


def _rulebook() -> Rulebook:
    def rule(rule_id: str, title: str, source: Source = GUIDANCE, **more: object) -> Rule:
        return Rule(
            rule_id=rule_id,
            title=title,
            when=Condition(fact="occupation", values=("any",)),
            reason=f"{title}.",
            source=source,
            **more,  # type: ignore[arg-type]
        )

    return Rulebook(
        version="0f3a9c21d4",
        facts={},
        rules=(
            rule("B-threat", "A threat by name in the last month", band=Band.EMERGENCY),
            rule("B-women", "A women's-rights worker", band=Band.URGENT),
            rule("B-teacher", "Teachers of English", band=Band.PRIORITY, forgotten=True),
            rule("B-driver", "Drivers and guards through contractors", UNREAD, forgotten=True),
            rule("S-arap", "Employed directly as an interpreter", scheme="ARAP"),
        ),
        points=Points(by_band=dict.fromkeys(Band, 1.0)),
    )
