"""How somebody's place in a chat changes, and which updates that makes."""

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.rights import chat_member
from bot.sandbox.world import Chat, Json, Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

PRESENT = ("creator", "administrator", "member", "restricted")


def set_status(
    sandbox: "Sandbox",
    chat: Chat,
    number: int,
    status: str,
    *,
    by: int | None = None,
    invite_link: Json | None = None,
    until: int = 0,
) -> None:
    """Make somebody administrator, member, left or kicked; `by` defaults to themselves."""
    if chat.status_of(number) == status:
        return
    before = member(sandbox, chat, number)
    _enrol(chat, number, status)
    if until:
        chat.until[number] = until
    tell_change(sandbox, chat, number, before, by=by, invite_link=invite_link)
    if chat.type != "channel":
        announce(sandbox, chat, number, before["status"])


def tell_change(
    sandbox: "Sandbox",
    chat: Chat,
    number: int,
    before: Json,
    *,
    by: int | None = None,
    invite_link: Json | None = None,
) -> None:
    """Tell the bots concerned that a `ChatMember` is no longer what it was `before`."""
    after = member(sandbox, chat, number)
    if after == before:
        return
    actor = number if by is None else by
    change = {
        "chat": sandbox.world.chat_json(chat),
        "from": sandbox.world.actor(actor),
        "date": sandbox.clock.timestamp,
        "old_chat_member": before,
        "new_chat_member": after,
        **({"invite_link": invite_link} if invite_link else {}),
    }
    _tell(sandbox, chat, number, change)
    sandbox.events.publish("people")


def member(sandbox: "Sandbox", chat: Chat, number: int) -> Json:
    user = sandbox.world.actor(number)
    if chat.type == "private":
        return {"user": user, "status": "member"}
    return chat_member(chat, number, user)


def migrate(sandbox: "Sandbox", group: Chat, supergroup_id: int) -> Chat:
    """Turn a group into a supergroup with a new id, as Telegram does on its own account."""
    if group.type != "group":
        raise ValueError(f"only groups become supergroups, not a {group.type}")
    supergroup = Chat(
        supergroup_id,
        "supergroup",
        group.title,
        owner=group.owner,
        administrators=list(group.administrators),
        members=list(group.members),
        rights=dict(group.rights),
    )
    sandbox.world.chats[supergroup_id] = supergroup
    service_message(sandbox, group, group.owner, {"migrate_to_chat_id": supergroup_id})
    group.migrated_to = supergroup_id
    service_message(sandbox, supergroup, group.owner, {"migrate_from_chat_id": group.id})
    return supergroup


def _enrol(chat: Chat, number: int, status: str) -> None:
    for people in (chat.administrators, chat.members, chat.kicked):
        if number in people:
            people.remove(number)
    lists = {"administrator": chat.administrators, "member": chat.members, "kicked": chat.kicked}
    if status not in (*lists, "left"):
        raise bad_request(f"nobody can become {status} of a chat")
    for kept in (chat.rights, chat.titles, chat.restricted, chat.until):
        kept.pop(number, None)
    if status in lists:
        lists[status].append(number)


def _tell(sandbox: "Sandbox", chat: Chat, number: int, change: Json) -> None:
    for bot in sandbox.world.bots.values():
        if bot.id == number:
            sandbox.queue(bot).push("my_chat_member", f"chat:{chat.id}", change)
        elif chat.is_led_by(bot.id):
            sandbox.queue(bot).push("chat_member", f"user:{number}", change)


def announce(sandbox: "Sandbox", chat: Chat, number: int, before: str) -> None:
    """Say in the chat that somebody has come or gone, if they have."""
    was_in, is_in = (one in PRESENT for one in (before, chat.status_of(number)))
    user = sandbox.world.actor(number)
    if is_in and not was_in:
        service_message(sandbox, chat, number, {"new_chat_members": [user]})
    elif was_in and not is_in:
        service_message(sandbox, chat, number, {"left_chat_member": user})


def service_message(sandbox: "Sandbox", chat: Chat, author: int, content: Json) -> int:
    """Say in the chat what has happened to it; the answer is the message's number."""
    body: Json = {
        "message_id": chat.new_message_id(),
        "from": sandbox.world.actor(author),
        "chat": sandbox.world.chat_json(chat),
        "date": sandbox.clock.timestamp,
        **content,
    }
    chat.messages[body["message_id"]] = Message(body["message_id"], author, body)
    sandbox.events.publish("message", chat_id=chat.id, message=body)
    for bot in sandbox.world.bots.values():
        if bot.id in chat.people and bot.id != author:
            sandbox.queue(bot).push("message", f"chat:{chat.id}", body)
    return int(body["message_id"])
