"""Invite links and requests to join."""

from bot.sandbox.chats import writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import set_status
from bot.sandbox.request import Request, method
from bot.sandbox.world import Chat, InviteLink, Json

MAX_LINK_NAME = 32


@method
def createChatInviteLink(ask: Request) -> Json:
    chat = _inviting_chat(ask)
    limit, expires = ask.integer("member_limit"), ask.integer("expire_date")
    asks = ask.flag("creates_join_request")
    if limit and (asks or not 1 <= limit <= 99_999):
        raise bad_request("USAGE_LIMIT_INVALID")
    if expires and expires <= ask.sandbox.clock.timestamp:
        raise bad_request("EXPIRE_DATE_INVALID")
    number = len(chat.links) + 1
    url = f"https://t.me/+sandbox{abs(chat.id)}x{number}"
    name = ask.text("name")[:MAX_LINK_NAME]
    link = InviteLink(url, ask.bot.id, name, asks, limit, expires)
    chat.links.append(link)
    return ask.sandbox.world.link_json(link)


@method
def exportChatInviteLink(ask: Request) -> str:
    return str(createChatInviteLink(ask)["invite_link"])


@method
def revokeChatInviteLink(ask: Request) -> Json:
    chat = _inviting_chat(ask)
    link = next((one for one in chat.links if one.url == ask.text("invite_link")), None)
    if link is None:
        raise bad_request("INVITE_HASH_EXPIRED")
    link.revoked = True
    return ask.sandbox.world.link_json(link)


@method
def approveChatJoinRequest(ask: Request) -> bool:
    chat, number = _requested(ask)
    chat.join_requests.remove(number)
    set_status(ask.sandbox, chat, number, "member", by=ask.bot.id)
    return True


@method
def declineChatJoinRequest(ask: Request) -> bool:
    chat, number = _requested(ask)
    chat.join_requests.remove(number)
    ask.sandbox.events.publish("people")
    return True


def _inviting_chat(ask: Request) -> Chat:
    chat = writable_chat(ask)
    if chat.type == "private":
        raise bad_request("can't invite members to a private chat")
    if chat.status_of(ask.bot.id) != "administrator":
        raise bad_request("not enough rights to manage chat invite link")
    return chat


def _requested(ask: Request) -> tuple[Chat, int]:
    chat = writable_chat(ask)
    if chat.type == "private":
        raise bad_request("the chat can't have join requests")
    if chat.status_of(ask.bot.id) != "administrator":
        raise bad_request("not enough rights to manage chat join requests")
    number = ask.integer("user_id")
    if number in chat.people:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if number not in chat.join_requests:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return chat, number
