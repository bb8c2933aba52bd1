"""Law 3 over a whole day: everything typed anywhere stands in no column, no line, no log, no address and no title."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.cast import Cast, at_the_desk
from tests.rooms.intake.arrivals import read_in_this_process, run_import
from tests.rooms.intake.test_nothing_of_it_in_clear import everything_stored
from tests.rooms.matching.doubles import look
from tests.rooms.triage.rulebooks import SMALL
from tests.rooms.triage.working import work

from safeconduct.cases.models import Case
from safeconduct.config.clock import now
from safeconduct.core.linkage.judgements import in_order
from safeconduct.desk.models import KeptView
from safeconduct.intake.models import Delivery, End, Plea
from safeconduct.matching.models import Judgement
from safeconduct.triage.actions.rules import COMPARE, LIKE, REASSESS
from safeconduct.triage.models import LoadedRules, Override, Reassessment

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "keys"])]
# Whatever was typed has this in it, in Latin or in Arabic letters.
MARKS = ("Qqzyxw", "قققژ")
SHEET = """QqzyxwRef,QqzyxwName name,Given name,Family name,Relation,Date of birth,Phone,Province,Threat,Caller
A1,,Qqzyxwarmina,Qqzyxwpopal,self,1988,+447700900123,Kabul,Qqzyxw letter,Qqzyxwwali
B7,,Qqzyxwarmina,Qqzyxwpopal,self,1988,+447700900123,Kabul,Qqzyxw letter again,Qqzyxwhalima
C2,,Qqzyxwgul,Qqzyxwwardak,self,1979,,Kabul,,
D9,,,,self,1990,+447700900177,Kabul,Qqzyxw is alone,
"""
NUMBERS = ("447700900123", "447700900177", "7700900123")


@dataclass
class Hands:
    """A browser that remembers where it was led and what its pages were called."""

    client: Client
    told: list[str] = field(default_factory=list)

    def get(self, path: str) -> HttpResponse:
        return self._noted(self.client.get(path))

    def post(self, path: str, said: dict[str, object] | None = None) -> HttpResponse:
        return self._noted(self.client.post(path, said or {}))

    def _noted(self, answer: HttpResponse) -> HttpResponse:
        assert answer.status_code < 400, (answer.request["PATH_INFO"], answer.content[:3000])
        title = answer.content.decode().partition("<title>")[2].partition("</title>")[0]
        self.told += [answer.headers.get("Location", ""), title, str(answer.cookies)]
        return answer


def test_nothing_that_was_typed_in_a_day_stands_in_clear(cast: Cast, monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    read_in_this_process(monkeypatch)
    at, on = now(), now().date()
    carol = Hands(at_the_desk(cast.carol))
    # A sheet is taken, its columns told, imported, and one row of it taken in; another message is pasted.
    file = io.BytesIO(SHEET.encode())
    file.name = "Qqzyxw our own list.csv"
    carol.post("/intake/upload/", {"sheets": [file]})
    delivery = Delivery.objects.get()
    page = carol.get(f"/intake/{delivery.code}/columns/")
    fields = [each["field"] or "" for each in page.context["columns"]]
    carol.post(
        f"/intake/{delivery.code}/columns/",
        {"field": [*fields[:-1], ""], "revision": delivery.revision},
    )
    delivery.refresh_from_db()
    carol.get(f"/intake/{delivery.code}/")
    carol.post(f"/intake/{delivery.code}/begin/", {"revision": delivery.revision})
    run_import(cast.carol, at=at)
    held = Plea.objects.get(end=End.QUARANTINED)
    carol.get(f"/intake/pleas/{held.code}/take-in/")
    carol.post("/intake/text/", {"text": "Qqzyxw asks for her aunt قققژ, +447700900177"})
    text = Plea.objects.get(end=End.QUARANTINED, way="text")
    form = carol.get(f"/intake/pleas/{text.code}/take-in/").context["form"]
    carol.post(
        f"/intake/pleas/{text.code}/take-in/",
        {
            "revision": text.revision,
            "reserved": form.initial["reserved"],
            "caller_name": "Qqzyxwcaller",
            "caller_phones": "+447700900123 home of Qqzyxw",
            "place": "behind the Qqzyxw mill",
            "threat": "Qqzyxw threat",
            "person-TOTAL_FORMS": "1",
            "person-INITIAL_FORMS": "0",
            "person-0-given_name": "Qqzyxwtyped",
            "person-0-native_name": "قققژ",
            "person-0-phones": "+447700900177",
        },
    )
    carol.post(
        f"/intake/pleas/{held.code}/attach/",
        {"revision": held.revision, "case": Case.objects.order_by("code")[0].code},
    )
    # Doubles: looked for, judged with a note, taken back with a reason.
    look(cast.carol, at=at)
    one, two = in_order(
        *Case.objects.order_by("opened_at", "code").values_list("code", flat=True)[:2]
    )
    path = f"/doubles/pair/{one}/{two}/"
    fresh = carol.get(path).context["fresh"]
    carol.post(path, {**fresh, "verdict": "same", "note": "Qqzyxw note on two"})
    carol.get(f"/doubles/family/{one}/")
    said = Judgement.objects.get()
    carol.post(f"/doubles/judgement/{said.code}/withdraw/", {"why": "Qqzyxw why it does not hold"})
    # Bands: asked for, agreed, rules loaded and put in force; like cases.
    day = (on + timedelta(days=3)).isoformat()
    carol.post(
        f"/triage/{one}/override/",
        {"band": "urgent", "until": day, "reason": "Qqzyxw was taken away"},
    )
    row = Override.objects.get()
    carol.post("/triage/rules/load/", {"name": "our rules", "text": SMALL})
    version = LoadedRules.objects.get().version
    carol.post(f"/triage/rules/{version}/compare/")
    work(cast.carol, COMPARE, at=at)
    run = Reassessment.objects.get()
    carol.post(f"/triage/runs/{run.code}/", {"why": "Qqzyxw reason for other rules", "sure": "on"})
    work(cast.carol, REASSESS, at=at)
    carol.post("/triage/like/")
    work(cast.carol, LIKE, at=at)
    carol.get("/triage/")
    carol.get(f"/triage/{one}/override/{row.code}/")
    carol.get(f"/triage/{one}/ask/")
    # The list: a choice kept, several handed over; somebody looked for; figures.
    carol.post("/views/", {"name": "Qqzyxw my choice", "state": "open"})
    assert KeptView.objects.exists()
    cover = Case.objects.get(code=two)
    carol.post(
        "/several/",
        {
            "act": "hand-over",
            "case": f"{two}.{cover.cover_revision}",
            "to": cast.alice.member.code,
            "note": "Qqzyxw note for all of these",
            "sure": "on",
        },
    )
    for sought in ("Qqzyxwarmina", "قققژ", "+447700900123"):
        carol.post("/search/", {"sought": sought})
    for path in ("/", "/cases/", "/figures/", "/jobs/", f"/cases/{one}/", "/intake/pleas/"):
        carol.get(path)
    stored, told = everything_stored(), "\n".join(carol.told)
    assert delivery.code.encode() in stored  # the sweep sees what is there
    for mark in (*MARKS, *NUMBERS):
        assert mark.casefold().encode() not in stored.lower(), mark
        assert mark not in told, mark
        assert mark not in caplog.text, mark
