"""A rulebook is loaded whole, or refused with the file, the line and the mend."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from safeconduct.core.errors import (
    AnyoneWithinAnyone,
    BadPack,
    DatesOutOfOrder,
    EmptyCondition,
    ExtraPointsUnclear,
    FactIsDerived,
    FactOutOfPlace,
    MissingField,
    NoReasonHere,
    NoRules,
    NoSource,
    NotAmongChoices,
    PointsOutOfOrder,
    RepeatedCode,
    SchemeOrBand,
    TrialNotUnderstood,
    UnknownFact,
    UnknownFactValue,
    UnknownField,
    UnknownPlaceInReason,
    UnlessInBandRule,
)
from safeconduct.core.facts import Sex
from safeconduct.core.rulebook.rules import Band, Condition
from safeconduct.packs.rulebook import load_phrases, load_rulebook
from safeconduct.packs.trials import load_trials

FACTS = """
occupation:
  of: person
  many: yes
  from_age: 14
  label: work
  question: What work was done?
  values: {driver: a driver, guard: a guard, none: no work}
pregnant:
  of: person
  of_sex: F
  to_age: 55
  label: pregnant
  question: Is anyone expecting a child?
  values: [yes, no]
threat:
  of: household
  label: threat
  question: Has anyone threatened you?
  values: [explicit, none]
"""
RULE = """
- rule: drivers
  title: whether somebody drove
  scheme: A
  since: 2021-04-01
  when:
    anyone: {occupation: driver}
  reason: "{Who} worked as {occupation}."
  reason_not: Nobody drove. Tell us if somebody did.
  source_url: https://example.org/policy
  source_date: 2021-04-01
"""
BAND = """
- rule: threatened
  title: whether the family was threatened
  band: urgent
  when: {threat: explicit}
  reason: The family was threatened.
  verified: no
  note: An assumption.
"""
POINTS = """
verified: no
note: An assumption.
bands: {emergency: 27, urgent: 9, priority: 3, routine: 1, not assessed: 1}
extra:
  - {title: expecting, when: {pregnant: yes}, points: 1, verified: no, note: An assumption.}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "1.rules.yaml").write_text(RULE, encoding="utf-8")
    (tmp_path / "2.rules.yaml").write_text(BAND, encoding="utf-8")
    (tmp_path / "points.yaml").write_text(POINTS, encoding="utf-8")
    return tmp_path


def test_it_loads_facts_rules_and_points(folder: Path) -> None:
    rulebook = load_rulebook(folder)
    drivers, threatened = rulebook.rules
    assert drivers.scheme == "A"
    assert drivers.since == date(2021, 4, 1)
    assert drivers.when == Condition(anyone=Condition(fact="occupation", values=("driver",)))
    assert (drivers.source.url, drivers.source.verified) == ("https://example.org/policy", True)
    assert threatened.band is Band.URGENT
    assert (threatened.source.url, threatened.source.verified) == (None, False)
    kind = rulebook.facts["occupation"]
    assert (kind.many, kind.from_age, kind.nobody) == (True, 14, "none")
    assert kind.in_words(["guard", "driver"]) == "a driver and a guard"
    assert rulebook.facts["pregnant"].of_sex is Sex.FEMALE
    assert rulebook.facts["age_group"].derived
    assert rulebook.points.by_band[Band.EMERGENCY] == 27
    assert rulebook.points.extra[0].points == 1


def test_the_version_changes_with_any_rule_and_with_nothing_else(folder: Path) -> None:
    before = load_rulebook(folder).version
    (folder / "1.cases.yaml").write_text("- {}", encoding="utf-8")
    assert load_rulebook(folder).version == before
    (folder / "2.rules.yaml").write_text(BAND.replace("urgent", "priority"), encoding="utf-8")
    assert load_rulebook(folder).version != before


def test_conditions_may_be_joined_as_a_caseworker_writes_them(folder: Path) -> None:
    when = """
    threat: known
    any of:
      - anyone: {occupation: [driver, guard], unless: {pregnant: yes}}
      - none of: [{threat: none}]
"""
    text = RULE.replace("\n    anyone: {occupation: driver}\n", when)
    text += "  reason_unless: Not so.\n"
    (folder / "1.rules.yaml").write_text(text, encoding="utf-8")
    found = load_rulebook(folder).rules[0].when
    known, either = found.all_of
    assert known == Condition(fact="threat", values=("explicit", "none"))
    anyone, none = either.any_of
    assert anyone.anyone is not None
    assert anyone.anyone.all_of[1].unless == Condition(fact="pregnant", values=("yes",))
    assert none.none_of == (Condition(fact="threat", values=("none",)),)


REFUSED = [
    ("1.rules.yaml", RULE, "occupation: driver}", "ocupation: driver}", UnknownFact, 7),
    ("1.rules.yaml", RULE, "occupation: driver}", "occupation: drivr}", UnknownFactValue, 7),
    ("1.rules.yaml", RULE, "anyone: {occupation: driver}", "occupation: driver", FactOutOfPlace, 7),
    ("1.rules.yaml", RULE, "{occupation: driver}", "{threat: none}", FactOutOfPlace, 7),
    ("1.rules.yaml", RULE, "{occupation: driver}", "{anyone: {pregnant: yes}}", AnyoneWithinAnyone, 7),
    ("1.rules.yaml", RULE, "{occupation: driver}", "{}", EmptyCondition, 7),
    ("1.rules.yaml", RULE, "occupation: driver}", "occupation: []}", EmptyCondition, 7),
    ("1.rules.yaml", RULE, "anyone: {occupation: driver}", "any of: []", EmptyCondition, 7),
    ("1.rules.yaml", RULE, "{occupation}", "{work}", UnknownPlaceInReason, 8),
    ("1.rules.yaml", RULE, "{occupation}", "{occupation", UnknownPlaceInReason, 8),
    ("1.rules.yaml", RULE, "scheme: A", "scheme: A\n  band: urgent", SchemeOrBand, 2),
    ("1.rules.yaml", RULE, "scheme: A", "note: none", SchemeOrBand, 2),
    ("1.rules.yaml", RULE, "  reason_not: Nobody drove. Tell us if somebody did.\n", "", NoReasonHere, 2),
    ("1.rules.yaml", RULE, "{occupation: driver}", "{occupation: driver, unless: {pregnant: yes}}", NoReasonHere, 2),
    ("1.rules.yaml", RULE, "source_date: 2021-04-01", "note: no date", NoSource, 2),
    ("1.rules.yaml", RULE, "since: 2021-04-01", "since: 2021-04-01\n  until: 2021-03-01", DatesOutOfOrder, 6),
    ("1.rules.yaml", RULE, "title: whether", "titel: whether", UnknownField, 3),
    ("2.rules.yaml", BAND, "threatened\n", "drivers\n", RepeatedCode, 2),
    ("2.rules.yaml", BAND, "band: urgent", "band: not assessed", NotAmongChoices, 4),
    ("2.rules.yaml", BAND, "{threat: explicit}", "{threat: explicit, unless: {threat: none}}", UnlessInBandRule, 5),
    ("2.rules.yaml", BAND, "The family was threatened.", "'{Who}'", UnknownPlaceInReason, 6),
    ("2.rules.yaml", BAND, "  note: An assumption.\n", "", NoSource, 2),
    ("facts.yaml", FACTS, "threat:\n", "age_group:\n", FactIsDerived, 16),
    ("facts.yaml", FACTS, "of: household", "of: family", NotAmongChoices, 17),
    ("facts.yaml", FACTS, "  question: What work was done?\n", "", MissingField, 3),
    ("points.yaml", POINTS, "urgent: 9", "urgent: 2", PointsOutOfOrder, 4),
    ("points.yaml", POINTS, "not assessed: 1", "not assessed: 0", PointsOutOfOrder, 4),
    ("points.yaml", POINTS, "{pregnant: yes}", "{anyone: {pregnant: yes}}", ExtraPointsUnclear, 6),
    ("points.yaml", POINTS, "{pregnant: yes}", "{pregnant: yes, threat: none}", ExtraPointsUnclear, 6),
    ("points.yaml", POINTS, "{pregnant: yes}", "{unless: {pregnant: yes}}", UnlessInBandRule, 6),
]  # fmt: skip


@pytest.mark.parametrize(
    "slip",
    REFUSED,
    ids=[f"{slip[4].__name__}: {slip[3].strip() or 'left out'}" for slip in REFUSED],
)
def test_a_slip_is_refused_with_its_file_and_line(
    folder: Path, slip: tuple[str, str, str, str, type[BadPack], int]
) -> None:
    file, text, old, new, error, line = slip
    assert text.count(old) >= 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(error) as refusal:
        load_rulebook(folder)
    assert f"{file}, line {line}:" in str(refusal.value)


def test_a_folder_without_rules_is_refused(folder: Path) -> None:
    for file in folder.glob("*.rules.yaml"):
        file.unlink()
    with pytest.raises(NoRules):
        load_rulebook(folder)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("terp,English,ocupation,driver", UnknownFact),
        ("baby,English,age_group,infant", FactIsDerived),
        ("terp,English,occupation,interpreter", UnknownFactValue),
        (",English,occupation,driver", MissingField),
    ],
)
def test_a_phrase_must_state_a_fact_of_the_vocabulary(
    folder: Path, row: str, error: type[BadPack]
) -> None:
    file = folder / "phrases.csv"
    file.write_text(f"words,language,fact,value\n{row}\n", encoding="utf-8")
    with pytest.raises(error) as refusal:
        load_phrases(file, load_rulebook(folder).facts)
    assert "phrases.csv, line 2" in str(refusal.value)


def test_a_phrase_may_be_limited_to_columns_and_may_state_nothing(folder: Path) -> None:
    file = folder / "phrases.csv"
    rows = (
        "words,language,fact,value,context",
        "driving,English,occupation,driver,work|alone",
        "alone with her children,English,woman_alone,yes,",
        "driving licence,English,,,",
    )
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    limited, anywhere, silent = load_phrases(file, load_rulebook(folder).facts)
    assert limited.contexts == {"work", "alone"}
    assert (anywhere.fact, anywhere.contexts) == ("woman_alone", frozenset())
    assert silent.kind is None


def test_a_column_that_is_none_of_the_contexts_is_refused(folder: Path) -> None:
    file = folder / "phrases.csv"
    text = "words,language,fact,value,context\ndriving,English,occupation,driver,works\n"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NotAmongChoices) as refusal:
        load_phrases(file, load_rulebook(folder).facts)
    assert "phrases.csv, line 2" in str(refusal.value)


def test_a_trial_that_cannot_be_read_is_refused_where_it_stands(folder: Path) -> None:
    trial = "\n- trial: A driver\n  on: 2021-08-20\n  people: [{sex: M, job: driver}]\n  expect: {band: urgent}\n"
    (folder / "1.cases.yaml").write_text(trial, encoding="utf-8")
    with pytest.raises(TrialNotUnderstood) as refusal:
        load_trials(folder, load_rulebook(folder))
    assert "1.cases.yaml, line 2" in str(refusal.value)
    assert "'job' is not a fact" in str(refusal.value)
