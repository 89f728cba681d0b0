"""The bot's inline mode: results while one writes `@bot …`."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import MEMBER, Stage
from tests.browser.visitor import reads

pytestmark = [pytest.mark.browser, both_widths]

SWITCH = {"text": "Find here", "switch_inline_query_current_chat": "films"}


@pytest.fixture
def finding(stage: Stage) -> Stage:
    stage.sandbox.world.bot.inline = True
    return stage


def test_results_are_offered_while_writing(visit: Visit, finding: Stage) -> None:
    page = visit(MEMBER)
    field = page.get_by_role("textbox", name="Message")
    field.fill("@stage_bot films")
    page.get_by_role("option", name="About films").click()
    expect(page.locator(".own .text")).to_have_text("films, found for you")
    expect(field).to_have_value("")


def test_the_keyboard_chooses_a_result(visit: Visit, finding: Stage) -> None:
    page = visit(MEMBER)
    field = page.get_by_role("textbox", name="Message")
    field.fill("@stage_bot films")
    expect(page.get_by_role("option", name="About films")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator(".own .text")).to_have_text("films, found for you")


def test_a_button_begins_a_query(visit: Visit, finding: Stage) -> None:
    finding.sends(MEMBER, "Look it up:", reply_markup={"inline_keyboard": [[SWITCH]]})
    page = visit(MEMBER)
    page.get_by_role("button", name="Find here").click()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("@stage_bot films")
    expect(page.get_by_role("option", name="About films")).to_be_visible()


def test_the_button_over_the_results_leads_to_the_bot(visit: Visit, finding: Stage) -> None:
    finding.inline_button = {"text": "Ask in private", "start_parameter": "help"}
    page = visit(MEMBER)
    page.get_by_role("textbox", name="Message").fill("@stage_bot films")
    page.get_by_role("option", name="Ask in private").click()
    reads(page, "You said: /start help")
