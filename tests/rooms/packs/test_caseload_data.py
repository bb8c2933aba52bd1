"""The data from which a fictional caseload of Afghanistan 2021 is drawn: sourced or marked, and true to the counts."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import pytest
import yaml
from tests.shipped import shipped

from safeconduct.core.rulebook import facts_from_words

PACK = files("safeconduct.packs") / "afghanistan_2021"
FOLDER = PACK / "caseload"
CONTEXTS = {"work", "employer", "threat", "subject", "notes"}
OPEN = "unknown"

Row = dict[str, str]
Entry = dict[str, Any]


def rows_of(name: str) -> list[Row]:
    """A table as it is written, so that the reader cannot mend it."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def written_in(name: str) -> Any:
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


NAMES = rows_of("names.csv")
WORDS = rows_of("words.csv")
ARRIVALS = rows_of("arrivals.csv")
PROFILES: list[Entry] = written_in("profiles.yaml")
DISTRIBUTIONS: Mapping[str, Entry] = written_in("distributions.yaml")["distributions"]
RATES: Mapping[str, Entry] = written_in("distributions.yaml")["rates"]
VOCABULARY: Mapping[str, Entry] = yaml.load(
    (PACK / "rulebook" / "facts.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader
)


def everything() -> Iterator[tuple[str, Entry]]:
    """Each row and entry of the folder, with the name by which a failure finds it."""
    yield from ((f"names.csv, {row['kind']} {row['name']}", row) for row in NAMES)
    yield from ((f"words.csv, {row['words']}", row) for row in WORDS)
    yield from ((f"arrivals.csv, {row['on']}", row) for row in ARRIVALS)
    yield from ((f"profiles.yaml, {entry['profile']}", entry) for entry in PROFILES)
    yield from ((f"distributions.yaml, {name}", entry) for name, entry in DISTRIBUTIONS.items())
    yield from ((f"distributions.yaml, {name}", entry) for name, entry in RATES.items())


def weights_of(name: str) -> Mapping[str, float]:
    return {choice: float(weight) for choice, weight in DISTRIBUTIONS[name]["choices"].items()}


def mean_of(weights: Mapping[str, float]) -> float:
    return sum(int(choice) * weight for choice, weight in weights.items()) / sum(weights.values())


def test_everything_has_an_address_and_its_day_or_is_marked_as_an_assumption() -> None:
    untraced = [
        where
        for where, entry in everything()
        if not (
            re.match(r"https?://\S+\.\S+", entry.get("source_url", "")) and entry["source_date"]
        )
        and not (entry.get("verified") == "no" and "assumption" in entry.get("note", "").lower())
    ]
    assert untraced == []


def test_what_a_page_does_not_confirm_says_whose_assumption_it_is() -> None:
    silent = [
        where
        for where, entry in everything()
        if entry.get("verified") == "no" and "assumption" not in entry["note"].lower()
    ]
    assert silent == []


@pytest.mark.parametrize("name", ["profiles.yaml", "distributions.yaml"])
def test_no_field_stands_twice_in_one_entry(name: str) -> None:
    """YAML would keep the second and say nothing."""
    repeated = []
    waiting = [yaml.compose((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            fields = Counter(key.value for key, _ in node.value)
            repeated += [field for field, times in fields.items() if times > 1]
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    assert repeated == []


# --- names ---------------------------------------------------------------------


def test_names_are_given_once_and_under_a_neutral_id() -> None:
    ids = Counter((row["kind"], row["name"]) for row in NAMES)
    assert [each for each, times in ids.items() if times > 1] == []
    assert [name for _, name in ids if not re.fullmatch(r"[a-z]+(_[a-z]+)*", name)] == []


def test_there_are_names_enough_of_every_kind() -> None:
    kinds = Counter(row["kind"] for row in NAMES)
    beside = {"before_m", "after_m", "before_f", "after_f"}
    assert set(kinds) == {"given_m", "given_f", "family", "title", "title_m", "title_f"} | beside
    assert kinds["given_m"] >= 150
    assert kinds["given_f"] >= 110
    assert kinds["family"] >= 140


def test_every_name_can_be_written_in_at_least_two_ways_in_latin_letters_and_none_twice() -> None:
    for row in NAMES:
        latin, native = row["latin"].split("|"), row["native"].split("|")
        assert len(latin) >= 2, row["name"]
        assert len(set(latin)) == len(latin), row["name"]
        assert len(set(native)) == len(native), row["name"]


def test_each_script_stands_in_its_own_column() -> None:
    for row in NAMES:
        for spelling in row["latin"].split("|"):
            assert re.fullmatch(r"[A-Za-z][A-Za-z .\-]*", spelling), (row["name"], spelling)
        for spelling in row["native"].split("|"):
            assert re.fullmatch("[\u0621-\u06d3\u200c ]+", spelling), (row["name"], spelling)


def test_a_name_that_cites_a_page_says_which_of_its_spellings_the_page_has() -> None:
    cited = [row for row in NAMES if row["source_url"]]
    assert len(cited) >= 25
    for row in cited:
        attested = [
            each for each in row["latin"].split("|") if re.search(rf"\b{each}\b", row["note"])
        ]
        assert len(attested) >= 2, row["name"]


def test_no_spelling_of_a_given_name_means_two_of_them() -> None:
    # Else the truth would hold two names where any reader sees one.
    for kind in ("given_m", "given_f"):
        spellings = Counter(
            spelling for row in NAMES if row["kind"] == kind for spelling in row["latin"].split("|")
        )
        assert [each for each, times in spellings.items() if times > 1] == []


# --- facts and words -------------------------------------------------------------


def test_every_fact_and_value_is_in_the_rulebooks_vocabulary() -> None:
    for fact, value, where in told_facts():
        assert fact in VOCABULARY, where
        kind = VOCABULARY[fact]
        parts = value.split("|")
        assert len(parts) == 1 or kind.get("many") == "yes", where
        assert set(parts) <= {*kind["values"], OPEN}, where


def told_facts() -> Iterator[tuple[str, str, str]]:
    """Each fact and value of the folder, with where it stands."""
    for row in WORDS:
        yield row["fact"], row["value"], f"words.csv, {row['words']}"
    for profile in PROFILES:
        for part in ("facts", "household_facts"):
            for fact, choices in profile.get(part, {}).items():
                for value in choices:
                    yield fact, value, f"profiles.yaml, {profile['profile']}"
    for fact in ("minority", "threat"):
        for value in weights_of(fact):
            yield fact, value, f"distributions.yaml, {fact}"


def test_a_profile_tells_of_the_principal_what_is_of_a_person() -> None:
    for profile in PROFILES:
        kinds = {VOCABULARY[fact]["of"] for fact in profile["facts"]}
        assert kinds == {"person"}, profile["profile"]


def test_every_profile_can_be_written_in_three_to_nine_ways() -> None:
    assert len(PROFILES) >= 30
    assert len({profile["profile"] for profile in PROFILES}) == len(PROFILES)
    for profile in PROFILES:
        words = [(each["context"], each["words"]) for each in profile["words"]]
        assert 3 <= len(words) <= 9, profile["profile"]
        assert len(set(words)) == len(words), profile["profile"]
        assert {context for context, _ in words} <= CONTEXTS, profile["profile"]


def test_words_stand_in_a_known_column_and_only_once() -> None:
    told = Counter((row["fact"], row["value"], row["words"]) for row in WORDS)
    assert [each for each, times in told.items() if times > 1] == []
    assert {row["context"] for row in WORDS} <= CONTEXTS


def test_words_of_a_profile_hardly_ever_tell_a_fact_that_may_not_be_true_of_it() -> None:
    """By the pack's own phrasebook. What it misreads ("a contractor of the army") is left in: offices write so."""
    phrases = shipped().phrases
    told, beyond = 0, []
    for profile in PROFILES:
        true = {**profile["facts"], **profile["household_facts"]}
        for each in profile["words"]:
            read = facts_from_words([f"{each['context']}: {each['words']}"], phrases)
            told += 1
            beyond += [
                (profile["profile"], each["words"], fact)
                for fact, value in read.items()
                if not is_among(value, true.get(fact, {}))
            ]
    assert len(beyond) / told <= 0.06, beyond


def is_among(value: str, choices: Mapping[str, str]) -> bool:
    possible = {part for choice in choices for part in choice.split("|")}
    return set(value.split("|")) <= possible


# --- weights, days and counts --------------------------------------------------


def test_weights_are_positive_and_rates_are_shares() -> None:
    for where, weight in weights():
        assert weight > 0, where
    for name, rate in RATES.items():
        assert 0 <= float(rate["value"]) <= 1, name


def weights() -> Iterator[tuple[str, float]]:
    yield from ((row["name"], float(row["weight"])) for row in NAMES)
    for profile in PROFILES:
        yield profile["profile"], float(profile["weight"])
        ages = profile.get("principal_age", {})
        yield from ((f"{profile['profile']}, {age}", float(weight)) for age, weight in ages.items())
        for choices in ({"sex": profile["sex"]}, profile["facts"], profile["household_facts"]):
            for fact, values in choices.items():
                yield from ((f"{profile['profile']}, {fact}", float(w)) for w in values.values())
    for name in DISTRIBUTIONS:
        yield from ((name, weight) for weight in weights_of(name).values())


def test_profiles_are_weighed_in_thousandths() -> None:
    assert sum(float(profile["weight"]) for profile in PROFILES) == pytest.approx(1000)


def test_arrivals_are_the_days_of_the_operation_and_sum_to_one() -> None:
    days = [date.fromisoformat(row["on"]) for row in ARRIVALS]
    assert days == [date(2021, 8, day) for day in range(13, 29)]
    assert sum(float(row["share"]) for row in ARRIVALS) == pytest.approx(1)


def test_a_family_is_as_large_as_those_that_were_counted() -> None:
    counted = 3075 / 620  # people with their principals, of those eligible who were still there
    sizes = weights_of("household_size")
    assert [int(size) for size in sizes] == list(range(1, 21))
    assert mean_of(sizes) == pytest.approx(counted, abs=0.15)


def test_as_many_are_children_as_among_those_who_arrived() -> None:
    counted = 16_491 / 30_412  # under 18, of those who came under the schemes
    sizes, beside = weights_of("household_size"), weights_of("adults_beside_principal")
    adults = [(0 if each == "alone" else each.count("+") + 1, w) for each, w in beside.items()]
    children = 0.0
    for size, weight in sizes.items():
        fitting = [(number, w) for number, w in adults if number < int(size)]
        share = weight / sum(sizes.values()) / sum(w for _, w in fitting)
        children += share * sum(w * (int(size) - 1 - number) for number, w in fitting)
    assert children / mean_of(sizes) == pytest.approx(counted, abs=0.02)


def test_most_who_ask_have_no_link_that_a_scheme_of_the_time_names() -> None:
    """Close to 5,000 people of ARAP were flown out beside 75,000 to 150,000 who asked as special cases."""
    british = {"uk_forces", "uk_embassy", "uk_government_department"}
    direct = sum(
        float(profile["weight"])
        for profile in PROFILES
        if british & {*profile["facts"].get("employer", {})}
        and "direct" in profile["facts"]["employment"]
    )
    assert 5_000 / 150_000 <= direct / 1000 <= 5_000 / 75_000
