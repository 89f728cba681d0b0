"""What has arrived said otherwise: the request that turns an old content into a new one."""

from typing import Any

from bot.domain.announcements.cards import Content
from bot.domain.refusals import Refusal

CAPTIONED = ("sendPhoto", "sendDocument", "sendVideo", "sendAnimation", "sendAudio", "sendVoice")
TEXT = ("text", "entities", "link_preview_options", "reply_markup")
CAPTION = ("caption", "caption_entities", "show_caption_above_media", "reply_markup")


class OtherKind(Refusal):
    """A text cannot be turned into a picture, nor a picture into an album."""


def edit_of(old: Content, new: Content) -> Content:
    """For a batch whose rows say which message it is. The buttons stay as they are.

    Of an album that is the message that has the caption: its first. Raises `OtherKind`.
    """
    if old.method != new.method:
        raise OtherKind
    kept = {name: old.payload[name] for name in ("reply_markup",) if name in old.payload}
    if old.method == "sendMessage":
        return Content("editMessageText", _only(TEXT, new.payload | kept))
    if old.method == "sendMediaGroup":
        return Content("editMessageCaption", _only(CAPTION, _captioned(old, new)))
    if _file(old) == _file(new):
        return Content("editMessageCaption", _only(CAPTION, new.payload | kept))
    kind = old.method.removeprefix("send").lower()
    if kind == "voice":
        raise OtherKind
    media = {"type": kind, "media": _file(new), **_only(CAPTION[:-1], new.payload)}
    if "has_spoiler" in new.payload:
        media["has_spoiler"] = True
    return Content("editMessageMedia", {"media": media, **kept})


def _captioned(old: Content, new: Content) -> dict[str, Any]:
    if [each["media"] for each in old.payload["media"]] != [
        each["media"] for each in new.payload["media"]
    ]:
        raise OtherKind
    first: dict[str, Any] = new.payload["media"][0]
    return first


def _file(content: Content) -> str:
    file: str = content.payload[content.method.removeprefix("send").lower()]
    return file


def _only(names: tuple[str, ...], payload: dict[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in names if name in payload}
