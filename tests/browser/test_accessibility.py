"""No view of the page has a fault that axe knows of, in light or dark, wide or on a phone."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.sandbox.world import Json
from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import BUTTONS, CONTACT, GUEST, MANAGER, MEMBER, SECOND, Stage
from tests.browser.visitor import asks_for_options, reads

pytestmark = pytest.mark.browser

GROUP = -500
STILL = {"reduced_motion": "reduce"}
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
    """A conversation with everything in it, and a forum with everything over it."""
    keyboard = {"keyboard": [[{"text": "Yes"}, {"text": "No"}]]}
    quiz: Json = {"type": "quiz", "correct_option_ids": [0], "options": ["Light", "Sound"]}
    sent = stage.sends(MEMBER, RICH, parse_mode="HTML", reply_markup=BUTTONS)
    number = sent["message_id"]
    stage.calls("pinChatMessage", chat_id=MEMBER, message_id=number)
    reaction = [{"type": "emoji", "emoji": "👍"}]
    stage.calls("setMessageReaction", chat_id=MEMBER, message_id=number, reaction=reaction)
    stage.calls("sendPoll", chat_id=MEMBER, question="Which day?", options=["Monday", "Friday"])
    stage.calls("sendPoll", chat_id=MEMBER, question="Faster?", **quiz)
    stage.sends(GUEST, "Shall we?", reply_markup=keyboard)
    stage.calls("setMyCommands", commands=[{"command": "help", "description": "How it works"}])
    forum = stage.gathers(GROUP, title="Pillars", is_forum=True)
    topic = stage.calls("createForumTopic", chat_id=GROUP, name="Lasers")["message_thread_id"]
    stage.sends(GROUP, "A pulse", message_thread_id=topic)
    forum.join_requests += [GUEST, SECOND]
    return stage


def test_conversations_and_calls(visit: Visit, busy: Stage) -> None:
    page = visit(MEMBER, GUEST, f"{CONTACT}:{GROUP}", **STILL)
    page.get_by_role("button", name="API calls").click()
    page.get_by_role("button", name="Sound").click()
    expect(page.locator(".poll .wrong")).to_be_visible()
    page.get_by_role("textbox", name="Message").first.fill("/")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    page.get_by_text("Trouble on demand").click()
    assert_no_fault_in_light_and_dark(page)


@both_widths
def test_the_welcome_and_a_dialog(visit: Visit) -> None:
    page = visit(welcomed=False, **STILL)
    expect(page.get_by_role("button", name="Write as a guest")).to_be_visible()
    assert_no_fault_in_light_and_dark(page)
    page.get_by_role("button", name="Start over").click()
    assert_no_fault_in_light_and_dark(page)


@both_widths
@pytest.mark.parametrize(
    "seat", [MEMBER, GUEST, f"{CONTACT}:{GROUP}"], ids=["rich", "plain", "group"]
)
def test_a_conversation_and_the_menu_of_a_message(
    visit: Visit, busy: Stage, seat: int | str
) -> None:
    page = visit(seat, **STILL)
    expect(page.locator(".theirs").first).to_be_visible()
    assert_no_fault_in_light_and_dark(page)
    asks_for_options(page.locator(".theirs").first)
    assert_no_fault_in_light_and_dark(page)


@both_widths
def test_the_list_and_the_calls(visit: Visit, busy: Stage) -> None:
    page = visit(**STILL)
    expect(page.get_by_role("navigation")).to_contain_text("Shall we?")
    assert_no_fault_in_light_and_dark(page)
    page.get_by_role("button", name="API calls").click()
    calls = page.get_by_role("complementary", name="Bot API calls").get_by_role("listitem")
    calls.first.locator("summary").click()
    page.get_by_text("Trouble on demand").click()
    assert_no_fault_in_light_and_dark(page)


def test_the_keyboard_alone_is_enough(visit: Visit, busy: Stage) -> None:
    page = visit(MANAGER)
    expect(page.get_by_role("textbox", name="Message")).to_be_focused()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("Tomas")
    expect(page.get_by_role("navigation").get_by_role("listitem")).to_have_count(1)
    busy.sends(SECOND, "Press one", reply_markup=BUTTONS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    reads(page, "Press one")
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
