"""The pages: from the upload to the cases with a browser that runs no scripts; and who sees what."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from tests.cast import Cast, at_the_desk
from tests.rooms.intake.arrivals import (
    NAMES,
    SHEET,
    again,
    families,
    file,
    imported,
    read,
    run_import,
    taken,
)

from safeconduct.cases.models import Case
from safeconduct.config.clock import now
from safeconduct.intake.actions.beginning import begin_import
from safeconduct.intake.actions.looking import READ
from safeconduct.intake.models import Delivery, End, Plea, State
from safeconduct.intake.views import pleas
from safeconduct.jobs.models import Job
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.models import Member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def upload(client: Client, *files: io.BytesIO, **more: str):
    return client.post("/intake/upload/", {"sheets": list(files), **more})


def test_from_an_upload_to_open_cases(cast: Cast, alice: Client):
    answer = upload(alice, file(SHEET, "our list.csv"))
    delivery = Delivery.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/intake/{delivery.code}/")
    page = alice.get(answer["Location"]).content.decode()
    assert "Zarmina Popalfictional" in page
    assert "No name is told in this row" in page
    assert "our list.csv" in page
    began = alice.post(f"/intake/{delivery.code}/begin/", {"revision": again(delivery).revision})
    assert began.status_code == 302
    at_work = alice.get(f"/intake/{delivery.code}/").content.decode()
    assert "It is being imported" in at_work
    told = alice.get(f"/intake/{delivery.code}/progress/").json()
    assert (told["state"], told["live"]) == ("importing", True)
    run_import(cast.alice, at=now())
    done = alice.get(f"/intake/{delivery.code}/").content.decode()
    assert "3 families have a case each" in done
    assert not any(name in done for name in NAMES)
    assert Case.objects.count() == 3


def test_columns_are_told_and_it_is_read_anew(alice: Client, cast: Cast):
    delivery = read(cast.alice, at=now())
    page = alice.get(f"/intake/{delivery.code}/columns/")
    columns = page.context["columns"]
    told = [each["field"] or "" for each in columns]
    assert (columns[7]["heading"], columns[7]["examples"]) == ("Called by", ["Wali", "Halima"])
    place = next(i for i, each in enumerate(columns) if each["heading"] == "Threat")
    told[place] = ""
    answer = alice.post(
        f"/intake/{delivery.code}/columns/", {"field": told, "revision": delivery.revision}
    )
    assert answer.status_code == 302
    after = alice.get(f"/intake/{delivery.code}/columns/").context["columns"]
    assert after[place]["field"] is None
    # The other hand had the page open: what it tells now is of columns that are not so any more.
    late = alice.post(
        f"/intake/{delivery.code}/columns/", {"field": told, "revision": delivery.revision}
    )
    assert late.status_code == 409


def test_a_look_at_columns_with_cells_of_people_is_journalled(alice: Client, cast: Cast):
    delivery = read(cast.alice, at=now())
    looks = Line.objects.filter(deed=Deed.DELIVERY_SEEN, about=delivery.code)
    before = looks.count()
    assert "Halima" in alice.get(f"/intake/{delivery.code}/columns/").content.decode()
    assert looks.count() == before + 1
    assert looks.latest("number").member == cast.alice.member.code
    # Once it is imported its columns are shown without them.
    begin_import(cast.alice, delivery.code, at=now())
    run_import(cast.alice, at=now())
    before = looks.count()
    assert "Halima" not in alice.get(f"/intake/{delivery.code}/columns/").content.decode()
    assert looks.count() == before


@pytest.mark.parametrize(
    "fields",
    [[], ["full_name"], ["full_name"] * 99, ["no_such_field"] * 8, ["=cmd()"] * 8, ["\x00"] * 8],
)
def test_columns_that_do_not_fit_are_refused_and_nothing_changes(
    alice: Client, cast: Cast, fields: list[str]
):
    delivery = read(cast.alice, at=now())
    sent = {"field": fields, "revision": delivery.revision}
    assert alice.post(f"/intake/{delivery.code}/columns/", sent).status_code == 409
    assert again(delivery).revision == delivery.revision


def test_a_large_file_is_taken_first_and_read_by_a_job(alice: Client, monkeypatch):
    monkeypatch.setattr("safeconduct.intake.views.deliveries.AT_ONCE", 10)
    upload(alice, file(SHEET, "list.csv"))
    delivery = Delivery.objects.get()
    assert delivery.state == State.TAKEN
    assert Job.objects.get().kind == READ
    assert "It is being read" in alice.get(f"/intake/{delivery.code}/").content.decode()


def test_the_same_file_twice_leads_to_where_it_is(alice: Client):
    first = upload(alice, file(SHEET, "list.csv"))
    second = upload(alice, file(SHEET, "renamed.csv"))
    assert second["Location"] == first["Location"]
    assert Delivery.objects.count() == 1
    assert "handed in before" in alice.get(second["Location"]).content.decode()
    upload(alice, file(SHEET, "renamed.csv"), again="on")
    assert Delivery.objects.count() == 2


def test_a_held_row_becomes_a_case(cast: Cast, alice: Client):
    imported(cast.alice, at=now())
    held = Plea.objects.get(end=End.QUARANTINED)
    page = alice.get(f"/intake/pleas/{held.code}/").content.decode()
    assert "she is alone" in page
    form = alice.get(f"/intake/pleas/{held.code}/take-in/")
    assert "she is alone" in form.content.decode()
    people, household = form.context["rows"], form.context["form"]
    sent = {
        f"person-{i}-{name}": row[name].value() or ""
        for i, row in enumerate(people)
        for name in row.fields
    }
    sent |= {name: household[name].value() or "" for name in household.fields}
    sent |= {"person-TOTAL_FORMS": len(people.forms), "person-INITIAL_FORMS": 1}
    sent["person-0-given_name"] = "Zeba"
    answer = alice.post(f"/intake/pleas/{held.code}/take-in/", sent)
    held.refresh_from_db()
    assert (answer.status_code, held.end) == (302, End.ATTACHED)
    assert answer["Location"] == f"/cases/{held.case}/"
    case = alice.get(answer["Location"]).content.decode()
    assert "Zeba" in case
    assert "she is alone" in case
    again_page = alice.get(f"/intake/pleas/{held.code}/").content.decode()
    assert "alice" in again_page
    assert alice.post(f"/intake/pleas/{held.code}/take-in/", sent).status_code == 409


def test_a_pasted_message_is_there_before_its_receipt(cast: Cast, alice: Client):
    words = "Salaam, my sister Zarghuna Testivand, 34, is in Herat. Call 07700 900142."
    answer = alice.post("/intake/text/", {"text": words})
    plea = Plea.objects.get()
    assert answer["Location"] == f"/intake/pleas/{plea.code}/"
    page = alice.get(answer["Location"]).content.decode()
    assert "Zarghuna" in page
    assert "Its receipt is" in page
    assert plea.owner == cast.alice.member
    sent = {"why": "not-for-us", "revision": plea.revision}
    alice.post(f"/intake/pleas/{plea.code}/set-aside/", sent)
    plea.refresh_from_db()
    assert (plea.end, plea.why, plea.ended_by) == (End.WITHDRAWN, "not-for-us", cast.alice.member)


def test_a_plea_is_attached_to_a_case_and_stands_in_it(cast: Cast, alice: Client):
    imported(cast.alice, at=now())
    case = Case.objects.first()
    alice.post("/intake/text/", {"text": "They moved to the house of an aunt."})
    plea = Plea.objects.get(way="text")
    wrong = {"case": "not a code", "revision": plea.revision}
    refused = alice.post(f"/intake/pleas/{plea.code}/attach/", wrong)
    assert refused.status_code == 400
    assert "not a code" in refused.content.decode()
    sent = {"case": case.code, "revision": plea.revision}
    answer = alice.post(f"/intake/pleas/{plea.code}/attach/", sent)
    assert answer["Location"] == f"/cases/{case.code}/"
    assert "house of an aunt" in alice.get(answer["Location"]).content.decode()


def test_who_holds_a_plea_and_until_when(cast: Cast, alice: Client):
    imported(cast.alice, at=now())
    held = Plea.objects.get(end=End.QUARANTINED)
    path = f"/intake/pleas/{held.code}/hand-over/"
    due = now().date() + timedelta(days=3)
    sent = {"to": cast.bob.member.code, "due": due.isoformat(), "revision": held.revision}
    assert alice.post(path, sent | {"to": cast.charlie.member.code}).status_code == 400
    assert alice.post(path, sent | {"due": "1999-01-01"}).status_code == 409
    assert alice.post(path, sent).status_code == 302
    held.refresh_from_db()
    assert (held.owner, held.due) == (cast.bob.member, due)
    assert held.code in at_the_desk(cast.bob).get("/intake/quarantine/?whose=mine").content.decode()
    assert alice.post(path, sent).status_code == 409  # as it was seen before


def test_an_undo_asks_why_and_lists_what_stays(cast: Cast, alice: Client):
    delivery = imported(cast.alice, at=now())
    assert alice.post(f"/intake/{delivery.code}/undo/", {}).status_code == 400
    sent = {"why": "columns-misread"}
    assert alice.post(f"/intake/{delivery.code}/undo/", sent).status_code == 302
    assert again(delivery).state == State.UNDOING
    assert at_the_desk(cast.bob).post(f"/intake/{delivery.code}/undo/", sent).status_code == 409


def test_charlie_sees_nothing_of_harbour_street(cast: Cast):
    delivery = imported(cast.alice, at=now())
    held = Plea.objects.get(end=End.QUARANTINED)
    charlie = at_the_desk(cast.charlie)
    for path in ("", "pleas/", "pleas/?end=any", "quarantine/"):
        page = charlie.get(f"/intake/{path}")
        assert page.status_code == 200
        assert delivery.code not in page.content.decode()
        assert held.code not in page.content.decode()
    for path in (f"{delivery.code}/", f"{delivery.code}/columns/", f"pleas/{held.code}/"):
        assert charlie.get(f"/intake/{path}").status_code == 404
    case = Case.objects.first()
    own = taken(cast.charlie, families(1), at=now())
    assert charlie.get(f"/intake/{own.code}/").status_code == 200
    text = {"text": "one of theirs"}
    charlie.post("/intake/text/", text)
    plea = Plea.objects.get(way="text")
    sent = {"case": case.code, "revision": plea.revision}
    answer = charlie.post(f"/intake/pleas/{plea.code}/attach/", sent)
    assert answer.status_code == 400
    assert Plea.objects.get(way="text").end == End.QUARANTINED


@pytest.mark.parametrize("chosen", ["without", "held", "attached", "withdrawn", "shredded", "any"])
def test_no_plea_of_a_long_list_stands_on_two_pages_or_on_none(cast: Cast, chosen: str):
    """Whatever else it is ordered by, last comes what no two of them share: databases may mix the rest anew."""
    found = pleas._chosen(cast.alice, chosen, on=now().date())
    assert found.query.order_by[-1] == "code"


def test_a_refusal_tells_the_state_in_the_language_of_its_reader(cast: Cast, alice: Client):
    delivery = imported(cast.alice, at=now())
    Member.objects.filter(code=cast.alice.member.code).update(language="prs")
    page = alice.post(f"/intake/{delivery.code}/begin/", {"revision": "1"}).content.decode()
    assert "SC873" in page
    assert "imported" not in page.partition("SC873")[0].rpartition("<p ")[2]
