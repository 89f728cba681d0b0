"""What can be done with a message is at hand for mouse, finger and keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visit, both_widths
from tests.browser.stage import MEMBER, Stage
from tests.browser.visitor import asks_for_options, chooses, reads, says

pytestmark = pytest.mark.browser

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@both_widths
def test_the_button_beside_a_message(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "Worth keeping")
    page = visit(MEMBER, **CLIPBOARD)
    chooses(page.locator(".theirs"), "Copy text")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Worth keeping"


@both_widths
def test_a_reaction_is_given_and_taken_back(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "It is done.")
    page = visit(MEMBER)
    asks_for_options(page.locator(".theirs")).get_by_role("button", name="🎉").click()
    given = page.get_by_role("button", name="🎉, 1 reaction")
    expect(given).to_have_attribute("aria-pressed", "true")
    given.click()
    expect(given).to_have_count(0)


def test_the_right_mouse_button(visit: Visit) -> None:
    page = visit(MEMBER)
    says(page, "First")
    page.locator(".own .text").click(button="right")
    page.get_by_role("menuitem", name="Edit").click()
    says(page, "First, corrected")
    expect(page.locator(".own .text")).to_have_text("First, corrected")


def test_a_finger_that_rests(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "Touch me")
    page = visit(MEMBER, **PHONE)
    text = page.locator(".theirs .text")
    touched = {"pointerType": "touch", "clientX": 60, "clientY": 400, "bubbles": True}
    text.dispatch_event("pointerdown", touched)
    page.get_by_role("menuitem", name="Reply").click()
    expect(page.get_by_text("Reply to Paprsek")).to_be_visible()


def test_the_keyboard(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "Worth an answer")
    page = visit(MEMBER)
    reads(page, "Worth an answer")
    opens_by_keyboard(page)
    expect(page.get_by_role("menuitem", name="Reply")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="Copy text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".theirs .bubble-row")).to_be_focused()
    page.keyboard.press("r")
    page.keyboard.type("Here it is")
    page.keyboard.press("Enter")
    expect(page.locator(".quoted")).to_contain_text("Worth an answer")


def opens_by_keyboard(page: Page) -> None:
    page.get_by_role("group", name="Messages").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")


def test_what_is_answered_leads_back_to_it(visit: Visit, stage: Stage) -> None:
    first = stage.sends(MEMBER, "Long ago")
    stage.sends_many(MEMBER, 120)
    stage.sends(MEMBER, "As I said", reply_parameters={"message_id": first["message_id"]})
    page = visit(MEMBER)
    page.locator(".quoted").click()
    expect(page.get_by_text("Long ago", exact=True).first).to_be_in_viewport()
    expect(page.locator(".message.found")).to_contain_text("Long ago")
