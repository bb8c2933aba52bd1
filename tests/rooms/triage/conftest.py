"""Everybody at the desk, and a case of Alice's with an override that she asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import now
from tests.cast import Cast, at_the_desk
from tests.rooms.triage.callers import STORY, again, interpreter, opened_case

from safeconduct.cases.entries import Person, Said
from safeconduct.cases.reading import OpenCase
from safeconduct.core.dates import UncertainDate
from safeconduct.triage.actions import ask_for_override, assess_case
from safeconduct.triage.models import Override

REASON = "Zarmina's brother was taken last night."


@dataclass
class Desk:
    cast: Cast
    code: str
    at: datetime
    clients: dict[str, Client] = field(default_factory=dict)

    def get(self, who: str, path: str, **query: str) -> HttpResponse:
        return self.clients[who].get(self.url(path), query)

    def post(self, who: str, path: str, told: object = None, **more: object) -> HttpResponse:
        return self.clients[who].post(self.url(path), told or {}, **more)

    def url(self, path: str) -> str:
        return path if path.startswith("/") else f"/triage/{self.code}/{path}"

    def opened(self) -> OpenCase:
        return again(self.cast.alice, self.code, self.at)

    def asked(self, *, days: int = 5, band: str = "emergency") -> Override:
        until = self.at.date() + timedelta(days=days)
        return ask_for_override(self.opened(), band=band, until=until, reason=REASON, at=self.at)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    at = now()
    told = interpreter(
        Person(given_name="Omid", birth=UncertainDate.of_year(2020)), Said(words=(STORY,))
    )
    code = opened_case(cast.alice, *told, at=at).code
    assess_case(cast.alice, code, at=at)
    made = Desk(cast, code, at)
    made.clients = {who: at_the_desk(present) for who, present in cast.everybody().items()}
    return made
