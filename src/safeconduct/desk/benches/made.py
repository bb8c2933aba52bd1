"""What the bench of the desk makes and asks, once Django is ready: an office of made-up families, and its pages."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from safeconduct.cases.actions.opening_many import NewCase, open_cases
from safeconduct.cases.benches.made import AT, migrate, somebody
from safeconduct.cases.models import IN_ORDER, Band, State
from safeconduct.cases.queries import covers_for
from safeconduct.core.facts import Household
from safeconduct.desk.search.index import OfficeIndex
from safeconduct.desk.search.reading import note_changes, read_all
from safeconduct.desk.search.shelf import SHELF
from safeconduct.desk.worklist.narrowing import MINE, NOBODYS, OURS, Narrow, sources
from safeconduct.desk.worklist.paging import ON_A_PAGE, Place
from safeconduct.intake.new_cases import told_of
from safeconduct.packs import load
from safeconduct.people.models import Member, Role
from safeconduct.people.present import Present
from safeconduct.people.sessions import half_open, let_in
from safeconduct.rehearsal.bench.caseloads import PACK, whole_caseload
from safeconduct.vault.keyring import BOARD

_MEMBERS: Final = 20
_AT_ONCE: Final = 500
# Shares of an evening in which much has come in: most is not urgent, and every third family is nobody's yet.
_BANDS: Final = dict(zip(Band.values, (3, 12, 25, 45, 15), strict=True))
_NOBODYS: Final = 0.3
_QUERIES: Final = 60
_SHARES: Final = (0.01, 0.25, 0.5, 0.75, 0.95, 0.999)
_NARROWS: Final = (
    Narrow(),
    Narrow(whose=MINE),
    Narrow(whose=NOBODYS),
    Narrow(office=OURS, due="overdue"),
    Narrow(band="urgent", due="week"),
    Narrow(province="AF01"),
    Narrow(marks=("not-compared",)),
    Narrow(marks=("asks",)),
    Narrow(size="8-", state="any"),
)
Look = Callable[[], None]


def office(people: int, seed: int) -> Present:
    """Its coordinator. Families of a simulated caseload, sealed, each with a band, a day and mostly an owner."""
    migrate()
    by = somebody()
    settings.CLOCK = lambda: AT
    members = [by, *(_colleague(by, number) for number in range(1, _MEMBERS))]
    drawn = random.Random(seed)  # noqa: S311 (made up, not a secret)
    households = iter(
        [family.household for family in whole_caseload(load(PACK), people, seed).families]
    )
    while some := list(islice(households, _AT_ONCE)):
        owned = drawn.random() >= _NOBODYS
        new = [_new(each, drawn) for each in some]
        open_cases(drawn.choice(members), new, at=AT, owned=owned)
    return by


def _colleague(by: Present, number: int) -> Present:
    """Another owner; for the bench they share one ring."""
    member = Member.objects.create(
        code=f"BENCH1{number:03}",
        handle=f"bench-{number}",
        office=by.office,
        roles=[Role.CASEWORKER],
        admitted_at=AT,
    )
    return Present(member, by.ring)


def _new(household: Household, drawn: random.Random) -> NewCase:
    band = drawn.choices(list(_BANDS), list(_BANDS.values()))[0]
    day = AT.date() + timedelta(days=drawn.randint(-5, 25))
    return NewCase(
        told=list(told_of(household)),
        province=household.province or "",
        band=band,
        priority=drawn.random() * 100,
        next_due=day if drawn.random() < 0.9 else None,
    )


# --- the pages ------------------------------------------------------------------------------------


def browser(by: Present) -> Client:
    """One in which the coordinator has come in, as through the door; the passphrase's time is not part of it."""
    client = Client(SERVER_NAME="localhost")
    request = HttpRequest()
    request.session = client.session
    let_in(request, half_open(request, by, at=AT), at=AT)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client


def looks_at_the_list(by: Present, client: Client) -> list[Look]:
    """The first page, pages in the middle and at the end, and the list narrowed in the ways of a day."""
    addresses = [narrow.address() for narrow in _NARROWS]
    addresses += [Narrow().address(after=str(place)) for place in _places(by)]
    return [partial(_looked, client, f"/cases/?{each}") for each in 3 * addresses]


def looks_at_cases(by: Present, client: Client, seed: int) -> list[Look]:
    drawn = random.Random(seed)  # noqa: S311 (made up, not a secret)
    codes = drawn.choices(sorted(SHELF.of(by.office.code).cards), k=_QUERIES)
    return [partial(_looked, client, f"/cases/{code}/") for code in codes]


def searches(client: Client, queries: Sequence[str]) -> list[Look]:
    return [partial(_sought, client, each) for each in queries]


def ready(by: Present) -> OfficeIndex:
    """The index with every card in it, as the round beside the desk makes it."""
    index = SHELF.of(by.office.code)
    note_changes(index, by)
    read_all(index, by, at=AT)
    return index


def queries_of(index: OfficeIndex, seed: int) -> list[str]:
    """Names as they are told, their beginnings, one part, in either script, and telephones."""
    drawn = random.Random(seed)  # noqa: S311 (made up, not a secret)
    everybody = sorted((who for who in index.people.values() if who.name), key=lambda who: who.key)
    found = []
    for number, who in enumerate(drawn.choices(everybody, k=_QUERIES)):
        ways = [who.name, who.name[: max(3, len(who.name) // 2)], who.name.split()[0]]
        ways += [who.other_writing or who.name, next(iter(who.findable.phones), who.name)]
        found.append(ways[number % len(ways)])
    return found


def _places(by: Present) -> list[Place]:
    """From near the beginning to the end."""
    (open_ones, *_) = sources(Narrow(), by, on=AT.date())
    keys = sorted(Place(*key) for key in open_ones.values_list(*IN_ORDER))
    return [keys[int(share * (len(keys) - 1))] for share in _SHARES]


def _looked(client: Client, path: str) -> None:
    _ok(client.get(path).status_code)


def _sought(client: Client, query: str) -> None:
    _ok(client.post("/search/", {"sought": query}).status_code)


def _ok(status: int) -> None:
    assert status == 200, status


# --- as it was done before, and had it never been sealed ---------------------------------------------


def all_covers_sorted(by: Present) -> list[object]:
    """The lines of the first page as they were made before: every cover loaded and sorted in Python. No page."""
    covers = [each.case for each in covers_for(by, at=AT) if each.case.state == State.OPEN]
    covers.sort(key=Place.of)
    return list(covers[:ON_A_PAGE])


def plain_table(index: OfficeIndex) -> sqlite3.Connection:
    """The names of everybody in clear in a table, as many an office keeps them."""
    table = sqlite3.connect(":memory:")
    table.execute("CREATE TABLE person (code TEXT, name TEXT, native TEXT, phones TEXT)")
    rows = [
        (read.code, who.name, who.other_writing, " ".join(who.findable.phones))
        for read in index.cards.values()
        for who in read.people
    ]
    table.executemany("INSERT INTO person VALUES (?, ?, ?, ?)", rows)
    return table


def sought_plainly(table: sqlite3.Connection, query: str) -> Sequence[object]:
    told = f"%{query}%"
    ask = "SELECT code FROM person WHERE name LIKE ? OR native LIKE ? OR phones LIKE ? LIMIT 30"
    return table.execute(ask, (told, told, told)).fetchall()


def leave() -> None:
    """Every ring falls, and the index with the last of them."""
    BOARD.drop_all()
