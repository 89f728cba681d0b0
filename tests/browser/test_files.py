"""Photos and files go both ways: chosen, dropped and pasted."""

from base64 import b64decode
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.sandbox.request import Upload
from tests.browser.conftest import Visit, both_widths
from tests.browser.stage import MEMBER, Stage
from tests.browser.visitor import chooses, reads

pytestmark = [pytest.mark.browser, both_widths]

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
HAND_OVER = """(field, [event, name, type]) => {
    const data = new DataTransfer();
    data.items.add(new File(["content"], name, { type }));
    const details = { bubbles: true, cancelable: true, dataTransfer: data, clipboardData: data };
    const happened = event === "paste"
        ? new ClipboardEvent(event, details) : new DragEvent(event, details);
    field.dispatchEvent(happened);
}"""


def picture(name: str) -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": PIXEL}


def hand_over(page: Page, event: str, name: str, mime: str) -> None:
    page.get_by_role("textbox", name="Message").evaluate(HAND_OVER, [event, name, mime])


def test_a_photo_is_sent_with_a_caption(visit: Visit) -> None:
    page = visit(MEMBER)
    page.locator("input[type=file]").set_input_files([picture("bench.png")])
    expect(page.get_by_role("list", name="Attachments")).to_contain_text("bench.png")
    page.get_by_role("textbox", name="Message").fill("Our bench")
    page.get_by_role("button", name="Send", exact=True).click()
    reads(page, "You sent: photo")
    expect(page.locator(".own")).to_contain_text("Our bench")
    page.get_by_role("button", name="Enlarge the photo").click()
    expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()


def test_a_picture_may_go_as_a_file(visit: Visit) -> None:
    page = visit(MEMBER)
    page.locator("input[type=file]").set_input_files([picture("bench.png")])
    page.get_by_label("Send pictures as files").check()
    page.get_by_role("button", name="Send", exact=True).click()
    reads(page, "You sent: document")
    expect(page.locator(".own .file")).to_contain_text("bench.png")


def test_files_are_dropped_and_pasted(visit: Visit) -> None:
    page = visit(MEMBER)
    hand_over(page, "dragover", "members.csv", "text/csv")
    expect(page.get_by_text("Drop the files here")).to_be_visible()
    hand_over(page, "drop", "members.csv", "text/csv")
    hand_over(page, "paste", "notes.txt", "text/plain")
    attached = page.get_by_role("list", name="Attachments").get_by_role("listitem")
    expect(attached).to_have_count(2)
    page.get_by_role("button", name="Remove notes.txt").click()
    expect(attached).to_have_count(1)
    page.get_by_role("textbox", name="Message").press("Enter")
    reads(page, "You sent: document")


def test_a_document_of_the_bot_is_downloaded(visit: Visit, stage: Stage) -> None:
    programme = Upload("programme.pdf", b"%PDF-1.4", "application/pdf")
    stage.calls("sendDocument", chat_id=MEMBER, document="attach://it", files={"it": programme})
    page = visit(MEMBER)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download programme.pdf").click()
    assert download.value.path().read_bytes() == b"%PDF-1.4"


def test_an_album_is_one_message(visit: Visit, stage: Stage) -> None:
    photos = {name: Upload(f"{name}.png", PIXEL, "image/png") for name in ("a", "b", "c")}
    media = [{"type": "photo", "media": f"attach://{name}"} for name in photos]
    stage.calls("sendMediaGroup", chat_id=MEMBER, media=media, files=photos)
    page = visit(MEMBER)
    expect(page.locator(".message")).to_have_count(1)
    expect(page.locator(".album img")).to_have_count(3)


def test_pictures_sent_in_one_go_are_an_album(visit: Visit) -> None:
    page = visit(MEMBER)
    page.locator("input[type=file]").set_input_files([picture("a.png"), picture("b.png")])
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".own .album img")).to_have_count(2)


def test_a_picture_in_reply(visit: Visit, stage: Stage) -> None:
    stage.sends(MEMBER, "What does it look like?")
    page = visit(MEMBER)
    chooses(page.locator(".message").last, "Reply")
    page.locator("input[type=file]").set_input_files([picture("bench.png")])
    page.get_by_role("button", name="Send", exact=True).click()
    reads(page, "You sent: photo")
    expect(page.locator(".own")).to_contain_text("What does it look like?")


def test_other_things_are_sent_from_the_menu(visit: Visit) -> None:
    page = visit(MEMBER)
    page.locator("input[type=file]").set_input_files([picture("later.png")])
    page.get_by_role("button", name="Attach", exact=True).click()
    items = page.get_by_role("menuitem")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(items.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    reads(page, "You sent: contact")
    expect(page.get_by_role("list", name="Attachments")).to_contain_text("later.png")
