"""Sticker sets after they were made: stickers added, moved, replaced, described, taken out."""

from bot.sandbox.attachments import attached_file
from bot.sandbox.chats import ruled_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.files import picture_size
from bot.sandbox.request import Request, method
from bot.sandbox.stickers import (
    FORMATS,
    MAX_TITLE,
    MOST_STICKERS,
    emoji_list,
    mask_position,
    named_set,
    own_set,
    set_sticker,
)
from bot.sandbox.world import Chat, Json, StickerSet, StoredFile

MOST_KEYWORDS = 20
THUMBNAIL_SIDE = 100


@method
def addStickerToSet(ask: Request) -> bool:
    _check_owner(ask, found := own_set(ask))
    if len(found.stickers) >= MOST_STICKERS:
        raise bad_request("STICKERS_TOO_MUCH")
    found.stickers.append(set_sticker(ask, found, _input_sticker(ask)))
    return True


@method
def replaceStickerInSet(ask: Request) -> bool:
    _check_owner(ask, found := own_set(ask))
    old = _member(ask, "old_sticker")
    if old.id not in found.stickers:
        raise bad_request("STICKER_INVALID")
    fresh = set_sticker(ask, found, _input_sticker(ask))
    found.stickers[found.stickers.index(old.id)] = fresh
    _leave(old)
    return True


@method
def setStickerPositionInSet(ask: Request) -> bool:
    file = _member(ask)
    position = ask.integer("position")
    if not ask.is_number("position") or position < 0:
        raise bad_request("position must be non-negative")
    stickers = _set_of(ask, file).stickers
    stickers.remove(file.id)
    stickers.insert(position, file.id)
    return True


@method
def deleteStickerFromSet(ask: Request) -> bool:
    """The set goes with its last sticker."""
    file = _member(ask)
    found = _set_of(ask, file)
    found.stickers.remove(file.id)
    _leave(file)
    if not found.stickers:
        del ask.sandbox.world.sticker_sets[found.name.lower()]
    return True


@method
def setStickerEmojiList(ask: Request) -> bool:
    emoji = emoji_list(ask.structure("emoji_list", "can't parse emoji list JSON array"))
    _member(ask).details["emoji"] = emoji[0]
    return True


@method
def setStickerKeywords(ask: Request) -> bool:
    """Words to find a sticker by; nobody is ever shown them."""
    words = ask.structure("keywords", "can't parse keywords JSON object") or []
    if not isinstance(words, list):
        raise bad_request("expected an Array of keywords")
    if len(words) > MOST_KEYWORDS:
        raise bad_request("too many keywords specified")
    _member(ask)
    return True


@method
def setStickerMaskPosition(ask: Request) -> bool:
    given = ask.structure("mask_position", "can't parse mask position JSON object")
    place = None if given is None else mask_position(given)
    file = _member(ask)
    if file.details["type"] != "mask":
        raise bad_request("STICKER_INVALID")
    file.details.pop("mask_position", None)
    if place:
        file.details["mask_position"] = place
    return True


@method
def setStickerSetTitle(ask: Request) -> bool:
    found, title = own_set(ask), ask.text("title").strip()
    if not title or len(title) > MAX_TITLE:
        raise bad_request("PACK_TITLE_INVALID")
    found.title = title
    return True


@method
def setStickerSetThumbnail(ask: Request) -> bool:
    _check_owner(ask, found := own_set(ask))
    if ask.text("format") not in FORMATS:
        raise bad_request("invalid sticker format specified")
    if not ask.has("thumbnail") and "thumbnail" not in ask.files:
        found.thumbnail = {}
        return True
    file = attached_file(ask, ask.text("thumbnail") or "attach://thumbnail", "sticker")
    found.thumbnail = _thumbnail(file)
    return True


@method
def setCustomEmojiStickerSetThumbnail(ask: Request) -> bool:
    found, number = own_set(ask), ask.text("custom_emoji_id")
    if found.kind != "custom_emoji":
        raise bad_request("STICKERSET_INVALID")
    files = [ask.sandbox.world.files[one] for one in found.stickers]
    chosen = [file for file in files if file.details["custom_emoji_id"] == number]
    if number and not chosen:
        raise bad_request("STICKER_INVALID")
    found.thumbnail = _thumbnail(chosen[0]) if chosen else {}
    return True


@method
def deleteStickerSet(ask: Request) -> bool:
    found = own_set(ask)
    for number in found.stickers:
        _leave(ask.sandbox.world.files[number])
    del ask.sandbox.world.sticker_sets[found.name.lower()]
    return True


@method
def setChatStickerSet(ask: Request) -> bool:
    chat = _supergroup(ask)
    if not ask.has("sticker_set_name"):
        raise bad_request("sticker_set_name is empty")
    chat.sticker_set = named_set(ask, "sticker_set_name").name
    return True


@method
def deleteChatStickerSet(ask: Request) -> bool:
    chat = _supergroup(ask)
    chat.sticker_set = ""
    return True


def _input_sticker(ask: Request) -> Json:
    given = ask.structure("sticker", "can't parse sticker JSON object")
    if not isinstance(given, dict):
        raise bad_request("InputSticker must be an Object")
    return given


def _member(ask: Request, name: str = "sticker") -> StoredFile:
    """A sticker of one of this bot's sets."""
    if not ask.has(name):
        raise bad_request("sticker is not specified")
    file = ask.sandbox.world.files.get(ask.text(name))
    if file is None or file.kind != "sticker":
        raise bad_request("wrong sticker_file_id specified")
    if "set_name" not in file.details or _set_of(ask, file).bot != ask.bot.id:
        raise bad_request("STICKER_INVALID")
    return file


def _set_of(ask: Request, file: StoredFile) -> StickerSet:
    return ask.sandbox.world.sticker_sets[file.details["set_name"].lower()]


def _leave(file: StoredFile) -> None:
    for name in ("set_name", "custom_emoji_id", "mask_position"):
        file.details.pop(name, None)


def _check_owner(ask: Request, found: StickerSet) -> None:
    if ask.integer("user_id") <= 0:
        raise bad_request("invalid user_id specified")
    if ask.integer("user_id") not in (found.owner, ask.bot.id):
        raise bad_request("STICKERSET_INVALID")


def _thumbnail(file: StoredFile) -> Json:
    names = ("file_id", "file_unique_id", "file_size")
    width, height = picture_size(file.content) or (THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    return {**{name: file.details[name] for name in names}, "width": width, "height": height}


def _supergroup(ask: Request) -> Chat:
    chat = ruled_chat(ask, "method is available only for supergroups", "can_change_info")
    if chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    return chat
