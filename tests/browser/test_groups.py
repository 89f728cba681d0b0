"""Groups under a person, and coming into them."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import CONTACT, GUEST, MEMBER, SECOND, Stage
from tests.browser.visitor import column, reads, says

pytestmark = pytest.mark.browser

GROUP = -500
SEEN_BY_JANA = "Thin films, Member, Jana Nováková"


@pytest.fixture
def group(stage: Stage) -> Stage:
    stage.gathers(GROUP, title="Thin films")
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


@both_widths
def test_those_who_ask_are_let_in_or_not(visit: Visit, group: Stage) -> None:
    asked = group.calls("createChatInviteLink", chat_id=GROUP, creates_join_request=True)
    for person in (GUEST, SECOND):
        group.sends(person, asked["invite_link"])
    leader = visit(f"{CONTACT}:{GROUP}")
    requests = leader.get_by_role("list", name="Requests to join").get_by_role("listitem")
    guest, second = visit(GUEST), visit(SECOND)
    for page in (guest, second):
        page.locator(".theirs").get_by_role("link").click()
        expect(page.get_by_text("Asked to join: Thin films")).to_be_visible()
    expect(requests).to_have_count(2)
    leader.get_by_role("button", name="Let in: Eva Malá").click()
    leader.get_by_role("button", name="Decline: Tomáš Dvořák").click()
    expect(requests).to_have_count(0)
    expect(leader.locator(".service").last).to_have_text("Joined the group: Eva Malá")
    guest.goto(f"{group.url}#{GUEST}:{GROUP}")
    says(guest, "Thank you")
    reads(leader, "You said: Thank you")
    assert SECOND not in group.sandbox.world.chats[GROUP].people


def test_others_see_no_requests(visit: Visit, group: Stage) -> None:
    chat = group.sandbox.world.chats[GROUP]
    chat.join_requests.append(GUEST)
    page = visit(f"{MEMBER}:{GROUP}")
    expect(page.get_by_role("textbox", name="Message")).to_be_visible()
    expect(page.get_by_role("list", name="Requests to join")).to_have_count(0)
