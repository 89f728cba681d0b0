"""Stickers: uploaded, gathered into sets, and found again."""

from typing import Any

from bot.sandbox.attachments import attached_file, shown_file
from bot.sandbox.errors import bad_request
from bot.sandbox.files import store
from bot.sandbox.request import Request, Upload, method
from bot.sandbox.world import Json, StickerSet, StoredFile

FORMATS = ("static", "animated", "video")
KINDS = ("regular", "mask", "custom_emoji")
MASK_POINTS = ("forehead", "eyes", "mouth", "chin")
MASK_FIELDS = ("x_shift", "y_shift", "scale")
MOST_AT_FIRST, MOST_STICKERS, MOST_EMOJI = 50, 120, 20
MAX_TITLE = 64
FIRST_EMOJI_ID = 6_000_000_000_000_000_000


@method
def uploadStickerFile(ask: Request) -> Json:
    _check_person(ask)
    if ask.text("sticker_format") not in FORMATS:
        raise bad_request("invalid sticker format specified")
    name = ask.text("sticker").removeprefix("attach://") or "sticker"
    if name not in ask.files:
        raise bad_request("there is no sticker file in the request")
    file = attached_file(ask, f"attach://{name}", "sticker")
    names = ("file_id", "file_unique_id", "file_size")
    return {**{name: file.details[name] for name in names}, "file_path": file.path}


@method
def createNewStickerSet(ask: Request) -> bool:
    owner = _check_person(ask)
    name, title = ask.text("name"), ask.text("title").strip()
    if not name.lower().endswith(f"_by_{ask.bot.username.lower()}"):
        raise bad_request("invalid sticker set name is specified")
    if not title or len(title) > MAX_TITLE:
        raise bad_request("PACK_TITLE_INVALID")
    kind = ask.text("sticker_type") or "regular"
    if kind not in KINDS:
        raise bad_request("unsupported sticker type specified")
    if name.lower() in ask.sandbox.world.sticker_sets:
        raise bad_request("sticker set name is already occupied")
    made = StickerSet(name, title, owner, ask.bot.id, kind)
    for item in _input_stickers(ask):
        made.stickers.append(set_sticker(ask, made, item))
    ask.sandbox.world.sticker_sets[name.lower()] = made
    return True


@method
def getStickerSet(ask: Request) -> Json:
    found = named_set(ask)
    files = ask.sandbox.world.files
    return {
        "name": found.name,
        "title": found.title,
        "sticker_type": found.kind,
        "stickers": [shown_file(files[one], "sticker")["sticker"] for one in found.stickers],
        **({"thumbnail": found.thumbnail} if found.thumbnail else {}),
    }


@method
def getCustomEmojiStickers(ask: Request) -> list[Json]:
    """Those that are known; the others are passed over."""
    wanted = ask.structure("custom_emoji_ids", "can't parse custom emoji identifiers JSON object")
    if not isinstance(wanted, list):
        raise bad_request("expected an Array of custom emoji identifiers")
    if len(wanted) > 200:
        raise bad_request("too many custom emoji identifiers specified")
    files = ask.sandbox.world.files.values()
    known = {file.details.get("custom_emoji_id"): file for file in files if file.kind == "sticker"}
    return [shown_file(known[one], "sticker")["sticker"] for one in wanted if one in known]


def named_set(ask: Request, name: str = "name") -> StickerSet:
    if not ask.has(name):
        raise bad_request("STICKERSET_INVALID")
    found = ask.sandbox.world.sticker_sets.get(ask.text(name).lower())
    if found is None:
        raise bad_request("STICKERSET_INVALID")
    return found


def own_set(ask: Request) -> StickerSet:
    """A set that this bot has made, which it alone may change."""
    found = named_set(ask)
    if found.bot != ask.bot.id:
        raise bad_request("STICKERSET_INVALID")
    return found


def set_sticker(ask: Request, made: StickerSet, item: Any) -> str:
    """The id of the file that an `InputSticker` becomes in this set."""
    if not isinstance(item, dict):
        raise bad_request("InputSticker must be an Object")
    if not item.get("sticker"):
        raise bad_request("sticker is not specified")
    if item.get("format") not in FORMATS:
        raise bad_request("invalid sticker format specified")
    file = _fresh(ask, str(item["sticker"]))
    file.details |= {
        "type": made.kind,
        "set_name": made.name,
        "emoji": emoji_list(item.get("emoji_list"))[0],
    }
    if (place := item.get("mask_position")) is not None:
        file.details["mask_position"] = mask_position(place)
    if made.kind == "custom_emoji":
        number = FIRST_EMOJI_ID + ask.sandbox.world.last_file_number
        file.details["custom_emoji_id"] = str(number)
    return file.id


def emoji_list(given: Any) -> list[str]:
    if not isinstance(given, list) or not given:
        raise bad_request("emoji list must be non-empty")
    if not all(isinstance(one, str) for one in given):
        raise bad_request("emoji must be a string")
    if len(given) > MOST_EMOJI:
        raise bad_request("too many emoji specified")
    return given


def mask_position(given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("MaskPosition must be an Object")
    if given.get("point") not in MASK_POINTS:
        raise bad_request("wrong point specified in MaskPosition")
    numbers = {name: given.get(name) for name in MASK_FIELDS}
    if not all(isinstance(value, int | float) for value in numbers.values()):
        raise bad_request("can't parse MaskPosition: numbers are expected")
    return {"point": given["point"], **numbers}


def _fresh(ask: Request, named: str) -> StoredFile:
    """A file that is in no other set."""
    file = attached_file(ask, named, "sticker")
    if "set_name" not in file.details:
        return file
    return store(ask.sandbox.world, Upload(file.name, file.content, file.mime), "sticker")


def _input_stickers(ask: Request) -> list[Any]:
    given = ask.structure("stickers", "can't parse stickers JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of InputSticker")
    if not given:
        raise bad_request("STICKERS_EMPTY")
    if len(given) > MOST_AT_FIRST:
        raise bad_request("too many stickers specified")
    return given


def _check_person(ask: Request) -> int:
    number = ask.integer("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    if number not in ask.sandbox.world.users and number != ask.bot.id:
        raise bad_request("user not found")
    return number
