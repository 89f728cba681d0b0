"""Links and QR codes lead into the page, not out of it."""

import io

import pytest
import segno
from playwright.sync_api import Page, expect

from bot.sandbox.request import Upload
from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import MEMBER, Stage
from tests.browser.visitor import reads

pytestmark = [pytest.mark.browser, both_widths]

LINK = "https://t.me/stage_bot?start=spring"


def code(link: str) -> Upload:
    picture = io.BytesIO()
    segno.make(link).save(picture, kind="png", scale=8)
    return Upload("code.png", picture.getvalue(), "image/png")


def test_a_link_in_a_text(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, f"Sign up: {LINK}")
    page = visit(MEMBER)
    page.get_by_role("link", name=LINK).click()
    reads(page, "You said: /start spring")


def test_a_link_behind_words(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, f'<a href="{LINK}">Sign up</a>', parse_mode="HTML")
    page = visit(MEMBER)
    page.get_by_role("link", name="Sign up").click()
    reads(page, "You said: /start spring")


def test_a_link_under_a_button(visit: Visit, stage: Stage) -> None:
    button = {"text": "Sign up", "url": LINK}
    stage.sends(MEMBER, "Spring", reply_markup={"inline_keyboard": [[button]]})
    page = visit(MEMBER)
    page.get_by_role("button", name="Sign up").click()
    reads(page, "You said: /start spring")


def test_a_link_from_elsewhere(visit: Visit) -> None:
    page = visit(MEMBER)
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Come by a link").click()
    page.get_by_role("dialog").get_by_role("textbox").fill(LINK)
    page.get_by_role("button", name="Come", exact=True).click()
    reads(page, "You said: /start spring")


def test_a_code_in_a_picture(visit: Visit, stage: Stage) -> None:
    stage.calls("sendPhoto", chat_id=MEMBER, photo="attach://it", files={"it": code(LINK)})
    page = visit(MEMBER)
    opens_the_photo(page)
    page.get_by_role("button", name="Open the link in the code").click()
    reads(page, "You said: /start spring")


def opens_the_photo(page: Page) -> None:
    page.get_by_role("button", name="Enlarge the photo").click()
    expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
