"""No view of the page has a fault that axe knows of, in light or dark, wide or on a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.stage import BUTTONS, GUEST, MANAGER, MEMBER, Stage
from tests.browser.visitor import reads

pytestmark = pytest.mark.browser

RICH = (
    "<b>Bold</b> <a href='https://example.org'>site</a> /help <code>code</code> "
    "<tg-spoiler>secret</tg-spoiler><blockquote>quoted</blockquote><pre>block</pre>"
)


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def assert_no_fault_in_light_and_dark(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []


@pytest.fixture
def busy(stage: Stage) -> Stage:
    keyboard = {"keyboard": [[{"text": "Yes"}, {"text": "No"}]]}
    stage.sends(MEMBER, RICH, parse_mode="HTML", reply_markup=BUTTONS)
    stage.calls("sendPoll", chat_id=MEMBER, question="Which day?", options=["Monday", "Friday"])
    stage.sends(GUEST, "Shall we?", reply_markup=keyboard)
    stage.calls("setMyCommands", commands=[{"command": "help", "description": "How it works"}])
    return stage


def test_conversations_and_calls(visit: Visit, busy: Stage) -> None:
    page = visit(MEMBER, GUEST, reduced_motion="reduce")
    page.get_by_role("button", name="API calls").click()
    reads(page, "Shall we?")
    page.get_by_role("textbox", name="Message").first.fill("/")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    page.get_by_text("Trouble on demand").click()
    assert_no_fault_in_light_and_dark(page)


def test_the_welcome_and_a_dialog(visit: Visit) -> None:
    page = visit(welcomed=False, reduced_motion="reduce")
    expect(page.get_by_role("button", name="Write as a guest")).to_be_visible()
    assert_no_fault_in_light_and_dark(page)
    page.get_by_role("button", name="Start over").click()
    assert_no_fault_in_light_and_dark(page)


def test_a_phone(visit: Visit, busy: Stage) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"}
    page = visit(**phone)
    expect(page.get_by_role("navigation")).to_contain_text("Shall we?")
    assert faults(page) == []
    page.get_by_role("navigation").get_by_role("button").first.click()
    reads(page, "Shall we?")
    assert faults(page) == []


def test_the_keyboard_alone_is_enough(visit: Visit, busy: Stage) -> None:
    page = visit(MANAGER)
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("Jana")
    expect(page.get_by_role("navigation").get_by_role("listitem")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Warn")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    pressed_back_to(page, lambda: page.evaluate("document.activeElement.innerText") == "Warn")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("No seats are left.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def pressed_back_to(page: Page, found: Callable[[], bool]) -> None:
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if found():
            return
    raise AssertionError("the keyboard does not lead there")
