"""Ruling a group: promoting, restricting, banning; titles, tags and permissions."""

from typing import Any

from bot.sandbox.chats import ruled_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import member, set_status, tell_change
from bot.sandbox.request import Request, method
from bot.sandbox.rights import PERMISSIONS, SENDING, may, rights_in
from bot.sandbox.world import Chat

NO_RIGHT_TO_RESTRICT = "not enough rights to restrict/unrestrict chat member"
FOR_SUPERGROUPS = "method is available only for supergroups"
MAX_TITLE = 16
SHORTEST_BAN = 30
LONGEST_BAN = 366 * 86_400
MEDIA = tuple(name for name in SENDING if name.startswith("can_send_"))[1:7]


@method
def banChatMember(ask: Request) -> bool:
    chat = ruled_chat(ask, "can't ban members in private chats")
    number = _subordinate(ask, chat)
    set_status(ask.sandbox, chat, number, "kicked", by=ask.bot.id, until=_until(ask))
    return True


@method
def unbanChatMember(ask: Request) -> bool:
    unsuited = "method is available for supergroup and channel chats only"
    chat = ruled_chat(ask, unsuited)
    if chat.type == "group":
        raise bad_request(unsuited)
    number = _subordinate(ask, chat)
    if chat.status_of(number) == "kicked" or not ask.flag("only_if_banned"):
        set_status(ask.sandbox, chat, number, "left", by=ask.bot.id)
    return True


@method
def banChatSenderChat(ask: Request) -> bool:
    """A channel may no longer speak in the chat."""
    chat, sender = _sender_chat(ask)
    if sender not in chat.banned_chats:
        chat.banned_chats.append(sender)
    return True


@method
def unbanChatSenderChat(ask: Request) -> bool:
    chat, sender = _sender_chat(ask)
    if sender in chat.banned_chats:
        chat.banned_chats.remove(sender)
    return True


def _sender_chat(ask: Request) -> tuple[Chat, int]:
    chat = ruled_chat(ask, "can't ban sender chats in private chats")
    if not ask.has("sender_chat_id"):
        raise bad_request("sender_chat_id is empty")
    sender = ask.sandbox.world.chats.get(ask.integer("sender_chat_id"))
    if sender is None:
        raise bad_request("sender_chat_id is not a valid Integer")
    if sender.type != "channel":
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat, sender.id


@method
def restrictChatMember(ask: Request) -> bool:
    allowed = _permissions(ask)
    chat = ruled_chat(ask, FOR_SUPERGROUPS)
    if chat.type != "supergroup":
        raise bad_request(FOR_SUPERGROUPS)
    number = _subordinate(ask, chat)
    if chat.status_of(number) not in ("member", "restricted"):
        raise bad_request("USER_NOT_PARTICIPANT")
    before = member(ask.sandbox, chat, number)
    chat.restricted.pop(number, None)
    chat.until.pop(number, None)
    if not all(allowed.values()):
        chat.restricted[number] = allowed
        if until := _until(ask):
            chat.until[number] = until
    tell_change(ask.sandbox, chat, number, before, by=ask.bot.id)
    return True


@method
def promoteChatMember(ask: Request) -> bool:
    chat = ruled_chat(ask, "can't promote members in private chats", "can_promote_members")
    number = _someone(ask)
    if number == ask.bot.id:
        raise bad_request("can't promote self")
    if chat.status_of(number) == "creator":
        raise bad_request("can't remove chat owner")
    if chat.status_of(number) in ("left", "kicked"):
        raise bad_request("USER_NOT_PARTICIPANT")
    rights = {right: ask.flag(right) for right in rights_in(chat)}
    if any(on and not may(chat, ask.bot.id, right) for right, on in rights.items()):
        raise bad_request("RIGHT_FORBIDDEN")
    if not any(rights.values()):
        set_status(ask.sandbox, chat, number, "member", by=ask.bot.id)
        return True
    _promote(ask, chat, number, rights)
    return True


def _promote(ask: Request, chat: Chat, number: int, rights: dict[str, bool]) -> None:
    """Any right makes an administrator, and every administrator may look after the chat."""
    before, title = member(ask.sandbox, chat, number), chat.titles.get(number)
    for people in (chat.administrators, chat.members):
        if number in people:
            people.remove(number)
    chat.restricted.pop(number, None)
    chat.administrators.append(number)
    anonymous = ask.flag("is_anonymous")
    chat.rights[number] = {**rights, "can_manage_chat": True, "is_anonymous": anonymous}
    if title:
        chat.titles[number] = title
    tell_change(ask.sandbox, chat, number, before, by=ask.bot.id)


@method
def setChatAdministratorCustomTitle(ask: Request) -> bool:
    chat = ruled_chat(ask, FOR_SUPERGROUPS, "can_promote_members")
    if chat.type != "supergroup":
        raise bad_request(FOR_SUPERGROUPS)
    number, title = _someone(ask), ask.text("custom_title").strip()
    if not ask.has("custom_title"):
        raise bad_request('parameter "custom_title" is required')
    if chat.status_of(number) == "creator":
        raise bad_request("only the owner can edit their custom title")
    if chat.status_of(number) != "administrator":
        raise bad_request("user is not an administrator")
    if len(title) > MAX_TITLE:
        raise bad_request("ADMIN_RANK_INVALID")
    _rename(ask, chat, number, chat.titles, title)
    return True


@method
def setChatMemberTag(ask: Request) -> bool:
    chat = ruled_chat(ask, FOR_SUPERGROUPS, "can_manage_tags")
    number, tag = _someone(ask), ask.text("tag").strip()
    if chat.status_of(number) not in ("member", "restricted"):
        raise bad_request("USER_NOT_PARTICIPANT")
    if len(tag) > MAX_TITLE:
        raise bad_request("ADMIN_RANK_INVALID")
    _rename(ask, chat, number, chat.tags, tag)
    return True


def _rename(ask: Request, chat: Chat, number: int, names: dict[int, str], name: str) -> None:
    before = member(ask.sandbox, chat, number)
    names.pop(number, None)
    if name:
        names[number] = name
    tell_change(ask.sandbox, chat, number, before, by=ask.bot.id)


@method
def setChatPermissions(ask: Request) -> bool:
    allowed = _permissions(ask)
    chat = ruled_chat(ask, "can't change private chat permissions")
    if chat.type == "channel":
        raise bad_request("can't change channel chat permissions")
    if chat.permissions == allowed:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.permissions = allowed
    return True


def _permissions(ask: Request) -> dict[str, bool]:
    given: Any = ask.structure("permissions", "can't parse permissions JSON object")
    if not isinstance(given, dict):
        raise bad_request("object expected as permissions")
    allowed = {name: given.get(name) is True for name in PERMISSIONS}
    if not ask.flag("use_independent_chat_permissions"):
        _imply(allowed)
    return allowed


def _imply(allowed: dict[str, bool]) -> None:
    """Without independent permissions the wider ones bring the narrower ones along."""
    if allowed["can_send_other_messages"] or allowed["can_add_web_page_previews"]:
        allowed.update(dict.fromkeys(MEDIA, True))
    if any(allowed[name] for name in (*MEDIA, "can_send_polls")):
        allowed["can_send_messages"] = True
    if allowed["can_send_messages"]:
        allowed["can_react_to_messages"] = True


def _until(ask: Request) -> int:
    """Less than half a minute or more than a year ahead means for ever."""
    until = ask.integer("until_date")
    ahead = until - ask.sandbox.clock.timestamp
    return until if SHORTEST_BAN <= ahead <= LONGEST_BAN else 0


def _someone(ask: Request) -> int:
    number = ask.integer("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    if number not in ask.sandbox.world.users and number != ask.bot.id:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return number


def _subordinate(ask: Request, chat: Chat) -> int:
    """Somebody whom an administrator may restrict."""
    number = _someone(ask)
    if number == ask.bot.id:
        raise bad_request("can't restrict self")
    if chat.status_of(number) == "creator":
        raise bad_request("can't remove chat owner")
    if chat.status_of(number) == "administrator":
        raise bad_request("user is an administrator of the chat")
    return number
