"""Cases as plain data are read whole, or refused with the line, the key and the mend."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from safeconduct.core.dates.uncertain import Precision, UncertainDate
from safeconduct.core.errors import (
    BadCaseValue,
    BadFacts,
    FactNotTold,
    FactToldElsewhere,
    MissingCaseKey,
    NotACase,
    RepeatedCase,
    UnknownCaseKey,
    UnknownFactTold,
    UnknownValueTold,
)
from safeconduct.core.facts import Household, Relation, Sex
from safeconduct.core.rulebook.cases import household_from
from safeconduct.core.rulebook.known import DERIVED_FACTS
from safeconduct.core.rulebook.rules import FactKind

ON = date(2021, 8, 20)
KINDS = {
    **DERIVED_FACTS,
    "occupation": FactKind(
        name="occupation",
        of="person",
        values=("driver", "guard", "none"),
        label="",
        question="",
        many=True,
        nobody="none",
    ),
    "employment": FactKind(
        name="employment", of="person", values=("direct", "contractor"), label="", question=""
    ),
    "threat": FactKind(
        name="threat", of="household", values=("explicit", "none"), label="", question=""
    ),
}


def read(data: object) -> Household:
    return household_from(data, line=7, kinds=KINDS, on=ON)


def test_it_reads_a_whole_case() -> None:
    household = read(
        {
            "case_id": "C-1",
            "size": 4,
            "province": "AF01",
            "people": [
                {
                    "person_id": "P",
                    "relation": "principal",
                    "sex": "M",
                    "birth_date": "1987-03-04",
                    "facts": {"occupation": ["driver", "guard"]},
                },
                {"sex": "F", "age": 31, "facts": {"occupation": "driver|guard"}},
            ],
            "facts": {"threat": "explicit"},
        }
    )
    first, second = household.people
    assert (household.household_id, household.size, household.province) == ("C-1", 4, "AF01")
    assert (first.person_id, second.person_id) == ("P", "C-1/2")
    assert (first.relation, first.sex) == (Relation.PRINCIPAL, Sex.MALE)
    assert first.birth == UncertainDate.of_day(date(1987, 3, 4))
    assert second.birth == UncertainDate.of_age(31, on=ON)
    assert first.facts == second.facts == {"occupation": "driver|guard"}
    assert household.facts == {"threat": "explicit"}


@pytest.mark.parametrize(
    ("written", "precision", "born"),
    [
        ("1987", None, UncertainDate.of_year(1987)),
        ("1987-03", None, UncertainDate.of_month(1987, 3)),
        ("1987-03-04", "month", UncertainDate.of_month(1987, 3)),
        ("1987-01-01", "year", UncertainDate.of_year(1987)),
        ("1987", "day", UncertainDate.of_year(1987)),
    ],
)
def test_a_birth_is_known_as_exactly_as_it_was_told(
    written: str, precision: str | None, born: UncertainDate
) -> None:
    person = {"birth_date": written, "birth_date_precision": precision}
    assert read({"case_id": "C", "people": [person]}).people[0].birth == born


def test_what_is_absent_empty_or_null_is_unknown() -> None:
    person = {"sex": None, "birth_date": "", "age": None, "facts": {"occupation": None}}
    household = read({"case_id": "C", "people": [person], "size": None, "facts": None})
    assert household.people[0].sex is household.people[0].birth is household.told_size is None
    assert household.people[0].facts == household.facts == {}


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        ([], NotACase, "not a JSON object"),
        ({}, MissingCaseKey, "'case_id'"),
        ({"case_id": "C", "peopel": []}, UnknownCaseKey, "Did you mean 'people'?"),
        ({"case_id": 7}, BadCaseValue, "quotation marks"),
        ({"case_id": "C", "people": {}}, None, ""),
        ({"case_id": "C", "people": {"a": 1}}, BadCaseValue, "not a list"),
        ({"case_id": "C", "people": ["a"]}, BadCaseValue, "person 1"),
        ({"case_id": "C", "size": True}, BadCaseValue, "whole number"),
        ({"case_id": "C", "size": -1}, BadCaseValue, "whole number"),
        ({"case_id": "C", "size": 10**9}, BadCaseValue, "whole number"),
        ({"case_id": "C", "people": [{"sex": "female"}]}, BadCaseValue, "It may be F, M, X."),
        ({"case_id": "C", "people": [{"relation": "wife"}]}, BadCaseValue, "It may be"),
        ({"case_id": "C", "people": [{"age": 3.5}]}, BadCaseValue, "whole number"),
        ({"case_id": "C", "people": [{"age": 3, "birth_date": "2018"}]}, BadCaseValue, "disagree"),
        ({"case_id": "C", "people": [{"birth_date": "1399"}]}, BadCaseValue, "Gregorian"),
        ({"case_id": "C", "people": [{"birth_date": "2022"}]}, BadCaseValue, "nobody alive"),
        ({"case_id": "C", "people": [{"birth_date": "1990-13-01"}]}, BadCaseValue, "not a date"),
        ({"case_id": "C", "people": [{"birth_date": "²⁰²⁰"}]}, BadCaseValue, "not a date"),
        ({"case_id": "C", "facts": {"thread": "explicit"}}, UnknownFactTold, "mean 'threat'?"),
        ({"case_id": "C", "facts": {"threat": "explict"}}, UnknownValueTold, "mean 'explicit'?"),
        ({"case_id": "C", "facts": {"threat": True}}, BadCaseValue, "not a text"),
        ({"case_id": "C", "facts": ["threat"]}, BadCaseValue, "facts"),
        ({"case_id": "C", "people": [{"facts": {"threat": "none"}}]}, FactToldElsewhere, "beside"),
        ({"case_id": "C", "people": [{"facts": {"age_group": "child"}}]}, FactNotTold, "'age'"),
        (
            {"case_id": "C", "people": [{"facts": {"employment": "direct|contractor"}}]},
            BadCaseValue,
            "contradict",
        ),
        (
            {"case_id": "C", "people": [{"facts": {"occupation": ["driver", "none"]}}]},
            BadCaseValue,
            "contradict",
        ),
        ({"case_id": "C", "people": [{"person_id": "a"}] * 2}, RepeatedCase, "person_id"),
        ({"case_id": "C", "people": [{"relation": "principal"}] * 2}, BadCaseValue, "principal"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_line_and_mend(
    data: object, error: type[BadFacts] | None, says: str
) -> None:
    if error is None:
        assert read(data).people == ()
        return
    with pytest.raises(error) as refusal:
        read(data)
    assert str(refusal.value).startswith("Line 7")
    assert says in str(refusal.value)


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["case_id", "people", "size", "facts", "age", "birth_date", "sex", "threat", "x"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused_and_nothing_else_happens(data: object) -> None:
    try:
        household = read(data)
    except BadFacts as refusal:
        said = str(refusal)
    else:
        said = f"Line 7 is {household.household_id}"
    assert said.startswith("Line 7")


def test_it_takes_1_january_for_the_year_unless_the_day_is_said_to_be_known():
    def birth_of(**told):
        person = {"person_id": "1", "birth_date": "2003-01-01", **told}
        data = {"case_id": "C", "people": [person]}
        return household_from(data, line=1, kinds=KINDS, on=ON).people[0].birth

    assert birth_of().precision is Precision.YEAR
    assert birth_of(birth_date_precision="day").precision is Precision.DAY
