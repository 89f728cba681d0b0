"""Polls of every kind are voted in."""

import pytest
from playwright.sync_api import expect

from bot.sandbox.world import Json
from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import MEMBER, SECOND, Stage

pytestmark = [pytest.mark.browser, both_widths]


def test_one_answer(visit: Visit, stage: Stage) -> None:
    stage.calls("sendPoll", chat_id=MEMBER, question="Which day?", options=["Monday", "Friday"])
    page = visit(MEMBER)
    poll = page.locator(".poll")
    expect(poll).to_contain_text("Which day?")
    expect(poll).to_contain_text("Anonymous poll")
    page.get_by_role("button", name="Friday").click()
    expect(page.get_by_role("progressbar")).to_have_count(2)
    expect(poll).to_contain_text("1 vote")
    expect(poll.locator(".mine")).to_contain_text("100 %")
    page.reload()
    expect(poll.locator(".mine")).to_contain_text("Friday")
    page.get_by_role("button", name="Take the vote back").click()
    expect(page.get_by_role("button", name="Monday")).to_be_visible()


def test_several_answers(visit: Visit, stage: Stage) -> None:
    days = ["Monday", "Wednesday", "Friday"]
    several: Json = {"allows_multiple_answers": True, "is_anonymous": False}
    stage.calls("sendPoll", chat_id=MEMBER, question="Which days?", options=days, **several)
    page = visit(MEMBER)
    vote = page.get_by_role("button", name="Vote", exact=True)
    expect(vote).to_be_disabled()
    page.get_by_role("button", name="Monday").click()
    page.get_by_role("button", name="Friday").click()
    expect(page.get_by_role("button", name="Friday")).to_have_attribute("aria-pressed", "true")
    vote.click()
    expect(page.locator(".poll .mine")).to_have_count(2)
    expect(page.get_by_role("progressbar", name="Wednesday: 0 votes")).to_be_visible()


def test_a_quiz_says_what_was_right(visit: Visit, stage: Stage) -> None:
    quiz: Json = {
        "type": "quiz",
        "correct_option_ids": [1],
        "explanation": "It is 299 792 458 m/s.",
    }
    for person in (MEMBER, SECOND):
        stage.calls(
            "sendPoll", chat_id=person, question="Faster?", options=["Sound", "Light"], **quiz
        )
    page = visit(MEMBER)
    expect(page.locator(".poll")).to_contain_text("Anonymous quiz")
    page.get_by_role("button", name="Sound").click()
    expect(page.locator(".poll .wrong")).to_contain_text("Sound (your vote)")
    expect(page.locator(".poll .right")).to_contain_text("Light (right answer)")
    expect(page.get_by_text("It is 299 792 458 m/s.")).to_be_visible()
    expect(page.get_by_role("button", name="Take the vote back")).to_have_count(0)


def test_a_poll_ends_by_itself(visit: Visit, stage: Stage) -> None:
    options = ["Yes", "No"]
    stage.calls("sendPoll", chat_id=MEMBER, question="Now?", options=options, open_period=60)
    page = visit(MEMBER)
    expect(page.get_by_role("button", name="Yes")).to_be_visible()
    page.evaluate(
        "fetch('/sandbox/clock', {method: 'POST', body: '{\"advance\": 61}',"
        " headers: {'Content-Type': 'application/json'}})"
    )
    expect(page.locator(".poll")).to_contain_text("Closed poll")
    expect(page.get_by_role("button", name="Yes")).to_have_count(0)
