"""docs/first-evening.md leads a new office from nothing to its first sorted worklist: followed here word for word."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.journeys.following import ROOT, Follower, StepError, steps_of
from tests.deployed import Deployed, free_port

DOCUMENT = ROOT / "docs" / "first-evening.md"


@pytest.mark.browser
@pytest.mark.slow
def test_the_first_evening_holds_word_for_word(browser: Browser, tmp_path: Path):
    for name in ("tmp", "user"):
        (tmp_path / name).mkdir()
    environment = Deployed(tmp_path).environment
    # Nothing but what a person has who opens a terminal: the deployment lies where it lies by itself.
    for name in ("SAFECONDUCT_HOME", "SAFECONDUCT_KEYS_HOME"):
        del environment[name]
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        follower = Follower(page, environment, free_port())
        try:
            for sentence in steps_of(DOCUMENT.read_text()):
                follower.follow(sentence)
        finally:
            follower.terminal.close()


def test_every_step_can_be_followed_and_counts_on():
    found = steps_of(DOCUMENT.read_text())
    assert len({each.step for each in found}) > 25
    assert {"run", "answer", "press", "see", "file", "interrupt"} <= {each.does for each in found}


def test_what_is_no_step_is_said():
    with pytest.raises(StepError, match="nobody can follow"):
        steps_of("1. Run `make setup`. Then think of something.")
    with pytest.raises(StepError, match="numbered"):
        steps_of("1. Run `make setup`.\n3. Press **Open**.")
