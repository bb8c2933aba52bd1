"""Law 14 over imports: a family that was shredded is not opened anew, and the file that still has its row goes soon."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.intake.arrivals import ROWS, SHEET, again, csv, imported, run_import, run_undo

from safeconduct.cases import actions as cases
from safeconduct.cases.actions.finishing import finish_interrupted
from safeconduct.cases.entries import Person, PleaTold
from safeconduct.cases.models import Case, Ground
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.deployment.forgetting import forget_what_is_due
from safeconduct.core.errors import DeliveryForgotten
from safeconduct.intake.actions import ends
from safeconduct.intake.actions.beginning import begin_import, leave_delivery
from safeconduct.intake.actions.looking import (
    preview_of_delivery,
    read_delivery,
    tell_columns,
)
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.actions.undoing import undo_import
from safeconduct.intake.assessing import unassessed
from safeconduct.intake.models import DeliveredFile, Delivery, End, Plea, State
from safeconduct.people.present import Present
from safeconduct.vault.models import CaseKey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FAMILY = "Popalfictional"
SOON = AT + (settings.KEEP_DELIVERIES / 30)


def shredded(cast: Cast, plea: Plea, ground: Ground = Ground.ASKED_BY_FAMILY) -> None:
    opened = case_for(cast.carol, plea.case, Purpose.CASEWORK, at=AT)
    cases.ask_to_shred(opened, ground, at=AT)
    cases.agree_to_shred(cast.dana, plea.case, at=AT)


def undone(cast: Cast, delivery: Delivery) -> None:
    undo_import(cast.carol, delivery.code, why="columns-misread", at=AT)
    run_undo(cast.carol)


def imported_again(by: Present, delivery: Delivery) -> Delivery:
    read_delivery(by, delivery.code, at=AT, assess=unassessed)
    begin_import(by, delivery.code, at=AT)
    run_import(by)
    return again(delivery)


def first_of(delivery: Delivery) -> Plea:
    return Plea.objects.get(delivery=delivery, number=1)


def said_in_all_cases(cast: Cast) -> str:
    told = (
        case_for(cast.carol, code, Purpose.CASEWORK, at=AT)
        for code in Case.objects.values_list("code", flat=True)
    )
    return " ".join(
        str(kept.says)
        for opened in told
        for kind in (Person, PleaTold)
        for kept in opened.entries(kind)
    )


def test_a_shredded_family_is_not_opened_anew(cast: Cast):
    delivery = imported(cast.alice)
    shredded(cast, first_of(delivery))
    undone(cast, delivery)
    plea = first_of(delivery)
    assert (plea.end, bool(plea.case), plea.sealed is not None) == (End.SHREDDED, True, True)
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    found = again(delivery)
    assert (found.accepted, found.left_out, found.households) == (3, 2, 2)
    shown = preview_of_delivery(cast.alice, found)
    assert shown is not None
    assert FAMILY not in shown.to_bytes().decode()
    found = imported_again(cast.alice, delivery)
    assert Case.objects.count() == 2
    assert FAMILY not in said_in_all_cases(cast)
    assert found.rows == 7 == found.accepted + found.quarantined + found.repeated + found.left_out
    assert sum(each.rows for each in Plea.objects.all()) + found.repeated == 7


def test_rows_beside_them_are_held_where_columns_are_told_otherwise(cast: Cast):
    """Told apart by nothing, what was two families is read as one: its rows wait, and theirs are in none."""
    sheet = csv(*ROWS[:2], "A2,Jan Besidefictional,self,1980,,Kabul,,", *ROWS[2:])
    delivery = imported(cast.alice, sheet)
    shredded(cast, first_of(delivery))
    undone(cast, delivery)
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    changed = {("list 1.csv", "", "A"): "", ("list 1.csv", "", "F"): "reference"}
    tell_columns(cast.alice, delivery.code, changed, at=AT, revision=again(delivery).revision)
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    shown = preview_of_delivery(cast.alice, again(delivery))
    assert shown is not None
    beside = [each for each in shown.held if each["kind"] == "beside a shredded family"]
    assert beside
    assert len(shown.held) == sum(shown.reasons.values()) == again(delivery).quarantined
    assert all("open a case from it or set it aside" in each["reason"] for each in beside)
    assert FAMILY not in shown.to_bytes().decode()
    found = imported_again(cast.alice, delivery)
    assert FAMILY not in said_in_all_cases(cast)
    parted = Plea.objects.filter(end=End.QUARANTINED, why="beside a shredded family")
    assert parted.exists()
    for each in parted:
        _plea, words = ends.words_of(cast.bob, each.code, at=AT)
        assert words is not None
        assert FAMILY not in words.as_text()
        assert words.cells
        assert words.reason == beside[0]["reason"]
    assert found.rows == found.accepted + found.quarantined + found.repeated + found.left_out
    assert sum(each.rows for each in Plea.objects.all()) + found.repeated == found.rows


def test_a_repeat_of_their_row_is_left_out_too(cast: Cast):
    """Row 6 is row 7 again: whichever of them is read first, it is that family's."""
    delivery = imported(cast.alice)
    third = Plea.objects.get(delivery=delivery, number=3)
    shredded(cast, third)
    undone(cast, delivery)
    found = imported_again(cast.alice, delivery)
    assert "Inventedyar" not in said_in_all_cases(cast)
    assert (found.left_out, found.repeated) == (1, 1)


def test_the_file_goes_at_the_next_round_and_its_keys_with_it(cast: Cast):
    delivery = imported(cast.alice, csv(*ROWS))
    shredded(cast, first_of(delivery))
    assert DeliveredFile.objects.exists()
    forget_what_is_due(SOON)
    assert not DeliveredFile.objects.exists()
    assert again(delivery).forgotten_at == SOON
    assert not Plea.objects.filter(sealed__isnull=False).exists()
    assert not CaseKey.objects.filter(case=delivery.code).exists()
    with pytest.raises(DeliveryForgotten):
        undo_import(cast.carol, delivery.code, why="wrong-file", at=SOON)
    assert Case.objects.count() == 2


def test_on_another_ground_the_clock_keeps_its_time(cast: Cast):
    delivery = imported(cast.alice)
    shredded(cast, first_of(delivery), Ground.SAME_FAMILY_TWICE)
    forget_what_is_due(SOON)
    assert again(delivery).forgotten_at is None


def test_while_its_import_is_undone_it_goes_at_its_end(cast: Cast):
    delivery = imported(cast.alice)
    shredded(cast, first_of(delivery))
    undone(cast, delivery)
    forget_what_is_due(SOON)
    assert DeliveredFile.objects.exists(), "law 1: the others have no end yet"
    leave_delivery(cast.alice, delivery.code, why="not-for-us", at=SOON)
    forget_what_is_due(SOON)
    assert not DeliveredFile.objects.exists()


def test_a_text_of_theirs_goes_with_its_keys(cast: Cast):
    plea = receive_text(cast.alice, f"{FAMILY} waits at the gate", at=AT)
    ends.take_in(cast.alice, plea.code, [], at=AT, revision=plea.revision)
    plea.refresh_from_db()
    shredded(cast, plea)
    forget_what_is_due(SOON)
    assert not CaseKey.objects.filter(case=plea.delivery_id).exists()
    assert again(Delivery(code=plea.delivery_id)).digest is None


def test_a_shredding_cut_off_is_no_slip_of_an_import(cast: Cast, monkeypatch):
    """Agreed, its keys gone and its rows not yet; the undo comes first to them."""
    delivery = imported(cast.alice)
    with monkeypatch.context() as cut:
        cut.setattr("safeconduct.cases.actions.shredding.finish_shredding", lambda *_, **__: [])
        shredded(cast, first_of(delivery))
    undone(cast, delivery)
    finish_interrupted(at=AT)
    assert first_of(delivery).end == End.SHREDDED
    assert Plea.objects.filter(end=End.NONE).count() == 3


def test_the_page_says_that_the_file_still_has_their_row(cast: Cast):
    delivery = imported(cast.alice, SHEET)
    alice = at_the_desk(cast.alice)
    path = f"/intake/{delivery.code}/"
    assert "shredded" not in alice.get(path).content.decode()
    shredded(cast, first_of(delivery))
    page = alice.get(path).content.decode()
    assert "The case of 1 family was shredded" in page
    assert "cannot be undone after that" in page
    assert f"/intake/{delivery.code}/forget/" in page
    plea = first_of(delivery)
    assert "which was shredded since" in alice.get(f"/intake/pleas/{plea.code}/").content.decode()
    listed = alice.get("/intake/pleas/?end=shredded").content.decode()
    assert plea.case not in listed.replace(" ", "")
    assert "its case was shredded" in listed
    undone(cast, delivery)
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    page = alice.get(path).content.decode()
    assert "Left out" in page
    assert "the family’s case was shredded" in page
    alice.post(f"{path}leave/", {"leave-why": "not-for-us"})
    assert again(delivery).state == State.LEFT
    alice.post(f"{path}forget/")
    assert "The case of 1 family" not in alice.get(path).content.decode()
    assert not DeliveredFile.objects.exists()
