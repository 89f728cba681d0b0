"""Groups in the hands of people: founded, filled, and led by those to whom they give rights."""

from collections.abc import Collection
from itertools import count

from bot.sandbox import topics
from bot.sandbox.membership import (
    PRESENT,
    announce,
    member,
    migrate,
    service_message,
    set_status,
    tell_change,
)
from bot.sandbox.rights import granted, may, rights_in
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat, Json, Topic

FIRST_GROUP = -4_000_000_001
FIRST_SUPERGROUP = -1_002_000_000_001
LONGEST_TITLE = 128


def found(sandbox: Sandbox, owner: int, title: str, *, is_forum: bool = False) -> Chat:
    """With topics it is a supergroup at once; without them it may become one."""
    title = title.strip()[:LONGEST_TITLE]
    if not title:
        raise ValueError("a group needs a name")
    number = _free(sandbox, FIRST_SUPERGROUP if is_forum else FIRST_GROUP)
    kind = "supergroup" if is_forum else "group"
    chat = Chat(number, kind, title, is_forum=is_forum, owner=owner)
    sandbox.world.chats[number] = chat
    service_message(sandbox, chat, owner, {f"{kind}_chat_created": True})
    sandbox.events.publish("people")
    return chat


def add(sandbox: Sandbox, by: int, chat: Chat, number: int) -> None:
    """Somebody, or a bot, as one of many."""
    _require(chat, by, "can_invite_users")
    _check_known(sandbox, number)
    if chat.status_of(number) in PRESENT:
        return
    if number in chat.join_requests:
        chat.join_requests.remove(number)
    set_status(sandbox, chat, number, "member", by=by)


def appoint(sandbox: Sandbox, by: int, chat: Chat, number: int, rights: Collection[str]) -> None:
    """Administrator with these rights and no others, also of somebody who was not there."""
    _require(chat, by, "can_promote_members")
    _check_known(sandbox, number)
    _check_is_not_owner(chat, number)
    if not all(may(chat, by, right) for right in rights):
        raise PermissionError("you may give only the rights you have")
    before = member(sandbox, chat, number)
    for people in (chat.members, chat.kicked):
        if number in people:
            people.remove(number)
    if number not in chat.administrators:
        chat.administrators.append(number)
    wanted = {right: right in rights for right in rights_in(chat)}
    chat.rights[number] = {**wanted, "can_manage_chat": True}
    tell_change(sandbox, chat, number, before, by=by)
    announce(sandbox, chat, number, before["status"])


def dismiss(sandbox: Sandbox, by: int, chat: Chat, number: int) -> None:
    """An administrator is one of many again."""
    _require(chat, by, "can_promote_members")
    if chat.status_of(number) == "administrator":
        set_status(sandbox, chat, number, "member", by=by)


def remove(sandbox: Sandbox, by: int, chat: Chat, number: int) -> None:
    """They are out until somebody adds them again; no link brings them back."""
    _require(chat, by, "can_restrict_members")
    _check_is_not_owner(chat, number)
    if chat.status_of(number) in PRESENT:
        set_status(sandbox, chat, number, "kicked", by=by)


def upgrade(sandbox: Sandbox, by: int, chat: Chat) -> Chat:
    """A supergroup, which may have more rights and everything else."""
    if chat.owner != by:
        raise PermissionError("only the owner may do this")
    supergroup = migrate(sandbox, chat, _free(sandbox, FIRST_SUPERGROUP))
    sandbox.events.publish("people")
    return supergroup


def begin_topic(sandbox: Sandbox, by: int, chat: Chat, name: str) -> Topic:
    if not chat.is_forum:
        raise ValueError("this group has no topics")
    _require(chat, by, "can_manage_topics")
    name = name.strip()[: topics.MAX_NAME]
    if not name:
        raise ValueError("a topic needs a name")
    color = topics.COLORS[(len(chat.topics) + 1) % len(topics.COLORS)]
    return topics.begin(sandbox, chat, by, name, color)


def people_in(sandbox: Sandbox, chat: Chat, seen_by: int) -> Json:
    """Everybody there, and what somebody who looks may do about it."""
    return {
        "people": [_shown(sandbox, chat, number) for number in chat.people],
        "rights": rights_in(chat),
        "may_add": may(chat, seen_by, "can_invite_users"),
        "may_appoint": may(chat, seen_by, "can_promote_members"),
        "may_remove": may(chat, seen_by, "can_restrict_members"),
    }


def _shown(sandbox: Sandbox, chat: Chat, number: int) -> Json:
    status = chat.status_of(number)
    leads = status == "administrator"
    rights = [right for right, on in granted(chat, number).items() if on] if leads else []
    return {**sandbox.world.actor(number), "status": status, "rights": rights}


def _free(sandbox: Sandbox, first: int) -> int:
    return next(number for number in count(first, -1) if number not in sandbox.world.chats)


def _require(chat: Chat, number: int, right: str) -> None:
    if not may(chat, number, right):
        raise PermissionError("you may not do this in the group")


def _check_known(sandbox: Sandbox, number: int) -> None:
    if number not in sandbox.world.users and sandbox.world.bot_by_id(number) is None:
        raise LookupError("there is nobody like that")


def _check_is_not_owner(chat: Chat, number: int) -> None:
    if chat.status_of(number) == "creator":
        raise PermissionError("the owner stays who they are")
