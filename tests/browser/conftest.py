"""A real Chromium with the network cut: whatever is not asked of our own server is refused and counted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.conftest import absent

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
HINT = "no Chromium found; install one (Debian: apt-get install chromium), or name it in DIPLOGRAPH_CHROMIUM"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """The program named by DIPLOGRAPH_CHROMIUM, else the first known name on the PATH."""
    named = os.environ.get("DIPLOGRAPH_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, for one module: while it is open an event loop runs, and no other test could start one of its own."""
    program = find_chromium()
    if program is None:
        absent("BROWSER", HINT)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("BROWSER", "playwright is not installed: pip install playwright")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page did that it should not have done."""

    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def route(self, route: Route) -> None:
        """Let requests to our own server pass; refuse and remember all others."""
        address = urlsplit(route.request.url)
        if address.hostname == "127.0.0.1" or address.scheme == "data":
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def console(self, message: ConsoleMessage) -> None:
        """Remember errors, violations of the content policy among them."""
        if message.type == "error":
            self.errors.append(message.text)


@pytest.fixture(params=["desktop", "phone"])
def size(request: pytest.FixtureRequest) -> dict[str, int]:
    """The two sizes every page is opened at."""
    return {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}[request.param]


@pytest.fixture
def page(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page at desktop size that asserts, in the end, that nothing foreign was asked for and nothing went wrong."""
    context = browser.new_context(base_url=base_url, viewport={"width": 1280, "height": 800}, locale="en-GB")
    watch = Watch()
    context.route("**/*", watch.route)
    page = context.new_page()
    page.on("console", watch.console)
    page.on("pageerror", lambda error: watch.errors.append(str(error)))
    yield page
    context.close()
    assert watch.foreign == []
    assert watch.errors == []
