"""Editing what the bot sent: text, caption, media, keyboard."""

from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.inline_ids import inline_message
from bot.sandbox.markup import check_at_server, inline_markup
from bot.sandbox.media import CAPTION_FIELDS, MEDIA_KINDS, check_caption, input_media
from bot.sandbox.messages import MAX_TEXT, as_people_see, text_content
from bot.sandbox.request import Request, method
from bot.sandbox.world import Chat, Json, Message

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
CONTENT = {
    "text",
    "entities",
    "link_preview_options",
    "location",
    "caption",
    "caption_entities",
    "reply_markup",
    *MEDIA_KINDS,
    *CAPTION_FIELDS,
}


@method
def editMessageText(ask: Request) -> Json | bool:
    content = text_content(ask)
    markup = inline_markup(ask)
    chat, message = editable(ask)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    if len(content["text"]) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return replace(ask, chat, message, content, markup)


@method
def editMessageCaption(ask: Request) -> Json | bool:
    units, entities = formatted(ask, "caption", "caption_entities")
    markup = inline_markup(ask)
    chat, message = editable(ask)
    media = {name: message.body[name] for name in MEDIA_KINDS if name in message.body}
    if not media:
        raise bad_request("there is no caption in the message to edit")
    caption = text_fields(ask, units, entities, "caption", "caption_entities")
    check_caption(caption)
    return replace(ask, chat, message, {**media, **caption}, markup)


@method
def editMessageMedia(ask: Request) -> Json | bool:
    given = ask.structure("media", "can't parse input media JSON object")
    content = input_media(ask, given)
    markup = inline_markup(ask)
    chat, message = editable(ask)
    check_caption(content)
    return replace(ask, chat, message, content, markup)


@method
def editMessageReplyMarkup(ask: Request) -> Json | bool:
    markup = inline_markup(ask)
    chat, message = editable(ask)
    content = {name: message.body[name] for name in CONTENT if name in message.body}
    content.pop("reply_markup", None)
    return replace(ask, chat, message, content, markup)


def editable(ask: Request) -> tuple[Chat, Message]:
    if ask.has("inline_message_id"):
        return _sent_inline(ask)
    if not ask.has("chat_id") and not ask.has("message_id"):
        raise bad_request("message identifier is not specified")
    chat = writable_chat(ask)
    message = chat.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.author != ask.bot.id or message.keyboard or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    return chat, message


def _sent_inline(ask: Request) -> tuple[Chat, Message]:
    found = inline_message(ask.sandbox.world, ask.text("inline_message_id"))
    if found is None or found[1].body["via_bot"]["id"] != ask.bot.id:
        raise bad_request("MESSAGE_ID_INVALID")
    return found


def replace(
    ask: Request, chat: Chat, message: Message, content: Json, markup: Json | None
) -> Json | bool:
    """The edited message; just True for one that was sent inline, which the bot may not see."""
    check_at_server(markup, chat)
    kept = {name: value for name, value in message.body.items() if name not in CONTENT}
    shown = {"reply_markup": markup} if markup else {}
    body = {**kept, **content, **shown}
    if body == message.body:
        raise bad_request(NOT_MODIFIED)
    if ask.sandbox.flood and chat.type != "private":
        ask.sandbox.flood.check(chat, ask.sandbox.clock())
    message.body = {**body, "edit_date": ask.sandbox.clock.timestamp}
    told = as_people_see(message)
    ask.sandbox.events.publish("edited", chat_id=chat.id, message=told)
    return True if ask.has("inline_message_id") else message.body
