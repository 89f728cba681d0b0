"""What has arrived said otherwise: the request that turns an old content into a new one."""

from typing import Any

from bot.domain.announcements.cards import Content
from bot.domain.refusals import Refusal
from storage.amends import ALBUM, worded
from storage.blanks import names

LEFT = "left"  # beside an audience: the edition that has left, before any correction
CAPTIONED = ("sendPhoto", "sendDocument", "sendVideo", "sendAnimation", "sendAudio", "sendVoice")
TEXT = ("text", "entities", "link_preview_options", "reply_markup")
CAPTION = ("caption", "caption_entities", "show_caption_above_media", "reply_markup")


class OtherKind(Refusal):
    """A text cannot be turned into a picture, nor a picture into an album."""


class NewBlank(Refusal):
    """It leaves blank what it has not left blank so far, and it was not noted for its readers."""


def edit_of(old: Content, new: Content) -> Content:
    """For a batch whose rows say which message it is. The buttons stay as they are.

    Of an album that is the message that has the words. Raises `OtherKind`, `NewBlank`.
    """
    if old.method != new.method:
        raise OtherKind
    if names(new.payload) - names(old.payload):
        raise NewBlank
    kept = {name: old.payload[name] for name in ("reply_markup",) if name in old.payload}
    if old.method == "sendMessage":
        return Content("editMessageText", _only(TEXT, new.payload | kept))
    if old.method == ALBUM:
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
    item: dict[str, Any] = new.payload["media"][worded(old.payload)]
    return item


def reworded(old: Content, caption: dict[str, Any]) -> Content:
    """The same file, or the same album, with another `caption` and its entities."""
    if old.method != ALBUM:
        return Content(old.method, old.payload | caption)
    media = list(old.payload["media"])
    place = worded(old.payload)
    media[place] = media[place] | caption
    return Content(old.method, {**old.payload, "media": media})


def _file(content: Content) -> str:
    file: str = content.payload[content.method.removeprefix("send").lower()]
    return file


def _only(names: tuple[str, ...], payload: dict[str, Any]) -> dict[str, Any]:
    return {name: payload[name] for name in names if name in payload}
