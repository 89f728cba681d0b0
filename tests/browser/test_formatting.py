"""Formatted text and everything else a message may carry looks as it does in Telegram."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import MEMBER, Stage
from tests.browser.visitor import reads

pytestmark = [pytest.mark.browser, both_widths]


def test_text_is_formatted(visit: Visit, stage: Stage) -> None:
    stage.sends(
        MEMBER,
        "<b>bold</b> <b><i>both</i></b> <u>under</u> <s>gone</s> <code>x=1</code> "
        '<a href="https://example.org/a">site</a> https://example.org/b /help',
        parse_mode="HTML",
    )
    page = visit(MEMBER)
    text = page.locator(".theirs .text")
    expect(text.locator("b")).to_have_text(["bold", "both"])
    expect(text.locator(":is(b i, i b)")).to_have_text("both")
    expect(text.locator("u")).to_have_text("under")
    expect(text.locator("s")).to_have_text("gone")
    expect(text.locator("code")).to_have_text("x=1")
    expect(text.get_by_role("link", name="site")).to_have_attribute(
        "href", "https://example.org/a"
    )
    expect(text.get_by_role("link", name="https://example.org/b")).to_be_visible()
    text.get_by_role("button", name="/help").click()
    reads(page, "You said: /help")


def test_markup_in_words_stays_words(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "<img src=x onerror=alert(1)> & <b>no</b>")
    page = visit(MEMBER)
    reads(page, "<img src=x onerror=alert(1)> & <b>no</b>")
    expect(page.locator(".theirs img")).to_have_count(0)


def test_spoilers_and_long_quotations_open(visit: Visit, stage: Stage) -> None:
    long = "\n".join(f"This is line {number} of a long quotation." for number in range(12))
    stage.sends(
        MEMBER,
        f"<tg-spoiler>surprise</tg-spoiler><blockquote expandable>{long}</blockquote>",
        parse_mode="HTML",
    )
    page = visit(MEMBER)
    page.get_by_role("button", name="Hidden text, show it").click()
    expect(page.locator(".spoiler.shown")).to_have_text("surprise")
    quote = page.locator("blockquote")
    expect(quote).to_have_class("folded")
    quote.get_by_role("button", name="Show more").click()
    expect(quote).not_to_have_class("folded")


def test_a_date_is_told_in_the_readers_language(visit: Visit, stage: Stage) -> None:
    entity = {"type": "date_time", "offset": 5, "length": 4}
    moment = {"unix_time": 1_796_040_000, "date_time_format": "wD"}
    stage.sends(MEMBER, "Till then.", entities=[{**entity, **moment}])
    page = visit(MEMBER, timezone_id="Europe/Prague")
    reads(page, "Till Monday, 30 November 2026.")
    page = visit(MEMBER, timezone_id="Europe/Prague", locale="cs-CZ")
    reads(page, "Till pondělí 30. listopadu 2026.")


def test_deleted_messages_go(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "Stays")
    doomed = stage.sends(MEMBER, "Goes")
    page = visit(MEMBER)
    reads(page, "Goes")
    stage.calls("deleteMessage", chat_id=MEMBER, message_id=doomed["message_id"])
    reads(page, "Stays")
