"""An import goes back as a whole, and what is kept no longer is forgotten in every backup too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from tests.cast import AT, Cast
from tests.rooms.intake.arrivals import (
    SHEET,
    again,
    families,
    imported,
    read,
    run_import,
    run_of,
    run_undo,
)

from safeconduct.cases.actions import add_entry
from safeconduct.cases.entries import Note, PleaTold
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.config.deployment.checks.keys import deliveries_without_key
from safeconduct.config.deployment.forgetting import forget_what_is_due
from safeconduct.core.errors import (
    DeliveryForgotten,
    DeliveryMovedOn,
    FileStillNeeded,
    UndoTooLate,
)
from safeconduct.intake.actions import ends, undoing
from safeconduct.intake.actions.beginning import begin_import, leave_delivery
from safeconduct.intake.actions.calls import note_call
from safeconduct.intake.actions.forgetting import forget_file
from safeconduct.intake.actions.looking import read_delivery, tell_columns
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.actions.undoing import UNDO, kept_cases, undo_import
from safeconduct.intake.assessing import unassessed
from safeconduct.intake.job_kinds import KINDS
from safeconduct.intake.models import DeliveredFile, Delivery, End, Plea, State
from safeconduct.intake.queries import waiting, without_an_end
from safeconduct.jobs.models import Job
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.present import Present
from safeconduct.vault.models import CaseKey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAY = timedelta(days=1)


def undone(by: Present, delivery: Delivery, *, at=AT) -> Delivery:
    undo_import(by, delivery.code, why="columns-misread", at=at)
    run_undo(by, at=at)
    return again(delivery)


def test_an_import_goes_back_as_a_whole(cast: Cast):
    before = set(CaseKey.objects.values_list("case", flat=True))
    delivery = imported(cast.alice)
    cases = set(Case.objects.values_list("code", flat=True))
    found = undone(cast.alice, delivery)
    assert (found.state, found.rows, found.why) == (State.UNDONE, 7, "columns-misread")
    assert not Case.objects.exists()
    assert set(CaseKey.objects.values_list("case", flat=True)) - before == {delivery.code}
    assert (
        set(Line.objects.filter(deed=Deed.CASE_SHREDDED).values_list("about", flat=True)) == cases
    )
    # Law 1: they are without an end now, and the desk says so.
    assert set(Plea.objects.values_list("end", flat=True)) == {End.NONE}
    assert without_an_end(cast.home.code, on=AT.date()).count() == 4
    assert waiting(cast.home.code, on=AT.date()).deliveries == 1


def test_it_is_imported_again_with_other_columns(cast: Cast):
    delivery = undone(cast.alice, imported(cast.alice))
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    told = {("list 1.csv", "", "G"): ""}
    tell_columns(cast.alice, delivery.code, told, at=AT, revision=again(delivery).revision)
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    begin_import(cast.alice, delivery.code, at=AT)
    run_import(cast.alice)
    assert Case.objects.count() == 3
    pleas = Plea.objects.all()
    assert sum(each.rows for each in pleas) + again(delivery).repeated == 7
    assert not without_an_end(cast.home.code, on=AT.date()).exists()


def test_a_case_in_which_somebody_wrote_stays_and_is_listed(cast: Cast):
    delivery = imported(cast.alice)
    first = Plea.objects.get(number=1)
    opened = case_for(cast.bob, first.case, Purpose.CASEWORK, at=AT)
    add_entry(opened, Note(words="she called back"), at=AT)
    found = undone(cast.alice, delivery)
    assert [case.code for case in Case.objects.all()] == [first.case] == kept_cases(found)
    first.refresh_from_db()
    assert first.end == End.ATTACHED
    # Imported again, that family's rows are read into no second case.
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    begin_import(cast.alice, delivery.code, at=AT)
    run_import(cast.alice)
    assert Case.objects.count() == 3
    assert sum(each.rows for each in Plea.objects.all()) + 1 == 7


def test_a_row_that_a_member_ended_is_not_read_again(cast: Cast):
    delivery = imported(cast.alice)
    held = Plea.objects.get(end=End.QUARANTINED)
    opened = ends.take_in(
        cast.bob, held.code, [Note(words="her name is Zeba")], at=AT, revision=held.revision
    )
    assert opened.entries(PleaTold)[0].says.origins == ("list 1.csv, row 8",)
    undone(cast.alice, delivery)
    assert [case.code for case in Case.objects.all()] == [opened.code]
    read_delivery(cast.alice, delivery.code, at=AT, assess=unassessed)
    begin_import(cast.alice, delivery.code, at=AT)
    run_import(cast.alice)
    assert Case.objects.count() == 4
    assert Plea.objects.filter(end=End.QUARANTINED).count() == 0
    assert sum(each.rows for each in Plea.objects.all()) + 1 == 7


def test_who_may_undo_and_until_when(cast: Cast):
    delivery = imported(cast.alice)
    for who, at in ((cast.bob, AT), (cast.alice, AT + 2 * DAY)):
        with pytest.raises(UndoTooLate):
            undo_import(who, delivery.code, why="wrong-file", at=at)
    undo_import(cast.carol, delivery.code, why="wrong-file", at=AT + 9 * DAY)
    with pytest.raises(DeliveryMovedOn):
        undo_import(cast.carol, delivery.code, why="wrong-file", at=AT + 9 * DAY)


def test_nothing_is_undone_while_it_is_imported(cast: Cast):
    delivery = read(cast.alice)
    begin_import(cast.alice, delivery.code, at=AT)
    with pytest.raises(DeliveryMovedOn):
        undo_import(cast.carol, delivery.code, why="wrong-file", at=AT)
    Job.objects.update(given_up_at=AT)  # the import stopped for good: then it may
    undone(cast.carol, delivery)
    assert again(delivery).state == State.UNDONE


def test_an_undo_that_stopped_goes_on(cast: Cast, monkeypatch):
    monkeypatch.setattr(undoing, "STEP", 3)
    delivery = imported(cast.alice, families(5))
    undo_import(cast.alice, delivery.code, why="wrong-file", at=AT)
    run = run_of(cast.alice, UNDO)

    def stops(_done: int, _of: int) -> None:
        raise RuntimeError

    monkeypatch.setattr(type(run), "step", lambda _run, done, of: stops(done, of))
    with pytest.raises(RuntimeError):
        KINDS[UNDO].run(run)
    assert Case.objects.count() == 2
    monkeypatch.undo()
    Job.objects.filter(kind=UNDO).update(lease="", leased_until=None)
    run_undo(cast.alice)
    assert (Case.objects.count(), again(delivery).state) == (0, State.UNDONE)


# --- forgetting ---------------------------------------------------------------------------------


def test_files_go_by_the_clock_and_keys_once_nothing_is_held(cast: Cast):
    delivery = imported(cast.alice)
    held = Plea.objects.get(end=End.QUARANTINED)
    late = AT + settings.KEEP_DELIVERIES + DAY
    forget_what_is_due(late - 2 * DAY)
    assert DeliveredFile.objects.exists()
    forget_what_is_due(late)
    assert not DeliveredFile.objects.exists()
    assert again(delivery).forgotten_at == late
    # The held row keeps its words, and so the delivery its keys.
    _plea, words = ends.words_of(cast.bob, held.code, at=late)
    assert ("Threat", "she is alone") in words.cells
    ends.set_aside(cast.bob, held.code, why="not-for-us", at=late, revision=1)
    forget_what_is_due(late + settings.KEEP_DELIVERIES + DAY)
    assert not CaseKey.objects.filter(case=delivery.code).exists()
    assert not Plea.objects.filter(sealed__isnull=False).exists()
    assert ends.words_of(cast.bob, held.code, at=late)[1] is None
    assert Case.objects.count() == 3
    assert Line.objects.filter(deed=Deed.DELIVERY_FORGOTTEN).count() == 1


def test_what_was_never_imported_is_not_forgotten(cast: Cast):
    read(cast.alice)
    forget_what_is_due(AT + 900 * DAY)
    assert DeliveredFile.objects.exists()
    assert waiting(cast.home.code, on=AT.date()).deliveries == 1


def test_the_sweep_of_keys_knows_deliveries(cast: Cast):
    delivery = read(cast.alice)
    for days in (1, 40, 80):
        forget_what_is_due(AT + days * DAY)
    assert CaseKey.objects.filter(case=delivery.code).count() == 2
    assert not CaseKey.objects.filter(orphan_since__isnull=False).exists()


def test_doctor_misses_the_keys_of_a_delivery(cast: Cast, monkeypatch):
    monkeypatch.setattr(
        "safeconduct.config.deployment.checks.keys.can_be_read", lambda _home, _serving: True
    )
    delivery = read(cast.alice)
    assert deliveries_without_key(None, None) is None
    CaseKey.objects.filter(case=delivery.code).delete()
    assert deliveries_without_key(None, None) == "1 deliveries of sheets and texts have no key."


def test_a_member_has_the_file_forgotten_before(cast: Cast):
    delivery = read(cast.alice)
    with pytest.raises(FileStillNeeded):
        forget_file(cast.alice, delivery.code, at=AT)
    leave_delivery(cast.alice, delivery.code, why="not-for-us", at=AT)
    forget_file(cast.alice, delivery.code, at=AT)
    assert not DeliveredFile.objects.exists()
    done = imported(cast.alice, families(2))
    forget_file(cast.bob, done.code, at=AT)
    with pytest.raises(DeliveryForgotten):
        undo_import(cast.alice, done.code, why="wrong-file", at=AT)


def test_a_pasted_text_is_forgotten_once_it_has_its_end(cast: Cast):
    plea = receive_text(cast.alice, "somebody waits at the gate", at=AT)
    late = AT + settings.KEEP_DELIVERIES + DAY
    forget_what_is_due(late)
    assert ends.words_of(cast.alice, plea.code, at=late)[1].cells == [
        ("", "somebody waits at the gate")
    ]
    ends.set_aside(cast.alice, plea.code, why="withdrawn-by-the-family", at=late, revision=1)
    forget_what_is_due(late + settings.KEEP_DELIVERIES + DAY)
    assert not CaseKey.objects.filter(case=plea.delivery_id).exists()


def test_a_call_is_a_plea_once(cast: Cast):
    imported(cast.alice, SHEET)
    case = Case.objects.first()
    opened = case_for(cast.alice, case.code, Purpose.CASEWORK, at=AT)
    first = note_call(cast.alice, opened, "he calls from a neighbour's telephone", at=AT)
    assert note_call(cast.alice, opened, "he calls", at=AT) == first
    assert (first.way, first.end, first.case) == ("call", End.ATTACHED, case.code)
    now = case_for(cast.alice, case.code, Purpose.CASEWORK, at=AT)
    assert now.entries(PleaTold)[-1].says.words == "he calls from a neighbour's telephone"


def test_a_text_has_no_import_to_undo_and_keeps_its_words(cast: Cast):
    plea = receive_text(cast.alice, "somebody waits at the gate", at=AT)
    for who in (cast.alice, cast.carol):
        with pytest.raises(DeliveryMovedOn):
            undo_import(who, plea.delivery_id, why="wrong-file", at=AT)
    assert ends.words_of(cast.alice, plea.code, at=AT)[1].cells


def test_each_state_reads_well_in_the_sentence_that_tells_it():
    told = [str(DeliveryMovedOn(state=state.label)) for state in State]
    told += [str(FileStillNeeded(state=state.label)) for state in State]
    assert not any("it is it" in each for each in told)
    undone = "This delivery is not at that step any more: it is imported and undone again."
    assert any(each.startswith(undone) for each in told)
