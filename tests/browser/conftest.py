"""A browser, a stage, and a visitor who looks at it."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

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

DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}

both_widths = pytest.mark.parametrize(
    "device", [DESKTOP, PHONE], ids=["desktop", "phone"], indirect=True
)

Visit = Callable[..., Page]


class Windows:
    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self._contexts: dict[str, BrowserContext] = {}

    def open(self, welcomed: bool, settings: dict[str, Any]) -> Page:
        kind = f"{welcomed} {settings}"
        if kind not in self._contexts:
            context = self._chromium.new_context(**{"locale": "en-GB", **settings})
            if welcomed:
                context.add_init_script(SEEN_THE_WELCOME)
            self._contexts[kind] = context
        return self._contexts[kind].new_page()

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        expect.set_options(timeout=10_000)
        yield running


def launch(playwright: Playwright) -> Browser:
    """The system's browser; Playwright's own where there is none, or only a stub of one."""
    of_the_system = filter(None, map(shutil.which, NAMES))
    complaint = ""
    for path in (*of_the_system, None):
        try:
            return playwright.chromium.launch(executable_path=path, args=ARGS)
        except Error as error:
            complaint = complaint or error.message.splitlines()[0]
    raise RuntimeError(f"{HOW_TO_GET_ONE} ({complaint})")


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    try:
        browser = launch(playwright)
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def house() -> Iterator[Stage]:
    house = Stage(cast())
    house.opens()
    yield house
    house.ends()


@pytest.fixture
def stage(house: Stage) -> Stage:
    """The house with everything in it as at first."""
    house.begins_anew()
    return house


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Iterator[Windows]:
    """Windows of one kind share what they have loaded, which makes most of a visit quick."""
    windows = Windows(chromium)
    yield windows
    windows.close()


@pytest.fixture
def device(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What visitors look at the page with: a desktop, unless a test says `both_widths`."""
    return getattr(request, "param", DESKTOP)


@pytest.fixture
def visit(windows: Windows, stage: Stage, device: dict[str, Any]) -> Iterator[Visit]:
    """Opens the page for some seats; whatever the browser complains of fails the test."""
    pages: list[Page] = []
    complaints: list[str] = []

    def open_page(*seats: int | str, welcomed: bool = True, **settings: Any) -> Page:
        page = windows.open(welcomed, {**device, **settings})
        pages.append(page)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _bad(said.text) else None)
        page.goto(f"{stage.url}#{'+'.join(map(str, seats))}")
        return page

    yield open_page
    for page in pages:
        if stage.url in page.url:
            page.evaluate("localStorage.clear()")
        page.close()
    assert not complaints


def _bad(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text
