"""A browser, a stage, and a visitor who looks at it."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

from tests.browser.stage import Stage, cast

NAMES = ("chromium", "google-chrome", "google-chrome-stable")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOW_TO_GET_ONE = (
    "No Chromium starts here. Install one with `apt-get install chromium` "
    "or `.venv/bin/python -m playwright install chromium`."
)
SEEN_THE_WELCOME = "localStorage.paprsek ??= JSON.stringify({ welcomed: true })"

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        expect.set_options(timeout=10_000)
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's browser; Playwright's own where there is none, or only a stub of one."""
    of_the_system = filter(None, map(shutil.which, NAMES))
    complaint = ""
    for path in (*of_the_system, None):
        try:
            browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        except Error as error:
            complaint = complaint or error.message.splitlines()[0]
            continue
        yield browser
        browser.close()
        return
    pytest.fail(f"{HOW_TO_GET_ONE} ({complaint})", pytrace=False)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(cast())
    stage.opens()
    yield stage
    stage.ends()


@pytest.fixture
def visit(chromium: Browser, stage: Stage) -> Iterator[Visit]:
    """Opens the page for some people; whatever the browser complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(*people: int, welcomed: bool = True, **settings: Any) -> Page:
        settings = {"locale": "en-GB", "viewport": {"width": 1440, "height": 900}, **settings}
        context = chromium.new_context(**settings)
        contexts.append(context)
        if welcomed:
            context.add_init_script(SEEN_THE_WELCOME)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _bad(said.text) else None)
        page.goto(f"{stage.url}#{'+'.join(map(str, people))}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def _bad(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text
