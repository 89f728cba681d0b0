"""What people do in chats, and which bots hear of it."""

from collections.abc import Iterator

from bot.sandbox.messages import as_people_see, replied_message_body
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Bot, Chat, Json, Message, User

IN_TOPIC = ("message_thread_id", "is_topic_message")


def post(
    sandbox: Sandbox, user: User, chat: Chat, content: Json, reply_to: int | None = None
) -> Message:
    """A message by a person. In private it starts the bot, or lifts a block, if need be."""
    if chat.type == "private":
        chat.started = True
        set_blocked(sandbox, user, chat, blocked=False)
    body = {
        "message_id": chat.new_message_id(),
        **({"sender_chat": chat.json} if chat.type == "channel" else {"from": user.json}),
        "chat": sandbox.world.chat_json(chat),
        "date": sandbox.clock.timestamp,
        **_reply(chat, reply_to),
        **content,
    }
    message = Message(body["message_id"], user.id, body)
    chat.messages[message.id] = message
    chat.read[user.id] = message.id
    chat.heard_at = sandbox.clock.timestamp
    chat.spoke_at[user.id] = chat.heard_at
    sandbox.events.publish("message", chat_id=chat.id, message=as_people_see(message))
    _tell(sandbox, chat, "message", body)
    return message


def edit(sandbox: Sandbox, chat: Chat, message: Message, content: Json) -> Message:
    kept = {name: message.body[name] for name in message.body if name not in ("text", "entities")}
    message.body = {**kept, **content, "edit_date": sandbox.clock.timestamp}
    sandbox.events.publish("edited", chat_id=chat.id, message=as_people_see(message))
    _tell(sandbox, chat, "edited_message", message.body)
    return message


def set_blocked(sandbox: Sandbox, user: User, chat: Chat, *, blocked: bool) -> None:
    """Stop or restart the bot in a private chat; it learns of a change."""
    if chat.blocked == blocked:
        return
    chat.blocked = blocked
    bot = sandbox.world.bot_by_id(chat.owner)
    assert bot
    member = {"user": bot.json, "status": "member"}
    kicked = {"user": bot.json, "status": "kicked", "until_date": 0}
    change = {
        "chat": sandbox.world.chat_json(chat),
        "from": user.json,
        "date": sandbox.clock.timestamp,
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
    sandbox.queue(bot).push("my_chat_member", f"chat:{chat.id}", change)
    sandbox.events.publish("people")


def bots_in(sandbox: Sandbox, chat: Chat) -> Iterator[Bot]:
    present = [chat.owner] if chat.type == "private" else chat.people
    return (bot for bot in sandbox.world.bots.values() if bot.id in present)


def _tell(sandbox: Sandbox, chat: Chat, kind: str, body: Json) -> None:
    for bot in bots_in(sandbox, chat):
        if chat.type == "private" or _reads(bot, chat, body):
            name = kind.replace("message", "channel_post") if chat.type == "channel" else kind
            sandbox.queue(bot).push(name, f"chat:{chat.id}", body)


def _reads(bot: Bot, chat: Chat, body: Json) -> bool:
    """With privacy on, a bot in a group reads commands, replies to it and mentions of it."""
    if bot.reads_all_group_messages or chat.is_led_by(bot.id):
        return True
    text = str(body.get("text", ""))
    answered = body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id
    helped = body.get("via_bot", {}).get("id") == bot.id
    called = text.startswith("/") or f"@{bot.username}" in text
    return answered or helped or called


def _reply(chat: Chat, reply_to: int | None) -> Json:
    """An answer goes where the message is that it answers, also in a forum."""
    original = chat.messages.get(reply_to) if reply_to else None
    if original is None:
        return {}
    topic = {name: original.body[name] for name in IN_TOPIC if name in original.body}
    return {"reply_to_message": replied_message_body(original), **topic}
