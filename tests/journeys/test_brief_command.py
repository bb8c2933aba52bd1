"""`safeconduct brief`, as an office would use it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import brief as brief_module, safeconduct
from safeconduct.core.errors import Refused
from safeconduct.sheets.mapping import load_mapping

HEADING = "Case,First name,Surname,Father's name,Relationship,Date of birth,Province,Occupation\n"
FAMILY = (
    "A1,Naeem,Barech,Wali,principal,1980,Kabul,interpreter for the British Army\n"
    "A1,Zarmina,Barech,Sher,wife,1985-01-01,Kabul,\n"
    "A1,Omid,Barech,Naeem,son,2021-07-30,Kabul,\n"
)
OUTPUTS = {
    "accepted.csv",
    "brief.html",
    "columns.csv",
    "doubles.csv",
    "quarantined.csv",
    "repeated.csv",
    "summary.json",
}


def sheet(folder: Path, text: str = HEADING + FAMILY, name: str = "office.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def brief(*words: object) -> Result:
    told = [str(word) for word in words]
    return CliRunner().invoke(safeconduct, ["brief", *told, "--pack", "afghanistan-2021"])


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def without_a_page(monkeypatch):
    """For those that ask of the tables alone: drawing the page takes most of a brief's time."""
    monkeypatch.setattr(brief_module, "brief_html", lambda *_told, **_more: "<!doctype html>")


def test_it_writes_everything_an_office_needs(tmp_path):
    done = brief(sheet(tmp_path), "-o", tmp_path / "out", "--json")
    assert done.exit_code == 0, done.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == OUTPUTS
    summary = json.loads(done.stdout)
    assert summary == json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert (summary["rows_read"], summary["households"], summary["people"]) == (3, 1, 3)
    assert summary["pleas_without_an_end"] == 0


@pytest.mark.usefixtures("without_a_page")
def test_it_keeps_the_columns_others_rely_on(tmp_path):
    brief(sheet(tmp_path, HEADING + FAMILY + FAMILY[:60]), "-o", tmp_path / "out")
    first = {
        name: (tmp_path / "out" / name).read_text(encoding="utf-8").splitlines()[0]
        for name in ("quarantined.csv", "repeated.csv")
    }
    assert first == {
        "quarantined.csv": "file,sheet,row,cell,reason",
        "repeated.csv": "file,sheet,row,same_as",
    }


@pytest.mark.usefixtures("without_a_page")
def test_it_recognises_a_row_that_stands_twice(tmp_path):
    brief(sheet(tmp_path, HEADING + FAMILY + FAMILY.splitlines()[0] + "\n"), "-o", tmp_path / "out")
    (repeat,) = rows(tmp_path / "out" / "repeated.csv")
    assert repeat["row"] == "5"
    assert repeat["same_as"].endswith("row 2")


def test_it_leaves_nothing_half_written_when_it_is_stopped(tmp_path, monkeypatch):
    def stopped(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(brief_module, "brief_html", stopped)
    done = brief(sheet(tmp_path), "-o", tmp_path / "out")
    assert done.exit_code != 0
    assert list((tmp_path / "out").iterdir()) == []


def test_it_keeps_an_earlier_brief_when_a_later_one_is_stopped(tmp_path, monkeypatch):
    brief(sheet(tmp_path), "-o", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def stopped(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(brief_module, "brief_html", stopped)
    brief(sheet(tmp_path, HEADING + FAMILY * 2), "-o", tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_it_refuses_all_when_one_file_cannot_be_read(tmp_path):
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no spreadsheet")
    done = brief(sheet(tmp_path), broken, "-o", tmp_path / "out")
    assert isinstance(done.exception, Refused)
    assert "broken.xlsx" in str(done.exception)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("without_a_page")
def test_it_takes_a_corrected_mapping(tmp_path):
    path = sheet(tmp_path, HEADING.replace("Occupation", "Remarks 7") + FAMILY)
    brief(path, "-o", tmp_path / "first")
    columns = (tmp_path / "first" / "columns.csv").read_text(encoding="utf-8")
    assert load_mapping(columns)
    lines = [
        line.rsplit(",", 2)[0] + ",occupation,1.00" if "Remarks 7" in line else line
        for line in columns.splitlines()
    ]
    mapping = tmp_path / "columns.csv"
    mapping.write_text("\n".join(lines), encoding="utf-8")
    done = brief(path, "-o", tmp_path / "second", "--mapping", mapping)
    assert done.exit_code == 0, done.exception
    (band,) = {line["band"] for line in rows(tmp_path / "second" / "accepted.csv")}
    assert band != "not assessed"


@pytest.mark.usefixtures("without_a_page")
def test_it_plans_with_the_offices_own_departures(tmp_path):
    departures = tmp_path / "departures.csv"
    departures.write_text(
        "departure_id,departs_at,muster_point,seats,stretcher_spaces,schemes\n"
        "OURS,2021-08-22T12:00,BARON,3,,\nUNSURE,,BARON,,,\n",
        encoding="utf-8",
    )
    done = brief(
        sheet(tmp_path), "-o", tmp_path / "out", "--departures", departures, "--on", "2021-08-20"
    )
    assert done.exit_code == 0, done.exception
    assert "UNSURE is left out" in done.stderr
    assert {line["departure"] for line in rows(tmp_path / "out" / "accepted.csv")} == {"OURS"}


@pytest.mark.usefixtures("without_a_page")
def test_it_plans_no_seats_that_the_office_does_not_have(tmp_path):
    departures = tmp_path / "departures.csv"
    heading = "departure_id,departs_at,muster_point,seats\n"
    for told in ("", "GONE,2021-08-01T12:00,BARON,300\n"):
        departures.write_text(heading + told, encoding="utf-8")
        brief(sheet(tmp_path), "-o", tmp_path / "out", "--departures", departures, "--share", "1")
        assert {line["departure"] for line in rows(tmp_path / "out" / "accepted.csv")} == {""}


def test_it_says_so_when_a_mapping_is_in_other_letters(tmp_path):
    mapping = tmp_path / "columns.csv"
    mapping.write_bytes("file,sheet,column,field\ncafé.csv,,A,full_name\n".encode("cp1252"))
    done = brief(sheet(tmp_path), "-o", tmp_path / "out", "--mapping", mapping)
    assert isinstance(done.exception, Refused)
    assert "UTF-8" in str(done.exception)


@pytest.mark.usefixtures("without_a_page")
def test_it_never_plans_a_seat_on_a_day_that_has_passed(tmp_path):
    brief(sheet(tmp_path), "-o", tmp_path / "out", "--on", "2021-08-25", "--share", "1")
    for line in rows(tmp_path / "out" / "accepted.csv"):
        assert line["departure"] == "" or line["departure"] >= "2021-08-25"


def test_it_leaves_the_waiting_households_out_of_a_copy_for_sharing(tmp_path):
    told_again = FAMILY.replace("A1", "A2").replace("Naeem,Barech", "Na'im,Barich")
    path = sheet(tmp_path, HEADING + FAMILY + told_again)
    brief(path, "-o", tmp_path / "ours")
    brief(path, "-o", tmp_path / "theirs", "--for-sharing")
    ours, theirs = (
        (tmp_path / name / "brief.html").read_text(encoding="utf-8") for name in ("ours", "theirs")
    )
    assert "P00002" in ours
    assert "P00002" not in theirs


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--pack", "atlantis-0001"], "atlantis-0001"),
        (["--on", "2021-13-01"], "--on"),
        (["--share", "2"], "--share"),
    ],
)
def test_it_says_what_is_the_matter_with_an_option(tmp_path, words, said):
    done = CliRunner().invoke(
        safeconduct,
        [
            "brief",
            str(sheet(tmp_path)),
            "-o",
            str(tmp_path / "out"),
            "--pack",
            "afghanistan-2021",
            *words,
        ],
    )
    assert done.exit_code != 0
    assert said in done.output + str(done.exception)
    assert not (tmp_path / "out").exists()
