"""Groups under a person, coming into them, reactions, albums, and the bot's inline mode."""

import pytest
from playwright.sync_api import expect

from bot.sandbox.world import Chat
from tests.browser.conftest import Visit
from tests.browser.stage import CONTACT, GUEST, MEMBER, Stage
from tests.browser.visitor import column, reads, says

pytestmark = pytest.mark.browser

GROUP = -500
SEEN_BY_JANA = "Thin films, Member, Jana Nováková"


@pytest.fixture
def group(stage: Stage) -> Stage:
    world = stage.sandbox.world
    world.chats[GROUP] = Chat(
        GROUP,
        "supergroup",
        title="Thin films",
        owner=CONTACT,
        administrators=[CONTACT, world.bot.id],
        members=[MEMBER],
    )
    return stage


def test_a_group_stands_under_its_members(visit: Visit, group: Stage) -> None:
    page = visit(MEMBER)
    page.get_by_role("button", name="Groups: Member, Jana Nováková").click()
    page.get_by_role("navigation").get_by_text("Thin films").click()
    here = column(page, SEEN_BY_JANA)
    says(here, "Hello, group")
    expect(here.locator(".own .text")).to_have_text("Hello, group")
    group.sends(GROUP, "Good news")
    reads(here, "Good news")
    expect(here.locator(".author").last).to_have_text("Paprsek")
    page.reload()
    reads(here, "Good news")


def test_a_person_joins_by_a_link_and_leaves(visit: Visit, group: Stage) -> None:
    link = group.calls("createChatInviteLink", chat_id=GROUP)["invite_link"]
    group.sends(GUEST, f"Come: {link}")
    page = visit(GUEST)
    page.locator(".theirs").get_by_role("link").click()
    expect(page.get_by_text("You are in: Thin films")).to_be_visible()
    page.get_by_role("button", name="Groups: Guest, Eva Malá").click()
    page.get_by_role("navigation").get_by_text("Thin films").click()
    page.get_by_role("button", name="More options").click()
    page.get_by_role("menuitem", name="Leave the group").click()
    expect(column(page, "Thin films, Guest, Eva Malá")).to_have_count(0)


def test_a_reaction_is_given_and_taken_back(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "It is done.")
    page = visit(MEMBER)
    page.locator(".theirs").hover()
    page.get_by_role("button", name="Add a reaction").click()
    page.get_by_role("button", name="🎉").click()
    given = page.get_by_role("button", name="🎉, 1 reaction")
    expect(given).to_have_attribute("aria-pressed", "true")
    given.click()
    expect(given).to_have_count(0)


def test_inline_results_are_offered_while_writing(visit: Visit, stage: Stage) -> None:
    stage.sandbox.world.bot.inline = True
    page = visit(MEMBER)
    field = page.get_by_role("textbox", name="Message")
    field.fill("@stage_bot films")
    page.get_by_role("option", name="About films").click()
    expect(page.locator(".own .text")).to_have_text("films, found for you")
    expect(field).to_have_value("")
