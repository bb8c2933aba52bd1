"""How conditions are answered, what is nearest to change, and how the sentences come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from safeconduct.core.answers import Answer
from safeconduct.core.dates.uncertain import UncertainDate
from safeconduct.core.facts import Household, Person, Relation, Sex, Source
from safeconduct.core.operation import Scheme
from safeconduct.core.rulebook import Assessment, Band, Rulebook, assess, assess_all
from safeconduct.core.rulebook.known import DERIVED_FACTS, known_of
from safeconduct.core.rulebook.rules import Condition, ExtraPoints, FactKind, Points, Rule

ON = date(2021, 8, 20)
SOURCE = Source(url="https://example.org/policy", as_of="2021-04-01")


def kind(name: str, *values: str, of: str = "person", **more: object) -> FactKind:
    nobody = next((value for value in values if value in {"no", "none"}), None)
    question = f"What of {name}?"
    return FactKind(
        name=name, of=of, values=values, label=name, question=question, nobody=nobody, **more
    )


KINDS: Mapping[str, FactKind] = {
    **{
        each.name: each
        for each in (
            kind("work", "driver", "judge", "none", many=True, from_age=14, words={"judge": "a judge"}),
            kind("contract", "direct", "contractor", from_age=14),
            kind("dismissed", "no", "serious"),
            kind("ill", "yes", "no"),
            kind("pregnant", "yes", "no", of_sex=Sex.FEMALE, to_age=55),
            kind("threat", "explicit", "none", of="household"),
            kind("country", "here", "there", of="household", of_province="here"),
        )
    },
    **DERIVED_FACTS,
}  # fmt: skip


def fact(name: str, *values: str) -> Condition:
    return Condition(fact=name, values=values)


def all_of(*parts: Condition) -> Condition:
    return Condition(all_of=parts)


def anyone(*parts: Condition) -> Condition:
    return Condition(anyone=parts[0] if len(parts) == 1 else all_of(*parts))


def rule(when: Condition, **more: object) -> Rule:
    words = {
        "rule_id": "r",
        "title": "whether it holds",
        "reason": "It holds.",
        "reason_not": "It does not hold.",
        "reason_unless": "It is excluded.",
        "source": SOURCE,
    }
    return Rule(**{**words, "when": when, **more})


POINTS = Points(
    by_band=dict(zip(Band, (27.0, 9.0, 3.0, 1.0, 1.0), strict=True)),
    extra=(
        ExtraPoints(title="ill", when=fact("ill", "yes"), points=2, source=SOURCE),
        ExtraPoints(title="alone", when=fact("woman_alone", "yes"), points=5, source=SOURCE),
    ),
)


def book(*rules: Rule) -> Rulebook:
    return Rulebook(version="v", facts=KINDS, rules=rules, points=POINTS)


def person(code: str = "a", **told: object) -> Person:
    age = told.pop("age", None)
    born = UncertainDate.of_age(age, on=ON) if isinstance(age, int) else None
    return Person(person_id=code, birth=born, **told)


def household(*people: Person, **told: object) -> Household:
    return Household(household_id="h", people=people, **told)


def outcome(when: Condition, home: Household, **more: object) -> Answer:
    found = assess(home, book(rule(when, scheme="S", **more)), on=ON)
    return found.schemes[0].outcome


# --- conditions -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "answer"),
    [({}, Answer.UNKNOWN), ({"ill": "yes"}, Answer.YES), ({"ill": "no"}, Answer.NO)],
)
def test_a_fact_is_yes_no_or_unknown(facts: dict[str, str], answer: Answer) -> None:
    assert outcome(anyone(fact("ill", "yes")), household(person(facts=facts))) is answer


def test_a_value_outside_the_vocabulary_is_unknown_and_not_no() -> None:
    odd = household(person(facts={"ill": "perhaps"}))
    assert outcome(anyone(fact("ill", "yes")), odd) is Answer.UNKNOWN


def test_one_of_several_values_is_enough() -> None:
    both = household(person(facts={"work": "driver|judge"}))
    assert outcome(anyone(fact("work", "judge")), both) is Answer.YES


def test_all_must_hold_of_one_and_the_same_person() -> None:
    when = anyone(fact("work", "driver"), fact("contract", "direct"))
    two = household(
        person("a", facts={"work": "driver", "contract": "contractor"}),
        person("b", facts={"work": "none", "contract": "direct"}),
    )
    assert outcome(when, two) is Answer.NO


def test_none_of_is_the_opposite_of_any_of() -> None:
    when = Condition(none_of=(fact("threat", "explicit"),))
    assert outcome(when, household(facts={"threat": "none"})) is Answer.YES
    assert outcome(when, household(facts={"threat": "explicit"})) is Answer.NO
    assert outcome(when, household()) is Answer.UNKNOWN


def test_an_exclusion_counts_only_when_told() -> None:
    when = anyone(fact("work", "driver"), Condition(unless=fact("dismissed", "serious")))
    driver = {"work": "driver"}
    untold = assess(household(person(facts=driver)), book(rule(when, scheme="S")), on=ON)
    assert untold.schemes[0].outcome is Answer.YES
    assert [ask.fact for ask in untold.schemes[0].settles] == ["dismissed"]
    assert "dismissed" in [ask.fact for ask in untold.missing]
    told = assess(
        household(person(facts={**driver, "dismissed": "serious"})),
        book(rule(when, scheme="S")),
        on=ON,
    )
    assert told.schemes[0].outcome is Answer.NO
    assert str(told.schemes[0].reasons[0]) == "It is excluded."
    assert [ask.fact for ask in told.schemes[0].settles] == ["dismissed"]


def test_people_counted_and_not_named_may_be_anybody() -> None:
    healthy = person(facts={"ill": "no"})
    assert outcome(anyone(fact("ill", "yes")), household(healthy)) is Answer.NO
    assert outcome(anyone(fact("ill", "yes")), household(healthy, told_size=2)) is Answer.UNKNOWN


def test_what_is_told_of_somebody_holds_of_somebody_and_settles_nothing_else() -> None:
    healthy = person(facts={"ill": "no", "work": "none"})
    home = household(healthy, facts={"ill": "yes"})
    assert outcome(anyone(fact("ill", "yes")), home) is Answer.YES
    assert outcome(anyone(fact("work", "judge")), home) is Answer.NO


def test_no_told_of_the_household_holds_of_everybody() -> None:
    home = household(person(), person("b"), told_size=5, facts={"ill": "no"})
    assert outcome(anyone(fact("ill", "yes")), home) is Answer.NO


# --- what the records tell ------------------------------------------------------------


def known(home: Household, name: str) -> frozenset[str] | None:
    found = known_of(home, KINDS, ON)
    return found.household.get(name, found.members[0].get(name))


def test_an_uncertain_birth_leaves_the_group_uncertain() -> None:
    def group(born: UncertainDate) -> frozenset[str] | None:
        return known(household(Person(person_id="a", birth=born)), "age_group")

    assert group(UncertainDate.of_year(2019)) == {"infant", "child"}
    assert group(UncertainDate.of_year(2003)) == {"child", "adult"}
    assert group(UncertainDate.of_day(date(2003, 8, 20))) == {"adult"}
    assert group(UncertainDate.of_day(date(2003, 8, 21))) == {"child"}
    assert group(UncertainDate.of_year(1950)) == {"older"}


def test_an_infant_or_a_child_is_surely_under_age() -> None:
    either = household(Person(person_id="a", birth=UncertainDate.of_year(2019)))
    assert outcome(anyone(fact("age_group", "infant", "child")), either) is Answer.YES
    assert outcome(anyone(fact("age_group", "infant")), either) is Answer.UNKNOWN


def test_work_is_not_asked_of_a_child_but_a_childs_work_that_was_told_counts() -> None:
    assert outcome(anyone(fact("work", "driver")), household(person(age=5))) is Answer.NO
    assert outcome(anyone(fact("work", "driver")), household(person(age=14))) is Answer.UNKNOWN
    told = household(person(age=13, facts={"work": "driver"}))
    assert outcome(anyone(fact("work", "driver")), told) is Answer.YES


def test_pregnancy_is_asked_only_of_those_who_may_be() -> None:
    pregnant = anyone(fact("pregnant", "yes"))
    assert outcome(pregnant, household(person(sex=Sex.MALE))) is Answer.NO
    assert outcome(pregnant, household(person(sex=Sex.FEMALE, age=70))) is Answer.NO
    assert outcome(pregnant, household(person(sex=Sex.FEMALE))) is Answer.UNKNOWN
    assert outcome(pregnant, household(person())) is Answer.UNKNOWN


def test_who_lives_together_is_known_as_far_as_ages_and_sexes_are() -> None:
    mother = person("m", sex=Sex.FEMALE, age=30)
    boy = person("b", sex=Sex.MALE, age=8)
    youth = Person(person_id="y", sex=Sex.MALE, birth=UncertainDate.of_year(2003))
    assert known(household(mother, boy), "woman_alone") == {"yes"}
    assert known(household(mother, boy), "adult_man") == {"no"}
    assert known(household(mother, youth), "woman_alone") is None
    assert known(household(mother, boy, told_size=3), "adult_man") is None
    assert known(household(boy, told_size=1), "unaccompanied_child") == {"yes"}
    assert known(household(boy, told_size=2), "unaccompanied_child") is None
    assert known(household(), "unaccompanied_child") is None


def test_a_lone_name_without_a_number_says_nothing_of_who_else_there_is() -> None:
    mother = person("m", sex=Sex.FEMALE, age=30)
    boy = person("b", sex=Sex.MALE, age=8)
    father = person("f", sex=Sex.MALE, age=35)
    assert known(household(mother), "woman_alone") is None
    assert known(household(boy), "unaccompanied_child") is None
    assert known(household(mother, told_size=1), "woman_alone") == {"yes"}
    assert known(household(father), "adult_man") == {"yes"}


def test_words_may_say_who_lives_together_and_nobody_loses_by_being_listed() -> None:
    told = {"woman_alone": "yes"}
    man = person("x", sex=Sex.MALE, age=30)
    assert known(household(facts=told), "woman_alone") == {"yes"}
    assert known(household(man, facts=told), "woman_alone") == {"yes"}


def test_a_known_province_tells_where_the_household_is_unless_it_said_otherwise() -> None:
    assert known(household(province="AF01"), "country") == {"here"}
    assert known(household(province="AF01", facts={"country": "there"}), "country") == {"there"}
    assert known(household(), "country") is None


# --- bands and priority -----------------------------------------------------------------

URGENT = rule(fact("threat", "explicit"), rule_id="u", band=Band.URGENT, reason="Threatened.")
ROUTINE = rule(
    all_of(fact("threat", "explicit", "none"), fact("country", "here", "there")),
    rule_id="n",
    band=Band.ROUTINE,
    reason="Nothing raises it.",
)


def banded(home: Household, *rules: Rule) -> Assessment:
    return assess(home, book(*(rules or (URGENT, ROUTINE))), on=ON)


def test_the_most_urgent_rule_that_holds_gives_the_band() -> None:
    found = banded(household(facts={"threat": "explicit", "country": "here"}))
    assert (found.band, [str(r) for r in found.reasons]) == (Band.URGENT, ["Threatened."])


def test_without_any_rule_that_holds_it_is_not_assessed_and_asks() -> None:
    found = banded(household(facts={"threat": "none"}))
    assert found.band is Band.NOT_ASSESSED
    assert [ask.fact for ask in found.missing] == ["country"]
    assert found.missing[0].settles == ("routine",)
    assert "What of country?" in str(found.reasons[0])


def test_routine_is_earned_by_answers() -> None:
    found = banded(household(facts={"threat": "none", "country": "here"}))
    assert (found.band, found.missing) == (Band.ROUTINE, ())


def test_what_would_raise_a_band_is_asked_first() -> None:
    emergency = rule(anyone(fact("ill", "yes")), rule_id="e", band=Band.EMERGENCY)
    found = banded(household(person()), URGENT, ROUTINE, emergency)
    assert [ask.fact for ask in found.missing] == ["ill", "threat", "country"]


def test_priority_is_the_sum_over_the_members_infants_and_unnamed_too() -> None:
    facts = {"threat": "explicit"}
    three = household(
        person("a", facts={"ill": "yes"}), person("b", age=0), told_size=3, facts=facts
    )
    assert banded(three).priority == 9 * 3 + 2
    assert banded(household(facts=facts)).priority == 9


def test_an_illness_told_of_somebody_is_counted_once() -> None:
    ill = person("a", facts={"ill": "yes"})
    assert banded(household(ill, person("b"), facts={"ill": "yes"})).priority == 2 * 1 + 2
    assert banded(household(person("a"), person("b"), facts={"ill": "yes"})).priority == 2 * 1 + 2


def test_points_for_the_household_are_counted_once() -> None:
    women = [person(code, sex=Sex.FEMALE, age=30) for code in "abc"]
    assert banded(household(*women)).priority == 3 * 1 + 5


# --- schemes ------------------------------------------------------------------------


def scheme(code: str, opened: date | None, closed: date | None) -> Scheme:
    return Scheme(
        code=code,
        name=f"The scheme {code}",
        parent=None,
        opened=opened,
        closed=closed,
        opened_text="",
        closed_text="",
        quota_people=None,
        quota_first_year=None,
        lead="",
        application="",
        note="",
        precedent=False,
        source=SOURCE,
    )


THREAT = rule(fact("threat", "explicit"), scheme="S")


def test_a_scheme_not_yet_open_is_answered_by_the_facts_and_tells_its_day() -> None:
    later = [scheme("S", date(2022, 1, 6), None)]
    home = household(facts={"threat": "explicit"})
    found = assess(home, book(THREAT), on=ON, schemes=later).schemes[0]
    assert found.outcome is Answer.YES
    assert "opens on 6 January 2022" in str(found.reasons[-1])


def test_a_closed_scheme_is_no_and_its_last_day_is_still_open() -> None:
    home = household(facts={"threat": "explicit"})
    for last, answer in ((ON, Answer.YES), (date(2021, 8, 19), Answer.NO)):
        over = [scheme("S", None, last)]
        assert assess(home, book(THREAT), on=ON, schemes=over).schemes[0].outcome is answer


def test_a_rule_counts_from_its_first_day_to_its_last() -> None:
    dated = replace(THREAT, since=date(2021, 4, 1), until=date(2021, 12, 13))
    home = household(facts={"threat": "explicit"})

    def on(day: date) -> list[Answer]:
        return [each.outcome for each in assess(home, book(dated), on=day).schemes]

    assert on(date(2021, 3, 31)) == []
    assert on(date(2021, 4, 1)) == on(date(2021, 12, 13)) == [Answer.YES]
    assert on(date(2021, 12, 14)) == [Answer.NO]


def test_the_nearest_change_is_what_nobody_has_asked_yet() -> None:
    when = Condition(
        any_of=(
            anyone(fact("sex", "F")),
            anyone(fact("work", "judge"), fact("contract", "direct")),
            anyone(fact("work", "judge"), fact("ill", "yes")),
        )
    )
    home = household(
        person(sex=Sex.MALE, facts={"work": "driver", "contract": "direct", "ill": "no"})
    )
    found = assess(home, book(rule(when, scheme="S")), on=ON).schemes[0]
    assert found.outcome is Answer.NO
    assert [ask.fact for ask in found.settles] == ["work"]


def test_an_unknown_names_its_rule_and_asks_for_the_least_that_settles_it() -> None:
    first = rule(
        anyone(fact("work", "driver"), fact("contract", "direct")), scheme="S", title="one"
    )
    second = rule(anyone(fact("ill", "yes")), scheme="S", rule_id="two", title="the other")
    found = assess(household(person()), book(first, second), on=ON).schemes[0]
    assert found.outcome is Answer.UNKNOWN
    assert str(found.reasons[0]) == "Not yet known: the other. To settle it we ask: What of ill?"
    assert {ask.fact for ask in found.settles} == {"ill", "work", "contract"}


# --- sentences -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (person(relation=Relation.PRINCIPAL, sex=Sex.MALE), "He is a judge."),
        (person(relation=Relation.PRINCIPAL, sex=Sex.FEMALE), "She is a judge."),
        (person(relation=Relation.PRINCIPAL), "The person at the head of this case is a judge."),
        (person(relation=Relation.SPOUSE, sex=Sex.FEMALE), "The wife is a judge."),
        (person(sex=Sex.FEMALE), "A woman of the family is a judge."),
        (person(age=15), "A child of the family is a judge."),
        (person(), "One of the family is a judge."),
    ],
)
def test_a_reason_says_who_and_what_and_names_nobody(who: Person, said: str) -> None:
    when = rule(anyone(fact("work", "judge")), scheme="S", reason="{Who} is {work}.")
    named = replace(who, given_name="Gulalai", facts={"work": "judge"})
    found = assess(household(named), book(when), on=ON).schemes[0]
    assert str(found.reasons[0]) == said


def test_a_reason_about_somebody_says_so() -> None:
    when = rule(anyone(fact("work", "judge")), scheme="S", reason="{Who} is {work} ({contract}).")
    home = household(person(), person("b"), facts={"work": "judge"})
    found = assess(home, book(when), on=ON).schemes[0]
    assert str(found.reasons[0]) == "Somebody in the family is a judge ((not told yet))."


def test_the_assessments_keep_the_order_and_the_names_of_the_households() -> None:
    homes = [replace(household(), household_id=code) for code in ("b", "a", "c")]
    found = assess_all(homes, book(URGENT), on=ON)
    assert [each.household_id for each in found] == ["b", "a", "c"]
