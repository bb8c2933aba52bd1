"""Many cases opened at once are the same as many opened one by one."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast

from safeconduct.cases.actions import NewCase, new_entry_code, open_cases
from safeconduct.cases.entries import Facts, Note, Person, Said
from safeconduct.cases.household import card_of, household_of
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.errors import CoverNotCodes, NoRight
from safeconduct.journal.models import Line
from safeconduct.journal.verifying import verify

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def family(number: int) -> NewCase:
    one = new_entry_code()
    return NewCase(
        told=[
            (one, Person(given_name=f"Zahra {number}")),
            ("", Said(words=("work: teacher",), person=one)),
            ("", Facts(facts={"threat": "explicit"})),
            ("", Note(words="A colleague's own words.")),
        ],
        told_size=4,
        province="AF01",
        band="urgent",
        priority=7.5,
    )


def test_each_opens_whole_with_a_line_of_its_own(cast: Cast):
    before = Line.objects.count()
    codes = open_cases(cast.alice, [family(each) for each in range(7)], at=AT)
    assert len(set(codes)) == 7
    assert Line.objects.count() == before + 7
    for number, code in enumerate(codes):
        opened = case_for(cast.alice, code, Purpose.CASEWORK, at=AT)
        assert opened.persons[0].says.given_name == f"Zahra {number}"
        assert opened.cover.household_size == 4
        assert opened.cover.urgency == 1
    assert verify().head.number == Line.objects.count()


def test_a_household_has_the_words_and_answers_but_not_our_notes(cast: Cast):
    (code,) = open_cases(cast.alice, [family(1)], at=AT)
    opened = case_for(cast.alice, code, Purpose.CASEWORK, at=AT)
    household = household_of(opened)
    assert household.people[0].words == ("work: teacher",)
    assert household.facts == {"threat": "explicit"}
    assert household.words == ()
    assert card_of(opened).people[0].words == ()


def test_one_that_is_refused_opens_none(cast: Cast):
    wrong = NewCase(told=[("", Person())], province="Kabul, near the river")
    with pytest.raises(CoverNotCodes):
        open_cases(cast.alice, [family(1), wrong], at=AT)
    assert not Case.objects.exists()
    with pytest.raises(NoRight):
        open_cases(cast.dana, [family(1)], at=AT)
