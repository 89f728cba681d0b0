"""A message taken as it is: what a letter says, or the file that it brings."""

from typing import Any

from telegram import Message

from bot.domain.letters import Content

FILES = ("animation", "document", "video", "audio", "voice", "video_note", "sticker")
CAPTIONED = ("photo", "animation", "document", "video", "audio", "voice")


def read(message: Message) -> Content | None:
    """None for what cannot be passed on, such as a poll."""
    if message.text:
        payload: dict[str, Any] = {"text": message.text}
        return Content("sendMessage", payload | _marks("entities", message.entities))
    if message.photo:
        return Content("sendPhoto", {"photo": message.photo[-1].file_id, **_caption(message)})
    kind = next((each for each in FILES if getattr(message, each)), None)
    if kind is not None:
        about = _caption(message) if kind in CAPTIONED else {}
        return Content(_method(kind), {kind: getattr(message, kind).file_id, **about})
    if message.location:
        place = message.location
        at = {"latitude": place.latitude, "longitude": place.longitude}
        return Content("sendLocation", at)
    return None


def _method(kind: str) -> str:
    return "send" + "".join(part.capitalize() for part in kind.split("_"))


def _caption(message: Message) -> dict[str, Any]:
    if not message.caption:
        return {}
    return {"caption": message.caption, **_marks("caption_entities", message.caption_entities)}


def _marks(name: str, entities: Any) -> dict[str, Any]:
    return {name: [each.to_dict() for each in entities]} if entities else {}
