"""A caseload small enough to be read: two families, three pleas, written by hand and not drawn."""

from __future__ import annotations

from datetime import date

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Caller, Household, Person, Plea, Relation, Sex
from safeconduct.rehearsal.caseload.records import Caseload, SimulatedPlea, TrueFamily

FIRST_DAY = date(2021, 8, 14)
BORN = UncertainDate.of_day

INTERPRETER = TrueFamily(
    household=Household(
        household_id="F1",
        province="AF01",
        facts={"threat": "explicit", "in_hiding": "no"},
        people=(
            Person(
                person_id="F1/1",
                given_name="Naeem",
                family_name="Barech",
                sex=Sex.MALE,
                birth=BORN(date(1988, 3, 14)),
                relation=Relation.PRINCIPAL,
                facts={
                    "occupation": "interpreter",
                    "employer": "uk_forces",
                    "employment": "direct",
                    "worked_with_uk": "yes",
                    "dismissed": "no",
                },
            ),
            Person(
                person_id="F1/2",
                given_name="Laila",
                sex=Sex.FEMALE,
                birth=BORN(date(1991, 6, 2)),
                relation=Relation.SPOUSE,
            ),
            Person(
                person_id="F1/3",
                given_name="Omar",
                sex=Sex.MALE,
                birth=BORN(date(2012, 1, 20)),
                relation=Relation.CHILD,
            ),
        ),
    ),
)
SHOPKEEPER = TrueFamily(
    household=Household(
        household_id="F2",
        province="AF05",
        people=(
            Person(
                person_id="F2/1",
                given_name="Zarghona",
                sex=Sex.FEMALE,
                birth=BORN(date(1970, 9, 9)),
                relation=Relation.PRINCIPAL,
                facts={"occupation": "none"},
            ),
        ),
    ),
)

BY_HIS_BROTHER = Plea(
    plea_id="P1",
    origins=(),
    caller=Caller(
        name="Karim Barech", phones=("+447700900123",), email="karim@example.invalid", town="Leeds"
    ),
    received_on=date(2021, 8, 14),
    household=Household(
        household_id="P1",
        office="Constituency office 01",
        province="AF01",
        told_size=4,
        words=("threat: a night letter came, with his name", "notes: please hurry"),
        facts={"threat": "explicit"},
        people=(
            Person(
                person_id="P1/1",
                given_name="Naim",
                family_name="Barech",
                native_name="نعیم بریڅ",
                father_name="Karim",
                sex=Sex.MALE,
                birth=UncertainDate.of_age(33, on=date(2021, 8, 14)),
                relation=Relation.PRINCIPAL,
                phones=("+93700000123",),
                tazkira="1400-0000-12345",
                words=("work: interpreter with British forces in Helmand",),
                facts={"occupation": "interpreter", "employer": "uk_forces"},
            ),
            Person(
                person_id="P1/2",
                given_name="Leila",
                sex=Sex.FEMALE,
                birth=UncertainDate.of_year(1991),
                relation=Relation.SPOUSE,
                words=("work: teacher at a girls' school",),
            ),
            Person(
                person_id="P1/3",
                given_name="Umar",
                birth=BORN(date(2012, 1, 20)),
                relation=Relation.CHILD,
            ),
        ),
    ),
)
BY_A_CHARITY = Plea(
    plea_id="P2",
    origins=(),
    received_on=date(2021, 8, 16),
    household=Household(
        household_id="P2",
        office="Charity 01",
        province="AF01",
        people=(
            Person(
                person_id="P2/1",
                given_name="Naeem Barech",
                sex=Sex.MALE,
                birth=BORN(date(1988, 3, 14)),
                passport="P00012345",
            ),
        ),
    ),
)
BY_HERSELF = Plea(
    plea_id="P3",
    origins=(),
    received_on=date(2021, 8, 17),
    household=Household(
        household_id="P3",
        office="Volunteers 01",
        people=(
            Person(person_id="P3/1", native_name="زرغونه", birth=UncertainDate.of_month(1970, 9)),
        ),
    ),
)

CASELOAD = Caseload(
    operation="afghanistan-2021",
    seed=1,
    families=(INTERPRETER, SHOPKEEPER),
    pleas=(
        SimulatedPlea(
            plea=BY_HIS_BROTHER,
            family_id="F1",
            people={"P1/1": "F1/1", "P1/2": "F1/2", "P1/3": "F1/3"},
        ),
        SimulatedPlea(plea=BY_A_CHARITY, family_id="F1", people={"P2/1": "F1/1"}),
        SimulatedPlea(plea=BY_HERSELF, family_id="F2", people={"P3/1": "F2/1"}),
    ),
)
