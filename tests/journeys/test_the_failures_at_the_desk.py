"""The failures of docs/failures.md that the desk holds, each by the test named after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.intake.arrivals import NAMELESS, ROWS, csv, imported, read_in_this_process

from safeconduct.cases.actions import add_entry, open_case
from safeconduct.cases.actions.talks import record_talk
from safeconduct.cases.entries import Caller, Direction, Facts, Person, Talk
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.errors import NotByOneself
from safeconduct.intake.actions import texts
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.models import End, Plea
from safeconduct.intake.queries import without_an_end
from safeconduct.journal.models import Line
from safeconduct.people.actions import leave
from safeconduct.triage.actions import ask_for_override, assess_case, decide_override
from safeconduct.triage.overriding import reason_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = AT.date()


@pytest.fixture(autouse=True)
def _no_child_reads(monkeypatch):
    read_in_this_process(monkeypatch)


def without(cast: Cast, on: date = TODAY) -> int:
    return without_an_end(cast.home.code, on=on).count()


def test_f01_unread_inbox_at_the_desk(cast: Cast):
    """Every row of a sheet has its end, and what has none is the first line of everybody's day."""
    delivery = imported(cast.alice, csv(*ROWS, NAMELESS))
    assert delivery.rows == delivery.accepted + delivery.quarantined + delivery.repeated
    assert without(cast) == 0
    receive_text(cast.alice, "They came again last night.", at=AT)
    Plea.objects.filter(way="text").update(end="")
    for who in (cast.alice, cast.bob, cast.carol, cast.dana):
        page = at_the_desk(who).get("/").content.decode()
        assert "no end yet" in page


def test_f02_one_person_on_the_inbox_at_the_desk(cast: Cast):
    """What waits has an owner and a day; when the owner leaves, or the day passes, everybody sees it."""
    imported(cast.alice, csv(*ROWS, NAMELESS))
    held = Plea.objects.get(end=End.QUARANTINED)
    assert held.owner == cast.alice.member
    assert held.due is not None
    assert without(cast) == 0
    assert without(cast, on=held.due + timedelta(days=1)) == 1
    leave(cast.carol, member=cast.alice.member.code, at=AT)
    assert without(cast) == 1


def test_f03_false_receipt(cast: Cast, monkeypatch):
    """A receipt is given for what is durable; where nothing was kept there is none to give."""
    plea = receive_text(cast.alice, "Eight of us, near the airport.", at=AT)
    assert Plea.objects.get(code=plea.code).sealed

    def breaks(*_told, **_named):
        raise OSError("the disk is full")

    monkeypatch.setattr(texts, "write_line", breaks)
    with pytest.raises(OSError, match="full"):
        receive_text(cast.alice, "Five of us.", at=AT)
    assert Plea.objects.count() == 1


def test_f04_opened_to_clear_the_count_at_the_desk(cast: Cast):
    """Looking at a plea ends nothing: it leaves the count by an end alone, with who and when."""
    plea = receive_text(cast.alice, "They came again last night.", at=AT)
    before = Plea.objects.get(code=plea.code).end
    for _ in range(3):
        assert at_the_desk(cast.bob).get(f"/intake/pleas/{plea.code}/").status_code == 200
    assert Plea.objects.get(code=plea.code).end == before != End.ATTACHED
    assert Line.objects.filter(deed="plea seen", about=plea.code).count() == 3


def test_f10_exception_outside_the_criteria_at_the_desk(cast: Cast):
    """A band by exception has two names, a written reason and a last day; then the rulebook's counts again."""
    opened = open_case(cast.alice, [Person(given_name="Zahra")], at=AT)
    assess_case(cast.alice, opened.code, at=AT)
    by_the_rules = Case.objects.get(code=opened.code).band
    until = TODAY + timedelta(days=3)
    asked = ask_for_override(
        case_for(cast.alice, opened.code, Purpose.CASEWORK, at=AT),
        band="emergency",
        until=until,
        reason="A minister asked for this family by name.",
        at=AT,
    )
    with pytest.raises(NotByOneself):
        decide_override(cast.alice, asked.code, agreed=True, at=AT)
    row = decide_override(cast.carol, asked.code, agreed=True, at=AT)
    assert Case.objects.get(code=opened.code).band == "emergency"
    assert reason_of(cast.carol, row) == "A minister asked for this family by name."
    names = set(Line.objects.filter(about=opened.code).values_list("member", flat=True))
    assert {cast.alice.member.code, cast.carol.member.code} <= names
    assess_case(cast.carol, opened.code, at=AT + timedelta(days=5))
    assert Case.objects.get(code=opened.code).band == by_the_rules


def test_f11_members_of_parliament_not_answered(cast: Cast):
    """What a caller was told last, by whom, and what is promised them, is the first thing on the caller's page."""
    opened = open_case(
        cast.alice, [Person(given_name="Zahra"), Caller(name="The MP's office")], at=AT
    )
    caller = opened.entries(Caller)[0].code
    promised = TODAY + timedelta(days=2)
    talk = Talk(
        direction=Direction.THEY_CALLED,
        told="Raised with the department this morning.",
        caller=caller,
        next_words="Word from the department",
        next_on=promised,
    )
    record_talk(opened, talk, at=AT)
    assert Case.objects.get(code=opened.code).next_due == promised
    page = at_the_desk(cast.alice).get(f"/cases/{opened.code}/caller/{caller}/").content.decode()
    for words in ("Raised with the department this morning.", "alice", "Word from the department"):
        assert words in page


def test_f21_like_cases_decided_differently_at_the_desk(cast: Cast):
    """The same facts stand under the same band, whatever the names and whoever asks."""
    bands = set()
    for name, by in (("Zahra", cast.alice), ("Mirwais", cast.bob), ("Gul", cast.carol)):
        opened = open_case(by, [Person(given_name=name)], at=AT)
        add_entry(opened, Facts(facts={"threat": "explicit"}), at=AT)
        assess_case(by, opened.code, at=AT)
        cover = Case.objects.get(code=opened.code)
        bands.add((cover.band, cover.priority))
    assert len(bands) == 1
