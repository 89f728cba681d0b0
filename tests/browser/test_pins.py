"""Messages are pinned and taken down again by those who may."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import CONTACT, MEMBER, Stage
from tests.browser.visitor import asks_for_options, chooses

pytestmark = pytest.mark.browser

GROUP = -500


@both_widths
def test_what_a_person_pins_the_bot_hears_of(visit: Visit, stage: Stage) -> None:
    sent = stage.sends(MEMBER, "The workshop moved to hall C.")
    page = visit(MEMBER)
    message = page.locator(".theirs").filter(has_text="hall C")
    chooses(message.first, "Pin")
    pinned = page.locator(".pinned")
    expect(pinned).to_contain_text("The workshop moved to hall C.")
    expect(page.locator(".service")).to_have_text("A message was pinned")
    chat = stage.calls("getChat", chat_id=MEMBER)
    assert chat["pinned_message"]["message_id"] == sent["message_id"]
    pinned.get_by_role("button", name="Unpin").click()
    expect(pinned).to_have_count(0)
    assert "pinned_message" not in stage.calls("getChat", chat_id=MEMBER)
    page.reload()
    expect(message.first).to_be_visible()
    expect(pinned).to_have_count(0)


@both_widths
def test_several_pins_are_in_a_list(visit: Visit, stage: Stage) -> None:
    for text in ("One", "Two", "Three"):
        number = stage.sends(MEMBER, text)["message_id"]
        stage.calls("pinChatMessage", chat_id=MEMBER, message_id=number)
    page = visit(MEMBER)
    pinned = page.locator(".pinned")
    expect(pinned).to_contain_text("Pinned message 3/3")
    expect(pinned).to_contain_text("Three")
    pinned.get_by_role("button", name="Pinned message").first.click()
    expect(pinned).to_contain_text("Two")
    page.get_by_role("button", name="Pinned messages").click()
    listed = page.get_by_role("dialog", name="Pinned messages")
    expect(listed.get_by_role("listitem")).to_have_text(["Three", "Two", "One"])
    listed.get_by_role("listitem").nth(1).get_by_role("button", name="Unpin").click()
    expect(listed.get_by_role("listitem")).to_have_text(["Three", "One"])
    listed.get_by_role("button", name="One").click()
    expect(listed).to_have_count(0)
    expect(page.locator(".message.found").filter(has_text="One")).to_be_visible()


def test_in_a_group_only_its_leaders_pin(visit: Visit, stage: Stage) -> None:
    stage.gathers(GROUP, title="Thin films")
    number = stage.sends(GROUP, "Meeting on Friday")["message_id"]
    stage.calls("pinChatMessage", chat_id=GROUP, message_id=number)
    page = visit(f"{MEMBER}:{GROUP}")
    expect(page.locator(".pinned")).to_contain_text("Meeting on Friday")
    expect(page.get_by_role("button", name="Unpin")).to_have_count(0)
    menu = asks_for_options(page.locator(".theirs").first)
    expect(menu.get_by_role("menuitem", name="Reply")).to_be_visible()
    expect(menu.get_by_role("menuitem", name="Unpin")).to_have_count(0)
    leader = visit(f"{CONTACT}:{GROUP}")
    leader.get_by_role("button", name="Unpin").click()
    expect(page.locator(".pinned")).to_have_count(0)
