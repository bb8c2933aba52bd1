"""A deployment made once by `safeconduct init`, and copied for each test."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.journeys.operators import Desk


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> tuple[Desk, str]:
    desk = Desk(tmp_path_factory.mktemp("deployment"))
    return desk, desk.init().stdout


@pytest.fixture
def desk(made: tuple[Desk, str], tmp_path: Path) -> Desk:
    """A fresh copy of the deployment that was made."""
    here = Desk(tmp_path)
    shutil.copytree(made[0].home, here.home)
    shutil.copytree(made[0].keys, here.keys)
    return here


@pytest.fixture(scope="session")
def identity(made: tuple[Desk, str]) -> str:
    found = re.search(r"AGE-SECRET-KEY-1\w+", made[1])
    assert found
    return found[0]
