"""Pages put together are the list: everybody once, in order, however large a page is and whatever is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings as how, strategies as st
from tests.rooms.desk.covers import TODAY, cover

from safeconduct.cases.models import IN_ORDER, Band, Case, State
from safeconduct.desk.worklist.narrowing import (
    ANY,
    DUE,
    MINE,
    NOBODYS,
    SIZES,
    UNKNOWN,
    Narrow,
    sources,
)
from safeconduct.desk.worklist.paging import Place, counted, page_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

by_hand = how(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=12,
)
COVERS = st.lists(
    st.fixed_dictionaries(
        {
            "band": st.sampled_from(Band.values),
            "days": st.none() | st.integers(-2, 8),
            "priority": st.sampled_from([0.0, 1.0, 2.5, 1e-7, 1e9]),
            "state": st.sampled_from([State.OPEN.value, State.OPEN.value, State.CLOSED.value]),
            "who": st.sampled_from(["alice", "bob", "nobody", "charlie", "shared"]),
            "household_size": st.sampled_from([None, 1, 3, 6, 12]),
            "province": st.sampled_from(["", "AF01", "AF02"]),
            "schemes": st.sampled_from([[], ["ARAP"], ["ARAP", "ARAP-2"], ["ARAP-2"]]),
        }
    ),
    min_size=6,
    max_size=25,
)
NARROWS = st.builds(
    Narrow,
    whose=st.sampled_from(["", "", MINE, NOBODYS]),
    state=st.sampled_from([State.OPEN.value, State.OPEN.value, ANY]),
    band=st.sampled_from(["", "", "urgent"]),
    due=st.sampled_from(["", "", *DUE]),
    size=st.sampled_from(["", "", UNKNOWN, *SIZES]),
    province=st.sampled_from(["", "", "AF01", UNKNOWN]),
    scheme=st.sampled_from(["", "", "ARAP"]),
)


def made(cast, told) -> Case:
    told = dict(told)
    who = told.pop("who")
    if who == "shared":
        told["shared_with"] = {cast.home.code: "card"}
    if who in {"charlie", "shared"}:
        return cover(cast.charlie, **told)
    return cover(
        cast.alice, **told, owner={"alice": cast.alice.member, "bob": cast.bob.member}.get(who)
    )


def fits(case: Case, narrow: Narrow, cast) -> bool:
    """The same said once more, the plain way, of one cover."""
    home = case.office_id == cast.home.code
    due = case.next_due
    low, high = SIZES.get(narrow.size, (0, 0))
    days = None if due is None else (due - TODAY).days
    return (
        (home or cast.home.code in case.shared_with)
        and narrow.state in {case.state, ANY}
        and narrow.band in {"", case.band}
        and (not narrow.whose or home)
        and (narrow.whose != MINE or case.owner_id == cast.alice.member.code)
        and (narrow.whose != NOBODYS or case.owner_id is None)
        and narrow.province in {"", case.province or UNKNOWN}
        and (not narrow.scheme or narrow.scheme in case.schemes)
        and {
            "": True,
            "now": days is not None and days <= 0,
            "overdue": days is not None and days < 0,
            "today": days == 0,
            "week": days is not None and 0 <= days < 7,
            "none": days is None,
        }[narrow.due]
        and (not narrow.size or (narrow.size == UNKNOWN) == (case.household_size is None))
        and (narrow.size in {"", UNKNOWN} or low <= case.household_size <= high)
    )


def in_order(case: Case):
    return (Band.values.index(case.band), case.next_due or date.max, -case.priority, case.code)


def walked(found, most: int) -> list[str]:
    codes, after = [], None
    while True:
        page = page_of(found, after=after, most=most)
        codes += [case.code for case in page.cases]
        if page.later is None:
            return codes
        after = Place.read(str(page.later))
        assert after == page.later, "a place goes through an address and comes back"


@by_hand
@given(COVERS, st.sampled_from([Narrow(), Narrow(state=ANY)]) | NARROWS, st.integers(1, 4))
def test_the_pages_are_the_list(cast, told, narrow, most):
    Case.objects.all().delete()
    cases = [made(cast, each) for each in told]
    Case.objects.bulk_create(cases)
    found = sources(narrow, cast.alice, on=TODAY)
    expected = [each.code for each in sorted(cases, key=in_order) if fits(each, narrow, cast)]
    assert walked(found, most) == expected
    assert counted(found, most=100) == len(expected)
    assert counted(found, most=2) == min(len(expected), 3)


@by_hand
@given(COVERS, st.integers(1, 4))
def test_back_through_the_pages_is_the_same_way(cast, told, most):
    Case.objects.all().delete()
    Case.objects.bulk_create(made(cast, each) for each in told)
    found = sources(Narrow(), cast.alice, on=TODAY)
    forwards, page = [], page_of(found, most=most)
    while page.later is not None:
        forwards.append([case.code for case in page.cases])
        page = page_of(found, after=page.later, most=most)
    backwards = []
    while page.earlier is not None:
        page = page_of(found, before=page.earlier, most=most)
        backwards.append([case.code for case in page.cases])
    assert [code for page in reversed(backwards) for code in page] == [
        code for page in forwards for code in page
    ]


@by_hand
@given(COVERS, st.integers(1, 4), st.data())
def test_a_case_that_changes_between_pages_neither_hides_nor_doubles_another(
    cast, told, most, data
):
    Case.objects.all().delete()
    cases = [made(cast, each) for each in told]
    Case.objects.bulk_create(cases)
    found = sources(Narrow(state=ANY, office="ours"), cast.alice, on=TODAY)
    ours = [each for each in cases if each.office_id == cast.home.code]
    moved = data.draw(st.sampled_from(ours)) if ours else None
    codes, after = [], None
    while True:
        page = page_of(found, after=after, most=most)
        codes += [case.code for case in page.cases]
        if moved is not None:
            band = data.draw(st.sampled_from(Band.values))
            Case.objects.filter(code=moved.code).update(band=band)
        if page.later is None:
            break
        after = page.later
    still = [each.code for each in sorted(ours, key=in_order) if moved and each.code != moved.code]
    assert [code for code in codes if moved and code != moved.code] == still


@given(st.text())
@example("9_2021-08-15_nan_K")
@example("4_2021-13-15_0.0_K")
@example("4_2021-08-15_1e999_K")
def test_a_place_is_one_or_none(told):
    place = Place.read(told)
    assert place is None or Place.read(str(place)) == place


@given(
    st.integers(0, 5),
    st.dates(),
    st.floats(-1e12, 0),
    st.text("0123456789ABC", min_size=1, max_size=12),
)
def test_every_place_comes_back_from_an_address(urgency, due_by, behind, code):
    place = Place(urgency, due_by, behind, code)
    assert Place.read(str(place)) == place


def test_the_database_sorts_as_the_place_does(cast):
    some = [
        cover(cast.alice, priority=points, days=days, band=band)
        for points in (0.0, 3.0)
        for days in (None, 1)
        for band in ("urgent", "not assessed")
    ]
    Case.objects.bulk_create(some)
    rows = list(Case.objects.order_by(*IN_ORDER))
    assert [Place.of(case) for case in rows] == sorted(Place.of(case) for case in rows)
    assert [case.code for case in rows] == [case.code for case in sorted(some, key=in_order)]
    assert replace(Place.of(rows[0]), code="x") != Place.of(rows[0])
