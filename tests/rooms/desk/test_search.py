"""Somebody is looked for: found where a way leads, a number elsewhere, written nowhere, and forgotten with the keys."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings as how, strategies as st
from tests.cast import AT
from tests.rooms.cases.families import compared

from safeconduct.cases.actions import (
    add_entry,
    agree_to_shred,
    ask_to_shred,
    change_entry,
    hand_over,
    open_case,
    share_case,
    take_back_share,
)
from safeconduct.cases.entries import Caller, Person
from safeconduct.cases.models import Case, Ground
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.config.deployment.tending import make_search_ready
from safeconduct.core.codes import spelt
from safeconduct.core.errors import NoRight, NoSuchCase, NothingSought, NotOpened
from safeconduct.desk.search import reading
from safeconduct.desk.search.callers import other_cases
from safeconduct.desk.search.finding import seek
from safeconduct.desk.search.index import OfficeIndex
from safeconduct.desk.search.shelf import SHELF
from safeconduct.desk.search.tending import make_ready
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.access import CaseOutline
from safeconduct.people.actions import ask_for_access, decide_access, leave, lock_down
from safeconduct.people.models import LockDown, Member
from safeconduct.people.present import Present
from safeconduct.vault.keyring import BOARD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

LATER = AT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _nobody_is_remembered():
    BOARD.drop_all()  # with the last ring every index goes
    yield
    BOARD.drop_all()


def family(name: str, *, native: str | None = None, **told) -> list:
    return [Person(given_name=name, family_name="Karimi", native_name=native, **told)]


def codes(by, query: str) -> list[str]:
    return [each.cover.code for each in seek(by, query, at=AT).cases]


def test_a_name_is_found_across_scripts_and_by_its_beginning(cast):
    one = open_case(cast.alice, family("Zahra", native="زهرا کریمی"), at=AT).code
    open_case(cast.alice, family("Mirwais"), at=AT)
    assert codes(cast.alice, "Zahra") == [one]
    assert codes(cast.alice, "زهرا") == [one]
    assert codes(cast.alice, "Zahera Kar")[0] == one
    assert codes(cast.alice, "Obaidullah") == []


def test_telephone_paper_and_code_find_as_well(cast):
    told = [
        Person(given_name="Zahra", phones=("+93 799 000 111",), tazkira="1400-0101-12345"),
        Caller(name="Yusuf Karimi", phones=("07700 900123",)),
    ]
    one = open_case(cast.alice, told, at=AT).code
    for query in (
        "0799000111",
        "+93799000111",
        "1400-0101-12345",
        "07700 900123",
        "Yusuf",
        spelt(one),
    ):
        assert codes(cast.alice, query) == [one], query


def test_what_was_found_says_which_part_met(cast):
    open_case(cast.alice, family("Zahra", native="زهرا"), at=AT)
    (found,) = seek(cast.alice, "Zahera", at=AT).cases
    (met,) = found.met
    assert met.who.name == "Zahra Karimi"
    assert {part.what for part in met.matched} == {"name"}


def test_others_cases_are_a_number_and_charlie_finds_nobody(cast):
    one = open_case(cast.alice, family("Zahra"), at=AT).code
    for by in (cast.alice, cast.carol):
        assert codes(by, "Zahra") == [one]
    bobs = seek(cast.bob, "Zahra", at=AT)
    assert (bobs.cases, bobs.others) == ((), 1)
    charlies = seek(cast.charlie, "Zahra", at=AT)
    assert (charlies.cases, charlies.others, charlies.all) == ((), 0, 0)
    for by in (cast.dana, cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            seek(by, "Zahra", at=AT)


def test_a_case_that_somebody_was_granted_is_found_by_them(cast):
    one = open_case(cast.alice, family("Zahra"), at=AT)
    outline = CaseOutline(one.code, cast.home.code, cast.alice.member.code)
    asked = ask_for_access(cast.bob, outline, reason="the family asked for me", at=AT)
    assert codes(cast.bob, "Zahra") == []
    decide_access(cast.dana, grant=asked.code, granted=True, at=AT)
    assert codes(cast.bob, "Zahra") == [one.code]
    assert [each.cover for each in seek(cast.bob, "Zahra", at=AT + timedelta(days=30)).cases] == []


def test_what_is_told_anew_is_found_at_once_and_what_was_told_before_no_more(cast):
    opened = open_case(cast.alice, family("Zahra"), at=AT)
    assert codes(cast.alice, "Zahra") == [opened.code]
    (person,) = opened.persons
    change_entry(opened, person.code, Person(given_name="Mirwais"), expected_revision=1, at=LATER)
    assert codes(cast.alice, "Zahra") == []
    assert codes(cast.alice, "Mirwais") == [opened.code]
    add_entry(opened, Person(given_name="Laila"), at=LATER)
    assert codes(cast.alice, "Laila") == [opened.code]


def test_a_case_handed_over_is_found_by_who_has_it_now(cast):
    opened = open_case(cast.alice, family("Zahra"), at=AT)
    assert codes(cast.alice, "Zahra") == [opened.code]
    hand_over(opened, cast.bob.member, note="she calls at eight", expected_revision=1, at=AT)
    assert codes(cast.alice, "Zahra") == []
    assert codes(cast.bob, "Zahra") == [opened.code]


def test_a_case_whose_shredding_began_is_found_no_more(cast):
    code = open_case(cast.alice, family("Zahra"), at=AT).code
    assert codes(cast.carol, "Zahra") == [code]
    Case.objects.filter(code=code).update(shredding_since=AT)
    assert codes(cast.carol, "Zahra") == []
    assert reading.forget_what_is_gone(SHELF.of(cast.home.code)) == 1
    assert len(SHELF.of(cast.home.code).names) == 0


def test_the_database_is_asked_about_some_at_a_time(cast, monkeypatch):
    monkeypatch.setattr("safeconduct.desk.search.finding._ASKED_TOGETHER", 2)
    made = [open_case(cast.alice, family("Zahra"), at=AT).code for _ in range(5)]
    open_case(cast.bob, family("Zahra"), at=AT)
    assert sorted(codes(cast.alice, "Zahra")) == sorted(made)
    assert seek(cast.bob, "Zahra", at=AT).others == 5


def test_a_search_is_one_line_without_its_words(cast):
    open_case(cast.alice, family("Zahra"), at=AT)
    before = Line.objects.count()
    seek(cast.alice, "Zahra", at=AT)
    seek(cast.alice, "Mirwais", at=AT)
    told = [
        (line.deed, line.member, line.facts) for line in Line.objects.order_by("number")[before:]
    ]
    alice = cast.alice.member.code
    assert told == [
        (Deed.CASES_SOUGHT, alice, {"hits": 1, "cases": 1, "cards": 1}),
        (Deed.CASES_SOUGHT, alice, {"hits": 0, "cases": 0}),
    ]


@pytest.mark.parametrize("query", ["", " ", "a", "  \n"])
def test_nothing_is_nothing_to_look_for(cast, query):
    with pytest.raises(NothingSought):
        seek(cast.alice, query, at=AT)


# --- the index and the keys ---------------------------------------------------------------------------


def test_with_the_last_ring_of_the_office_the_index_is_forgotten(cast):
    open_case(cast.alice, family("Zahra"), at=AT)
    alice = BOARD.hang(cast.alice.ring, whole=True, at=AT)
    carol = BOARD.hang(cast.carol.ring, whole=True, at=AT)
    seek(cast.alice, "Zahra", at=AT)
    index = SHELF.of(cast.home.code)
    assert len(index.names) == 1
    BOARD.drop(alice)
    assert SHELF.of(cast.home.code) is index
    BOARD.drop(carol)
    assert (len(index.names), index.cards, index.people, index.is_gone) == (0, {}, {}, True)
    assert SHELF.of(cast.home.code) is not index


def test_a_lock_down_forgets_every_index(cast):
    open_case(cast.alice, family("Zahra"), at=AT)
    open_case(cast.charlie, family("Laila"), at=AT)
    indexes = []
    for by, name in ((cast.alice, "Zahra"), (cast.charlie, "Laila")):
        BOARD.hang(by.ring, whole=True, at=AT)
        seek(by, name, at=AT)
        indexes.append(SHELF.of(by.office.code))
    assert [len(each.names) for each in indexes] == [1, 1]
    lock_down(cast.alice.actor, AT)
    assert [len(each.names) for each in indexes] == [0, 0]
    assert SHELF.standing() == []


def test_what_is_being_read_when_the_keys_fall_finds_no_place(cast):
    open_case(cast.alice, family("Zahra"), at=AT)
    index = SHELF.of(cast.home.code)
    index.forget()
    reading.note_changes(index, cast.alice)
    reading.read_all(index, cast.alice, at=AT)
    assert len(index.names) == 0
    assert index.cards == {}


def test_a_ring_half_open_keeps_no_index(cast):
    BOARD.hang(cast.alice.ring, whole=False, at=AT)
    assert make_ready(BOARD, at=AT, idle_before=AT) == 0


def test_the_round_reads_all_with_one_line_of_the_office(cast, monkeypatch):
    for name in ("Zahra", "Laila", "Mirwais"):
        open_case(cast.bob, family(name), at=AT)
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    BOARD.hang(cast.alice.ring, whole=True, at=AT)
    waiting = seek(cast.carol, "Zahra", at=AT)
    assert (waiting.read, waiting.all, waiting.cases) == (0, 3, ())
    before = Line.objects.count()
    assert make_ready(BOARD, at=AT, idle_before=AT) == 3
    (line,) = Line.objects.order_by("number")[before:]
    assert (line.deed, line.member, line.office) == (Deed.CARDS_SEEN, "", cast.home.code)
    assert (line.purpose, line.facts["cards"]) == (Purpose.SEARCH.value, 3)
    assert make_ready(BOARD, at=AT, idle_before=AT) == 0
    ready = seek(cast.carol, "Zahra", at=AT)
    assert (ready.read, ready.all, len(ready.cases)) == (3, 3, 1)


def test_many_changes_are_read_in_by_the_round(cast, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    BOARD.hang(cast.alice.ring, whole=True, at=AT)
    open_case(cast.bob, family("Zahra"), at=AT)
    make_ready(BOARD, at=AT, idle_before=AT)
    more = [open_case(cast.bob, family("Laila"), at=AT).code for _ in range(3)]
    assert codes(cast.carol, "Laila") == []
    assert make_ready(BOARD, at=AT, idle_before=AT) == 3
    assert sorted(codes(cast.carol, "Laila")) == sorted(more)


# --- what is forgotten, whoever did it and wherever -----------------------------------------------------


def in_memory(index: OfficeIndex) -> set[str]:
    """Every name and number that an index holds, also of those who are out of sight."""
    shelves = index.names._standing.shelves
    words = {part.word for shelf in shelves for part in shelf.rows.tokens}
    return words | {number for shelf in shelves for number, *_ in shelf.rows.numbers}


def round_of(by: Present) -> None:
    """What the desk does beside the requests, every two seconds, with this member's keys."""
    BOARD.hang(by.ring, whole=True, at=AT)
    make_ready(BOARD, at=AT, idle_before=AT)


ZAHRA, TELEPHONE = "zahra", "447700900123"


def zahra_among_others(by: Present) -> OpenCase:
    """One family to be forgotten among so many that the index is not made anew without her by itself."""
    for _ in range(7):
        open_case(by, family("Laila"), at=AT)
    return open_case(by, family("Zahra", phones=(f"+{TELEPHONE}",)), at=AT)


@pytest.mark.parametrize("somebody_searches", [False, True])
def test_who_is_shredded_is_in_no_memory_after_the_round(cast, somebody_searches):
    opened = zahra_among_others(cast.carol)
    round_of(cast.carol)
    here, elsewhere = SHELF.of(cast.home.code), OfficeIndex(cast.home.code)
    # Another process learns of it by the journal alone.
    reading.note_changes(elsewhere, cast.carol)
    reading.read_all(elsewhere, cast.carol, at=AT)
    assert {ZAHRA, TELEPHONE} <= in_memory(here) & in_memory(elsewhere)
    ask_to_shred(opened, ground=Ground.ASKED_BY_FAMILY, reason="the family asked", at=AT)
    agree_to_shred(cast.dana, opened.code, at=AT)
    if somebody_searches:
        assert codes(cast.carol, "Zahra") == []
    round_of(cast.carol)
    assert codes(cast.carol, "Zahra") == []
    assert opened.code not in here.cards
    assert not {ZAHRA, TELEPHONE} & in_memory(here)
    reading.note_changes(elsewhere, cast.carol)
    elsewhere.fold()
    assert opened.code not in elsewhere.cards
    assert not {ZAHRA, TELEPHONE} & in_memory(elsewhere)


@pytest.mark.parametrize("somebody_searches", [False, True])
def test_what_is_shared_no_more_is_in_no_memory_of_the_other_office(cast, somebody_searches):
    compared(cast.carol, cast.other)
    for _ in range(7):
        open_case(cast.charlie, family("Laila"), at=AT)
    opened = open_case(cast.carol, family("Zahra", phones=(f"+{TELEPHONE}",)), at=AT)
    share_case(opened, cast.other.code, extent="card", at=AT)
    round_of(cast.charlie)
    assert codes(cast.charlie, "Zahra") == [opened.code]
    index = SHELF.of(cast.other.code)
    assert {ZAHRA, TELEPHONE} <= in_memory(index)
    opened = case_for(cast.carol, opened.code, Purpose.CASEWORK, at=AT)
    take_back_share(opened, [cast.other.code], at=AT)
    if somebody_searches:
        found = seek(cast.charlie, "Zahra", at=AT)
        assert (found.cases, found.others, found.all) == ((), 0, 7)
    round_of(cast.charlie)
    assert opened.code not in index.cards
    assert not {ZAHRA, TELEPHONE} & in_memory(index)
    assert codes(cast.charlie, "Zahra") == []
    assert codes(cast.carol, "Zahra") == [opened.code]


def test_with_a_member_who_leaves_goes_the_index_that_only_their_keys_kept(cast):
    open_case(cast.bob, family("Zahra"), at=AT)
    BOARD.hang(cast.bob.ring, whole=True, at=AT)
    codes(cast.bob, "Zahra")
    index = SHELF.of(cast.home.code)
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    assert (index.is_gone, len(index.names), SHELF.standing()) == (True, 0, [])


def test_who_left_finds_nobody_and_lends_no_keys_and_theirs_are_found_by_the_others(cast):
    code = open_case(cast.bob, family("Zahra"), at=AT).code
    BOARD.hang(cast.alice.ring, whole=True, at=AT)
    BOARD.hang(cast.bob.ring, whole=True, at=AT)
    assert codes(cast.bob, "Zahra") == [code]
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    with pytest.raises(NotOpened):  # a page of theirs that was begun before
        seek(cast.bob, "Zahra", at=AT)
    with pytest.raises(NoRight):
        seek(Present(Member.objects.get(code=cast.bob.member.code), cast.bob.ring), "Zahra", at=AT)
    assert codes(cast.carol, "Zahra") == [code]


def test_where_another_process_parted_with_a_member_their_ring_reads_nothing_in(cast):
    open_case(cast.bob, family("Zahra"), at=AT)
    Member.objects.filter(code=cast.bob.member.code).update(left_at=AT)
    round_of(cast.bob)
    assert SHELF.standing() == []


def test_a_lock_down_that_another_process_began_forgets_every_index_here(cast):
    open_case(cast.alice, family("Zahra"), at=AT)
    round_of(cast.alice)
    index = SHELF.of(cast.home.code)
    assert ZAHRA in in_memory(index)
    LockDown.objects.create(began_at=AT, began_by=cast.dana.member.code)
    make_search_ready()
    assert (index.is_gone, in_memory(index), SHELF.standing()) == (True, set(), [])


def test_how_much_another_office_writes_is_no_number_of_ours(cast, monkeypatch):
    """Neither on the page nor in the journal, and ours stays whole meanwhile."""
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    code = open_case(cast.alice, family("Zahra"), at=AT).code
    round_of(cast.alice)
    for _ in range(3):
        open_case(cast.charlie, family("Laila"), at=AT)
    found = seek(cast.alice, "Zahra", at=AT)
    assert (found.read, found.all, [each.cover.code for each in found.cases]) == (1, 1, [code])
    assert SHELF.of(cast.home.code).is_whole
    before = Line.objects.count()
    round_of(cast.alice)
    assert Line.objects.count() == before


def test_a_case_of_a_colleague_is_one_however_many_of_its_people_fit(cast):
    """Asked about some at a time: a family is not counted each time that another of its people comes up."""
    people = [Person(given_name="Zahra", family_name="Karimi") for _ in range(60)]
    for _ in range(4):
        open_case(cast.alice, people, at=AT)
    assert seek(cast.bob, "Zahra Karimi", at=AT).others == 4


# --- the law ------------------------------------------------------------------------------------------


@how(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=6,
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["alice", "bob", "carol", "charlie"]),
            st.booleans(),
            st.sampled_from(["", "card", "all"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_search_shows_what_a_case_opens_to_and_nothing_else(cast, told):
    """Whoever owns it, whether anybody does, to whom it is shared and who was granted it."""
    compared(cast.carol, cast.other)
    made = []
    for owner, owned, extent, granted in told:
        opened = open_case(getattr(cast, owner), family("Zahra"), at=AT, owned=owned)
        made.append(opened.code)
        if extent and owner != "charlie":
            as_carol = case_for(cast.carol, opened.code, Purpose.CASEWORK, at=AT)
            share_case(as_carol, cast.other.code, extent=extent, at=AT)
        if granted and owned and owner in {"alice", "carol"}:
            outline = CaseOutline(opened.code, cast.home.code, getattr(cast, owner).member.code)
            asked = ask_for_access(cast.bob, outline, reason="the family asked for me", at=AT)
            decide_access(cast.dana, grant=asked.code, granted=True, at=AT)
    for by in (cast.alice, cast.bob, cast.carol, cast.charlie):
        # Cases of earlier examples are still there.
        found = {each.cover.code for each in seek(by, "Zahra", at=AT, most=1_000).cases}
        opens = set()
        for code in made:
            with suppress(NoSuchCase):
                opens.add(case_for(by, code, Purpose.CASEWORK, at=AT).code)
        assert found & set(made) == opens, by.member.handle


# --- the page -----------------------------------------------------------------------------------------


def test_the_page_shows_names_to_those_alone_who_may_open(cast, desk_of):
    code = open_case(cast.alice, family("Zahra"), at=AT).code
    page = desk_of("alice").post("/search/", {"sought": "Zahra"})
    assert page.status_code == 200
    assert "Zahra Karimi" in page.content.decode()
    assert spelt(code) in page.content.decode()
    bobs = desk_of("bob").post("/search/", {"sought": "Zahra"}).content.decode()
    assert "Karimi" not in bobs
    assert spelt(code) not in bobs
    assert "1 case that is not open to you may fit too" in bobs
    assert "carol" in bobs
    charlies = desk_of("charlie").post("/search/", {"sought": "Zahra"}).content.decode()
    assert "not open to you may" not in charlies
    by_code = desk_of("bob").post("/search/", {"sought": spelt(code)}).content.decode()
    assert "is the code of a case that is with alice" in by_code


def test_no_name_stands_in_an_address(desk_of):
    page = desk_of("alice").get("/search/?sought=Zahra")
    assert page.status_code == 200
    assert "Zahra" not in page.content.decode()


@pytest.mark.parametrize(
    "typed", ["", "x", "y" * 201, "\x00\x00", "\u202ezahra\u202c", "=cmd()", "%_%"]
)
def test_whatever_is_typed_is_answered_and_comes_back(cast, desk_of, typed):
    open_case(cast.alice, family("Zahra"), at=AT)
    page = desk_of("alice").post("/search/", {"sought": typed})
    assert page.status_code in {200, 400}


def test_hidden_signs_of_a_name_are_shown(cast, desk_of):
    open_case(cast.alice, [Person(given_name="Zah\u200dra")], at=AT)
    page = desk_of("alice").post("/search/", {"sought": "Zahra"}).content.decode()
    assert "<bdi>" in page


def test_who_else_a_caller_asks_for(cast):
    """Cases with the same telephone that this member may open; not those of a colleague, and not another office's."""
    BOARD.hang(cast.alice.ring, whole=True, at=AT)
    calls = Caller(name="Farid", phones=("+447700900123",))
    mine = [open_case(cast.alice, [*family(name), calls], at=AT).code for name in ("Zahra", "Ali")]
    open_case(cast.bob, [*family("Karim"), calls], at=AT)
    open_case(cast.charlie, [*family("Hamid"), calls], at=AT)
    assert other_cases(cast.alice, ["07700 900123"], at=AT) == []  # not read yet: nobody waits
    make_ready(BOARD, at=AT, idle_before=AT)
    assert sorted(other_cases(cast.alice, ["+44 7700 900123", ""], at=AT)) == sorted(mine)


def test_words_beside_a_telephone_and_parts_of_numbers_are_nobodys_telephone(cast):
    """Telephones are kept as they were heard: "her mother Zahra's" is no number of a family of that name."""
    told = [Person(given_name="Zahra", phones=("+93 799 000 111",), tazkira="0700123456")]
    open_case(cast.alice, told, at=AT)
    round_of(cast.alice)
    for heard in ("Zahra", "07700 900123 at Zahra's", "unknown", "000111", "0700123456"):
        assert other_cases(cast.alice, [heard], at=AT) == [], heard
    (found,) = other_cases(cast.alice, ["0799000111 at Laila's"], at=AT)
    assert found
