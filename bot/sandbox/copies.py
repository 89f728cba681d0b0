"""Copying and forwarding messages from one chat to another."""

from itertools import pairwise

from bot.sandbox.chats import chat_of, writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.markup import reply_markup
from bot.sandbox.media import MEDIA_KINDS, check_caption
from bot.sandbox.messages import message_numbers, send
from bot.sandbox.request import Request, method
from bot.sandbox.world import Chat, Json, Message

CONTENT = (
    "text",
    "entities",
    "link_preview_options",
    "caption",
    "caption_entities",
    "show_caption_above_media",
    "has_media_spoiler",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
    "game",
    "paid_media",
    *MEDIA_KINDS,
)


@method
def forwardMessage(ask: Request) -> Json:
    source = chat_of(ask, "from_chat_id")
    chat = writable_chat(ask)
    return _forward(ask, chat, _original(ask, source, "forward"))


@method
def forwardMessages(ask: Request) -> list[Json]:
    source = chat_of(ask, "from_chat_id")
    chat = writable_chat(ask)
    sent = [_forward(ask, chat, message) for message in _originals(ask, source)]
    return [{"message_id": message["message_id"]} for message in sent]


@method
def copyMessage(ask: Request) -> Json:
    source = chat_of(ask, "from_chat_id")
    markup = reply_markup(ask)
    chat = writable_chat(ask)
    content = _content(_original(ask, source, "copy"))
    if "caption" in ask.params and "text" not in content:
        units, entities = formatted(ask, "caption", "caption_entities")
        content = {
            name: content[name] for name in content if name not in ("caption", "caption_entities")
        }
        content |= text_fields(ask, units, entities, "caption", "caption_entities")
        check_caption(content)
    return {"message_id": send(ask, chat, content, markup)["message_id"]}


@method
def copyMessages(ask: Request) -> list[Json]:
    source = chat_of(ask, "from_chat_id")
    chat = writable_chat(ask)
    sent = [send(ask, chat, _content(one), None) for one in _originals(ask, source)]
    return [{"message_id": message["message_id"]} for message in sent]


def _original(ask: Request, source: Chat, verb: str) -> Message:
    message = source.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.protected and verb == "forward":
        raise bad_request("message has protected content and can't be forwarded")
    if message.protected or not _content(message):
        raise bad_request(f"can't {verb} message")
    return message


def _originals(ask: Request, source: Chat) -> list[Message]:
    numbers = message_numbers(ask)
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    found = [source.messages[number] for number in numbers if number in source.messages]
    usable = [message for message in found if not message.protected and _content(message)]
    if not usable:
        raise bad_request("there are no messages to forward")
    return usable


def _forward(ask: Request, chat: Chat, message: Message) -> Json:
    origin = {
        "type": "user",
        "sender_user": ask.sandbox.world.actor(message.author),
        "date": message.body["date"],
    }
    return send(ask, chat, _content(message), None, forward_origin=origin)


def _content(message: Message) -> Json:
    return {name: message.body[name] for name in CONTENT if name in message.body}
