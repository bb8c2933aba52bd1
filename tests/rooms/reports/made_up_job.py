"""Made-up main jobs for reports: a usual one, an empty one and a great one. Fictional people."""

from __future__ import annotations

import random
from datetime import date, timedelta

from made_up_operation import GUIDANCE, departures, made_up_operation

from safeconduct.core.allocation.plan import Plan, PlanRow
from safeconduct.core.answers import Answer
from safeconduct.core.facts import Ask, Caller, Household, Origin, Person, Plea, Reason
from safeconduct.core.main_job import Cover, Double, Held, MainJob
from safeconduct.core.operation import Operation
from safeconduct.core.rows import ColumnRead, Intake, Noticed, Row, RowEnd
from safeconduct.core.rulebook.assessment import Assessment, Eligibility
from safeconduct.core.rulebook.rules import Band

SECRETS = (
    "Zarmina Testzai",
    "Gulbuddin Examplewal",
    "+93 700 000 111",
    "P0012345",
    "hides in a barn",
)
FILES = ("calls.xlsx", "volunteers.csv", "constituency office.ods")
ON = date(2021, 8, 20)
WHY_WAITING = (
    (
        "full",
        "Every seat this household could take is proposed for households with higher priority.",
    ),
    (
        "unreachable",
        "No open way from this province reaches the muster point before the departures.",
    ),
    ("no scheme", "No scheme open to this household has seats; one answer is still unknown."),
    ("not in time", "The last departure leaves before this household can be ready."),
)
ASKS = (
    Ask(
        fact="employer",
        question="Who paid your salary: the embassy itself, or a contractor?",
        settles=("ARAP",),
    ),
    Ask(
        fact="threat_named",
        question="Has anyone threatened you by name, and when was the last time?",
        settles=("band",),
    ),
    Ask(fact="british_family", question="Is a British national your husband, wife or parent?"),
)
BANDS = ((Band.EMERGENCY, 12), (Band.URGENT, 25), (Band.PRIORITY, 30), (Band.ROUTINE, 28))
BAND_RULES = {
    Band.EMERGENCY: ("B-threat", "Somebody was threatened by name in the last month."),
    Band.URGENT: ("B-women", "A woman of the household worked for women's rights."),
    Band.PRIORITY: ("B-teacher", "A teacher of English, whom the rules of the day did not name."),
    Band.ROUTINE: ("B-driver", "A driver employed through a contractor."),
}


def made_up_job(
    households: int = 120,
    *,
    seed: int = 2021,
    unended: int = 0,
    operation: Operation | None = None,
) -> MainJob:
    """A main job of so many households, the same for the same seed."""
    rng = random.Random(seed)
    operation = operation or made_up_operation()
    leaving = departures(scale=max(1.0, households / 120))
    left = {each.departure_id: each.seats for each in leaving}
    covers = tuple(_cover(rng, operation, at, left) for at in range(1, households + 1))
    pleas = tuple(_plea(cover, plea) for cover in covers for plea in cover.plea_ids)
    held = tuple(_held(rng, at) for at in range(round(households * 0.12)))
    seated = sum(cover.size for cover in covers if cover.departure)
    placed = sum(cover.size for cover in covers if cover.locality)
    return MainJob(
        operation=operation,
        on=ON,
        intake=_intake(rng, pleas, held),
        covers=covers,
        doubles=_doubles(rng, covers),
        held=held,
        pleas_without_an_end=unended,
        departures=leaving,
        localities=operation.localities,
        seats=Plan(
            rows=tuple(
                PlanRow(
                    family_id=c.household_id,
                    target=c.departure,
                    reason=c.seat_reason,
                    why=c.seat_why,
                )
                for c in covers
            ),
            objective=1497.0,
            bound=1501.5,
            seated_people=seated,
            empty=max(0, sum(each.seats for each in leaving) - seated),
            status="best found in the time",
            seconds=1.3,
        ),
        homes=Plan(
            rows=tuple(
                PlanRow(
                    family_id=c.household_id,
                    target=c.locality,
                    reason=c.home_reason,
                    why=c.home_why,
                )
                for c in covers
                if c.departure
            ),
            objective=310.0,
            bound=310.0,
            seated_people=placed,
            empty=sum(each.people for each in operation.localities) - placed,
            status="best possible",
            seconds=0.2,
        ),
        seconds=41.7,
    )


def _cover(rng: random.Random, operation: Operation, at: int, left: dict[str, int]) -> Cover:
    band = rng.choices(
        [Band.NOT_ASSESSED, *(band for band, _ in BANDS)], [5, *(weight for _, weight in BANDS)]
    )[0]
    size = rng.choice((1, 2, 3, 4, 5, 5, 6, 7, 8, 11))
    seated = rng.random() < (0.62 if band in (Band.EMERGENCY, Band.URGENT) else 0.35)
    chosen = rng.choice(list(left))
    seated = seated and band is not Band.NOT_ASSESSED and left[chosen] >= size
    left[chosen] -= size if seated else 0
    why, reason = WHY_WAITING[min(rng.randrange(5), 3)] if not seated else ("placed", "")
    if seated:
        reason = "A seat for everyone in the household; they can be at the airport in time."
    housed = seated and rng.random() < 0.8
    home_why = "placed" if housed else "larger than any" if seated else "no seat yet"
    return Cover(
        household_id=f"H-{at:05d}",
        plea_ids=tuple(f"P-{at:05d}-{copy}" for copy in range(rng.choice((1, 1, 1, 2, 3)))),
        size=size,
        office="The made-up office",
        province=rng.choice([None, *(province.pcode for province in operation.provinces)]),
        assessment=_assessment(rng, f"H-{at:05d}", band, size),
        may_be_same_as=(),
        departure=chosen if seated else None,
        seat_reason=reason,
        seat_why=why,
        locality=rng.choice(operation.localities).name if housed else None,
        home_reason=(
            "Work and relatives nearby." if housed else f"No home offered takes {size} people."
        ),
        home_why=home_why,
    )


def _assessment(rng: random.Random, household_id: str, band: Band, size: int) -> Assessment:
    rule_id, reason = BAND_RULES.get(band, ("", "Too little is known to assess this household."))
    missing = tuple(ask for ask in ASKS if rng.random() < 0.3)
    schemes = []
    for code in ("ARAP", "ARAP-1", "ACRS", "LOTR", "BN"):
        outcome = rng.choices(tuple(Answer), (3, 5, 2))[0]
        schemes.append(
            Eligibility(
                scheme=code,
                outcome=outcome,
                reasons=(
                    Reason(sentence=f"{code}: because of the made-up rule.", source=GUIDANCE),
                ),
                settles=missing[:1] if outcome is Answer.UNKNOWN else (),
            )
        )
    return Assessment(
        household_id=household_id,
        band=band,
        priority=round(size * rng.uniform(1, 10), 1),
        schemes=tuple(schemes),
        reasons=(Reason(sentence=reason, rule_id=rule_id, source=GUIDANCE),),
        missing=missing,
        rulebook_version="0f3a9c21d4",
    )


def _plea(cover: Cover, plea_id: str) -> Plea:
    name, father, phone, passport, story = SECRETS
    given, family = name.split()
    person = Person(
        person_id=f"{plea_id}-1",
        given_name=given,
        family_name=family,
        father_name=father,
        phones=(phone,),
        passport=passport,
    )
    row = int(cover.household_id[2:]) * 3 + int(plea_id[-1])
    return Plea(
        plea_id=plea_id,
        household=Household(
            household_id=cover.household_id,
            people=(person,),
            told_size=cover.size,
            province=cover.province,
            words=(story,),
        ),
        origins=(Origin(FILES[row % 3], "Sheet1" if row % 3 else "", row),),
        caller=Caller(name=father, phones=(phone,), email="caller@example.invalid"),
    )


def _held(rng: random.Random, at: int) -> Held:
    kind = rng.choice(
        ("no name", "no name", "no name", "hidden row", "bad date", "members unclear")
    )
    return Held(
        file=FILES[at % 3],
        sheet="Sheet1" if at % 3 else "",
        row=900_000 + at,
        kind=kind,
        owner=rng.choice(("Desk one", "Desk two")),
        due_on=ON + timedelta(days=rng.choice((-1, 1, 2, 3))),
    )


def _intake(rng: random.Random, pleas: tuple[Plea, ...], held: tuple[Held, ...]) -> Intake:
    accepted = [
        Row(origin=plea.origins[0], end=RowEnd.ACCEPTED, plea_id=plea.plea_id) for plea in pleas
    ]
    quarantined = [
        Row(
            origin=Origin(each.file, each.sheet, each.row),
            end=RowEnd.QUARANTINED,
            cell=f"D{each.row}",
            reason="=The cell that should hold a name is empty.",
            kind=each.kind,
        )
        for each in held
    ]
    repeated = [
        Row(
            origin=Origin(plea.origins[0].file, plea.origins[0].sheet, 800_000 + at),
            end=RowEnd.REPEATED,
            same_as=plea.origins[0],
        )
        for at, plea in enumerate(pleas)
        if rng.random() < 0.05
    ]
    return Intake(
        rows=(*accepted, *quarantined, *repeated),
        pleas=pleas,
        noticed=(
            Noticed(
                file="calls.xlsx",
                sheet="Old",
                sentence="The hidden sheet was reported and left unread.",
            ),
            Noticed(
                file="volunteers.csv",
                sheet="",
                sentence="The file was read as Windows-1256 (Arabic).",
            ),
        ),
        columns=(
            ColumnRead(
                file="calls.xlsx",
                sheet="Sheet1",
                column="B",
                field="given_name",
                confidence=0.93,
                because="the heading says so",
            ),
        ),
    )


def _doubles(rng: random.Random, covers: tuple[Cover, ...]) -> tuple[Double, ...]:
    chosen = rng.sample(covers, 2 * (len(covers) // 15)) if len(covers) > 30 else []
    reasons = (
        ("the same passport number, normalised", "names that sound alike"),
        ("the same phone number", "the same father's name"),
        ("names that sound alike", "births in the same year"),
    )
    return tuple(
        Double(
            household_a=a.household_id,
            household_b=b.household_id,
            probability=round(rng.uniform(0.5, 0.999), 3),
            decision=rng.choice(("same", "review", "review")),
            reasons=rng.choice(reasons),
        )
        for a, b in zip(chosen[::2], chosen[1::2], strict=True)
    )
