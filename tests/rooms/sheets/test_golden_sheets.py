"""The six nasty sheets against their hand-written truths (scripts/sheets/README.md tells how those are written).

A row at or above the headings may be told of or not, but never accepted; every row below must end as the truth says.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from tests.shipped import shipped

from safeconduct.core.facts import Origin, Person, Plea
from safeconduct.core.linkage import find_pairs, household_doubles, record_of
from safeconduct.core.rows import Intake, Row, RowEnd
from safeconduct.sheets.reading import read_sheets

HOME = Path(__file__).resolve().parents[3]
SHEETS = HOME / "src/safeconduct/packs/afghanistan_2021/sheets"
TRUTHS = Path(__file__).parent / "data"
ON = date(2021, 8, 20)
FILES = (
    "constituency_office.xlsx",
    "volunteers_shared.csv",
    "dari_list.xlsx",
    "charity_referrals.ods",
    "english_teachers_cp1256.csv",
    "embassy_guards.xlsx",
)

Key = tuple[str, int]
each_file = pytest.mark.parametrize("file", FILES)


def told(name: str) -> list[dict[str, str]]:
    with (TRUTHS / f"{name}.truth.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


PEOPLE = told("people")
DOUBLES = told("doubles")


def truth_of(file: str) -> dict[Key, dict[str, str]]:
    return {(row["sheet"], int(row["row"])): row for row in told(file.partition(".")[0])}


@cache
def intake_of(file: str) -> Intake:
    return read_sheets([SHEETS / file], on=ON, provinces=shipped().provinces)


@cache
def all_six() -> Intake:
    paths = [SHEETS / file for file in FILES]
    return read_sheets(paths, on=ON, provinces=shipped().provinces)


def rows_of(file: str) -> dict[Key, Row]:
    return {(row.origin.sheet, row.origin.row): row for row in intake_of(file).rows}


def below_the_headings(file: str) -> dict[Key, Row]:
    truth = truth_of(file)
    first = {sheet: min(row for name, row in truth if name == sheet) for sheet, _ in truth}
    return {key: row for key, row in rows_of(file).items() if key[1] >= first.get(key[0], 1)}


def plea_of(file: str, sheet: str, row: int) -> Plea | None:
    read = rows_of(file).get((sheet, row))
    pleas = {plea.plea_id: plea for plea in intake_of(file).pleas}
    return pleas.get(read.plea_id) if read and read.plea_id else None


# --- every row ---------------------------------------------------------------------


@each_file
def test_it_ends_every_row_as_the_truth_says(file: str) -> None:
    read = {key: (row.end.value, row.kind) for key, row in below_the_headings(file).items()}
    truth = {key: (row["end"], row["kind"]) for key, row in truth_of(file).items()}
    kinds_where_quarantined = {
        key: (end, kind if end == "quarantined" else "") for key, (end, kind) in read.items()
    }
    assert kinds_where_quarantined == truth


@each_file
def test_it_never_accepts_a_title_or_a_heading(file: str) -> None:
    above = rows_of(file).keys() - below_the_headings(file).keys()
    assert not [key for key in above if rows_of(file)[key].end is RowEnd.ACCEPTED]


@each_file
def test_it_tells_of_every_row_once(file: str) -> None:
    places = Counter((row.origin.sheet, row.origin.row) for row in intake_of(file).rows)
    assert not [place for place, times in places.items() if times > 1]


@each_file
def test_it_gives_a_cell_and_a_sentence_for_every_row_it_holds(file: str) -> None:
    for row in intake_of(file).rows:
        if row.end is RowEnd.QUARANTINED:
            assert row.cell
            assert re.fullmatch(r"[A-Z]{1,3}\d+", row.cell)
            assert row.cell.endswith(str(row.origin.row))
            assert row.reason.endswith(".")


@each_file
def test_it_says_which_row_a_repeat_repeats(file: str) -> None:
    rows = rows_of(file)
    for row in rows.values():
        if row.end is RowEnd.REPEATED:
            assert row.same_as is not None
            first = rows[row.same_as.sheet, row.same_as.row]
            assert first.end is RowEnd.ACCEPTED
            assert first.origin < row.origin


def test_it_points_the_pasted_family_at_the_rows_it_was_pasted_from() -> None:
    repeats = [row for row in intake_of(FILES[0]).rows if row.end is RowEnd.REPEATED]
    places = [row.same_as.row for row in repeats if row.same_as]
    sohaila = next(int(one["row"]) for one in PEOPLE if one["given"] == "Sohaila")
    assert places == list(range(sohaila, sohaila + 5))


# --- households and people ------------------------------------------------------------


@each_file
def test_it_keeps_every_family_together_and_apart_from_others(file: str) -> None:
    read: dict[str | None, set[Key]] = {}
    for key, row in rows_of(file).items():
        if row.end is RowEnd.ACCEPTED:
            read.setdefault(row.plea_id, set()).add(key)
    truth: dict[str, set[Key]] = {}
    for key, line in truth_of(file).items():
        if line["household"]:
            truth.setdefault(line["household"], set()).add(key)
    assert sorted(map(sorted, read.values())) == sorted(map(sorted, truth.values()))


@each_file
def test_it_counts_everybody_who_was_named(file: str) -> None:
    truth: dict[str, int] = {}
    first: dict[str, Key] = {}
    for key, line in truth_of(file).items():
        if line["household"]:
            first.setdefault(line["household"], key)
            truth[line["household"]] = truth.get(line["household"], 0) + int(line["people"])
    read = {}
    for name, key in first.items():
        plea = plea_of(file, *key)
        read[name] = len(plea.household.people) if plea else None
    assert read == truth


def e164(phone: str) -> str:
    """Enough for the fictional ranges alone."""
    digits = "".join(str(int(c)) for c in phone if c.isdigit())
    return f"+93{digits[-9:]}" if digits[-9:].startswith("700000") else f"+44{digits[-10:]}"


def person_in(plea: Plea, one: dict[str, str]) -> Person | None:
    """The person of that name and, where two share a name, of that birth.

    A name in Dari or Pashto script stands whole as the native name; a Latin one in the parts it was written in.
    """
    wanted = " ".join(filter(None, (one["given"], one["family"])))
    named = [
        person
        for person in plea.household.people
        if person.native_name == wanted
        or (
            " ".join(filter(None, (person.given_name, person.family_name))) == wanted
            and (not one["family"] or person.family_name == one["family"])
        )
    ]
    born = [p for p in named if p.birth and str(p.birth.earliest) == one["born_earliest"]]
    return next(iter(born or named), None)


def as_told(plea: Plea, person: Person) -> dict[str, str]:
    size = plea.household.told_size
    return {
        "father": person.father_name or "",
        "born_earliest": str(person.birth.earliest) if person.birth else "",
        "born_latest": str(person.birth.latest) if person.birth else "",
        "sex": person.sex.value if person.sex else "",
        "province": plea.household.province or "",
        "phone": "|".join(sorted({e164(phone) for phone in person.phones})),
        "told_size": "" if size is None else str(size),
    }


@pytest.mark.parametrize("one", PEOPLE, ids=lambda one: f"{one['file'][:4]}-{one['row']}")
def test_it_reads_a_person_as_a_hand_wrote_them(one: dict[str, str]) -> None:
    plea = plea_of(one["file"], one["sheet"], int(one["row"]))
    assert plea is not None, "the row was not accepted"
    person = person_in(plea, one)
    assert person is not None, "nobody of that name"
    read = as_told(plea, person)
    wanted = {name: one[name] for name in read if one[name] != "-"}
    assert {name: read[name] for name in wanted} == wanted


def test_it_reads_the_six_together_as_it_reads_each_alone() -> None:
    """Who is in two offices' lists is a double, for a named person to settle: never a repeat, dropped."""
    together = all_six()
    alone = {row.origin: row.end for file in FILES for row in intake_of(file).rows}
    assert {row.origin: row.end for row in together.rows} == alone
    assert sum(len(plea.household.people) for plea in together.pleas) == sum(
        len(plea.household.people) for file in FILES for plea in intake_of(file).pleas
    )


# --- what is hidden --------------------------------------------------------------------


def test_it_leaves_a_hidden_column_unread_and_says_so() -> None:
    intake = intake_of(FILES[0])
    assert not [p for plea in intake.pleas for p in plea.household.people if p.tazkira]
    said = [told.sentence.lower() for told in intake.noticed]
    assert any("column o" in sentence and "hidden" in sentence for sentence in said)


@pytest.mark.parametrize("file", ["constituency_office.xlsx", "charity_referrals.ods", FILES[5]])
def test_it_leaves_hidden_rows_unread_and_says_so(file: str) -> None:
    intake = intake_of(file)
    names = " ".join(
        f"{p.given_name} {p.family_name}" for plea in intake.pleas for p in plea.household.people
    )
    for hidden in ("Yunus Ayubi", "Jan Gul", "Sayed Yaser", "Sarajuddin", "Old Entry", "Old Guard"):
        assert hidden not in names
    assert any("row" in told.sentence and "hidden" in told.sentence for told in intake.noticed)


# --- doubles across the six -----------------------------------------------------------


@cache
def decisions() -> dict[frozenset[str], str]:
    """What linkage says of every two people and of every two households of the six, by their ids."""
    pleas = all_six().pleas
    home = {
        p.person_id: plea.household.household_id for plea in pleas for p in plea.household.people
    }
    people = [record_of(p, plea.household) for plea in pleas for p in plea.household.people]
    pairs = find_pairs(people).pairs
    of_people = {frozenset({pair.person_a, pair.person_b}): pair.decision for pair in pairs}
    return of_people | {
        frozenset({double.household_a, double.household_b}): double.decision
        for double in household_doubles(pairs, home)
    }


def id_of(pair: dict[str, str], side: str) -> str:
    """The household of a row or, where people are compared, the person: one row each, in their order."""
    place = Origin(pair[f"file_{side}"], pair[f"sheet_{side}"], int(pair[f"row_{side}"]))
    plea = next(plea for plea in all_six().pleas if place in plea.origins)
    if pair["compared"] == "household":
        return plea.household.household_id
    assert len(plea.origins) == len(plea.household.people)
    return plea.household.people[sorted(plea.origins).index(place)].person_id


def said_of(pair: dict[str, str]) -> str | None:
    return decisions().get(frozenset(id_of(pair, side) for side in "ab"))


def test_every_family_that_is_in_two_sheets_is_proposed_as_a_double() -> None:
    missed = [p["why"] for p in DOUBLES if p["verdict"] == "same" and said_of(p) is None]
    assert not missed


def test_no_namesake_brother_or_twin_is_called_the_same() -> None:
    wronged = [p["why"] for p in DOUBLES if p["verdict"] == "not" and said_of(p) == "same"]
    assert not wronged


# --- the truths and the files themselves ---------------------------------------------------


def test_it_reads_both_sides_of_every_pair_judged_by_hand() -> None:
    unread = [
        (pair[f"file_{side}"], pair[f"row_{side}"])
        for pair in DOUBLES
        for side in "ab"
        if not plea_of(pair[f"file_{side}"], pair[f"sheet_{side}"], int(pair[f"row_{side}"]))
    ]
    assert not unread


def test_the_truths_hold_enough_pairs_and_people_to_judge_by() -> None:
    verdicts = Counter(pair["verdict"] for pair in DOUBLES)
    across = [p for p in DOUBLES if p["verdict"] == "same" and p["file_a"] != p["file_b"]]
    assert len(across) >= 12
    assert verdicts["not"] >= 15
    assert len(PEOPLE) >= 60


def test_the_constituency_office_has_fifty_callers_and_over_three_hundred_relatives() -> None:
    rows = cells_of(SHEETS / FILES[0])
    callers = {row[0] for row in rows if isinstance(row[0], float)}
    assert callers == set(range(1, 51))
    taken = sum(int(row["people"]) for row in truth_of(FILES[0]).values())
    assert taken > 300


def cells_of(path: Path) -> list[list[object]]:
    if path.suffix == ".csv":
        encoding = "cp1256" if "cp1256" in path.name else "utf-8-sig"
        with path.open(encoding=encoding, newline="") as lines:
            return [
                list(row)
                for row in csv.reader(lines, delimiter="\t" if "cp1256" in path.name else ";")
            ]
    book = CalamineWorkbook.from_path(path)
    return [
        list(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()
    ]


NOT_PHONES = re.compile(  # tazkiras, days, and spans of years
    r"1400-0000-\d{5}|\d{4}[-/]\d\d?[-/]\d\d?|\d\d?[-/]\d\d?[-/]\d{4}|(19|20)\d\d-\d{2,4}"
)
LIKE_PHONES = re.compile(r"\+?\d[\d ()-]{6,}\d")
FICTIONAL = re.compile(r"(00|\+)?(93)?0?700000\d{3}|(\+44|0)(7700900|2079460)\d{3}")
LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


@each_file
def test_every_phone_is_in_a_fictional_range(file: str) -> None:
    found = [
        re.sub(r"[ ()-]", "", like)
        for row in cells_of(SHEETS / file)
        for value in row
        for like in LIKE_PHONES.findall(NOT_PHONES.sub(" ", text_of(value).translate(LATIN_DIGITS)))
        if not re.search(rf"P{re.escape(like)}", text_of(value))
    ]
    assert len(found) >= 15
    assert not [phone for phone in found if not FICTIONAL.fullmatch(phone)]


def text_of(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else str(value)


def test_the_shipped_sheets_are_small() -> None:
    assert sum(path.stat().st_size for path in SHEETS.iterdir()) < 400_000


def test_the_files_are_what_the_hand_written_tables_make(tmp_path: Path) -> None:
    script = HOME / "scripts/make_sheets.py"
    subprocess.run([sys.executable, script, "--to", tmp_path], check=True, timeout=60)
    for made in sorted((tmp_path / "sheets").iterdir()):
        assert made.read_bytes() == (SHEETS / made.name).read_bytes(), made.name
    for made in sorted((tmp_path / "truths").iterdir()):
        assert made.read_bytes() == (TRUTHS / made.name).read_bytes(), made.name
