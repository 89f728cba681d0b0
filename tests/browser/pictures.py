"""Takes the pictures of the README anew: `python -m tests.browser.pictures`.

A member looks at an event while the manager writes to everybody, once in each language.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from bot import seed
from tests.browser.conftest import DESKTOP, SEEN_THE_WELCOME, launch
from tests.browser.demonstration import HOUSE, demonstration, free_port

IMAGES = HOUSE / "docs" / "images"
SEATS = [
    next(each.telegram_id for each in seed.PERSONAS if each.role == role)
    for role in ("member", "manager")
]


@dataclass(frozen=True)
class Edition:
    file: str
    locale: str
    language: str  # its button in the settings
    field: str
    events: str
    announce: str
    news: str


EDITIONS = (
    Edition(
        "chat.png",
        "en-GB",
        "English",
        "Message",
        "/events",
        "/announce",
        "Dear members, the programme of the workshop on thin films is ready. See you in Přerov!",
    ),
    Edition(
        "chat.cs.png",
        "cs-CZ",
        "Čeština",
        "Zpráva",
        "/akce",
        "/oznameni",
        "Milí členové, program workshopu o tenkých vrstvách je hotov. Na viděnou v Přerově!",
    ),
)


def take_all() -> None:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for edition in EDITIONS:
            with tempfile.TemporaryDirectory() as folder:
                take(browser, edition, Path(folder))
        browser.close()


def take(browser: Browser, edition: Edition, folder: Path) -> None:
    with demonstration(folder, free_port()) as address:
        context = browser.new_context(**DESKTOP, locale=edition.locale, reduced_motion="reduce")
        context.add_init_script(SEEN_THE_WELCOME)
        page = context.new_page()
        page.goto(f"{address}#{'+'.join(map(str, SEATS))}")
        member, manager = (page.locator(".conversation").nth(place) for place in (0, 1))
        for person in (member, manager):
            speaks(person, edition)
        says(member, edition, edition.events)
        opens_the_workshop(member)
        says(manager, edition, edition.announce)
        says(manager, edition, edition.news)
        page.mouse.move(0, 0)
        rests(page)
        page.screenshot(path=IMAGES / edition.file)
        context.close()


def speaks(person: Locator, edition: Edition) -> None:
    says(person, edition, "/start")
    says(person, edition, "/nastaveni")
    person.get_by_role("button", name=edition.language).click()
    expect(person.get_by_role("button", name=f"{edition.language} ✓")).to_be_visible()


def says(person: Locator, edition: Edition, text: str) -> None:
    answers = person.locator(".theirs")
    before = answers.count()
    field = person.get_by_role("textbox", name=edition.field)
    field.fill(text)
    field.press("Enter")
    expect(answers.nth(before)).to_be_visible()


def opens_the_workshop(member: Locator) -> None:
    member.get_by_role("button", name="Tenké vrstvy v praxi").last.click()
    expect(member.locator(".theirs").last).to_contain_text("Přerov")


def rests(page: Page) -> None:
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    expect(page.locator(".toast")).to_have_count(0)


if __name__ == "__main__":
    take_all()
