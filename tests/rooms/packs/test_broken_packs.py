"""A pack with one thing broken is refused: the message names the file, the line and the mend."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from safeconduct.core import errors
from safeconduct.core.errors import BadPack
from safeconduct.packs import load

SHIPPED = Path(str(files("safeconduct.packs"))) / "afghanistan_2021"


class Break(NamedTuple):
    """Replace `old` (found once, or the first time) by `new`; then the message holds all of `says`."""

    name: str
    file: str
    old: str
    new: str
    error: type[BadPack]
    says: tuple[str, ...]


BREAKS = [
    Break("a misspelt field", "schemes.yaml", "opened: 2021-04-01", "opend: 2021-04-01",
          errors.UnknownField, ("'opend' is not a field of a scheme", "Did you mean 'opened'?")),
    Break("a thirteenth month", "schemes.yaml", "opened: 2021-04-01", "opened: 2021-13-01",
          errors.NotADate, ("'2021-13-01' is not a date", "2021-08-15")),
    Break("a day in words", "operation.yaml", "starts: 2021-08-13", "starts: 13 August 2021",
          errors.NotADate, ("'13 August 2021' is not a date", "Write it as 2021-08-15")),
    Break("no name", "schemes.yaml", "name: Afghan Relocations and Assistance Policy", "name:",
          errors.MissingField, ("a scheme needs 'name'", "Add 'name'")),
    Break("one code twice", "schemes.yaml", "code: ARAP-2", "code: ARAP-1",
          errors.RepeatedCode, ("code 'ARAP-1' is used already on line", "another code")),
    Break("an unknown parent", "schemes.yaml", "parent: ARAP\n", "parent: ARAB\n",
          errors.UnknownReference, ("'ARAB' is not in schemes.yaml", "Did you mean 'ARAP'?")),
    Break("a key twice", "schemes.yaml", "lead: Ministry of Defence (", "name: x\n  lead: (",
          errors.RepeatedKey, ("'name' stands twice", "Keep one of the two")),
    Break("closed before opened", "schemes.yaml", "closed: 2025-07-01", "closed: 2020-07-01",
          errors.DatesOutOfOrder, ("closed (2020-07-01) is before opened", "Correct one")),
    Break("a quota with a comma", "schemes.yaml", "quota_people: 20000", "quota_people: 20,000",
          errors.NotANumber, ("'20,000' is not a whole number", "Write it as 20000")),
    Break("no source", "schemes.yaml", "  source_url: https://nusghani-admin.conservativewebsites.org.uk/node/8550\n",
          "", errors.NoSource, ("a scheme names no source", "'verified: no'")),
    Break("an address that leads nowhere", "schemes.yaml", "source_url: https://fly1", "source_url: see fly1",
          errors.NotAnAddress, ("is not a web address", "https://")),
    Break("an alias", "schemes.yaml", "- code: ARAP\n", "- &a\n  code: ARAP\n- *a\n- code: X\n",
          errors.AliasInPack, ("'*a' points back", "in full")),
    Break("a tag", "schemes.yaml", "code: ARAP\n", "code: !!python/name:os.system ARAP\n",
          errors.NotYaml, ("has no meaning in a pack",)),
    Break("a broken line", "schemes.yaml", "name: Afghan Rel", "name: Afghan: Rel",
          errors.NotYaml, ("not YAML", "colons")),
    Break("a list where a text is meant", "operation.yaml", "name: Afghanistan 2021, seen", "name:\n  - seen",
          errors.WrongShape, ("name should be one text, and is a list",)),
    Break("a yes that is neither", "authorities.yaml", "required: yes", "required: sure",
          errors.NotAmongChoices, ("'sure' is not one of the words", "yes")),
    Break("a referral's field twice", "authorities.yaml", "{name: birth_date,", "{name: principal_name,",
          errors.RepeatedCode, ("name 'principal_name' is used already",)),
    Break("an authority for no scheme", "authorities.yaml", "schemes: [LOTR]", "schemes: [LOT]",
          errors.UnknownReference, ("'LOT' is not in schemes.yaml", "Did you mean 'LOTR'?")),
    Break("a province unheard of", "falls.csv", "AF34,", "AF35,",
          errors.UnknownReference, ("'AF35' is not in provinces.csv",)),
    Break("a province that fell twice", "falls.csv", "AF28,2021-08-07", "AF34,2021-08-07",
          errors.RepeatedCode, ("pcode 'AF34' is used already on line 2",)),
    Break("a fall before its first report", "falls.csv",
          "2021-08-06,2021-08-06,2021-08-06", "2021-08-06,2021-08-07,2021-08-08",
          errors.DatesOutOfOrder, ("fell_on (2021-08-06) is before earliest_reported",)),
    Break("a confidence of another kind", "falls.csv", ",high,", ",hihg,",
          errors.NotAmongChoices, ("'hihg'", "Did you mean 'high'?")),
    Break("a column misspelt", "falls.csv", "fell_on", "fel_on",
          errors.UnknownField, ("'fel_on' is not a field of a fall", "Did you mean 'fell_on'?")),
    Break("a cell too many", "falls.csv", ",high,", ",high,,",
          errors.NotCsv, ("this row has", "double quotes")),
    Break("a quotation mark left open", "routes.csv", "Islam Qala,", '"Islam Qala,',
          errors.NotCsv, ("quotation mark",)),
    Break("two on one square", "provinces.csv", ",69.17233,5380,3,4,", ",69.17233,5380,2,4,",
          errors.TileTaken, ("on row 2, column 4", "free square")),
    Break("a place beyond the pole", "provinces.csv", "34.52813", "94.52813",
          errors.NumberOutOfRange, ("94.52813, which is outside -90 to 90",)),
    Break("one word for two provinces", "provinces.csv", "Mazar|", "Herat|",
          errors.RepeatedCode, ("'Herat' is used already",)),
    Break("days that overlap", "routes.csv", "2021-07-14,2021-09-01", "2021-07-14,2021-09-02",
          errors.OverlappingIntervals, ("the days of 'Spin Boldak-Chaman' overlap", "the last day counts as inside")),
    Break("days that are not sorted", "daily_counts.csv", "2021-08-17,", "2021-08-13,",
          errors.Unordered, ("2021-08-13 comes after 2021-08-16", "Sort the rows")),
    Break("a total that falls back", "daily_counts.csv", "8458", "845",
          errors.CountFellBack, ("the running total is 845, less than 7109",)),
    Break("days that outgrow their total", "daily_counts.csv", "2021-08-19,963", "2021-08-19,9630",
          errors.CountFellBack, ("the running total is 1839, less than 9834",)),
    Break("people in words", "daily_counts.csv", ",963,", ",about a thousand,",
          errors.NotANumber, ("'about a thousand' is not a whole number", "leave the value empty")),
    Break("an estimate upside down", "estimates.csv", "75000,150000", "75000,15000",
          errors.NumberOutOfRange, ("high is 15000", "75000 or more")),
    Break("a need that nobody estimated", "operation.yaml", "need: need-special-cases", "need: need-special-case",
          errors.UnknownReference, ("'need-special-case' is not in estimates.csv", "Did you mean")),
    Break("a muster point unheard of", "operation.yaml", "muster_point: BARON", "muster_point: BARRON",
          errors.UnknownReference, ("'BARRON' is not in muster_points.csv", "Did you mean 'BARON'?")),
    Break("an assumption left out", "operation.yaml", "  load_factor:", "  lode_factor:",
          errors.NoAssumption, ("no assumption called 'load_factor'", "the sentence that says why")),
    Break("an assumption without its sentence", "operation.yaml",
          "    sentence: We take a road to be 1.4 times", "    # We take a road to be 1.4 times",
          errors.MissingField, ("the assumption 'road_winding' needs 'sentence'",)),
    Break("a load factor of nothing", "operation.yaml", "value: 0.775", "value: 0",
          errors.NumberOutOfRange, ("load_factor is 0", "more than 0 and at most 1")),
    Break("a town in two regions", "localities.csv", "Leeds|", "Glasgow|",
          errors.RepeatedCode, ("town 'Glasgow' is used already on line 2",)),
    Break("hours in words", "reach.csv", "BARON,4,", "BARON,four,",
          errors.NotANumber, ("hours: 'four' is not a number",)),
]  # fmt: skip


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(SHIPPED, tmp_path / "my_pack")


@pytest.mark.parametrize("broken", BREAKS, ids=[each.name for each in BREAKS])
def test_a_broken_pack_is_refused_with_file_line_and_mend(pack: Path, broken: Break) -> None:
    file = pack / broken.file
    text = file.read_text(encoding="utf-8")
    assert broken.old in text
    file.write_text(text.replace(broken.old, broken.new, 1), encoding="utf-8")
    with pytest.raises(BadPack) as refused:
        load(pack)
    said = str(refused.value)
    assert type(refused.value) is broken.error, said
    assert f"my_pack/{broken.file}" in said
    if broken.error is not errors.NoAssumption:  # what is absent has no line
        assert re.search(r"line \d+", said)
    for words in broken.says:
        assert words in said


def test_the_line_named_is_the_line_that_is_wrong(pack: Path) -> None:
    file = pack / "falls.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[9] = lines[9].replace(",high,", ",certain,")
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadPack, match=r"falls\.csv, line 10: confidence: 'certain'"):
        load(pack)


def test_a_pack_may_leave_out_every_optional_file(pack: Path) -> None:
    needed = {"operation.yaml", "schemes.yaml", "provinces.csv"}
    for file in pack.iterdir():
        if file.is_file() and file.name not in needed:
            file.unlink()
    head = pack / "operation.yaml"
    head.write_text(
        "code: mine\nname: Mine\nstarts: 2030-01-01\nends: 2030-02-01\n", encoding="utf-8"
    )
    operation = load(pack)
    assert (operation.code, operation.need, operation.assumptions) == ("mine", "", {})
    assert operation.departures == operation.reach == operation.falls == operation.localities == ()
    assert len(operation.provinces) == 34


@pytest.mark.parametrize("name", ["operation.yaml", "schemes.yaml", "provinces.csv"])
def test_a_needed_file_that_is_missing_is_named(pack: Path, name: str) -> None:
    (pack / name).unlink()
    with pytest.raises(errors.PackFileMissing, match=re.escape(f"my_pack/{name} is missing")):
        load(pack)


def test_a_table_with_a_slip_in_its_name_is_not_left_out_in_silence(pack: Path) -> None:
    (pack / "falls.csv").rename(pack / "fals.csv")
    with pytest.raises(errors.StrayFile, match=r"Did you mean 'falls\.csv'\?"):
        load(pack)


def test_a_rule_for_a_scheme_that_is_not_there_is_refused(pack: Path) -> None:
    file = pack / "schemes.yaml"
    text = file.read_text(encoding="utf-8").replace("- code: BN\n", "- code: BNX\n")
    file.write_text(text, encoding="utf-8")
    operation = pack / "operation.yaml"
    operation.write_text(
        operation.read_text(encoding="utf-8").replace("BN, LOTR", "LOTR"), encoding="utf-8"
    )
    (pack / "authorities.yaml").unlink()  # it names BN too
    with pytest.raises(errors.RuleWithoutScheme, match=r"scheme 'BN'.*Did you mean 'BNX'\?"):
        load(pack)


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(pack: Path) -> None:
    file = pack / "routes.csv"
    file.write_bytes(file.read_bytes() + "Café,,road,,,open,,,no,x\n".encode("latin-1"))
    with pytest.raises(errors.PackFileUnreadable, match="line 18 is not UTF-8"):
        load(pack)


def test_yaml_nested_without_end_is_refused_at_once(pack: Path) -> None:
    (pack / "schemes.yaml").write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(errors.NotYaml, match="nested more than 40 levels"):
        load(pack)


def test_an_unknown_pack_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownPack, match="Did you mean 'afghanistan-2021'"):
        load("afganistan-2021")
    with pytest.raises(errors.UnknownPack, match="The packs that ship are: afghanistan-2021"):
        load(tmp_path / "nothing-here")
