"""After a restart of the sandbox the page comes back by itself and has lost nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.stage import MEMBER, SECOND, Stage
from tests.browser.visitor import reads, says

pytestmark = pytest.mark.browser


def test_what_happened_meanwhile_is_there(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "Before")
    page = visit(MEMBER)
    reads(page, "Before")
    page.get_by_role("textbox", name="Message").fill("Being written")
    stage.closes()
    expect(page.get_by_text("Connection lost, coming back…")).to_be_visible()
    stage.sends(MEMBER, "Meanwhile")
    stage.sends(SECOND, "Also meanwhile")
    stage.opens()
    reads(page, "Meanwhile")
    expect(page.get_by_role("navigation")).to_contain_text("1 unread message")
    expect(page.get_by_text("Connection lost")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Being written")
    says(page, "Still here")
    reads(page, "You said: Still here")


def test_what_could_not_be_sent_stays_in_the_field(visit: Visit, stage: Stage) -> None:
    page = visit(MEMBER)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    stage.closes()
    says(page, "Precious words")
    expect(page.get_by_role("status").filter(has_text="That did not work")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message")).to_have_value("Precious words")
    stage.opens()
