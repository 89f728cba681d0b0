"""The clock, the drawer of calls, and starting over."""

import json
from datetime import datetime, timedelta
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import MEMBER, Stage
from tests.browser.visitor import reads, says

pytestmark = pytest.mark.browser

HOUR, DAY = 3_600, 86_400


@both_widths
def test_the_clock_goes_to_what_the_bot_awaits(visit: Visit, stage: Stage) -> None:
    sandbox = stage.sandbox
    due = sandbox.clock() + timedelta(days=2)
    coming = [due, due + timedelta(hours=5)]

    async def next_due() -> datetime | None:
        return next((moment for moment in coming if moment > sandbox.clock()), None)

    def came(moment: datetime) -> bool:
        return sandbox.clock() >= moment

    page = visit()
    expect(page.get_by_role("button", name="+1 h")).to_be_visible()
    chip = page.get_by_role("button", name="To the next reminder")
    expect(chip).to_have_count(0)
    sandbox.next_due = next_due
    stage.sends(MEMBER, "A reminder will come.")
    for moment in coming:
        chip.click()
        stage.waits(partial(came, moment))
        assert sandbox.clock() < moment + timedelta(minutes=1)
    expect(chip).to_have_count(0)


@both_widths
def test_the_clock_goes_ahead_and_back(visit: Visit, stage: Stage) -> None:
    page = visit()
    page.get_by_role("button", name="+1 h").click()
    page.get_by_role("button", name="+1 day").click()
    back = page.get_by_role("button", name="Back to now")
    expect(back).to_be_visible()
    page.wait_for_function(
        f"() => fetch('/sandbox/state').then(r => r.json()).then(s => s.shift === {HOUR + DAY})"
    )
    back.click()
    expect(back).to_have_count(0)
    assert stage.sandbox.clock.shift.total_seconds() == 0


def test_calls_are_shown_as_they_happen(visit: Visit, stage: Stage) -> None:
    page = visit(MEMBER)
    page.get_by_role("button", name="API calls").click()
    calls = page.get_by_role("complementary", name="Bot API calls")
    says(page, "Hi")
    call = calls.get_by_role("listitem").filter(has_text="sendMessage")
    expect(call).to_contain_text("200")
    call.locator("summary").click()
    expect(call).to_contain_text('"text": "You said: Hi"')
    stage.refused("sendMessage", chat_id=404, text="Anybody?")
    expect(calls.get_by_role("listitem").filter(has_text="400")).to_be_visible()
    calls.get_by_role("button", name="Close the panel").click()
    expect(calls).to_have_count(0)


def test_starting_over_empties_the_conversations(visit: Visit) -> None:
    page = visit(MEMBER)
    says(page, "Hi")
    reads(page, "You said: Hi")
    page.get_by_role("button", name="Start over").click()
    page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    expect(page.locator(".message")).to_have_count(0)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()


def test_a_call_is_copied_as_json(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "To be copied")
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="API calls").click()
    call = page.get_by_role("listitem").filter(has_text="sendMessage")
    call.locator("summary").click()
    call.get_by_role("button", name="Copy JSON").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
    assert (copied["method"], copied["params"]["text"]) == ("sendMessage", "To be copied")


@both_widths
def test_trouble_is_ordered_in_the_drawer(visit: Visit, stage: Stage) -> None:
    page = visit()
    page.get_by_role("button", name="API calls").click()
    page.get_by_text("Trouble on demand").click()
    page.get_by_role("combobox", name="What happens").select_option("5xx")
    page.get_by_role("spinbutton", name="How many times").fill("2")
    page.get_by_role("button", name="Start", exact=True).last.click()
    left = page.locator(".faults-active")
    expect(left).to_have_text("2 more")
    stage.refused("sendMessage", chat_id=MEMBER, text="Lost")
    expect(left).to_have_text("1 more")
    page.get_by_role("button", name="Stop").click()
    expect(left).to_have_count(0)


@both_widths
def test_calls_are_filtered(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "Hi")
    stage.calls("getMe")
    page = visit()
    page.get_by_role("button", name="API calls").click()
    calls = page.get_by_role("complementary", name="Bot API calls").get_by_role("listitem")
    expect(calls.filter(has_text="getMe")).to_be_visible()
    page.get_by_role("combobox", name="Only the method").select_option("sendMessage")
    expect(calls.filter(has_text="getMe")).to_have_count(0)
    expect(calls.filter(has_text="sendMessage")).to_be_visible()
