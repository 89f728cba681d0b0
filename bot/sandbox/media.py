"""Sending photos, documents and other media, alone and in albums."""

from typing import Any

from bot.sandbox.attachments import attached_file, shown_file
from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.live_photos import film_options, live_photo
from bot.sandbox.markup import reply_markup
from bot.sandbox.messages import send
from bot.sandbox.request import Request, method
from bot.sandbox.world import Json

MEDIA_KINDS = (
    "photo",
    "live_photo",
    "document",
    "video",
    "audio",
    "voice",
    "animation",
    "video_note",
    "sticker",
)
CAPTION_FIELDS = ("show_caption_above_media", "has_media_spoiler")
MAX_CAPTION = 1024
ALBUM_KINDS = ("photo", "live_photo", "video", "document", "audio")


@method
def sendPhoto(ask: Request) -> Json:
    return _send_medium(ask, "photo")


@method
def sendLivePhoto(ask: Request) -> Json:
    return _send_medium(ask, "live_photo")


@method
def sendDocument(ask: Request) -> Json:
    return _send_medium(ask, "document")


@method
def sendVideo(ask: Request) -> Json:
    return _send_medium(ask, "video")


@method
def sendAudio(ask: Request) -> Json:
    return _send_medium(ask, "audio")


@method
def sendVoice(ask: Request) -> Json:
    return _send_medium(ask, "voice")


@method
def sendAnimation(ask: Request) -> Json:
    return _send_medium(ask, "animation")


@method
def sendVideoNote(ask: Request) -> Json:
    return _send_medium(ask, "video_note")


@method
def sendSticker(ask: Request) -> Json:
    return _send_medium(ask, "sticker")


@method
def sendMediaGroup(ask: Request) -> list[Json]:
    given = ask.structure("media", "can't parse media JSON object")
    if not isinstance(given, list):
        raise bad_request("expected an Array of InputMedia")
    contents = [input_media(ask, item, ALBUM_KINDS, "sendMediaGroup") for item in given]
    _check_album(contents)
    chat = writable_chat(ask)
    for content in contents:
        check_caption(content)
    album = str(1_000_000 * ask.sandbox.clock.timestamp + chat.last_message_id)
    return [send(ask, chat, content, None, media_group_id=album) for content in contents]


def _check_album(contents: list[Json]) -> None:
    if not contents:
        raise bad_request("there are no messages to send")
    if len(contents) > 10:
        raise bad_request("too many messages to send as an album")
    kinds = {kind for content in contents for kind in ALBUM_KINDS if kind in content}
    for lonely in ("document", "audio"):
        if lonely in kinds and len(kinds) > 1:
            raise bad_request(f"{lonely.capitalize()} can't be mixed with other media types")


def _send_medium(ask: Request, kind: str) -> Json:
    content = _content(ask, ask, ask.text(kind) or f"attach://{kind}", kind)
    markup = reply_markup(ask)
    chat = writable_chat(ask)
    check_caption(content)
    return send(ask, chat, content, markup)


def _content(ask: Request, part: Request, named: str, kind: str) -> Json:
    """The message fields of a file and its caption, of which `part` of the call tells."""
    if kind == "live_photo":
        shown = live_photo(ask, part, named)
    else:
        shown = shown_file(attached_file(ask, named, kind, part), kind)
    if kind == "video":
        shown["video"] |= film_options(ask, part)
    units, entities = formatted(part, "caption", "caption_entities")
    caption = text_fields(part, units, entities, "caption", "caption_entities")
    return {**shown, **caption, **_caption_options(part)}


def _caption_options(ask: Request) -> Json:
    above = {"show_caption_above_media": True} if ask.flag("show_caption_above_media") else {}
    return {**above, **({"has_media_spoiler": True} if ask.flag("has_spoiler") else {})}


def input_media(
    ask: Request, item: Any, kinds: tuple[str, ...] = MEDIA_KINDS, where: str = "editMessageMedia"
) -> Json:
    """The message content that an `InputMedia` object describes."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = str(item.get("type", ""))
    if kind not in kinds:
        raise bad_request(f"can't parse InputMedia: type \"{kind}\" can't be used in {where}")
    if not item.get("media"):
        raise bad_request("can't parse InputMedia: media not found")
    part = Request(ask.sandbox, ask.bot, item, ask.files)
    return _content(ask, part, str(item["media"]), kind)


def check_caption(content: Json) -> None:
    if len(content.get("caption", "")) > MAX_CAPTION:
        raise bad_request("message caption is too long")
