"""A scheme that has closed takes nobody, also where only the month of its closing was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Household, Person, Relation
from safeconduct.core.rulebook.assess import assess

HEAD = Person(
    person_id="H-1",
    relation=Relation.PRINCIPAL,
    facts={"occupation": "interpreter", "employer": "uk_forces", "employment": "direct"},
)
HOME = Household(household_id="H", people=(HEAD,), province="AF01")


def told(operation, scheme, on):
    schemes = [scheme if each.code == scheme.code else each for each in operation.schemes]
    said = assess(HOME, operation.rulebook, on=on, schemes=schemes)
    (found,) = [each for each in said.schemes if each.scheme == scheme.code]
    return found


def test_it_says_no_once_the_published_month_of_closing_is_over(operation):
    june = (date(2021, 6, 1), date(2021, 6, 30))
    scheme = replace(
        operation.scheme("ARAP-2"), closed=None, closed_text="2021-06", closed_span=june
    )
    assert told(operation, scheme, date(2021, 6, 15)).outcome is Answer.YES
    after = told(operation, scheme, date(2021, 7, 1))
    assert after.outcome is Answer.NO
    assert "30 June 2021" in after.reasons[0].sentence


def test_it_names_the_latest_day_on_which_a_rule_of_the_scheme_held(operation):
    first = next(rule for rule in operation.rulebook.rules if rule.scheme == "ARAP-2")
    ended = [
        replace(first, until=date(2021, 6, 30)),
        replace(first, rule_id="b", until=date(2021, 4, 30)),
    ]
    rules = [rule for rule in operation.rulebook.rules if rule.scheme != "ARAP-2"]
    book = replace(operation.rulebook, rules=(*rules, *ended))
    said = assess(HOME, book, on=date(2021, 8, 20))
    (found,) = [each for each in said.schemes if each.scheme == "ARAP-2"]
    assert "30 June 2021" in found.reasons[0].sentence
