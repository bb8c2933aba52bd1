"""`safeconduct across`: from two lists to each party's own ids, with its files apart and its warnings aloud."""

from __future__ import annotations

import csv
import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safeconduct.cli import safeconduct
from safeconduct.core.errors import (
    BadCell,
    EncodingNotWhole,
    ExperimentalNotAgreed,
    KeptBesideEncoding,
    NoSuchFile,
    NumberNotOurs,
    RoundKeyOpen,
    RoundKeyUnclear,
    RoundsDiffer,
    WouldReplaceInput,
)
from safeconduct.core.linkage.across import KEY_BYTES, key_text, new_round_key

COLUMNS = "person_id,household_id,given_name,family_name,father_name,native_name,sex,birth_date"
OURS = f"""{COLUMNS}
A-1,h1,Naeem,Barech,Karim,,M,1988-03-14
A-2,h1,Rahim,Barech,Karim,,M,1990-07-02
A-3,h2,Torpekai,,,,F,
"""
THEIRS = f"""{COLUMNS}
B-7,x,,,کریم,نعیم بریڅ,M,1988
B-8,y,Zohra,Mohammadi,Anwar,,F,1999
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(safeconduct, ["across", *map(str, arguments), "--experimental"])


def done(*arguments: str | Path) -> Result:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two lists, the key of a round, and both encodings with their mappings.

    The key is the same in every run: of a hundred keys one or two make a brother look like the person who is sought.
    """
    (tmp_path / "ours.csv").write_text(OURS, encoding="utf-8")
    (tmp_path / "theirs.csv").write_text(THEIRS, encoding="utf-8")
    key = tmp_path / "round.key"
    key.write_text(key_text(new_round_key("spring-1", bytes(range(KEY_BYTES)))), encoding="utf-8")
    key.chmod(0o600)
    for who in ("ours", "theirs"):
        encoded(tmp_path, who)
    return tmp_path


def encoded(folder: Path, who: str, key: str = "round.key") -> Result:
    return done(
        "encode", folder / f"{who}.csv", "--key", folder / key,
        "-o", folder / "give" / f"{who}.txt", "--mapping", folder / f"{who}-mapping.csv",
    )  # fmt: skip


def test_two_parties_find_the_person_whom_both_know(folder: Path) -> None:
    done(
        "compare", folder / "give/ours.txt", folder / "give/theirs.txt", "-o", folder / "pairs.csv"
    )
    pairs = rows(folder / "pairs.csv")
    assert list(pairs[0]) == ["number_a", "number_b", "band"]
    found = {}
    for who in ("ours", "theirs"):
        out = folder / f"{who}-found.csv"
        done("resolve", folder / "pairs.csv", "--mapping", folder / f"{who}-mapping.csv", "-o", out)
        found[who] = rows(out)
    assert [row["person_id"] for row in found["ours"]] == ["A-1"]
    assert [row["person_id"] for row in found["theirs"]] == ["B-7"]
    assert found["ours"][0]["their_number"] == pairs[0]["number_b"]
    assert found["theirs"][0]["their_number"] == pairs[0]["number_a"]
    assert found["ours"][0]["band"] == found["theirs"][0]["band"] == pairs[0]["band"]


@pytest.mark.parametrize("command", ["key", "encode", "compare", "resolve"])
def test_nothing_runs_without_the_word_that_it_is_experimental(folder: Path, command: str) -> None:
    new = str(folder / "new")
    arguments = {
        "key": ["spring-1", "-o", new],
        "encode": [
            "ours.csv",
            "--key",
            "round.key",
            "-o",
            f"{new}/x.txt",
            "--mapping",
            f"{new}.csv",
        ],
        "compare": ["give/ours.txt", "give/theirs.txt", "-o", new],
        "resolve": ["ours-mapping.csv", "--mapping", "ours-mapping.csv", "-o", new],
    }[command]
    arguments = [str(folder / each) if (folder / each).is_file() else each for each in arguments]
    result = CliRunner().invoke(safeconduct, ["across", command, *arguments])
    assert isinstance(result.exception, ExperimentalNotAgreed)
    assert not list(folder.glob("new*"))


def test_every_command_says_aloud_that_it_is_experimental(folder: Path) -> None:
    said = [
        encoded(folder, "ours"),
        done("key", "spring-2", "-o", folder / "other.key"),
        done("compare", folder / "give/ours.txt", folder / "give/theirs.txt", "-o", folder / "p.csv"),
        done("resolve", folder / "p.csv", "--mapping", folder / "ours-mapping.csv", "-o", folder / "f.csv"),
    ]  # fmt: skip
    assert all(result.stderr.startswith("EXPERIMENTAL") for result in said)
    assert "EXPERIMENTAL" in CliRunner().invoke(safeconduct, ["across", "--help"]).output


def test_the_key_is_for_its_owner_alone_and_is_not_printed_or_replaced(folder: Path) -> None:
    out = folder / "fresh.key"
    said = done("key", "spring-1", "-o", out).output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    secret = out.read_text(encoding="utf-8").split("key: ")[1][:64]
    assert secret not in said
    assert secret not in (folder / "round.key").read_text(encoding="utf-8")
    before = out.read_bytes()
    assert run("key", "spring-1", "-o", out).exit_code == 2
    assert out.read_bytes() == before


def test_a_key_that_others_may_read_is_refused(folder: Path) -> None:
    (folder / "round.key").chmod(0o644)
    result = run(
        "encode", folder / "ours.csv", "--key", folder / "round.key",
        "-o", folder / "give/again.txt", "--mapping", folder / "m.csv",
    )  # fmt: skip
    assert isinstance(result.exception, RoundKeyOpen)


@pytest.mark.parametrize("kept", ["key", "mapping", "list", "folder within"])
def test_nothing_that_undoes_an_encoding_lies_where_it_is_given_away(
    folder: Path, kept: str
) -> None:
    place = folder / "give" / "within" if kept == "folder within" else folder / "give"
    place.mkdir(exist_ok=True)
    key, mapping, people = folder / "round.key", folder / "m.csv", folder / "ours.csv"
    if kept in ("key", "folder within"):
        key = key.rename(place / "round.key")
    elif kept == "mapping":
        mapping = place / "m.csv"
    else:
        people = people.rename(place / "ours.csv")
    out = folder / "give" / "again.txt"
    result = run("encode", people, "--key", key, "-o", out, "--mapping", mapping)
    assert isinstance(result.exception, KeptBesideEncoding)
    assert not out.exists()
    assert not mapping.exists()


def test_an_encoding_tells_no_name_and_no_id(folder: Path) -> None:
    text = (folder / "give/ours.txt").read_text(encoding="utf-8")
    shown = "\n".join(
        line.split(" ")[0] if at > 1 else line for at, line in enumerate(text.splitlines())
    )
    for told in ("Naeem", "Barech", "Karim", "nm", "brx", "A-1", "h1", "1988"):
        assert told not in shown
    assert stat.S_IMODE((folder / "give/ours.txt").stat().st_mode) == 0o600


def test_the_mapping_holds_everybody_also_whom_too_little_is_told_of(folder: Path) -> None:
    mapping = rows(folder / "ours-mapping.csv")
    assert sorted(row["person_id"] for row in mapping if row["person_id"]) == ["A-1", "A-2", "A-3"]
    assert [row["person_id"] for row in mapping if not row["number"]] == ["A-3"]


def test_lists_of_two_keys_are_not_compared(folder: Path) -> None:
    done("key", "spring-1", "-o", folder / "other.key")
    encoded(folder, "theirs", "other.key")
    result = run(
        "compare", folder / "give/ours.txt", folder / "give/theirs.txt", "-o", folder / "pairs.csv"
    )
    assert isinstance(result.exception, RoundsDiffer)
    assert "key check" in str(result.exception)
    assert not (folder / "pairs.csv").exists()


@pytest.mark.parametrize("kept", [0.2, 0.9, 0.999])
def test_a_file_cut_on_its_way_is_refused_by_name(folder: Path, kept: float) -> None:
    path = folder / "give/ours.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: int(len(text) * kept)], encoding="utf-8")
    result = run("compare", path, folder / "give/theirs.txt", "-o", folder / "pairs.csv")
    assert isinstance(result.exception, EncodingNotWhole)
    assert str(path) in str(result.exception)


def test_another_rounds_mapping_resolves_nothing(folder: Path) -> None:
    done(
        "compare", folder / "give/ours.txt", folder / "give/theirs.txt", "-o", folder / "pairs.csv"
    )
    encoded(folder, "ours")
    result = run(
        "resolve",
        folder / "pairs.csv",
        "--mapping",
        folder / "ours-mapping.csv",
        "-o",
        folder / "f.csv",
    )
    assert isinstance(result.exception, NumberNotOurs)
    assert not (folder / "f.csv").exists()


def test_a_band_that_is_none_is_refused_by_its_place(folder: Path) -> None:
    (folder / "pairs.csv").write_text("number_a,number_b,band\na-1,b-1,certain\n", encoding="utf-8")
    result = run(
        "resolve",
        folder / "pairs.csv",
        "--mapping",
        folder / "ours-mapping.csv",
        "-o",
        folder / "f.csv",
    )
    assert isinstance(result.exception, BadCell)
    assert "line 2, column band" in str(result.exception)


def test_files_that_are_not_there_or_would_be_replaced_are_refused(folder: Path) -> None:
    give = folder / "give/ours.txt"
    assert isinstance(
        run("compare", give, folder / "none.txt", "-o", folder / "p.csv").exception, NoSuchFile
    )
    assert isinstance(
        run("compare", give, folder / "give/theirs.txt", "-o", give).exception, WouldReplaceInput
    )
    result = run(
        "encode", folder / "ours.csv", "--key", folder / "ours.csv", "-o", folder / "give/x.txt",
        "--mapping", folder / "m.csv",
    )  # fmt: skip
    (folder / "ours.csv").chmod(0o600)
    assert isinstance(result.exception, RoundKeyOpen | RoundKeyUnclear)


def test_figures_come_as_one_object(folder: Path) -> None:
    result = done(
        "encode", folder / "ours.csv", "--key", folder / "round.key", "-o", folder / "give/ours.txt",
        "--mapping", folder / "ours-mapping.csv", "--decoys", "1", "--json",
    )  # fmt: skip
    told = json.loads(result.stdout)
    assert (told["people"], told["numbers"], told["left_out"]) == (2, 4, 1)
    pairs = folder / "pairs.csv"
    told = json.loads(
        done(
            "compare", folder / "give/ours.txt", folder / "give/theirs.txt", "-o", pairs, "--json"
        ).stdout
    )
    assert set(told) == {"sure", "likely", "possible"}
