"""Sending: texts and everything cheap to send, and how a message comes into being."""

from typing import Any

from bot.sandbox.chats import chat_of, writable_chat
from bot.sandbox.errors import bad_request, too_many_requests
from bot.sandbox.formatting import formatted, text_fields
from bot.sandbox.markup import check_at_server, reply_markup
from bot.sandbox.request import Request, method, whole_number
from bot.sandbox.rights import check_sendable, may, slow_mode_wait
from bot.sandbox.topics import thread_of
from bot.sandbox.world import Chat, Json, Message

MAX_TEXT = 4096


@method
def sendMessage(ask: Request) -> Json:
    content = text_content(ask)
    markup = reply_markup(ask)
    chat = writable_chat(ask)
    check_length(content["text"], "message is too long")
    return send(ask, chat, content, markup)


@method
def sendMessageDraft(ask: Request) -> bool:
    """A draft is shown while an answer is being written; nothing of it stays."""
    if not ask.integer("draft_id"):
        raise bad_request("RANDOM_ID_INVALID")
    if ask.has("text"):
        text_content(ask)
    chat = writable_chat(ask)
    if chat.type != "private":
        raise bad_request("private chat not found")
    ask.sandbox.events.publish("action", chat_id=chat.id, action="typing")
    return True


def text_content(ask: Request) -> Json:
    if not ask.text("text"):
        raise bad_request("message text is empty")
    units, entities = formatted(ask, "text", "entities")
    if not units:
        raise bad_request("text must be non-empty")
    complaint = "can't parse link preview options JSON object"
    options = ask.structure("link_preview_options", complaint)
    if options is not None and not isinstance(options, dict):
        raise bad_request(complaint)
    if options is None and ask.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    shown = {"link_preview_options": options} if options else {}
    return {**text_fields(ask, units, entities, "text", "entities"), **shown}


def check_length(text: str, complaint: str) -> None:
    if len(text) > MAX_TEXT:
        raise bad_request(complaint)


def send(ask: Request, chat: Chat, content: Json, markup: Json | None, **about: Any) -> Json:
    """Put a message into the chat and tell everybody; the answer is the message."""
    check_sendable(chat, ask.bot.id, content)
    now = ask.sandbox.clock.timestamp
    if wait := slow_mode_wait(chat, ask.bot.id, now):
        raise too_many_requests(wait)
    reply = replied_message(ask, chat)
    check_at_server(markup, chat)
    if ask.sandbox.flood and not ask.is_counted:
        paid = ask.flag("allow_paid_broadcast")
        ask.sandbox.flood.check(chat, ask.sandbox.clock(), paid=paid)
        ask.is_counted = True
    inline = markup if markup and "inline_keyboard" in markup else None
    protected = ask.flag("protect_content")
    body = {
        "message_id": chat.new_message_id(),
        **sender(ask, chat),
        "chat": ask.sandbox.world.chat_json(chat),
        "date": now,
        **thread_of(ask, chat),
        **({"reply_to_message": reply} if reply else {}),
        **about,
        **content,
        **({"has_protected_content": True} if protected else {}),
        **({"reply_markup": inline} if inline else {}),
    }
    message = Message(body["message_id"], ask.bot.id, body, None if inline else markup, protected)
    chat.messages[message.id] = message
    if chat.slow_mode:
        chat.spoke_at[ask.bot.id] = now
    ask.sandbox.events.publish("message", chat_id=chat.id, message=as_people_see(message))
    return body


def sender(ask: Request, chat: Chat) -> Json:
    if chat.type == "channel":
        return {"sender_chat": chat.json}
    return {"from": ask.bot.json}


def replied_message(ask: Request, chat: Chat) -> Json | None:
    given = ask.structure("reply_parameters", "can't parse reply parameters JSON object")
    if given is None:
        number = ask.integer("reply_to_message_id")
        given = {"message_id": number} if number else None
    if given is None:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    message = chat.messages.get(whole_number(given.get("message_id")))
    if message:
        return replied_message_body(message)
    lenient = given.get("allow_sending_without_reply") or ask.flag("allow_sending_without_reply")
    if lenient:
        return None
    raise bad_request("message to be replied not found")


def replied_message_body(message: Message) -> Json:
    """As it is quoted in an answer: without what it answered itself."""
    return {name: value for name, value in message.body.items() if name != "reply_to_message"}


def as_people_see(message: Message, person_id: int = 0) -> Json:
    """With what bots do not see: reply keyboards, reactions, and one's own vote in a poll.

    In a private chat it goes without saying who the person is.
    """
    viewer = person_id or message.body["chat"]["id"]
    keyboard = {"reply_markup": message.keyboard} if message.keyboard else {}
    reactions = [
        {**reaction, "by": number, "mine": number == viewer}
        for number, given in message.reactions.items()
        for reaction in given
    ]
    votes = message.votes.get(viewer)
    return {
        **message.body,
        **keyboard,
        **({"reactions": reactions} if reactions else {}),
        **({"chosen": votes} if votes else {}),
    }


@method
def deleteMessage(ask: Request) -> bool:
    chat = chat_of(ask)
    if not ask.integer("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(ask.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _deletable(ask, chat, message):
        raise bad_request("message can't be deleted")
    _delete(ask, chat, [message.id])
    return True


@method
def deleteMessages(ask: Request) -> bool:
    chat = chat_of(ask)
    numbers = message_numbers(ask)
    known = [number for number in numbers if number in chat.messages]
    if not all(_deletable(ask, chat, chat.messages[number]) for number in known):
        raise bad_request("message can't be deleted")
    _delete(ask, chat, known)
    return True


def message_numbers(ask: Request) -> list[int]:
    given = ask.structure("message_ids", "can't parse message identifiers JSON object")
    if given is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(given, list):
        raise bad_request("expected an Array of message identifiers")
    if len(given) > 100:
        raise bad_request("too many message identifiers specified")
    if not given:
        raise bad_request("message identifiers are not specified")
    return [whole_number(number) for number in given]


def _deletable(ask: Request, chat: Chat, message: Message) -> bool:
    """Bots may delete for 48 hours: their own anywhere, others' in private or as administrator."""
    if ask.sandbox.clock.timestamp - int(message.body["date"]) > 48 * 3600:
        return False
    mine = message.author == ask.bot.id
    return mine or chat.type == "private" or may(chat, ask.bot.id, "can_delete_messages")


def _delete(ask: Request, chat: Chat, numbers: list[int]) -> None:
    for number in numbers:
        del chat.messages[number]
        if number in chat.pinned:
            chat.pinned.remove(number)
    if numbers:
        ask.sandbox.events.publish("deleted", chat_id=chat.id, message_ids=numbers)
