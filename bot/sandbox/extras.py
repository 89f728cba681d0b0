"""The cheap rest of what a bot may send: contacts and dice; and pinning."""

from bot.sandbox.chats import REFUSED_RIGHTS, chat_of, writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import reply_markup
from bot.sandbox.messages import replied_message_body, send
from bot.sandbox.request import Request, method
from bot.sandbox.rights import may
from bot.sandbox.world import Chat, Json

DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}


@method
def sendContact(ask: Request) -> Json:
    if not ask.has("phone_number"):
        raise bad_request("wrong phone number specified")
    if not ask.has("first_name"):
        raise bad_request("first name must be non-empty")
    names = ("phone_number", "first_name", "last_name", "vcard")
    return _send(ask, {"contact": {name: ask.text(name) for name in names if ask.has(name)}})


@method
def sendDice(ask: Request) -> Json:
    emoji = ask.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("DICE_EMOJI_INVALID")
    value = 1 + ask.sandbox.world.last_file_number % DICE[emoji]
    return _send(ask, {"dice": {"emoji": emoji, "value": value}})


@method
def pinChatMessage(ask: Request) -> bool:
    chat = writable_chat(ask)
    _check_pin_rights(ask, chat)
    message = chat.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message to pin not found")
    if message.is_service:
        raise bad_request("service messages can't be pinned")
    if message.id not in chat.pinned:
        chat.pinned.append(message.id)
        ask.sandbox.events.publish("people")
        send(ask, chat, {"pinned_message": replied_message_body(message)}, None)
    return True


@method
def unpinChatMessage(ask: Request) -> bool:
    chat = writable_chat(ask)
    _check_pin_rights(ask, chat)
    number = ask.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    ask.sandbox.events.publish("people")
    return True


@method
def unpinAllChatMessages(ask: Request) -> bool:
    chat = chat_of(ask)
    _check_pin_rights(ask, chat)
    chat.pinned.clear()
    ask.sandbox.events.publish("people")
    return True


def _send(ask: Request, content: Json) -> Json:
    markup = reply_markup(ask)
    return send(ask, writable_chat(ask), content, markup)


def _check_pin_rights(ask: Request, chat: Chat) -> None:
    if chat.type != "private" and not may(chat, ask.bot.id, "can_pin_messages"):
        raise bad_request(REFUSED_RIGHTS["can_pin_messages"])
