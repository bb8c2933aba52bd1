"""The people of a pair stand as a reader goes through a file, the same each time, whatever their drawn codes are."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.matching.doubles import CHILD, MAN, TOLD_AGAIN, WOMAN, case_of

from safeconduct.cases.entries import Person
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.matching.actions import judge
from safeconduct.matching.comparing import strongest_first

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GUEST = Person(given_name="Mirwaisfictional", family_name="Stanekzaifictional")


def heads(page: str) -> list[str]:
    return re.findall(r'<div class="heads"><h3>(.*?)</h3>', page)


def test_the_principal_first_then_as_told_then_those_of_one_case_alone(cast: Cast):
    one = case_of(cast.alice, GUEST, CHILD, MAN, WOMAN)
    two = case_of(cast.alice, CHILD, *TOLD_AGAIN[:2])
    page = at_the_desk(cast.alice).get(f"/doubles/pair/{one.code}/{two.code}/")
    told = [re.sub("<.*?>", "", head).split(" ")[0] for head in heads(page.content.decode())]
    # On the left stands the smaller code: either file leads.
    if one.code < two.code:
        assert told == ["Zarmina", "Little", "Esmatfictional", "Mirwaisfictional"]
    else:
        assert told == ["Zarmeena", "Little", "Esmatfictional", "nobody"]


def test_of_two_who_are_as_likely_the_first_told_meets_the_first_told():
    def pair(one: str, two: str) -> SimpleNamespace:
        return SimpleNamespace(
            person_a=one, person_b=two, apart=(), decision="same", match_weight=9.0
        )

    # Twins of whom nothing else is told; the codes are drawn, and sort the other way round.
    told = ("Z", "Y", "M", "K")
    pairs = [pair("K", "Y"), pair("Y", "M"), pair("K", "Z"), pair("M", "Z")]
    found = [{each.person_a, each.person_b} for each in strongest_first(pairs, told)]
    assert found == [{"Z", "M"}, {"Z", "K"}, {"Y", "M"}, {"Y", "K"}]


def test_names_in_headings_stand_apart_from_the_words_around_them(cast: Cast):
    """A name from right to left turns no English heading around (HTML bdi)."""
    name = "زرمینه"
    one = case_of(cast.alice, replace(WOMAN, given_name=name, family_name=None))
    two = case_of(cast.alice, replace(TOLD_AGAIN[0], given_name=name, family_name=None))
    alice = at_the_desk(cast.alice)
    page = alice.get(f"/doubles/pair/{one.code}/{two.code}/").content.decode()
    assert f"Why <bdi>{name}</bdi> may be <bdi>{name}</bdi></h2>" in page
    assert heads(page) == [f"<bdi>{name}</bdi>"]
    judge(cast.alice, (one.code, two.code), Verdict.SAME, at=AT)
    page = alice.get(f"/doubles/family/{one.code}/").content.decode()
    assert f"<h3><bdi>{name}</bdi></h3>" in page
    assert f"<dt>Name</dt><dd><bdi>{name}</bdi>" in page
