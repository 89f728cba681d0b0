"""A visitor writes and presses as somebody, and sees what the bot answers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import GUEST, MEMBER, Stage
from tests.browser.visitor import chooses, reads, says

pytestmark = [pytest.mark.browser, both_widths]


def test_a_message_is_answered(visit: Visit) -> None:
    page = visit(MEMBER)
    says(page, "Hello there")
    expect(page.locator(".own .text")).to_have_text("Hello there")
    expect(page.locator(".theirs .text")).to_have_text("You said: Hello there")
    expect(page.get_by_role("textbox", name="Message")).to_have_value("")


def test_an_empty_chat_tells_what_the_bot_does_and_starts(visit: Visit, stage: Stage) -> None:
    stage.calls("setMyDescription", description="I know every event of the cluster.")
    page = visit(GUEST)
    expect(page.get_by_text("I know every event of the cluster.")).to_be_visible()
    page.get_by_role("button", name="Start", exact=True).click()
    reads(page, "You said: /start")


def test_a_press_edits_in_place_and_says_so(visit: Visit) -> None:
    page = visit(MEMBER)
    says(page, "Hi")
    page.get_by_role("button", name="Change").click()
    expect(page.get_by_role("status").filter(has_text="Changed for you.")).to_be_visible()
    expect(page.locator(".theirs .text")).to_have_text("It is changed.")
    expect(page.locator(".theirs")).not_to_contain_text("edited")
    expect(page.locator(".glow-odd")).to_have_count(1)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def test_an_edit_is_told(visit: Visit, stage: Stage) -> None:
    number = stage.sends(MEMBER, "At nine")["message_id"]
    page = visit(MEMBER)
    reads(page, "At nine")
    stage.calls("editMessageText", chat_id=MEMBER, message_id=number, text="At ten")
    reads(page, "At ten")
    expect(page.locator(".theirs")).to_contain_text("edited")


def test_an_alert_waits_to_be_read(visit: Visit) -> None:
    page = visit(MEMBER)
    says(page, "Hi")
    page.get_by_role("button", name="Warn").click()
    alert = page.get_by_role("dialog")
    expect(alert).to_contain_text("No seats are left.")
    page.keyboard.press("Escape")
    expect(alert).to_have_count(0)


def test_a_deep_link_opens_inside_and_a_code_is_copied(visit: Visit) -> None:
    page = visit(MEMBER, permissions=["clipboard-read", "clipboard-write"])
    says(page, "Hi")
    page.get_by_role("button", name="Code").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "ABC-123"
    page.get_by_role("button", name="Invitation").click()
    reads(page, "You said: /start spring")


def test_commands_come_after_a_slash(visit: Visit, stage: Stage) -> None:
    commands = [
        {"command": "events", "description": "What is on"},
        {"command": "help", "description": "How this works"},
    ]
    stage.calls("setMyCommands", commands=commands)
    page = visit(MEMBER)
    field = page.get_by_role("textbox", name="Message")
    field.fill("/")
    expect(page.get_by_role("option")).to_have_text(["/eventsWhat is on", "/helpHow this works"])
    field.fill("/he")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    reads(page, "You said: /help")
    page.get_by_role("button", name="Commands").click()
    page.get_by_role("option", name="/events").click()
    reads(page, "You said: /events")


def test_a_reply_and_an_edit(visit: Visit) -> None:
    page = visit(MEMBER)
    says(page, "First")
    reads(page, "You said: First")
    page.get_by_role("group", name="Messages").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("r")
    expect(page.get_by_text("Reply to Paprsek")).to_be_visible()
    page.keyboard.type("Second")
    page.keyboard.press("Enter")
    expect(page.locator(".quoted")).to_contain_text("You said: First")
    chooses(page.locator(".own").first, "Edit")
    says(page, "First, corrected")
    expect(page.locator(".own .text").first).to_have_text("First, corrected")


def test_suggested_answers_stand_under_the_composer(visit: Visit, stage: Stage) -> None:
    keyboard = {"keyboard": [[{"text": "Czech"}, {"text": "English"}]], "resize_keyboard": True}
    stage.sends(GUEST, "Which language?", reply_markup=keyboard)
    page = visit(GUEST)
    answers = page.get_by_role("group", name="Suggested answers")
    answers.get_by_role("button", name="English").click()
    reads(page, "You said: English")
    stage.sends(GUEST, "Thank you.", reply_markup={"remove_keyboard": True})
    expect(answers).to_have_count(0)


def test_a_draft_survives_a_reload(visit: Visit) -> None:
    page = visit(MEMBER)
    page.get_by_role("textbox", name="Message").fill("Half a thought")
    page.reload()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Half a thought")


def test_a_blocked_bot_is_told_of(visit: Visit) -> None:
    page = visit(MEMBER)
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Block the bot").click()
    expect(page.get_by_text("The bot is blocked")).to_be_visible()
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Unblock the bot").click()
    expect(page.get_by_text("The bot is blocked")).to_have_count(0)
