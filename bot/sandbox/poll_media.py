"""What polls show beside their words: pictures, films, files and places."""

from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.media import input_media
from bot.sandbox.places import input_place
from bot.sandbox.request import Request
from bot.sandbox.world import Json

WITH_OPTIONS = ("animation", "live_photo", "photo", "sticker", "video")
WITH_POLLS = ("animation", "audio", "document", "live_photo", "photo", "video")
CAPTION = ("caption", "caption_entities", "show_caption_above_media", "has_media_spoiler")


def poll_media(ask: Request, name: str) -> Json:
    """The parameter's medium under its own name; empty when there is none."""
    given = ask.structure(name, f"can't parse {name} JSON object")
    return {} if given is None else {name: _shown(ask, given, WITH_POLLS)}


def option_media(ask: Request, option: Any) -> Json:
    given = option.get("media") if isinstance(option, dict) else None
    return {} if given is None else {"media": _shown(ask, given, WITH_OPTIONS)}


def _shown(ask: Request, given: Any, kinds: tuple[str, ...]) -> Json:
    if not isinstance(given, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    if given.get("type") in ("location", "venue"):
        return input_place(ask, given)
    content = input_media(ask, given, kinds, "sendPoll")
    if "animation" in content:
        content.pop("document", None)
    return {kind: value for kind, value in content.items() if kind not in CAPTION}
