"""Every URL of the desk against everybody: who is let in, who is sent to the door, for whom it does not exist.

A URL that this table does not list fails the build. Strangers and those without the right get 404, never 403: that a
page exists is nobody's business. Columns: somebody without a session; Alice (caseworker, owns the case), Bob
(caseworker of the same office), Carol (coordinator), Dana (approver), Audrey (auditor), Otto (operator), Charlie
(caseworker and coordinator of another office).

ok     a page (200). For Bob on Alice's case it is the one that says how to ask for access; no contents stand on it
led    led on within the desk (302)
door   sent to the door (302)
404    as if it did not exist; 405 for everybody: not by this method
400, 409  here, but this form, or this step, is not taken, and the page says why; 503 after the lock-down that it made
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import DjangoDbBlocker
from tests.cast import AT, Cast, at_the_desk, make_cast
from tests.furnished import furnishing, own
from tests.rooms.cases.families import compared
from tests.rooms.triage.rulebooks import SMALL

from safeconduct.cases.actions.opening import open_case
from safeconduct.cases.entries import Note, Person
from safeconduct.config.clock import now
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.exports.actions.recipients import name_recipient
from safeconduct.exports.models import Export
from safeconduct.intake.actions.texts import receive_text
from safeconduct.matching.actions import agree_cards, judge
from safeconduct.people.doors import DOORS_WITHOUT_A_KEY
from safeconduct.triage.actions import (
    ask_for_like_cases,
    ask_for_override,
    ask_to_compare,
    load_rules,
)
from safeconduct.vault.age import new_identity

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WHO = ("nobody", "alice", "bob", "carol", "dana", "audrey", "otto", "charlie")
STORY = "a story that only Alice and Carol may read"

# fmt: off
# What looking at a page answers.
GET = """
cases:add                     door ok   ok   ok   404  404  404  404
cases:agree                   door 404  404  404  404  404  404  404
cases:ask                     door ok   ok   ok   404  404  404  404
cases:attach                  door ok   ok   ok   404  404  404  404
cases:caller                  door 404  ok   404  404  404  404  404
cases:caller_household        door ok   ok   ok   404  404  404  404
cases:case                    door ok   ok   ok   404  404  404  404
cases:change                  door ok   ok   ok   404  404  404  404
cases:compare                 door 404  404  ok   404  404  404  404
cases:cover                   door ok   ok   ok   404  404  404  404
cases:document                door 404  ok   404  404  404  404  404
cases:document_page           door 404  ok   404  404  404  404  404
cases:end_hold                door 404  404  ok   404  404  404  404
cases:glass                   door ok   ok   ok   404  404  404  404
cases:hand_over_all           door 404  404  ok   404  404  404  404
cases:hand_over               door ok   ok   ok   404  404  404  404
cases:history                 door ok   ok   ok   404  404  404  404
cases:hold                    door 404  404  ok   404  404  404  404
cases:list                    door ok   ok   ok   ok   404  404  ok
cases:looks                   door ok   ok   ok   404  404  404  404
cases:new                     door ok   ok   ok   404  404  404  ok
cases:picture                 door 404  ok   404  404  404  404  404
cases:purpose                 door 405  405  405  405  405  405  405
cases:remove                  door ok   ok   ok   404  404  404  404
cases:share                   door 404  404  ok   404  404  404  404
cases:shred                   door 404  404  ok   404  404  404  404
cases:shreddings              door 404  404  404  ok   404  404  404
cases:take_back               door 404  404  404  404  404  404  404
cases:take_over               door 405  405  405  405  405  405  405
cases:talk                    door ok   ok   ok   404  404  404  404
cases:withdraw                door 404  ok   404  404  404  404  404
desk:figures                  door ok   ok   ok   ok   404  404  ok
desk:drop_view                door 405  405  405  405  405  405  405
desk:home                     door ok   ok   ok   ok   ok   ok   ok
desk:jobs                     door ok   ok   ok   ok   404  ok   ok
desk:keep_view                door 405  405  405  405  405  405  405
desk:journal                  door 404  404  404  404  ok   404  404
desk:search                   door ok   ok   ok   404  404  404  ok
desk:several                  door 405  405  405  405  405  405  405
exports:agree                 door 405  405  405  405  405  405  405
exports:ask                   door ok   ok   ok   404  404  404  ok
exports:confirm               door 404  404  ok   ok   404  404  404
exports:end                   door 405  405  405  405  405  405  405
exports:export                door ok   404  ok   ok   404  404  404
exports:fetch                 door 405  405  405  405  405  405  405
exports:list                  door ok   ok   ok   ok   404  404  ok
exports:recipients            door 404  404  ok   ok   404  404  ok
exports:record                door ok   404  ok   404  404  404  404
exports:refuse                door 405  405  405  405  405  405  405
exports:trace                 door 404  404  ok   404  404  404  ok
exports:withdraw              door 405  405  405  405  405  405  405
exports:write                 door 405  405  405  405  405  405  405
intake:attach                 door 405  405  405  405  405  405  405
intake:begin                  door 405  405  405  405  405  405  405
intake:columns                door 409  409  409  404  404  404  404
intake:delivery               door ok   ok   ok   404  404  404  404
intake:forget                 door 405  405  405  405  405  405  405
intake:hand_over              door 405  405  405  405  405  405  405
intake:leave                  door 405  405  405  405  405  405  405
intake:list                   door ok   ok   ok   404  404  404  ok
intake:plea                   door ok   ok   ok   404  404  404  404
intake:pleas                  door ok   ok   ok   404  404  404  ok
intake:progress               door ok   ok   ok   404  404  404  404
intake:quarantine             door ok   ok   ok   404  404  404  ok
intake:read                   door 405  405  405  405  405  405  405
intake:set_aside              door 405  405  405  405  405  405  405
intake:take_in                door ok   ok   ok   404  404  404  404
intake:text                   door ok   ok   ok   404  404  404  ok
intake:undo                   door ok   ok   ok   404  404  404  404
intake:upload                 door ok   ok   ok   404  404  404  ok
matching:cards                door 404  404  ok   404  404  404  ok
matching:end_cards            door 404  404  ok   404  404  404  404
matching:family               door ok   404  ok   404  404  404  404
matching:list                 door ok   ok   ok   404  404  404  ok
matching:look                 door 405  405  405  405  405  405  405
matching:pair                 door ok   ok   ok   404  404  404  404
matching:two                  door ok   ok   ok   404  404  404  ok
matching:withdraw             door ok   404  ok   404  404  404  404
people:access                 door ok   ok   ok   ok   404  404  ok
people:acknowledge            door 405  405  405  405  405  405  405
people:add_second_factor      door ok   ok   ok   ok   ok   ok   ok
people:another_code           door ok   ok   ok   ok   ok   ok   ok
people:decide                 door 405  405  405  405  405  405  405
people:door                   ok   led  led  led  led  led  led  led
people:go_out                 405  405  405  405  405  405  405  405
people:invite                 door 404  404  ok   404  404  404  ok
people:invite_again           door 405  405  405  405  405  405  405
people:language               405  405  405  405  405  405  405  405
people:lock_down              door ok   ok   ok   ok   ok   ok   ok
people:me                     door ok   ok   ok   ok   ok   ok   ok
people:member                 door 404  404  ok   404  404  404  404
people:office                 door 404  404  ok   404  404  404  ok
people:open_again             door led  led  led  led  led  led  led
people:open_up                door 404  404  404  ok   404  404  404
people:part_with              door 405  405  405  405  405  405  405
people:passphrase             door ok   ok   ok   ok   ok   ok   ok
people:reading                door 405  405  405  405  405  405  405
people:recover                ok   ok   ok   ok   ok   ok   ok   ok
people:recovery_code          door ok   ok   ok   ok   ok   ok   ok
people:remove_second_factor   door 405  405  405  405  405  405  405
people:second_factor          door door door door door door door door
people:set_up                 door door door door door door door door
people:set_up_picture         404  ok   ok   ok   ok   ok   ok   ok
people:welcome                ok   ok   ok   ok   ok   ok   ok   ok
triage:acknowledge            door 405  405  405  405  405  405  405
triage:ask                    door ok   ok   ok   404  404  404  404
triage:assess                 door 405  405  405  405  405  405  405
triage:compare                door 405  405  405  405  405  405  405
triage:decide                 door ok   ok   ok   404  404  404  404
triage:end                    door 405  405  405  405  405  405  405
triage:like                   door 404  404  ok   404  404  404  ok
triage:like_report            door 404  404  ok   404  404  404  404
triage:load                   door 404  404  ok   404  404  404  ok
triage:override               door ok   ok   ok   404  404  404  404
triage:overrides              door ok   ok   ok   404  404  404  ok
triage:reassess               door 405  405  405  405  405  405  405
triage:rulebook               door ok   ok   ok   404  404  404  404
triage:rules                  door ok   ok   ok   404  404  404  ok
triage:run                    door ok   ok   ok   404  404  404  404
"""
# What an empty form sent to it answers. A URL that is not listed takes none: 405 for everybody who is at the desk.
POST = """
cases:add                     door 400  ok   400  404  404  404  404
cases:agree                   door 404  404  404  404  404  404  404
cases:ask                     door 400  400  400  404  404  404  404
cases:attach                  door 400  ok   400  404  404  404  404
cases:change                  door 400  ok   400  404  404  404  404
cases:compare                 door 404  404  400  404  404  404  404
cases:cover                   door 400  ok   400  404  404  404  404
cases:end_hold                door 404  404  404  404  404  404  404
cases:glass                   door 400  400  400  404  404  404  404
cases:hand_over_all           door 404  404  400  404  404  404  404
cases:hand_over               door 400  ok   400  404  404  404  404
cases:hold                    door 404  404  400  404  404  404  404
cases:new                     door 400  400  400  404  404  404  400
cases:purpose                 door 404  404  404  404  404  404  404
cases:remove                  door 409  ok   409  404  404  404  404
cases:share                   door 404  404  400  404  404  404  404
cases:shred                   door 404  404  400  404  404  404  404
cases:take_back               door 404  404  404  404  404  404  404
cases:take_over               door 409  ok   409  404  404  404  404
cases:talk                    door 400  ok   400  404  404  404  404
cases:withdraw                door 404  ok   404  404  404  404  404
desk:drop_view                door 404  404  404  404  404  404  404
desk:keep_view                door 400  400  400  400  404  404  400
desk:search                   door 400  400  400  404  404  404  400
desk:several                  door 400  400  400  404  404  404  400
exports:agree                 door 404  404  404  409  404  404  404
exports:ask                   door 400  400  400  404  404  404  400
exports:confirm               door 404  404  400  400  404  404  404
exports:end                   door 404  404  led  404  404  404  404
exports:fetch                 door 409  404  404  404  404  404  404
exports:recipients            door 404  404  400  404  404  404  400
exports:record                door 400  404  400  404  404  404  404
exports:refuse                door 404  404  404  409  404  404  404
exports:trace                 door 404  404  400  404  404  404  400
exports:withdraw              door led  404  404  404  404  404  404
exports:write                 door 409  404  404  404  404  404  404
intake:attach                 door 400  400  400  404  404  404  404
intake:begin                  door 409  409  409  404  404  404  404
intake:columns                door 409  409  409  404  404  404  404
intake:forget                 door led  led  led  404  404  404  404
intake:hand_over              door 400  400  400  404  404  404  404
intake:leave                  door 400  400  400  404  404  404  404
intake:read                   door 409  409  409  404  404  404  404
intake:set_aside              door 400  400  400  404  404  404  404
intake:take_in                door 400  400  400  404  404  404  404
intake:text                   door 400  400  400  404  404  404  400
intake:undo                   door 400  400  400  404  404  404  404
intake:upload                 door 400  400  400  404  404  404  400
matching:cards                door 404  404  400  404  404  404  400
matching:end_cards            door 404  404  400  404  404  404  404
matching:look                 door led  led  led  404  404  404  led
matching:pair                 door 400  ok   400  404  404  404  404
matching:two                  door 400  400  400  404  404  404  400
matching:withdraw             door 400  404  400  404  404  404  404
people:acknowledge            door led  led  led  led  led  led  led
people:add_second_factor      door 400  400  400  400  400  400  400
people:another_code           door 400  400  400  400  400  400  400
people:decide                 door 404  404  404  404  404  404  404
people:door                   400  led  led  led  led  led  led  led
people:go_out                 door door door door door door door door
people:invite                 door 404  404  400  404  404  404  400
people:invite_again           door 404  404  400  404  404  404  404
people:language               door door door door door door door door
people:lock_down              door 503  503  503  503  503  503  503
people:member                 door 404  404  400  404  404  404  404
people:open_again             door led  led  led  led  led  led  led
people:open_up                door 404  404  404  409  404  404  404
people:part_with              door 404  404  400  404  404  404  404
people:passphrase             door 400  400  400  400  400  400  400
people:reading                door 400  400  400  400  400  400  400
people:recover                400  400  400  400  400  400  400  400
people:recovery_code          door led  led  led  led  led  led  led
people:remove_second_factor   door 400  400  400  400  400  400  400
people:second_factor          door door door door door door door door
people:set_up                 door door door door door door door door
people:welcome                400  400  400  400  400  400  400  400
triage:acknowledge            door led  led  led  404  404  404  led
triage:ask                    door led  ok   led  404  404  404  404
triage:assess                 door led  ok   led  404  404  404  404
triage:compare                door 404  404  409  404  404  404  404
triage:decide                 door 400  ok   400  404  404  404  404
triage:end                    door led  ok   409  404  404  404  404
triage:like                   door 404  404  409  404  404  404  led
triage:load                   door 404  404  400  404  404  404  400
triage:override               door 400  ok   400  404  404  404  404
triage:reassess               door 404  404  led  404  404  404  led
triage:rulebook               door 404  404  404  404  404  404  404
triage:run                    door 404  404  400  404  404  404  404
"""
# fmt: on


def table(told: str) -> dict[str, list[str]]:
    return {name: answers for name, *answers in map(str.split, told.strip().splitlines())}


def urls_of_the_desk() -> dict[str, set[str]]:
    """Name: the words in its path."""
    found: dict[str, set[str]] = {}

    def walk(resolver: URLResolver, spaces: tuple[str, ...], words: set[str]) -> None:
        for each in resolver.url_patterns:
            here = words | set(each.pattern.converters)
            if isinstance(each, URLPattern):
                found[":".join((*spaces, each.name or "?"))] = here
            else:
                walk(each, (*spaces, each.namespace) if each.namespace else spaces, here)

    walk(get_resolver(), (), set())
    return found


@dataclass
class Desk:
    """A case of Alice's with a story in it, an export, a recipient, and everybody at the desk."""

    cast: Cast
    clients: dict[str, Client] = field(default_factory=dict)
    words: dict[str, object] = field(default_factory=dict)

    def path(self, name: str, words: set[str]) -> str:
        of_exports = {
            "code": self.words[
                "recipient" if name in {"exports:confirm", "exports:end"} else "export"
            ]
        }
        of_office = {"code": self.cast.bob.member.code}
        special = of_exports if name.startswith("exports:") and name != "exports:record" else {}
        special |= (
            of_office
            if name in {"people:member", "people:invite_again", "people:part_with"}
            else {}
        )
        return reverse(name, kwargs={word: (self.words | special)[word] for word in words})


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """Furnished once: it takes longer than to ask one URL of everybody, and there are some hundred URLs."""
    with furnishing(django_db_blocker):
        with django_db_blocker.unblock():
            made = furnish(make_cast())
        yield made


@pytest.fixture
def desk(furnished: Desk, db_of_both: None) -> Desk:
    """The same for each test, with everybody newly come in: what is posted may close rings."""
    clients = {who: at_the_desk(own(each)) for who, each in furnished.cast.everybody().items()}
    return replace(furnished, clients=clients | {"nobody": Client()})


def furnish(cast: Cast) -> Desk:
    opened = open_case(cast.alice, [Person(given_name="Zarghuna"), Note(words=STORY)], at=AT)
    recipient = name_recipient(cast.carol, name="Else", age_key=new_identity().recipient, at=AT)
    export = Export.objects.create(
        code="EXPORT000",
        office=cast.home,
        recipient=recipient,
        purpose="raising with an authority",
        form="csv",
        columns=["case_code"],
        row_count=1,
        asked_by=cast.alice.member,
        asked_at=AT,
        lapses_at=AT.replace(year=2100),
    )
    other = open_case(cast.alice, [Person(given_name="Zarghuna")], at=AT)
    compared(cast.carol, cast.other)
    agreement = agree_cards(cast.carol, cast.other.code, at=AT)
    made = Desk(cast)
    plea = receive_text(cast.alice, "a message of no one known", at=AT)
    made.words = {
        "delivery": plea.delivery_id,
        "plea": plea.code,
        "override": ask_for_override(
            opened, band="urgent", until=now().date(), reason="a reason that is long", at=now()
        ).code,
        "version": (rules := load_rules(cast.carol, name="ours", text=SMALL, at=AT)).version,
        "run": ask_to_compare(cast.carol, rules.version, at=AT).code,
        "report": ask_for_like_cases(cast.carol, at=AT).code,
        "code": opened.code,
        "other": other.code,
        "judgement": judge(cast.alice, (opened.code, other.code), Verdict.UNSURE, at=AT).code,
        "agreement": agreement.code,
        "entry": opened.entries(Note)[0].code,
        "kind": "note",
        "page": 1,
        "number": 1,
        "office": cast.other.code,
        "member": cast.alice.member.code,
        "recipient": recipient.code,
        "export": export.code,
    }
    return made


def answers(desk: Desk, name: str, *, sent: bool) -> list[str]:
    path = desk.path(name, URLS[name])
    told = []
    for who in WHO:
        client = desk.clients[who]
        answer = client.post(path, {}) if sent else client.get(path)
        told.append(named(answer))
        if who not in {"alice", "carol"}:
            assert STORY not in answer.content.decode(errors="replace"), (name, who)
    return told


def named(answer: HttpResponse) -> str:
    if answer.status_code == 302:
        return "door" if answer["Location"].startswith("/door/") else "led"
    return "ok" if answer.status_code == 200 else str(answer.status_code)


URLS = urls_of_the_desk()
LOOKED_AT, SENT = table(GET), table(POST)


def test_every_url_is_listed_and_no_other():
    assert sorted(LOOKED_AT) == sorted(URLS)
    assert set(SENT) <= set(URLS)


@pytest.mark.parametrize("name", sorted(LOOKED_AT))
def test_who_may_look(desk: Desk, name: str):
    assert dict(zip(WHO, answers(desk, name, sent=False), strict=True)) == dict(
        zip(WHO, LOOKED_AT[name], strict=True)
    )


@pytest.mark.parametrize("name", sorted(URLS))
def test_who_may_send(desk: Desk, name: str):
    found = dict(zip(WHO, answers(desk, name, sent=True), strict=True))
    if name in SENT:
        assert found == dict(zip(WHO, SENT[name], strict=True))
    else:
        assert set(found.values()) <= {"405", "door"}


def test_charlie_is_let_into_nothing_of_another_office():
    """Read off the table: with a code of Harbour Street's in the address, Charlie's answer is 404, or 405 for all."""
    with_code = [
        name
        for name, words in URLS.items()
        if words & {"code", "entry", "office", "member", "delivery", "plea"}
    ]
    let_in = [
        name
        for listed in (LOOKED_AT, SENT)
        for name in with_code
        if name in listed and listed[name][WHO.index("charlie")] not in {"404", "405"}
    ]
    assert let_in == []


def test_nobody_without_a_session_sees_more_than_doors():
    let_in = {
        name for listed in (LOOKED_AT, SENT) for name, told in listed.items() if told[0] == "ok"
    }
    assert let_in <= DOORS_WITHOUT_A_KEY
