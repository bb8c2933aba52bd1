"""The failures of docs/failures.md that this version holds, each by the test named after it."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from tests.cast import AT

from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.actions.owners import hand_over
from safeconduct.cases.entries import Handover, Note
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.allocation import SeatFamily
from safeconduct.core.allocation.seats import plan_seats
from safeconduct.core.answers import Answer
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Household, Person, Relation
from safeconduct.core.main_job import Cover
from safeconduct.core.operation import Departure
from safeconduct.core.rows import RowEnd
from safeconduct.core.rulebook.assess import assess
from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.exports.models import Export, Recipient
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify

ON = date(2021, 8, 20)
NOON = datetime.fromisoformat("2021-08-21T12:00")
DOCS = Path(__file__).parents[2] / "docs"


def household(**facts: str) -> Household:
    head = Person(person_id="H-1", relation=Relation.PRINCIPAL, facts=facts)
    return Household(household_id="H", people=(head,), province="AF01")


def assessed(operation, home: Household, on: date = ON):
    return assess(home, operation.rulebook, on=on, schemes=operation.schemes)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_f01_unread_inbox(demo):
    ended = Counter(row.end for row in demo.job.intake.rows)
    assert sum(ended.values()) == len(demo.job.intake.rows)
    assert demo.job.pleas_without_an_end == 0
    for name, end in (
        ("accepted", RowEnd.ACCEPTED),
        ("quarantined", RowEnd.QUARANTINED),
        ("repeated", RowEnd.REPEATED),
    ):
        assert len(rows_of(demo.out / f"{name}.csv")) == ended[end]


def test_f02_one_person_on_the_inbox(demo):
    assert demo.job.held, "the demo holds something in quarantine"
    assert all(held.owner and held.due_on > demo.job.on for held in demo.job.held)


def test_f04_opened_to_clear_the_count(demo):
    for row in demo.job.intake.rows:
        if row.end is RowEnd.QUARANTINED:
            assert row.reason
            assert row.kind
        elif row.end is RowEnd.REPEATED:
            assert row.same_as
        else:
            assert row.plea_id


def test_f05_applicants_never_assessed(demo):
    households = {plea.household.household_id for plea in demo.job.intake.pleas}
    assert {cover.household_id for cover in demo.job.covers} == households
    for cover in demo.job.covers:
        assert cover.assessment.reasons
        assert cover.assessment.band is not Band.NOT_ASSESSED or cover.assessment.missing


def test_f07_tools_not_usable():
    done = subprocess.run(
        [sys.executable, "-m", "safeconduct.cli", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "brief" in done.stdout


@pytest.mark.django_db(databases=["default", "keys"])
def test_f06_no_record_no_handover(cast):
    case = open_case(cast.alice, [Note(words="she will call on Friday")], at=AT)
    hand_over(case, cast.bob.member, note="ask for the papers", expected_revision=1, at=AT)
    taken = case_for(cast.bob, case.code, Purpose.CASEWORK, at=AT)
    assert [kept.says.note for kept in taken.entries(Handover)] == ["ask for the papers"]
    deeds = list(Line.objects.filter(about=case.code).values_list("member", "deed"))
    alice, bob = cast.alice.member.code, cast.bob.member.code
    wanted = [(alice, "case opened"), (alice, "case handed over"), (bob, "case seen")]
    assert [deed for deed in deeds if deed in wanted] == wanted
    verify()
    with pytest.raises(DatabaseError), transaction.atomic():
        Line.objects.filter(about=case.code)._raw_delete("default")  # no line is taken away


def test_f09_seats_and_decisions_not_joined(demo):
    for cover in demo.job.covers:
        undecided = not cover.assessment.schemes_with(Answer.YES)
        assert not (undecided and cover.departure), "no seat without a scheme"
        if undecided:
            assert cover.seat_why in {"not yet decided", "no scheme", "double to settle"}


def test_f10_exception_outside_the_criteria():
    seen_by_the_planner = {each.name for each in fields(SeatFamily)} | {
        each.name for each in fields(Cover)
    }
    assert not seen_by_the_planner & {"name", "names", "people", "words", "caller", "phones"}


def test_f15_seats_unused(demo):
    job = demo.job
    seats = sum(departure.seats for departure in job.departures)
    assert job.seats.seated_people + job.seats.empty == seats
    assert all(row.reason for row in job.seats.waiting)


def test_f16_families_split():
    """One seat short: the family waits whole, and a smaller one goes."""
    departure = Departure(departure_id="D", departs_at=NOON, muster_point="M", seats=4)
    families = [
        SeatFamily(family_id="five", size=5, priority=500.0),
        SeatFamily(family_id="two", size=2, priority=2.0),
    ]
    plan = plan_seats(families, [departure], clock=lambda: 0.0, seconds=2.0)
    assert {row.family_id: row.target for row in plan.rows} == {"five": None, "two": "D"}


def test_f17_addresses_in_the_to_field():
    to_whom = [field for field in Export._meta.get_fields() if field.related_model is Recipient]
    assert [field.many_to_one for field in to_whom] == [True], "one export, one recipient"
    ours = [each for each in apps.get_models() if each.__module__.startswith("safeconduct.")]
    lists = [model for model in ours if model._meta.many_to_many]
    assert lists == [], "nothing of ours is joined to many at once"


def test_f18_hidden_rows(demo):
    hidden = [row for row in demo.job.intake.rows if row.kind in {"hidden row", "hidden sheet"}]
    assert hidden, "the demo's sheets hide some"
    assert {row.end for row in hidden} == {RowEnd.QUARANTINED}
    assert any("hidden" in noticed.sentence for noticed in demo.job.intake.noticed)
    assert not list(demo.out.glob("*.xlsx")), "what is written can hide nothing: plain text only"


def test_f19_spreadsheets_as_casework_system(demo, contents_of_the_demo):
    for path in demo.out.iterdir():
        written = path.read_text(encoding="utf-8")
        found = [secret for secret in contents_of_the_demo if secret in written]
        assert not found, f"{path.name} holds contents of the sheets"


def test_f20_category_undefined(operation):
    home = household(worked_with_uk="yes", employer="uk_contractor", employment="contractor")
    earlier = assessed(operation, home, date(2021, 12, 13))
    later = assessed(operation, home, date(2021, 12, 15))
    assert earlier.rulebook_version == later.rulebook_version, "both versions stand in one rulebook"
    rules = {rule.rule_id: rule for rule in operation.rulebook.rules if rule.scheme == "ARAP-4"}
    assert any(
        rule.until == date(2021, 12, 13) or rule.until == date(2021, 12, 14)
        for rule in rules.values()
    )

    def applied(assessment):
        (found,) = [each for each in assessment.schemes if each.scheme == "ARAP-4"]
        return {reason.rule_id for reason in found.reasons if reason.rule_id}

    assert applied(earlier) != applied(later)


def test_f21_like_cases_decided_differently(operation):
    one = household(
        occupation="interpreter", employer="uk_forces", employment="direct", threat="explicit"
    )
    head = replace(
        one.people[0],
        person_id="H-9",
        given_name="Another",
        family_name="Name",
        phones=("+93700000001",),
    )
    two = replace(one, people=(head,), office="another office")
    assert assessed(operation, one) == assessed(operation, two)


@pytest.mark.parametrize("told", [{}, {"occupation": "driver"}, {"threat": "explicit"}])
def test_f22_records_of_staff_incomplete(operation, told):
    complete = {"employment": "contractor", "employer": "uk_forces", **told}
    less, more = assessed(operation, household(**told)), assessed(operation, household(**complete))
    assert less.missing, "what is not known is asked"
    if less.band is not Band.NOT_ASSESSED:
        assert BANDS.index(more.band) <= BANDS.index(less.band), "an answer does not lower a band"


def test_f23_manifest_undercount():
    born = UncertainDate.of_day(date(2021, 8, 1))
    infant = Person(person_id="H-2", birth=born)
    home = replace(household(), people=(*household().people, infant))
    assert home.size == 2
    assert replace(home, told_size=5).size == 5, "three more were told of, and count"
    departure = Departure(departure_id="D", departs_at=NOON, muster_point="M", seats=1)
    family = SeatFamily(family_id="H", size=home.size, priority=1.0)
    plan = plan_seats([family], [departure], clock=lambda: 0.0, seconds=2.0)
    assert plan.rows[0].target is None, "an infant on a lap is a person on the manifest"


def test_f24_evacuees_not_on_case_systems(demo):
    accepted = rows_of(demo.out / "accepted.csv")
    boarding = [line for line in accepted if line["departure"]]
    assert boarding
    assert all(line["household"] and line["schemes"] and line["reason"] for line in boarding)


def test_it_says_of_all_twenty_four_what_this_version_does(operation):
    page = (DOCS / "failures.md").read_text(encoding="utf-8")
    tests = [path.read_text("utf-8") for path in (DOCS.parent / "tests").rglob("test_*.py")]
    for failure in operation.failures:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| {failure.code} |")]
        named = re.findall(r"`(test_\w+)`", line)
        held = "**held" in line or "partly" in line
        assert held == any(name.startswith(f"test_{failure.code.lower()}_") for name in named), line
        for name in named:
            assert any(f"def {name}(" in each for each in tests), name
