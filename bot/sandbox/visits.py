"""How a person comes into a group: freely, by an invite link, or by asking."""

import re

from bot.sandbox.membership import set_status
from bot.sandbox.rights import may
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat, InviteLink, User

WELCOME = 300  # seconds for which a bot may write to somebody who asks to join
PUBLIC = re.compile(r"(?:https?://t\.me/|@)(?P<name>\w+)")


def join(sandbox: Sandbox, user: User, chat: Chat, url: str = "") -> None:
    """Raises LookupError when the link leads nowhere (any more), PermissionError when banned."""
    chat.forgive(sandbox.clock.timestamp)
    link = _open_link(chat, url, sandbox.clock.timestamp) if url else None
    if chat.status_of(user.id) == "kicked":
        raise PermissionError("this group has banned you")
    if user.id in chat.people:
        return
    if link and link.asks:
        _ask_to_join(sandbox, user, chat, link)
        return
    if link:
        link.used += 1
    told = sandbox.world.link_json(link) if link else None
    set_status(sandbox, chat, user.id, "member", invite_link=told)


def may_admit(chat: Chat, person_id: int) -> bool:
    leads = chat.status_of(person_id) in ("creator", "administrator")
    return leads and may(chat, person_id, "can_invite_users")


def decide(sandbox: Sandbox, judge_id: int, chat: Chat, person_id: int, *, admits: bool) -> None:
    """Answer somebody's request to join."""
    if not may_admit(chat, judge_id):
        raise PermissionError("you may not let people in here")
    if person_id not in chat.join_requests:
        raise LookupError("nobody like that asks to come in")
    chat.join_requests.remove(person_id)
    if admits:
        set_status(sandbox, chat, person_id, "member", by=judge_id)
    sandbox.events.publish("people")


def _open_link(chat: Chat, url: str, now: int) -> InviteLink:
    link = next((one for one in chat.links if one.url == url), None)
    if link is None or not _is_open(link, now):
        raise LookupError("this invite link has expired")
    return link


def invited_to(sandbox: Sandbox, url: str) -> Chat:
    """The chat a link leads to. Raises LookupError when there is none."""
    chats = sandbox.world.chats.values()
    invited = next((chat for chat in chats if any(link.url == url for link in chat.links)), None)
    public = PUBLIC.fullmatch(url)
    found = invited or (sandbox.world.find_public_chat(public["name"]) if public else None)
    if found is None:
        raise LookupError("this link leads nowhere")
    return found


def _is_open(link: InviteLink, now: int) -> bool:
    is_full = bool(link.limit) and link.used >= link.limit
    return not link.revoked and not is_full and not (link.expires and link.expires <= now)


def _ask_to_join(sandbox: Sandbox, user: User, chat: Chat, link: InviteLink) -> None:
    if user.id in chat.join_requests:
        return
    chat.join_requests.append(user.id)
    request = {
        "chat": chat.json,
        "from": user.json,
        "user_chat_id": user.id,
        "date": sandbox.clock.timestamp,
        "invite_link": sandbox.world.link_json(link),
    }
    sandbox.events.publish("people")
    until = sandbox.clock.timestamp + WELCOME
    for bot in sandbox.world.bots.values():
        if chat.is_led_by(bot.id) and may(chat, bot.id, "can_invite_users"):
            sandbox.world.private_chat(bot, user).expects_until = until
            sandbox.queue(bot).push("chat_join_request", f"user:{user.id}", request)
