"""Sticker sets from the first sticker to the last, pictures of bots, topic icons."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.people import Person
from bot.sandbox.request import Upload
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.sandbox.conftest import ANN, TOKEN, Call
from tests.sandbox.test_media import png

NAME = "hats_by_ray_bot"
FILES = {"hat": Upload("hat.png", png(512, 256)), "film": Upload("f.webm", b"\x1a\x45\xdf\xa3")}
HAT = {"sticker": "attach://hat", "format": "static", "emoji_list": ["🎩", "👒"]}
FILM = {"sticker": "attach://film", "format": "video", "emoji_list": ["🎬"]}


@pytest.fixture
def hats(call: Call) -> Call:
    async def changed(method: str, **params: Any) -> list[dict[str, Any]]:
        """The stickers of the set after a call."""
        assert await call(method, FILES, **params) is True
        found: list[dict[str, Any]] = (await call("getStickerSet", name=NAME))["stickers"]
        return found

    return changed


async def test_a_set_and_what_becomes_of_it(call: Call, hats: Call) -> None:
    about = {"user_id": ANN, "name": NAME}
    hat, film = await hats("createNewStickerSet", **about, title="Hats", stickers=[HAT, FILM])
    assert (hat["emoji"], hat["width"], hat["height"]) == ("🎩", 512, 256)
    assert (hat["thumbnail"]["width"], hat["is_video"], film["is_video"]) == (320, False, True)
    sent = await call("sendSticker", chat_id=ANN, sticker=hat["file_id"])
    assert sent["sticker"]["set_name"] == NAME
    moved = await hats("setStickerPositionInSet", sticker=hat["file_id"], position=1)
    assert [one["emoji"] for one in moved] == ["🎬", "🎩"]
    changed = await hats("setStickerEmojiList", sticker=hat["file_id"], emoji_list=["🧢"])
    assert changed[1]["emoji"] == "🧢"
    twins = await hats("addStickerToSet", **about, sticker={**HAT, "sticker": hat["file_id"]})
    assert len({one["file_id"] for one in twins}) == 3
    left = await hats("deleteStickerFromSet", sticker=film["file_id"])
    assert [one["emoji"] for one in left] == ["🧢", "🎩"]
    assert await call("deleteStickerSet", name=NAME) is True
    assert await call("getStickerSet", name=NAME) == "Bad Request: STICKERSET_INVALID"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"name": "hats"}, "invalid sticker set name is specified"),
        ({"title": ""}, "PACK_TITLE_INVALID"),
        ({"user_id": 0}, "invalid user_id specified"),
        ({"sticker_type": "hat"}, "unsupported sticker type specified"),
        ({"stickers": []}, "STICKERS_EMPTY"),
        ({"stickers": [1]}, "inputSticker must be an Object"),
        ({"stickers": [{**HAT, "format": "png"}]}, "invalid sticker format specified"),
        ({"stickers": [{**HAT, "emoji_list": []}]}, "emoji list must be non-empty"),
        ({"stickers": [{**HAT, "sticker": ""}]}, "sticker is not specified"),
        ({"stickers": [HAT] * 51}, "too many stickers specified"),
    ],
)
async def test_sets_that_are_refused(call: Call, params: dict[str, Any], refusal: str) -> None:
    right = {"user_id": ANN, "name": NAME, "title": "Hats", "stickers": [HAT]}
    refused = await call("createNewStickerSet", FILES, **{**right, **params})
    assert refused == f"Bad Request: {refusal}"


async def test_sets_and_sizes_are_remembered(
    call: Call, hats: Call, sandbox: Sandbox, world: World, tmp_path: Path, ann: Person
) -> None:
    [hat] = await hats("createNewStickerSet", user_id=ANN, name=NAME, title="Hats", stickers=[HAT])
    photo = ann.uploads("x.png", png(), kind="photo")["photo"]
    sandbox.save(tmp_path / "memory.json")
    world.files.clear()
    again = Sandbox(world)
    assert again.load(tmp_path / "memory.json")
    _, answer = await again.call(TOKEN, "getStickerSet", {"name": NAME})
    assert answer["result"]["stickers"] == [hat]
    assert [world.files[size["file_id"]].content for size in photo] == [png()] * 3


async def test_a_bot_chooses_its_picture(call: Call) -> None:
    for width in (300, 200):
        picture = {"p": Upload("p.png", png(width, 100))}
        photo = {"type": "static", "photo": "attach://p"}
        await call("setMyProfilePhoto", picture, photo=photo)
    shown = await call("getUserProfilePhotos", user_id=42, limit=1)
    assert (shown["total_count"], shown["photos"][0][-1]["width"]) == (2, 200)
    await call("removeMyProfilePhoto")
    shown = await call("getUserProfilePhotos", user_id=42)
    assert [sizes[-1]["width"] for sizes in shown["photos"]] == [300]


async def test_icons_of_topics_are_custom_emoji(call: Call) -> None:
    icons = await call("getForumTopicIconStickers")
    assert len(icons) > 20
    number = icons[0]["custom_emoji_id"]
    assert await call("getCustomEmojiStickers", custom_emoji_ids=[number, "1"]) == icons[:1]
    assert await call("getForumTopicIconStickers") == icons
