"""Invite links and requests to join."""

from typing import Any

from bot.sandbox.chats import ruled_chat, writable_chat
from bot.sandbox.errors import bad_request
from bot.sandbox.membership import set_status
from bot.sandbox.request import Request, method
from bot.sandbox.rights import may
from bot.sandbox.world import Chat, InviteLink, Json

MAX_LINK_NAME = 32
A_MONTH = 30 * 86_400
DEAREST = 10_000


@method
def createChatInviteLink(ask: Request) -> Json:
    chat = _inviting_chat(ask)
    link = InviteLink(_new_url(chat), ask.bot.id, **_terms(ask))
    chat.links.append(link)
    return ask.sandbox.world.link_json(link)


@method
def editChatInviteLink(ask: Request) -> Json:
    """What is not named is not kept."""
    link = _own_link(ask, _inviting_chat(ask))
    terms = _terms(ask)
    if link.primary:
        raise bad_request("INVITE_HASH_EXPIRED")
    for name, value in terms.items():
        setattr(link, name, value)
    return ask.sandbox.world.link_json(link)


@method
def exportChatInviteLink(ask: Request) -> str:
    """A new primary link; the one before it ends."""
    chat = _inviting_chat(ask)
    for link in chat.links:
        link.revoked = link.revoked or (link.primary and link.creator == ask.bot.id)
    link = InviteLink(_new_url(chat), ask.bot.id, primary=True)
    chat.links.append(link)
    return link.url


@method
def createChatSubscriptionInviteLink(ask: Request) -> Json:
    """Somebody who comes by it would pay; here it only says so."""
    chat = _inviting_chat(ask)
    period, price = ask.integer("subscription_period"), ask.integer("subscription_price")
    if chat.type != "channel":
        raise bad_request("CHAT_INVALID")
    if period != A_MONTH:
        raise bad_request("SUBSCRIPTION_PERIOD_INVALID")
    if not 1 <= price <= DEAREST:
        raise bad_request("STARS_AMOUNT_INVALID")
    name = ask.text("name")[:MAX_LINK_NAME]
    link = InviteLink(_new_url(chat), ask.bot.id, name, period=period, price=price)
    chat.links.append(link)
    return ask.sandbox.world.link_json(link)


@method
def editChatSubscriptionInviteLink(ask: Request) -> Json:
    link = _own_link(ask, _inviting_chat(ask))
    if not link.price:
        raise bad_request("INVITE_HASH_EXPIRED")
    link.name = ask.text("name")[:MAX_LINK_NAME]
    return ask.sandbox.world.link_json(link)


@method
def revokeChatInviteLink(ask: Request) -> Json:
    chat = _inviting_chat(ask)
    link = _own_link(ask, chat)
    link.revoked = True
    if link.primary:
        chat.links.append(InviteLink(_new_url(chat), ask.bot.id, primary=True))
    return ask.sandbox.world.link_json(link)


def _new_url(chat: Chat) -> str:
    return f"https://t.me/+sandbox{abs(chat.id)}x{len(chat.links) + 1}"


def _own_link(ask: Request, chat: Chat) -> InviteLink:
    found = [one for one in chat.links if one.url == ask.text("invite_link")]
    if not found or found[0].creator != ask.bot.id:
        raise bad_request("INVITE_HASH_EXPIRED")
    return found[0]


def _terms(ask: Request) -> dict[str, Any]:
    limit, expires = ask.integer("member_limit"), ask.integer("expire_date")
    asks = ask.flag("creates_join_request")
    if limit and (asks or not 1 <= limit <= 99_999):
        raise bad_request("USAGE_LIMIT_INVALID")
    if expires and expires <= ask.sandbox.clock.timestamp:
        raise bad_request("EXPIRE_DATE_INVALID")
    name = ask.text("name")[:MAX_LINK_NAME]
    return {"name": name, "asks": asks, "limit": limit, "expires": expires}


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
    return ruled_chat(ask, "can't invite members to a private chat", "can_invite_users")


def _requested(ask: Request) -> tuple[Chat, int]:
    chat = writable_chat(ask)
    if chat.type == "private":
        raise bad_request("the chat can't have join requests")
    if not chat.is_led_by(ask.bot.id) or not may(chat, ask.bot.id, "can_invite_users"):
        raise bad_request("not enough rights to manage chat join requests")
    number = ask.integer("user_id")
    if number <= 0:
        raise bad_request("invalid user_id specified")
    if number in chat.people:
        raise bad_request("USER_ALREADY_PARTICIPANT")
    if number not in chat.join_requests:
        raise bad_request("HIDE_REQUESTER_MISSING")
    return chat, number
