"""Long conversations and many people stay quick, because only what is near is drawn."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stage import MEMBER, Stage, cast
from tests.browser.visitor import reads

pytestmark = pytest.mark.browser

OPENS = """async (address) => {
    const began = performance.now();
    location.hash = address;
    while (document.querySelectorAll(".message").length < 50)
        await new Promise(requestAnimationFrame);
    return performance.now() - began;
}"""
# Alone it takes about 100 ms; the margin is for a machine busy with other tests.
LONGEST = 1_000


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage(cast(more=1_000))
    stage.opens()
    yield stage
    stage.ends()


def test_ten_thousand_messages(visit: Visit, stage: Stage) -> None:
    stage.sends_many(MEMBER, 10_000)
    page = visit()
    expect(page.get_by_role("navigation").get_by_text("Member", exact=True)).to_be_visible()
    assert page.evaluate(OPENS, str(MEMBER)) < LONGEST
    reads(page, "Line 10000")
    messages = page.locator(".message")
    expect(messages).to_have_count(50)
    page.get_by_role("group", name="Messages").evaluate("list => list.scrollTo(0, -100000)")
    expect(page.get_by_text("Line 9901", exact=True)).to_be_attached()
    stage.sends(MEMBER, "The newest")
    page.get_by_role("button", name="To the newest message").click()
    expect(page.locator(".theirs .text").last).to_be_in_viewport()


def test_a_thousand_people(visit: Visit) -> None:
    page = visit()
    rows = page.get_by_role("navigation").get_by_role("listitem")
    expect(rows.first).to_have_attribute("aria-setsize", "1005")
    assert rows.count() < 40
    page.locator(".people-scroll").evaluate("list => list.scrollTo(0, list.scrollHeight)")
    expect(page.get_by_role("navigation").get_by_text("Adam Zkušební 999")).to_be_visible()
    assert rows.count() < 40
