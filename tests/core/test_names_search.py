"""Looking for people by name and number: who was put is found, who was dropped is not, whatever the order."""

from __future__ import annotations

import random
import threading

import pytest
from data_search import people
from hypothesis import given, settings, strategies as st

from safeconduct.core.codes import draw_code
from safeconduct.core.names import memory
from safeconduct.core.names.searching import Findable, Found, NameIndex
from safeconduct.core.names.searching_records import (
    BEGINS,
    CODE,
    DOCUMENT,
    ENDS,
    FATHER,
    INITIAL,
    NAME,
    PHONE,
    TOGETHER,
    WHOLE,
)

NAMES = [names for names, *_ in people()]
CODE_OF_ALI = draw_code(8, random.Random(4).randrange)

ALI = Findable(
    key="ali/1",
    names=("Ali Mohammad", "Noor Zai", "علی محمد نورزی"),
    fathers=("Ghulam Haidar",),
    phones=("0701 234 567", "+44 7700 900123"),
    numbers=("P01234567", "1400-0101-12345"),
)
HAIDAR = Findable(key="haidar/1", names=("Haidar Samadi",), numbers=("جلد ۱۲ صفحه ۳۴ ثبت ۵۶۷",))
ABU = Findable(key="abu/1", names=("Abu Haris", "Danish"), phones=("0799888777",))


@pytest.fixture
def index() -> NameIndex:
    made = NameIndex()
    made.put(CODE_OF_ALI, [ALI])
    made.put("haidars", [HAIDAR])
    made.put("others", [ABU])
    return made


def keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


def told(found: Found) -> list[tuple]:
    return [(hit.group, hit.key, hit.score, hit.text) for hit in found.hits]


def grouped(names: list[str]) -> dict[str, list[Findable]]:
    """Two to a group, each name's key being its place."""
    groups: dict[str, list[Findable]] = {}
    for at, name in enumerate(names):
        groups.setdefault(f"g{at // 2}", []).append(Findable(key=f"k{at:04}", names=(name,)))
    return groups


# By name


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ali", "ali/1"),
        ("Aly Muhamad", "ali/1"),
        ("علی نورزی", "ali/1"),
        ("noorzai", "ali/1"),
        ("Noor Z", "ali/1"),
        ("Али", "ali/1"),
        ("N. Ali", "ali/1"),
        ("Ali s/o Ghulam Haidar", "ali/1"),
        ("علی ولد غلام حیدر", "ali/1"),
        ("Haidar", "haidar/1"),
        ("حیدر صمدی", "haidar/1"),
        ("Abu Haris", "abu/1"),
        ("ابو حارث", "abu/1"),
        ("Haji Danesh", "abu/1"),
        ("ABU-HARIS,  danish  ", "abu/1"),
    ],
)
def test_a_part_of_a_name_in_any_writing_finds_its_bearer_first(index, typed, first):
    assert keys(index.find(typed))[:1] == [first]


def test_why_somebody_was_found_is_said(index):
    (hit, *_) = index.find("N. Ali s/o Gholam Haider").hits
    assert {(part.what, part.how) for part in hit.matched} == {
        (NAME, INITIAL),
        (NAME, WHOLE),
        (FATHER, WHOLE),
    }
    (hit,) = index.find("noorzay").hits
    assert [(part.what, part.how, part.told) for part in hit.matched] in (
        [(NAME, TOGETHER, "Noor Zai")],
        [(NAME, WHOLE, "نورزی")],
    )
    (hit, *_) = index.find("dani").hits
    assert [(part.how, part.text) for part in hit.matched] == [(BEGINS, "Dani = Danish (0.92)")]


def test_who_bears_a_name_stands_before_whose_father_bears_it(index):
    index.put("more", [Findable(key="more/1", names=("Samad",), fathers=("Haidar",))])
    own, fathers = index.find("Haidar").hits[:2]
    assert (own.key, fathers.key) == ("haidar/1", "more/1")
    assert own.score > fathers.score
    assert keys(index.find("samad son of haidar"))[0] == "more/1"


def test_a_father_of_whom_nothing_is_told_takes_nobody_away():
    """Law 8: unknown is not no."""
    index = NameIndex()
    index.put("a", [Findable(key="a", names=("Yalda",))])
    index.put("b", [Findable(key="b", names=("Yalda",), fathers=("Rostam",))])
    index.put("c", [Findable(key="c", names=("Yalda",), fathers=("Wahid",))])
    first, second, third = index.find("Yalda d/o Rostam").hits
    assert (first.key, second.key, third.key) == ("b", "a", "c")
    assert second.score > third.score


def test_a_part_meets_one_typed_part_only():
    index = NameIndex()
    index.put("a", [Findable(key="once", names=("Rostam Karimi",))])
    index.put("b", [Findable(key="twice", names=("Rostam Rostam",))])
    twice, once = index.find("Rostam Rostam").hits
    assert twice.key == "twice"
    assert twice.score > once.score + 0.2


def test_a_beginning_is_one_until_a_space_follows(index):
    assert keys(index.find("Dan")) == ["abu/1"]
    assert keys(index.find("Dan ")) == []


def test_a_short_form_may_begin_a_longer_name():
    index = NameIndex()
    index.put("a", [Findable(key="a", names=("Sitara Mohmand",))])
    (hit,) = index.find("sitara moh").hits
    assert hit.score > 0.9


@pytest.mark.parametrize(
    ("told", "typed"),
    [
        ("Torpikai", "Torpilai"),
        ("Torpikai", "Torpikaig"),
        ("Torpikai", "Troppikai"),
        ("Torpikai Mohammad", "Torpi kaiMohammad"),
        ("Maxamed", "Mohammad"),
        ("Ramin", "Rapin"),
        ("Sahar", "Shaar"),
        ("Noor Ahmad", "Noorahmad"),
        ("Nasratullah", "Nasrat"),
        ("Qazi Zada", "Qazizada"),
    ],
)
def test_a_slip_and_a_far_spelling_are_still_found(told, typed):
    index = NameIndex()
    index.put("sought", [Findable(key="sought", names=(told,))])
    index.put("other", [Findable(key="other", names=("Wahid Zalmai",))])
    assert keys(index.find(typed + " ")) == ["sought"]


# By number and code


@pytest.mark.parametrize(
    ("typed", "what", "how"),
    [
        ("0701234567", PHONE, WHOLE),
        ("+93 (0)701 234-567", PHONE, WHOLE),
        ("۰۷۰۱۲۳۴۵۶۷", PHONE, WHOLE),
        ("00447700900123", PHONE, WHOLE),
        ("070123", PHONE, BEGINS),
        ("+93 7012", PHONE, BEGINS),
        ("900123", PHONE, ENDS),
        ("p 01234567", DOCUMENT, WHOLE),
        ("P0123", DOCUMENT, BEGINS),
        ("1400010112345", DOCUMENT, WHOLE),
        ("1400 0101", DOCUMENT, BEGINS),
        ("12345", DOCUMENT, ENDS),
        (CODE_OF_ALI, CODE, WHOLE),
        (f" {CODE_OF_ALI[:4]}-{CODE_OF_ALI[4:8]}-{CODE_OF_ALI[8]}".lower(), CODE, WHOLE),
        (CODE_OF_ALI[:5], CODE, BEGINS),
    ],
)
def test_a_number_is_found_however_it_is_written_and_in_part(index, typed, what, how):
    (hit, *others) = index.find(typed).hits
    assert (hit.key, hit.matched[0].what, hit.matched[0].how) == ("ali/1", what, how)
    assert not others


def test_a_paper_tazkira_is_found_by_volume_page_and_entry(index):
    assert keys(index.find("12/34/567")) == ["haidar/1"]
    assert keys(index.find("jild 12 safha 34 sabt 567"))[0] == "haidar/1"


def test_a_name_and_a_number_together(index):
    both = index.find("Ali 0701234").hits[0]
    assert [part.what for part in both.matched] == [PHONE, NAME]
    assert both.score > index.find("Samira 0701234").hits[0].score
    assert keys(index.find("Danish 0701234567")) == ["ali/1", "abu/1"]


@pytest.mark.parametrize("typed", ["", " ", "؟", "123", "0000000", "...", "\0", "ъ", "/ s/o"])
def test_nothing_that_says_anything_finds_nobody(index, typed):
    assert index.find(typed).hits == ()
    assert NameIndex().find(typed).total == 0


@settings(max_examples=80)
@given(st.lists(st.text(max_size=25), max_size=6), st.text(max_size=40))
def test_whatever_is_told_and_typed_is_answered(names, typed):
    index = NameIndex()
    index.put(
        "g", [Findable(key="k", names=tuple(names), fathers=tuple(names[:1]), phones=(typed,))]
    )
    for hit in index.find(typed).hits:
        assert 0 < hit.score <= 1
        assert hit.text


# Who may see


def test_only_what_one_may_see_is_shown_and_counted_and_nobody_is_starved():
    index = NameIndex()
    index.add_many(grouped(["Zahra Ahmadi"] * 900 + ["Zehra Ahmady"] * 4).items())
    mine = {"g450", "g451"}
    asked: list[str] = []

    def among(groups):
        asked.extend(groups)
        return mine.intersection(groups)

    found = index.find("Zahra Ahmadi", 3, among=among)
    assert len(asked) == len(set(asked))
    assert {hit.group for hit in found.hits} == mine
    assert (len(found.hits), found.more, found.total) == (3, True, None)
    assert index.find("Zahra Ahmadi", 10, among=among).total == 4
    nobody = index.find("Zahra Ahmadi", among=lambda _: ())
    assert (nobody.hits, nobody.more, nobody.total) == ((), False, 0)


def test_of_each_group_it_is_asked_once():
    """However far apart its people stand among all who fit."""
    index = NameIndex()
    index.add_many(
        (
            f"g{at}",
            [Findable(key=f"k{at + 40 * times:04}", names=("Zahra Ahmadi",)) for times in range(6)],
        )
        for at in range(40)
    )
    asked: list[str] = []
    found = index.find("Zahra Ahmadi", 10, among=lambda groups: asked.extend(groups) or {"g39"})
    assert len(asked) == len(set(asked)) == 40
    assert (found.total, {hit.group for hit in found.hits}) == (6, {"g39"})


def test_what_one_may_not_see_changes_nothing_of_what_is_told():
    alone, beside = NameIndex(), NameIndex()
    mine = grouped(NAMES)
    alone.add_many(mine.items())
    beside.add_many([*mine.items(), *((f"x{group}", some) for group, some in mine.items())])
    for typed in ("ahmad", "zahra ahm", "najib"):
        found = beside.find(typed, among=lambda groups: set(groups) & set(mine))
        assert told(found) == told(alone.find(typed))
        assert found.total == alone.find(typed).total


# Putting, dropping, folding, forgetting


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12, unique=True), st.randoms())
@settings(max_examples=12)
def test_the_order_of_putting_does_not_matter(names, chance):
    groups = [*grouped(sorted(names)).items()]
    index, other = NameIndex(), NameIndex()
    index.add_many(groups)
    chance.shuffle(groups)
    for group, some in groups:
        other.put(group, [Findable(key="gone", names=("Torpikai",))])
        other.put(group, some)
        if chance.random() < 0.2:
            other.fold()
    for name in names:
        assert told(other.find(name)) == told(index.find(name))
        assert index.find(name).hits[0].score == pytest.approx(1, abs=0.05)
    assert len(index) == len(other) == len(names)
    assert keys(other.find("Torpikai")) == []


def test_putting_replaces_a_group_and_dropping_lets_it_go(index):
    index.put("haidars", [Findable(key="haidar/2", names=("Torpikai Samadi",))])
    assert keys(index.find("samadi")) == ["haidar/2"]
    assert keys(index.find("haidar samadi"))[:1] == ["haidar/2"]
    index.drop("haidars")
    index.drop("nobody")
    assert keys(index.find("samadi")) == []
    index.put("haidars", [])
    assert len(index) == 2


def test_many_puts_keep_everybody_on_few_shelves():
    index = NameIndex()
    for at in range(300):
        index.put(f"g{at}", [Findable(key=f"k{at}", names=(f"{NAMES[at % 24]} {at}",))])
    assert len(index) == 300
    assert len(index._standing.shelves) <= 5
    index.fold()
    assert len(index._standing.shelves) == 1
    assert all(index.find(name).total for name in NAMES)


def test_nothing_of_the_dropped_stays_after_folding(index):
    index.drop("haidars")
    index.fold()
    (shelf,) = index._standing.shelves
    assert "samadi" not in {part.word for part in shelf.rows.tokens}
    assert not any("12/34" in form for form, *_ in shelf.rows.numbers)


def test_forgetting_lets_everybody_go_and_nothing_shows_a_name(index):
    shown = repr(index) + repr(ALI) + repr(index.find("ali")) + repr(index.find("ali").hits[0])
    assert "Ali" not in shown
    assert "ali" not in shown.replace("ali/1", "")
    index.forget()
    assert len(index) == 0
    assert index.find("ali").hits == ()
    assert not index._standing.shelves


def test_progress_is_told_group_by_group():
    heard: list[int] = []
    NameIndex().add_many(grouped(NAMES[:5]).items(), told=heard.append)
    assert heard == [2, 4, 5]


def test_a_reader_that_fails_leaves_all_as_it_was(index):
    def broken():
        yield "haidars", []
        raise OSError("the disk has gone")

    with pytest.raises(OSError, match="the disk"):
        index.add_many(broken())
    assert keys(index.find("samadi")) == ["haidar/1"]


def test_what_is_put_while_others_are_read_stays(index):
    """Reading a whole office takes a while: a case changed meanwhile is not set back to what was read before."""

    def slow():
        yield "haidars", [HAIDAR]
        yield "others", [ABU]
        yield "third", [Findable(key="third/1", names=("Torpikai",))]
        index.put("haidars", [Findable(key="haidar/1", names=("Nasrat Bamyani",))])
        index.drop("others")

    index.add_many(slow())
    assert keys(index.find("nasrat bamyani")) == ["haidar/1"]
    assert keys(index.find("torpikai")) == ["third/1"]
    assert keys(index.find("samadi")) == keys(index.find("abu haris danish")) == []
    assert len(index) == 3


def test_what_is_being_read_when_all_is_forgotten_is_never_put(index):
    read = []

    def slow():
        for at in range(3):
            if at == 1:
                index.forget()
            read.append(at)
            yield f"late-{at}", [Findable(key=f"late/{at}", names=("Torpikai",))]

    index.add_many(slow())
    assert len(index) == 0
    assert read == [0, 1], "nobody more is read once all is forgotten"
    index.put("after", [ALI])
    assert len(index) == 1


def test_reading_goes_on_while_others_write():
    """Every answer is of one moment: a group's two people are seen both or not at all."""
    index = NameIndex()
    steady = grouped(NAMES)
    index.add_many(steady.items())
    both = [Findable(key="t1", names=("Torpikai",)), Findable(key="t2", names=("Torpikai",))]
    wrong: list[object] = []
    stop = threading.Event()

    def write() -> None:
        try:
            for _ in range(60):
                index.put("t", both)
                index.drop("t")
                index.fold()
        finally:
            stop.set()

    def look() -> None:
        while not stop.is_set():
            seen = keys(index.find("Torpikai "))
            if seen not in ([], ["t1", "t2"]):
                wrong.append(seen)
            if "k0000" not in keys(index.find(NAMES[0])):
                wrong.append("lost")

    threads = [threading.Thread(target=each) for each in (write, look, look)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not wrong


def test_two_writers_lose_nobody():
    index = NameIndex()

    def write(who: int) -> None:
        for at in range(40):
            index.put(f"{who}-{at}", [Findable(key=f"{who}-{at}", names=(NAMES[at % 24],))])

    threads = [threading.Thread(target=write, args=(who,)) for who in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(index) == 120


def test_what_was_typed_is_forgotten_with_the_rest(index):
    def remembered() -> int:
        return sum(clear.__self__.cache_info().currsize for clear in memory._FORGETTING)

    index.find("Torpikai Samadi")
    assert remembered()
    memory.forget()
    assert not remembered()
    assert keys(index.find("samadi")) == ["haidar/1"]
