"""What people pin over a chat, and take down again; bots do so with methods of the Bot API."""

from bot.sandbox.arrivals import IN_TOPIC
from bot.sandbox.membership import service_message
from bot.sandbox.messages import replied_message_body
from bot.sandbox.rights import may
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat, Json, Message


def may_pin(chat: Chat, person_id: int) -> bool:
    """In a private chat both may; elsewhere it takes a right."""
    return chat.type == "private" or may(chat, person_id, "can_pin_messages")


def pin(sandbox: Sandbox, person_id: int, chat: Chat, message: Message) -> None:
    """The chat is told, where the message stands. Pinning it again changes nothing."""
    _check(chat, person_id)
    if message.is_service:
        raise ValueError("only what somebody has said can be pinned")
    if message.id in chat.pinned:
        return
    chat.pinned.append(message.id)
    place = {name: message.body[name] for name in IN_TOPIC if name in message.body}
    told: Json = {**place, "pinned_message": replied_message_body(message)}
    service_message(sandbox, chat, person_id, told)
    sandbox.events.publish("people")


def unpin(sandbox: Sandbox, person_id: int, chat: Chat, message: Message) -> None:
    _check(chat, person_id)
    if message.id not in chat.pinned:
        raise LookupError("this message is not pinned")
    chat.pinned.remove(message.id)
    sandbox.events.publish("people")


def _check(chat: Chat, person_id: int) -> None:
    if not may_pin(chat, person_id):
        raise PermissionError("you may not pin messages here")
