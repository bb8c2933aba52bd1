"""What a fictional caseload is drawn from: read and checked, refused by file and line, plain where a pack is silent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from safeconduct.core import errors
from safeconduct.core.errors import BadPack
from safeconduct.core.operation import Operation
from safeconduct.packs import load_caseload_model
from safeconduct.packs.caseload import CaseloadModel
from safeconduct.packs.caseload.keys import DISTRIBUTIONS, RATES

NAMES = """name,kind,weight,latin,native,source_url,source_date,verified,note
karim,given_m,3,Karim|Kareem,کریم|كريم,,,no,made up for a test
laila,given_f,3,Laila|Leila,لیلا,https://example.org/names,2021-01-02,yes,
rahimi,family,1,Rahimi|Rahimy,رحیمی,,,no,made up for a test
"""
PROFILES = """- profile: driver
  what: Somebody who drove
  weight: 2
  sex: {M: 9, F: 1}
  facts:
    occupation: {driver: 3, driver|guard: 1, unknown: 1}
  household_facts:
    threat: {none: 1, explicit: 1}
    minority: {hazara: 1}
  words:
    - {context: work, words: drove}
  verified: no
  note: Made up for a test.
"""
CHOICES = {
    "household_size": "{1: 1, 4: 2}",
    "adults_beside_principal": "{'': 1, alone: 1, spouse+parent: 2}",
    "child_age": "{0: 1, 17: 1}",
    "principal_age": "{18-24: 1, 60-75: 1}",
    "offices_per_family": "{1: 1, 2: 1}",
    "calls_per_office": "{1: 1}",
    "office_kind": "{Charity: 1}",
    "birth_precision": "{day: 1, age: 1}",
    "name_script": "{latin: 1}",
    "order_of_names": "{one_field: 1}",
    "given_names_in_a_name": "{1: 1}",
    "threat": "{none: 1, general: 1}",
}
MADE_UP = "verified: no, note: Made up for a test"


def distributions() -> str:
    choices = [
        f"  {name}: {{what: A test, choices: {choices}, {MADE_UP}}}"
        for name, choices in CHOICES.items()
    ]
    rates = [f"  {name}: {{what: A test, value: 0.5, {MADE_UP}}}" for name in RATES]
    widow = f"  widow: {{what: A test, value: 0.3, from_age: 30, unmarried: yes, {MADE_UP}}}"
    return "\n".join(["distributions:", *choices, "rates:", *rates, widow, ""])


FILES: Mapping[str, str] = {
    "names.csv": NAMES,
    "profiles.yaml": PROFILES,
    "distributions.yaml": distributions(),
    "arrivals.csv": "on,share,source_url,source_date,verified,note\n"
    "2021-08-01,0.25,,,no,made up\n2021-08-28,0.75,,,no,made up\n",
    "words.csv": "fact,value,context,words,source_url,source_date,verified,note\n"
    "in_hiding,yes,notes,moves from house to house,,,no,made up\n"
    "in_hiding,yes,notes,in hiding,,,no,made up\n",
}


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """A pack's folder with these files of a caseload."""
    (folder / "caseload").mkdir()
    for name, text in files.items():
        (folder / "caseload" / name).write_text(text, encoding="utf-8")
    return folder


def test_a_caseload_is_read_whole(tmp_path: Path, operation: Operation):
    model = load_caseload_model(written(tmp_path, FILES), operation)

    assert [each.name for each in model.named("given_m")] == ["karim"]
    assert model.named("given_f")[0].latin == ("Laila", "Leila")
    assert model.named("given_f")[0].source.url == "https://example.org/names"
    driver = model.profiles[0]
    assert driver.facts["occupation"] == {"driver": 3, "driver|guard": 1, "unknown": 1}
    assert driver.household_facts["minority"] == {"hazara": 1}
    assert [(each.context, each.words) for each in driver.words] == [("work", "drove")]
    assert model.distributions["household_size"].choices == {"1": 1, "4": 2}
    assert model.rates["widow"].unmarried
    assert (model.rates["widow"].from_age, model.rates["widow"].to_age) == (30, None)
    assert [(each.on.isoformat(), each.share) for each in model.arrivals] == [
        ("2021-08-01", 0.25),
        ("2021-08-28", 0.75),
    ]
    words = model.fact_words["in_hiding", "yes"]
    assert [each.words for each in words] == ["moves from house to house", "in hiding"]


@pytest.mark.parametrize("absent", ["names.csv", "arrivals.csv", "words.csv"])
def test_a_file_that_may_be_left_out_may_be_left_out(
    absent: str, tmp_path: Path, operation: Operation
):
    files = {name: text for name, text in FILES.items() if name != absent}

    model = load_caseload_model(written(tmp_path, files), operation)

    assert (model.names == ()) is (absent == "names.csv")
    assert (model.fact_words == {}) is (absent == "words.csv")
    if absent == "arrivals.csv":
        assert {each.share for each in model.arrivals} == {1 / 16}


@pytest.mark.parametrize("absent", ["profiles.yaml", "distributions.yaml"])
def test_a_file_that_is_needed_is_missed(absent: str, tmp_path: Path, operation: Operation):
    files = {name: text for name, text in FILES.items() if name != absent}

    with pytest.raises(errors.PackFileMissing, match=absent):
        load_caseload_model(written(tmp_path, files), operation)


class Break(NamedTuple):
    """Replace `old`, found in the file, by `new`; then the message holds all of `says`."""

    name: str
    file: str
    old: str
    new: str
    error: type[BadPack]
    says: tuple[str, ...]


BREAKS = [
    Break("a kind of name unheard of", "names.csv", "karim,given_m", "karim,given",
          errors.NotAmongChoices, ("line 2", "'given'", "Did you mean")),
    Break("a name without a spelling", "names.csv", "Karim|Kareem", "|",
          errors.MissingField, ("line 2", "'latin'")),
    Break("a name of no weight", "names.csv", "karim,given_m,3", "karim,given_m,0",
          errors.NumberOutOfRange, ("line 2", "weight is 0")),
    Break("a name twice", "names.csv", "rahimi,family", "karim,given_m",
          errors.RepeatedCode, ("line 4", "'karim' is used already on line 2")),
    Break("a name without a source", "names.csv", ",,,no,made up for a test\nlaila", ",,,,\nlaila",
          errors.NoSource, ("line 2", "'verified: no'")),
    Break("a profile twice", "profiles.yaml", "- profile: driver", PROFILES + "- profile: driver",
          errors.RepeatedCode, ("'driver' is used already on line 1",)),
    Break("a fact that is no fact", "profiles.yaml", "occupation:", "ocupation:",
          errors.UnknownFact, ("line 6", "'ocupation' is not a fact", "Did you mean 'occupation'?")),
    Break("a value that no driver has", "profiles.yaml", "driver: 3", "drivers: 3",
          errors.UnknownFactValue, ("line 6", "'drivers'", "Did you mean 'driver'?")),
    Break("two values where one may be", "profiles.yaml", "explicit: 1", "explicit|maybe: 1",
          errors.UnknownFactValue, ("line 8", "'maybe'")),
    Break("an age told as a fact", "profiles.yaml", "occupation: {driver: 3,", "age_group: {driver: 3,",
          errors.FactIsDerived, ("line 6", "'age_group'")),
    Break("a family's fact told of the principal", "profiles.yaml", "occupation: {driver: 3,", "threat: {none: 3,",
          errors.FactOutOfPlace, ("line 6", "'threat' is a fact of a household", "household_facts")),
    Break("a value that is never drawn", "profiles.yaml", "none: 1, explicit: 1", "none: 1, explicit: 0",
          errors.NumberOutOfRange, ("line 8", "explicit is 0")),
    Break("a fact without values", "profiles.yaml", "{hazara: 1}", "{}",
          errors.EmptyCondition, ("line 9", "'minority' asks nothing")),
    Break("no profile at all", "profiles.yaml", PROFILES, "[]",
          errors.MissingField, ("'profile'",)),
    Break("a sex of another kind", "profiles.yaml", "F: 1", "W: 1",
          errors.UnknownField, ("line 4", "'W' is not a field of the sexes")),
    Break("nobody of any sex", "profiles.yaml", "{M: 9, F: 1}", "{}",
          errors.MissingField, ("line 4", "'sex'")),
    Break("a profile's ages the wrong way round", "profiles.yaml", "  sex:", "  principal_age: {40-30: 1}\n  sex:",
          errors.NotAmongChoices, ("line 4", "'40-30'")),
    Break("words of no column", "profiles.yaml", "context: work", "context: wrok",
          errors.NotAmongChoices, ("line 11", "'wrok'", "Did you mean 'work'?")),
    Break("a distribution left out", "distributions.yaml", "  child_age: {what", "  threat_: {what",
          errors.UnknownField, ("'threat_'", "Did you mean 'threat'?")),
    Break("a distribution missed", "distributions.yaml", "  calls_per_office: {what: A test, choices: {1: 1}",
          "  minority: {what: A test, choices: {none: 1}",
          errors.MissingField, ("the distributions needs 'calls_per_office'",)),
    Break("a family of a hundred", "distributions.yaml", "{1: 1, 4: 2}", "{1: 1, 100: 2}",
          errors.NotAmongChoices, ("'100'", "from 1 to 20")),
    Break("a principal who is a child", "distributions.yaml", "18-24: 1", "12-24: 1",
          errors.NotAmongChoices, ("'12-24'", "18 to 99")),
    Break("ages the wrong way round", "distributions.yaml", "60-75: 1", "75-60: 1",
          errors.NotAmongChoices, ("'75-60'", "first and a last age")),
    Break("a relative unheard of", "distributions.yaml", "spouse+parent", "spouse+aunt",
          errors.NotAmongChoices, ("'spouse+aunt'", "other_relative")),
    Break("a distribution of nothing", "distributions.yaml", "{Charity: 1}", "{}",
          errors.MissingField, ("'choices'",)),
    Break("a threat unheard of", "distributions.yaml", "general: 1", "genral: 1",
          errors.UnknownFactValue, ("'genral'", "Did you mean 'general'?")),
    Break("a rate left out", "distributions.yaml", "  told_sex: {what", "  told_sexes: {what",
          errors.UnknownField, ("'told_sexes'", "Did you mean 'told_sex'?")),
    Break("a rate missed", "distributions.yaml", f"  told_sex: {{what: A test, value: 0.5, {MADE_UP}}}\n", "",
          errors.MissingField, ("the rates needs 'told_sex'",)),
    Break("a rate above one", "distributions.yaml", "value: 0.3", "value: 3",
          errors.NumberOutOfRange, ("value is 3", "0 to 1")),
    Break("a rate of a fact that is not yes or no", "distributions.yaml", "  widow: {what", "  employer: {what",
          errors.UnknownField, ("'employer' is not a field of the rates",)),
    Break("ages for a rate of no person's fact", "distributions.yaml", "  widow: {what", "  in_hiding: {what",
          errors.UnknownField, ("'from_age'",)),
    Break("an assumption that is not owned", "distributions.yaml", "choices: {Charity: 1}, verified: no,",
          "choices: {Charity: 1},", errors.NoSource, ("names no source",)),
    Break("pleas after the end", "arrivals.csv", "2021-08-28", "2021-08-29",
          errors.DayOutsideOperation, ("line 3", "2021-08-29", "2021-08-28")),
    Break("days out of order", "arrivals.csv", "2021-08-28", "2021-07-28",
          errors.Unordered, ("line 3", "2021-07-28", "line 2")),
    Break("a share above one", "arrivals.csv", "0.75", "75",
          errors.NumberOutOfRange, ("line 3", "share is 75")),
    Break("words for a fact unheard of", "words.csv", "in_hiding,yes,notes,in hiding", "hiding,yes,notes,in hiding",
          errors.UnknownFact, ("line 3", "'hiding'", "in_hiding")),
    Break("words for no value", "words.csv", "in_hiding,yes,notes,in hiding", "in_hiding,ja,notes,in hiding",
          errors.UnknownFactValue, ("line 3", "'ja'")),
]  # fmt: skip


@pytest.mark.parametrize("broken", BREAKS, ids=[each.name for each in BREAKS])
def test_what_does_not_hold_is_refused_by_file_and_line(
    broken: Break, tmp_path: Path, operation: Operation
):
    assert broken.old in FILES[broken.file], "the break must break something"
    text = FILES[broken.file].replace(broken.old, broken.new, 1)

    with pytest.raises(broken.error) as refused:
        load_caseload_model(written(tmp_path, {**FILES, broken.file: text}), operation)

    message = str(refused.value)
    for part in (broken.file, *broken.says):
        assert part in message


def test_a_file_nobody_reads_is_refused(tmp_path: Path, operation: Operation):
    folder = written(tmp_path, {**FILES, "arrival.csv": "on,share\n"})

    with pytest.raises(errors.StrayFile, match=r"Did you mean 'arrivals\.csv'"):
        load_caseload_model(folder, operation)


def test_a_pack_without_the_folder_gets_a_plain_model(tmp_path: Path, operation: Operation):
    model = load_caseload_model(tmp_path, operation)

    assert model.names == ()
    assert set(model.distributions) == set(DISTRIBUTIONS)
    assert set(model.rates) == set(RATES)
    assert sum(each.share for each in model.arrivals) == pytest.approx(1)
    assert [each.on for each in model.arrivals][:: len(model.arrivals) - 1] == [
        operation.starts,
        operation.ends,
    ]


def test_every_part_of_the_plain_model_is_marked_as_an_assumption(
    tmp_path: Path, operation: Operation
):
    for source in sources_of(load_caseload_model(tmp_path, operation)):
        assert not source.verified
        assert "assumption" in source.note.lower()


def test_the_plain_model_asks_nothing_that_the_rulebook_does_not_know(
    tmp_path: Path, operation: Operation
):
    kinds = operation.rulebook.facts
    (anybody,) = load_caseload_model(tmp_path, operation).profiles

    for name, values in {**anybody.facts, **anybody.household_facts}.items():
        assert not kinds[name].derived
        assert set(values) == set(kinds[name].values)


def test_the_plain_model_keeps_to_the_forms_of_the_keys(tmp_path: Path, operation: Operation):
    model = load_caseload_model(tmp_path, operation)

    for name, form in DISTRIBUTIONS.items():
        for choice in model.distributions[name].choices:
            assert form.allows(choice), (name, choice)


def sources_of(model: CaseloadModel):
    for part in (*model.names, *model.profiles, *model.arrivals):
        yield part.source
    for each in (*model.distributions.values(), *model.rates.values()):
        yield each.source


def test_every_part_of_the_shipped_model_has_a_source_or_is_marked(operation: Operation):
    model = load_caseload_model("afghanistan-2021", operation)

    assert model.names
    for source in sources_of(model):
        assert source.url or (not source.verified and source.note)
