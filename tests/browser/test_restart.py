"""Paprsek itself is stopped and started again while a page is open on it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot import seed
from tests.browser.conftest import DESKTOP, Windows
from tests.browser.demonstration import demonstration, free_port
from tests.browser.visitor import says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]  # the real process starts twice

MEMBER = next(each.telegram_id for each in seed.PERSONAS if each.role == "member")


def test_a_page_left_open_goes_on(windows: Windows, tmp_path: Path) -> None:
    port = free_port()
    page = windows.open(True, DESKTOP)
    answers, keys = page.locator(".theirs"), page.locator(".inline-keyboard")
    with demonstration(tmp_path, port) as address:
        page.goto(f"{address}#{MEMBER}")
        says(page, "/start")
        expect(keys).to_have_count(1)
        page.get_by_role("textbox", name="Message").fill("Half a thought")
    expect(page.get_by_text("Connection lost, coming back…")).to_be_visible()
    with demonstration(tmp_path, port):
        expect(page.get_by_text("Connection lost")).to_have_count(0)
        expect(page.locator(".own .text")).to_have_text("/start")
        expect(answers).to_have_count(1)
        expect(page.get_by_role("textbox", name="Message")).to_have_value("Half a thought")
        before = answers.inner_text()
        keys.get_by_role("button").first.click()
        expect(answers).not_to_have_text(before, use_inner_text=True)
        page.close()
