"""A home is made where nothing is and by one at a time; where that does not end well, only what was made is gone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.cast import AT
from tests.rooms.config.deployments import at_home, home_in

from safeconduct.config.deployment import home as homes
from safeconduct.config.deployment.backup.making import make_backup
from safeconduct.config.deployment.backup.restoring import restore
from safeconduct.config.deployment.home import empty_home, held_alone
from safeconduct.core.errors import AlreadyDeployed, InUse, KeepsNoRights


@pytest.fixture
def nothing(tmp_path: Path, settings, django_db_blocker):
    with django_db_blocker.unblock(), at_home(home_in(tmp_path), settings):
        yield home_in(tmp_path)


def make(home):
    with empty_home(home):
        home.secret.write_text("whole")


def test_a_second_set_up_takes_nothing_from_the_first(nothing, monkeypatch):
    """Both looked while nothing was there; the first is at work when the second begins."""
    nothing.folder.mkdir()
    monkeypatch.setattr(homes, "_needs_nothing_in", lambda _home, **_made: None)
    with held_alone(nothing):
        (nothing.folder / "main.sqlite").write_text("the first one's")
        with pytest.raises(InUse):
            make(nothing)
    assert (nothing.folder / "main.sqlite").read_text() == "the first one's"


def test_a_second_set_up_finds_what_the_first_has_made(nothing, monkeypatch):
    """The first ended between the second's look and its turn."""
    look = homes._needs_nothing_in

    def first_ends_after_the_look(home, *, made=False):
        if not made:
            home.folder.mkdir()
            home.secret.write_text("the first one's")
            return
        look(home, made=made)

    monkeypatch.setattr(homes, "_needs_nothing_in", first_ends_after_the_look)
    with pytest.raises(AlreadyDeployed):
        make(nothing)
    assert nothing.secret.read_text() == "the first one's"


def test_a_key_store_within_the_home_is_no_hindrance(tmp_path, settings, django_db_blocker):
    within = homes.Home(tmp_path / "home", tmp_path / "home" / "deep" / "keys")
    with django_db_blocker.unblock(), at_home(within, settings):
        make(within)
    assert within.secret.is_file()


@pytest.mark.parametrize("refuses", [True, False])
def test_a_disk_that_keeps_no_rights_is_refused_before_anything_is_on_it(
    nothing, monkeypatch, refuses: bool
):
    def chmod(_path, _mode):
        if refuses:
            raise PermissionError(1, "Operation not permitted")

    nothing.folder.mkdir()
    nothing.folder.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", chmod)
    with pytest.raises(KeepsNoRights):
        make(nothing)
    assert not list(nothing.folder.iterdir())


@pytest.mark.slow
def test_a_clock_that_was_put_back_makes_no_newer_keys_older(deployed, tmp_path, settings):
    """The main backup was made while the clock was right, the newest keys when it was three days behind."""
    to, keys_to = tmp_path / "main-backup", tmp_path / "keys-backup"
    old = make_backup(deployed.home, to=to, keys_to=keys_to, at=AT)
    new = make_backup(deployed.home, to=to, keys_to=keys_to, at=AT - timedelta(days=3))
    there = home_in(tmp_path / "there")
    with at_home(there, settings):
        restore(there, main=old.main, keys=new.keys, identity=deployed.identity, at=AT)
    assert there.secret.is_file()
