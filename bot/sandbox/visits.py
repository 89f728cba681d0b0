"""How a person comes into a group: freely, by an invite link, or by asking."""

from bot.sandbox.membership import set_status
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import Chat, InviteLink, User


def join(sandbox: Sandbox, user: User, chat: Chat, url: str = "") -> None:
    """Raises LookupError when the link leads nowhere (any more)."""
    if not url:
        set_status(sandbox, chat, user.id, "member")
        return
    link = next((one for one in chat.links if one.url == url), None)
    if link is None or not _is_open(link, sandbox.clock.timestamp):
        raise LookupError("this invite link has expired")
    if link.asks:
        _ask_to_join(sandbox, user, chat, link)
        return
    link.used += 1
    set_status(sandbox, chat, user.id, "member", invite_link=sandbox.world.link_json(link))


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
    for bot in sandbox.world.bots.values():
        if chat.status_of(bot.id) == "administrator":
            sandbox.queue(bot).push("chat_join_request", f"user:{user.id}", request)
