"""What a visitor does with the page, and what they read on it."""

from playwright.sync_api import Locator, Page, expect


def column(page: Page, called: str) -> Locator:
    """The conversation of a person, called as the page calls them."""
    return page.get_by_role("region", name=f"Conversation: {called}")


def says(where: Page | Locator, text: str) -> None:
    field = where.get_by_role("textbox", name="Message")
    field.fill(text)
    field.press("Enter")


def reads(where: Page | Locator, text: str) -> None:
    """The newest message of the bot comes to say this."""
    expect(where.locator(".theirs .text").last).to_have_text(text)


def asks_for_options(message: Locator) -> Locator:
    """The menu of a message, by the button beside it."""
    message.hover()
    message.get_by_role("button", name="Message options").click()
    return message.page.get_by_role("dialog", name="Message options")


def chooses(message: Locator, option: str) -> None:
    asks_for_options(message).get_by_role("menuitem", name=option, exact=True).click()
