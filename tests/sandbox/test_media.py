"""Photos, documents, albums: uploaded, sent again, looked at, downloaded."""

import struct
import zlib

from bot.sandbox.files import downloadable
from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.conftest import ANN, BOB, Call

BAD = "Bad Request: "


def png(width: int = 400, height: int = 300) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (width + 1) * height)
    end = chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + end


async def test_a_document_there_and_back(call: Call, ann: Person, sandbox: Sandbox) -> None:
    file = Upload("seznam účastníků.csv", b"a;b", "text/csv")
    sent = await call("sendDocument", {"document": file}, chat_id=ANN, caption="<b>List</b>")
    assert ann.document == b"a;b"
    assert ann.screen == "<b>List</b>"
    file_id = sent["document"]["file_id"]
    again = await call("sendDocument", chat_id=BOB, document=file_id)
    assert again["document"]["file_unique_id"] == sent["document"]["file_unique_id"]
    path = (await call("getFile", file_id=file_id))["file_path"]
    found = downloadable(sandbox.world, path)
    assert found
    assert found.content == b"a;b"


async def test_a_photo_has_sizes(call: Call, ann: Person) -> None:
    sent = await call("sendPhoto", {"p": Upload("x.png", png())}, chat_id=ANN, photo="attach://p")
    assert [(s["width"], s["height"]) for s in sent["photo"]] == [(90, 68), (320, 240), (400, 300)]
    assert ann.photo == png()


async def test_files_that_are_refused(call: Call) -> None:
    async def photo(content: bytes) -> str:
        described = await call("sendPhoto", {"photo": Upload("x.png", content)}, chat_id=ANN)
        return str(described)

    assert await photo(b"") == f"{BAD}file must be non-empty"
    assert await photo(b"text") == f"{BAD}IMAGE_PROCESS_FAILED"
    assert await photo(png(2100, 100)) == f"{BAD}PHOTO_INVALID_DIMENSIONS"
    assert await call("sendPhoto", chat_id=ANN) == f"{BAD}there is no photo in the request"
    nowhere = await call("sendPhoto", chat_id=ANN, photo="https://nowhere/x.png")
    assert nowhere == f"{BAD}wrong HTTP URL specified"
    unknown = await call("sendDocument", chat_id=ANN, document="BQAD")
    assert unknown.startswith(f"{BAD}wrong remote file identifier specified")
    sent = await call("sendPhoto", {"photo": Upload("x.png", png())}, chat_id=ANN)
    wrong = await call("sendDocument", chat_id=ANN, document=sent["photo"][0]["file_id"])
    assert wrong == f"{BAD}can't use file of type Photo as Document"
    long = await call(
        "sendPhoto", chat_id=ANN, photo=sent["photo"][0]["file_id"], caption="x" * 1025
    )
    assert long == f"{BAD}message caption is too long"
    assert await call("getFile", file_id="nothing") == f"{BAD}invalid file_id"


async def test_an_album(call: Call, ann: Person) -> None:
    files = {"a": Upload("a.png", png()), "b": Upload("b.png", png())}
    media = [{"type": "photo", "media": f"attach://{name}"} for name in files]
    media[0]["caption"] = "both"
    sent = await call("sendMediaGroup", files, chat_id=ANN, media=media)
    assert len({message["media_group_id"] for message in sent}) == 1
    assert sent[0]["caption"] == "both"
    mixed = [media[0], {"type": "document", "media": "attach://b"}]
    refused = await call("sendMediaGroup", files, chat_id=ANN, media=mixed)
    assert refused == f"{BAD}document can't be mixed with other media types"
    many = await call("sendMediaGroup", files, chat_id=ANN, media=media * 6)
    assert many == f"{BAD}too many messages to send as an album"


async def test_captions_and_media_can_be_edited(call: Call, ann: Person) -> None:
    sent = await call("sendPhoto", {"photo": Upload("x.png", png())}, chat_id=ANN, caption="old")
    where = {"chat_id": ANN, "message_id": sent["message_id"]}
    await call("editMessageCaption", **where, caption="new")
    assert ann.screen == "new"
    text = await call("editMessageText", **where, text="x")
    assert text == f"{BAD}there is no text in the message to edit"
    file = {"d": Upload("d.txt", b"d")}
    media = {"type": "document", "media": "attach://d", "caption": "instead"}
    edited = await call("editMessageMedia", file, **where, media=media)
    assert "photo" not in edited
    assert (ann.document, ann.screen) == (b"d", "instead")


async def test_what_people_send(call: Call, ann: Person) -> None:
    ann.uploads("x.png", png(), kind="photo", caption="me")
    ann.uploads("cv.pdf", b"%PDF")
    for kind in ("sticker", "voice", "location", "contact"):
        ann.sends_other(kind)
    messages = [update["message"] for update in await call("getUpdates")]
    assert messages[0]["caption"] == "me"
    assert messages[1]["document"]["mime_type"] == "application/pdf"
    kinds = ["photo", "document", "sticker", "voice", "location", "contact"]
    assert [kind in message for kind, message in zip(kinds, messages, strict=True)] == [True] * 6
