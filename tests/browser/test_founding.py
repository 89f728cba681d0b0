"""Groups are founded on the page, the bot comes into them, and its rights are chosen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.sandbox.world import Chat, Json
from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import CONTACT, MEMBER, SECOND, Stage
from tests.browser.test_accessibility import STILL, assert_no_fault_in_light_and_dark
from tests.browser.visitor import column, reads, says

pytestmark = [pytest.mark.browser, both_widths]

GROUP = -500


def chooses(page: Page, option: str) -> Locator:
    """From the menu in the head; the dialog that opens."""
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name=option).click()
    return page.get_by_role("dialog")


def founds(page: Page, title: str, *, topics: bool = False) -> None:
    dialog = chooses(page, "New group")
    names(dialog, title, topics=topics)


def names(dialog: Locator, title: str, *, topics: bool = False) -> None:
    dialog.get_by_role("textbox", name="Name of the group").fill(title)
    if topics:
        dialog.get_by_role("checkbox", name="With topics").check()
    dialog.get_by_role("button", name="Create").click()


def group(stage: Stage) -> Chat:
    """The newest."""
    return list(stage.sandbox.world.chats.values())[-1]


def said_last(stage: Stage) -> Json:
    return list(group(stage).messages.values())[-1].body


def rights_of_bot(stage: Stage) -> set[str]:
    rights = group(stage).rights[stage.sandbox.world.bot.id]
    return {right for right, on in rights.items() if on} - {"can_manage_chat"}


def test_a_group_is_founded_and_becomes_a_supergroup(visit: Visit, stage: Stage) -> None:
    page = visit(MEMBER)
    founds(page, "Thin films")
    here = page.get_by_role("region", name="Conversation: Thin films")
    says(here, "Who is here?")
    expect(here.locator(".own .text")).to_have_text("Who is here?")
    assert (group(stage).type, group(stage).owner) == ("group", MEMBER)
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Upgrade to a supergroup").click()
    expect(here.locator(".service").last).to_have_text("The group became a supergroup")
    says(here, "Still here")
    assert group(stage).type == "supergroup"


def test_a_group_with_topics(visit: Visit, stage: Stage) -> None:
    page = visit(MEMBER)
    founds(page, "Pillars", topics=True)
    dialog = chooses(page, "New topic")
    dialog.get_by_role("textbox", name="Name of the topic").fill("Lasers")
    dialog.get_by_role("button", name="Create").click()
    topics = page.get_by_role("navigation", name="Topics")
    expect(topics.get_by_role("button", name="Lasers")).to_have_attribute("aria-current", "true")
    says(page, "A pulse")
    stage.waits(lambda: said_last(stage).get("text") == "A pulse")
    assert said_last(stage)["message_thread_id"] == next(iter(group(stage).topics))
    assert (group(stage).type, group(stage).is_forum) == ("supergroup", True)


def test_people_come_rule_and_go(visit: Visit, stage: Stage) -> None:
    page = visit(MEMBER, **STILL)
    founds(page, "Thin films", topics=True)
    dialog = chooses(page, "People in the group")
    dialog.get_by_role("searchbox").fill("tomas")
    dialog.get_by_role("button", name="Add: Second member, Tomáš Dvořák").click()
    dialog.get_by_role("searchbox").fill("")
    dialog.get_by_role("button", name="Add: Paprsek").click()
    assert_no_fault_in_light_and_dark(page)
    dialog.get_by_role("button", name="Administrator rights: Paprsek").click()
    for right in ("Add members", "Pin messages"):
        dialog.get_by_role("checkbox", name=right).check()
    assert_no_fault_in_light_and_dark(page)
    dialog.get_by_role("button", name="Save").click()
    bot = dialog.get_by_role("listitem").filter(has_text="Paprsek")
    expect(bot).to_contain_text("administrator")
    assert rights_of_bot(stage) == {"can_invite_users", "can_pin_messages"}
    bot.get_by_role("button", name="Administrator rights").click()
    expect(dialog.get_by_role("checkbox", name="Pin messages")).to_be_checked()
    dialog.get_by_role("button", name="Dismiss").click()
    expect(bot).to_contain_text("member")
    dialog.get_by_role("button", name="Remove from the group: Second member").click()
    expect(dialog.get_by_role("button", name="Add: Second member")).to_be_visible()
    stage.waits(lambda: SECOND in group(stage).kicked)


def test_a_button_adds_the_bot_with_the_rights_it_asks_for(visit: Visit, stage: Stage) -> None:
    asks = "https://t.me/stage_bot?startgroup&admin=invite_users+manage_tags"
    rows = [[{"text": "Add me to a group", "url": asks}]]
    stage.sends(CONTACT, "Shall I?", reply_markup={"inline_keyboard": rows})
    stage.gathers(GROUP, title="Thin films")
    page = visit(CONTACT, **STILL)
    page.get_by_role("button", name="Add me to a group").click()
    dialog = page.get_by_role("dialog")
    assert_no_fault_in_light_and_dark(page)
    dialog.get_by_role("button", name="New group").click()
    names(dialog, "Fibres", topics=True)
    tags = dialog.get_by_role("checkbox", name="Manage tags")
    expect(tags).to_be_checked()
    tags.uncheck()
    dialog.get_by_role("button", name="Add the bot").click()
    expect(page.get_by_text("The bot is in Fibres")).to_be_visible()
    assert rights_of_bot(stage) == {"can_invite_users"}
    page.get_by_role("button", name="Add me to a group").click()
    dialog.get_by_role("button", name="Thin films").click()
    expect(dialog.get_by_role("checkbox", name="Pin messages")).to_be_checked()


def test_a_link_that_asks_for_no_rights(visit: Visit, stage: Stage) -> None:
    """The bot comes as one of many, and is started there."""
    page = visit(MEMBER)
    founds(page, "Thin films")
    page.goto(f"{stage.url}#{MEMBER}")
    dialog = chooses(page, "Come by a link")
    dialog.get_by_role("textbox").fill("t.me/stage_bot?startgroup=spring")
    dialog.get_by_role("button", name="Come").click()
    dialog.get_by_role("button", name="Thin films").click()
    expect(page.get_by_text("The bot is in Thin films")).to_be_visible()
    assert stage.sandbox.world.bot.id in group(stage).members
    said = [one.body.get("text") for one in group(stage).messages.values()]
    assert "/start@stage_bot spring" in said


def test_a_start_button_in_a_group_leads_to_the_private_chat(visit: Visit, stage: Stage) -> None:
    stage.gathers(GROUP, title="Thin films")
    rows = [[{"text": "Link it", "url": "https://t.me/stage_bot?start=s500"}]]
    stage.sends(GROUP, "Whose is it?", reply_markup={"inline_keyboard": rows})
    page = visit(f"{CONTACT}:{GROUP}")
    page.get_by_role("button", name="Link it").click()
    reads(column(page, "Contact person, Hana Králová"), "You said: /start s500")


def test_who_only_belongs_there_sees_who_else_does(visit: Visit, stage: Stage) -> None:
    stage.gathers(GROUP, title="Thin films")
    page = visit(f"{MEMBER}:{GROUP}")
    dialog = chooses(page, "People in the group")
    expect(dialog.get_by_role("listitem").filter(has_text="Hana Králová")).to_contain_text("owner")
    expect(dialog.get_by_role("button", name="Administrator rights")).to_have_count(0)
    expect(dialog.get_by_role("searchbox")).to_have_count(0)
    dialog.get_by_role("button", name="Close the panel").click()
    expect(dialog).to_have_count(0)
