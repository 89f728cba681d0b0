"""A browser, a stage, and a visitor who looks at it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, expect, sync_playwright

from tests.browser.stage import Stage, cast

SYSTEM_CHROMIUM = Path("/usr/bin/chromium")
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
    path = SYSTEM_CHROMIUM if SYSTEM_CHROMIUM.exists() else None
    try:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
    except Error as error:
        pytest.fail(f"{HOW_TO_GET_ONE} ({error.message.splitlines()[0]})", pytrace=False)
    yield browser
    browser.close()


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
