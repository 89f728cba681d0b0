"""What films, sounds and pictures tell of themselves, and what polls and albums make of them."""

import gzip
import struct

import pytest

from bot.sandbox.films import measured
from bot.sandbox.inline_results import ADDRESSES
from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import ANN, Call
from tests.sandbox.test_media import png


def box(kind: bytes, inside: bytes) -> bytes:
    return struct.pack(">I", 8 + len(inside)) + kind + inside


def mp4(width: int, height: int, seconds: int) -> bytes:
    lasting = bytes(12) + struct.pack(">II", 1000, seconds * 1000)
    shown = bytes(76) + struct.pack(">II", width << 16, height << 16)
    film = box(b"mvhd", lasting) + box(b"trak", box(b"tkhd", shown))
    return box(b"ftyp", b"isom") + box(b"moov", film) + box(b"free", b"")


def element(key: bytes, inside: bytes) -> bytes:
    return key + bytes([0x80 | len(inside)]) + inside


WEBM = element(
    b"\x1a\x45\xdf\xa3",
    b"",
) + element(
    b"\x18\x53\x80\x67",
    element(b"\x15\x49\xa9\x66", element(b"\x44\x89", struct.pack(">f", 2000)))
    + element(b"\x16\x54\xae\x6b", element(b"\xae", element(b"\xe0", b"\xb0\x81d\xba\x812"))),
)
ID3 = b"ID3\x04\0\0\0\0\0\x13TIT2" + struct.pack(">I", 9) + b"\0\0\x03Waltz\xc3\xa1\0"
GIF = b"GIF89a" + struct.pack("<HH", 30, 20) + b"!\xf9\x04\0" + struct.pack("<H", 150) + bytes(9)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (mp4(360, 640, 5), {"width": 360, "height": 640, "duration": 5}),
        (b"OggS" + bytes(30) + b"OggS\0\0" + struct.pack("<q", 3 * 48_000), {"duration": 3}),
        (ID3 + b"\xff\xfb\x90" + bytes(31_997), {"title": "Waltzá", "duration": 2}),
        (GIF, {"width": 30, "height": 20, "duration": 2}),
        (WEBM, {"width": 100, "height": 50, "duration": 2}),
        (gzip.compress(b'{"w": 512, "h": 256}', mtime=0), {"width": 512, "height": 256}),
        (b"OggS", {}),
        (b"\x1f\x8b" + bytes(9), {}),
        (b"GIF89a", {}),
        (b"ID3", {}),
        (b"\0\0\0\x01ftyp", {}),
        (b"", {}),
        (b"text", {}),
    ],
)
def test_what_a_file_tells(content: bytes, told: dict[str, int]) -> None:
    assert measured(content) == told


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_files_cut_short_do_no_harm(cut: int) -> None:
    for content in (mp4(1, 1, 1), WEBM, ID3, GIF, gzip.compress(b'{"w": 5, "h": 5}')):
        assert isinstance(measured(content[:cut]), dict)


async def test_a_film_has_a_thumbnail_of_its_shape(call: Call) -> None:
    files = {"video": Upload("v.mp4", mp4(360, 640, 5)), "cover": Upload("c.png", png())}
    told = {"cover": "attach://cover", "start_timestamp": 2}
    film = (await call("sendVideo", files, chat_id=ANN, **told))["video"]
    assert (film["width"], film["height"], film["duration"]) == (360, 640, 5)
    assert (film["thumbnail"]["width"], film["thumbnail"]["height"]) == (180, 320)
    assert (film["start_timestamp"], film["cover"][-1]["width"]) == (2, 400)
    small = await call("getFile", file_id=film["thumbnail"]["file_id"])
    assert small["file_size"] == film["thumbnail"]["file_size"]
    note = await call("sendVideoNote", {"video_note": files["video"]}, chat_id=ANN)
    assert note["video_note"]["length"] == 360


async def test_sizes_of_a_photo_are_files_of_their_own(call: Call) -> None:
    sizes = (await call("sendPhoto", {"photo": Upload("x.png", png())}, chat_id=ANN))["photo"]
    assert len({size["file_unique_id"] for size in sizes}) == 3
    small = await call("getFile", file_id=sizes[0]["file_id"])
    assert small["file_unique_id"] == sizes[0]["file_unique_id"]
    again = await call("sendPhoto", chat_id=ANN, photo=sizes[0]["file_id"])
    assert again["photo"] == sizes
    wide = await call("sendPhoto", {"photo": Upload("x.png", png(2560, 1440))}, chat_id=ANN)
    assert (wide["photo"][-1]["width"], wide["photo"][-1]["height"]) == (1280, 720)


async def test_a_live_photo_is_a_photo_too(call: Call) -> None:
    files = {"live_photo": Upload("v.mp4", mp4(36, 64, 3)), "photo": Upload("c.png", png())}
    sent = await call("sendLivePhoto", files, chat_id=ANN, caption="*", has_spoiler=True)
    assert sent["live_photo"]["photo"] == sent["photo"]
    assert (sent["live_photo"]["duration"], sent["has_media_spoiler"]) == (3, True)
    media = {"type": "live_photo", "media": sent["live_photo"]["file_id"], "photo": "attach://p"}
    both = await call("sendMediaGroup", {"p": files["photo"]}, chat_id=ANN, media=[media] * 2)
    assert [one["live_photo"]["width"] for one in both] == [36, 36]


async def test_polls_show_media(call: Call) -> None:
    files = {"p": Upload("p.png", png()), "d": Upload("d.txt", b"why")}
    sent = await call(
        "sendPoll",
        files,
        chat_id=ANN,
        question="?",
        type="quiz",
        correct_option_ids=[0],
        options=[{"text": "here", "media": {"type": "location", "latitude": 1, "longitude": 2}}],
        media={"type": "photo", "media": "attach://p"},
        description="<b>Look</b>",
        description_parse_mode="HTML",
        explanation_media={"type": "document", "media": "attach://d"},
    )
    poll = sent["poll"]
    assert poll["media"]["photo"][-1]["width"] == 400
    assert poll["options"][0]["media"] == {"location": {"latitude": 1, "longitude": 2}}
    assert poll["explanation_media"]["document"]["file_name"] == "d.txt"
    assert (poll["description"], poll["description_entities"][0]["type"]) == ("Look", "bold")
    wrong = {"type": "voice", "media": "attach://p"}
    refused = await call("sendPoll", files, chat_id=ANN, question="?", options=["a"], media=wrong)
    assert (
        refused == "Bad Request: can't parse InputMedia: type \"voice\" can't be used in sendPoll"
    )


@pytest.mark.parametrize("kind", ADDRESSES)
async def test_results_by_address_are_sent(
    call: Call, sandbox: Sandbox, world: World, ann: Person, kind: str
) -> None:
    world.bot.inline = True
    query = ann.asks_inline("cat")
    result = {
        "type": kind,
        "id": "1",
        ADDRESSES[kind]: "https://example.org/cat.bin",
        "title": "c",
    }
    await call("answerInlineQuery", inline_query_id=query, results=[{**result, "caption": "Cat"}])
    sent = ann.picks(query, "1")
    assert (sent["caption"], sent["via_bot"]["id"]) == ("Cat", 42)
