"""Two pages open at once show the same, and do not get in each other's way."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stage import MEMBER, SECOND, Stage
from tests.browser.visitor import chooses, reads, says

pytestmark = pytest.mark.browser


def test_what_is_said_in_one_stands_in_both(visit: Visit) -> None:
    one, other = visit(MEMBER), visit(MEMBER)
    says(one, "From the first page")
    for page in (one, other):
        expect(page.locator(".own .text")).to_have_text("From the first page")
        reads(page, "You said: From the first page")
    chooses(other.locator(".own"), "Edit")
    says(other, "From both")
    expect(one.locator(".own .text")).to_have_text("From both")


def test_a_press_is_answered_where_it_was_made(visit: Visit) -> None:
    one, other = visit(MEMBER), visit(MEMBER)
    says(one, "Hi")
    reads(other, "You said: Hi")
    one.get_by_role("button", name="Warn").click()
    expect(one.get_by_role("dialog")).to_contain_text("No seats are left.")
    one.keyboard.press("Escape")
    one.get_by_role("button", name="Change").click()
    reads(other, "It is changed.")
    expect(other.get_by_role("dialog")).to_have_count(0)
    expect(other.get_by_role("status").filter(has_text="Changed")).to_have_count(0)


def test_what_is_read_in_one_is_read_in_both(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "One")
    watching = visit(SECOND)
    jana = watching.get_by_role("navigation").get_by_role("listitem").filter(has_text="Jana")
    expect(jana).to_contain_text("1 unread message")
    expect(watching).to_have_title("(1) Paprsek sandbox")
    visit(MEMBER)
    expect(jana).not_to_contain_text("unread")
    expect(watching).to_have_title("Paprsek sandbox")


def test_starting_over_in_one_begins_both_anew(visit: Visit) -> None:
    one, other = visit(MEMBER), visit(MEMBER)
    says(one, "Soon forgotten")
    reads(other, "You said: Soon forgotten")
    one.get_by_role("button", name="Start over").click()
    one.get_by_role("dialog").get_by_role("button", name="Start over").click()
    for page in (one, other):
        expect(page.locator(".message")).to_have_count(0)
