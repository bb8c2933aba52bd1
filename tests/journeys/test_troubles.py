"""What goes wrong for an operator: each ends in a message with a code, and nothing is lost by it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from tests.journeys.operators import PASSPHRASE, SAFECONDUCT, Desk, free_port, get

pytestmark = pytest.mark.slow

INIT = ("init", "--office", "x", "--handle", "bob", "--passphrase-from-stdin")
SECRET_WORDS = "s3cret-words"


def folders_of(desk: Desk) -> tuple[str, ...]:
    here = desk.home.parent
    return ("--to", str(here / "main-backup"), "--keys-to", str(here / "keys-backup"))


def files_of(*folders: Path) -> dict[Path, bytes]:
    return {
        path: path.read_bytes() for each in folders for path in each.rglob("*") if path.is_file()
    }


def ended(desk: Desk, *words: str, **how: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*SAFECONDUCT, *words], env=desk.environment, check=False, timeout=120, **how
    )  # type: ignore[call-overload, no-any-return]


# --- the key store's disk is not mounted ------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("backup",), ("upgrade",), ("journal", "head"), ("work", "--once"), ("serve",)]
)
def test_without_its_key_store_nothing_is_done_and_the_backup_of_the_keys_stays(desk, words):
    """A timer at night, with the disk of the keys not mounted: the one backup of the keys is not to be replaced."""
    desk.run("backup", *folders_of(desk))
    (desk.keys / "keys.sqlite").unlink()
    before = files_of(desk.home.parent / "keys-backup")
    assert "SC858" in desk.run(*words, code=3).stderr
    assert files_of(desk.home.parent / "keys-backup") == before
    assert not list(desk.keys.iterdir()), "no empty store was made in its place"


@pytest.mark.parametrize("words", [("backup",), ("upgrade",)])
def test_another_key_store_does_not_replace_the_backup_of_the_keys(desk, tmp_path, words):
    desk.run("backup", *folders_of(desk))
    before = files_of(desk.home.parent / "keys-backup")
    other = Desk(tmp_path / "other")
    other.init()
    shutil.copyfile(other.keys / "keys.sqlite", desk.keys / "keys.sqlite")
    assert "SC866" in desk.run(*words, code=3).stderr
    assert files_of(desk.home.parent / "keys-backup") == before


# --- what is shown once ------------------------------------------------------------------------


def test_codes_that_cannot_be_shown_make_nothing(tmp_path):
    for name, how in (
        ("full", {"stdout": os.open("/dev/full", os.O_WRONLY)}),
        ("closed", {"preexec_fn": lambda: os.close(1)}),
    ):
        desk = Desk(tmp_path / name)
        done = ended(desk, *INIT, input=PASSPHRASE.encode(), stderr=subprocess.PIPE, **how)
        assert (done.returncode, b"SC862" in done.stderr) == (3, True), done.stderr
        assert not desk.home.exists()
        assert not desk.keys.exists()


# --- the set-up ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "a" * 81, "bell\a"])
def test_an_office_has_a_name_that_can_be_read(tmp_path, name: str):
    desk = Desk(tmp_path)
    words = ("init", "--office", name or " ", "--handle", "bob", "--passphrase-from-stdin")
    assert "SC864" in desk.run(*words, told=PASSPHRASE, code=3).stderr
    assert not desk.home.exists()


def test_a_passphrase_is_text_and_comes_from_somewhere(tmp_path):
    desk = Desk(tmp_path)
    for how in ({"input": b"\xff\xfe" + PASSPHRASE.encode()}, {"preexec_fn": lambda: os.close(0)}):
        done = ended(desk, *INIT, capture_output=True, **how)
        assert (done.returncode, done.stderr[:6]) == (3, b"SC863:"), done.stderr
    assert not desk.home.exists()


def test_an_identity_is_text_and_comes_from_somewhere(desk, tmp_path):
    desk.run("backup", *folders_of(desk))
    there = Desk(tmp_path / "there")
    files = (*(tmp_path / "main-backup").iterdir(), *(tmp_path / "keys-backup").iterdir())
    words = ("restore", "--from", str(files[0]), "--keys", str(files[1]), "--identity-file", "-")
    for how in ({"input": b"\xff\xfe"}, {"preexec_fn": lambda: os.close(0)}):
        done = ended(there, *words, capture_output=True, **how)
        assert (done.returncode, done.stderr[:6]) == (3, b"SC863:"), done.stderr


def test_a_set_up_that_was_cut_off_is_told_from_a_deployment(desk):
    (desk.home / "server.key").unlink()
    before = files_of(desk.home, desk.keys)
    assert "SC861" in desk.run(*INIT, told=PASSPHRASE, code=3).stderr
    assert "SC861" in desk.run("serve", "--port", free_port(), code=3).stderr
    assert files_of(desk.home, desk.keys) == before


def test_both_stores_in_one_folder_are_refused_before_anything_is_made(tmp_path):
    desk = Desk(tmp_path)
    desk.environment["SAFECONDUCT_KEYS_HOME"] = str(desk.home)
    assert "SC867" in desk.run(*INIT, told=PASSPHRASE, code=3).stderr
    assert not desk.home.exists()


# --- what the environment says -------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [SECRET_WORDS, f"mysql://me:{SECRET_WORDS}@db/x", f"postgres://me:{SECRET_WORDS}@[db/x"],
)
def test_an_address_that_is_none_is_refused_and_never_quoted(desk, address: str):
    desk.environment["DATABASE_URL"] = address
    for words in (("doctor",), ("journal", "head"), INIT):
        told = desk.run(*words, told=PASSPHRASE, code=3).stderr
        assert told.startswith("SC860: DATABASE_URL")
        assert SECRET_WORDS not in told


def test_a_server_that_does_not_answer_is_told_without_its_password(desk):
    desk.environment["DATABASE_URL"] = f"postgres://me:{SECRET_WORDS}@127.0.0.1:{free_port()}/x"
    for words in (("journal", "head"), ("backup", *folders_of(desk)), ("serve",)):
        told = desk.run(*words, code=3).stderr
        assert "SC858: The main database cannot be used: Connection refused." in told
        assert SECRET_WORDS not in told


def test_a_word_that_is_not_known_is_not_taken_for_no(desk):
    desk.environment["SAFECONDUCT_TLS"] = "true"
    assert "SCD22" in desk.run("serve", "--port", free_port(), code=3).stderr


def test_a_tilde_that_no_shell_has_read_is_the_home(tmp_path):
    desk = Desk(tmp_path)
    desk.environment |= {"HOME": str(tmp_path), "SAFECONDUCT_HOME": "~/home"}
    desk.init()
    assert (tmp_path / "home" / "server.key").is_file()


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("journal", "verify"), ("backup",), ("upgrade",), ("work", "--once"), ("serve",)]
)
def test_a_damaged_database_is_told(desk, words):
    desk.run("backup", *folders_of(desk))
    (desk.home / "main.sqlite").write_bytes(b"this is no database" * 1000)
    assert "SC858: The main database" in desk.run(*words, code=3).stderr


def test_a_folder_that_is_a_file_is_told(tmp_path):
    desk = Desk(tmp_path)
    desk.home.write_text("not a folder")
    assert "SC859" in desk.run(*INIT, told=PASSPHRASE, code=3).stderr
    assert desk.home.read_text() == "not a folder"


def test_a_lock_that_leads_elsewhere_is_not_followed(desk, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    (desk.home / "in-use.lock").unlink()
    (desk.home / "in-use.lock").symlink_to(elsewhere)
    assert "SC859" in desk.run("upgrade", *folders_of(desk), code=3).stderr
    assert not elsewhere.exists()


def test_tables_of_another_version_are_told_with_the_way_on(desk):
    with sqlite3.connect(desk.home / "main.sqlite") as main:
        main.execute("ALTER TABLE journal_line RENAME TO journal_other")
    told = desk.run("journal", "export", "-o", desk.home.parent / "x.csv", code=3).stderr
    assert "safeconduct upgrade" in told


# --- names of folders and terminals ---------------------------------------------------------------


def test_dari_folders_and_a_terminal_that_knows_no_dari(tmp_path):
    folder = tmp_path / "کابل با فاصله"
    desk = Desk(folder)
    desk.environment |= {"PYTHONIOENCODING": "latin-1:strict"}
    assert re.search(r"AGE-SECRET-KEY-1\w+", desk.init().stdout)
    desk.run("backup", *folders_of(desk))
    assert len(list((folder / "main-backup").iterdir())) == 1


# --- serving --------------------------------------------------------------------------------------


def test_the_address_is_said_once_it_is_reached(desk):
    """Whoever clicks it as soon as it stands there finds the door."""
    port = free_port()
    serving = subprocess.Popen(
        [*SAFECONDUCT, "serve", "--port", str(port)],
        env=desk.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert serving.stderr is not None
        said = next(line for line in serving.stderr if "The desk is at" in line)
        assert f"http://127.0.0.1:{port}/" in said
        assert get(port, "/door/")[0] == 200
    finally:
        serving.terminate()
        assert "The desk is at" not in serving.communicate(timeout=60)[1]


def test_the_desk_is_said_to_be_there_only_when_it_is(desk):
    with desk.served():
        told = desk.run("serve", "--port", free_port(), code=3).stderr
    assert "SC843" in told
    assert "The desk is at" not in told
