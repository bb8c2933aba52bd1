"""The desk of the demonstration makes room for itself, and for nothing that is anybody's."""

from __future__ import annotations

import pytest

from safeconduct.config.demonstration import MARK, make_demo_desk
from safeconduct.config.deployment.home import Home, held_alone
from safeconduct.core.errors import InUse, PlaceNotUsable


@pytest.fixture
def home(tmp_path) -> Home:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "main.sqlite").write_text("families")
    return Home(folder, folder)


def told(what: str) -> None:
    raise AssertionError(f"it began: {what}")


def test_a_desk_of_the_demo_that_is_served_is_not_taken_away(home):
    (home.folder / MARK).touch()
    with held_alone(home), pytest.raises(InUse):
        make_demo_desk(home, {}, tell=told)
    assert (home.folder / "main.sqlite").read_text() == "families"
    with pytest.raises(AssertionError, match="it began"):
        make_demo_desk(home, {}, tell=told)
    assert not home.folder.exists()


def test_what_is_no_demo_is_never_taken_away(home):
    with pytest.raises(PlaceNotUsable):
        make_demo_desk(home, {}, tell=told)
    assert (home.folder / "main.sqlite").read_text() == "families"
