"""One plea held against a list that is known: the pairs and decisions are those of the whole list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import RepeatedPerson
from safeconduct.core.facts import Sex
from safeconduct.core.linkage import KnownPeople, Linkage, LinkRecord, find_pairs

GIVEN = ["Naeem", "Torpekai", "Mirwais", "Palwasha", "Najib", "Karima", "Hassan", "Hussain"]
AGAIN = ["نعیم", "تورپیکۍ", "میرویس", "پلوشه", "نجیب", "کریمه", "حسن", "حسین"]
FAMILY = ["Barech", "Zakhilwal", "Bashardost", "Hakmal", "Tokhi"]


def told(at: int, *, name: str | None = None) -> LinkRecord:
    """Somebody of a list, each in a household of their own."""
    return LinkRecord(
        person_id=f"known{at}",
        household_id=f"home{at}",
        given_name=name or GIVEN[at % 8],
        family_name=FAMILY[at % 5],
        father_name=("Karim", "Sorosh", "Rahim")[at % 3],
        sex=(Sex.MALE, Sex.FEMALE)[at % 2],
        birth=UncertainDate.of_day(date(1960 + at % 40, 1 + at % 12, 2 + at % 20)),
        phones=(f"070{1_000_000 + at}",),
        passport=f"P{1_000_000 + 37 * at}" if at % 4 == 0 else None,
        province=f"AF{1 + at % 30:02}",
    )


LIST = [told(at) for at in range(60)]
KNOWN = KnownPeople(LIST)


def again(at: int, **changed: object) -> LinkRecord:
    """The same person in a new plea, in their own script."""
    one = told(at, name=AGAIN[at % 8])
    changed = {"passport": None, **changed}
    return replace(one, person_id=f"new{at}", household_id=f"new home{at}", **changed)


Found = dict[tuple[str, str], tuple[str, tuple[str, ...]]]


def found(linkage: Linkage) -> Found:
    """Decision and reasons of each pair of somebody new with somebody known."""
    return {
        (pair.person_a, pair.person_b): (pair.decision, pair.plain_reasons)
        for pair in linkage.pairs
        if pair.person_a.startswith("known") and pair.person_b.startswith("new")
    }


@st.composite
def newcomers(draw: st.DrawFn) -> list[LinkRecord]:
    """New pleas of people who are known, each with something left out, and of strangers."""
    changes: list[dict[str, object]] = [
        {},
        {"birth": None},
        {"phones": ()},
        {"phones": (), "birth": None},
        {"father_name": None, "birth": UncertainDate.of_year(1985)},
        {"given_name": "Zarghuna", "family_name": None},
        {"given_name": "Sorosh", "sex": None},
    ]
    which = draw(st.lists(st.integers(0, 59), unique=True, min_size=1, max_size=4))
    return [again(at, **draw(st.sampled_from(changes))) for at in which]


@settings(max_examples=5)
@given(newcomers())
def test_a_newcomer_meets_whom_they_would_meet_in_the_whole_list(new: list[LinkRecord]) -> None:
    whole = find_pairs([*LIST, *new])
    here = KNOWN.against(new)
    assert found(here) == found(whole)
    assert len(found(here)) == len(here.pairs)


def test_somebody_known_is_found_again_by_each_thing_they_may_tell() -> None:
    new = [
        again(0, phones=(), birth=None, passport=told(0).passport, given_name="Karim"),
        again(9, birth=None),
        again(18, phones=(), province=None),
    ]
    met = {(one, two) for one, two in found(KNOWN.against(new)) if one[5:] == two[3:]}
    assert met == {("known0", "new0"), ("known9", "new9"), ("known18", "new18")}
    assert found(KNOWN.against([again(9)]))["known9", "new9"][0] == "same"


def test_a_stranger_meets_nobody() -> None:
    stranger = LinkRecord(person_id="new", given_name="Zarghuna", family_name="Popalzai")
    assert KNOWN.against([stranger]).pairs == ()


def test_two_newcomers_are_not_held_against_each_other() -> None:
    new = [again(9), replace(again(9), person_id="new too", household_id="new home too")]
    here = KNOWN.against(new)
    assert all(pair.person_a in {told(at).person_id for at in range(60)} for pair in here.pairs)
    assert {pair.person_b for pair in here.pairs} == {"new9", "new too"}


@pytest.mark.parametrize("known", [[], [told(9)]])
def test_of_nobody_there_are_no_pairs(known: list[LinkRecord]) -> None:
    assert KnownPeople(known).against([]).pairs == ()
    assert len(KnownPeople(known)) == len(known)
    assert KnownPeople([]).against([again(9)]).pairs == ()


def test_one_id_for_two_people_is_refused() -> None:
    with pytest.raises(RepeatedPerson, match="known1"):
        KnownPeople([told(1), told(1)])
    with pytest.raises(RepeatedPerson, match="new9"):
        KNOWN.against([again(9), again(9)])
    with pytest.raises(RepeatedPerson, match="known9"):
        KNOWN.against([replace(again(9), person_id="known9")])


# --- families ------------------------------------------------------------------


def family(prefix: str, household: str) -> list[LinkRecord]:
    """A mother who has a passport, and two children of whom little was told."""
    mother = LinkRecord(
        person_id=f"{prefix}0", household_id=household, given_name="Torpekai", family_name="Zakhilwal",
        father_name="Sorosh", passport="P7654321", province="AF01",
    )  # fmt: skip
    children = (
        LinkRecord(
            person_id=f"{prefix}{at}", household_id=household, given_name=name, father_name="Bashar"
        )
        for at, name in ((1, "Mirwais"), (2, "Palwasha"))
    )
    return [mother, *children]


def test_a_newcomers_family_speaks_for_each_of_them_as_in_the_whole_list() -> None:
    known, new = [*LIST, *family("known-f", "f")], family("new-f", "new f")
    here = found(KnownPeople(known).against(new))
    assert here == found(find_pairs([*known, *new]))
    same = {pair for pair, (decision, _) in here.items() if decision == "same"}
    assert same == {(f"known-f{at}", f"new-f{at}") for at in range(3)}


def test_somebody_new_of_a_known_household_is_not_taken_for_the_others_of_it() -> None:
    """The mother's passport is copied into a newborn's row of her own household: that is for a person to see."""
    mother, child, _ = family("known-f", "f")
    twin = replace(child, person_id="new twin", given_name="Mirwali")
    copied = replace(mother, person_id="new copied", given_name="Zarghuna")
    here = found(KnownPeople([mother, child]).against([twin, copied]))
    assert here.keys() == {("known-f0", "new copied")}
    decision, reasons = here["known-f0", "new copied"]
    assert decision == "review"
    assert "both stand in the same household" in reasons


def test_a_key_that_very_many_share_finds_nobody_new() -> None:
    def crowd(people: int) -> list[LinkRecord]:
        return [
            LinkRecord(person_id=f"known{at}", given_name="Mohammad Karim") for at in range(people)
        ]

    new = LinkRecord(person_id="new", given_name="محمد کریم")
    assert KnownPeople(crowd(39)).against([new]).candidates_seen == 39
    assert KnownPeople(crowd(40)).against([new]).candidates_seen == 0


def test_a_child_whose_name_was_mistyped_is_found_through_its_known_family() -> None:
    """No key of its own finds it: the mother's brings the whole household along."""
    known, new = family("known-f", "f"), family("new-f", "new f")
    known[2] = replace(known[2], father_name=None)
    new[2] = replace(new[2], father_name=None, given_name="Palwsaha")
    here = found(KnownPeople(known).against(new))
    assert here == found(find_pairs([*known, *new]))
    assert here["known-f2", "new-f2"][0] == "review"


def test_of_two_who_are_both_known_nothing_is_told() -> None:
    """Somebody new of a known household brings two known households together, which are not asked about."""
    known = [*family("known-f", "f")[:2], *family("known-g", "g")]
    new = replace(family("new", "f")[2], passport="P7654321", phones=("0701234567",))
    here = KnownPeople(known).against([new])
    assert here.pairs
    assert len(found(here)) == len(here.pairs)
