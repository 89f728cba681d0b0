"""A forum's topics are chosen over the conversation; each has its own messages."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import CONTACT, MEMBER, Stage
from tests.browser.visitor import reads, says

pytestmark = [pytest.mark.browser, both_widths]

FORUM = -600


@pytest.fixture
def forum(stage: Stage) -> Stage:
    stage.gathers(FORUM, title="Pillars", is_forum=True)
    return stage


def begins(forum: Stage, name: str) -> int:
    topic = forum.calls("createForumTopic", chat_id=FORUM, name=name)
    return int(topic["message_thread_id"])


def tab(page: Page, name: str) -> Locator:
    return page.get_by_role("navigation", name="Topics").get_by_role("button", name=name)


def test_each_topic_has_its_messages(visit: Visit, forum: Stage) -> None:
    lasers, films = begins(forum, "Lasers"), begins(forum, "Thin films")
    forum.sends(FORUM, "A pulse", message_thread_id=lasers)
    forum.sends(FORUM, "A coating", message_thread_id=films)
    forum.sends(FORUM, "For everybody")
    page = visit(f"{MEMBER}:{FORUM}")
    expect(page.locator(".theirs .text")).to_have_text(["A pulse", "A coating", "For everybody"])
    expect(page.locator(".in-topic")).to_have_text(["Lasers", "Thin films"])
    tab(page, "Lasers").click()
    expect(page.locator(".theirs .text")).to_have_text(["A pulse"])
    tab(page, "General").click()
    expect(page.locator(".theirs .text")).to_have_text(["For everybody"])
    page.go_back()
    expect(page.locator(".theirs .text")).to_have_text(["A pulse"])


def test_what_is_written_goes_to_the_topic(visit: Visit, forum: Stage) -> None:
    lasers = begins(forum, "Lasers")
    page = visit(f"{MEMBER}:{FORUM}:{lasers}")
    says(page, "/pulse")
    expect(page.locator(".own .text")).to_have_text("/pulse")
    (heard,) = (one for one in messages(forum) if one.get("text") == "/pulse")
    assert heard["message_thread_id"] == lasers
    page.reload()
    expect(page.locator(".own .text")).to_have_text("/pulse")


def messages(forum: Stage) -> list[dict[str, object]]:
    return [one.body for one in forum.sandbox.world.chats[FORUM].messages.values()]


def test_news_in_another_topic_is_marked(visit: Visit, forum: Stage) -> None:
    lasers, films = begins(forum, "Lasers"), begins(forum, "Thin films")
    page = visit(f"{MEMBER}:{FORUM}:{lasers}")
    expect(tab(page, "Lasers")).to_have_attribute("aria-current", "true")
    forum.sends(FORUM, "A coating", message_thread_id=films)
    expect(tab(page, "Thin films, new messages")).to_be_visible()
    tab(page, "Thin films").click()
    reads(page, "A coating")
    tab(page, "Lasers").click()
    expect(tab(page, "new messages")).to_have_count(0)


def test_a_closed_topic_is_for_its_leaders(visit: Visit, forum: Stage) -> None:
    lasers = begins(forum, "Lasers")
    page = visit(f"{MEMBER}:{FORUM}:{lasers}")
    forum.calls("closeForumTopic", chat_id=FORUM, message_thread_id=lasers)
    expect(page.get_by_text("The topic Lasers is closed.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_have_count(0)
    leader = visit(f"{CONTACT}:{FORUM}:{lasers}")
    says(leader, "Only a word more")
    reads(page, "Only a word more")
