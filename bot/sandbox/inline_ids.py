"""The ids under which bots edit what people sent with their help in any chat."""

import base64
import binascii

from bot.sandbox.world import Chat, Message, World


def inline_id(chat: Chat, message_id: int) -> str:
    place = f"{chat.owner if chat.type == 'private' else 0}:{chat.id}:{message_id}"
    return base64.urlsafe_b64encode(place.encode()).decode().rstrip("=")


def inline_message(world: World, number: str) -> tuple[Chat, Message] | None:
    try:
        place = base64.urlsafe_b64decode(number + "=" * (-len(number) % 4)).decode()
        owner, chat_id, message_id = map(int, place.split(":"))
    except (binascii.Error, ValueError):
        return None
    chat = world.private_chats.get((owner, chat_id)) if owner else world.chats.get(chat_id)
    message = chat.messages.get(message_id) if chat else None
    return (chat, message) if chat and message and "via_bot" in message.body else None
