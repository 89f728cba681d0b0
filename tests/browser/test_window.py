"""The window itself: who is open, side by side or in turn, in which words and colours."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.stage import GUEST, MANAGER, MEMBER, SECOND, Stage
from tests.browser.visitor import column, reads, says

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def row(page: Page, called: str) -> Locator:
    return page.get_by_role("navigation").get_by_role("listitem").filter(has_text=called)


def test_an_announcement_arrives_beside_its_author(visit: Visit) -> None:
    page = visit(MANAGER, MEMBER, SECOND)
    says(column(page, "Manager, Petr Svoboda"), "/all The spring workshop is open.")
    reads(column(page, "Member, Jana Nováková"), "The spring workshop is open.")
    reads(column(page, "Second member, Tomáš Dvořák"), "The spring workshop is open.")


def test_conversations_open_beside_and_close(visit: Visit) -> None:
    page = visit(GUEST)
    row(page, "Manager").hover()
    page.get_by_role("button", name="Open beside: Manager, Petr Svoboda").click()
    expect(column(page, "Guest, Eva Malá")).to_be_visible()
    column(page, "Guest, Eva Malá").get_by_role("button", name="Close the conversation").click()
    expect(column(page, "Guest, Eva Malá")).to_have_count(0)
    row(page, "Second member").get_by_role("button").first.click()
    expect(column(page, "Second member, Tomáš Dvořák")).to_be_visible()
    expect(column(page, "Manager, Petr Svoboda")).to_have_count(0)
    page.go_back()
    expect(column(page, "Manager, Petr Svoboda")).to_be_visible()


def test_unread_messages_are_counted_until_read(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "One")
    page = visit(GUEST)
    expect(row(page, "Jana")).to_contain_text("1 unread message")
    stage.sends(MEMBER, "Two")
    expect(row(page, "Jana")).to_contain_text("2 unread messages")
    expect(row(page, "Jana")).to_contain_text("Two")
    row(page, "Jana").get_by_role("button").first.click()
    expect(row(page, "Jana")).not_to_contain_text("unread")


def test_a_person_is_found_without_accents(visit: Visit) -> None:
    page = visit()
    page.get_by_role("searchbox").fill("tomas dvorak")
    people = page.get_by_role("navigation").get_by_role("listitem")
    expect(people).to_have_count(1)
    expect(people).to_contain_text("Second member")
    page.get_by_role("searchbox").fill("nobody at all")
    expect(page.get_by_text("There is nobody like that here.")).to_be_visible()


def test_on_a_phone_the_list_leads_to_one_conversation_and_back(visit: Visit) -> None:
    page = visit(**PHONE)
    row(page, "Jana").get_by_role("button").first.click()
    expect(page.get_by_role("navigation")).to_be_hidden()
    says(page, "From a phone")
    reads(page, "You said: From a phone")
    page.get_by_role("button", name="Back to the list").click()
    expect(page.get_by_role("navigation")).to_be_visible()


def test_the_first_visit_is_welcomed_once(visit: Visit) -> None:
    page = visit(welcomed=False)
    expect(page.get_by_role("heading", name="Welcome to Paprsek")).to_be_visible()
    page.get_by_role("button", name="Manager and member side by side").click()
    expect(column(page, "Manager, Petr Svoboda")).to_be_visible()
    expect(column(page, "Member, Jana Nováková")).to_be_visible()
    page.goto(page.url.partition("#")[0])
    expect(page.get_by_role("heading", name="Who shall we start with?")).to_be_visible()


def test_language_and_colours_are_remembered(visit: Visit) -> None:
    page = visit(locale="cs-CZ", color_scheme="light")
    expect(page.get_by_role("searchbox", name="Hledat člověka")).to_be_visible()
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Colours of the system").click()
    page.get_by_role("button", name="Light colours").click()
    page.reload()
    expect(page.get_by_role("searchbox", name="Find a person")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_have_css("background-color", re.compile(r"rgb\(15, 19, 27\)"))


def test_both_languages_say_the_same_things(visit: Visit) -> None:
    shape = """async (language) => {
        const words = (await import(`/page/texts_${language}.js`))[language];
        const names = (thing, path) => typeof thing === "object"
            ? Object.entries(thing).flatMap(([name, inner]) => names(inner, `${path}.${name}`))
            : [path];
        return names(words, "").sort();
    }"""
    page = visit()
    assert page.evaluate(shape, "cs") == page.evaluate(shape, "en")
