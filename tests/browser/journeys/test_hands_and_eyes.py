"""What the journeys stand on can fail: a focus that nobody sees, one that does not let go, a step that is not there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.journeys.following import Follower, StepError, steps_of
from tests.browser.journeys.hands import Hands, Keyboard, Mouse

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        page = context.new_page()
        page.set_default_timeout(1_000)
        yield page


class Slowly(BaseHTTPRequestHandler):
    """A page whose second half comes half a second after its first, as on a slow line."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><h1>The list</h1>" + b"<p>" * 4096)
        self.wfile.flush()
        threading.Event().wait(0.5)
        self.wfile.write(b"<b>its end</b>")

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def slow_line() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Slowly) as server:
        serving = threading.Thread(target=server.serve_forever, args=(0.05,))
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        serving.join()


@pytest.mark.parametrize("hands", [Mouse, Keyboard])
def test_a_page_that_was_pressed_for_is_whole_before_it_is_read(
    page: Page, slow_line: str, hands: type[Mouse | Keyboard]
):
    page.set_default_timeout(20_000)
    page.set_content(f"<main><a href='{slow_line}'>To the list</a></main>")
    with_hands: Hands = hands(page)
    with_hands.press(page.get_by_role("link"))
    assert page.locator("b").count() == 1


def test_a_step_that_leads_on_ends_with_a_whole_page(page: Page, slow_line: str):
    page.set_default_timeout(20_000)
    page.set_content(f"<main><a href='{slow_line}'>To the list</a></main>")
    Follower(page, {}, 0).follow(steps_of("1. Follow **To the list**.")[0])
    assert page.locator("b").count() == 1


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
