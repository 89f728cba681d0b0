"""The cheap rest of what a bot may send: places, contacts, dice; and reactions and pins."""

from typing import Any

from bot.sandbox.chats import chat_of, writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.markup import reply_markup
from bot.sandbox.messages import replied_message_body, send
from bot.sandbox.request import Request, method
from bot.sandbox.world import Chat, Json

DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}
REACTIONS = (
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻"
    "👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)


@method
def sendLocation(ask: Request) -> Json:
    return _send(ask, {"location": _place(ask)})


@method
def sendVenue(ask: Request) -> Json:
    place = _place(ask)
    if not ask.has("title") or not ask.has("address"):
        raise bad_request("wrong venue location specified")
    venue = {"location": place, "title": ask.text("title"), "address": ask.text("address")}
    return _send(ask, {"location": place, "venue": venue})


@method
def sendContact(ask: Request) -> Json:
    if not ask.has("phone_number"):
        raise bad_request("wrong phone number specified")
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
def setMessageReaction(ask: Request) -> bool:
    given = ask.structure("reaction", "can't parse reaction types JSON object") or []
    if not isinstance(given, list):
        raise bad_request("expected an Array of ReactionType")
    chat = writable_chat(ask)
    message = chat.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    if len(given) > 1 or not all(_is_reaction(one) for one in given):
        raise bad_request("REACTION_INVALID")
    message.reactions[ask.bot.id] = given
    return True


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
    return True


@method
def unpinAllChatMessages(ask: Request) -> bool:
    chat = chat_of(ask)
    _check_pin_rights(ask, chat)
    chat.pinned.clear()
    return True


def _send(ask: Request, content: Json) -> Json:
    markup = reply_markup(ask)
    return send(ask, writable_chat(ask), content, markup)


def _place(ask: Request) -> Json:
    for name in ("latitude", "longitude"):
        if not ask.has(name):
            raise bad_request(f"{name} is empty")
    place = {name: ask.number(name) for name in ("latitude", "longitude")}
    if abs(place["latitude"]) > 90 or abs(place["longitude"]) > 180:
        raise bad_request("wrong venue location specified")
    return place


def _is_reaction(one: Any) -> bool:
    if not isinstance(one, dict):
        raise bad_request("can't parse ReactionType: expected an Object")
    emoji = str(one.get("emoji", "")).removesuffix("\ufe0f")
    return one.get("type") == "emoji" and len(emoji) == 1 and emoji in REACTIONS


def _check_pin_rights(ask: Request, chat: Chat) -> None:
    if chat.type != "private" and chat.status_of(ask.bot.id) not in ("administrator", "creator"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
