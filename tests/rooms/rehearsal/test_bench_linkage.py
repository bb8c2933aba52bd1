"""The parts of `bench linkage`: figures by hand on tiny cases, inputs that keep their promises, absent baselines."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import BenchInputMissing
from safeconduct.core.facts import Household, Person, Relation, Source
from safeconduct.core.linkage import Evidence, Linkage, LinkRecord
from safeconduct.core.linkage.records import REVIEW, SAME, Pair
from safeconduct.packs.caseload.records import SpelledName
from safeconduct.rehearsal.bench import gathered, optional, people_rivals
from safeconduct.rehearsal.bench.accuracy import hit_at_1
from safeconduct.rehearsal.bench.catalogue import BENCHES, GROUPS, asked_for
from safeconduct.rehearsal.bench.clustering import cluster_ladder, pairs_within
from safeconduct.rehearsal.bench.cold_lists import (
    pickled,
    read_pairs,
    unpickled,
    write_pairs,
    write_people,
)
from safeconduct.rehearsal.bench.forms import contest_form, contest_from
from safeconduct.rehearsal.bench.historical import historical_list, historical_rows
from safeconduct.rehearsal.bench.kin import PARENT, SIBLINGS, TWINS, relatives, taken_for_one
from safeconduct.rehearsal.bench.linkage_families import (
    kin_judged,
    on_name_alone,
    wrong_housemates,
)
from safeconduct.rehearsal.bench.linkage_names import cases_of
from safeconduct.rehearsal.bench.linkage_newcomers import arrived
from safeconduct.rehearsal.bench.linkage_scripts import judged
from safeconduct.rehearsal.bench.made_aliases import aliases, latin, native
from safeconduct.rehearsal.bench.name_rivals import _words_in_common, rivals
from safeconduct.rehearsal.bench.plain_linkage import Scored
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.results import result_of
from safeconduct.rehearsal.bench.splink_people import splink_people_rows
from safeconduct.rehearsal.bench.telling import result_lines
from safeconduct.rehearsal.bench.true_lists import (
    TrueList,
    best_clusters_judged,
    block_recall,
    clusters_at_line,
    line_judged,
    our_clusters_judged,
    pairs_judged,
    scored_by_us,
    true_list,
)


def numbers(*each: int) -> np.ndarray:
    return np.asarray(each, dtype=np.int64)


def shares(*each: float) -> np.ndarray:
    return np.asarray(each, dtype=np.float64)


def a_list(*persons: int, side: np.ndarray | None = None) -> TrueList:
    """Records r0, r1, ... of these true persons."""
    records = tuple(LinkRecord(person_id=f"r{at}") for at in range(len(persons)))
    return TrueList(records=records, person=numbers(*persons), side=side)


# Three records of person 0, two of person 1, one of person 2: 3 + 1 true pairs.
SIX = a_list(0, 0, 0, 1, 1, 2)
# Right, right, wrong (2 and 3 are two people), right.
FOUND = Scored(numbers(0, 1, 2, 3), numbers(1, 2, 3, 4), shares(9.0, 8.0, 7.0, 6.0))


# --- figures ----------------------------------------------------------------------------


def test_hit_at_1_is_the_share_of_rows_whose_own_is_best():
    table = np.asarray([[0.9, 0.1, 0.2], [0.8, 0.7, 0.1], [0.0, 0.3, 0.4]])
    assert hit_at_1(table) == pytest.approx(2 / 3)


def test_a_hit_that_is_shared_counts_its_part():
    table = np.asarray([[0.5, 0.5, 0.5], [0.5, 0.5, 0.1], [0.0, 0.0, 0.4]])
    assert hit_at_1(table) == pytest.approx((1 / 3 + 1 / 2 + 1) / 3)
    assert hit_at_1(np.zeros((0, 0))) == 0.0


def test_recall_at_one_false_in_a_thousand_over_all_cross_pairs():
    # 40 people: 1,560 pairs are not one person, so that one of them may stand above the line, and not two.
    table = np.full((40, 40), 0.1)
    np.fill_diagonal(table, 0.9)
    table[0, 0], table[1, 1] = 0.5, 0.3
    table[0, 1], table[1, 0] = 0.6, 0.4
    told = judged(table)
    assert told["recall_at_1_false_in_1000"] == pytest.approx(39 / 40)
    assert told["hit_at_1"] == pytest.approx(38 / 40)
    # At 0.3 upwards all 40 right and two wrong; at 0.5 it would be 78 / 80, at 0.9 76 / 78.
    assert told["best_f1"] == pytest.approx(80 / 82)


def test_clusters_are_counted_with_all_that_follows_from_their_pairs():
    ladder = cluster_ladder(FOUND.a, FOUND.b, FOUND.score, SIX.person)
    # {0,1}; {0,1,2}: 3 pairs; with 3: 6 pairs of which 3 are right; with 4: 10 pairs, 4 right.
    assert ladder.true.tolist() == [1, 3, 3, 4]
    assert ladder.false.tolist() == [0, 0, 3, 6]
    assert best_clusters_judged(FOUND, SIX)["best_cluster_f1"] == pytest.approx(2 * 3 / (3 + 4))


def test_a_pair_within_a_cluster_already_made_changes_nothing():
    ladder = cluster_ladder(numbers(0, 1, 0), numbers(1, 2, 2), shares(3.0, 2.0, 1.0), SIX.person)
    assert ladder.true.tolist() == [1, 3, 3]
    assert ladder.false.tolist() == [0, 0, 0]


def test_equal_scores_make_their_clusters_together():
    ladder = cluster_ladder(numbers(0, 2), numbers(1, 3), shares(5.0, 5.0), SIX.person)
    assert (ladder.true.tolist(), ladder.false.tolist()) == ([1], [1])


def test_no_pairs_make_no_clusters():
    nothing = Scored(numbers(), numbers(), shares())
    assert best_clusters_judged(nothing, SIX) == {"best_cluster_f1": 0.0}
    assert clusters_at_line(nothing, np.zeros(0, dtype=np.bool_), SIX)["own_cluster_f1"] == 0.0


def test_pairs_within_groups():
    assert pairs_within([[0, 1, 3], [4], [2, 5]], SIX.person) == (1, 3)


def test_true_pairs_of_one_list_and_across_two():
    assert SIX.true_pairs == 4
    across = a_list(0, 0, 0, 1, 1, 2, side=numbers(0, 1, 1, 0, 0, 1))
    assert across.true_pairs == 2
    # Of these candidates 0-1 counts and is true, 1-2 stand on one side.
    assert block_recall(numbers(0, 1, 0), numbers(1, 2, 5), across) == pytest.approx(1 / 2)


def test_block_recall_is_of_all_true_pairs():
    assert block_recall(FOUND.a, FOUND.b, SIX) == pytest.approx(3 / 4)
    assert block_recall(numbers(), numbers(), a_list(0, 1)) == 0.0


def test_pairs_and_a_line_of_their_own_are_judged():
    told = pairs_judged(FOUND, SIX)
    assert told["best_f1"] == pytest.approx(2 * 3 / (4 + 4))
    assert told["recall_at_95_precision"] == pytest.approx(2 / 4)
    own = line_judged(FOUND, FOUND.score >= 7, SIX)
    assert own == {
        "own_precision": pytest.approx(2 / 3),
        "own_recall": pytest.approx(2 / 4),
        "own_f1": pytest.approx(4 / 7),
    }


def a_pair(a: str, b: str, bits: float, decision: str, *fields: str) -> Pair:
    evidence = tuple(
        Evidence(field=each, level="same", weight=2.0, sentence="", plain="") for each in fields
    )
    return Pair(
        person_a=a, person_b=b, probability=0.9, match_weight=bits, decision=decision,
        evidence=evidence,
    )  # fmt: skip


def a_linkage(*pairs: Pair, groups: tuple[tuple[str, ...], ...] = ()) -> Linkage:
    return Linkage(
        pairs=pairs, people=6, candidates_seen=9, estimated_block_recall=None, prior_bits=-3.0,
        model="m", groups=groups,
    )  # fmt: skip


def test_what_we_propose_stands_before_what_we_put_before_a_person():
    linkage = a_linkage(a_pair("r2", "r3", 12.0, REVIEW), a_pair("r0", "r1", 5.0, SAME))
    pairs, same = scored_by_us(linkage, SIX)
    assert same.tolist() == [False, True]
    assert pairs.score[1] > pairs.score[0]
    assert best_f1_of(pairs) == pytest.approx(2 * 1 / (1 + 4))


def best_f1_of(pairs: Scored) -> float:
    return pairs_judged(pairs, SIX)["best_f1"]


def test_pairs_on_one_side_do_not_count_where_two_lists_are_linked():
    sides = a_list(0, 0, 0, 1, 1, 2, side=numbers(0, 1, 1, 0, 0, 1))
    linkage = a_linkage(a_pair("r1", "r2", 5.0, SAME), a_pair("r0", "r1", 5.0, SAME))
    pairs, _ = scored_by_us(linkage, sides)
    assert (pairs.a.tolist(), pairs.b.tolist()) == ([0], [1])


def test_our_groups_are_judged_as_they_are():
    linkage = a_linkage(groups=(("r0", "r1"), ("r2", "r3"), ("r4",), ("r5",)))
    told = our_clusters_judged(linkage, SIX)
    assert told["own_cluster_precision"] == pytest.approx(1 / 2)
    assert told["own_cluster_recall"] == pytest.approx(1 / 4)


def test_the_last_pleas_of_a_list_are_its_newcomers():
    homes = [f"h{at // 2}" for at in range(40)]
    records = tuple(
        LinkRecord(person_id=f"r{at}", household_id=home) for at, home in enumerate(homes)
    )
    # Of the ten known r0, r2, r4 ... are people 0, 1, 2 ...; of the newcomers r10 is person 0 and r12 person 1 again.
    person = [at // 2 if at % 2 == 0 else 100 + at for at in range(10)]
    person += [0, 200, 1, *range(201, 228)]
    given = arrived(TrueList(records=records, person=numbers(*person)))
    assert (given.known, len(given.pleas)) == (10, 15)
    assert given.pleas[0] == [10, 11]
    assert given.true_pairs == 2


# --- families ---------------------------------------------------------------------------


def member(name: str, relation: Relation, born: int) -> Person:
    birth = UncertainDate.of_day(date(born, 5, 6))
    return Person(person_id=name, given_name=name, relation=relation, birth=birth)


FAMILY = Household(
    household_id="h",
    people=(
        member("father", Relation.PRINCIPAL, 1980),
        member("mother", Relation.SPOUSE, 1982),
        member("girl", Relation.CHILD, 2005),
        member("twin", Relation.CHILD, 2005),
        member("boy", Relation.CHILD, 2009),
        member("aunt", Relation.SIBLING, 1985),
        member("lodger", Relation.NOT_RELATED, 1990),
    ),
)


def test_who_is_kin_in_truth():
    told = {frozenset((one, two)): how for one, two, how in relatives(FAMILY)}
    assert told[frozenset(("girl", "twin"))] == TWINS
    assert told[frozenset(("girl", "boy"))] == told[frozenset(("father", "aunt"))] == SIBLINGS
    assert told[frozenset(("father", "boy"))] == told[frozenset(("mother", "girl"))] == PARENT
    assert frozenset(("father", "mother")) not in told
    assert not any("lodger" in pair for pair in told)
    assert len(told) == 3 + 1 + 6


def test_kin_taken_for_one_are_counted_by_how_they_are_related():
    kin = {(0, 1): SIBLINGS, (0, 2): PARENT, (1, 2): PARENT, (3, 4): TWINS}
    assert taken_for_one(kin, [(1, 0), (5, 6), (3, 4)]) == [SIBLINGS, TWINS]
    told = kin_judged([(0, 1), (3, 4), (5, 6)], kin)
    assert told["kin_taken_share"] == pytest.approx(2 / 4)
    assert told["kin_of_proposed_share"] == pytest.approx(2 / 3)
    assert (told["siblings_taken"], told["twins_taken"], told["parents_taken"]) == (1, 1, 0)


def test_two_of_one_plea_taken_for_one_are_counted():
    homes = ("h", "h", "h", "g", None, None)
    records = tuple(
        LinkRecord(person_id=f"r{at}", household_id=home) for at, home in enumerate(homes)
    )
    told = TrueList(records=records, person=numbers(0, 0, 1, 0, 2, 3))
    assert wrong_housemates([(0, 1), (0, 2), (2, 3), (4, 5)], told) == [(0, 2)]


def test_a_name_alone_is_one_for_which_nothing_else_speaks():
    assert on_name_alone(a_pair("a", "b", 9.0, SAME, "name", "father", "sex"))
    assert not on_name_alone(a_pair("a", "b", 9.0, SAME, "name", "birth"))


# --- inputs -----------------------------------------------------------------------------


def spelled(kind: str, latin_ways: str, native_ways: str = "") -> SpelledName:
    ways = tuple(latin_ways.split("|"))
    return SpelledName(
        name=ways[0], kind=kind, weight=1.0, latin=ways, native=tuple(native_ways.split()),
        source=Source(url=None, verified=False),
    )  # fmt: skip


NAMES = (
    spelled("given_m", "Karim|Kareem", "کریم"),
    spelled("given_m", "Yusuf|Yousof", "یوسف"),
    spelled("given_f", "Zahra|Zohra", "زهرا"),
    spelled("family", "Noori|Nuri", "نوری"),
    spelled("family", "Ahmadi|Ahmedi", "احمدی"),
    spelled("family", "Popal"),
)


@pytest.mark.parametrize("writing", [latin, native])
def test_aliases_are_two_writings_of_one_and_nobody_is_like_another(writing):
    made = aliases(NAMES, 5, random.Random(1), b_in=writing)
    assert made == aliases(NAMES, 5, random.Random(1), b_in=writing)
    ways = {way: at for at, name in enumerate(NAMES) for way in (*name.latin, *name.native)}
    meant = [tuple(ways[part] for part in each.a.split()) for each in made]
    assert meant == [tuple(ways[part] for part in each.b.split()) for each in made]
    assert len(set(meant)) == 5
    assert all(each.a != each.b and each.a.isascii() for each in made)
    assert all(each.b.isascii() == (writing is latin) for each in made)


def test_a_missing_file_is_refused_with_where_to_get_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv(gathered.VARIABLE, str(tmp_path))
    with pytest.raises(BenchInputMissing, match=r"opensanctions/nomenklatura.*--data"):
        cases_of(10)
    with pytest.raises(BenchInputMissing, match="splink_datasets"):
        historical_rows(10)


def test_only_cases_of_people_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv(gathered.VARIABLE, str(tmp_path))
    (tmp_path / gathered.NAME_CASES).write_text(
        "schema,name1,name2,is_match\n"
        "Person,Karim Noori,Kareem Nuri,true\n"
        "Company,Noori Ltd,Noori Limited,true\n"
        "Person,Karim Noori,Zahra Popal,false\n",
        encoding="utf-8",
    )
    cases = cases_of(99)
    assert cases.texts == ("Karim Noori", "Kareem Nuri", "Zahra Popal")
    assert (cases.a, cases.b, cases.same) == ((0, 0), (1, 2), (True, False))


def test_historical_rows_become_records_by_their_own_columns():
    row = {
        "unique_id": "q1-1", "cluster": "q1", "first_name": "anna", "surname": "miller",
        "first_and_surname": "anna maria miller", "dob": "1840-02-31", "gender": "female",
        "birth_place": "york", "postcode_fake": "yo1 1aa", "occupation": "painter",
    }  # fmt: skip
    other = {
        **row, "unique_id": "q1-2", "first_and_surname": None, "dob": "1840-02-03", "gender": "t22",
    }  # fmt: skip
    told = historical_list([row, other])
    one, two = told.records
    assert (one.given_name, one.family_name) == ("anna", "miller")
    assert (two.given_name, two.family_name) == ("anna", "miller")
    assert one.birth is None
    assert two.birth == UncertainDate.of_day(date(1840, 2, 3))
    assert one.sex is not None
    assert two.sex is None
    assert told.true_pairs == 1


def test_a_small_list_goes_to_files_and_back(tmp_path: Path):
    records = [
        LinkRecord(
            person_id="a", household_id="h", given_name="Karim", phones=("1", "2"),
            birth=UncertainDate.of_year(1990),
        ),
        LinkRecord(person_id="b", birth=UncertainDate.of_day(date(1991, 2, 3))),
    ]  # fmt: skip
    pickled(tmp_path / "p", records)
    assert unpickled(tmp_path / "p") == tuple(records)
    write_people(tmp_path / "p.csv", records)
    write_pairs(tmp_path / "pairs", FOUND, [True, False, True, False])
    pairs, own = read_pairs(tmp_path / "pairs")
    assert (pairs.a.tolist(), pairs.score.tolist()) == (FOUND.a.tolist(), FOUND.score.tolist())
    assert own.tolist() == [True, False, True, False]
    lines = (tmp_path / "p.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "a,h,,Karim,,,,,1990-07-02,year,1|2,,,"
    assert lines[2] == "b,,,,,,,,1991-02-03,day,,,,"


def test_splink_is_told_what_we_are_told():
    record = LinkRecord(
        person_id="a", native_name="کریم نوری", birth=UncertainDate.of_year(1990), phones=("+93 70",),
        passport="p-12 3",
    )  # fmt: skip
    (row,) = splink_people_rows([record], {"کریم": "karim", "نوری": "nuri"}.get)
    assert (row["given"], row["family"]) == ("karim", "nuri")
    assert (row["born"], row["year"], row["phone"], row["passport"]) == (
        None,
        "1990",
        "9370",
        "P123",
    )
    assert row["household"] == "alone 0"


def test_truth_is_numbered_in_the_order_of_the_list():
    records = [LinkRecord(person_id=each) for each in "abc"]
    told = true_list(records, {"a": "x", "b": "y", "c": "x"})
    assert told.person.tolist() == [0, 1, 0]
    assert told.same(Scored(numbers(0, 0), numbers(1, 2), shares(1, 1))).tolist() == [False, True]


# --- baselines that are missing, and what is asked for ----------------------------------------


def test_a_baseline_without_its_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    found = optional.importlib.import_module

    def absent(name: str) -> object:
        if name in {"icu", "metaphone", "nomenklatura", "splink"}:
            raise ImportError(name)
        return found(name)

    monkeypatch.setattr(optional.importlib, "import_module", absent)
    ready, missing = rivals()
    assert set(ready) == {"Jaro-Winkler on anyascii", "token_sort_ratio on anyascii"}
    assert "libicu-dev" in missing["nomenklatura logic-v2"]
    assert "pip install Metaphone" in missing["double metaphone on anyascii"]
    why = people_rivals.splink_on_people(SIX)
    assert isinstance(why, str)
    assert "pip install splink" in why


def test_words_with_a_code_in_common_are_counted_once_each():
    one = [frozenset({"KRM"}), frozenset({"NR"})]
    two = [frozenset({"NR", "NL"}), frozenset({"NR"})]
    assert _words_in_common(one, two) == pytest.approx(2 * 1 / 4)
    assert _words_in_common(one, []) == 0.0


def test_linkage_is_all_its_parts_and_with_a_size_that_of_people():
    assert GROUPS["linkage"] == tuple(name for name in BENCHES if name.startswith("linkage-"))
    assert asked_for(["linkage"], is_sized=False) == list(GROUPS["linkage"])
    assert asked_for(["linkage", "names"], is_sized=True) == ["linkage-people", "names"]
    without = asked_for(["linkage"], is_sized=False, skip=["linkage-historical"])
    assert "linkage-historical" not in without
    assert len(without) == len(GROUPS["linkage"]) - 1
    assert "seats-patient" not in asked_for([], is_sized=False)


# --- what is said -----------------------------------------------------------------------------


def a_run(**measures: float) -> Run:
    return Run(seconds=1.0, peak_mb=100.0, measures=measures)


def test_a_table_has_a_row_for_each_and_a_dash_for_what_is_not_known():
    bench = Bench(
        name="b", what="made up", unit="pairs", sizes=(7,), small=(7,),
        contest=lambda _size, _seed: contest,
        columns={"f1": "best F1", "taken": "kin", "never": "never measured"},
    )  # fmt: skip
    contest = Contest(
        size=7,
        ours=a_run(f1=0.99651, taken=3, candidates=12345),
        baselines={"plain": a_run(f1=0.5)},
        remarks=("Only a part of it.",),
    )
    assert contest_from(contest_form(contest)) == contest
    lines = list(result_lines(result_of(bench, (contest,), absent={9: "SC622: not there."})))
    said = " ".join(" ".join(lines).split())
    assert "7 pairs seconds of CPU peak MB best F1 kin ours 1 0 100 0.9965 3" in said
    assert "plain 1 0 100 0.5000 -" in said
    assert "ours: candidates 12,345" in said
    assert "Only a part of it." in said
    assert "9 pairs: NO FIGURES. SC622: not there." in said
    assert "never measured" not in said
    assert "grow" not in said
