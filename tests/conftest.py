"""What many tests stand on: the shipped operation, and one run of the main job over the six demo sheets."""

from __future__ import annotations

import gc
import os

# openpyxl writes other bytes where lxml is installed (pikepdf brings it): the test sheets are kept as it writes alone.
os.environ.setdefault("OPENPYXL_LXML", "False")

from collections.abc import Generator, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import HealthCheck, settings
from tests.cast import Cast, make_cast
from tests.shipped import shipped
from whitenoise.middleware import WhiteNoiseMiddleware

from safeconduct.cli.brief import Wishes, make_brief
from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import Operation
from safeconduct.journal.append_only import to_allow_changes, to_refuse_changes
from safeconduct.vault.keyring import BOARD

# The machine that runs the tests may be slow; a law is no less broken for being found late.
settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")
settings.register_profile("quick", settings.get_profile("house"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is collected stays to the end. Python's search for cycles would go through all of it, again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_unconfigure() -> None:
    """Let go of again, so that libraries that count what was not let go of have nothing to report."""
    gc.unfreeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """At every save (`make quick`) laws are tried with a quarter of their examples; with all of them in `make test`."""
    if config.getoption("--hypothesis-profile") != "quick":
        return
    found = (getattr(each, "obj", None) for each in items)
    for law in {getattr(each, "__func__", each) for each in found}:
        told = getattr(law, "_hypothesis_internal_use_settings", None)
        if told is not None:
            fewer = max(min(told.max_examples, 10), told.max_examples // 4)
            law._hypothesis_internal_use_settings = settings(told, max_examples=fewer)


class Demo(NamedTuple):
    """The demo's run: what was decided, and the folder it was written to."""

    job: MainJob
    out: Path


@pytest.fixture(scope="session")
def operation() -> Operation:
    return shipped()


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


@pytest.fixture(scope="session", autouse=True)
def _the_journal_is_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions empty all tables afterwards; the database would refuse that for the journal."""
    emptied = BaseDatabaseOperations.execute_sql_flush

    def flush(operations: BaseDatabaseOperations, statements: list[str]) -> None:
        if any("journal_line" in each for each in statements):
            vendor = operations.connection.vendor
            statements = [*to_allow_changes(vendor), *statements, *to_refuse_changes(vendor)]
        emptied(operations, statements)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
        yield


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_once() -> Iterator[None]:
    """Every `Client` loads the middleware anew; each time WhiteNoise would go through the folders of all rooms."""
    looked = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, object] = {}

    def add(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            looked(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoiseMiddleware, "add_files_from_finders", add)
        yield


@pytest.fixture
def cast(db_of_both: None) -> Cast:
    return make_cast()


@pytest.fixture
def db_of_both(request: pytest.FixtureRequest) -> Iterator[None]:
    """The main database and the key store; every ring is dropped afterwards."""
    request.getfixturevalue("db")
    yield
    BOARD.drop_all()
