"""Whatever is sent to any page of the rooms beside the case: the page answers, and nothing is half done.

One slow test for all of them, over what `tests.rooms.everyform` finds on the pages themselves, and by hand what no form
has: other verbs, other ways of sending, a thousand fields, nests of brackets, addresses that nobody links to.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given, settings as examples, strategies as st
from pytest_django import DjangoDbBlocker
from tests.cast import AT, Cast, at_the_desk, make_cast
from tests.furnished import furnishing, own
from tests.rooms.cases.families import compared
from tests.rooms.everyform import forms_at, is_no_fault, post_anything, post_harm, undone
from tests.rooms.intake.arrivals import imported, read, read_in_this_process
from tests.rooms.matching.doubles import twice_told
from tests.rooms.triage.rulebooks import SMALL

from safeconduct.config.clock import now
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.models import End, Plea
from safeconduct.matching.actions import agree_cards, judge
from safeconduct.matching.models import Judgement
from safeconduct.triage.actions import (
    ask_for_like_cases,
    ask_for_override,
    ask_to_compare,
    load_rules,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "keys"])]


@dataclass
class Rooms:
    cast: Cast
    codes: dict[str, str]
    carol: Client = field(default_factory=Client, repr=False)

    def url(self, path: str) -> str:
        return path.format(**self.codes)

    def urls(self) -> list[str]:
        return [self.url(path) for path in PATHS]


PATHS = (
    "/",
    "/cases/",
    "/cases/?whose=mine",
    "/search/",
    "/figures/",
    "/intake/",
    "/intake/upload/",
    "/intake/text/",
    "/intake/pleas/",
    "/intake/quarantine/",
    "/intake/pleas/{plea}/",
    "/intake/pleas/{plea}/take-in/",
    "/intake/pleas/{row}/take-in/",
    "/intake/{read}/",
    "/intake/{read}/columns/",
    "/intake/{done}/",
    "/intake/{done}/undo/",
    "/doubles/",
    "/doubles/two/",
    "/doubles/cards/",
    "/doubles/cards/{agreement}/end/",
    "/doubles/pair/{one}/{two}/",
    "/doubles/judgement/{judgement}/withdraw/",
    "/doubles/family/{one}/",
    "/triage/",
    "/triage/rules/",
    "/triage/rules/load/",
    "/triage/rules/{version}/",
    "/triage/runs/{run}/",
    "/triage/like/",
    "/triage/like/{report}/",
    "/triage/{one}/ask/",
    "/triage/{one}/ask/?of=family",
    "/triage/{two}/override/",
    "/triage/{one}/override/{override}/",
)


@pytest.fixture(scope="module")
def furnished(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Rooms]:
    """Made once: every room has something in it."""
    with furnishing(django_db_blocker):
        with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
            patched.setattr(settings, "AFTER_TOLD", "")
            read_in_this_process(patched)
            cast = make_cast()
            made = Rooms(cast, furnish(cast))
        yield made


@pytest.fixture
def rooms(furnished: Rooms, db_of_both: None, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    """With Carol newly come in: a lock-down may have been posted."""
    monkeypatch.setattr(settings, "AFTER_TOLD", "")
    read_in_this_process(monkeypatch)
    return replace(furnished, carol=at_the_desk(own(furnished.cast.carol)))


def furnish(cast: Cast) -> dict[str, str]:
    """The codes of what there is."""
    done, waits = imported(cast.carol), read(cast.carol, b"Name,Age\nMadeupfictional,7", at=AT)
    one, two = sorted(twice_told(cast.alice, cast.bob, owned=False), key=lambda case: case.code)
    compared(cast.carol, cast.other)
    rules = load_rules(cast.carol, name="ours", text=SMALL, at=AT)
    return {
        "done": done.code,
        "read": waits.code,
        "row": Plea.objects.get(end=End.QUARANTINED, delivery=done).code,
        "plea": receive_text(cast.carol, "My aunt Gulmakai asks.", at=now()).code,
        "one": one.code,
        "two": two.code,
        "judgement": judge(cast.carol, (one.code, two.code), Verdict.SAME, at=AT).code,
        "agreement": agree_cards(cast.carol, cast.other.code, at=AT).code,
        "override": ask_for_override(
            one,
            band="urgent",
            until=now().date() + timedelta(days=2),
            reason="a reason that is long",
            at=now(),
        ).code,
        "version": rules.version,
        "run": ask_to_compare(cast.carol, rules.version, at=AT).code,
        "report": ask_for_like_cases(cast.carol, at=AT).code,
    }


# Pages that are dear to make (linkage, a hundred questions) get all unkind values at once, and all queries.
DEAR = ("/doubles/pair/", "/doubles/family/", "/ask/")
VERBS = ("head", "put", "delete", "patch", "options", "trace")
FORM = "application/x-www-form-urlencoded"
BODIES = (
    (b"a=1&a=2&case=1&case=2&revision=1&revision=2&until=1&until=2&why=a&why=b", FORM),
    (b"text=%ED%A0%80&note=%ED%B0%80&sought=%ED%A0%80ab&reason=%00%ED%A0%80aaaaaaaaaa", FORM),
    (b"revision=" + b"9" * 5000 + b"&case=%00&to=%00&due=0000-00-00&until=9999-12-31", FORM),
    (b'{"a":' + b"[" * 1000, "application/json"),
    (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
    (b"abc", "multipart/form-data"),
    (b"text=%FF", f"{FORM}; charset=utf-7"),
)
QUERIES = (
    "page=%00&after=%00&from=%00&to=%00&end=%00&whose=%00&of=%00&one=%00",
    "page=9999999999999999999999999",
    "page=-1",
    "page=1e9",
    "after=zzz&before=0.0.0.0",
    "before=" + "9" * 5000,
    "from=a&to=b&end=c&whose=d&of=e",
    "size=9&marks=zzz&band=zzz",
    "marks=double&marks=double&marks=%ED%A0%80",
    "&".join(f"a{number}=1" for number in range(3000)),
)
NESTS = (
    "(" * 5000,
    "[" * 100_000,
    "{" * 100_000,
    "a = " + "[" * 5000 + "]" * 5000,
    "x." * 20_000 + "=1",
    "when = '" + "not " * 20_000 + "x'",
    "a=" + "9" * 20_000,
    "a = {" + "b={" * 3000,
)
ELSEWHERE = (
    "a%00b",
    "%ED%A0%80",
    "x" * 5000,
    "%2e%2e",
    "%2F",
    "' OR 1=1",
    "9" * 24,
    "%FF",
    "K7Q4MX2PD",
)
ADDRESSES = (
    "/intake/{}/",
    "/intake/{}/columns/",
    "/intake/pleas/{}/",
    "/intake/pleas/{}/take-in/",
    "/doubles/pair/{}/{}/",
    "/doubles/judgement/{}/withdraw/",
    "/doubles/family/{}/",
    "/doubles/cards/{}/end/",
    "/triage/rules/{}/",
    "/triage/rules/{}/compare/",
    "/triage/runs/{}/",
    "/triage/like/{}/",
    "/triage/{}/ask/",
    "/triage/{}/override/",
    "/triage/notices/{}/",
    "/views/{}/drop/",
    "/triage/rules/load/?from={}",
)


def is_dear(url: str) -> bool:
    return any(each in url for each in DEAR)


def test_every_unkind_value_in_every_page_is_answered(rooms: Rooms):
    tried: set[tuple[str, str]] = set()
    for url in rooms.urls():
        post_harm(rooms.carol, url, field_by_field=not is_dear(url), before=tried)
    assert len(tried) > 50, "the walk walks"


def test_most_pages_have_a_form(rooms: Rooms):
    """The walk walks: a page that lost its form would be passed over in silence."""
    without = {url for url in rooms.urls() if not forms_at(rooms.carol, url)}
    quiet = ("/", "/figures/", "/intake/", "/intake/pleas/", "/intake/quarantine/", "/triage/")
    made = ("/doubles/family/{one}/", "/triage/runs/{run}/", "/triage/like/{report}/")
    assert without <= {*quiet, *map(rooms.url, made)}


def test_other_verbs_bodies_and_queries_are_answered(rooms: Rooms):
    carol = rooms.carol
    for url in rooms.urls():
        for verb in VERBS:
            is_no_fault(getattr(carol, verb)(url), url, {"verb": verb})
        for query in ["&".join(QUERIES[:-1])] if is_dear(url) else QUERIES:
            is_no_fault(carol.get(f"{url}{'&' if '?' in url else '?'}{query}"), url, {"q": query})
        with undone():
            for sent, kind in BODIES:
                is_no_fault(carol.post(url, sent, content_type=kind), url, {"body": sent[:80]})
            many = {f"f{number}": "x" for number in range(10_000)}
            is_no_fault(carol.post(url, many), url, {"fields": "ten thousand"})
            is_no_fault(carol.post(url, {"text": "x" * 3_000_000}), url, {"text": "too long"})


def test_addresses_that_nobody_links_to_are_answered(rooms: Rooms):
    for address in (*ADDRESSES, rooms.url("/triage/{one}/override/") + "{}/"):
        for code in ELSEWHERE:
            url = address.replace("{}", code)
            is_no_fault(rooms.carol.get(url), url, {})
            is_no_fault(rooms.carol.post(url, {"why": "x"}), url, {})


def test_nests_and_evidence_of_ones_own_are_refused(rooms: Rooms):
    for nest in NESTS:
        for text in (nest, f"{SMALL}\n{nest}"):
            told = {"name": "n", "text": text}
            assert rooms.carol.post("/triage/rules/load/", told).status_code == 400, nest[:20]
    pair = rooms.url("/doubles/pair/{one}/{two}/")
    for made in (b"\0", b"\xff" * 10, b"\0" * 200, b"\0\0\0\1" + b"a" * 100):
        shown = base64.b64encode(made).decode()
        told = {"verdict": "same", "judgement": "AAAA", "shown": shown}
        assert rooms.carol.post(pair, told).status_code == 400
    assert Judgement.objects.count() == 1


@examples(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_anything_posted_anywhere_is_answered(rooms: Rooms, data):
    url = data.draw(
        st.sampled_from([each for each in rooms.urls() if "/doubles/pair/" not in each])
    )
    post_anything(rooms.carol, url, data.draw)
