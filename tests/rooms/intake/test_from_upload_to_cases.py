"""A sheet from the moment it is handed in to the cases that it opens: every row ends once, and is seen (law 1)."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import (
    NAMES,
    SHEET,
    again,
    families,
    imported,
    read,
    run_import,
    taken,
)

from safeconduct.cases.entries import PleaTold, Said
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.errors import DeliveryMovedOn, NoRight, SentBefore, SheetTooSlow
from safeconduct.intake import importing
from safeconduct.intake.actions import looking
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.actions.looking import preview_of_delivery
from safeconduct.intake.actions.taking import take_sheet
from safeconduct.intake.assessing import unassessed
from safeconduct.intake.models import Delivery, End, Plea, State
from safeconduct.jobs.models import Job
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_what_was_taken_is_sealed_and_read_back(cast: Cast):
    delivery = taken(cast.alice)
    for row in delivery.files.all():
        for name in NAMES:
            assert name.encode() not in bytes(row.sealed) + bytes(row.sealed_name)
    assert Line.objects.get(deed=Deed.DELIVERY_TAKEN).about == delivery.code


def test_a_preview_tells_what_would_be_opened_and_opens_nothing(cast: Cast):
    delivery = read(cast.alice)
    preview = preview_of_delivery(cast.bob, delivery)
    assert delivery.state == State.READ
    assert (delivery.rows, delivery.accepted, delivery.quarantined, delivery.repeated) == (
        7,
        5,
        1,
        1,
    )
    assert delivery.households == 3
    assert [each["size"] for each in preview.pleas] == [2, 2, 1]
    assert preview.held[0]["kind"] == "no name"
    assert not Case.objects.exists()
    assert not Plea.objects.exists()


def test_every_family_is_a_case_and_every_row_has_its_end(cast: Cast):
    delivery = imported(cast.alice)
    pleas = Plea.objects.filter(delivery=delivery)
    attached = pleas.filter(end=End.ATTACHED)
    assert delivery.state == State.DONE
    assert attached.count() == Case.objects.count() == 3
    held = pleas.get(end=End.QUARANTINED)
    assert (held.why, held.owner, held.due is not None) == ("no name", cast.alice.member, True)
    assert sum(each.rows for each in pleas) + delivery.repeated == delivery.rows
    assert set(attached.values_list("case", flat=True)) == set(
        Case.objects.values_list("code", flat=True)
    )


def test_a_case_holds_the_people_the_words_and_the_plea_word_for_word(cast: Cast):
    delivery = imported(cast.alice)
    first = Plea.objects.get(delivery=delivery, number=1)
    opened = case_for(cast.bob, first.case, Purpose.CASEWORK, at=AT)
    assert [kept.says.given_name for kept in opened.persons] == [
        "Zarmina Popalfictional",
        "Little Popalfictional",
    ]
    (told,) = opened.entries(PleaTold)
    assert told.says.plea == first.code
    assert "Threat: a letter under the door" in told.says.words
    assert told.says.origins == ("list 1.csv, row 2", "list 1.csv, row 3")
    assert any("a letter under the door" in " ".join(s.says.words) for s in opened.entries(Said))
    assert opened.cover.owner is None


def test_an_import_that_stopped_goes_on_where_it_was(cast: Cast, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 4)
    delivery = read(cast.alice, families(9))
    begin_import(cast.alice, delivery.code, at=AT)
    calls = []

    def stops(_by, cases):
        calls.append(len(cases))
        if len(calls) == 2:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        run_import(cast.alice, arrived=stops)
    assert Case.objects.count() == Plea.objects.count() == 4
    Job.objects.update(lease="", leased_until=None)
    run_import(cast.alice)
    assert Case.objects.count() == Plea.objects.count() == 9
    assert again(delivery).state == State.DONE


def test_an_import_is_begun_once(cast: Cast):
    delivery = read(cast.alice)
    begin_import(cast.alice, delivery.code, at=AT)
    with pytest.raises(DeliveryMovedOn):
        begin_import(cast.bob, delivery.code, at=AT)


def test_the_same_bytes_are_taken_once_unless_it_is_asked_for(cast: Cast):
    first = taken(cast.alice)
    with pytest.raises(SentBefore) as told:
        taken(cast.bob)
    assert told.value.where == {"delivery": first.code}
    take_sheet(cast.bob, "another name.csv", SHEET, at=AT, again=True)
    assert Delivery.objects.count() == 2


def test_what_was_read_before_is_not_begun_once_it_can_not_be_read(cast: Cast, monkeypatch):
    delivery = read(cast.alice)

    def too_slow(*_: object, **__: object) -> None:
        raise SheetTooSlow(file="list 1.csv", seconds=120)

    monkeypatch.setattr(looking, "read_files", too_slow)
    with pytest.raises(SheetTooSlow):
        looking.read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    found = again(delivery)
    assert (found.state, found.trouble) == (State.TAKEN, SheetTooSlow.code)
    with pytest.raises(DeliveryMovedOn):
        begin_import(cast.alice, delivery.code, at=AT)


def test_an_approver_takes_nothing_in(cast: Cast):
    for who in (cast.dana, cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            taken(who)
