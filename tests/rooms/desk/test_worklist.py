"""The list of covers: who sees which lines, what they say, what is chosen, and that one look is one line."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings as how, strategies as st
from tests.cast import AT
from tests.rooms.desk.covers import TODAY, cover, put

from safeconduct.cases.models import Case
from safeconduct.core.codes import spelt
from safeconduct.desk.worklist.narrowing import Narrow
from safeconduct.desk.worklist.reading import worklist
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.matching.models import Compared, Possible, Together
from safeconduct.people.actions import leave
from safeconduct.triage.models import Override, Standing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def shown(desk, address: str = "") -> list[str]:
    """The codes on a page, in order."""
    page = desk.get(f"/cases/{address}")
    assert page.status_code == 200, page.content.decode()[:400]
    return [line.case.code for line in page.context["listing"].lines]


def test_the_most_urgent_stands_first(cast, desk_of):
    routine, late, soon, first, more = put(
        cover(cast.alice, band="routine", days=-9),
        cover(cast.alice, band="urgent", days=3),
        cover(cast.alice, band="urgent", days=-1),
        cover(cast.alice, band="emergency"),
        cover(cast.alice, band="urgent", days=3, priority=4.0),
    )
    assert shown(desk_of("alice")) == [first, soon, more, late, routine]


def test_each_sees_the_covers_of_their_office_and_charlie_none(cast, desk_of):
    mine, bobs, shared = put(
        cover(cast.alice), cover(cast.bob), cover(cast.alice, shared_with={cast.other.code: "card"})
    )
    for handle in ("alice", "bob", "carol", "dana"):
        assert set(shown(desk_of(handle))) == {mine, bobs, shared}, handle
    assert shown(desk_of("charlie")) == [shared]
    for handle in ("audrey", "otto"):
        assert desk_of(handle).get("/cases/").status_code == 404
    page = desk_of("charlie").get("/cases/").content.decode()
    assert "Harbour Street" in page
    assert spelt(mine) not in page
    assert "alice" not in page


def test_one_look_is_one_line(cast, desk_of):
    put(*(cover(cast.alice) for _ in range(3)))
    before = Line.objects.count()
    desk_of("alice").get("/cases/?whose=mine&marks=asks")
    new = Line.objects.order_by("number")[before:]
    assert [(line.deed, line.facts) for line in new] == [(Deed.COVERS_SEEN, {"covers": 0})]
    desk_of("alice").get("/cases/")
    assert Line.objects.latest("number").facts == {"covers": 3}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("?whose=mine", {"mine"}),
        ("?whose=nobodys", {"nobodys"}),
        ("?whose={bob}", {"bobs"}),
        ("?office=ours", {"mine", "bobs", "nobodys"}),
        ("?office={other}", {"shared"}),
        ("?due=now&whose=mine", {"mine"}),
        ("?due=now&whose=nobodys", set()),
        ("?province=AF01", {"bobs"}),
        ("?province=unknown&office=ours", {"mine", "nobodys"}),
        ("?state=closed", {"closed"}),
        ("?state=any&whose={bob}", {"bobs", "closed"}),
        ("?scheme=ARAP", {"nobodys"}),
        ("?size=2-4", {"bobs"}),
        ("?size=unknown&whose=nobodys", {"nobodys"}),
        ("?whose=&band=", {"mine", "bobs", "nobodys", "shared"}),
    ],
)
def test_what_is_chosen_is_what_is_shown(cast, desk_of, address, expected):
    codes = dict(
        zip(
            ("mine", "bobs", "nobodys", "shared", "closed"),
            put(
                cover(cast.alice, days=0),
                cover(cast.bob, province="AF01", household_size=3),
                cover(cast.alice, owner=None, schemes=["ARAP"], days=1),
                cover(cast.charlie, shared_with={cast.home.code: "all"}),
                cover(cast.bob, state="closed"),
            ),
            strict=True,
        )
    )
    address = address.format(bob=cast.bob.member.code, other=cast.other.code)
    assert set(shown(desk_of("alice"), address)) == {codes[name] for name in expected}


def test_what_other_rooms_know_stands_beside_the_cover_and_can_be_chosen(cast, desk_of):
    plain, asks, double, beside, banded = put(*(cover(cast.alice) for _ in range(5)))
    home = cast.home
    for code in (plain, asks, double, banded):
        Compared.objects.create(case=code, office=home.code, at=AT, revision=1, mark=b"")
    Standing.objects.create(
        case=asks, office=home.code, band="routine", asks=2, rules="0", on=TODAY
    )
    one, two = sorted((double, beside))
    Possible.objects.create(
        code="P1", office=home, case_a_id=one, case_b_id=two, decision="review",
        probability=0.5, weight=1.0, among=5, found_at=AT, model="m",
    )  # fmt: skip
    Override.objects.create(
        code="V1", case=banded, office=home, band="urgent", until=TODAY, sealed_reason=b"",
        asked_by=cast.alice.member, asked_at=AT, agreed=True, voucher=b"", voucher_generation=1,
    )  # fmt: skip
    alice = desk_of("alice")
    assert shown(alice, "?marks=asks") == [asks]
    assert set(shown(alice, "?marks=double")) == {double, beside}
    assert shown(alice, "?marks=not-compared") == [beside]
    assert shown(alice, "?marks=double&marks=not-compared") == [beside]
    assert shown(alice, "?marks=override") == [banded]
    page = alice.get("/cases/").content.decode()
    assert "2 questions to ask" in page
    assert page.count("1 possible double") == 2
    assert page.count("not yet compared</li>") == 1
    assert "agreed until" in page


def test_a_double_with_a_case_that_is_shared_no_more_is_no_mark(cast, desk_of):
    one, two = sorted(put(cover(cast.alice), cover(cast.charlie)))
    Possible.objects.create(
        code="P1", office=cast.home, case_a_id=one, case_b_id=two, decision="review",
        probability=0.5, weight=1.0, among=5, found_at=AT, model="m",
    )  # fmt: skip
    alice = desk_of("alice")
    assert shown(alice, "?marks=double") == []
    assert "1 possible double" not in alice.get("/cases/").content.decode()


def test_a_family_has_one_line_and_is_never_out_of_a_list(cast, desk_of):
    lead, other = put(cover(cast.alice, province="AF01"), cover(cast.bob, province="AF02"))
    Together.objects.bulk_create([Together(case=lead, lead=lead), Together(case=other, lead=lead)])
    assert shown(desk_of("alice")) == [lead]
    assert spelt(other) in desk_of("alice").get("/cases/").content.decode()
    assert shown(desk_of("alice"), "?province=AF02") == [other]
    assert shown(desk_of("bob"), "?whose=mine") == [other]
    Case.objects.filter(code=lead).update(state="closed")
    assert shown(desk_of("alice")) == [other]


def test_the_cases_of_who_left_are_nobodys(cast, desk_of):
    (code,) = put(cover(cast.bob))
    assert shown(desk_of("alice"), "?whose=nobodys") == []
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    assert shown(desk_of("alice"), "?whose=nobodys") == [code]
    assert "<strong>nobody</strong>" in desk_of("alice").get("/cases/").content.decode()


def test_the_links_of_a_page_lead_through_the_list(cast, desk_of):
    codes = put(*(cover(cast.alice, days=each) for each in range(120)))
    alice, seen, address = desk_of("alice"), [], ""
    while True:
        page = alice.get(f"/cases/{address}")
        seen += [line.case.code for line in page.context["listing"].lines]
        found = re.search(r'rel="next" href="([^"]+)"', page.content.decode())
        if found is None:
            break
        address = found[1].replace("&amp;", "&")
    assert seen == codes
    back = re.search(r'rel="prev" href="([^"]+)"', page.content.decode())
    assert shown(alice, back[1].replace("&amp;", "&")) == codes[50:100]


def test_no_address_of_a_page_holds_anything_but_codes_and_fixed_words(cast, desk_of):
    put(*(cover(cast.alice, priority=2.5) for _ in range(60)))
    page = desk_of("alice").get("/cases/?whose=mine&province=unknown").content.decode()
    for address in re.findall(r'href="([^"]*)"', page):
        assert re.fullmatch(r"[#/?&=;.\w+-]*(%2C)?", address.replace("&amp;", "&")), address


@pytest.mark.parametrize(
    "address",
    ["?band=purple", "?whose=DROP", "?office=elsewhere", "?due=1999", "?marks=x", "?size=3"],
)
def test_a_choice_that_nobody_offered_is_said_kindly(cast, desk_of, address):
    put(cover(cast.alice))
    page = desk_of("alice").get(f"/cases/{address}")
    assert page.status_code == 400
    assert "wants mending" in page.content.decode()


@pytest.mark.parametrize("address", ["?after=nowhere", "?before=0_0_0_0", "?after=%00", "?page=9"])
def test_a_place_that_is_none_is_the_beginning(cast, desk_of, address):
    (code,) = put(cover(cast.alice))
    assert shown(desk_of("alice"), address) == [code]


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(
    st.dictionaries(
        st.sampled_from(["whose", "office", "state", "band", "due", "after"]), st.text()
    )
)
def test_whatever_is_asked_of_the_list_is_answered(desk_of, words):
    assert desk_of("alice").get("/cases/", words).status_code in {200, 400}


def test_a_long_list_is_counted_so_far_and_no_further(cast, monkeypatch):
    monkeypatch.setattr("safeconduct.desk.worklist.reading.MOST_COUNTED", 5)
    put(*(cover(cast.alice) for _ in range(7)))
    listing = worklist(cast.alice, Narrow(), at=AT, most=3)
    assert (listing.total, listing.more, len(listing.lines)) == (5, True, 3)


def test_ticks_stand_beside_what_may_be_taken(cast, desk_of):
    mine, bobs, nobodys = put(cover(cast.alice), cover(cast.bob), cover(cast.alice, owner=None))
    page = desk_of("alice").get("/cases/").content.decode()
    assert f'value="{mine}.1"' in page
    assert f'value="{nobodys}.1"' in page
    assert f'value="{bobs}.1"' not in page
    assert f'value="{bobs}.1"' in desk_of("carol").get("/cases/").content.decode()
    assert 'name="case"' not in desk_of("dana").get("/cases/").content.decode()


def test_a_printed_list_has_its_headings_over_their_columns(cast, desk_of):
    """Ticks are not printed: neither their cells nor their heading, or every heading would stand one column off."""
    put(cover(cast.alice), cover(cast.bob))
    page = desk_of("alice").get("/cases/").content.decode()
    head, _, body = page.partition("<thead")[2].partition("</thead>")
    assert head.count('class="tick-cell"') == 1
    assert body.count('class="tick-cell"') == 2


def test_the_page_of_the_list_asks_the_database_as_often_for_one_line_as_for_many(
    cast, desk_of, django_assert_max_num_queries
):
    put(*(cover(cast.alice) for _ in range(50)))
    alice = desk_of("alice")
    alice.get("/cases/")
    with django_assert_max_num_queries(45):
        alice.get("/cases/")
