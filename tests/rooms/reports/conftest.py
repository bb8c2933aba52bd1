from __future__ import annotations

from datetime import date

import pytest
from brief_page import Element, read_page
from made_up_job import made_up_job

from safeconduct.core.main_job import MainJob
from safeconduct.reports.brief import brief_html

MADE_ON = date(2021, 8, 21)


@pytest.fixture(scope="session")
def job() -> MainJob:
    return made_up_job()


@pytest.fixture(scope="session")
def html(job: MainJob) -> str:
    return brief_html(job, made_on=MADE_ON)


@pytest.fixture(scope="session")
def page(html: str) -> Element:
    return read_page(html)
