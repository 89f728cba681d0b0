"""A message that is to be announced, taken as it is: what it says, shows, and leaves blank."""

from typing import Any

from telegram import Message, MessageEntity

from bot.domain.announcements import placeholders
from bot.domain.announcements.dressing import ALBUM
from bot.domain.announcements.placeholders import UnknownPlaceholder
from bot.kit.context import Context
from bot.kit.forms import Answers, Unclear
from bot.kit.screens import TEXT_LIMIT, paragraphs
from bot.kit.texts import Texts
from storage.announcements.readers import ORGANISATION
from storage.marked_text import Marked

CAPTION_LIMIT = 1024  # characters; people with Telegram Premium may write longer ones, bots not
KINDS = ("photo", "animation", "video", "audio", "voice", "document")  # one also is a document
IN_ALBUMS = ("photo", "video", "audio", "document")
VISIBLE = ("photo", "animation", "video")
ALIKE = {"audio", "document"}  # stand in albums among their own kind only
NEARLY_ALL = 4000  # characters; apps cut longer texts at some space before the limit
BIG = 50_000_000  # bytes: what takes long on a phone


def read(ctx: Context, message: Message, language: str) -> Answers:
    """A content, of an album with the first of its media. Raises `Unclear`."""
    if message.text:
        return _text(ctx, message, language)
    if message.media_group_id:
        media = [read_item(ctx, message, language)]
        return {"method": ALBUM, "payload": {"media": media}, "size": _size(message)}
    kind = _kind(ctx, message)
    payload = {kind: _file_id(message, kind), **_looks(ctx, message, kind, language)}
    return {"method": f"send{kind.capitalize()}", "payload": payload, "size": _size(message)}


def read_item(ctx: Context, message: Message, language: str) -> dict[str, Any]:
    """One of an album. Raises `Unclear`."""
    kind = _kind(ctx, message)
    if kind not in IN_ALBUMS:
        raise Unclear(ctx.t("Only pictures, videos and documents can stand in an album."))
    look = _looks(ctx, message, kind, language)
    return {"type": kind, "media": _file_id(message, kind), **look}


def goes_with(item: dict[str, Any], media: list[dict[str, Any]]) -> bool:
    """Whether Telegram lets it stand in one album with the others."""
    kinds = {item["type"], *(each["type"] for each in media)}
    return len(kinds) == 1 or not kinds & ALIKE


def noteworthy(t: Texts, content: Answers) -> str:
    """What to know of a large file, or of a text that may have been cut; or nothing."""
    if len(content["payload"].get("text", "")) > NEARLY_ALL:
        return t(
            "⚠️ A message this long may have been longer: Telegram sends what is beyond {limit}"
            " characters by itself. Please look whether the end is there.",
            limit=t.number(TEXT_LIMIT),
        )
    size = content.get("size") or 0
    if size < BIG:
        return ""
    megabytes = t.number(round(size / 1_000_000))
    return t(
        "⚠️ The file has {size} MB. It will arrive, but on a phone it takes long to open.",
        size=megabytes,
    )


def _kind(ctx: Context, message: Message) -> str:
    kind = next((each for each in KINDS if getattr(message, each)), None)
    if kind is None:
        t = ctx.t
        raise Unclear(
            t(
                "Only a text, a picture, an album, a video, a recording or a document can be"
                " announced. Please send one."
            )
        )
    return kind


def _file_id(message: Message, kind: str) -> str:
    if kind == "photo":
        return message.photo[-1].file_id
    file_id: str = getattr(message, kind).file_id
    return file_id


def _size(message: Message) -> int:
    files = (getattr(message, each) for each in KINDS if each != "photo")
    return max((each.file_size or 0 for each in files if each), default=0)


def _text(ctx: Context, message: Message, language: str) -> Answers:
    said = _said(ctx, message.text or "", message.entities, language, TEXT_LIMIT)
    if not placeholders.says_something(said.text):
        raise Unclear(ctx.t("Something has to stand beside the name, too."))
    payload: dict[str, Any] = {"text": said.text, "entities": said.entities}
    if message.link_preview_options:
        payload["link_preview_options"] = message.link_preview_options.to_dict()
    return {"method": "sendMessage", "payload": payload}


def _looks(ctx: Context, message: Message, kind: str, language: str) -> dict[str, Any]:
    look: dict[str, Any] = {}
    if message.caption:
        said = _said(
            ctx, message.caption, message.caption_entities, language, CAPTION_LIMIT, caption=True
        )
        look = {"caption": said.text, "caption_entities": said.entities}
    if kind in VISIBLE and message.show_caption_above_media:
        look["show_caption_above_media"] = True
    if kind in VISIBLE and message.has_media_spoiler:
        look["has_spoiler"] = True
    return look


def _said(
    ctx: Context,
    text: str,
    entities: tuple[MessageEntity, ...],
    language: str,
    limit: int,
    *,
    caption: bool = False,
) -> Marked:
    t = ctx.t
    typed = Marked(text, [entity.to_dict() for entity in entities])
    usual = {ORGANISATION: ctx.house.texts[language].label("your organisation")}
    try:
        said = placeholders.read(typed, usual)
    except UnknownPlaceholder as unknown:
        raise Unclear(_unknown(t, unknown.name)) from unknown
    if max(len(text), placeholders.longest(said.text)) <= limit:
        return said
    words = t("This is too long: at most {limit} characters.", limit=limit)
    if caption:
        words = t("The caption is too long: at most {limit} characters.", limit=limit)
    names = t("Names that are filled in count, too.") if len(text) <= limit else ""
    raise Unclear(paragraphs(words, names))


def _unknown(t: Texts, name: str) -> str:
    return t(
        "I do not know what to put in the place of <b>{given}</b>. I know {known}. To have a"
        " brace itself, write it twice: {brace}.",
        given=f"{{{name}}}",
        known=known(t),
        brace="{{",
    )


def known(t: Texts) -> str:
    """The placeholders there are, as they are typed."""
    names = (t.label("first_name"), t.label("organisation"))
    return ", ".join(f"{{{name}}}" for name in names)
