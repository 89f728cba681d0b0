"""What an inline result becomes when somebody picks it: the content of a message."""

from typing import Any

from bot.sandbox.attachments import attached_file, shown_file
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.messages import text_content
from bot.sandbox.request import Request
from bot.sandbox.world import Json

# The media kind of each type of result, and the parameter that names a file sent before.
CACHED = {
    "photo": ("photo", "photo_file_id"),
    "gif": ("animation", "gif_file_id"),
    "mpeg4_gif": ("animation", "mpeg4_file_id"),
    "sticker": ("sticker", "sticker_file_id"),
    "document": ("document", "document_file_id"),
    "video": ("video", "video_file_id"),
    "voice": ("voice", "voice_file_id"),
    "audio": ("audio", "audio_file_id"),
}
# The parameter that names the address of one instead.
ADDRESSES = {
    "photo": "photo_url",
    "gif": "gif_url",
    "mpeg4_gif": "mpeg4_url",
    "document": "document_url",
    "video": "video_url",
    "voice": "voice_url",
    "audio": "audio_url",
}
TYPES = {"article", "contact", "location", "venue", "game", *CACHED}
CONTACT = ("phone_number", "first_name", "last_name", "vcard")
PLACE = ("latitude", "longitude")


def content_of(ask: Request, result: Json) -> Json:
    """Empty for what lies at an address: it is fetched for those who pick it."""
    given = result.get("input_message_content")
    if given is not None:
        return _described(ask, given)
    kind = result["type"]
    if kind == "article":
        raise _unparsable('Can\'t find field "input_message_content"')
    if kind in ("contact", "location", "venue"):
        return _described(ask, result)
    if kind in CACHED and CACHED[kind][1] in result:
        return _file(ask, result, *CACHED[kind])
    return {}


def fetched(ask: Request, result: Json) -> Json:
    """The content of a result that lies at an address. ValueError says that there is none."""
    kind = result["type"]
    if not result.get(ADDRESSES.get(kind, "")):
        raise ValueError("this result cannot be sent")
    return _file(ask, result, CACHED[kind][0], ADDRESSES[kind])


def _described(ask: Request, given: Any) -> Json:
    if not isinstance(given, dict):
        raise _unparsable("InputMessageContent must be an Object")
    if "message_text" in given:
        return text_content(
            Request(ask.sandbox, ask.bot, {**given, "text": given["message_text"]})
        )
    if all(name in given for name in ("phone_number", "first_name")):
        return {"contact": {name: str(given[name]) for name in CONTACT if name in given}}
    if not all(name in given for name in PLACE):
        raise bad_request("unallowed inline message content type")
    location = {name: float(given[name]) for name in PLACE}
    if "address" not in given:
        return {"location": location}
    venue = {"location": location, "title": given.get("title", ""), "address": given["address"]}
    return {"location": location, "venue": venue}


def _file(ask: Request, result: Json, kind: str, field: str) -> Json:
    part = Request(ask.sandbox, ask.bot, result)
    file = attached_file(part, part.text(field), kind)
    units, entities = formatted(part, "caption", "caption_entities")
    caption = text_fields(part, units, entities, "caption", "caption_entities")
    return {**shown_file(file, kind), **caption}


def _unparsable(why: str) -> Exception:
    return bad_request(f"can't parse inline query result: {why}")
