"""A deployment as an operator has it: set up, checked, served, backed up while serving, destroyed, restored."""

from __future__ import annotations

import json
import re
import shutil
import signal

import pytest
from tests.journeys.operators import PASSPHRASE, Desk, answers, free_port, get, wait_for


@pytest.mark.slow
def test_the_set_up_is_for_its_account_alone_and_keeps_no_secret(made):
    desk, told = made
    recovery = re.search(r"\b(?:[0-9A-Z]{4}-){6}[0-9A-Z]{3}\b", told)
    assert recovery
    secrets = [recovery[0], recovery[0].replace("-", ""), PASSPHRASE, "AGE-SECRET-KEY"]
    for path in [desk.home, desk.keys, *desk.home.rglob("*"), *desk.keys.rglob("*")]:
        assert not path.stat().st_mode & 0o077, path
        if path.is_file():
            raw = path.read_bytes()
            assert not any(secret.encode() in raw for secret in secrets), path


@pytest.mark.slow
def test_it_is_made_where_nothing_is(desk):
    words = ("init", "--office", "x", "--handle", "bob", "--passphrase-from-stdin")
    assert "SC840" in desk.run(*words, told=PASSPHRASE, code=3).stderr


@pytest.mark.slow
def test_a_weak_passphrase_makes_nothing(tmp_path):
    desk = Desk(tmp_path)
    words = ("init", "--office", "x", "--handle", "bob", "--passphrase-from-stdin")
    assert "SC743" in desk.run(*words, told="short\n", code=3).stderr
    assert not desk.home.exists()


@pytest.mark.slow
def test_without_a_terminal_it_asks_nobody(tmp_path):
    assert "SC856" in Desk(tmp_path).run("init", code=3).stderr


@pytest.mark.slow
def test_an_operator_is_added(desk):
    words = ("init", "--operator", "--handle", "otto", "--passphrase-from-stdin")
    assert "Recovery code" in desk.run(*words, told=PASSPHRASE).stdout


@pytest.mark.slow
def test_doctor_says_so_and_serve_refuses_what_is_half_safe(desk):
    told = json.loads(desk.run("doctor", "--json").stdout)
    assert told["safe"]
    assert {each["number"] for each in told["found"]} <= {"SCD51", "SCD60", "SCD61", "SCD62"}
    (desk.home / "server.key").chmod(0o644)
    told = json.loads(desk.run("doctor", "--json", code=3).stdout)
    assert [each["number"] for each in told["found"] if each["grave"]] == ["SCD03"]
    assert "SCD03" in desk.run("serve", "--port", free_port(), code=3).stderr
    assert "SCD12" in desk.run("serve", "--host", "0.0.0.0", "--port", free_port(), code=3).stderr


@pytest.mark.slow
def test_there_is_nothing_to_serve_before_it_is_made(tmp_path):
    assert "SC841" in Desk(tmp_path).run("serve", code=3).stderr
    assert "SCD01" in Desk(tmp_path).run("doctor", code=3).stdout


@pytest.mark.slow
def test_it_is_served_once_and_ends_cleanly(desk):
    with desk.served() as (port, serving):
        assert get(port, "/")[0] == 302
        status, page = get(port, "/nothing/Zarghuna?q=Zarghuna")
        assert (status, "Zarghuna" in page) == (404, False)
        assert get(port, "/static/desk/desk.css")[0] == 200
        assert "SC843" in desk.run("serve", "--port", free_port(), code=3).stderr
        assert (
            "SC843"
            in desk.run(
                "upgrade",
                "--to",
                desk.home.parent / "b",
                "--keys-to",
                desk.home.parent / "k",
                code=3,
            ).stderr
        )
        serving.send_signal(signal.SIGTERM)
        written = serving.communicate(timeout=60)[0].decode()
    assert serving.returncode == 0, written
    assert "Zarghuna" not in written
    assert not list(desk.home.glob("*-wal")), "the databases were closed"


@pytest.mark.slow
def test_whoever_answers_ends_when_its_watcher_is_killed(desk):
    with desk.served() as (port, serving):
        serving.kill()
        serving.wait(60)
        wait_for(lambda: not answers(port))
    with desk.served():
        pass  # and nothing holds the home any more


@pytest.mark.slow
def test_the_drill(desk, identity, tmp_path):
    """Backed up while serving, destroyed, restored elsewhere, served again."""
    to, keys_to = tmp_path / "backups", tmp_path / "keys-backup"
    with desk.served():
        told = desk.run("backup", "--to", to, "--keys-to", keys_to).stdout
        head = told.rpartition("head is ")[2].strip()
        desk.run("backup")  # to the same places as before
    assert len(list(to.iterdir())) == 2
    assert [each.name for each in keys_to.iterdir()] == ["safeconduct-keys.age"]
    shutil.rmtree(desk.home)
    shutil.rmtree(desk.keys)
    there = Desk(tmp_path / "there")
    words = ("--from", min(to.iterdir()), "--keys", keys_to / "safeconduct-keys.age")
    told = there.run("restore", *words, "--identity-file", "-", told=identity + "\n").stdout
    assert head in told
    assert json.loads(there.run("doctor", "--json").stdout)["safe"]
    there.run("journal", "verify")
    assert (
        "SC840"
        in there.run("restore", *words, "--identity-file", "-", told=identity, code=3).stderr
    )
    with there.served() as (port, _):
        assert get(port, "/door/")[0] == 200


@pytest.mark.slow
def test_an_upgrade_backs_up_verifies_and_says_so(desk, tmp_path):
    told = desk.run("upgrade", "--to", tmp_path / "b", "--keys-to", tmp_path / "k")
    assert "in place" in told.stdout
    assert len(list((tmp_path / "b").iterdir())) == 1


@pytest.mark.slow
def test_a_stopped_upgrade_says_how_to_go_back(desk, identity, tmp_path):
    (desk.home / "server.key").chmod(0o644)
    told = desk.run("upgrade", "--to", tmp_path / "b", "--keys-to", tmp_path / "k", code=3).stderr
    assert "SC854" in told
    assert "SCD03" in told
    there = Desk(tmp_path / "there")
    found = re.search(r"--from (\S+) --keys (\S+) --identity-file -`", told)
    assert found
    there.run(
        "restore", "--from", found[1], "--keys", found[2], "--identity-file", "-", told=identity
    )
