"""What the journeys stand on can fail: a focus that nobody sees, one that does not let go, a step that is not there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.journeys.following import Follower, StepError, steps_of
from tests.browser.journeys.hands import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(1_000)
        yield page


def test_a_button_is_reached_and_pressed_by_keyboard(page: Page):
    page.set_content("<p><a href='#here'>One</a> <details><summary>More</summary>Told</details>")
    Keyboard(page).press(page.locator("summary"))
    assert page.get_by_text("Told").is_visible()


def test_a_focus_that_nobody_sees_is_noticed(page: Page):
    page.set_content(
        "<style>:focus { outline: none }</style><a href='#'>One</a><button>Two</button>"
    )
    with pytest.raises(AssertionError, match="nobody sees"):
        Keyboard(page).press(page.get_by_role("button"))


def test_a_focus_out_of_sight_is_noticed(page: Page):
    page.set_content(
        "<a href='#' style='position: fixed; left: 0; top: -90px'>One</a><button>Two</button>"
    )
    with pytest.raises(AssertionError, match="out of sight"):
        Keyboard(page).press(page.get_by_role("button"))


def test_a_focus_that_is_kept_is_noticed(page: Page):
    page.set_content(
        "<input onkeydown='if (event.key === \"Tab\") event.preventDefault()'><button>Two</button>"
    )
    with pytest.raises(AssertionError, match="does not leave"):
        Keyboard(page).press(page.get_by_role("button"))


@pytest.mark.parametrize(
    ("step", "there"),
    [
        ("Press **Open**.", "<button>Open it</button>"),
        ("Follow **Cases**.", "<a href='#'>All cases</a>"),
        ("Follow **Cases**.", "<a href='#one'>Cases</a> <a href='#two'>Cases</a>"),
        ("Type `carol` into **Handle**.", "<label>Name <input></label>"),
        ("You see **Your day**.", "<h1 hidden>Your day</h1>"),
        ("Choose **yes** under **Are you?**", "<section aria-label='Were you?'></section>"),
        ("Choose the file `no/such.xlsx` at **Files**.", "<label>Files <input type=file></label>"),
    ],
)
def test_a_step_that_the_page_does_not_have_is_named(page: Page, step: str, there: str):
    page.set_content(f"<main>{there}</main>")
    with pytest.raises(StepError, match=r"step 1 \(line 1\)"):
        Follower(page, {}, 0).follow(steps_of(f"1. {step}")[0])
