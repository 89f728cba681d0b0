"""What bots tell of the files they send, and files that they name by their address."""

import struct

import pytest

from bot.sandbox.files import downloadable, picture_size
from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from tests.sandbox.conftest import ANN, Call
from tests.sandbox.test_media import png


async def test_music_with_its_makers(call: Call) -> None:
    told = {"duration": "7", "performer": "Trio", "title": "Waltz"}
    files = {"audio": Upload("waltz.mp3", b"mp3"), "thumbnail": Upload("t.png", png(90, 60))}
    sent = await call("sendAudio", files, chat_id=ANN, **told)
    audio = sent["audio"]
    assert (audio["duration"], audio["performer"], audio["title"]) == (7, "Trio", "Waltz")
    assert (audio["mime_type"], audio["thumbnail"]["width"]) == ("audio/mpeg", 90)
    again = await call("sendAudio", chat_id=ANN, audio=audio["file_id"])
    assert again["audio"] == audio


async def test_each_film_of_an_album_is_told_of(call: Call) -> None:
    media = [
        {"type": "video", "media": "attach://a", "width": 10, "height": 20, "duration": 3},
        {"type": "video", "media": "attach://b"},
    ]
    files = {name: Upload(f"{name}.mp4", b"film") for name in "ab"}
    first, second = await call("sendMediaGroup", files, chat_id=ANN, media=media)
    assert [first["video"][name] for name in ("width", "height", "duration")] == [10, 20, 3]
    assert second["video"]["width"] == 320


async def test_a_file_without_a_kind_gets_the_usual_one(call: Call) -> None:
    for method, kind, mime in (
        ("sendVoice", "voice", "audio/ogg"),
        ("sendVideo", "video", "video/mp4"),
        ("sendDocument", "document", "application/octet-stream"),
    ):
        sent = await call(method, {kind: Upload("x", b"x")}, chat_id=ANN)
        assert sent[kind]["mime_type"] == mime


async def test_an_address_stands_for_a_file(call: Call, ann: Person, sandbox: Sandbox) -> None:
    address = "https://example.org/pictures/cat%20one.png"
    sent = await call("sendPhoto", chat_id=ANN, photo=address)
    assert picture_size(ann.photo or b"") == (640, 360)
    path = (await call("getFile", file_id=sent["photo"][0]["file_id"]))["file_path"]
    assert downloadable(sandbox.world, path)
    sent = await call("sendDocument", chat_id=ANN, document="https://example.org/a/list.pdf")
    document = sent["document"]
    assert (document["file_name"], document["mime_type"]) == ("list.pdf", "application/pdf")


@pytest.mark.parametrize(
    "head",
    [
        b"VP8X" + bytes(8) + bytes([99, 0, 0, 49, 0, 0]),
        b"VP8L" + bytes(5) + (99 | 49 << 14).to_bytes(4, "little") + bytes(5),
        b"VP8 " + bytes(10) + struct.pack("<HH", 100, 50),
    ],
)
def test_the_size_of_a_webp_picture(head: bytes) -> None:
    assert picture_size(b"RIFF" + bytes(4) + b"WEBP" + head) == (100, 50)


async def test_a_phone_number_is_found(call: Call) -> None:
    sent = await call("sendMessage", chat_id=ANN, text="Call +420 600 123 456 or 1+2345678901")
    assert sent["entities"] == [{"type": "phone_number", "offset": 5, "length": 16}]


async def test_numbers_end_where_their_digits_end(call: Call) -> None:
    link = await call("sendMessage", chat_id=f"{ANN}.5", text="x")
    assert link == "Bad Request: chat not found"
    sent = await call("sendContact", chat_id=ANN, phone_number="+1", first_name="A")
    edited = {"chat_id": ANN, "message_id": f"{sent['message_id']}.75"}
    assert await call("deleteMessage", **edited) is True
