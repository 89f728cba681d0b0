"""How somebody's place in a chat changes, and which updates that makes."""

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.world import Chat, Json, Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


def set_status(
    sandbox: "Sandbox",
    chat: Chat,
    number: int,
    status: str,
    *,
    by: int | None = None,
    invite_link: Json | None = None,
) -> None:
    """Make somebody administrator, member, left or kicked; `by` defaults to themselves."""
    before = chat.status_of(number)
    if before == status:
        return
    _enrol(chat, number, status)
    actor = number if by is None else by
    change = {
        "chat": sandbox.world.chat_json(chat),
        "from": sandbox.world.actor(actor),
        "date": sandbox.clock.timestamp,
        "old_chat_member": _member(sandbox, number, before),
        "new_chat_member": _member(sandbox, number, status),
        **({"invite_link": invite_link} if invite_link else {}),
    }
    _tell(sandbox, chat, number, change)
    if chat.type != "channel":
        _announce(sandbox, chat, number, before, status)
    sandbox.events.publish("people")


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
    )
    sandbox.world.chats[supergroup_id] = supergroup
    _service(sandbox, group, group.owner, {"migrate_to_chat_id": supergroup_id})
    group.migrated_to = supergroup_id
    _service(sandbox, supergroup, group.owner, {"migrate_from_chat_id": group.id})
    return supergroup


def _enrol(chat: Chat, number: int, status: str) -> None:
    for people in (chat.administrators, chat.members, chat.kicked):
        if number in people:
            people.remove(number)
    lists = {"administrator": chat.administrators, "member": chat.members, "kicked": chat.kicked}
    if status not in (*lists, "left"):
        raise bad_request(f"nobody can become {status} of a chat")
    if status in lists:
        lists[status].append(number)


def _member(sandbox: "Sandbox", number: int, status: str) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": sandbox.world.actor(number), "status": status, **until}


def _tell(sandbox: "Sandbox", chat: Chat, number: int, change: Json) -> None:
    for bot in sandbox.world.bots.values():
        if bot.id == number:
            sandbox.queue(bot).push("my_chat_member", f"chat:{chat.id}", change)
        elif chat.status_of(bot.id) == "administrator":
            sandbox.queue(bot).push("chat_member", f"user:{number}", change)


def _announce(sandbox: "Sandbox", chat: Chat, number: int, before: str, status: str) -> None:
    was_in, is_in = (one in ("administrator", "member") for one in (before, status))
    user = sandbox.world.actor(number)
    if is_in and not was_in:
        _service(sandbox, chat, number, {"new_chat_members": [user]})
    elif was_in and not is_in:
        _service(sandbox, chat, number, {"left_chat_member": user})


def _service(sandbox: "Sandbox", chat: Chat, author: int, content: Json) -> None:
    body = {
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
