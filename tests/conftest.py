"""What many tests stand on: the shipped operation, and one run of the main job over the six demo sheets."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from safeconduct.cli.brief import Wishes, make_brief
from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import Operation
from safeconduct.packs import load

# The machine that runs the tests may be slow; a law is no less broken for being found late.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


class Demo(NamedTuple):
    """The demo's run: what was decided, and the folder it was written to."""

    job: MainJob
    out: Path


@pytest.fixture(scope="session")
def operation() -> Operation:
    return load("afghanistan-2021")


@pytest.fixture(scope="session")
def demo_sheets() -> list[Path]:
    folder = Path(str(resources.files("safeconduct.packs") / "afghanistan_2021" / "sheets"))
    return sorted(each for each in folder.iterdir() if each.suffix in {".xlsx", ".ods", ".csv"})


@pytest.fixture(scope="session")
def demo(demo_sheets: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Demo:
    out = tmp_path_factory.mktemp("demo")
    job = make_brief(demo_sheets, Wishes(pack="afghanistan-2021", owner="the demo office"), out)
    return Demo(job, out)


@pytest.fixture(scope="session")
def contents_of_the_demo(demo: Demo) -> set[str]:
    """Every name, telephone, document number and story that the demo's sheets tell: none may ever be written."""
    told: set[str] = set()
    stories: set[str] = set()
    for plea in demo.job.intake.pleas:
        told.update((plea.caller.name or "", plea.caller.email or "", *plea.caller.phones))
        stories.update(plea.household.words)
        for person in plea.household.people:
            full = " ".join(filter(None, (person.given_name, person.family_name)))
            told.update(
                (full, person.native_name or "", person.passport or "", person.tazkira or "")
            )
            told.update(person.phones)
            stories.update(person.words)
    # A few letters, or a few plain words, stand in any text by chance; what identifies is longer.
    stories = {each.partition(": ")[2] or each for each in stories}
    return {each for each in told if len(each) >= 8} | {each for each in stories if len(each) > 20}
